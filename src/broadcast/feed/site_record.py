"""feed.json ↔ what the program put into feed/, and the latest time at which it wrote there."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Annotated

from msgspec import Meta

from broadcast.errors import BroadcastError, OutsideError
from broadcast.messages import verbatim
from broadcast.records import NEWER, Record, read_record, record_bytes
from broadcast.workspace.writing import write_atomic

OLDER_RECORD = ".broadcast.json"
"""Where version 0.1.0 kept the record: in feed/ itself, which is public."""
_LONGEST_NAME = 255  # bytes, on all common file systems


class SiteRecord(Record, frozen=True, kw_only=True):
    """The paths below feed/ that the program made: it removes no others.

    ``seen`` is the latest time by any clock at which they were written (None: nobody noted it).
    """

    format: int = 1
    files: tuple[str, ...] = ()
    seen: Annotated[datetime, Meta(tz=True)] | None = None


class _SiteFile(Record, frozen=True, kw_only=True):
    """The same as a file has it: one without files says so, or it is damaged."""

    format: int = 1
    files: tuple[str, ...]
    seen: Annotated[datetime, Meta(tz=True)] | None = None


def site_record_file(folder: Path) -> Path:
    """Give where the record of the site in ``folder`` is: beside it, for it is nobody's to read."""
    return folder.with_name("feed.json")


def read_site_record(folder: Path) -> SiteRecord:
    """Read what the program put into ``folder``, also where version 0.1.0 noted it.

    Of a record that is damaged nothing is known: what it named stays, which harms nobody. Raises
    OutsideError when it cannot be read, BroadcastError when a newer program wrote it.
    """
    own = _read(site_record_file(folder))
    named = {*own.files, *_read(folder / OLDER_RECORD).files}
    paths = {str(path) for path in map(PurePosixPath, named) if _can_be_below(path)}
    return SiteRecord(files=tuple(sorted(paths)), seen=own.seen)


def write_site_record(folder: Path, record: SiteRecord) -> None:
    """Write what the program put into ``folder``; what is noted already is not touched."""
    file, data = site_record_file(folder), record_bytes(record)
    if not file.is_file() or file.read_bytes() != data:
        write_atomic(file, data)


def _read(file: Path) -> SiteRecord:
    try:
        found = read_record(file, {1: _SiteFile}, verbatim(""))
    except BroadcastError as error:
        if isinstance(error, OutsideError) or error.message.code in NEWER:
            raise
        found = None
    return SiteRecord(files=found.files, seen=found.seen) if found else SiteRecord()


def _can_be_below(path: PurePosixPath) -> bool:
    """Whether a path leads to nothing outside, and a disk can have it."""
    leads_out = path.is_absolute() or ".." in path.parts or set(str(path)) & set("\\:\0")
    return not leads_out and all(len(part.encode()) <= _LONGEST_NAME for part in path.parts)
