"""A recording and the speech it is compared with → rows of numbers that can be compared.

Thirteen cepstra with their slopes, each made even over twelve seconds of speech, and the tone: the
pitch against its surroundings, its slope, and voicing. What lies 30 dB under speech is covered on
both sides, and the room of the recording is laid under the spoken reference.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from broadcast.align.frames import BANDS, Flags, Floats, Frames
from broadcast.align.speaking import Room, smoothed
from broadcast.align.states import pooled

CEPSTRA = 13
DIMENSIONS = 2 * CEPSTRA + 3

_SLOPE_WEIGHT = 3.0
_TONE_WEIGHT = np.float32(0.7)
# In frames of 10 ms:
_EVEN = 600
_EVEN_LEAST = 100.0  # so many frames of the whole stand in where there is little speech
_SURROUNDINGS = 300
_SLOPE = 4
_AT_ONCE = 60_000


def feature_columns(frames: Frames, speech: Flags, floor: Floats) -> Iterator[Floats]:
    """Give the features of frames column by column: a table of them all would be too large.

    ``floor`` is laid under the power of each band.
    """
    cepstra = np.empty((CEPSTRA, len(frames)), np.float32)
    for begin, end in _blocks(len(frames)):
        cepstra[:, begin:end] = (np.log(frames.powers[begin:end] + floor) @ _COSINES).T
    weight = _weight_around(speech)
    for column in cepstra:
        yield _even(column, speech, weight)
    for column in cepstra:
        yield _even(_slope(column), speech, weight)
    yield from _tone(frames, speech)


def spoken_columns(frames: Frames, room: Room) -> Iterator[Floats]:
    """Give the features of spoken words, as loud as those of a recording and in its room."""
    if not len(frames):
        return iter([np.zeros(0, np.float32)] * DIMENSIONS)
    gain = np.float32(room.level / max(1e-12, float(frames.powers.sum(axis=1).mean())))
    # Louder by so much, over its floor, is the same but for a constant, which is made even.
    everywhere = np.ones(len(frames), np.bool_)
    return feature_columns(frames, everywhere, (room.cover + room.powers) / gain)


def voicing_of(rows: Floats) -> Floats:
    """Give the voicing that rows of features have, 0 to 1."""
    return rows[:, -1] / (2 * _TONE_WEIGHT) + np.float32(0.5)


def pooled_columns(
    columns: Iterable[Floats], count: int, steps: Sequence[int]
) -> tuple[Floats, ...]:
    """Give tables of columns ``count`` long, each averaged over so many steps."""
    tables = tuple(np.empty((count // step, DIMENSIONS), np.float32) for step in steps)
    for at, column in enumerate(columns):
        for table, step in zip(tables, steps, strict=True):
            table[:, at] = pooled(column, step)
    return tables


def _cosines() -> Floats:
    """The orthonormal DCT of type II."""
    order, band = np.arange(CEPSTRA)[:, None], np.arange(BANDS)[None]
    waves = np.cos(np.pi * order * (2 * band + 1) / (2 * BANDS)) * np.sqrt(2 / BANDS)
    waves[0] /= np.sqrt(2)
    cosines: Floats = waves.T.astype(np.float32)
    return cosines


_COSINES = _cosines()


def _slope(column: Floats) -> Floats:
    padded, count = np.pad(column, (3, 3), mode="edge"), len(column)
    slope = np.zeros(count, np.float32)
    for k in (1, 2, 3):
        slope += k * (padded[3 + k : 3 + k + count] - padded[3 - k : 3 - k + count])
    weighed: Floats = slope * np.float32(_SLOPE_WEIGHT / 28)
    return weighed


def _sums_around(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the sum of each value and those around it."""
    sums = np.concatenate([[0.0], np.cumsum(values)])
    at = np.arange(len(values))
    around: NDArray[np.float64] = (
        sums[np.minimum(len(values), at + _EVEN)] - sums[np.maximum(0, at - _EVEN)]
    )
    return around


def _weight_around(speech: Flags) -> NDArray[np.float64]:
    return _sums_around(speech.astype(np.float64)) + _EVEN_LEAST


def _even(column: Floats, speech: Flags, weight: NDArray[np.float64]) -> Floats:
    """Give a column mean 0 and spread 1 over the speech around each place."""
    if not speech.any():
        return column
    whole = column[speech].astype(np.float64)
    usual, variance = whole.mean(), whole.var()
    values = np.where(speech, column, 0).astype(np.float64)
    mean = (_sums_around(values) + _EVEN_LEAST * usual) / weight
    np.square(values, out=values)
    squares = _sums_around(values) + _EVEN_LEAST * (variance + usual**2)
    spread = np.maximum(squares / weight - mean * mean, 0.05 * variance)
    even: Floats = ((column - mean) / np.sqrt(spread + 1e-12)).astype(np.float32)
    return even


def _tone(frames: Frames, speech: Flags) -> Iterator[Floats]:
    voiced = np.where(speech, np.maximum(0, frames.voicing - np.float32(0.3)), 0)
    around = smoothed(voiced * frames.semitones, _SURROUNDINGS)
    around /= smoothed(voiced, _SURROUNDINGS) + 1e-6
    above = np.where(frames.voicing > 0.45, frames.semitones - around, 0)
    tone = smoothed(np.clip(above, -8, 8) / 3, 2)
    slope = np.zeros(len(tone))
    if len(tone) > 2 * _SLOPE:
        slope[_SLOPE:-_SLOPE] = tone[2 * _SLOPE :] - tone[: -2 * _SLOPE]
    for column in (tone, slope, (frames.voicing - 0.5) * 2):
        yield column.astype(np.float32) * _TONE_WEIGHT


def _blocks(count: int) -> Iterator[tuple[int, int]]:
    for begin in range(0, count, _AT_ONCE):
        yield begin, min(count, begin + _AT_ONCE)
