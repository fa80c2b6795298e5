"""A recorded take, its turn's words and those of others → whose it is, and what is otherwise."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from broadcast.align.alignment import NEIGHBOURS
from broadcast.align.compare import LEAVE_OUT, Space, costs_along, null_of, space_of, way_along
from broadcast.align.features import spoken_columns
from broadcast.align.frames import FRAME_MS
from broadcast.align.moments import maps_from
from broadcast.align.prior import Prior
from broadcast.align.recorded import Recorded
from broadcast.align.reference import Reference
from broadcast.align.speaking import runs
from broadcast.align.states import STEP, States, states_of, with_neighbours
from broadcast.align.viterbi import Way

_ROW_MS = STEP * FRAME_MS
SHORTEST_MS = 3_000
"""A take with less speech is not judged: too little is said in it."""
# So much better, for each row of speech, do another turn's words explain a take that is doubted. Of
# 72 right takes of people whom the prior did not know one was; of 16 wrong ones 11 were, and all 16
# where it knew them. It was chosen on these very clips.
_ANOTHERS = 0.1
_CLEARLY = 0.15  # where nothing else speaks for a turn; words that were not said differed by 0.14
# Beyond these a turn is no longer or shorter version of what was said.
_LENGTHS = (0.4, 2.5)
_SENTENCE_MS, _ADDED_MS = 1_500, 3_000


@dataclass(frozen=True, slots=True)
class HeardTake:
    """What is doubtful of a take: the turn that explains it better, sentences that are not heard.

    ``added_ms`` is how long something else is said in it.
    """

    another: int | None = None
    unheard: tuple[int, ...] = ()
    added_ms: int = 0


def heard_take(one: Recorded, spoken: Reference, turn: int, prior: Prior) -> HeardTake:
    """Hold a take against the words of its ``turn``, and against those of others."""
    if one.speech_ms < SHORTEST_MS or not (spoken.turns == turn).any():
        return HeardTake()
    compared = _BesideTurns(one, spoken, prior)
    cost, way, is_said = compared.along(turn)
    others = compared.costs(but=turn)
    another = min(others, key=lambda other: others[other], default=None)
    if another is not None and others[another] < cost - _ANOTHERS:
        return HeardTake(another)
    units = np.flatnonzero(spoken.turns == turn)
    left_out = [unit for unit, said in zip(units, is_said, strict=True) if not said]
    unheard = {
        int(spoken.sentences[unit])
        for unit in left_out
        if spoken.lengths[unit] * FRAME_MS >= _SENTENCE_MS
    }
    added = [
        int((compared.silence[begin:end] < 0.5).sum()) * _ROW_MS
        for begin, end in runs(way.path < 0)
    ]
    return HeardTake(
        None, tuple(sorted(unheard)), max([0, *(ms for ms in added if ms >= _ADDED_MS)])
    )


def turn_heard(one: Recorded, spoken: Reference, prior: Prior) -> int | None:
    """Give the turn whose words are heard in a recording; None: it is not clear, or too short."""
    if one.speech_ms < SHORTEST_MS or not len(spoken):
        return None
    costs = _BesideTurns(one, spoken, prior).costs()
    ranked = sorted(costs, key=lambda turn: costs[turn])
    if len(ranked) < 2 or costs[ranked[1]] < costs[ranked[0]] + _CLEARLY:
        return None
    return ranked[0]


class _BesideTurns:
    """A take in one space with the words of all turns."""

    def __init__(self, one: Recorded, spoken: Reference, prior: Prior) -> None:
        (states,) = states_of(spoken_columns(spoken.frames, one.room), spoken.lengths, (STEP,))
        maps, self.silence = maps_from(prior.coarse), one.silence(STEP)
        self._turns, self._states = spoken.turns, states
        self._space = space_of(
            maps.of_recorded(with_neighbours(one.coarse, NEIGHBOURS)),
            maps.of_spoken(with_neighbours(states.rows, NEIGHBOURS)),
            self.silence,
        )
        self._null = null_of(self._space, states)
        self._rows = max(1, int((self.silence < 0.5).sum()))

    def along(self, turn: int) -> tuple[float, Way, NDArray[np.bool_]]:
        """Lay the take along one turn's words: the cost of a row, the way, which units are said."""
        space, states = self._of_units(np.flatnonzero(self._turns == turn))
        way = way_along(space, states, self._null)
        said = np.zeros(len(states.first), np.bool_)
        said[states.unit_of(way.path[way.path >= 0])] = True
        left_out = int((states.last - states.first + 1)[~said].sum())
        return (way.cost + LEAVE_OUT * left_out) / self._rows, way, said

    def costs(self, but: int | None = None) -> dict[int, float]:
        """Give what a row costs along each turn that is about as long, ``but`` for one."""
        turns = [
            turn
            for turn in map(int, np.unique(self._turns))
            if turn != but and _LENGTHS[0] < self._rows / self._length(turn) < _LENGTHS[1]
        ]
        if not turns:
            return {}
        units = np.flatnonzero(np.isin(self._turns, turns))
        space, states = self._of_units(units)
        begins = np.searchsorted(self._turns[units], turns)
        found = costs_along(space, states, begins, self._null)
        return {turn: float(cost) / self._rows for turn, cost in zip(turns, found, strict=True)}

    def _length(self, turn: int) -> int:
        units = np.flatnonzero(self._turns == turn)
        return int(self._states.last[units[-1]] + 1 - self._states.first[units[0]])

    def _of_units(self, units: NDArray[np.intp]) -> tuple[Space, States]:
        """Give space and states of some units alone."""
        space, states = self._space, self._states
        lengths = states.last[units] - states.first[units] + 1
        first = np.cumsum([0, *lengths[:-1]])
        kept = np.repeat(states.first[units] - first, lengths) + np.arange(lengths.sum())
        return (
            replace(space, spoken=space.spoken[kept]),
            States(states.rows[kept], first, first + lengths - 1),
        )
