"""Samples and a gain → the same samples louder, with no peak above a ceiling.

The gain comes down before a peak and back after it, smoothly, by no more than is needed: a minimum
over the look-ahead, then two moving averages of the same width, which cannot rise above it.
"""

from __future__ import annotations

import numpy as np

from broadcast.audio.filters import Samples
from broadcast.audio.loudness import PEAK_HOP
from broadcast.model import RATE_HZ

_LOOK_AHEAD_MS = 3.0
_MARGIN_DB = 0.05  # what interpolation and the next resampler may add


def limited(
    samples: Samples, gain_db: float, peaks: Samples, ceiling_dbtp: float
) -> tuple[Samples, bool]:
    """Give ``samples`` amplified by ``gain_db`` and held below the ceiling, and whether it bit.

    ``peaks`` are the ``true_peaks`` of ``samples``; the gain curve has a value for each of them and
    is interpolated between.
    """
    gain = np.float32(10 ** (gain_db / 20))
    ceiling = np.float32(10 ** ((ceiling_dbtp - _MARGIN_DB) / 20))
    needed = np.minimum(1, ceiling / np.maximum(peaks * gain, np.float32(1e-9)))
    if needed.min(initial=1) >= 1:
        return samples * gain, False
    width = max(3, round(RATE_HZ * _LOOK_AHEAD_MS / 1000 / PEAK_HOP)) | 1
    curve = _average(_average(_minimum(needed, 2 * width + 3), width), width)
    steps = np.diff(curve, append=curve[-1:])
    ramp = np.arange(PEAK_HOP, dtype=np.float32) / PEAK_HOP
    smooth = (curve[:, None] + steps[:, None] * ramp).ravel()[: len(samples)]
    return samples * (smooth * gain).astype(np.float32, copy=False), True


def _minimum(values: Samples, width: int) -> Samples:
    lowest: Samples = _windows(values, width).min(axis=1)
    return lowest


def _average(values: Samples, width: int) -> Samples:
    averages: Samples = _windows(values, width).mean(axis=1, dtype=np.float64).astype(np.float32)
    return averages


def _windows(values: Samples, width: int) -> Samples:
    padded = np.pad(values, width // 2, mode="edge")
    return np.lib.stride_tricks.sliding_window_view(padded, width)
