"""States and the rows in which they were found → how much better they fit than words not said.

Decoys are the same words backwards, and as many states from elsewhere in the script.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from broadcast.align.compare import Compared
from broadcast.align.frames import Floats

_STAY, _OVER = np.float32(0.1), np.float32(0.2)
_PAUSE_BELOW = 0.45
_ELSEWHERE = 3
_NEVER = np.float32(1e9)
_FEWEST_ROWS = 3


def gain(compared: Compared, states: NDArray[np.intp], begin: int, end: int, seed: int) -> float:
    """Give by how much ``states`` fit rows from ``begin`` to before ``end`` better than decoys."""
    count, length = len(compared.space.spoken), len(states)
    chance = np.random.default_rng(seed)
    orders = [states, states[::-1]]
    for _ in range(_ELSEWHERE):
        start = int(chance.integers(0, count))
        if abs(start - int(states[0])) < 2 * length:
            start += 3 * length
        orders.append((start + np.arange(length)) % count)
    costs = mean_costs(compared, np.stack(orders), begin, end)
    return float(costs[1:].mean() - costs[0])


def mean_costs(
    compared: Compared, orders: NDArray[np.intp], begin: int, end: int
) -> NDArray[np.float64]:
    """Lay each row of ``orders``, states from first to last, on the rows; give its mean cost."""
    space = compared.space
    count, (number, length) = end - begin, orders.shape
    unlike = 1 - space.recorded[begin:end] @ space.spoken[orders.ravel()].T
    raw = ((unlike - space.usual[begin:end, None]) / np.float32(space.spread)).reshape(
        count, number, length
    )
    silence = space.silence[begin:end]
    costs = raw + silence[:, None, None]
    pauses = space.pause_costs(compared.null - _PAUSE_BELOW)[begin:end]
    came = np.zeros(raw.shape, np.uint8)
    reached = np.full((number, length + 2), _NEVER, np.float32)
    reached[:, 2] = costs[0, :, 0]
    for row in range(1, count):
        cost = costs[row]
        stay = cost + _STAY
        hold = np.minimum(stay, pauses[row]) + reached[:, 2:]
        over = reached[:, :-2] + _OVER
        step = np.minimum(reached[:, 1:-1], over) + cost
        came[row] = np.where(step < hold, 1 + (over < reached[:, 1:-1]), 3 * (pauses[row] < stay))
        reached[:, 2:] = np.minimum(hold, step)
    return np.array([_mean_on_way(raw[:, at], came[:, at], silence) for at in range(number)])


def _mean_on_way(raw: Floats, came: NDArray[np.uint8], silence: Floats) -> float:
    state, total, rows = raw.shape[1] - 1, 0.0, 0
    for row in range(len(raw) - 1, -1, -1):
        step = int(came[row, state])
        if step != 3 and silence[row] < 0.5:
            total += float(raw[row, state])
            rows += 1
        if step in (1, 2):
            state = max(0, state - step)
    return total / rows if rows >= _FEWEST_ROWS else 0.0
