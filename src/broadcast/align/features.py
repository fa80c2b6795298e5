"""A recording and the speech it is compared with → rows of numbers that can be compared.

Thirteen cepstra with their slopes, each made even over twelve seconds of speech, and the tone: the
pitch against its surroundings, its slope, and voicing. What lies 30 dB under speech is covered on
both sides, and the room of the recording is laid under the spoken reference.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from broadcast.align.frames import BAND_WIDTHS, BANDS, Flags, Floats, Frames
from broadcast.align.reference import Reference
from broadcast.align.speaking import Recorded, smoothed

CEPSTRA = 13
DIMENSIONS = 2 * CEPSTRA + 3

_COVERED_DB = 30.0
_SLOPE_WEIGHT = 3.0
_TONE_WEIGHT = np.float32(0.7)
# In frames of 10 ms:
_EVEN = 600
_EVEN_LEAST = 100.0  # so many frames of the whole stand in where there is little speech
_SURROUNDINGS = 300
_SLOPE = 4
_AT_ONCE = 60_000


def of_recording(one: Recorded) -> Floats:
    """Give the features of a recording, shape (frames, DIMENSIONS)."""
    rows = np.empty((len(one.frames), DIMENSIONS), np.float32)
    _cepstra(one.frames, _cover(one), rows)
    _make_even(rows[:, : 2 * CEPSTRA], one.speech)
    rows[:, 2 * CEPSTRA :] = _tone(one.frames, one.speech)
    return rows


def of_reference(spoken: Reference, one: Recorded) -> Floats:
    """Give the features of spoken words, as loud as the recording and in its room."""
    frames = spoken.frames
    rows = np.empty((len(frames), DIMENSIONS), np.float32)
    if not len(frames):
        return rows
    gain = one.level / max(1e-12, float(frames.powers.sum(axis=1).mean()))
    louder = Frames(frames.powers * np.float32(gain), frames.semitones, frames.voicing)
    everywhere = np.ones(len(frames), np.bool_)
    _cepstra(louder, _cover(one) + one.room, rows)
    _make_even(rows[:, : 2 * CEPSTRA], everywhere)
    rows[:, 2 * CEPSTRA :] = _tone(frames, everywhere)
    return rows


def _cover(one: Recorded) -> Floats:
    covered = one.level * 10 ** (-_COVERED_DB / 10) * BAND_WIDTHS / BAND_WIDTHS.sum()
    floor: Floats = covered.astype(np.float32)
    return floor


def _cosines() -> Floats:
    """The orthonormal DCT of type II."""
    order, band = np.arange(CEPSTRA)[:, None], np.arange(BANDS)[None]
    waves = np.cos(np.pi * order * (2 * band + 1) / (2 * BANDS)) * np.sqrt(2 / BANDS)
    waves[0] /= np.sqrt(2)
    cosines: Floats = waves.T.astype(np.float32)
    return cosines


_COSINES = _cosines()


def _cepstra(frames: Frames, floor: Floats, rows: Floats) -> None:
    for begin, end in _blocks(len(frames)):
        rows[begin:end, :CEPSTRA] = np.log(frames.powers[begin:end] + floor) @ _COSINES
    for at in range(CEPSTRA):
        padded = np.pad(rows[:, at], (3, 3), mode="edge")
        count = len(rows)
        slope = sum(
            k * (padded[3 + k : 3 + k + count] - padded[3 - k : 3 - k + count]) for k in (1, 2, 3)
        )
        rows[:, CEPSTRA + at] = slope / 28 * _SLOPE_WEIGHT


def _make_even(rows: Floats, speech: Flags) -> None:
    """Give each column mean 0 and spread 1 over the speech around it, in place."""
    if not speech.any():
        return
    count = len(rows)
    at = np.arange(count)
    begin, end = np.maximum(0, at - _EVEN), np.minimum(count, at + _EVEN)
    spoken = np.cumsum(np.concatenate([[0.0], speech]))
    weight = spoken[end] - spoken[begin] + _EVEN_LEAST
    for column in rows.T:
        whole = column[speech].astype(np.float64)
        usual, variance = whole.mean(), whole.var()
        values = np.where(speech, column, 0).astype(np.float64)
        sums = np.cumsum(np.concatenate([[0.0], values]))
        mean = (sums[end] - sums[begin] + _EVEN_LEAST * usual) / weight
        np.square(values, out=values)
        sums = np.cumsum(np.concatenate([[0.0], values]))
        squares = sums[end] - sums[begin] + _EVEN_LEAST * (variance + usual**2)
        spread = np.maximum(squares / weight - mean * mean, 0.05 * variance)
        column[:] = (column - mean) / np.sqrt(spread + 1e-12)


def _tone(frames: Frames, speech: Flags) -> Floats:
    voiced = np.where(speech, np.maximum(0, frames.voicing - np.float32(0.3)), 0)
    around = smoothed(voiced * frames.semitones, _SURROUNDINGS)
    around /= smoothed(voiced, _SURROUNDINGS) + 1e-6
    above = np.where(frames.voicing > 0.45, frames.semitones - around, 0)
    tone = smoothed(np.clip(above, -8, 8) / 3, 2)
    slope = np.zeros(len(tone))
    if len(tone) > 2 * _SLOPE:
        slope[_SLOPE:-_SLOPE] = tone[2 * _SLOPE :] - tone[: -2 * _SLOPE]
    columns = np.stack([tone, slope, (frames.voicing - 0.5) * 2], axis=1).astype(np.float32)
    return columns * _TONE_WEIGHT


def _blocks(count: int) -> Iterator[tuple[int, int]]:
    for begin in range(0, count, _AT_ONCE):
        yield begin, min(count, begin + _AT_ONCE)
