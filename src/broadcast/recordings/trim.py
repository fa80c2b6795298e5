"""A recording's samples → where its speech begins and ends, with its breath left on.

Speech is told from the room by its spectrum: what stands out from the recording's own noise in any
band counts, so that a soft fricative is found under a hum and a murmur under hiss.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import soxr
from numpy.typing import NDArray

from broadcast.model import RATE_HZ
from broadcast.recordings.listen import Speech

HOP_MS = 10
# What is kept before the first and after the last sound that was found: more in a noisy room, in
# which the softest sounds are not found. These lengths and the thresholds below were set on 1,000
# spoken recordings with known borders and rooms of −50 to −30 dBFS.
_BREATH_MS, _NOISY_BREATH_MS = 105, 175
_NOISY_DB = 17.0

_LISTEN_HZ = 16_000  # speech has next to nothing above 8 kHz that it does not have below
_HOP = _LISTEN_HZ * HOP_MS // 1000
_WINDOW = 400  # 25 ms
_TRANSFORM = 512
_EDGES_HZ = (90, 200, 350, 550, 800, 1150, 1650, 2350, 3300, 4600, 6200, 7800)
_SILENCE_DB = -95.0  # below this there is nothing in a band but rounding
_FLOOR_PERCENTILE = 10
_SPREAD_DB = (1.0, 2.0)  # how much a band's noise wavers, at least and at most
_FAR_BELOW_DB = 60.0  # what is this far below the loudest band cannot be heard beside it
# How far two bands, or one alone, stand out from the noise, in spreads.
_SURE, _FAINT, _FAINT_ALONE = 4.0, 1.9, 3.0
# In hops:
_SMOOTHED = 5
_ABRUPT = 3
_SHORTEST = 9  # what is shorter is a click or a knock
_CLOSURE = 22  # the silence of a stop consonant, or a catch of breath, within speech


def speech_borders(samples: NDArray[np.float32]) -> tuple[int, int] | None:
    """Give the first and the one-past-last sample to keep of mono audio at RATE_HZ.

    None when nothing in it stands out from its noise: then there is no speech to be found.
    """
    found = speech_in(band_levels([samples], RATE_HZ))
    if found is None:
        return None
    per_ms = RATE_HZ // 1000
    return found.start_ms * per_ms, min(len(samples), found.end_ms * per_ms)


def band_levels(blocks: Iterable[NDArray[np.float32]], rate_hz: int) -> NDArray[np.float32]:
    """Give the power in each band (dB re full scale) every 10 ms: shape (hops, bands)."""
    hertz = np.fft.rfftfreq(_TRANSFORM, 1 / _LISTEN_HZ)
    edges = np.array(_EDGES_HZ)
    inside = (hertz[:, None] >= edges[:-1]) & (hertz[:, None] < edges[1:])
    window = np.hanning(_WINDOW).astype(np.float32)
    weights = (inside * (2 / (_TRANSFORM * np.sum(window**2)))).astype(np.float32)
    weights = np.repeat(weights, 2, axis=0)  # for the real and the imaginary part
    levels = []
    for block in _overlapping(_resampled(blocks, rate_hz)):
        frames = np.lib.stride_tricks.sliding_window_view(block, _WINDOW)[::_HOP]
        spectrum = np.fft.rfft(frames * window, _TRANSFORM)
        power = np.square(spectrum.view(np.float32)) @ weights
        levels.append(10 * np.log10(power + 10 ** (_SILENCE_DB / 10)))
    return np.concatenate(levels).astype(np.float32)


def speech_in(levels: NDArray[np.float32]) -> Speech | None:
    """Find the speech in the levels of a recording's bands; None when there is none."""
    if len(levels) <= 2 * _ABRUPT:
        return None
    smooth = _smoothed(levels)
    floor, deepest = np.percentile(smooth, (_FLOOR_PERCENTILE, 1), axis=0)
    # In a band, noise rises about as far above its usual level as it falls below it.
    spread = np.clip(floor - deepest, *_SPREAD_DB)
    loud = np.percentile(smooth.max(axis=1), 95)
    usual = np.maximum(floor + 1.3 * spread, loud - _FAR_BELOW_DB)
    *_, second, first = np.sort((smooth - usual) / spread, axis=1).T
    sure = _lasting(second > _SURE)
    if not sure.any():
        return None
    faint = (second > _FAINT) | (first > _FAINT_ALONE)
    hops = np.flatnonzero(sure)
    level_dbfs = float(10 * np.log10(np.mean(_power(levels[sure]))))
    is_noisy = level_dbfs - noise_dbfs(levels) < _NOISY_DB
    breath = (_NOISY_BREATH_MS if is_noisy else _BREATH_MS) // HOP_MS
    start = _reach(faint, int(hops[0]), -1) - breath
    end = _reach(faint, int(hops[-1]), 1) + 1 + breath
    return Speech(max(0, start) * HOP_MS, min(len(levels), end) * HOP_MS, round(level_dbfs, 1))


def noise_dbfs(levels: NDArray[np.float32]) -> float:
    """Give the level of a recording's quietest moments."""
    return float(10 * np.log10(np.percentile(_power(levels), _FLOOR_PERCENTILE)))


def _power(levels: NDArray[np.float32]) -> NDArray[np.float64]:
    """Give the power of all bands together, re full scale: shape (hops,)."""
    power: NDArray[np.float64] = np.sum(10.0 ** (levels.astype(np.float64) / 10), axis=1)
    return power


def _smoothed(levels: NDArray[np.float32]) -> NDArray[np.float64]:
    """Average the power over neighbouring hops; the first and last windows begin abruptly."""
    steady = levels.astype(np.float64)
    steady[:_ABRUPT], steady[-_ABRUPT:] = levels[_ABRUPT], levels[-_ABRUPT - 1]
    half = _SMOOTHED // 2
    power = np.pad(10.0 ** (steady / 10), ((half + 1, half), (0, 0)), mode="edge")
    total = np.cumsum(power, axis=0)
    return 10 * np.log10((total[_SMOOTHED:] - total[:-_SMOOTHED]) / _SMOOTHED)


def _lasting(marks: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Keep only runs that last: a click or a knock is no speech."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], marks, [0]])))
    kept = np.zeros_like(marks)
    for start, end in edges.reshape(-1, 2):
        kept[start:end] = end - start >= _SHORTEST
    return kept


def _reach(faint: NDArray[np.bool_], start: int, step: int) -> int:
    reached = start
    position = start
    while 0 <= position < len(faint) and abs(position - reached) <= _CLOSURE:
        if faint[position]:
            reached = position
        position += step
    return reached


def _resampled(
    blocks: Iterable[NDArray[np.float32]], rate_hz: int
) -> Iterator[NDArray[np.float32]]:
    stream = soxr.ResampleStream(rate_hz, _LISTEN_HZ, 1, dtype="float32", quality="MQ")
    for block in blocks:
        yield stream.resample_chunk(np.ascontiguousarray(block, np.float32))
    yield stream.resample_chunk(np.zeros(0, np.float32), last=True)


def _overlapping(blocks: Iterable[NDArray[np.float32]]) -> Iterator[NDArray[np.float32]]:
    """Give the samples in blocks that overlap so that each hop has its whole window, centred."""
    before = (_WINDOW - _HOP) // 2
    kept = np.zeros(before, np.float32)
    for block in blocks:
        kept = np.concatenate([kept, block])
        hops = (len(kept) - _WINDOW) // _HOP + 1
        if hops > 0:
            yield kept[: (hops - 1) * _HOP + _WINDOW]
            kept = kept[hops * _HOP :]
    left = max(1, -(-(len(kept) - before) // _HOP))
    yield np.pad(kept, (0, (left - 1) * _HOP + _WINDOW - len(kept)))
