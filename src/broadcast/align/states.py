"""Features in hundredths of a second → rows of a coarser step, and their neighbours beside them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from broadcast.align.frames import Floats

_FEWEST = 3


@dataclass(frozen=True, slots=True)
class States:
    """The reference in states one after another, each a row of ``rows``.

    Unit u has the states from ``first[u]`` to ``last[u]``, both included.
    """

    rows: Floats
    first: NDArray[np.intp]
    last: NDArray[np.intp]

    def unit_of(self, states: NDArray[np.intp]) -> NDArray[np.intp]:
        """Give the unit that each state belongs to."""
        found: NDArray[np.intp] = np.searchsorted(self.last, states)
        return found

    def backwards(self) -> NDArray[np.intp]:
        """Give the order of states in which every unit is said backwards."""
        return np.concatenate(
            [np.zeros(0, np.intp)]
            + [
                np.arange(end, begin - 1, -1)
                for begin, end in zip(self.first, self.last, strict=True)
            ]
        )


def states_of(features: Floats, lengths: NDArray[np.intp], step: int) -> States:
    """Divide each unit into states of about ``step`` frames, at least three."""
    rows, first, last, begin, count = [np.zeros((0, features.shape[1]), np.float32)], [], [], 0, 0
    for length in map(int, lengths):
        number = max(_FEWEST, round(length / step))
        edges = np.linspace(0, length, number + 1).astype(int)
        sums = np.zeros((length + 1, features.shape[1]))
        np.cumsum(features[begin : begin + length], axis=0, out=sums[1:])
        sizes = np.maximum(1, edges[1:] - edges[:-1])[:, None]
        rows.append(((sums[edges[1:]] - sums[edges[:-1]]) / sizes).astype(np.float32))
        first.append(count)
        count += number
        last.append(count - 1)
        begin += length
    return States(np.concatenate(rows), np.array(first, np.intp), np.array(last, np.intp))


def pooled(values: Floats, step: int) -> Floats:
    """Average every ``step`` rows (or numbers) into one; what is left over at the end goes."""
    count = len(values) // step
    means: Floats = values[: count * step].reshape(count, step, -1).mean(axis=1)
    return means[:, 0] if values.ndim == 1 else means


def with_neighbours(rows: Floats, reach: int) -> Floats:
    """Put beside each row those ``reach`` before and after it."""
    if not len(rows):
        return np.zeros((0, rows.shape[1] * (2 * reach + 1)), np.float32)
    padded = np.pad(rows, ((reach, reach), (0, 0)), mode="edge")
    return np.hstack([padded[at : at + len(rows)] for at in range(2 * reach + 1)])


def of_length_one(rows: Floats) -> Floats:
    """Scale each row to length one, so that products are cosines."""
    unit: Floats = (rows / (np.linalg.norm(rows, axis=1, keepdims=True) + 1e-6)).astype(np.float32)
    return unit
