"""What became of a script in a recording: where its turns are heard, and what else is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["right", "ask", "wrong"]
TurnStatus = Literal["found", "check", "missing", "moved", "twice"]


@dataclass(frozen=True, slots=True)
class HeardTurn:
    """Where a turn is heard, in ms (None: it is not), and how far it is to be believed.

    Of one that is read ``twice`` it is the last reading, and ``earlier`` tells of the others. One
    that is ``moved`` is heard out of its place.
    """

    status: TurnStatus
    begin_ms: int | None = None
    end_ms: int | None = None
    score: float = 0.0
    earlier: tuple[tuple[int, int], ...] = ()

    @property
    def is_sure(self) -> bool:
        """Whether it is taken when nobody says which turns are meant."""
        return self.status in ("found", "twice")


@dataclass(frozen=True, slots=True)
class ExtraSpeech:
    """Speech that is in no turn, in ms."""

    begin_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class HeardScript:
    """What became of each turn of a script in a recording of ``duration_ms``.

    ``is_over_sound``: music or a hum is heard in its pauses.
    """

    verdict: Verdict
    turns: tuple[HeardTurn, ...]
    extra: tuple[ExtraSpeech, ...] = ()
    duration_ms: int = 0
    is_over_sound: bool = False
