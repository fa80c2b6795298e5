"""Pairs of a spoken row and the recorded row that says the same → maps into one common space.

What is kept of pairs are their sums and products, which can be added: those of a recording to
those that came with the program, those of a station to both. No sound can be made of them again.
The maps are those of canonical correlation (Hotelling 1936), made steady by a ridge.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from broadcast.align.frames import Floats

COMMON = 24
"""Dimensions of the common space."""
_RIDGE = 0.05
_HIGHEST = 0.999

Doubles = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Moments:
    """Sums over ``count`` pairs (x spoken, y recorded) and over their products."""

    count: float
    x: Doubles
    y: Doubles
    xx: Doubles
    yy: Doubles
    xy: Doubles

    def plus(self, other: Moments | None, most: float = float("inf")) -> Moments:
        """Add another's, which counts as at most so many pairs."""
        if other is None or not other.count:
            return self
        weight = min(1.0, most / other.count)
        return Moments(
            self.count + weight * other.count,
            self.x + weight * other.x,
            self.y + weight * other.y,
            self.xx + weight * other.xx,
            self.yy + weight * other.yy,
            self.xy + weight * other.xy,
        )


@dataclass(frozen=True, slots=True)
class Maps:
    """The two ways into the common space: of spoken rows, and of recorded ones."""

    spoken_mean: Floats
    spoken: Floats
    recorded_mean: Floats
    recorded: Floats

    def of_spoken(self, rows: Floats) -> Floats:
        """Give spoken rows in the common space."""
        found: Floats = ((rows - self.spoken_mean) @ self.spoken).astype(np.float32)
        return found

    def of_recorded(self, rows: Floats) -> Floats:
        """Give recorded rows in the common space."""
        found: Floats = ((rows - self.recorded_mean) @ self.recorded).astype(np.float32)
        return found


def moments_of(spoken: Floats, recorded: Floats) -> Moments:
    """Sum up pairs of rows."""
    x, y = spoken.astype(np.float64), recorded.astype(np.float64)
    return Moments(float(len(x)), x.sum(axis=0), y.sum(axis=0), x.T @ x, y.T @ y, x.T @ y)


def maps_from(moments: Moments) -> Maps:
    """Give the maps under which pairs are most alike, the surest directions first."""
    count = moments.count
    mean_x, mean_y = moments.x / count, moments.y / count
    whiten_x = _whitening(moments.xx / count - np.outer(mean_x, mean_x))
    whiten_y = _whitening(moments.yy / count - np.outer(mean_y, mean_y))
    across = moments.xy / count - np.outer(mean_x, mean_y)
    left, alike, right = np.linalg.svd(whiten_x.T @ across @ whiten_y, full_matrices=False)
    weights = np.sqrt(np.clip(alike, 0, _HIGHEST)[:COMMON])
    return Maps(
        mean_x.astype(np.float32),
        (whiten_x @ left[:, :COMMON] * weights).astype(np.float32),
        mean_y.astype(np.float32),
        (whiten_y @ right.T[:, :COMMON] * weights).astype(np.float32),
    )


def _whitening(covariance: Doubles) -> Doubles:
    size = len(covariance)
    values, vectors = np.linalg.eigh(
        covariance + _RIDGE * np.trace(covariance) / size * np.eye(size)
    )
    whitened: Doubles = vectors / np.sqrt(np.maximum(values, 1e-12))
    return whitened
