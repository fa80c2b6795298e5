"""feed.json ↔ what the program put into feed/, how it stood there, and when it was last written.

A record beside each folder that the program writes so: moved.json tells the same of moved/.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, field

from broadcast.errors import BroadcastError, OutsideError
from broadcast.messages import verbatim
from broadcast.records import NEWER, Record, read_record
from broadcast.workspace.writing import write_atomic

OLDER_RECORD = ".broadcast.json"
"""Where version 0.1.0 kept the record: in feed/ itself, which is public."""
FORMAT = 2
"""From this format on it is known how each file stood there."""
# Neither a way out on some system, nor a name that none has.
_IS_PLACE = re.compile(r"(?:(?!\.{1,2}(?:/|\Z))[^/\\:\0]{1,255}(?:/(?!\Z)|\Z))+").fullmatch
_LONGEST_NAME = 255  # bytes, on all common file systems
_Zoned = Annotated[datetime, Meta(tz=True)]


class PlacedFile(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A file as it stood below feed/ when it was last seen whole.

    ``made_from`` names what a page or a feed was made from ("": a copy of what was published),
    ``digest`` is that of its bytes. ``seen_ns`` is when it was last changed, by the file system;
    0 where a later change could have the same time, so that its size and time alone prove nothing.
    """

    made_from: str = ""
    size: int = -1
    digest: str = ""
    seen_ns: int = 0


class SiteRecord(Record, frozen=True, kw_only=True):
    """The paths below feed/ that the program made: it removes no others.

    ``seen`` is the latest time by any clock at which they were written (None: nobody noted it),
    ``address`` the feed's on the web then, ``moved_from`` those that it had before, with the time
    when they were left. ``removed`` tells when a file that listeners could fetch was taken away: a
    host may have it still.
    """

    format: int = FORMAT
    files: dict[str, PlacedFile] = field(default_factory=dict)
    seen: _Zoned | None = None
    address: str = ""
    moved_from: dict[str, _Zoned] = field(default_factory=dict)
    removed: dict[str, _Zoned] = field(default_factory=dict)


class _SiteFile(Record, frozen=True, kw_only=True):
    """The same as a file has it: one without files says so, or it is damaged."""

    format: int
    files: dict[str, PlacedFile]
    seen: _Zoned | None = None
    address: str = ""
    moved_from: dict[str, _Zoned] = field(default_factory=dict)
    removed: dict[str, _Zoned] = field(default_factory=dict)


class SiteHead(msgspec.Struct, frozen=True):
    """When a site was written, and when files were taken away that a host may have still."""

    format: int = 1
    seen: _Zoned | None = None
    removed: dict[str, _Zoned] = field(default_factory=dict)


class _SitePaths(Record, frozen=True, kw_only=True):
    """What format 1 said: which files there are."""

    format: int = 1
    files: tuple[str, ...]
    seen: _Zoned | None = None


def site_record_file(folder: Path) -> Path:
    """Give where the record of the site in ``folder`` is: beside it, for it is nobody's to read."""
    return folder.with_name(f"{folder.name}.json")


def read_site_record(folder: Path) -> SiteRecord:
    """Read what the program put into ``folder``, also where version 0.1.0 noted it.

    Of a record that is damaged nothing is known: what it named stays, which harms nobody. Raises
    OutsideError when it cannot be read, BroadcastError when a newer program wrote it.
    """
    own = _read(site_record_file(folder))
    older = _read(folder / OLDER_RECORD).files
    known = {path: file for path, file in (older | own.files).items() if can_be_below(path)}
    return msgspec.structs.replace(own, files=known)


def site_head(folder: Path) -> SiteHead:
    """Give when ``folder`` was written and what went from it, without what is in it.

    Of a large site the files take longer than all else. Raises as ``read_site_record`` does.
    """
    found = _taken(site_record_file(folder), SiteHead)
    return found if isinstance(found, SiteHead) else SiteHead()


def write_site_record(folder: Path, record: SiteRecord) -> None:
    """Write what the program put into ``folder``."""
    write_atomic(site_record_file(folder), _lines(record))


def distrust(folder: Path, paths: Iterable[str]) -> None:
    """Note that size and time of these files prove nothing, so that the next writing reads them."""
    record = read_site_record(folder)
    doubted = {
        path: PlacedFile(known.made_from, known.size, known.digest)
        for path in paths
        if (known := record.files.get(path)) is not None
    }
    if doubted:
        files = {**record.files, **doubted}
        write_site_record(folder, msgspec.structs.replace(record, files=files))


def can_be_below(path: str) -> bool:
    """Whether a path leads to nothing outside the folder it is below, and a disk can have it."""
    if _IS_PLACE(path) is None:
        return False
    return path.isascii() or all(len(part.encode()) <= _LONGEST_NAME for part in path.split("/"))


def _read(file: Path) -> SiteRecord:
    found = _taken(file, _SiteFile, _SitePaths)
    if isinstance(found, _SiteFile):
        return SiteRecord(**{name: getattr(found, name) for name in found.__struct_fields__})
    if isinstance(found, _SitePaths):
        files = dict.fromkeys(found.files, PlacedFile())
        return SiteRecord(format=1, files=files, seen=found.seen)
    return SiteRecord()


def _taken(
    file: Path, kind: type[msgspec.Struct], older: type[msgspec.Struct] | None = None
) -> msgspec.Struct | None:
    """Give what the file says, read as a ``kind``; None where it is not there or damaged."""
    try:
        return read_record(file, {1: older or kind, FORMAT: kind}, verbatim(""))
    except BroadcastError as error:
        if isinstance(error, OutsideError) or error.message.code in NEWER:
            raise
        return None


def _lines(record: SiteRecord) -> bytearray:
    """Give the record as JSON with a line for each file: equal records, equal bytes."""
    one = msgspec.json.Encoder(order="sorted").encode
    head = {
        name: value
        for name in record.__struct_fields__
        if name != "files" and (value := getattr(record, name))
    }
    head["format"] = FORMAT
    written = bytearray(one(head)[:-1] + b', "files": {')
    for n, path in enumerate(sorted(record.files)):
        written += b",\n" if n else b"\n"
        written += one(path) + b": " + one(record.files[path])
    written += b"\n}}\n"
    return written
