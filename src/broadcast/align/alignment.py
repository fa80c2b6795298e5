"""A recording and a script's spoken words → where each of them is heard, and how surely."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from broadcast.align.compare import Compared, compare, space_of
from broadcast.align.features import spoken_columns
from broadcast.align.fine import UnitTimes, unit_times
from broadcast.align.moments import Moments, maps_from, moments_of
from broadcast.align.prior import Prior
from broadcast.align.recorded import Recorded
from broadcast.align.reference import Reference
from broadcast.align.states import FINE_STEP, STEP, states_of, with_neighbours

NEIGHBOURS = 1
_FEWEST_PAIRS = 100
_PRIOR_COUNTS = 1500.0  # pairs: two minutes
_SHORTEST_ROWS = 6


@dataclass(frozen=True, slots=True)
class Alignment:
    """A recording laid along a script.

    ``first`` is as the prior alone has it, which tells whether it is this script at all; ``known``
    as what a station has learnt has it too; ``second`` as the map of this voice does besides.
    ``times`` are those of the units, ``pairs`` is what a prior can learn of it.
    """

    first: Compared
    known: Compared
    second: Compared
    times: UnitTimes
    pairs: Prior | None


def align(
    one: Recorded, spoken: Reference, prior: Prior, learnt: Prior | None = None
) -> Alignment | None:
    """Find the words of a script in a recording; None where either is too short to compare.

    What a station has ``learnt`` of its people helps to find words. Whether it is this script is
    judged by the ``prior`` alone: by both, right words lie 1.6 times as far below the null, but
    wrong ones 1.3 times.
    """
    if not len(spoken) or len(one.coarse) < _SHORTEST_ROWS or not one.speech.any():
        return None
    columns = spoken_columns(spoken.frames, one.room)
    states, fine = states_of(columns, spoken.lengths, (STEP, FINE_STEP))
    rows = with_neighbours(one.coarse, NEIGHBOURS)
    said = with_neighbours(states.rows, NEIGHBOURS)
    silence = one.silence(STEP)

    def laid(known: Moments) -> Compared:
        maps = maps_from(known)
        space = space_of(maps.of_recorded(rows), maps.of_spoken(said), silence)
        return compare(space, states)

    both = prior.plus(learnt)
    first = laid(prior.coarse)
    known = second = first if learnt is None else laid(both.coarse)
    matched, path = np.flatnonzero(known.matched), known.way.path
    costs = known.space.costs_of(matched, path[matched])
    sure = matched[costs < known.null / 2]
    if len(sure) >= _FEWEST_PAIRS:
        own = moments_of(said[path[sure]], rows[sure])
        second = laid(own.plus(both.coarse, _PRIOR_COUNTS))
    times = unit_times(one, fine, second, both.fine)
    pairs = None
    if times.pairs is not None and len(matched):
        pairs = Prior(moments_of(said[path[matched]], rows[matched]), times.pairs)
    return Alignment(first, known, second, times, pairs)
