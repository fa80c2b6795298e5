"""Samples of any rate and any channels → the one channel at 48 kHz that a programme is made of."""

from __future__ import annotations

import numpy as np
import soxr

from broadcast.media.samples import Audio, Samples
from broadcast.model import RATE_HZ

# One channel this much weaker than the other is taken for dead; a mean of both that is this much
# weaker than the stronger one means that they cancel each other (a lead wired the wrong way).
_DEAD_DB = 20.0
_CANCELLED_DB = 9.0


def mono_48k(audio: Audio) -> Samples:
    """Give the sound as one channel at RATE_HZ, without offset: shape (n,).

    A dead channel is left out, and of two that cancel each other the stronger one is taken.
    """
    mono = one_channel(audio.samples)
    if audio.rate_hz != RATE_HZ:
        mono = soxr.resample(mono, audio.rate_hz, RATE_HZ, quality="HQ")
    without_offset = np.array(mono, dtype=np.float32)
    without_offset -= mono.mean(dtype=np.float64).astype(np.float32)
    return without_offset


def one_channel(samples: Samples) -> Samples:
    """Give what is heard of samples of shape (n, channels) in one channel: shape (n,)."""
    if samples.shape[1] == 1:
        return samples[:, 0]
    energies = np.array([_energy(samples[:, channel]) for channel in range(samples.shape[1])])
    best = float(energies.max())
    strongest: Samples = samples[:, int(energies.argmax())]
    alive = samples[:, energies > best * 10 ** (-_DEAD_DB / 10)]
    if alive.shape[1] < 2:
        return strongest
    mean: Samples = alive.mean(axis=1, dtype=np.float32)
    return strongest if _energy(mean) < best * 10 ** (-_CANCELLED_DB / 10) else mean


def _energy(samples: Samples) -> float:
    """Give the mean square of what is heard: a constant offset is not."""
    return float(np.var(samples, dtype=np.float64))
