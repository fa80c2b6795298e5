"""Recordings that were accepted → what the station knows of how its people sound.

Everything is summed up anew each time, so no recording counts twice, and one that is no longer
used is forgotten.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadcast.errors import EngineUnavailableError
from broadcast.messages import Message
from broadcast.model import Take
from broadcast.production.booth.found_recordings import heard_takes
from broadcast.production.booth.said_in_takes import sound_of_take
from broadcast.production.desk.inputs import Inputs
from broadcast.production.desk.progress import Reporter
from broadcast.production.voicing.heard_words import spoken_reference
from broadcast.production.voicing.part import recorded_take
from broadcast.workers import in_parallel
from broadcast.workspace import Workspace
from broadcast.workspace.writing import write_atomic

if TYPE_CHECKING:
    from broadcast.align.prior import Prior

_LEARNING = Message("stage.learning", "learning")


@dataclass(frozen=True, slots=True)
class Learnt:
    """What ``takes`` of recordings teach; None: they do not show whose words they say."""

    prior: Prior | None = None
    takes: int = 0

    def plus(self, other: Learnt) -> Learnt:
        """Give what both teach."""
        prior = self.prior.plus(other.prior) if self.prior is not None else other.prior
        return Learnt(prior, self.takes + other.takes)


def taught_by(inputs: Inputs, reporter: Reporter) -> Learnt:
    """Learn from a script's recordings that are used, with its present words and no doubt."""
    found = heard_takes(inputs, reporter)
    doubted = {problem.whose for problem in found.problems}
    pauses = inputs.station.sound.pauses
    takes = [
        recorded_take(turn, inputs.said(turn), found.recordings[turn.id], pauses)
        for turn in inputs.standing.turns
        if turn.id in found.recordings and turn.name not in doubted
        if not found.recordings[turn.id].stale
    ]
    each = in_parallel(
        lambda take: _taught(inputs, take),
        takes,
        2,
        lambda done, total, _: reporter.step(_LEARNING, done, total),
    )
    whole = Learnt()
    for one in each:
        whole = whole.plus(one)
    return whole


def keep_known_voices(workspace: Workspace, learnt: Prior) -> None:
    """Keep what was learnt in place of what was."""
    from broadcast.align.prior import prior_bytes

    workspace.known_voices.parent.mkdir(exist_ok=True)
    write_atomic(workspace.known_voices, prior_bytes(learnt))


def forget_known_voices(workspace: Workspace) -> bool:
    """Forget what was learnt; False: there was nothing."""
    had = workspace.known_voices.is_file()
    workspace.known_voices.unlink(missing_ok=True)
    return had


def _taught(inputs: Inputs, take: Take) -> Learnt:
    from broadcast.align.alignment import align
    from broadcast.align.prior import shipped_prior
    from broadcast.align.verdicts import WRONG_GAP
    from broadcast.align.whose import SHORTEST_MS

    try:
        spoken = spoken_reference([take.sentences], inputs.script.language, inputs.cache)
    except EngineUnavailableError:
        return Learnt()
    one = sound_of_take(inputs, take)
    if one is None or one.speech_ms < SHORTEST_MS:
        return Learnt()
    found = align(one, spoken, shipped_prior())
    if found is None or found.pairs is None or found.first.gap < WRONG_GAP:
        return Learnt()
    return Learnt(found.pairs, 1)
