"""A turn's takes → what is shown of them side by side, each with the address of its sound."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from broadcast.cache import key_of
from broadcast.messages import Message
from broadcast.model import Problem
from broadcast.production.booth import TurnTake, outline, takes_of
from broadcast.production.desk.draft import Draft
from broadcast.production.desk.inputs import Inputs
from broadcast.production.voicing.part import recording_key
from broadcast.studio.hear_rows import HearRow, place_of

_POINTS = 140
_STEP, _HIGH = 5, 56
"""How far apart the strokes of an outline stand, and how high it is drawn."""


@dataclass(frozen=True, slots=True)
class TakeShown:
    """One way in which a turn can be heard; ``number`` 0: the synthetic voice, without ``take``.

    ``outline`` is drawn over ``from_ms`` to ``to_ms`` of its files, in which it may be cut;
    ``first_ms`` is where its first file ends on that, ``last_ms`` where its last begins.
    """

    number: int
    is_used: bool
    length_ms: int | None
    address: str
    take: TurnTake | None = None
    outline: str = ""
    notes: tuple[Message, ...] = ()

    @property
    def can_be_heard(self) -> bool:
        """Whether its files are there and have sound."""
        return self.take is None or self.take.recording is not None

    @property
    def from_ms(self) -> int:
        """Where the stretch begins in which it may be cut."""
        return self.take.around_ms[0] if self.take else 0

    @property
    def to_ms(self) -> int:
        """Where that stretch ends."""
        return self.take.around_ms[1] if self.take else 0

    @property
    def first_ms(self) -> int:
        """How far its begin may be moved: its first file ends there."""
        return min(self.to_ms, self.take.lengths_ms[0]) if self.take else 0

    @property
    def last_ms(self) -> int:
        """How far its end may be moved: its last file begins there."""
        return max(self.from_ms, sum(self.take.lengths_ms[:-1])) if self.take else 0

    @property
    def before_last_ms(self) -> int:
        """How long the files before its last are together: its end is told from there."""
        return sum(self.take.lengths_ms[:-1]) if self.take else 0

    @property
    def off_before(self) -> str:
        """How much of the outline lies before it, in per cent."""
        return self._percent(self.take.start_ms if self.take else 0)

    @property
    def off_after(self) -> str:
        """Where on the outline it ends, in per cent."""
        return self._percent(self.take.end_ms if self.take else 0)

    def _percent(self, ms: int) -> str:
        return f"{100 * (ms - self.from_ms) / max(1, self.to_ms - self.from_ms):.2f}%"


def takes_shown(inputs: Inputs, row: HearRow, draft: Draft | None) -> tuple[TakeShown, ...]:
    """Give the ways to hear a turn, the synthetic voice first."""
    return tuple(_shown(inputs, row, draft))


def _shown(inputs: Inputs, row: HearRow, draft: Draft | None) -> Iterator[TakeShown]:
    turn = row.turn
    base = f"/programmes/{quote(inputs.name)}/turns/{place_of(turn)}/sound"
    made = draft.record.made_from.engine if draft else None
    is_synthetic = row.facts is not None and row.facts.take.kind == "synthetic"
    yield TakeShown(
        0,
        not row.is_real,
        row.length_ms if is_synthetic else None,
        f"{base}/0/{key_of(turn.id, made)}",
    )
    for one in takes_of(inputs, turn):
        sound = recording_key(one.recording) if one.recording else key_of(turn.id, one.number)
        yield TakeShown(
            one.number,
            one.is_used,
            one.length_ms,
            f"{base}/{one.number}/{sound}",
            one,
            _drawn(outline(inputs, one, _POINTS)) if one.recording else "",
            tuple(_notes(one, row, one.problems)),
        )


def _notes(take: TurnTake, row: HearRow, problems: Sequence[Problem]) -> Iterator[Message]:
    """Give what is doubtful about a take; of the one that is used all that is known of the turn."""
    if take.is_used and row.row.is_recorded:
        yield from row.row.doubts
    else:
        yield from (problem.message for problem in problems)


def _drawn(heights: Sequence[int]) -> str:
    """Give strokes from a middle line, as a path."""
    return "".join(
        f"M{_STEP // 2 + _STEP * at} {_HIGH / 2 - half:g}v{2 * half:g}"
        for at, height in enumerate(heights)
        for half in [max(1.0, round(height * (_HIGH - 4) / 200, 1))]
    )
