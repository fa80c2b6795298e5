"""Costs of rows against states → the cheapest way through a script in the order of time.

Before and after every unit anything may be said (a filler); a unit may be left out at a price, and
in the middle of one there may be a pause. States far behind the best way are dropped, and of the
rest a snapshot is kept now and then from which stretches are gone through again backwards: an hour
takes a few megabytes, and time grows nearly linearly with length.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from broadcast.align.frames import Flags, Floats
from broadcast.align.states import States

_NEVER = np.float32(1e9)
# Leaving out four minutes of a script costs about so much, and so much a way falls behind in as
# long where the words are another's.
_BEAM = 1500.0
_MOST_IN_BLOCK = 256
_APART = 1e6  # of one script from the next: more than any way costs
_CELLS = 6_000_000
_STAY, _ON, _OVER, _PAUSE, _ENTER = range(5)
_SAME, _LEFT_UNIT, _LEFT_OUT = range(3)


@dataclass(frozen=True, slots=True)
class Costs:
    """What ways cost: of each row against each state ``spoken @ recorded.T``, and of the rest.

    ``filler`` and ``pause`` are of each row; ``stay`` and ``over`` of a state heard longer than a
    row, or not at all; ``leave_out`` of each unit.
    """

    recorded: Floats
    spoken: Floats
    filler: Floats
    pause: Floats
    stay: float
    over: float
    leave_out: Floats


@dataclass(frozen=True, slots=True)
class Way:
    """The state in which each row is (-1: something else is said), and where that is a pause.

    ``cost`` is that of all rows; what is left out of the script is not in it.
    """

    path: NDArray[np.intp]
    paused: Flags
    cost: float


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """Where ways stand before a block: of the units from ``begin`` to before ``end``."""

    begin: int
    end: int
    in_states: Floats
    in_fillers: Floats


def cheapest_way(costs: Costs, states: States, *, anywhere: bool = False) -> Way:
    """Find the cheapest way; ``anywhere`` lets it begin and end at any unit without a price."""
    return _Search(costs, states, anywhere=anywhere).way()


def cheapest_costs(costs: Costs, states: States, begins: NDArray[np.intp]) -> Floats:
    """Give what the cheapest way along each of several scripts costs, with what it leaves out.

    The scripts stand one after another; ``begins`` are the first units of each, and no way leads
    from one into the next. All of them are gone along at once, and no way is kept: half a minute
    along sixty turns took 0.02 s so, and 0.8 s one by one.
    """
    units, scripts = len(states.first), len(begins)
    script_of = np.searchsorted(begins, np.arange(units), side="right") - 1
    # Before each unit anything may be said, and after each script's last.
    before_unit = np.arange(units) + script_of
    first_fillers = begins + np.arange(scripts)
    last_fillers = np.append(first_fillers[1:], units + scripts) - 1
    sums = np.concatenate([[0.0], np.cumsum(costs.leave_out, dtype=np.float64)])
    shift = np.zeros(units + scripts)
    shift[before_unit] = sums[:-1] - sums[begins][script_of]
    shift[before_unit + 1] = sums[1:] - sums[begins][script_of]
    fillers = shift.copy()
    # So far below the script before that nothing of that is less.
    shift += np.repeat(np.arange(scripts), last_fillers - first_fillers + 1) * _APART
    over, new_scripts = _over_costs(costs, states), states.first[begins]
    width = len(over)
    before, after = np.full((2, width + 2), _NEVER, np.float32)
    on = np.empty(width, np.float32)
    ends = np.full(units + scripts, _NEVER)
    block = int(np.clip(_CELLS // width, 16, _MOST_IN_BLOCK))
    for begin in range(0, len(costs.recorded), block):
        table = costs.recorded[begin : begin + block] @ costs.spoken.T
        for row, cost in enumerate(table, begin):
            entered = fillers[before_unit] + cost[states.first]
            np.add(before[:-2], over, out=on)
            np.minimum(before[1:-1], on, out=on)
            on[new_scripts] = _NEVER
            on += cost
            ends[before_unit + 1] = before[2:][states.last]
            cost += np.float32(costs.stay)
            np.minimum(cost, costs.pause[row], out=cost)
            cost += before[2:]
            new = after[2:]
            np.minimum(cost, on, out=new)
            new[states.first] = np.minimum(new[states.first], entered)
            through = np.minimum(fillers, ends) + costs.filler[row]
            fillers = np.minimum.accumulate(through - shift) + shift
            before, after = after, before
    last = before[2:][states.last[np.append(begins[1:], units) - 1]]
    cheapest: Floats = np.minimum(fillers[last_fillers], last).astype(np.float32)
    return cheapest


def _over_costs(costs: Costs, states: States) -> Floats:
    """Give what it costs to come to each state over the one before it, within a unit."""
    is_first = np.zeros(len(states.rows), np.bool_)
    is_first[states.first] = True
    barred = is_first | np.concatenate([[True], is_first[:-1]])
    return np.where(barred, _NEVER, np.float32(costs.over)).astype(np.float32)


class _Search:
    """The search through one recording."""

    def __init__(self, costs: Costs, states: States, *, anywhere: bool) -> None:
        self._costs, self._first, self._last = costs, states.first, states.last
        self._units = len(states.first)
        self._anywhere = anywhere
        self._sums = np.concatenate([[0], np.cumsum(costs.leave_out)]).astype(np.float32)
        self._over = _over_costs(costs, states)
        self._block = int(np.clip(_CELLS // max(1, len(self._over)), 16, _MOST_IN_BLOCK))

    def way(self) -> Way:
        """Go forward, then back from the end block by block."""
        count = len(self._costs.recorded)
        path, paused = np.full(count, -1, np.intp), np.zeros(count, np.bool_)
        if not self._units or not count:
            return Way(path, paused, float(self._costs.filler.sum()))
        snapshots: list[_Snapshot] = []
        now = self._at_start()
        for begin in range(0, count, self._block):
            snapshots.append(now)
            now = self._dropped(self._through(now, begin, None))
        unit, state, in_filler = self._end(now)
        for at in range(len(snapshots) - 1, -1, -1):
            begin = at * self._block
            end = min(count, begin + self._block)
            snapshot = snapshots[at]
            if in_filler:  # what lies beyond was reached by leaving out all that follows
                unit = min(unit, snapshot.end)
            came = (
                np.zeros((end - begin, len(snapshot.in_states)), np.uint8),
                np.zeros((end - begin, len(snapshot.in_fillers)), np.uint8),
            )
            self._through(snapshot, begin, came)
            base = int(self._first[snapshot.begin])
            for row in range(end - begin - 1, -1, -1):
                if in_filler:
                    while came[1][row, unit - snapshot.begin] == _LEFT_OUT:
                        unit -= 1
                    if came[1][row, unit - snapshot.begin] == _LEFT_UNIT:
                        in_filler, state = False, int(self._last[unit - 1])
                    continue
                path[begin + row] = state
                step = came[0][row, state - base]
                if step == _PAUSE:
                    paused[begin + row] = True
                elif step == _ON:
                    state -= 1
                elif step == _OVER:
                    state -= 2
                elif step == _ENTER:
                    in_filler, unit = True, int(np.searchsorted(self._last, state))
        return Way(path, paused, self._cost(path, paused))

    def _cost(self, path: NDArray[np.intp], paused: Flags) -> float:
        costs = self._costs
        said = np.flatnonzero((path >= 0) & ~paused)
        before = np.where(said > 0, path[said - 1], -1)
        words = np.einsum("ij,ij->i", costs.recorded[said], costs.spoken[path[said]]).sum()
        stays, overs = (before == path[said]).sum(), (before == path[said] - 2).sum()
        rest = costs.filler[path < 0].sum() + costs.pause[paused].sum()
        return float(words + costs.stay * stays + costs.over * overs + rest)

    def _at_start(self) -> _Snapshot:
        fillers = self._sums - (self._sums if self._anywhere else 0)
        in_states = np.full(len(self._over), _NEVER, np.float32)
        start = _Snapshot(0, self._units, in_states, fillers.astype(np.float32))
        return start if self._anywhere else self._dropped(start)

    def _end(self, now: _Snapshot) -> tuple[int, int, bool]:
        """Give unit, state and whether a filler comes last on the cheapest way."""
        last = int(self._last[now.end - 1])
        if self._anywhere:
            return now.begin + int(now.in_fillers.argmin()), last, True
        if now.end < self._units:  # the rest of the script is left out
            return now.end, last, True
        return now.end, last, bool(now.in_fillers[-1] <= now.in_states[-1])

    def _dropped(self, now: _Snapshot) -> _Snapshot:
        """Drop what fell behind, and take in what may be reached in the next block."""
        most = min(float(now.in_states.min()), float(now.in_fillers.min()))
        base = int(self._first[now.begin])
        near = np.flatnonzero(now.in_states < most + _BEAM) + base
        between = np.flatnonzero(now.in_fillers < most + _BEAM) + now.begin
        low, high = self._units, 0
        if len(near):
            low, high = np.searchsorted(self._last, near[[0, -1]])
        if len(between):
            low, high = min(low, between[0]), max(high, between[-1])
        begin = int(min(low, self._units - 1))
        begin = max(begin, now.begin)
        reach = int(self._last[min(high, self._units - 1)]) + 2 * self._block
        end = min(self._units, int(np.searchsorted(self._last, reach)) + 1)
        end = max(end, begin + 1)
        return self._of_units(now, begin, end, most)

    def _of_units(self, now: _Snapshot, begin: int, end: int, least: float) -> _Snapshot:
        """Give a snapshot of other units; those it did not have are reached by leaving out."""
        first, last = int(self._first[begin]), int(self._last[end - 1]) + 1
        base, kept_end = int(self._first[now.begin]), min(end, now.end)
        in_states = np.full(last - first, _NEVER, np.float32)
        kept = int(self._last[kept_end - 1]) + 1
        in_states[: kept - first] = now.in_states[first - base : kept - base] - least
        in_fillers = np.full(end - begin + 1, _NEVER, np.float32)
        in_fillers[: kept_end - begin + 1] = (
            now.in_fillers[begin - now.begin : kept_end - now.begin + 1] - least
        )
        if end > now.end:
            skipped = self._sums[now.end + 1 : end + 1] - self._sums[now.end]
            in_fillers[now.end - begin + 1 :] = now.in_fillers[-1] - least + skipped
        return _Snapshot(begin, end, in_states, in_fillers)

    def _through(
        self, now: _Snapshot, begin: int, came: tuple[NDArray[np.uint8], NDArray[np.uint8]] | None
    ) -> _Snapshot:
        """Go through a block of rows; ``came`` is filled with where each way came from."""
        costs, low, high = self._costs, now.begin, now.end
        base, top = int(self._first[low]), int(self._last[high - 1]) + 1
        firsts, lasts = self._first[low:high] - base, self._last[low:high] - base
        sums, over = self._sums[low : high + 1], self._over[base:top]
        end = min(len(costs.recorded), begin + self._block)
        table = costs.recorded[begin:end] @ costs.spoken[base:top].T
        width = top - base
        # Two places before the first state, from which nobody comes.
        before, after = np.full((2, width + 2), _NEVER, np.float32)
        before[2:] = now.in_states
        fillers = now.in_fillers
        stay, on, hop = np.empty((3, width), np.float32)
        for row, cost in enumerate(table):
            pause, filler = costs.pause[begin + row], costs.filler[begin + row]
            entered = fillers[:-1] + cost[firsts]
            np.add(cost, np.float32(costs.stay), out=stay)
            if came is not None:
                is_pause = pause < stay
            np.minimum(stay, pause, out=stay)
            stay += before[2:]
            np.add(before[:-2], over, out=hop)
            if came is not None:
                is_over = hop < before[1:-1]
            np.minimum(before[1:-1], hop, out=on)
            on += cost
            new = after[2:]
            np.minimum(stay, on, out=new)
            open_ends = np.concatenate([[_NEVER], before[2:][lasts]])
            through = np.minimum(fillers, open_ends) + filler
            relative = through - sums
            reached = np.minimum.accumulate(relative)
            leaves_out = reached < relative
            if came is not None:
                came[0][row] = np.where(on < stay, is_over + np.uint8(1), is_pause * np.uint8(3))
                is_new = entered < new[firsts]
                came[0][row, firsts[is_new]] = _ENTER
                came[1][row] = np.where(leaves_out, np.uint8(_LEFT_OUT), open_ends < fillers)
            new[firsts] = np.minimum(new[firsts], entered)
            fillers = np.where(leaves_out, reached + sums, through)
            before, after = after, before
        return _Snapshot(low, high, before[2:].copy(), fillers)
