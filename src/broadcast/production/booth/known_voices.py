"""What a station has learnt of how its people sound, beside what comes with the program.

Only sums are kept of recordings: they can be added, and no sound can be made of them again.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from broadcast.workspace import Workspace

if TYPE_CHECKING:
    from broadcast.align.prior import Prior


def learnt_here(workspace: Workspace) -> Prior | None:
    """Give what a station has learnt; None: nothing, or its file is damaged."""
    data = _kept(workspace.known_voices)
    return _prior(data) if data else None


def prior_here(workspace: Workspace) -> Prior:
    """Give all that is known in a station of how people sound."""
    from broadcast.align.prior import shipped_prior

    return shipped_prior().plus(learnt_here(workspace))


def key_of_known_voices(workspace: Workspace) -> str:
    """Tell what was learnt from anything else: part of the key of what is heard by it."""
    data = _kept(workspace.known_voices)
    return sha256(data).hexdigest() if data else ""


def _kept(file: Path) -> bytes:
    try:
        found = file.stat()
        return _read(file, found.st_mtime_ns, found.st_size)
    except OSError:
        return b""


@lru_cache(maxsize=2)
def _prior(data: bytes) -> Prior | None:
    from broadcast.align.prior import prior_from

    try:
        return prior_from(data)
    except ValueError:
        return None


@lru_cache(maxsize=2)
def _read(file: Path, _touched_ns: int, _size: int) -> bytes:
    return file.read_bytes()
