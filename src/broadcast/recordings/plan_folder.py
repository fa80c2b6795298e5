"""A folder of files somebody recorded → which file is for which turn, to be looked at first.

Names decide where they say a turn. The others are laid over the remaining turns in order, so that
lengths fit as well as they can: turns may be left out, and files left over.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from broadcast.model import Turn
from broadcast.recordings.pair import named_turn

# What leaving a file over costs, as a length that is wrong by this factor does.
_LEFT_OVER = math.log(2.5)
_DOUBTFUL = math.log(1.6)


@dataclass(frozen=True, slots=True)
class Planned:
    """A file, the turn it would be used for (None: for none), and why that may be wrong."""

    file: Path
    turn: Turn | None
    doubt: str = ""


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
    planned = []
    for file in files:
        turn = named.get(file) or laid.get(file)
        planned.append(
            Planned(file, turn, _doubt(file, turn, lengths_ms, expected_ms, file in named))
        )
    return tuple(planned)


def _laid_over(
    files: Sequence[Path],
    turns: Sequence[Turn],
    lengths_ms: Mapping[Path, int],
    expected_ms: Mapping[str, int],
) -> dict[Path, Turn]:
    """Give the order-keeping assignment whose lengths fit best (dynamic programming)."""
    best = [[0.0] * (len(turns) + 1) for _ in range(len(files) + 1)]
    for f in range(len(files) - 1, -1, -1):
        best[f][len(turns)] = best[f + 1][len(turns)] + _LEFT_OVER
        for t in range(len(turns) - 1, -1, -1):
            best[f][t] = min(
                best[f][t + 1],
                best[f + 1][t] + _LEFT_OVER,
                best[f + 1][t + 1] + _misfit(lengths_ms[files[f]], expected_ms[turns[t].id]),
            )
    laid: dict[Path, Turn] = {}
    f = t = 0
    while f < len(files) and t < len(turns):
        fits = best[f + 1][t + 1] + _misfit(lengths_ms[files[f]], expected_ms[turns[t].id])
        if best[f][t] == fits:
            laid[files[f]] = turns[t]
            f, t = f + 1, t + 1
        elif best[f][t] == best[f][t + 1]:
            t += 1
        else:
            f += 1
    return laid


def _misfit(length_ms: int, expected_ms: int) -> float:
    """How wrong a length is: the logarithm of its ratio; short answers vary by whole seconds."""
    return abs(math.log((length_ms + 1_500) / (expected_ms + 1_500)))


def _doubt(
    file: Path,
    turn: Turn | None,
    lengths_ms: Mapping[Path, int],
    expected_ms: Mapping[str, int],
    by_name: bool,
) -> str:
    if turn is None:
        return "fits no turn that is left; it is not used"
    length_ms, wanted_ms = lengths_ms[file], expected_ms[turn.id]
    if _misfit(length_ms, wanted_ms) > _DOUBTFUL:
        return f"{length_ms / 1000:.0f} s long, and these words take about {wanted_ms / 1000:.0f} s"
    return "" if by_name else "by order and length"
