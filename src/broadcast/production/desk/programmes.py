"""A station's folders → every programme there is, of those not yet built too, and what each is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from broadcast.production.desk.find_script import scripts_by_name
from broadcast.production.desk.progress import Reporter
from broadcast.production.desk.status import EpisodeState, status
from broadcast.workspace import Workspace

Stage = Literal[
    "unbuilt", "draft", "approved", "scheduled", "published", "changed", "withdrawn", "damaged"
]


@dataclass(frozen=True, slots=True)
class Programme:
    """One programme: its script's files (none: it is gone, several: which one is not clear).

    ``state`` is what ``status`` tells of it; None: nothing was ever made of the script.
    """

    name: str
    scripts: tuple[Path, ...]
    state: EpisodeState | None

    @property
    def stage(self) -> Stage:
        """How far it has come."""
        state = self.state
        if state is None:
            return "unbuilt"
        if state.damage or state.unread:
            return "damaged"
        if state.published is None:
            return "approved" if state.is_approved else "draft"
        if state.published.state != "published":
            return "withdrawn"
        if state.is_newer_than_published and state.draft is not None:
            return "changed"
        return "scheduled" if state.waits else "published"

    @property
    def script(self) -> Path | None:
        """The one script that it is made from."""
        return self.scripts[0] if len(self.scripts) == 1 else None


def programmes(workspace: Workspace, now: datetime, reporter: Reporter) -> list[Programme]:
    """Give every programme, the one whose script was touched last first. Raises as ``status``."""
    states = {state.name: state for state in status(workspace, now, reporter)}
    scripts = scripts_by_name(workspace)
    found = [
        Programme(name, tuple(scripts.get(name, ())), states.get(name))
        for name in sorted(states.keys() | scripts.keys())
    ]
    return sorted(found, key=_touched, reverse=True)


def programme(
    workspace: Workspace, name: str, now: datetime, reporter: Reporter
) -> Programme | None:
    """Give the programme of that name; None: there is none. Raises as ``status`` does."""
    return next((one for one in programmes(workspace, now, reporter) if one.name == name), None)


def _touched(programme: Programme) -> float:
    times = [file.stat().st_mtime for file in programme.scripts if file.is_file()]
    if not times and programme.state and programme.state.published:
        return programme.state.published.published.timestamp()
    return max(times, default=0.0)
