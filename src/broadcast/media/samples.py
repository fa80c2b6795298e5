"""Sound as every decoder gives it: samples, their rate, and what of the file could not be used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from broadcast.messages import Message

Samples = NDArray[np.float32]

BLOCK = 1 << 18
"""About how many samples are decoded at a time, where there are few channels."""
_FEW_CHANNELS = 2


@dataclass(frozen=True, slots=True)
class Audio:
    """Samples of shape (n, channels), full scale ±1, at ``rate_hz``.

    ``damage`` says what of the file could not be used. What ``has_headroom`` is
    stored as floating point: full scale is no limit to it.
    """

    samples: Samples
    rate_hz: int
    damage: tuple[Message, ...] = ()
    has_headroom: bool = False

    @property
    def kind(self) -> tuple[int, int]:
        """Its rate, and how many channels it has."""
        return self.rate_hz, self.samples.shape[1]

    @property
    def duration_ms(self) -> float:
        """How long it is."""
        return len(self.samples) * 1000 / self.rate_hz


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The part of a file that is wanted; an end of None is the file's."""

    start_ms: float | None = None
    end_ms: float | None = None

    def start(self, rate_hz: int) -> int:
        """Give its first sample."""
        return _position(self.start_ms or 0, rate_hz)

    def end(self, rate_hz: int) -> int | None:
        """Give the sample after its last one."""
        return None if self.end_ms is None else _position(self.end_ms, rate_hz)

    def of(self, blocks: Iterable[Audio], first: int = 0) -> Iterator[Audio]:
        """Give what blocks have of it, which follow each other from sample ``first`` on."""
        start, end, position = 0, None, first
        for block in blocks:
            if position == first:
                start, end = self.start(block.rate_hz), self.end(block.rate_hz)
            last = None if end is None else max(0, end - position)
            wanted = block.samples[max(0, start - position) : last]
            position += len(block.samples)
            if len(wanted):
                whole = len(wanted) == len(block.samples)
                yield block if whole else replace(block, samples=wanted)
            if end is not None and position >= end:
                return


def gathered(blocks: Iterable[Audio]) -> Iterator[Audio]:
    """Give blocks of about BLOCK samples in place of many small ones; each is of one kind.

    They are copied at once, so that a decoder can use its few buffers again.
    """
    like: Audio | None = None
    room, filled = np.empty((0, 0), np.float32), 0
    for block in blocks:
        samples = block.samples
        end = filled + len(samples)
        if like and (end > len(room) or block.kind != like.kind):
            yield replace(like, samples=room[:filled])
            like = None
        if not like:
            channels = samples.shape[1]
            room = np.empty((max(block_of(channels), len(samples)), channels), np.float32)
            like, filled, end = block, 0, len(samples)
        room[filled:end] = samples
        filled = end
    if like:
        yield replace(like, samples=room[:filled])


def block_of(channels: int) -> int:
    """Give about how many samples of so many channels are decoded at a time."""
    return BLOCK if channels <= _FEW_CHANNELS else BLOCK * _FEW_CHANNELS // channels


def _position(ms: float, rate_hz: int) -> int:
    return max(0, round(Fraction(ms) * rate_hz / 1000))


def breaks_off_early(seconds: float) -> Message:
    """Say that a file breaks off this long before its end."""
    return Message(
        "sound.breaks-off-early", "it breaks off {seconds:.0f} s before its end", seconds=seconds
    )
