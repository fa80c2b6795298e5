"""A record's file → the few facts of it that are asked of every episode, remembered.

A station of ten thousand episodes has a gigabyte of records, and `status` needs a line of each.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from time import time_ns
from typing import TypeVar

import msgspec

from broadcast.cache import rules_of
from broadcast.workspace import SETTLED_S, Workspace
from broadcast.workspace.writing import write_atomic

Facts = TypeVar("Facts", bound=msgspec.Struct)


class _Remembered(msgspec.Struct, array_like=True):
    """Facts as they were read from a file of that size and time."""

    size: int
    changed_ns: int
    facts: bytes


class _Kept(msgspec.Struct, array_like=True):
    rules: str
    files: dict[str, _Remembered]


@cache
def _rules() -> str:
    """Name the rules once for a process that asks of many stations."""
    return rules_of("production", "feed", "model", "records")


class RememberedFacts:
    """The facts that were read from a station's files.

    A file is read again when its size or the time of its last change is another, and when the
    change was so late that another could have had the same time. What is kept can be lost at any
    time: it is read anew.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._file = workspace.facts_file
        self._root = workspace.root
        self._rules = _rules()
        self._before = self._kept()
        self._now: dict[str, _Remembered] = {}

    def of(self, file: str, kind: type[Facts], read: Callable[[], Facts | None]) -> Facts | None:
        """Give the facts of a file below the station's folder; None where there is no such file.

        Raises what ``read`` raises; nothing is remembered of that.
        """
        try:
            found = Path(self._root, file).stat()
        except OSError:
            return read()
        known = self._before.get(file)
        if known and (known.size, known.changed_ns) == (found.st_size, found.st_mtime_ns):
            with suppress(msgspec.DecodeError):
                remembered = msgspec.json.decode(known.facts, type=kind)
                self._now[file] = known
                return remembered
        facts = read()
        if facts is not None and time_ns() - found.st_mtime_ns > SETTLED_S * 1e9:
            packed = msgspec.json.encode(facts)  # with the zone of each time, which msgpack loses
            self._now[file] = _Remembered(found.st_size, found.st_mtime_ns, packed)
        return facts

    def keep(self, *, alone: bool = False) -> None:
        """Write what was asked for, beside what was kept or ``alone``; a disk may refuse."""
        kept = self._now if alone else {**self._before, **self._now}
        if kept != self._before:
            with suppress(OSError):
                write_atomic(self._file, msgspec.msgpack.encode(_Kept(self._rules, kept)))

    def _kept(self) -> dict[str, _Remembered]:
        try:
            kept = msgspec.msgpack.decode(self._file.read_bytes(), type=_Kept)
        except (OSError, msgspec.DecodeError):
            return {}
        return kept.files if kept.rules == self._rules else {}
