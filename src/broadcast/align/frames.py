"""Samples → what is heard in each hundredth of a second: power in 32 bands, pitch and voicing.

A recording of hours is taken block by block and no sound of it is kept: 136 bytes for each frame.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import soxr
from numpy.typing import NDArray

HZ = 16_000
HOP = 160
"""Samples between frames: 10 ms."""
FRAME_MS = HOP * 1000 // HZ
BANDS = 32

WINDOW_MS = 25
_WINDOW = HZ * WINDOW_MS // 1000
_POINTS = 512
_EDGES_HZ = (80.0, 7600.0)
# A period of the lowest voice (70 Hz) fits three times into what pitch is found in.
_PITCH_WINDOW = 640
_PITCH_POINTS = 1024  # of the longest period too, nothing comes round
_PITCH_HZ = (70, 400)
_BEFORE = (_PITCH_WINDOW - _WINDOW) // 2  # both windows have one middle
_AT_ONCE = 3000  # frames worked on together: 30 s

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Frames:
    """What is heard, a row each 10 ms: ``powers`` of shape (n, 32), ``semitones`` above 100 Hz.

    ``voicing`` is 0 for noise, 1 for a tone; where it is low, ``semitones`` say nothing.
    """

    powers: Floats
    semitones: Floats
    voicing: Floats

    def __len__(self) -> int:
        return len(self.powers)

    def only(self, which: NDArray[np.intp]) -> Frames:
        """Give the frames of these numbers, in their order."""
        return Frames(self.powers[which], self.semitones[which], self.voicing[which])


def frame_bytes(frames: Frames) -> bytes:
    """Give frames as bytes, to be kept."""
    table = np.column_stack([frames.powers, frames.semitones, frames.voicing])
    return table.astype("<f4").tobytes()


def frames_from(data: bytes) -> Frames:
    """Read frames that were kept. Raises ValueError where these are none."""
    table = np.frombuffer(data, "<f4").reshape(-1, BANDS + 2)
    return Frames(table[:, :BANDS], table[:, BANDS], table[:, BANDS + 1])


def joined(pieces: Iterable[Frames]) -> Frames:
    """Give frames one after another."""
    each = list(pieces)
    return Frames(
        np.concatenate([np.zeros((0, BANDS), np.float32), *(one.powers for one in each)]),
        np.concatenate([np.zeros(0, np.float32), *(one.semitones for one in each)]),
        np.concatenate([np.zeros(0, np.float32), *(one.voicing for one in each)]),
    )


class FrameMeter:
    """Takes the frames of sound at any rate, block by block; its channels are summed."""

    def __init__(self, rate_hz: int) -> None:
        self._resampler = soxr.ResampleStream(rate_hz, HZ, 1, dtype="float32", quality="HQ")
        self._waiting = np.zeros(_BEFORE, np.float32)
        self._pieces: list[Frames] = []
        self._samples = self._made = 0

    def add(self, samples: Floats, *, last: bool = False) -> None:
        """Take what follows: shape (n,) or (n, channels)."""
        mono = samples if samples.ndim == 1 else samples.mean(axis=1)
        heard = self._resampler.resample_chunk(np.ascontiguousarray(mono, np.float32), last=last)
        self._samples += len(heard)
        self._waiting = np.concatenate([self._waiting, heard])
        if last:
            self._waiting = np.concatenate([self._waiting, np.zeros(_PITCH_WINDOW, np.float32)])
        count = max(0, (len(self._waiting) - _PITCH_WINDOW) // HOP + 1)
        if last:
            count = min(count, max(0, (self._samples - _WINDOW) // HOP + 1) - self._made)
        for begin in range(0, count, _AT_ONCE):
            end = min(count, begin + _AT_ONCE)
            self._pieces.append(
                _measured(self._waiting[begin * HOP : (end - 1) * HOP + _PITCH_WINDOW])
            )
        self._waiting = self._waiting[count * HOP :]
        self._made += count

    def end(self) -> None:
        """Let what was added be all."""
        self.add(np.zeros(0, np.float32), last=True)

    def frames(self) -> Frames:
        """Give all frames, once the last block is in."""
        found = joined(self._pieces)
        self._pieces.clear()
        return found


def frames_of(samples: Floats, rate_hz: int) -> Frames:
    """Give the frames of sound that is in memory."""
    meter = FrameMeter(rate_hz)
    meter.add(samples, last=True)
    return meter.frames()


def _measured(samples: Floats) -> Frames:
    windows = np.lib.stride_tricks.sliding_window_view(samples, _PITCH_WINDOW)[::HOP]
    spectra = np.fft.rfft(windows[:, _BEFORE : _BEFORE + _WINDOW] * _HANNING, _POINTS, axis=1)
    powers = (np.square(spectra.real) + np.square(spectra.imag)).astype(np.float32) @ _MEL.T
    semitones, voicing = _pitch(windows)
    return Frames(powers, semitones, voicing)


def _pitch(windows: Floats) -> tuple[Floats, Floats]:
    """Find the period by autocorrelation, made even for the window (Boersma 1993).

    Of a high voice a multiple of the period may be found: tones are told by how the pitch moves.
    """
    shortest, longest = HZ // _PITCH_HZ[1], HZ // _PITCH_HZ[0]
    faded = (windows - windows.mean(axis=1, keepdims=True)) * _PITCH_HANNING
    spectra = np.fft.rfft(faded, _PITCH_POINTS, axis=1)
    alike = np.fft.irfft(np.square(spectra.real) + np.square(spectra.imag), axis=1)
    alike = alike[:, : longest + 1]
    alike = alike / (alike[:, :1] + 1e-9) / _WINDOW_ALIKE[: longest + 1]
    period = alike[:, shortest:].argmax(axis=1) + shortest
    voicing = alike[np.arange(len(alike)), period]
    semitones = 12 * np.log2(HZ / period / 100)
    return semitones.astype(np.float32), np.clip(voicing, 0, 1).astype(np.float32)


def _mel_bank() -> Floats:
    def mel(hz: float) -> float:
        return float(2595 * np.log10(1 + hz / 700))

    frequencies = np.fft.rfftfreq(_POINTS, 1 / HZ)
    edges = 700 * (10 ** (np.linspace(mel(_EDGES_HZ[0]), mel(_EDGES_HZ[1]), BANDS + 2) / 2595) - 1)
    low, middle, high = edges[:-2, None], edges[1:-1, None], edges[2:, None]
    rising, falling = (frequencies - low) / (middle - low), (high - frequencies) / (high - middle)
    bank: Floats = np.maximum(0, np.minimum(rising, falling)).astype(np.float32)
    return bank


_MEL = _mel_bank()
BAND_WIDTHS: Floats = _MEL.sum(axis=1)
"""How much of white noise each band takes."""
_HANNING = np.hanning(_WINDOW).astype(np.float32)
_PITCH_HANNING = np.hanning(_PITCH_WINDOW).astype(np.float32)
_WINDOW_ALIKE = np.fft.irfft(
    np.square(np.abs(np.fft.rfft(np.hanning(_PITCH_WINDOW), _PITCH_POINTS)))
)
_WINDOW_ALIKE = _WINDOW_ALIKE / _WINDOW_ALIKE[0]
