"""An error that a command ended with → noted in the station by its codes, for whoever helps later.

What was written in scripts and settings is not kept: only which message it was, and where in the
program a mistake of its own happened.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import msgspec

import broadcast
from broadcast.errors import BroadcastError
from broadcast.messages import Message
from broadcast.workspace import Workspace
from broadcast.workspace.writing import write_atomic

_KEPT = 20
_PROGRAM = Path(broadcast.__file__).parent


class NotedError(msgspec.Struct, frozen=True):
    """An error: when, at which command, the codes of its messages, and where it happened."""

    at: str
    command: str
    codes: tuple[str, ...]
    places: tuple[str, ...] = ()


def note_error(workspace: Workspace, now: datetime, command: str, error: Exception) -> None:
    """Note an error beside the last ones; where that cannot be done, nothing is said of it."""
    is_told = isinstance(error, BroadcastError)
    noted = NotedError(
        now.isoformat(timespec="seconds"),
        command,
        tuple(_codes(error.message)) if isinstance(error, BroadcastError) else _kind(error),
        () if is_told else getattr(error, "places", None) or tuple(_places(error)),
    )
    kept = (*last_errors(workspace), noted)[-_KEPT:]
    with suppress(OSError):
        write_atomic(_file(workspace), msgspec.json.encode(kept))


def with_places(error: Exception) -> Exception:
    """Let an error carry into another process where it happened: its traceback stays here."""
    error.places = tuple(_places(error))  # type: ignore[attr-defined]
    return error


def last_errors(workspace: Workspace) -> tuple[NotedError, ...]:
    """Give the errors that were noted, the last one last; none of what cannot be read."""
    try:
        return msgspec.json.decode(_file(workspace).read_bytes(), type=tuple[NotedError, ...])
    except (OSError, msgspec.DecodeError):
        return ()


def _file(workspace: Workspace) -> Path:
    return workspace.root / ".broadcast" / "last-errors.json"


def _codes(message: Message) -> Iterator[str]:
    yield message.code
    for value in message.values.values():
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, Message):
                yield from _codes(one)


def _kind(error: Exception) -> tuple[str, ...]:
    number = getattr(error, "errno", None)
    kind = type(error).__name__
    return (kind,) if number is None else (kind, f"errno {number}")


def _places(error: Exception) -> Iterator[str]:
    """Give where it went through the program; of other packages the file's name alone."""
    for frame in traceback.extract_tb(error.__traceback__):
        file = Path(frame.filename)
        inside = file.is_relative_to(_PROGRAM)
        name = file.relative_to(_PROGRAM).as_posix() if inside else file.name
        yield f"{name}:{frame.lineno} {frame.name}"
