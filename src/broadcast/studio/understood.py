"""A script's file → what is understood of it, kept in mind while neither it nor settings change."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from broadcast.cache import data_digest, file_digest
from broadcast.model import Level, Problem
from broadcast.production.desk.check_script import Checked, check, check_understood
from broadcast.script.mending import Mended
from broadcast.workspace import Workspace

_MOST_TURNS = 5_000
"""So many turns are kept in mind, of however many scripts: about 20 MB."""
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
        self._keep(file, stamp, checked)
        return checked

    def take(self, new: Mended) -> None:
        """Keep what was understood of a script when it was changed: it need not be again."""
        file = new.script.file
        stamp = (data_digest(new.text.encode("utf-8")), *self._stamp(file)[1:])
        self._keep(file, stamp, check_understood(self.workspace, new.script, readings=True))

    def _keep(self, file: Path, stamp: _Stamp, checked: Checked) -> None:
        with self._lock:
            self._kept[file] = (stamp, checked)
            self._kept.move_to_end(file)
            while len(self._kept) > 1 and self._turns > _MOST_TURNS:
                self._kept.popitem(last=False)

    @property
    def _turns(self) -> int:
        return sum(len(checked.script.turns) for _, checked in self._kept.values())

    def _stamp(self, file: Path) -> _Stamp:
        """Give what tells these files from what they were before: times are too coarse for it."""
        files = (file, self.workspace.station_file, self.workspace.lexicon_file)
        return tuple(file_digest(one) if one.is_file() else None for one in files)
