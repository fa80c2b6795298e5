"""What a station's announcer recorded once → the recordings of a programme's standing turns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from broadcast.messages import Message
from broadcast.model import Problem, Recording
from broadcast.production.booth.found_recordings import tell_and_refuse
from broadcast.production.desk.announced_words import announced_turns
from broadcast.production.desk.expected_length import expected_ms
from broadcast.production.desk.inputs import Inputs
from broadcast.production.desk.progress import Reporter, waiting
from broadcast.recordings.file_names import said_by_name
from broadcast.recordings.find import found_in
from broadcast.recordings.folder import audio_files
from broadcast.recordings.standing import commit_takes, takes_standing
from broadcast.workspace.locks import locked


@dataclass(frozen=True, slots=True)
class Announced:
    """Recordings that serve every programme, by the turn's id, and what stays doubtful of them."""

    recordings: Mapping[str, Recording] = field(default_factory=dict)
    doubts: tuple[Problem, ...] = ()


def announced(inputs: Inputs, reporter: Reporter) -> Announced:
    """Listen to the recordings that serve every programme, and tell what is doubtful.

    For which words a file was recorded is noted beside it where it is met first, so that it is
    heard while a programme has these and never else. Raises BroadcastError for one that cannot be
    used.
    """
    workspace, station = inputs.workspace, inputs.station
    if not audio_files(workspace.announcer):
        return Announced()
    turns = announced_turns(inputs.standing.turns, station)
    standing = takes_standing(workspace.announcer, turns, inputs.cache)
    # A turn that this programme has not is remembered all the same: it is no news.
    if standing.takes.takes != standing.before.takes:
        with locked(workspace, waiting(reporter)):
            standing = commit_takes(takes_standing(workspace.announcer, turns, inputs.cache))
    pauses = station.sound.pauses
    found = found_in(
        standing,
        expected_ms={
            turn.id: expected_ms(inputs.said(turn), inputs.script.language, pauses)
            for turn in turns
        },
        stale="synthetic",
        cache=inputs.cache,
    )
    found = replace(found, problems=tuple(_told(found.problems, standing.pairing.unpaired)))
    hint = Message("announcer.unusable.hint", "Mend or remove it: the synthetic voice speaks then.")
    shown = workspace.announcer.relative_to(workspace.root)
    tell_and_refuse(found.problems, shown, hint, reporter)
    return Announced(found.recordings, found.lasting)


def _told(problems: Sequence[Problem], unpaired: Sequence[str]) -> Iterator[Problem]:
    """Give what is told of the files: those that no programme can use, and what else was found."""
    yield from (one for one in problems if one.code != "recordings.unpaired")
    for name in unpaired:
        if said_by_name(name).kind not in ("opening", "notice", "closing"):
            yield Problem(
                None,
                "warning",
                Message("announcer.unnamed", "{file} serves no programme", file=name),
                Message(
                    "announcer.unnamed.hint",
                    "Put it into the folder of its programme; or name it opening, closing or "
                    "notice, and every programme with these words has it.",
                ),
            )
