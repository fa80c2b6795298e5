"""Blocks of a recording → where its speech begins and ends, with its breath left on.

Speech is told from the room by its spectrum: what stands out from the recording's own noise in any
band counts, so that a soft fricative is found under a hum and a murmur under hiss. The lengths and
thresholds below were set on spoken recordings with known borders and noise floors of −50 to −30
dBFS (tests/test_recordings_trim.py).
"""

from __future__ import annotations

import numpy as np
import soxr
from numpy.typing import NDArray

_LISTEN_HZ = 16_000  # speech has next to nothing above 8 kHz that it does not have below
_HOP = 160  # 10 ms
_WINDOW = 400  # 25 ms
_HOP_MS = _HOP * 1000 // _LISTEN_HZ
_EDGES_HZ = (90, 200, 350, 550, 800, 1150, 1650, 2350, 3300, 4600, 6200, 7800)
_SILENCE_DB = -90.0
_FLOOR_PERCENTILE = 15
_SMOOTH_HOPS = 5
_STANDS_OUT_DB = 7.0
_SURELY_SOUND_DB = 12.0
_SHORTEST_SOUND_HOPS = 5
_BREATH_MS = 110
_DYING_AWAY_MS = 130

Bands = NDArray[np.float32]


class BandMeter:
    """Takes the level of a recording in eleven bands, every 10 ms; its channels are summed."""

    def __init__(self, rate_hz: int, channels: int) -> None:
        self._resamplers = [
            soxr.ResampleStream(rate_hz, _LISTEN_HZ, 1, dtype="float32", quality="HQ")
            for _ in range(channels)
        ]
        self._waiting = np.zeros((channels, 0), np.float32)
        self._powers: list[Bands] = []
        frequencies = np.fft.rfftfreq(512, 1 / _LISTEN_HZ)
        self._bins = np.searchsorted(frequencies, _EDGES_HZ)
        self._window = np.hanning(_WINDOW).astype(np.float32)

    def add(self, samples: NDArray[np.float32], *, last: bool = False) -> None:
        """Take what follows: shape (n, channels)."""
        heard = [
            resampler.resample_chunk(np.ascontiguousarray(samples[:, channel]), last=last)
            for channel, resampler in enumerate(self._resamplers)
        ]
        self._waiting = np.concatenate([self._waiting, np.stack(heard)], axis=1)
        hops = (self._waiting.shape[1] - _WINDOW) // _HOP + 1
        if hops <= 0:
            return
        windows = np.lib.stride_tricks.sliding_window_view(self._waiting, _WINDOW, axis=1)
        spectra = np.fft.rfft(windows[:, : hops * _HOP : _HOP] * self._window, 512, axis=2)
        powers = (np.abs(spectra) ** 2).sum(axis=0)
        self._powers.append(np.add.reduceat(powers, self._bins, axis=1)[:, :-1].astype(np.float32))
        self._waiting = self._waiting[:, hops * _HOP :]

    def bands_db(self) -> Bands:
        """Give the level in each band, shape (hops, 11), in decibels."""
        powers = np.concatenate([np.zeros((0, len(_EDGES_HZ) - 1), np.float32), *self._powers])
        scale = 10 * np.log10(_WINDOW * 512 / 4)
        bands: Bands = np.maximum(10 * np.log10(powers + 1e-20) - scale, _SILENCE_DB)
        return bands.astype(np.float32)


def speech_borders_ms(bands_db: Bands) -> tuple[int, int] | None:
    """Give the first and the one-past-last millisecond to keep of a recording.

    A tenth of a second is left before what is heard and a little more after it. None when nothing
    in it stands out from its noise: then there is no speech to be found.
    """
    if len(bands_db) <= _SMOOTH_HOPS:
        return None
    smooth = _smoothed(bands_db)
    floor = np.percentile(smooth, _FLOOR_PERCENTILE, axis=0)
    above_db = (smooth - np.maximum(floor, _SILENCE_DB + 20)).max(axis=1)
    sounds = [
        (begin, end)
        for begin, end in _runs(above_db > _STANDS_OUT_DB)
        if end - begin >= _SHORTEST_SOUND_HOPS and above_db[begin:end].max() > _SURELY_SOUND_DB
    ]
    if not sounds:
        return None
    total_ms = len(bands_db) * _HOP_MS + _WINDOW * 1000 // _LISTEN_HZ
    start_ms = sounds[0][0] * _HOP_MS - _BREATH_MS
    end_ms = sounds[-1][1] * _HOP_MS + _DYING_AWAY_MS
    return max(0, start_ms), min(total_ms, end_ms)


def _smoothed(bands_db: Bands) -> Bands:
    """Average each band over 50 ms: noise in a narrow band jumps by many decibels."""
    powers = 10 ** (bands_db / 10)
    padded = np.pad(powers, ((_SMOOTH_HOPS // 2, _SMOOTH_HOPS // 2), (0, 0)), mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, _SMOOTH_HOPS, axis=0)
    smooth: Bands = 10 * np.log10(windows.mean(axis=2))
    return smooth.astype(np.float32)


def _runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Give begin and end of every stretch of true flags."""
    changes = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8)))
    return [(int(begin), int(end)) for begin, end in changes.reshape(-1, 2)]
