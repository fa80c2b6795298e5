"""A voice → the voice of somebody larger or smaller: pitch and formants moved, and the pace."""

from __future__ import annotations

import numpy as np
import soxr
from numpy.typing import NDArray

from broadcast.model import Shift

Samples = NDArray[np.float32]

_GRAIN_MS = 30
_SEARCHED_MS = 12  # each way: a whole period of the deepest voice lies in it


def shifted(samples: Samples, rate_hz: int, shift: Shift) -> Samples:
    """Give samples of shape (n,) shifted; equal samples and shifts give equal samples.

    Resampling moves pitch and formants together, as the size of a speaker does, and leaves the
    sound of the words whole; then the old length, in the new tempo, is made of grains that are
    joined where they are most alike (WSOLA: Verhelst and Roelands, ICASSP 1993). Of the ways that
    bench/apart.py measures this one keeps words clearest.
    """
    factor = 2 ** (shift.pitch_st / 12)
    moved = soxr.resample(samples, factor, 1.0, quality="HQ") if shift.pitch_st else samples
    return _of_length(moved, round(len(samples) / shift.tempo), rate_hz)


def _of_length(samples: Samples, length: int, rate_hz: int) -> Samples:
    """Give samples in another length, at the same pitch."""
    grain = 2 * (rate_hz * _GRAIN_MS // 2000)
    hop, search = grain // 2, rate_hz * _SEARCHED_MS // 1000
    if not len(samples) or not length:
        return np.zeros(length, np.float32)
    pace = len(samples) / length
    padded = np.pad(samples, (hop + search, 2 * (grain + search)))
    window = np.hanning(grain + 1)[:grain].astype(np.float32)
    made = np.zeros(length + 2 * grain, np.float32)
    at = search
    for place in range(0, length + hop, hop):
        wanted = round(place * pace) + search
        if place:
            at = _most_alike(padded, at + hop, wanted, grain, search)
        made[place : place + grain] += window * padded[at : at + grain]
    return made[hop : hop + length]


def _most_alike(samples: Samples, before: int, wanted: int, grain: int, search: int) -> int:
    """Give where a grain near ``wanted`` goes on as the one at ``before`` would."""
    first = wanted - search
    near = samples[first : wanted + search + grain]
    alike = np.correlate(near, samples[before : before + grain], "valid")
    power = np.cumsum(np.concatenate([[0.0], near.astype(np.float64) ** 2]))
    return first + int(np.argmax(alike / np.sqrt(power[grain:] - power[:-grain] + 1e-6)))
