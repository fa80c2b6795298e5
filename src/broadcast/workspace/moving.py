"""Files and folders moved as one change: all of them, or none, whatever ends the program meanwhile.

What is decided stands in one file of the station until all of it is done. Whoever holds the station
next finishes it; where that cannot be done (a program has one of the files open), all goes back.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import msgspec

from broadcast.workspace.writing import write_atomic

_DECIDED = ".moving.json"
Move = tuple[str, str]
"""Where something is and where it goes, as paths below the station's folder, or whole ones."""


class _Decided(msgspec.Struct, frozen=True):
    """The moves in their order, and the folders that nobody needs after them."""

    moves: tuple[Move, ...]
    left_over: tuple[str, ...]


def move_all(root: Path, moves: Sequence[Move], left_over: Sequence[str]) -> None:
    """Make ``moves`` in their order as one change, then remove the folders ``left_over``.

    Nothing may be at any place that something goes to, but what an earlier move takes away. The
    station is held meanwhile. Raises OSError when one cannot be made: then all is where it was, or
    ``is_half_moved`` says that it is not.
    """
    decided = _Decided(tuple(moves), tuple(left_over))
    write_atomic(root / _DECIDED, msgspec.json.encode(decided))
    try:
        _carry_out(root, decided, decided.moves)
    except OSError:
        _go_back(root, decided)
        raise


def is_half_moved(root: Path) -> bool:
    """Whether moves were decided of which some may be to do: a command is at work, or was."""
    return (root / _DECIDED).is_file()


def finish_moving(root: Path) -> None:
    """Finish what a killed command had decided to move, or undo it, with the station held.

    Raises OSError when neither can be done.
    """
    if not is_half_moved(root):
        return
    decided = msgspec.json.decode((root / _DECIDED).read_bytes(), type=_Decided)
    try:
        _carry_out(root, decided, decided.moves)
    except OSError:
        _go_back(root, decided)


def _go_back(root: Path, decided: _Decided) -> None:
    _carry_out(root, decided, [(target, source) for source, target in reversed(decided.moves)])


def _carry_out(root: Path, decided: _Decided, moves: Sequence[Move]) -> None:
    for source, target in moves:
        # What was done before stays done: it is no longer where it was.
        if os.path.lexists(root / source) and not os.path.lexists(root / target):
            (root / target).parent.mkdir(parents=True, exist_ok=True)
            (root / source).rename(root / target)
    (root / _DECIDED).unlink()
    # Not before: by what lies in them it is known how far the moves have come.
    for folder in decided.left_over:
        shutil.rmtree(root / folder, ignore_errors=True)
