"""An audio file → its facts, measured block by block: a recording of hours needs little memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from broadcast import media
from broadcast.errors import BroadcastError
from broadcast.model import RATE_HZ
from broadcast.recordings.listen import Channels, Heard
from broadcast.recordings.trim import band_levels, noise_dbfs, speech_in

_FULL_SCALE = 0.9995
_FLAT_FROM = 0.99  # the largest value of 8-bit audio is 127/128
_ONE_PLACE_MS = 50
# As much weaker than the other one, a channel is dead; as much weaker than the stronger one, their
# mean says that they cancel each other. ``media.mono_48k`` leaves channels out by the same rule.
_DEAD_DB = 20.0
_CANCELLED_DB = 9.0
_SILENCE_DBFS = -120.0


def heard_in(file: Path, digest: str) -> Heard:
    """Listen to an audio file of any kind and length, whose digest is known.

    Raises BroadcastError when it is no audio or empty, OutsideError when it cannot be read.
    """
    damage: list[str] = []
    ear = _Ear()
    levels = band_levels(ear.mono(media.read_blocks(file, damage)), RATE_HZ)
    if not ear.samples:
        raise BroadcastError("There is no sound in this file.", file=file)
    duration_ms = ear.samples * 1000 // ear.rate_hz
    speech = speech_in(levels)
    return Heard(
        digest=digest,
        duration_ms=duration_ms,
        rate_hz=ear.rate_hz,
        speech=speech and replace(speech, end_ms=min(speech.end_ms, duration_ms)),
        noise_dbfs=round(noise_dbfs(levels), 1),
        peak_dbfs=round(_db(ear.peak**2), 1),
        clipped=ear.clipped,
        channels=ear.channels(),
        damage="; ".join(damage),
    )


class _Ear:
    """What is noted of the blocks of a file while they pass."""

    def __init__(self) -> None:
        self.samples = 0
        self.rate_hz = 0
        self.peak = 0.0
        self.clipped = 0
        self._last_clipped = -(1 << 40)
        # Of each channel, and last of their mean: a channel's offset is no sound.
        self._sums = np.zeros(1)
        self._squares = np.zeros(1)

    def mono(self, blocks: Iterator[media.Audio]) -> Iterator[media.Samples]:
        """Give the blocks as one channel at RATE_HZ, and note what is heard in them."""
        for block in blocks:
            self.rate_hz = block.rate_hz
            self._note(block.samples)
            yield media.mono_48k(block)
            self.samples += len(block.samples)

    def channels(self) -> Channels:
        """Say whether a channel is dead, or whether two cancel each other."""
        energies = self._squares - self._sums**2 / max(1, self.samples)
        each, mean = energies[:-1], float(energies[-1])
        best = float(each.max(initial=0.0))
        if len(each) < 2 or best <= 0:
            return "good"
        if np.any(each < best * 10 ** (-_DEAD_DB / 10)):
            return "dead"
        return "inverted" if mean < best * 10 ** (-_CANCELLED_DB / 10) else "good"

    def _note(self, samples: media.Samples) -> None:
        self.peak = max(self.peak, float(np.abs(samples).max(initial=0.0)))
        positions = self.samples + _cut_off(samples)
        gaps = np.diff(positions, prepend=self._last_clipped)
        self.clipped += int(np.sum(gaps > self.rate_hz * _ONE_PLACE_MS // 1000))
        self._last_clipped = int(positions[-1]) if len(positions) else self._last_clipped
        mean = samples.mean(axis=1, dtype=np.float32)
        channels = [*samples.T, mean]
        sums = [float(channel.sum(dtype=np.float64)) for channel in channels]
        squares = [float(np.dot(channel, channel)) for channel in channels]
        self._sums = self._sums + np.array(sums)
        self._squares = self._squares + np.array(squares)


def _cut_off(samples: media.Samples) -> NDArray[np.int64]:
    """Give where three samples in a row stay at full scale, or flat just below it."""
    size = np.abs(samples)
    full = size >= _FULL_SCALE
    flat = (size[1:] >= _FLAT_FROM) & (samples[1:] == samples[:-1])
    held = flat | (full[1:] & full[:-1])
    return np.flatnonzero((held[1:] & held[:-1]).any(axis=1))


def _db(power: float) -> float:
    return float(10 * np.log10(max(power, 10 ** (_SILENCE_DBFS / 10))))
