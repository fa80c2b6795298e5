"""Samples → their true-peak envelope: how high the wave is, between the samples too.

ITU-R BS.1770-4, annex 2: at four times the rate. Only near the highest samples can a wave be higher
than a given level, so only there is it worked out; oversampling everything takes six times as long.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from broadcast.audio.filters import Samples

PEAK_HOP = 8
"""Samples that share one value of the true-peak envelope."""
_OVERSAMPLING = 4
_REACH = 16  # samples on either side that are felt between two: flat within 0.02 dB to 20 kHz
_KAISER = 6.0
_CHUNK = 32  # samples that are interpolated together, or not at all
_HOPS = _CHUNK // PEAK_HOP


class PeakMeter:
    """Takes the true-peak envelope of one channel, block after block.

    What is above ``exact_above`` (a factor of full scale) is exact, and the highest value of all
    is; elsewhere a value may be that of the samples alone, which is not above it either.
    """

    def __init__(self, exact_above: float = 0.0) -> None:
        self._exact_above = exact_above
        self._highest = 0.0
        self._waiting = np.zeros(_CHUNK, np.float32)  # silence before the first sample
        self._taken = 0
        self._peaks: list[Samples] = []

    def add(self, samples: Samples) -> None:
        """Take what follows: shape (n,)."""
        self._taken += len(samples)
        self._measure(samples)

    def peaks(self) -> Samples:
        """End the measurement: one value for each PEAK_HOP samples, the highest in them."""
        self._measure(np.zeros(3 * _CHUNK, np.float32))
        return np.concatenate(self._peaks)[: -(-self._taken // PEAK_HOP)]

    def _measure(self, samples: Samples) -> None:
        """Measure the whole chunks that have a chunk before them and one after them."""
        known = np.concatenate([self._waiting, samples])
        chunks = len(known) // _CHUNK
        self._waiting = known[max(0, chunks - 2) * _CHUNK :]
        if chunks < 3:
            return
        hops = _highest_of(np.abs(known[: chunks * _CHUNK]), PEAK_HOP).reshape(chunks, _HOPS)
        in_chunk = hops.max(axis=1)
        near = np.maximum(np.maximum(in_chunk[:-2], in_chunk[2:]), in_chunk[1:-1])
        self._highest = max(self._highest, float(in_chunk.max()))
        weights, most = _interpolation()
        high = np.flatnonzero(near * most > min(self._exact_above, self._highest))
        peaks = hops[1:-1]
        around = sliding_window_view(known[_CHUNK - _REACH :], weights.shape[1])[::_CHUNK]
        between = np.abs(weights @ around[high].T)
        between = between.reshape(len(weights) // _HOPS, _HOPS, len(high)).max(axis=0)
        peaks[high] = np.maximum(peaks[high], between.T)
        self._peaks.append(peaks.ravel())


def true_peaks(blocks: Iterable[Samples], exact_above: float = 0.0) -> Samples:
    """Give the true-peak envelope of a channel, as ``PeakMeter`` does."""
    meter = PeakMeter(exact_above)
    for block in blocks:
        meter.add(block)
    return meter.peaks()


def dbtp(envelope: Samples) -> float:
    """Give the highest value of a true-peak envelope in dBTP."""
    return 20 * float(np.log10(max(float(envelope.max(initial=0.0)), 1e-10)))


def _highest_of(values: Samples, count: int) -> Samples:
    """Give the highest of each ``count`` values: a power of two of them, halved again and again."""
    while count > 1:
        values = np.maximum(values[0::2], values[1::2])
        count //= 2
    return values


class _Interpolation(NamedTuple):
    weights: Samples
    """From samples to what is between them: shape (between × hops, _CHUNK + 2 × _REACH)."""
    most: float
    """How many times the highest sample what is between samples can be."""


@cache
def _interpolation() -> _Interpolation:
    """Give the windowed sinc (Kaiser) for the values between a chunk's samples."""
    offsets = np.arange(1, _OVERSAMPLING) / _OVERSAMPLING
    within = (np.arange(PEAK_HOP)[:, None] + offsets).ravel()  # of a hop
    at = within[:, None] + np.arange(_HOPS) * PEAK_HOP + _REACH
    distance = np.arange(_CHUNK + 2 * _REACH) - at.reshape(-1, 1)
    window = np.i0(_KAISER * np.sqrt(np.maximum(0, 1 - (distance / _REACH) ** 2)))
    weights = np.sinc(distance) * window * (np.abs(distance) < _REACH)
    weights /= weights.sum(axis=1, keepdims=True)
    return _Interpolation(weights.astype(np.float32), float(np.abs(weights).sum(axis=1).max()))
