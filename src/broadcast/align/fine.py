"""A coarse way through a script → where each unit begins and ends, to 20 ms.

Near the coarse way, within two seconds of it, every row is laid on a state again; the pairs found
so teach the map of this voice, and it is done once more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from broadcast.align.compare import Compared, Space, space_of
from broadcast.align.frames import FRAME_MS, Floats
from broadcast.align.moments import Maps, Moments, maps_from, moments_of
from broadcast.align.recorded import Recorded
from broadcast.align.speaking import at_edge, speech_ms
from broadcast.align.states import FINE_STEP, STEP, States, with_neighbours

NEIGHBOURS = 2
_RATIO = STEP // FINE_STEP
_STEP_MS = FINE_STEP * FRAME_MS

_BAND = 100  # rows on either side: 2 s
_GUARD = 15  # states at a unit's ends in which nobody pauses: 0.3 s
_STAY, _OVER = 0.05, 0.1
_SILENT_STATE = (1.0, 3.0)  # in the first round and in the second
_FEWEST_PAIRS = 400
_PRIOR_COUNTS = 6000.0  # pairs: two minutes
_APART_ROWS = 15  # of the coarse way: what is further apart is laid by itself
_NEVER = np.float32(1e9)
_AT_ONCE = 4000
# A few sounds beyond a pause of a second belong to someone else.
_ISLAND_ROWS = 50
_ISLAND_STATES, _ISLAND_SHARE = 25, 0.15
_NEAR_BORDER_MS = 2000
# A unit begins or ends with the speech that does so this near: shorter silences are within words.
_AT_EDGE_MS = 200

_Rows = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class _Passage:
    """Units from ``first`` to ``last`` heard without a break, in the coarse rows so called."""

    first: int
    last: int
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class _Laid:
    """Fine rows from ``begin`` on, the state of each (-1: none), and which are a pause."""

    begin: int
    path: _Rows
    paused: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class UnitTimes:
    """Where each unit begins and ends, in ms of the recording; NaN: it is not heard."""

    begin_ms: NDArray[np.float64]
    end_ms: NDArray[np.float64]
    pairs: Moments | None


def unit_times(one: Recorded, states: States, coarse: Compared, prior: Moments) -> UnitTimes:
    """Find where units begin and end, once by the prior's map and once by this voice's too."""
    rows, silence = one.fine, one.silence(FINE_STEP)
    blocks = _blocks(coarse)
    pairs: Moments | None = None
    laid: list[_Laid] = []
    for silent_state in _SILENT_STATE:
        known = prior if pairs is None else pairs.plus(prior, _PRIOR_COUNTS)
        space = _mapped(rows, states, silence, maps_from(known))
        laid = _lay(space, states, coarse, blocks, silent_state)
        if pairs is None:
            pairs = _pairs(laid, rows, states, silence)
            if pairs is None or pairs.count < _FEWEST_PAIRS:
                break
    begins, ends = _borders(laid, states, one)
    return UnitTimes(begins, ends, pairs)


def _blocks(coarse: Compared) -> list[_Passage]:
    heard = np.flatnonzero(coarse.way.path >= 0)
    if not len(heard):
        return []
    units = coarse.units[heard]
    breaks = np.flatnonzero((np.diff(heard) > _APART_ROWS) | (np.diff(units) > 1))
    begins = np.concatenate([[0], breaks + 1])
    ends = np.concatenate([breaks, [len(heard) - 1]])
    return [
        _Passage(int(units[a]), int(units[b]), int(heard[a]), int(heard[b]))
        for a, b in zip(begins, ends, strict=True)
    ]


def _mapped(rows: Floats, states: States, silence: Floats, maps: Maps) -> Space:
    return space_of(
        _by_blocks(rows, maps.of_recorded), _by_blocks(states.rows, maps.of_spoken), silence
    )


def _by_blocks(rows: Floats, into: Callable[[Floats], Floats]) -> Floats:
    blocks = np.array_split(np.arange(len(rows)), len(rows) // _AT_ONCE + 1)
    return np.concatenate([into(with_neighbours(rows, NEIGHBOURS, block)) for block in blocks])


def _lay(
    space: Space, states: States, coarse: Compared, blocks: list[_Passage], silent_state: float
) -> list[_Laid]:
    laid, free_from = [], 0
    guarded = np.zeros(len(states.rows), np.bool_)
    for first, last in zip(states.first, states.last, strict=True):
        guard = min(_GUARD, (last - first) // 3)
        guarded[first : first + guard + 1] = guarded[last - guard : last] = True
    for block in blocks:
        begin = max(free_from, block.begin * _RATIO - _BAND)
        end = min(len(space.recorded), (block.end + 1) * _RATIO + _BAND)
        low, high = int(states.first[block.first]), int(states.last[block.last]) + 1
        if end - begin < (high - low) // 4:
            continue
        expected = _expected(coarse, states, block, np.arange(begin, end)) - low
        found = _laid_in_band(space, slice(begin, end), slice(low, high), expected, guarded,
                              coarse.null, silent_state)  # fmt: skip
        if found is not None:
            laid.append(found)
            free_from = begin + int(np.flatnonzero(found.path >= 0)[-1]) + 1
    return laid


def _expected(coarse: Compared, states: States, block: _Passage, rows: _Rows) -> Floats:
    """Give the fine state that the coarse way has in each fine row."""
    heard = np.arange(block.begin, block.end + 1)
    heard = heard[coarse.way.path[heard] >= 0]
    path = coarse.way.path[heard]
    units = coarse.states.unit_of(path)
    first, last = coarse.states.first[units], coarse.states.last[units]
    share = (path - first + 0.5) / (last - first + 1)
    there = states.first[units] + share * (states.last[units] - states.first[units] + 1)
    found: Floats = np.interp(rows, (heard + 0.5) * _RATIO, there).astype(np.float32)
    return found


def _laid_in_band(
    space: Space,
    rows: slice,
    which: slice,
    expected: Floats,
    guarded: NDArray[np.bool_],
    null: float,
    silent_state: float,
) -> _Laid | None:
    """Lay rows on all of these states in order, first to last, in a band of them."""
    recorded, spoken = space.recorded[rows], space.spoken[which]
    count, states = len(recorded), len(spoken)
    width = min(states, 2 * _BAND + 8)
    lows = np.clip((expected - width / 2).astype(int), 0, states - width)
    lows = np.maximum.accumulate(lows)
    lows[:1], lows[-1] = 0, states - width
    silence = space.silence[rows]
    spread = np.float32(space.spread)
    constant = (1 - space.usual[rows]) / spread + np.float32(silent_state) * silence
    pauses = space.pause_costs(null - 0.45)[rows]
    edges = np.minimum(pauses, np.float32(null + 0.1))
    before_all = np.concatenate([[0], np.cumsum(edges)]).astype(np.float64)
    may_pause = np.where(guarded[which], _NEVER, np.float32(0))
    came = np.zeros((count, width), np.uint8)
    reached = np.full(width + 2, _NEVER, np.float32)
    best_end, best_cost = -1, np.inf
    previous = 0
    scaled = recorded / -spread
    for row in range(count):
        low = lows[row]
        cost = spoken[low : low + width] @ scaled[row] + constant[row]
        shift = low - previous
        if shift:
            shift = min(shift, width)
            reached[2 : width + 2 - shift] = reached[2 + shift :].copy()
            reached[width + 2 - shift :] = _NEVER
            reached[:2] = _NEVER  # what lies below the band now is out of reach
        stay = cost + np.float32(_STAY)
        pause = may_pause[low : low + width] + pauses[row]
        on, over = reached[1:-1], reached[:-2] + np.float32(_OVER)
        step = np.minimum(on, over) + cost
        hold = np.minimum(stay, pause) + reached[2:]
        new = np.minimum(hold, step)
        came[row] = np.where(step < hold, 1 + (over < on), 3 * (pause < stay))
        if low == 0 and before_all[row] + cost[0] < new[0]:
            new[0] = before_all[row] + cost[0]
            came[row, 0] = 4
        reached[2:] = new
        previous = low
        if low + width == states:
            whole = float(new[-1]) + before_all[-1] - before_all[row + 1]
            if new[-1] < _NEVER / 2 and whole < best_cost:
                best_end, best_cost = row, whole
    if best_end < 0:
        return None
    path, paused = np.full(count, -1, np.intp), np.zeros(count, np.bool_)
    state, row = states - 1, best_end
    while row >= 0:
        at = state - lows[row]
        if not 0 <= at < width:
            return None
        path[row] = state + which.start
        step_back = came[row, at]
        if step_back == 4:
            return _Laid(rows.start, path, paused)
        paused[row] = step_back == 3
        state -= int(step_back) if step_back in (1, 2) else 0
        row -= 1
    return None


def _pairs(laid: list[_Laid], rows: Floats, states: States, silence: Floats) -> Moments | None:
    said, heard = [], []
    for one in laid:
        stretch = silence[one.begin : one.begin + len(one.path)]
        at = np.flatnonzero((one.path >= 0) & ~one.paused & (stretch < 0.5))
        said.append(one.path[at])
        heard.append(at + one.begin)
    if not sum(map(len, said)):
        return None
    of_states, of_rows = np.concatenate(said), np.concatenate(heard)
    total: Moments | None = None
    for block in np.array_split(np.arange(len(of_rows)), len(of_rows) // _AT_ONCE + 1):
        spoken = with_neighbours(states.rows, NEIGHBOURS, of_states[block])
        some = moments_of(spoken, with_neighbours(rows, NEIGHBOURS, of_rows[block]))
        total = some.plus(total)
    return total


def _borders(
    laid: list[_Laid], states: States, one: Recorded
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    count = len(states.rows)
    first, last = np.full(count, -1, np.intp), np.full(count, -1, np.intp)
    is_end = np.zeros(count, np.bool_)
    is_end[states.last] = True
    for piece in laid:
        for at in np.flatnonzero(piece.path >= 0):
            state, row = int(piece.path[at]), piece.begin + int(at)
            if first[state] < 0:
                first[state] = row
            # What follows the last sound of a unit is no longer its sound.
            lingers = is_end[state] and last[state] >= 0 and row - last[state] > 3
            if not piece.paused[at] and not lingers:
                last[state] = row
    speech = speech_ms(one.speech)
    begins, ends = np.full((2, len(states.first)), np.nan)
    for unit, (low, high) in enumerate(zip(states.first, states.last, strict=True)):
        starts, stops = first[low : high + 1], last[low : high + 1]
        if not (starts >= 0).any() or not (stops >= 0).any():
            continue
        begins[unit] = starts[starts >= 0][0] * _STEP_MS
        ends[unit] = (stops[stops >= 0][-1] + 1) * _STEP_MS
        few = max(_ISLAND_STATES, _ISLAND_SHARE * len(starts))
        heard = np.flatnonzero(starts >= 0)
        gaps = np.flatnonzero(np.diff(starts[heard]) > _ISLAND_ROWS)
        for gap in gaps:
            if heard[gap] + 1 < few:
                at_ms = starts[heard[gap + 1]] * _STEP_MS
                begins[unit] = max(_onset_ms(speech, at_ms), begins[unit])
        for gap in gaps[::-1]:
            if len(starts) - heard[gap + 1] < few and (stops[: heard[gap] + 1] >= 0).any():
                at_ms = (stops[: heard[gap] + 1].max() + 1) * _STEP_MS
                ends[unit] = min(_offset_ms(speech, at_ms), ends[unit])
    onsets, offsets = speech[:, 0], speech[:, 1]
    return at_edge(begins, onsets, _AT_EDGE_MS), at_edge(ends, offsets, _AT_EDGE_MS)


def _onset_ms(speech: NDArray[np.float64], at_ms: float) -> float:
    """Give where the speech begins that is heard at a moment."""
    before = speech[:, 0][speech[:, 0] <= at_ms + 50]
    near = len(before) and at_ms - before[-1] < _NEAR_BORDER_MS
    return float(before[-1]) if near else at_ms


def _offset_ms(speech: NDArray[np.float64], at_ms: float) -> float:
    """Give where the speech ends that is heard at a moment."""
    after = speech[:, 1][speech[:, 1] >= at_ms - 50]
    near = len(after) and after[0] - at_ms < _NEAR_BORDER_MS
    return float(after[0]) if near else at_ms
