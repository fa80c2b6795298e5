"""What a browser sends → a file on the disk or a short text, never longer than it may be."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from starlette.requests import Request

from broadcast.errors import OutsideError, UsageError
from broadcast.messages import Message
from broadcast.messages.system_reasons import system_reason
from broadcast.script.read import MOST_BYTES as MOST_SCRIPT_BYTES
from broadcast.workspace import Workspace

__all__ = ["MOST_SCRIPT_BYTES", "clear_left_behind", "fields_of", "incoming_folder", "received"]

_MOST_FIELDS_BYTES = 1_000_000
_LEFT_BEHIND_S = 24 * 3600


def incoming_folder(workspace: Workspace) -> Path:
    """Give the folder of a station where files are on their way in."""
    return workspace.root / ".broadcast" / "incoming"


@asynccontextmanager
async def received(request: Request, folder: Path, named: Path, most: int) -> AsyncIterator[Path]:
    """Give a file with what is sent, which is gone afterwards. ``most`` is in bytes.

    It goes to the disk piece by piece, under a name of our own with the ending of ``named``. Raises
    UsageError for more than ``most``: at once where the browser says so, else when more has come;
    OutsideError when the disk refuses.
    """
    _refuse_more(int(request.headers.get("content-length") or 0), most)
    ending = named.suffix if re.fullmatch(r"\.[A-Za-z0-9]{1,8}", named.suffix) else ".txt"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as own:
        incoming = Path(own) / f"incoming{ending.lower()}"
        try:
            with incoming.open("wb") as file:
                await _write(request, file, most)
        except OSError as error:
            raise OutsideError(
                Message(
                    "file.not-written",
                    "This file cannot be written: {reason}.",
                    reason=system_reason(error),
                )
            ) from error
        yield incoming


async def _write(request: Request, file: BinaryIO, most: int) -> None:
    length = 0
    async for piece in request.stream():
        length += len(piece)
        _refuse_more(length, most)
        file.write(piece)


async def fields_of(request: Request) -> dict[str, str]:
    """Give the named texts of a change. Raises UsageError for what is no such thing, or too long.

    Whatever a page of ours sends is text; a field of another kind is not ours.
    """
    body = bytearray()
    _refuse_more(int(request.headers.get("content-length") or 0), _MOST_FIELDS_BYTES)
    async for piece in request.stream():
        body += piece
        _refuse_more(len(body), _MOST_FIELDS_BYTES)
    try:
        given = json.loads(body)
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict) or not all(isinstance(value, str) for value in given.values()):
        raise UsageError(Message("studio.no-fields", "This is not what the studio's pages send."))
    return given


def clear_left_behind(workspace: Workspace) -> None:
    """Remove what a studio that was killed left of files on their way, a day after it came.

    What another studio of the station receives now is younger, however slow the disk is.
    """
    before = time.time() - _LEFT_BEHIND_S
    for own in incoming_folder(workspace).glob("*"):
        with suppress(OSError):  # another studio was quicker
            if own.stat().st_mtime < before:
                shutil.rmtree(own)


def _refuse_more(length: int, most: int) -> None:
    if length > most:
        raise UsageError(
            Message(
                "studio.too-much",
                "That is too much: {most:bytes} is the most.",
                most=most,
            )
        )
