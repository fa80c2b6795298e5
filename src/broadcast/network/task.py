"""One episode as it is handed to another machine → what became of it there.

Paths go relative to the folder that both machines share, which each finds by a variable of its own;
where the command's machine sets none, it lies under the same path on all.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from broadcast import __version__
from broadcast.errors import BroadcastError, OutsideError
from broadcast.messages import Message
from broadcast.network.far import FarReporter, Noticed, Remark, Step, Told
from broadcast.production.making.build import build
from broadcast.production.making.orders import Orders
from broadcast.workspace import STATION_FILE, Workspace

SHARED = "BROADCAST_SHARED"


@dataclass(frozen=True, slots=True)
class Task:
    """An episode to make: ``station`` from the shared folder, or whole; ``script`` from there."""

    station: str
    script: str
    orders: Orders
    version: str = __version__


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a task: reasons as a build gives them, what was told, and what went wrong.

    Files are named from the station's folder.
    """

    reasons: tuple[Message, ...]
    told: tuple[Remark | Noticed, ...]
    error: BroadcastError | None = None


def task_for(workspace: Workspace, file: Path, orders: Orders) -> Task:
    """Give the task of making a script's episode elsewhere.

    Raises BroadcastError for a script or a station that the other machine cannot see.
    """
    root, script = workspace.root.resolve(), file.resolve()
    if not script.is_relative_to(root):
        raise BroadcastError(
            Message("cluster.far-script", "This script lies outside its station's folder."),
            file=file,
            hint=Message(
                "cluster.far-script.hint",
                "Other machines see the station's folder alone: put it into scripts/.",
            ),
        )
    station = root.as_posix()
    if shared := os.environ.get(SHARED, "").strip():
        folder = Path(shared).resolve()
        if not root.is_relative_to(folder):
            raise BroadcastError(
                Message(
                    "cluster.not-shared",
                    "The station lies outside the folder in {variable}: {folder}.",
                    variable=SHARED,
                    folder=folder,
                ),
                file=root,
            )
        station = root.relative_to(folder).as_posix()
    return Task(station, script.relative_to(root).as_posix(), orders)


def make_episode(task: Task, step: Callable[[Step], None] = lambda step: None) -> Report:
    """Make an episode on the machine that this runs on; made before from the same, it stays.

    ``step`` is told how far it is; the rest that is told comes with the report.
    Raises OutsideError where that machine does not see the station or has another version.
    """
    if task.version != __version__:
        raise OutsideError(
            Message(
                "cluster.other-version",
                "A worker has broadcast {there}, and this is {here}.",
                there=__version__,
                here=task.version,
            ),
            hint=Message("cluster.other-version.hint", "Install the same version on all."),
        )
    root = Path(os.environ.get(SHARED, "").strip() or "/", task.station)
    if not (root / STATION_FILE).is_file():
        raise OutsideError(
            Message(
                "cluster.no-station",
                "A worker does not see the station’s folder: {root}.",
                root=root,
            ),
            hint=Message(
                "cluster.no-station.hint",
                "Let the same folder be seen by all machines. Where its path differs, set "
                "{variable} on each to the folder that they share.",
                variable=SHARED,
            ),
        )
    told: list[Remark | Noticed] = []

    def hear(one: Told) -> None:
        match one:
            case Step():
                step(one)
            case Noticed(file, problem):
                told.append(Noticed(_from(root, file), problem))
            case Remark(sentence) if sentence.code != "waiting":  # it is over when this is read
                told.append(one)

    try:
        built = build(
            Workspace(root), root / task.script, task.orders, FarReporter(hear, lambda: None)
        )
    except BroadcastError as error:
        if error.file is not None:
            error.file = _from(root, Path(error.file))
        return Report((), tuple(told), error)
    return Report(built.reasons, tuple(told))


def _from(root: Path, file: Path) -> Path:
    try:
        return file.resolve().relative_to(root.resolve())
    except ValueError:
        return file
