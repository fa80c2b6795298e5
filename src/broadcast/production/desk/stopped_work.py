"""What a stopped command had decided for an episode's files → all in place, or told in words."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from broadcast.errors import OutsideError
from broadcast.messages import Message
from broadcast.production.desk.progress import Reporter, waiting
from broadcast.workspace import Workspace
from broadcast.workspace.locks import locked
from broadcast.workspace.moving import is_half_moved
from broadcast.workspace.writing import finish_replacing, is_half_replaced


def finish_stopped(workspace: Workspace, names: Iterable[str], reporter: Reporter) -> None:
    """Put those files in place that a killed command had decided for, and tell of it.

    Where nothing can be written it is told that the files are those of two builds.
    """
    for name in names:
        folders = _folders(workspace, name)
        if not any(map(is_half_replaced, folders)):
            continue
        try:
            with locked(workspace, waiting(reporter)):
                were_half = any(map(is_half_replaced, folders))
                finish_held(workspace, (name,))
        except (OSError, OutsideError):
            told = Message(
                "draft.mixed",
                "The files of {name} are partly those of one build and partly those of another: "
                "a command was stopped while it replaced them. "
                "The next build or publish finishes that.",
                name=name,
            )
        else:
            if not were_half:  # another command was at it just now
                continue
            told = Message(
                "draft.finished",
                "A command was stopped while it replaced the files of {name}; "
                "now they are all of one build.",
                name=name,
            )
        reporter.say(told)


def finish_held(workspace: Workspace, names: Iterable[str]) -> None:
    """Put in place what was decided for those files, with the station held already."""
    for name in names:
        for folder in _folders(workspace, name):
            if folder.is_dir():
                finish_replacing(folder)


def finish_moves(workspace: Workspace, reporter: Reporter) -> None:
    """Finish what a killed command had decided to move, and tell of it.

    Raises OutsideError where nothing can be written: files are at both places then.
    """
    if not is_half_moved(workspace.root):
        return
    with locked(workspace, waiting(reporter)):
        pass  # who holds the station finishes it
    reporter.say(
        Message(
            "moving.finished",
            "A command was stopped while it renamed or unpacked a programme; "
            "now all its files are where they belong.",
        )
    )


def _folders(workspace: Workspace, name: str) -> tuple[Path, Path]:
    return workspace.draft(name), workspace.published(name)
