"""What was found in recordings that wait → rows to hear, to change and to use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from broadcast.align.heard_script import HeardTurn
from broadcast.messages import Message
from broadcast.model import Turn
from broadcast.production import booth
from broadcast.production.booth.borders import cuts_of
from broadcast.production.booth.waiting_recordings import WaitingCut
from broadcast.production.desk.inputs import Inputs
from broadcast.recordings.plan_folder import Planned
from broadcast.studio.hear_rows import colours_of, place_of
from broadcast.studio.script_rows import letter_of

_MOVE_MS = 5_000


@dataclass(frozen=True, slots=True)
class CutRow:
    """A turn in a long recording; without ``cut`` it is not heard there.

    Its begin and end may be moved between the ``begins`` and between the ``ends``, in ms.
    """

    turn: Turn
    place: str
    colour: int
    letter: str
    status: Message
    is_sure: bool
    cut: WaitingCut | None = None
    begins: tuple[int, int] = (0, 0)
    ends: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """A file of a folder, and the turn that it would be used for (None: none)."""

    number: int
    planned: Planned
    place: str


def cut_rows(
    inputs: Inputs, recording: booth.LongRecording, changed: Mapping[str, WaitingCut]
) -> tuple[CutRow, ...]:
    """Give the turns of a script with where they are cut, as found or as somebody moved them."""
    return tuple(_cut_rows(inputs, recording, changed))


def _cut_rows(
    inputs: Inputs, recording: booth.LongRecording, changed: Mapping[str, WaitingCut]
) -> Iterator[CutRow]:
    colour = colours_of(inputs)
    whole_ms = recording.heard.duration_ms
    for turn, heard in zip(recording.turns, recording.heard.turns, strict=True):
        cuts = cuts_of(turn, heard, recording.heard)
        row = CutRow(
            turn,
            place_of(turn),
            colour.get(turn.speaker, 1),
            letter_of(turn.speaker),
            status_of(heard),
            heard.is_sure,
        )
        if not cuts:
            yield row
            continue
        last = cuts[-1]
        cut = changed.get(turn.id) or _as_found(recording, heard, last)
        middle_ms = (last.begin_ms + last.end_ms) // 2
        yield CutRow(
            row.turn,
            row.place,
            row.colour,
            row.letter,
            row.status,
            row.is_sure,
            cut,
            (max(0, last.begin_ms - _MOVE_MS), min(middle_ms, last.begin_ms + _MOVE_MS)),
            (max(middle_ms + 1, last.end_ms - _MOVE_MS), min(whole_ms, last.end_ms + _MOVE_MS)),
        )


def _as_found(recording: booth.LongRecording, heard: HeardTurn, cut: booth.Cut) -> WaitingCut:
    # Where too much is unsure to be taken unheard, nothing is until one has listened.
    use = heard.is_sure and recording.heard.verdict == "right"
    return WaitingCut(begin_ms=cut.begin_ms, end_ms=cut.end_ms, use=use)


def cuts_wanted(
    recording: booth.LongRecording, changed: Mapping[str, WaitingCut]
) -> tuple[booth.Cut, ...]:
    """Give the cuts that are to be used; of a turn that is read several times its last is moved."""
    wanted: list[booth.Cut] = []
    for turn, heard in zip(recording.turns, recording.heard.turns, strict=True):
        cuts = cuts_of(turn, heard, recording.heard)
        if not cuts:
            continue
        cut = changed.get(turn.id) or _as_found(recording, heard, cuts[-1])
        end_ms = min(cut.end_ms, recording.heard.duration_ms)
        if cut.use and cut.begin_ms < end_ms:
            wanted += [*cuts[:-1], booth.Cut(turn, cut.begin_ms, end_ms)]
    return tuple(wanted)


def status_of(heard: HeardTurn) -> Message:
    """Say how a turn is heard in a long recording."""
    return {
        "found": Message("studio.cut.found", "Fits"),
        "twice": Message("studio.cut.twice", "Read twice: the last is used"),
        "moved": Message("studio.cut.moved", "Out of its place"),
        "check": Message("studio.cut.check", "Better listen"),
        "missing": Message("studio.cut.missing", "Not heard"),
    }[heard.status]


def pair_rows(planned: Sequence[Planned], changed: Mapping[str, str]) -> tuple[PlannedRow, ...]:
    """Give the files of a folder with the turns that they are for, as somebody set them right."""
    return tuple(
        PlannedRow(number, one, changed.get(one.file.name, place_of(one.turn) if one.turn else ""))
        for number, one in enumerate(planned)
    )
