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
_SILENCE_DB = -95.0
_FLOOR_PERCENTILE = 10
_SPREAD_DB = (1.0, 2.0)  # how much a band's noise wavers, at least and at most
_FAR_BELOW_DB = 60.0  # what is this far below the loudest band cannot be heard beside it
# How far two bands, or one alone, stand out from the noise, in spreads.
_SURE, _FAINT, _FAINT_ALONE = 4.0, 1.9, 3.0
# What is left on at either end: more in a noisy room, where the softest sounds are not found.
_BREATH_MS, _NOISY_BREATH_MS = 110, 180
_NOISY_DB = 17.0
_SURELY_SOUND_DB = 8.0
# In hops:
_SMOOTH = 5
_ABRUPT = 3
_SHORTEST_SOUND = 9  # what is shorter is a click or a knock
_CLOSURE = 22  # the silence of a stop consonant, or a catch of breath, within speech
_AWAY = 40

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
        powers = (np.square(spectra.real) + np.square(spectra.imag)).sum(axis=0)
        self._powers.append(np.add.reduceat(powers, self._bins, axis=1)[:, :-1].astype(np.float32))
        self._waiting = self._waiting[:, hops * _HOP :]

    def bands_db(self) -> Bands:
        """Give the level in each band, shape (hops, 11), in decibels."""
        bands: Bands = np.concatenate(
            [np.zeros((0, len(_EDGES_HZ) - 1), np.float32), *self._powers]
        )
        self._powers.clear()  # an hour has 16 MB of them
        bands += np.float32(1e-20)
        _to_decibels(bands)
        bands -= np.float32(10 * np.log10(_WINDOW * 512 / 4))
        return np.maximum(bands, np.float32(_SILENCE_DB), out=bands)


def speech_borders_ms(bands_db: Bands) -> tuple[int, int] | None:
    """Give the first and the one-past-last millisecond to keep of a recording.

    A tenth of a second is left before and after what is heard, in a noisy room a little more. None
    when nothing in it stands out from its noise: then there is no speech to be found.
    """
    if len(bands_db) <= 2 * _ABRUPT:
        return None
    smooth = _smoothed(bands_db)
    floor, deepest = _percentile(smooth, _FLOOR_PERCENTILE), _percentile(smooth, 1)
    # In a band, noise rises about as far above its usual level as it falls below it.
    spread = np.clip(floor - deepest, *_SPREAD_DB)
    loud = _percentile(smooth.max(axis=1), 95)
    usual = np.maximum(floor + 1.3 * spread, loud - _FAR_BELOW_DB)
    smooth -= usual
    above_db = smooth.max(axis=1)
    smooth /= spread
    smooth.sort(axis=1)
    second, first = smooth[:, -2], smooth[:, -1]
    sure = _lasting(second > _SURE, above_db)
    if not len(sure):
        return None
    faint = (second > _faint(second, sure, _FAINT)) | (first > _faint(first, sure, _FAINT_ALONE))
    start = _reach(faint, int(sure[0]), -1)
    end = _reach(faint, int(sure[-1]), 1)
    powers = np.zeros(len(bands_db), np.float32)
    for band in bands_db.T:
        powers += 10 ** (band / 10)
    room = _percentile(powers, _FLOOR_PERCENTILE)
    is_noisy = np.mean(powers[sure]) < room * 10 ** (_NOISY_DB / 10)
    breath_ms = _NOISY_BREATH_MS if is_noisy else _BREATH_MS
    window_ms = _WINDOW * 1000 // _LISTEN_HZ
    total_ms = len(bands_db) * _HOP_MS + window_ms
    end_ms = end * _HOP_MS + window_ms + breath_ms
    return max(0, start * _HOP_MS - breath_ms), min(total_ms, end_ms)


def _percentile(values: Bands, percent: float) -> Bands:
    """Give the nearest one over time: to interpolate, numpy takes 25 ms to import more of it."""
    nearest: Bands = np.percentile(values, percent, axis=0, method="nearest")
    return nearest


def _smoothed(bands_db: Bands) -> Bands:
    """Average each band over 50 ms: noise in a narrow band jumps by many decibels.

    At either end the sound begins or breaks off abruptly, which is heard in all bands; what is
    beside it stands for it.
    """
    powers = np.pad(bands_db, ((_SMOOTH // 2, _SMOOTH // 2), (0, 0)), mode="edge")
    powers /= 10
    np.power(np.float32(10), powers, out=powers)
    first, last = _SMOOTH // 2 + _ABRUPT, len(powers) - _SMOOTH // 2 - _ABRUPT
    powers[:first], powers[last:] = powers[first], powers[last - 1]
    smooth: Bands = np.zeros_like(bands_db)
    for shift in range(_SMOOTH):
        smooth += powers[shift : shift + len(smooth)]
    smooth /= _SMOOTH
    _to_decibels(smooth)
    return smooth


def _to_decibels(powers: Bands) -> None:
    """Turn powers into decibels, in place."""
    np.log10(powers, out=powers)
    powers *= 10


def _lasting(flags: NDArray[np.bool_], above_db: NDArray[np.float32]) -> NDArray[np.intp]:
    """Give the hops in runs of true flags that are long enough, and loud enough, for a sound."""
    changes = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8)))
    lasting = [
        np.arange(begin, end)
        for begin, end in changes.reshape(-1, 2)
        if end - begin >= _SHORTEST_SOUND and above_db[begin:end].max() > _SURELY_SOUND_DB
    ]
    return np.concatenate([np.zeros(0, np.intp), *lasting])


def _faint(strength: NDArray[np.float32], sure: NDArray[np.intp], least: float) -> float:
    """Give how far a faint sound stands out: more than this room alone does away from speech."""
    alone = np.concatenate([strength[: max(0, sure[0] - _AWAY)], strength[sure[-1] + _AWAY :]])
    if len(alone) < _AWAY:
        return least
    return max(least, float(_percentile(alone, 98)))


def _reach(faint: NDArray[np.bool_], start: int, step: int) -> int:
    """Follow faint sounds outward from a sure one, over gaps as short as a closure."""
    reached = position = start
    while 0 <= position < len(faint) and abs(position - reached) <= _CLOSURE:
        if faint[position]:
            reached = position
        position += step
    return reached
