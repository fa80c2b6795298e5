"""A recording and spoken states, both in one space → what each row costs against each state.

A cost is how much less alike two rows are than that row is to any state, in the usual spread; what
speech costs against wrong words, said backwards, is the ``null`` that everything is held against.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from broadcast.align.frames import Flags, Floats
from broadcast.align.states import States, of_length_one
from broadcast.align.viterbi import Costs, Way, cheapest_costs, cheapest_way

NO_NULL = -1.0

_SAMPLED = 1500
_STAY, _OVER = 0.1, 0.2
_SILENT_STATE = 1.0  # what a state costs more in silence
_FILLER_ABOVE = 0.1
_PAUSE_BELOW = 0.45
LEAVE_OUT = 0.3  # of a unit, for each state
# Against reversed words fillers cost nothing, and pauses are as in a recording of usual kind.
_NULL_FILLER, _NULL_PAUSE = 0.0, -1.3
# The null of a long recording is found in pieces of half a minute, against three times as much.
_WHOLE_ROWS = 3000
_PIECES, _PIECE_ROWS = 6, 375


@dataclass(frozen=True, slots=True)
class Space:
    """Rows and states of length one, and how each row is alike with states in general.

    ``silence`` tells which part of each row is no speech.
    """

    recorded: Floats
    spoken: Floats
    usual: Floats
    spread: float
    silence: Floats

    def costs_of(self, rows: NDArray[np.intp], states: NDArray[np.intp]) -> Floats:
        """Give what single rows cost against single states."""
        alike = np.einsum("ij,ij->i", self.recorded[rows], self.spoken[states])
        costs: Floats = (1 - alike - self.usual[rows]) / np.float32(self.spread)
        return costs

    def weighed(self) -> tuple[Floats, Floats]:
        """Give recorded rows and spoken states whose product is the table of costs."""
        spread = np.float32(self.spread)
        constant = (1 - self.usual) / spread + np.float32(_SILENT_STATE) * self.silence
        recorded = np.hstack([self.recorded / -spread, constant[:, None]])
        ones = np.ones((len(self.spoken), 1), np.float32)
        return recorded.astype(np.float32), np.hstack([self.spoken, ones])

    def pause_costs(self, pause: float) -> Floats:
        """Give what a pause costs in each row: in speech it is no pause."""
        costs: Floats = (pause + np.clip(0.9 - self.silence, 0, 1) * 3).astype(np.float32)
        return costs


@dataclass(frozen=True, slots=True)
class Compared:
    """A recording laid along a script: the space, the null, and the cheapest way."""

    space: Space
    states: States
    null: float
    way: Way

    @property
    def matched(self) -> Flags:
        """The rows of speech in which the words of the script are said."""
        return (self.way.path >= 0) & ~self.way.paused & (self.space.silence < 0.5)

    @property
    def gap(self) -> float:
        """How far the words said are below the null; 0 where none are."""
        rows = np.flatnonzero(self.matched)
        if not len(rows):
            return 0.0
        return self.null - float(self.space.costs_of(rows, self.way.path[rows]).mean())

    @property
    def units(self) -> NDArray[np.intp]:
        """The unit that is said in each row; -1 for none."""
        path = self.way.path
        units: NDArray[np.intp] = np.where(path >= 0, self.states.unit_of(np.maximum(path, 0)), -1)
        return units


def space_of(recorded: Floats, spoken: Floats, silence: Floats) -> Space:
    """Give the space of rows and states as they are, found alike by their direction."""
    rows, states = of_length_one(recorded), of_length_one(spoken)
    some = states[np.random.default_rng(0).integers(0, len(states), _SAMPLED)]
    usual, variance = np.empty(len(rows), np.float32), 0.0
    for begin in range(0, len(rows), 4000):
        unlike = 1 - rows[begin : begin + 4000] @ some.T
        usual[begin : begin + 4000] = unlike.mean(axis=1)
        variance += float(unlike.var(axis=1).sum())
    spread = float(np.sqrt(variance / max(1, len(rows)))) or 1.0
    return Space(rows, states, usual, spread, silence)


def compare(space: Space, states: States) -> Compared:
    """Lay a recording along a script: once against reversed words, then against the words."""
    null = null_of(space, states)
    return Compared(space, states, null, way_along(space, states, null))


def way_along(space: Space, states: States, null: float) -> Way:
    """Give the cheapest way of rows along a script."""
    return cheapest_way(_costs_along(space, states, null), states)


def costs_along(space: Space, states: States, begins: NDArray[np.intp], null: float) -> Floats:
    """Give what the cheapest way costs along each of the scripts whose first units ``begins`` are.

    What is left out of a script is in it.
    """
    return cheapest_costs(_costs_along(space, states, null), states, begins)


def _costs_along(space: Space, states: States, null: float) -> Costs:
    return _costs(space, states, null + _FILLER_ABOVE, null - _PAUSE_BELOW)


def _costs(space: Space, states: States, filler: float, pause: float) -> Costs:
    recorded, spoken = space.weighed()
    pauses = space.pause_costs(pause)
    leave_out = (LEAVE_OUT * (states.last - states.first + 1)).astype(np.float32)
    fillers = np.minimum(pauses, np.float32(filler))
    return Costs(recorded, spoken, fillers, pauses, _STAY, _OVER, leave_out)


def null_of(space: Space, states: States) -> float:
    """Give what speech costs against words that were not said."""
    count = len(space.recorded)
    if count <= _WHOLE_ROWS:
        pieces = [(0, count, 0, len(states.first))]
    else:
        pieces = []
        for begin in np.linspace(0, count - _PIECE_ROWS, _PIECES).astype(int):
            middle = (begin + _PIECE_ROWS / 2) / count * len(states.rows)
            low, high = np.searchsorted(
                states.last, [middle - 1.5 * _PIECE_ROWS, middle + 1.5 * _PIECE_ROWS]
            )
            low = min(int(low), len(states.first) - 1)
            pieces.append((begin, begin + _PIECE_ROWS, low, max(int(high), low + 1)))
    backwards = states.backwards()
    found: list[Floats] = []
    for begin, end, low, high in pieces:
        first, last = int(states.first[low]), int(states.last[high - 1]) + 1
        part = Space(
            space.recorded[begin:end],
            space.spoken[backwards[first:last]],
            space.usual[begin:end],
            space.spread,
            space.silence[begin:end],
        )
        some = States(
            states.rows[first:last], states.first[low:high] - first, states.last[low:high] - first
        )
        is_part = len(pieces) > 1
        costs = _costs(part, some, _NULL_FILLER, _NULL_PAUSE)
        way = cheapest_way(costs, some, anywhere=is_part)
        one = Compared(part, some, 0.0, way)
        rows = np.flatnonzero(one.matched)
        found.append(part.costs_of(rows, way.path[rows]))
    all_costs = np.concatenate(found)
    return float(all_costs.mean()) if len(all_costs) else NO_NULL
