"""Sound as every decoder gives it: samples, their rate, and what of the file could not be used."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from broadcast.messages import Message

Samples = NDArray[np.float32]

BLOCK = 1 << 18
"""About how many samples are decoded at a time."""


@dataclass(frozen=True, slots=True)
class Audio:
    """Samples of shape (n, channels), full scale ±1, at ``rate_hz``.

    ``damage`` says what of the file could not be used.
    """

    samples: Samples
    rate_hz: int
    damage: tuple[Message, ...] = ()

    @property
    def duration_ms(self) -> float:
        """How long it is."""
        return len(self.samples) * 1000 / self.rate_hz


@dataclass(frozen=True, slots=True)
class Stretch:
    """The part of a file that is wanted; an end of None is the file's."""

    start_ms: float | None = None
    end_ms: float | None = None

    def start(self, rate_hz: int) -> int:
        """Give its first sample."""
        return _position(self.start_ms or 0, rate_hz)

    def end(self, rate_hz: int) -> int | None:
        """Give the sample after its last one."""
        return None if self.end_ms is None else _position(self.end_ms, rate_hz)


def finite(samples: Samples) -> Samples:
    """Replace what is no number (a damaged float file) by silence."""
    return np.nan_to_num(samples, copy=False, nan=0.0, posinf=0.0, neginf=0.0)


def _position(ms: float, rate_hz: int) -> int:
    return max(0, round(Fraction(ms) * rate_hz / 1000))


def breaks_off_early(seconds: float) -> Message:
    """Say that a file breaks off this long before its end."""
    return Message(
        "sound.breaks-off-early", "it breaks off {seconds:.0f} s before its end", seconds=seconds
    )
