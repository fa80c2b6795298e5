"""What a process is about to change on the disk, as its audit events tell it; writes by halves.

A change is a moment before a file is made or emptied, renamed, removed or linked, or a folder made
or removed; or when half of some bytes are written.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from typing import Any

_EVENTS = {"os.rename", "os.remove", "os.link", "os.symlink", "os.mkdir", "os.rmdir"}


def changed_by(event: str, details: tuple[Any, ...]) -> object | None:
    """Give the place that an event is about to change; None: it changes nothing."""
    if event == "open":
        where, _, flags = details
        makes_or_empties = isinstance(flags, int) and bool(
            flags & os.O_TRUNC or (flags & os.O_CREAT and not os.path.lexists(where))
        )
        return where if makes_or_empties else None
    if event not in _EVENTS:
        return None
    # -1: not in a folder given by its descriptor
    if details[-1] == -1 and _changes_nothing(event, details[0]):
        return None
    return details[0]  # type: ignore[no-any-return]


def _changes_nothing(event: str, where: Any) -> bool:
    """Whether what is to be made is there, or what is to go is not."""
    there = os.path.lexists(where)
    return there if event == "os.mkdir" else event in ("os.remove", "os.rmdir") and not there


def open_with(kind: type[io.FileIO], opened: Callable[..., Any]) -> Callable[..., Any]:
    """Give an ``open`` that opens what is to be written as a ``kind``, all else as ``opened``."""

    def open_(
        file: Any,
        mode: str = "r",
        buffering: int = -1,
        encoding: str | None = None,
        errors: str | None = None,
        newline: str | None = None,
        *further: Any,
        **named: Any,
    ) -> Any:
        writes = isinstance(file, str | os.PathLike) and set(mode) & set("wxa+")
        if not writes or buffering == 0 or further or named:
            return opened(file, mode, buffering, encoding, errors, newline, *further, **named)
        raw = kind(os.fspath(file), mode.replace("b", "").replace("t", ""))
        buffer = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
        return buffer if "b" in mode else io.TextIOWrapper(buffer, encoding, errors, newline)

    return open_


def points_asked(usually: int) -> int:
    """At how many of its changes a command is ended: KILLS says it, a number or "all"."""
    asked = os.environ.get("KILLS", "")
    return sys.maxsize if asked == "all" else int(asked or usually)
