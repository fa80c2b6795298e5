"""A recording laid along a script → how much dearer it is without a turn that is said to be in it.

Words that are heard nowhere take a little speech from those before and after them. Without them
these take it back, at about the same cost: so a turn is only worth what nothing else explains.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from broadcast.align.compare import Compared, Space, way_along
from broadcast.align.states import States


def worth(compared: Compared, turns: NDArray[np.intp], turn: int) -> float:
    """Give what a turn makes cheaper between its neighbours' ends, for each of its states.

    ``turns`` tells of each unit whose it is.
    """
    near = np.flatnonzero((turns >= turn - 1) & (turns <= turn + 1))
    heard = np.flatnonzero(np.isin(compared.units, near))
    if not len(heard):
        return 0.0
    rows = slice(int(heard[0]), int(heard[-1]) + 1)
    with_it = _cost(compared, rows, near)
    without = _cost(compared, rows, near[turns[near] != turn])
    states = compared.states
    own = np.flatnonzero(turns == turn)
    return (without - with_it) / float((states.last[own] - states.first[own] + 1).sum())


def _cost(compared: Compared, rows: slice, units: NDArray[np.intp]) -> float:
    """Give what rows cost along these units, what is left out of them not counted."""
    space, states = compared.space, compared.states
    which = [np.arange(states.first[u], states.last[u] + 1) for u in units]
    sizes = np.array([len(one) for one in which], np.intp)
    order = np.concatenate([np.zeros(0, np.intp), *which])
    some = States(states.rows[order], np.cumsum(sizes) - sizes, np.cumsum(sizes) - 1)
    part = Space(
        space.recorded[rows],
        space.spoken[order],
        space.usual[rows],
        space.spread,
        space.silence[rows],
    )
    return way_along(part, some, compared.null).cost
