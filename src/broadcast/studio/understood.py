"""A script's file → what is understood of it, kept in mind while neither it nor settings change."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from broadcast.cache import file_digest
from broadcast.model import Level, Problem
from broadcast.production.desk.check_script import Checked, check
from broadcast.workspace import Workspace

_MOST_KEPT = 64
_Stamp = tuple[str | None, ...]


def count_of(problems: Sequence[Problem], level: Level) -> int:
    """Give how many problems are of a level."""
    return sum(problem.level == level for problem in problems)


@dataclass(frozen=True, slots=True)
class Understanding:
    """What ``check`` gives of the scripts that were looked at last."""

    workspace: Workspace
    _kept: OrderedDict[Path, tuple[_Stamp, Checked]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def of(self, file: Path) -> Checked:
        """Give what is understood of a script, with its readings. Raises as ``check`` does."""
        stamp = self._stamp(file)
        with self._lock:
            kept = self._kept.get(file)
        if kept is not None and kept[0] == stamp:
            return kept[1]
        checked = check(self.workspace, file, readings=True)
        with self._lock:
            self._kept[file] = (stamp, checked)
            self._kept.move_to_end(file)
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        return checked

    def _stamp(self, file: Path) -> _Stamp:
        """Give what tells these files from what they were before: times are too coarse for it."""
        files = (file, self.workspace.station_file, self.workspace.lexicon_file)
        return tuple(file_digest(one) if one.is_file() else None for one in files)
