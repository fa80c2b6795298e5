"""A command that dies in this process at one of its changes below a folder: from there on, none.

That is what a killed process leaves: what clean-up it would have done is not done either. The
changes are those of file_changes.py, numbered 1, 2, 3 …; a write dies when half of it is out.
"""

from __future__ import annotations

import builtins
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from file_changes import changed_by, open_with


class Killed(BaseException):
    """No part of the program may take it for a fault that it can mend."""


@dataclass
class Life:
    """What a command changes below ``root``, until it dies at change ``ends`` (0: it lives on)."""

    root: Path
    ends: int = 0
    changes: list[str] = field(default_factory=list)

    @property
    def is_over(self) -> bool:
        return 0 < self.ends <= len(self.changes)

    def reach(self, what: str, where: object) -> bool:
        """Note a change that is about to be made; say whether it is the last, or comes after it."""
        try:
            place = Path(os.fsdecode(where)).relative_to(self.root)  # type: ignore[arg-type]
        except (TypeError, ValueError):  # a descriptor, or a file elsewhere
            return False
        if place.parts[0] == ".broadcast":  # the cache and the locks; not what is kept
            return False
        if not self.is_over:
            self.changes.append(f"{what} {place.as_posix()}")
        return self.is_over


_lives: list[Life] = []


def _heard(event: str, details: tuple[Any, ...]) -> None:
    if not _lives:
        return
    where = changed_by(event, details)
    if where is not None and _lives[-1].reach(event.removeprefix("os."), where):
        raise Killed


sys.addaudithook(_heard)


class _Halving(io.FileIO):
    def write(self, data: Any) -> int:
        life, count = _lives[-1], len(memoryview(data).cast("B"))
        if life.is_over:
            return count  # what is left in a buffer never gets out
        if life.reach("write", self.name):
            super().write(memoryview(data).cast("B")[: count // 2])
            raise Killed
        return super().write(data)


@contextmanager
def dying(root: Path, ends: int = 0) -> Iterator[Life]:
    """Let what is done here die at a change below ``root``, and give what it changed."""
    life, open_halving = Life(root, ends), open_with(_Halving, io.open)
    with pytest.MonkeyPatch.context() as patching:
        patching.setattr("shutil._USE_CP_SENDFILE", False)  # copies are writes, too
        patching.setattr(io, "open", open_halving)
        patching.setattr(builtins, "open", open_halving)
        _lives.append(life)
        try:
            with suppress(Killed):
                yield life
        finally:
            _lives.pop()
