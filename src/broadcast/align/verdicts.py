"""A recording laid along a script → which turns were found, which to listen to, what else is said.

The thresholds belong to the prior that comes with the program. They were chosen on joined clips of
people reading (field notes, 3 and 4), not on interviews recorded in one go.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from broadcast.align.alignment import Alignment
from broadcast.align.beneath import sounds_beneath
from broadcast.align.decoys import gain
from broadcast.align.frames import FRAME_MS
from broadcast.align.heard_script import ExtraSpeech, HeardScript, HeardTurn, TurnStatus, Verdict
from broadcast.align.readings import with_readings
from broadcast.align.recorded import Recorded
from broadcast.align.reference import Reference
from broadcast.align.states import STEP
from broadcast.align.worth import worth

_ROW_MS = STEP * FRAME_MS
# Of 123 right placements 87 to 98 % score so high, of 126 wrong ones 3 to 11 %.
_FOUND = 0.7
_SURELY_FOUND = 1.0
# What a turn is worth in the prior's space: words that are not said were worth 0.09 at most.
_WORTH = 0.1
_PRIOR_WEAKER = 0.3  # the prior's space is less sure, but does not learn what it is given
_FEW_LEFT_OUT, _MOST_LEFT_OUT = 0.34, 0.67
_PACES = (0.55, 1.8)
_SHORT_MS = 2_500
_EXTRA_MS = 2_500
_APART_ROWS = 25
# Of the whole recording: how far its words lie below the null.
WRONG_GAP = 0.42
"""Words that lie less far below the null may be others (field notes, 4)."""
_RIGHT_GAP = 0.58
_SHORTEST_MS = 35_000
# In 20 s right words lay 0.30 to 0.64 below it, others 0.12 to 0.43: hardly any is refused.
_WRONG_GAP_IF_SHORT = 0.25
_FOUND_SHARE, _COVERED_SHARE, _LEAST_SHARE = 0.75, 0.6, 0.5
_LEAST_SNR_DB = 8.0
# Voices that are hardly known lie no further below the null than wrong words. But all they say is
# in the script, and each turn takes as long as its words: with 15 turns each of people, paces
# spread by 0.08 to 0.12 of their mean; by 0.12 to 0.21 of wrong words, with 0.60 to 0.97 covered.
_WHOLLY_COVERED, _EVEN_PACES, _FEWEST_PACES = 0.9, 0.13, 5


@dataclass(frozen=True, slots=True)
class _JudgedTurn:
    turn: HeardTurn
    expected_ms: int
    pace: float = 0.0


def heard_script(found: Alignment | None, spoken: Reference, one: Recorded) -> HeardScript:
    """Judge every turn, and whether the recording is of this script at all."""
    duration_ms = one.duration_ms
    if found is None:
        nothing = (HeardTurn("missing"),) * spoken.turn_count
        return HeardScript("wrong", nothing, duration_ms=duration_ms)
    placed = [_placed(found, spoken, turn) for turn in range(spoken.turn_count)]
    turns = _believed(placed)
    if sum(turn.status == "found" for turn in turns) < _LEAST_SHARE * len(turns):
        # Turns in another order, or half of another script: what is left fits by chance too.
        turns = tuple(_doubted(turn) if turn.status == "found" else turn for turn in turns)
    over_sound = sounds_beneath(found, one)
    extra, verdict = _extra(found), _verdict(found, one, turns, placed)
    if over_sound and verdict == "right":
        verdict = "ask"
    if verdict != "wrong":
        turns, extra = with_readings(turns, extra, found, spoken, one)
    return HeardScript(verdict, turns, extra, duration_ms, over_sound)


def _placed(found: Alignment, spoken: Reference, turn: int) -> _JudgedTurn:
    units = np.flatnonzero(spoken.turns == turn)
    states, heard = found.second.states, found.second.units
    sizes = states.last[units] - states.first[units] + 1
    expected_ms = int(sizes.sum()) * _ROW_MS
    rows = np.flatnonzero(np.isin(heard, units))
    said = [unit for unit in units if (heard[rows] == unit).any()]
    left_out = 1 - sum(int(states.last[u] - states.first[u] + 1) for u in said) / max(
        1, int(sizes.sum())
    )
    begins, ends = found.times.begin_ms[said], found.times.end_ms[said]
    if len(rows) < 3 or left_out > _MOST_LEFT_OUT or not np.isfinite(begins).any():
        return _JudgedTurn(HeardTurn("missing"), expected_ms)
    begin, end = int(rows[0]), int(rows[-1]) + 1
    which = np.concatenate([np.arange(states.first[u], states.last[u] + 1) for u in said])
    score = min(
        gain(found.second, which, begin, end, turn),
        gain(found.known, which, begin, end, turn) + _PRIOR_WEAKER,
    )
    is_found = score >= _FOUND and left_out < _FEW_LEFT_OUT
    if is_found and (score < _SURELY_FOUND or expected_ms < _SHORT_MS):
        is_found = worth(found.first, spoken.turns, turn) >= _WORTH
    status: TurnStatus = "found" if is_found else "check"
    speech = int((found.second.space.silence[begin:end] < 0.5).sum())
    times = round(float(np.nanmin(begins))), round(float(np.nanmax(ends)))
    return _JudgedTurn(
        HeardTurn(status, *times, round(score, 3)), expected_ms, len(which) / max(1, speech)
    )


def _believed(placed: list[_JudgedTurn]) -> tuple[HeardTurn, ...]:
    """Doubt what is said at another pace than the rest, and what is short beside doubtful turns."""
    paces = [one.pace for one in placed if one.turn.status == "found"]
    usual = float(np.median(paces)) if paces else 1.0
    turns = [
        one.turn
        if one.turn.status != "found" or _PACES[0] < one.pace / usual < _PACES[1]
        else _doubted(one.turn)
        for one in placed
    ]
    statuses = [turn.status for turn in turns]
    for at, one in enumerate(placed):
        beside = [n for n in (at - 1, at + 1) if 0 <= n < len(placed)]
        unsure = any(statuses[n] != "found" and placed[n].expected_ms >= _SHORT_MS for n in beside)
        if statuses[at] == "found" and one.expected_ms < _SHORT_MS and unsure:
            turns[at] = _doubted(turns[at])
    return tuple(turns)


def _doubted(turn: HeardTurn) -> HeardTurn:
    return HeardTurn("check", turn.begin_ms, turn.end_ms, turn.score)


def _extra(found: Alignment) -> tuple[ExtraSpeech, ...]:
    path, speech = found.second.way.path, found.second.space.silence < 0.5
    said = np.concatenate([[-1], np.flatnonzero(path >= 0), [len(path)]])
    extra = []
    for at in np.flatnonzero(np.diff(said) > _APART_ROWS):
        rows = _speech_rows(speech, int(said[at]) + 1, int(said[at + 1]))
        if len(rows) * _ROW_MS > _EXTRA_MS:
            extra.append(ExtraSpeech(int(rows[0]) * _ROW_MS, (int(rows[-1]) + 1) * _ROW_MS))
    return tuple(extra)


def _speech_rows(speech: NDArray[np.bool_], begin: int, end: int) -> NDArray[np.intp]:
    return np.flatnonzero(speech[begin:end]) + begin


def _verdict(
    found: Alignment, one: Recorded, turns: Sequence[HeardTurn], placed: Sequence[_JudgedTurn]
) -> Verdict:
    gap = found.first.gap
    sure = sum(turn.status == "found" for turn in turns)
    is_short = one.speech_ms < _SHORTEST_MS
    speech = found.second.space.silence < 0.5
    covered = float((found.second.way.path[speech] >= 0).mean()) if speech.any() else 0.0
    if all(turn.status == "missing" for turn in turns):
        return "wrong"
    is_unlike = gap < (_WRONG_GAP_IF_SHORT if is_short else WRONG_GAP)
    if is_unlike and not (covered >= _WHOLLY_COVERED and _is_evenly_paced(placed)):
        return "wrong"
    is_right = (
        gap >= _RIGHT_GAP
        and not is_short
        and sure >= _FOUND_SHARE * len(turns)
        and covered >= _COVERED_SHARE
        and one.room.snr_db >= _LEAST_SNR_DB
    )
    return "right" if is_right else "ask"


def _is_evenly_paced(placed: Sequence[_JudgedTurn]) -> bool:
    paces = [one.pace for one in placed if one.pace and one.expected_ms >= _SHORT_MS]
    if len(paces) < _FEWEST_PACES:
        return False
    return float(np.std(paces)) < _EVEN_PACES * float(np.mean(paces))
