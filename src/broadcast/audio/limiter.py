"""Samples and a gain → the same samples louder, with no peak above a ceiling.

The gain comes down before a peak and back after it, smoothly, by no more than is needed: a minimum
over the look-ahead, then two moving averages of the same width, which cannot rise above it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from broadcast.audio.filters import Samples
from broadcast.audio.true_peak import PEAK_HOP
from broadcast.model import RATE_HZ

_LOOK_AHEAD_MS = 3.0
_MARGIN_DB = 0.05  # what interpolation and the next resampler may add
_STRETCH = 1 << 16  # values of the curve that are worked out at a time: 11 s
_RAMP = (np.arange(PEAK_HOP, dtype=np.float32) / PEAK_HOP)[:, None]


def to_be_held(gain_db: float, ceiling_dbtp: float) -> float:
    """Give the factor of full scale above which a peak is held back: there it must be exact."""
    return float(10 ** ((ceiling_dbtp - _MARGIN_DB - gain_db) / 20))


def gain_curve(peaks: Samples, gain_db: float, ceiling_dbtp: float) -> Samples:
    """Give the factor for each PEAK_HOP samples that brings ``gain_db`` and holds the ceiling.

    ``peaks`` is the true-peak envelope of the samples, exact where it is above ``to_be_held``. All
    factors are alike where nothing needs to be held.
    """
    gain = np.float32(10 ** (gain_db / 20))
    ceiling = np.float32(10 ** ((ceiling_dbtp - _MARGIN_DB) / 20))
    width = max(3, round(RATE_HZ * _LOOK_AHEAD_MS / 1000 / PEAK_HOP)) | 1
    reach = 2 * width + 4  # how far a peak is felt
    curve = np.full(len(peaks), gain, np.float32)
    for begin in range(0, len(peaks), _STRETCH):
        first = max(0, begin - reach)
        near = peaks[first : begin + _STRETCH + reach]
        needed = np.minimum(1, ceiling / np.maximum(near * gain, np.float32(1e-9)))
        if needed.min(initial=1) < 1:
            smooth = _smoothed(_minimum(needed, 2 * width + 3), width)
            inside = curve[begin : begin + _STRETCH]
            inside *= smooth[begin - first : begin - first + len(inside)]
    return curve


def amplified(blocks: Iterable[Samples], curve: Samples) -> Iterator[Samples]:
    """Give mono samples times the gain curve, interpolated between its values.

    Every block but the last is a whole number of PEAK_HOPs.
    """
    first = 0
    for block in blocks:
        count = -(-len(block) // PEAK_HOP)
        factors = curve[first : first + count + 1]
        first += count
        if (factors == factors[0]).all():
            yield block * factors[0]
            continue
        if len(factors) <= count:  # the last block
            factors = np.pad(factors, (0, count + 1 - len(factors)), mode="edge")
        smooth = factors[:-1] + np.diff(factors) * _RAMP
        yield block * smooth.T.ravel()[: len(block)].astype(np.float32, copy=False)


def _minimum(values: Samples, width: int) -> Samples:
    """Give the lowest value in the window around each; twice as wide a window at each step."""
    lowest = np.pad(values, width // 2, mode="edge")
    reach = 1
    while reach < width:
        step = min(reach, width - reach)
        lowest = np.minimum(lowest[:-step], lowest[step:])
        reach += step
    return lowest


def _smoothed(values: Samples, width: int) -> Samples:
    """Give the mean of the means of the windows around each value: ``width`` is odd."""
    padded = np.pad(values, (width + 1, width - 1), mode="edge")
    sums = np.cumsum(padded, dtype=np.float64)
    np.cumsum(sums, out=sums)
    # Sums of sums of two windows: their second difference is the triangle that both together are.
    total = len(values)
    whole = sums[2 * width :][:total] - 2 * sums[width:][:total] + sums[:total]
    return (whole / width**2).astype(np.float32)
