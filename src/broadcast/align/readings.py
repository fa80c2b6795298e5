"""Speech that is in no turn → the turn that is read in it: once more, or out of its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from broadcast.align.alignment import Alignment
from broadcast.align.compare import Space, way_along
from broadcast.align.decoys import gain
from broadcast.align.frames import FRAME_MS
from broadcast.align.heard_script import ExtraSpeech, HeardTurn
from broadcast.align.recorded import Recorded
from broadcast.align.reference import Reference
from broadcast.align.speaking import at_edge, speech_ms
from broadcast.align.states import STEP, States

_ROW_MS = STEP * FRAME_MS
_READ = 0.7  # of a score, as for a turn in its place
_PRIOR_WEAKER = 0.15  # elsewhere chance has more to choose from
_MOST_OF_IT = 0.6
_SLOWEST = 1.8  # of the pace of the words as they are spoken here
_SHORTEST_MS = 2_000
_BORDER_MS = 300
"""Speech that begins or ends so near is begun or ended with."""


@dataclass(frozen=True, slots=True)
class ReadElsewhere:
    """Where a turn is read besides its place, in ms, and its score."""

    turn: int
    begin_ms: int
    end_ms: int
    score: float


def with_readings(
    turns: Sequence[HeardTurn],
    extra: Sequence[ExtraSpeech],
    found: Alignment,
    spoken: Reference,
    one: Recorded,
) -> tuple[tuple[HeardTurn, ...], tuple[ExtraSpeech, ...]]:
    """Give the turns with those that are read twice or elsewhere, and what is extra still."""
    heard = [
        turn if turn.is_sure else _as_two_readings(turns, at, found, spoken, one) or turn
        for at, turn in enumerate(turns)
    ]
    left = []
    for stretch in extra:
        if any(_is_within(stretch, turn) for turn in heard):
            continue
        rows = slice(stretch.begin_ms // _ROW_MS, stretch.end_ms // _ROW_MS)
        best = max(
            (
                reading
                for turn in _candidates(heard, stretch)
                for reading in _read(found, spoken, one, turn, rows)
            ),
            key=lambda reading: reading.score,
            default=None,
        )
        if best is None:
            left.append(stretch)
            continue
        heard[best.turn] = _with(heard[best.turn], best)
    return tuple(heard), tuple(left)


def _as_two_readings(
    turns: Sequence[HeardTurn], turn: int, found: Alignment, spoken: Reference, one: Recorded
) -> HeardTurn | None:
    """Give a turn as it is read twice between its neighbours: laid once, it is in both by halves.

    None: it is not.
    """
    before = [other.end_ms for other in turns[:turn] if other.is_sure and other.end_ms is not None]
    after = [other.begin_ms for other in turns[turn + 1 :] if other.is_sure]
    begin_ms = max(before, default=0)
    end_ms = min((ms for ms in after if ms is not None), default=one.duration_ms)
    rows = slice(begin_ms // _ROW_MS, end_ms // _ROW_MS)
    if _speech_rows(found, rows) > 2 * _SLOWEST * len(_states_of(found, spoken, turn)):
        return None  # there is more than this turn between them
    readings = tuple(_read(found, spoken, one, turn, rows, times=2))
    if len(readings) < 2:
        return None
    first, last = readings
    earlier = ((first.begin_ms, first.end_ms),)
    return HeardTurn("twice", last.begin_ms, last.end_ms, last.score, earlier)


def _is_within(stretch: ExtraSpeech, turn: HeardTurn) -> bool:
    middle_ms = (stretch.begin_ms + stretch.end_ms) / 2
    last = (turn.begin_ms or 0, turn.end_ms or 0)
    readings = (*turn.earlier, last) if turn.status == "twice" else ()
    return any(begin_ms <= middle_ms <= end_ms for begin_ms, end_ms in readings)


def _candidates(turns: Sequence[HeardTurn], stretch: ExtraSpeech) -> Iterator[int]:
    """Give those next to it, which may be read again, and those that are not in their place."""
    placed = [(one.begin_ms, at) for at, one in enumerate(turns) if one.begin_ms is not None]
    before = max((pair for pair in placed if pair[0] < stretch.begin_ms), default=None)
    after = min((pair for pair in placed if pair[0] >= stretch.begin_ms), default=None)
    beside = {pair[1] for pair in (before, after) if pair is not None}
    for at, one in enumerate(turns):
        if at in beside or one.status in ("check", "missing"):
            yield at


def _read(
    found: Alignment, spoken: Reference, one: Recorded, turn: int, rows: slice, times: int = 1
) -> Iterator[ReadElsewhere]:
    """Give where in these rows a turn is read, of so many ``times`` one after another."""
    states, space = found.second.states, found.second.space
    which = _states_of(found, spoken, turn)
    fewest = times * _MOST_OF_IT * len(which) / _SLOWEST
    if len(which) * _ROW_MS < _SHORTEST_MS or _speech_rows(found, rows) < fewest:
        return
    first, size = which[0], len(which)
    order = np.tile(which, times)
    units = np.flatnonzero(spoken.turns == turn)
    begins, ends = states.first[units] - first, states.last[units] - first
    some = States(
        states.rows[order],
        np.concatenate([begins + size * time for time in range(times)]),
        np.concatenate([ends + size * time for time in range(times)]),
    )
    part = Space(
        space.recorded[rows],
        space.spoken[order],
        space.usual[rows],
        space.spread,
        space.silence[rows],
    )
    way = way_along(part, some, found.second.null)
    path = np.where(way.paused, -1, way.path)
    for time in range(times):
        said = np.flatnonzero((path >= size * time) & (path < size * (time + 1)))
        heard = _of_units(path[said] - size * time, States(states.rows[which], begins, ends))
        if len(heard) < _MOST_OF_IT * size:
            continue
        begin, end = rows.start + int(said[0]), rows.start + int(said[-1]) + 1
        score = min(
            gain(found.second, heard + first, begin, end, turn),
            gain(found.known, heard + first, begin, end, turn) + _PRIOR_WEAKER,
        )
        if score >= _READ:
            edges = _borders(one, begin * _ROW_MS, end * _ROW_MS)
            yield ReadElsewhere(turn, *edges, round(score, 3))


def _states_of(found: Alignment, spoken: Reference, turn: int) -> NDArray[np.intp]:
    states, units = found.second.states, np.flatnonzero(spoken.turns == turn)
    if not len(units):
        return np.zeros(0, np.intp)
    return np.arange(states.first[units[0]], states.last[units[-1]] + 1)


def _speech_rows(found: Alignment, rows: slice) -> int:
    return int((found.second.space.silence[rows] < 0.5).sum())


def _of_units(path: NDArray[np.intp], states: States) -> NDArray[np.intp]:
    """Give all states of the units in which somebody is."""
    units = np.unique(states.unit_of(path))
    each = [np.arange(states.first[u], states.last[u] + 1) for u in units]
    return np.concatenate([np.zeros(0, np.intp), *each])


def _borders(one: Recorded, begin_ms: int, end_ms: int) -> tuple[int, int]:
    speech, times = speech_ms(one.speech), np.array([begin_ms, end_ms], np.float64)
    begin = at_edge(times[:1], speech[:, 0], _BORDER_MS)
    end = at_edge(times[1:], speech[:, 1], _BORDER_MS)
    return round(float(begin[0])), round(float(end[0]))


def _with(turn: HeardTurn, reading: ReadElsewhere) -> HeardTurn:
    times = (reading.begin_ms, reading.end_ms)
    if turn.begin_ms is None or turn.end_ms is None or not turn.is_sure:
        if turn.begin_ms is not None and reading.score <= turn.score:
            return turn
        return HeardTurn("moved", *times, reading.score)
    others = sorted([*turn.earlier, (turn.begin_ms, turn.end_ms), times])
    return replace(
        turn,
        status="twice",
        begin_ms=others[-1][0],
        end_ms=others[-1][1],
        earlier=tuple(others[:-1]),
    )
