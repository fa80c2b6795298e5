"""A folder of files somebody recorded → which file is for which turn, to be looked at first.

Names decide where they say a turn. The others are laid over the remaining turns in order, so that
lengths fit as well as they can: turns may be left out, and files left over.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from broadcast.messages import Message
from broadcast.model import Turn
from broadcast.recordings.pair import named_turn

# What it costs to leave a file over, and a turn out: squares of the logarithm by which a length is
# wrong. A person's turns are mostly recorded together, so others' are left out more lightly.
_FILE_LEFT_OVER, _TURN_LEFT_OUT, _OTHERS_TURN_LEFT_OUT = 0.7, 0.3, 0.1
_DOUBTFUL = math.log(1.6)


@dataclass(frozen=True, slots=True)
class Planned:
    """A file, the turn it would be used for (None: for none), and why that may be wrong."""

    file: Path
    turn: Turn | None
    doubt: Message | None = None


def plan_folder(
    files: Sequence[Path],
    turns: Sequence[Turn],
    lengths_ms: Mapping[Path, int],
    expected_ms: Mapping[str, int],
) -> tuple[Planned, ...]:
    """Plan which of the files, in their order, is for which turn.

    ``lengths_ms`` are the lengths of what is spoken in the files, ``expected_ms`` by a turn's id
    how long its words take to say.
    """
    named = {file: turn for file in files if (turn := named_turn(file.name, turns)) is not None}
    taken = {turn.id for turn in named.values()}
    free_files = [file for file in files if file not in named]
    free_turns = [turn for turn in turns if turn.id not in taken]
    laid = _laid_over(free_files, free_turns, lengths_ms, expected_ms)
    chosen = {file: named.get(file) or laid.get(file) for file in files}
    last = {turn.id: file for file, turn in chosen.items() if turn is not None}
    planned = []
    for file, turn in chosen.items():
        if turn is None:
            doubt: Message | None = Message(
                "plan.no-turn", "fits no turn that is left; it is not used"
            )
        else:
            lengths = (lengths_ms[file], expected_ms[turn.id])
            doubt = _doubt(*lengths, last[turn.id] if last[turn.id] != file else None)
            if doubt is None and file not in named:
                doubt = Message("plan.by-order", "by order and length")
        planned.append(Planned(file, turn, doubt))
    return tuple(planned)


def _laid_over(
    files: Sequence[Path],
    turns: Sequence[Turn],
    lengths_ms: Mapping[Path, int],
    expected_ms: Mapping[str, int],
) -> dict[Path, Turn]:
    """Give the order-keeping assignment whose lengths fit best.

    Each speaker's turns alone are tried as well as all turns. People speak at their own pace: once
    it is known from a first assignment, it is allowed for in a second.
    """
    lengths = [lengths_ms[file] for file in files]
    speakers = dict.fromkeys(turn.speaker for turn in turns)
    choices = [turns, *([turn for turn in turns if turn.speaker == who] for who in speakers)]
    least, best = math.inf, dict[Path, Turn]()
    for choice in choices:
        expected = [expected_ms[turn.id] for turn in choice]
        _, first = _assignment(lengths, expected)
        paces = [_ratio(lengths[f], expected[t]) for f, t in first.items()]
        pace = median(paces) if len(paces) > 2 else 1.0
        cost, second = _assignment(lengths, [round(ms * pace) for ms in expected])
        cost += _OTHERS_TURN_LEFT_OUT * (len(turns) - len(choice))
        if cost < least:
            least, best = cost, {files[f]: choice[t] for f, t in second.items()}
    return best


def _assignment(lengths: Sequence[int], expected: Sequence[int]) -> tuple[float, dict[int, int]]:
    """Give the least cost of laying lengths over expected ones, and how (dynamic programming)."""
    rows, columns = len(lengths) + 1, len(expected) + 1
    cost = [[0.0] * columns for _ in range(rows)]
    came = [[(0, 0)] * columns for _ in range(rows)]
    for f in range(rows):
        for t in range(columns):
            ways = []
            if f and t:
                misfit = _misfit(lengths[f - 1], expected[t - 1]) ** 2
                ways.append((cost[f - 1][t - 1] + misfit, (f - 1, t - 1)))
            if f:
                ways.append((cost[f - 1][t] + _FILE_LEFT_OVER, (f - 1, t)))
            if t:
                ways.append((cost[f][t - 1] + _TURN_LEFT_OUT, (f, t - 1)))
            if ways:
                cost[f][t], came[f][t] = min(ways)
    laid: dict[int, int] = {}
    at = (rows - 1, columns - 1)
    while at != (0, 0):
        before = came[at[0]][at[1]]
        if before == (at[0] - 1, at[1] - 1):
            laid[before[0]] = before[1]
        at = before
    return cost[-1][-1], laid


def _misfit(length_ms: int, expected_ms: int) -> float:
    """How wrong a length is: the logarithm of its ratio; short answers vary by whole seconds."""
    return abs(math.log(_ratio(length_ms, expected_ms)))


def _ratio(length_ms: int, expected_ms: int) -> float:
    return (length_ms + 1_500) / (expected_ms + 1_500)


def _doubt(length_ms: int, wanted_ms: int, later: Path | None) -> Message | None:
    """Say what is doubtful of a file for a turn; ``later`` is another that is named for it."""
    is_odd = _misfit(length_ms, wanted_ms) > _DOUBTFUL
    seconds = {"length": length_ms / 1000, "wanted": wanted_ms / 1000}
    if is_odd and later:
        return Message(
            "plan.later-take-and-length",
            "{later} is a later take; {length:.0f} s long, and these words take about "
            "{wanted:.0f} s",
            later=later.name,
            **seconds,
        )
    if is_odd:
        return Message(
            "plan.length",
            "{length:.0f} s long, and these words take about {wanted:.0f} s",
            **seconds,
        )
    if later:
        return Message("plan.later-take", "{later} is a later take", later=later.name)
    return None
