"""Blocks of samples → the same samples through a recursive filter, worked out in matrices.

A recursive filter sample by sample is slow in Python, and scipy takes 2 s to import. Here samples
are taken in chunks: what a chunk makes of itself is one product of matrices for all chunks, and
what it inherits is the filter's state where it begins, which is found by doubling.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import count
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from broadcast.model import RATE_HZ

Samples = NDArray[np.float32]

Floats = NDArray[np.float64]

BLOCK = 158_400
"""Samples in a block at best: 3.3 s, in whole chunks and in whole 100 ms of a loudness meter.

Shorter ones leave two workers waiting for each other between many small steps.
"""
_CHUNK = 64  # samples; measured: 32 to 160 are as fast


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
        self._state = np.zeros(2 * len(sections))

    def next(self, block: Samples) -> Samples:
        """Give the filtered samples of the block that follows those given before: shape (n,)."""
        whole = len(block) - len(block) % _CHUNK
        filtered = np.empty(len(block), np.float32)
        if whole:
            filtered[:whole] = self._chunks(block[:whole].reshape(-1, _CHUNK)).ravel()
        if whole < len(block):
            filtered[whole:], self._state = _recursion(block[whole:], self._state, self._sections)
        return filtered

    def _chunks(self, chunks: Samples) -> Samples:
        """Filter samples of shape (chunks, _CHUNK)."""
        own, inherited, left, decay = _matrices(self._sections)
        # The state after each chunk: first what it leaves itself, then what those before it left,
        # from twice as far at each step.
        states = chunks.astype(np.float64) @ left
        states[0] += self._state @ decay[0]
        for step in range((len(states) - 1).bit_length()):
            states[1 << step :] += states[: -(1 << step)] @ decay[step]
        before = np.concatenate([self._state[None], states[:-1]]).astype(np.float32)
        self._state = states[-1]
        filtered: Samples = chunks @ own
        filtered += before @ inherited
        return filtered


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


class _Matrices(NamedTuple):
    """What a filter makes of a chunk, by its samples and by the state it begins with."""

    own: Samples
    """Samples to filtered samples: shape (_CHUNK, _CHUNK)."""
    inherited: Samples
    """State before to filtered samples: shape (states, _CHUNK)."""
    left: Floats
    """Samples to state after: shape (_CHUNK, states)."""
    decay: tuple[Floats, ...]
    """State before to state after 1, 2, 4, 8 … chunks, until nothing is left of it."""


@cache
def _matrices(sections: tuple[Biquad, ...]) -> _Matrices:
    rest = np.zeros(2 * len(sections))
    from_samples = [_recursion(sample, rest, sections) for sample in np.eye(_CHUNK)]
    from_states = [_recursion(np.zeros(_CHUNK), state, sections) for state in np.eye(len(rest))]
    decay = [np.array([state for _, state in from_states])]
    while len(decay) < 32:
        decay.append(decay[-1] @ decay[-1])
    return _Matrices(
        np.array([heard for heard, _ in from_samples], np.float32),
        np.array([heard for heard, _ in from_states], np.float32),
        np.array([state for _, state in from_samples]),
        tuple(decay),
    )


def _recursion(
    samples: NDArray[np.floating], state: Floats, sections: tuple[Biquad, ...]
) -> tuple[Floats, Floats]:
    """Filter sample by sample (direct form II, transposed); also give the state after them."""
    state, filtered = state.copy(), np.empty(len(samples))
    for at, sample in enumerate(samples):
        value = float(sample)
        for first, (b0, b1, b2, a1, a2) in zip(count(step=2), sections, strict=False):
            heard = b0 * value + state[first]
            state[first] = b1 * value - a1 * heard + state[first + 1]
            state[first + 1] = b2 * value - a2 * heard
            value = heard
        filtered[at] = value
    return filtered, state
