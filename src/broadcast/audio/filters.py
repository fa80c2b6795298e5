"""Blocks of samples → the same samples through a recursive filter, worked out by Fourier transform.

A recursive filter sample by sample is slow in Python, and scipy takes 2 s to import. The filters
here have died away (below −190 dB) after ``_MEMORY`` samples, so blocks that carry that much of the
past give what the recursion would give.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from broadcast.model import RATE_HZ

Samples = NDArray[np.float32]

_MEMORY = 12_736
BLOCK = 52_800
"""Samples in a block at best: with what is carried of the past they fill a transform of 2¹⁶."""


class Biquad(NamedTuple):
    """A second-order section: (b0 + b1 z⁻¹ + b2 z⁻²) / (1 + a1 z⁻¹ + a2 z⁻²)."""

    b0: float
    b1: float
    b2: float
    a1: float
    a2: float


# ITU-R BS.1770-4, annex 1, tables 1 and 2: the two stages of the K weighting at 48 kHz.
_SHELF = (
    1.53512485958697,
    -2.69169618940638,
    1.19839281085285,
    -1.69065929318241,
    0.73248077421585,
)
K_WEIGHTING = (Biquad(*_SHELF), Biquad(1.0, -2.0, 1.0, -1.99004745483398, 0.99007225036621))


class Filter:
    """Filters one channel at RATE_HZ, block after block."""

    def __init__(self, sections: tuple[Biquad, ...]) -> None:
        self._sections = sections
        self._past = np.zeros(_MEMORY, np.float32)

    def next(self, block: Samples) -> Samples:
        """Give the filtered samples of the block that follows those given before: shape (n,)."""
        size = max(2 * _MEMORY, _MEMORY + len(block))
        size = 1 << (size - 1).bit_length()
        padded = np.zeros(size, np.float32)
        padded[:_MEMORY] = self._past
        padded[_MEMORY : _MEMORY + len(block)] = block
        self._past = padded[len(block) : len(block) + _MEMORY].copy()
        heard = np.fft.irfft(np.fft.rfft(padded) * _response(self._sections, size))
        return heard[_MEMORY : _MEMORY + len(block)].astype(np.float32, copy=False)


def high_pass(cutoff_hz: float) -> tuple[Biquad, ...]:
    """Give a second-order Butterworth high-pass (RBJ Audio EQ Cookbook, Q = 1/√2)."""
    turn = 2 * np.pi * cutoff_hz / RATE_HZ
    alpha, cosine = np.sin(turn) / np.sqrt(2), np.cos(turn)
    b0 = (1 + cosine) / 2 / (1 + alpha)
    section = (b0, -2 * b0, b0, -2 * cosine / (1 + alpha), (1 - alpha) / (1 + alpha))
    return (Biquad(*map(float, section)),)


def blocks_of(samples: Samples) -> Iterator[Samples]:
    """Give samples in blocks of BLOCK."""
    for begin in range(0, len(samples), BLOCK):
        yield samples[begin : begin + BLOCK]


@cache
def _response(sections: tuple[Biquad, ...], size: int) -> NDArray[np.complex64]:
    """Give the frequency response at the frequencies of a transform of ``size`` samples."""
    delay = np.exp(-2j * np.pi * np.fft.rfftfreq(size))
    response = np.ones(len(delay), np.complex128)
    for b0, b1, b2, a1, a2 in sections:
        response *= (b0 + b1 * delay + b2 * delay**2) / (1 + a1 * delay + a2 * delay**2)
    return response.astype(np.complex64)
