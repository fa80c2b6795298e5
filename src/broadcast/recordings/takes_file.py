"""takes.json ↔ Takes: which files were recorded for which words, and which of them are used.

    {"format": 1,
     "takes": [{"files": [{"file": "03.wav", "digest": "9f…", "in_ms": 1200, "out_ms": 9400}],
                "speaker": "Bà Nguyễn Thị Hoa", "words": "Thành phố sẽ trồng thêm cây xanh.",
                "turn": "5c1…", "confirmed": "Thành phố đã trồng thêm cây xanh.", "use": false,
                "forced": true, "accepted": "9f…:1200-9400"}],
     "turns": ["5c1…", …]}

Takes stand in the order they arrived. Only "file", "speaker" and "words" are needed, so that an
entry can be written by hand; the rest is filled in when the script is next paired.
"""

from __future__ import annotations

import os
from pathlib import Path

from msgspec.structs import replace

from broadcast.errors import OutsideError
from broadcast.messages import Message
from broadcast.messages.system_reasons import system_reason
from broadcast.records import (
    Count,
    NameHere,
    Record,
    RuleBrokenError,
    SomeText,
    read_record,
    record_bytes,
    record_in,
)
from broadcast.text import folded
from broadcast.workspace import TAKES_JSON

FORMAT = 1
_HINT = Message(
    "takes.mend",
    "Mend that line by hand, or put the file away: the recordings are then paired anew.",
)


class TakePart(Record, frozen=True, omit_defaults=True):
    """A file of a take and the stretch of it that is used (None: found by trimming)."""

    file: NameHere
    digest: str = ""
    in_ms: Count | None = None
    out_ms: Count | None = None

    def __post_init__(self) -> None:
        if self.out_ms is not None and self.out_ms <= (self.in_ms or 0):
            raise RuleBrokenError(
                "in_ms",
                Message(
                    "takes.no-stretch",
                    "“in_ms” and “out_ms” of {file} are no stretch of time",
                    file=self.file,
                ),
            )


class KnownTake(Record, frozen=True, omit_defaults=True):
    """One performance that somebody recorded, and the words it belongs to.

    ``words`` are those it was recorded for, ``confirmed`` those that the producer says are heard
    where they differ. ``turn`` is the id of the turn it was last with; ``use`` is False for a take
    that was put aside; ``forced`` says that the producer wants it whatever its length. ``accepted``
    is the ``sound`` that the producer listened to and wants in spite of what is doubtful about it.
    """

    files: tuple[TakePart, ...]
    speaker: str
    words: SomeText
    turn: str = ""
    confirmed: SomeText | None = None
    use: bool = True
    forced: bool = False
    accepted: str = ""

    def __post_init__(self) -> None:
        if not self.files:
            raise RuleBrokenError("files", Message("takes.no-files", "“files” is empty"))

    @property
    def sound(self) -> str:
        """What names the very sound that is heard: the files' digests and the points in them."""
        return " ".join(
            f"{part.digest}:{part.in_ms or 0}-{'' if part.out_ms is None else part.out_ms}"
            for part in self.files
        )

    @property
    def is_accepted(self) -> bool:
        """Whether the producer said of this very sound that it is right."""
        return self.accepted == self.sound

    @property
    def heard(self) -> str:
        """The words that a listener hears in it, as far as anyone has said."""
        return self.words if self.confirmed is None else self.confirmed

    def says(self, words: str) -> bool:
        """Whether these are the words heard; case, punctuation and tone placement do not count."""
        return self.heard == words or folded(self.heard) == folded(words)


class Takes(Record, frozen=True):
    """Everything takes.json remembers; ``turns`` are the sorted ids of the turns at that time."""

    takes: tuple[KnownTake, ...] = ()
    turns: tuple[str, ...] = ()
    format: int = FORMAT

    def of_turn(self, turn_id: str) -> tuple[KnownTake, ...]:
        """The takes that are with a turn, oldest first."""
        return tuple(take for take in self.takes if take.turn == turn_id)

    def by_turn(self) -> dict[str, tuple[KnownTake, ...]]:
        """The takes of every turn, by its id, oldest first."""
        takes: dict[str, tuple[KnownTake, ...]] = {}
        for take in self.takes:
            takes[take.turn] = (*takes.get(take.turn, ()), take)
        return takes

    def files(self) -> frozenset[str]:
        """The names of all files that belong to a take."""
        return frozenset(part.file for take in self.takes for part in take.files)


class _TakesJson(Record, frozen=True):
    """The same as a file has it: one without any takes says so, or it is damaged."""

    takes: tuple[KnownTake, ...]
    turns: tuple[str, ...] = ()
    format: int = FORMAT


def read_takes(folder: Path) -> Takes:
    """Read a recordings folder's takes.json; without one, nothing is known yet.

    Raises BroadcastError with file, field and line when it is not JSON or not of this shape.
    """
    found = read_record(folder / TAKES_JSON, {FORMAT: _TakesJson}, _HINT)
    return Takes(found.takes, found.turns) if found else Takes()


def takes_in(data: bytes, file: Path) -> Takes:
    """Give what the bytes of a takes.json say. Raises BroadcastError as ``read_takes`` does."""
    found = record_in(data, file, {FORMAT: _TakesJson}, _HINT)
    return Takes(found.takes, found.turns)


def write_takes(folder: Path, takes: Takes) -> None:
    """Write takes.json so that a reader finds the old one or the new one, never a part.

    Raises OutsideError when the disk refuses.
    """
    new = folder / f".{TAKES_JSON}.new"
    data = record_bytes(replace(takes, turns=tuple(sorted(takes.turns))))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with new.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        new.replace(folder / TAKES_JSON)
    except OSError as error:
        raise OutsideError(
            Message(
                "file.not-written",
                "This file cannot be written: {reason}.",
                reason=system_reason(error),
            ),
            file=folder / TAKES_JSON,
        ) from error
