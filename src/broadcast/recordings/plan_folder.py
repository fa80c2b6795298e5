"""A folder of files somebody recorded → which file is for which turn, to be looked at first.

Names decide where they say a turn. The others are laid over the remaining turns in order, so that
lengths fit as well as they can: turns may be left out, and files left over.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from types import MappingProxyType

from broadcast.messages import Message
from broadcast.messages.lengths import said_length
from broadcast.model import Turn, TurnName
from broadcast.recordings.file_names import named_turn, said_by_name

# What it costs to leave a file over, and a turn out: squares of the logarithm by which a length is
# wrong. A person's turns are mostly recorded together, so others' are left out more lightly.
_FILE_LEFT_OVER, _TURN_LEFT_OUT, _OTHERS_TURN_LEFT_OUT = 0.7, 0.3, 0.1
_DOUBTFUL = math.log(1.6)
# Of fewer, their order says too little against their numbers.
_FEWEST_IN_ORDER = 3


@dataclass(frozen=True, slots=True)
class Planned:
    """A file, the turn it would be used for (None: for none), and why that may be wrong."""

    file: Path
    turn: Turn | None
    doubts: tuple[Message, ...] = ()


def plan_folder(
    files: Sequence[Path],
    turns: Sequence[Turn],
    lengths_ms: Mapping[Path, int],
    expected_ms: Mapping[str, int],
    said: Mapping[Path, Turn] = MappingProxyType({}),
) -> tuple[Planned, ...]:
    """Plan which of the files, in their order, is for which turn.

    Lead, byline, opening, closing and notice are only for files that are named so. ``lengths_ms``
    are the lengths of what is spoken in the files, ``expected_ms`` by a turn's id how long its
    words take to say. ``said`` are the turns whose words are heard in files: those decide of files
    whose names say nothing.
    """
    numbered = [turn for turn in turns if turn.n is not None]
    named = {file: turn for file in files if (turn := named_turn(file.name, turns)) is not None}
    lost = [file for file in files if file not in named and said_by_name(file.name).kind]
    taken = {turn.id for turn in named.values()}
    by_words = {
        file: said[file]
        for file in files
        if file in said and file not in named and file not in lost and said[file].id not in taken
    }
    taken |= {turn.id for turn in by_words.values()}
    decided = {**named, **by_words}
    free_files = [file for file in files if file not in decided and file not in lost]
    free_turns = [turn for turn in numbered if turn.id not in taken]
    laid = _laid_over(free_files, free_turns, lengths_ms, expected_ms)
    by_number = [file for file, turn in named.items() if turn.n is not None]
    in_order = _laid_over(by_number, numbered, lengths_ms, expected_ms)
    if len(by_number) < _FEWEST_IN_ORDER or len(in_order) < len(by_number):
        in_order = {}
    chosen = {file: decided.get(file) or laid.get(file) for file in files}
    last = {turn.id: file for file, turn in chosen.items() if turn is not None}
    planned = []
    for file, turn in chosen.items():
        if turn is None:
            planned.append(Planned(file, None, (_unused(file),)))
            continue
        is_odd = _misfit(lengths_ms[file], expected_ms[turn.id]) > _DOUBTFUL
        doubts = []
        if last[turn.id] != file:
            doubts.append(
                Message("plan.later-take", "{later} is a later take", later=last[turn.id].name)
            )
        if is_odd:
            doubts.append(
                Message(
                    "plan.length",
                    "{length} long, and these words take about {wanted}",
                    length=said_length(lengths_ms[file]),
                    wanted=said_length(expected_ms[turn.id]),
                )
            )
        fits = in_order.get(file)
        if is_odd and fits is not None and fits.id != turn.id:
            doubts.append(
                Message("plan.fits-other", "by order and length it is {turn}", turn=fits.name.said)
            )
        if file in by_words:
            doubts.append(Message("plan.by-words", "by the words that are heard in it"))
        elif file in said and said[file].id != turn.id:
            doubts.append(
                Message(
                    "plan.says-other",
                    "the words of {turn} are heard in it",
                    turn=said[file].name.said,
                )
            )
        doubts += _name_doubts(file, turn, by_order=file not in decided)
        planned.append(Planned(file, turn, tuple(doubts)))
    return tuple(planned)


def _unused(file: Path) -> Message:
    kind = said_by_name(file.name).kind
    if kind is not None:
        return Message(
            "plan.no-such-part",
            "its name says {part}, and there is none; it is not used",
            part=TurnName(kind).said,
        )
    return Message("plan.no-turn", "fits no turn that is left; it is not used")


def _name_doubts(file: Path, turn: Turn, *, by_order: bool) -> Iterator[Message]:
    """Give where the name of a file and its place speak against each other."""
    said = said_by_name(file.name)
    number = said.elsewhere if said.number is None else said.number
    if by_order:
        yield Message("plan.by-order", "by order and length")
    if number is not None and number != turn.n and (said.number is not None or by_order):
        yield Message("plan.other-number", "its name has the number {number}", number=number)


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
