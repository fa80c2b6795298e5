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
    heard, left = list(turns), []
    for stretch in extra:
        best = max(
            (
                reading
                for turn in _candidates(heard, stretch)
                for reading in _read(found, spoken, one, turn, stretch)
            ),
            key=lambda reading: reading.score,
            default=None,
        )
        if best is None:
            left.append(stretch)
            continue
        heard[best.turn] = _with(heard[best.turn], best)
    return tuple(heard), tuple(left)


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
    found: Alignment, spoken: Reference, one: Recorded, turn: int, stretch: ExtraSpeech
) -> Iterator[ReadElsewhere]:
    states, space = found.second.states, found.second.space
    units = np.flatnonzero(spoken.turns == turn)
    if not len(units):
        return
    which = np.arange(states.first[units[0]], states.last[units[-1]] + 1)
    rows = slice(stretch.begin_ms // _ROW_MS, stretch.end_ms // _ROW_MS)
    speech_rows = int((space.silence[rows] < 0.5).sum())
    if len(which) * _ROW_MS < _SHORTEST_MS or speech_rows < _MOST_OF_IT * len(which) / 1.8:
        return
    first = which[0]
    part = Space(
        space.recorded[rows],
        space.spoken[which],
        space.usual[rows],
        space.spread,
        space.silence[rows],
    )
    some = States(states.rows[which], states.first[units] - first, states.last[units] - first)
    path = way_along(part, some, found.second.null).path
    said = np.flatnonzero(path >= 0)
    if not len(said):
        return
    heard = _of_units(path[said], some)
    if len(heard) < _MOST_OF_IT * len(which):
        return
    begin, end = rows.start + int(said[0]), rows.start + int(said[-1]) + 1
    score = min(
        gain(found.second, heard + first, begin, end, turn),
        gain(found.known, heard + first, begin, end, turn) + _PRIOR_WEAKER,
    )
    if score >= _READ:
        yield ReadElsewhere(turn, *_borders(one, begin * _ROW_MS, end * _ROW_MS), round(score, 3))


def _of_units(path: NDArray[np.intp], states: States) -> NDArray[np.intp]:
    """Give all states of the units in which somebody is."""
    units = np.unique(states.unit_of(path))
    return np.concatenate([np.arange(states.first[u], states.last[u] + 1) for u in units])


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
