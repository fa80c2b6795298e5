"""A file as it was frozen when its episode was published → whether it is that file still."""

from __future__ import annotations

from pathlib import Path

from broadcast.cache import file_digest
from broadcast.messages import Message


def harm_to(file: Path, size: int, digest: str | None) -> Message | None:
    """Say what became of a frozen file; None: it is as it was.

    ``size`` and ``digest`` are those that were recorded of it (None: no digest was). Raises OSError
    when it is there and cannot be read.
    """
    if not file.is_file():
        return Message(
            "published.file-missing", "A published file is missing: {name}.", name=file.name
        )
    if file.stat().st_size != size or (digest and file_digest(file) != digest):
        return Message(
            "published.file-changed", "A published file was changed: {name}.", name=file.name
        )
    return None
