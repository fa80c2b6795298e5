"""A file as it was frozen when its episode was published → whether it is that file still."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from broadcast.cache import file_digest
from broadcast.messages import Message

Harm = Literal["missing", "changed"]


def harm_of(file: Path, size: int, digest: str | None) -> Harm | None:
    """Give what became of a file, which is read whole; None: it is as it was.

    ``size`` and ``digest`` are those that were recorded of it (None: no digest was). Raises OSError
    when it is there and cannot be read.
    """
    if not file.is_file():
        return "missing"
    is_changed = file.stat().st_size != size or (digest and file_digest(file) != digest)
    return "changed" if is_changed else None


def harm_to(file: Path, size: int, digest: str | None) -> Message | None:
    """Say what became of a frozen file; None: it is as it was. Raises as ``harm_of`` does."""
    harm = harm_of(file, size, digest)
    if harm is None:
        return None
    if harm == "missing":
        return Message(
            "published.file-missing", "A published file is missing: {name}.", name=file.name
        )
    return Message(
        "published.file-changed", "A published file was changed: {name}.", name=file.name
    )
