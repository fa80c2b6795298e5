"""A turn's takes side by side: what is used of each, what is doubtful, and what it looks like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from broadcast.cache import key_of
from broadcast.model import Problem, Recording, Turn
from broadcast.production.desk.inputs import Inputs
from broadcast.recordings.changed import changed_words
from broadcast.recordings.choose import used_take
from broadcast.recordings.find import judged_take
from broadcast.recordings.listen import listen
from broadcast.recordings.pair import is_stale
from broadcast.recordings.takes_file import KnownTake

OUTLINE_VERSION = 1
"""Part of the key of what is drawn of a recording: raised when it is drawn otherwise."""
_AROUND_MS = 8_000


@dataclass(frozen=True, slots=True)
class TurnTake:
    """One of a turn's takes (``number`` 1: the oldest); ``recording`` None: it cannot be used.

    ``files`` lie one behind the other, each ``lengths_ms`` long: ``start_ms`` and ``end_ms`` are
    where on that the take begins and ends. ``change`` shows in which words a stale one differs.
    """

    turn: Turn
    number: int
    take: KnownTake
    is_used: bool
    change: str
    files: tuple[Path, ...]
    lengths_ms: tuple[int, ...]
    recording: Recording | None
    problems: tuple[Problem, ...]

    @property
    def start_ms(self) -> int:
        """Where it begins, in its files."""
        return self.recording.stretches[0].start_ms if self.recording else 0

    @property
    def end_ms(self) -> int:
        """Where it ends, in its files."""
        before = sum(self.lengths_ms[:-1])
        return before + self.recording.stretches[-1].end_ms if self.recording else 0

    @property
    def length_ms(self) -> int:
        """How long it is heard."""
        if self.recording is None:
            return 0
        return sum(one.end_ms - one.start_ms for one in self.recording.stretches)

    @property
    def around_ms(self) -> tuple[int, int]:
        """The stretch of its files in which one looks for better points: some seconds more."""
        return (
            max(0, self.start_ms - _AROUND_MS),
            min(sum(self.lengths_ms), self.end_ms + _AROUND_MS),
        )

    @property
    def is_cut_by_hand(self) -> bool:
        """Whether somebody set where it begins or ends; else that is found by listening."""
        return any(part.in_ms is not None or part.out_ms is not None for part in self.take.files)


def takes_of(inputs: Inputs, turn: Turn) -> tuple[TurnTake, ...]:
    """Give a turn's takes, oldest first; those whose files are gone too."""
    takes = inputs.standing.takes.of_turn(turn.id)
    used = used_take(takes, turn)
    expected = inputs.expected_ms()[turn.id]
    return tuple(
        _turn_take(inputs, turn, number, take, expected, is_used=take is used)
        for number, take in enumerate(takes, 1)
    )


def outline(inputs: Inputs, take: TurnTake, points: int) -> tuple[int, ...]:
    """Give how loud a take's files are over ``around_ms``, in so many steps, each 0 to 100."""
    begin_ms, end_ms = take.around_ms
    key = key_of(
        "outline",
        OUTLINE_VERSION,
        [part.digest for part in take.take.files],
        [begin_ms, end_ms, points],
    )

    def found() -> tuple[int, ...]:
        from broadcast.recordings.outline import outline_of

        return outline_of(take.files, take.lengths_ms, begin_ms, end_ms, points)

    return inputs.cache.remember(key, tuple[int, ...], found)


def _turn_take(
    inputs: Inputs, turn: Turn, number: int, take: KnownTake, expected_ms: int, *, is_used: bool
) -> TurnTake:
    standing = inputs.standing
    files = tuple(standing.folder / part.file for part in take.files)
    changed = is_stale(take, turn)
    change = changed_words(take.heard, turn.text) if changed else ""
    if standing.pairing.missing.intersection(take.files):
        return TurnTake(turn, number, take, is_used, change, files, (), None, ())
    heard = [
        listen(file, inputs.cache, part.digest)
        for file, part in zip(files, take.files, strict=True)
    ]
    stretches, problems = judged_take(turn, take, files, heard, expected_ms)
    recording = Recording(
        stretches=stretches,
        words=take.heard if changed else turn.text,
        stale=changed,
        number=number,
        count=len(standing.takes.of_turn(turn.id)),
    )
    return TurnTake(
        turn,
        number,
        take,
        is_used,
        change,
        files,
        tuple(one.duration_ms for one in heard),
        recording if stretches else None,
        _without_accepted(problems, take),
    )


def _without_accepted(problems: Sequence[Problem], take: KnownTake) -> tuple[Problem, ...]:
    """Give what is still doubtful: not what the producer has said of this very sound is right."""
    return tuple(one for one in problems if one.level == "error" or not take.is_accepted)
