"""A recorded take, its turn's words and those of others → whose it is, and what is otherwise."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from broadcast.align.alignment import NEIGHBOURS
from broadcast.align.compare import LEAVE_OUT, Space, null_of, space_of, way_along
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
    speech_ms = int(one.speech.sum()) * FRAME_MS
    if speech_ms < SHORTEST_MS or not (spoken.turns == turn).any():
        return HeardTake()
    ways = _ways(one, spoken, turn, prior)
    own = ways.pop(turn)
    another = min(ways, key=lambda other: ways[other].cost, default=None)
    if another is not None and ways[another].cost < own.cost - _ANOTHERS:
        return HeardTake(another)
    silence = one.silence(STEP)
    units = np.flatnonzero(spoken.turns == turn)
    left_out = [unit for unit, said in zip(units, own.said, strict=True) if not said]
    unheard = {
        int(spoken.sentences[unit])
        for unit in left_out
        if spoken.lengths[unit] * FRAME_MS >= _SENTENCE_MS
    }
    added = [
        int((silence[begin:end] < 0.5).sum()) * _ROW_MS for begin, end in runs(own.way.path < 0)
    ]
    return HeardTake(
        None, tuple(sorted(unheard)), max([0, *(ms for ms in added if ms >= _ADDED_MS)])
    )


def turn_heard(one: Recorded, spoken: Reference, prior: Prior) -> int | None:
    """Give the turn whose words are heard in a recording; None: it is not clear, or too short."""
    if int(one.speech.sum()) * FRAME_MS < SHORTEST_MS or not len(spoken):
        return None
    ways = _ways(one, spoken, None, prior)
    ranked = sorted(ways, key=lambda turn: ways[turn].cost)
    if len(ranked) < 2 or ways[ranked[1]].cost < ways[ranked[0]].cost + _CLEARLY:
        return None
    return ranked[0]


@dataclass(frozen=True, slots=True)
class _LaidAlong:
    """A take along a turn's words: what it costs a row of speech, and which units are said."""

    cost: float
    way: Way
    said: NDArray[np.bool_]


def _ways(
    one: Recorded, spoken: Reference, turn: int | None, prior: Prior
) -> dict[int, _LaidAlong]:
    """Lay a take along its own turn's words and those of turns about as long."""
    (states,) = states_of(spoken_columns(spoken.frames, one.room), spoken.lengths, (STEP,))
    maps, silence = maps_from(prior.coarse), one.silence(STEP)
    space = space_of(
        maps.of_recorded(with_neighbours(one.coarse, NEIGHBOURS)),
        maps.of_spoken(with_neighbours(states.rows, NEIGHBOURS)),
        silence,
    )
    null = null_of(space, states)
    rows = max(1, int((silence < 0.5).sum()))
    ways = {}
    for each in map(int, np.unique(spoken.turns)):
        units = np.flatnonzero(spoken.turns == each)
        first, last = int(states.first[units[0]]), int(states.last[units[-1]]) + 1
        if each != turn and not _LENGTHS[0] < rows / (last - first) < _LENGTHS[1]:
            continue
        part = Space(
            space.recorded, space.spoken[first:last], space.usual, space.spread, space.silence
        )
        some = States(
            states.rows[first:last], states.first[units] - first, states.last[units] - first
        )
        way = way_along(part, some, null)
        said = np.zeros(len(units), np.bool_)
        said[some.unit_of(way.path[way.path >= 0])] = True
        left_out = int((some.last - some.first + 1)[~said].sum())
        ways[each] = _LaidAlong((way.cost + LEAVE_OUT * left_out) / rows, way, said)
    return ways
