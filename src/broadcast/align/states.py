"""Features in hundredths of a second → rows of a coarser step, and their neighbours beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from broadcast.align.frames import Floats

STEP = 8
"""Frames in a row of the coarse pass: 80 ms."""
FINE_STEP = 2
"""Frames in a row of the fine pass: 20 ms."""

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


def states_of(
    columns: Iterable[Floats], lengths: NDArray[np.intp], steps: Sequence[int]
) -> tuple[States, ...]:
    """Divide units into states of about so many frames, at least three a unit, once for each step.

    ``columns`` are those of the features of all units, one after another.
    """
    begins = np.cumsum(lengths) - lengths
    numbers = [np.maximum(_FEWEST, np.round(lengths / step).astype(np.intp)) for step in steps]
    edges = [
        np.concatenate(
            [np.zeros(0, np.intp)]
            + [
                begin + np.linspace(0, length, number + 1).astype(np.intp)[:-1]
                for begin, length, number in zip(begins, lengths, each, strict=True)
            ]
        )
        for each in numbers
    ]
    total = int(lengths.sum())
    sizes = [np.diff(np.append(each, total)) for each in edges]
    rows: list[list[Floats]] = [[] for _ in steps]
    for column in columns:
        for into, edge, size in zip(rows, edges, sizes, strict=True):
            into.append((np.add.reduceat(column, edge) / size).astype(np.float32))
    return tuple(
        States(np.stack(into, axis=1), np.cumsum(each) - each, np.cumsum(each) - 1)
        for into, each in zip(rows, numbers, strict=True)
    )


def pooled(values: Floats, step: int) -> Floats:
    """Average every ``step`` rows (or numbers) into one; what is left over at the end goes."""
    count = len(values) // step
    means: Floats = values[: count * step].reshape(count, step, -1).mean(axis=1)
    return means[:, 0] if values.ndim == 1 else means


def with_neighbours(rows: Floats, reach: int, which: NDArray[np.intp] | None = None) -> Floats:
    """Put beside each row (or each of ``which``) those ``reach`` before and after it."""
    at = np.arange(len(rows)) if which is None else which
    beside = np.empty((len(at), rows.shape[1] * (2 * reach + 1)), np.float32)
    for place, by in enumerate(range(-reach, reach + 1)):
        near = np.clip(at + by, 0, len(rows) - 1)
        beside[:, place * rows.shape[1] : (place + 1) * rows.shape[1]] = rows[near]
    return beside


def of_length_one(rows: Floats) -> Floats:
    """Scale each row to length one, so that products are cosines."""
    unit: Floats = (rows / (np.linalg.norm(rows, axis=1, keepdims=True) + 1e-6)).astype(np.float32)
    return unit
