"""A programme's files ↔ one zip: the same bytes for the same files, and nothing read unchecked."""

from __future__ import annotations

import hashlib
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from broadcast.errors import BroadcastError
from broadcast.messages import Message
from broadcast.production.public.pack_record import (
    FORMAT,
    PACK_RECORD,
    PackedFile,
    PackRecord,
    may_lie,
)
from broadcast.records import record_bytes, record_in, unreadable

MOST_FILES = 2_000
"""More than any programme has takes."""
MOST_BYTES = 16 << 30
"""Eight hours as a recorder writes them: two channels of 24 bits at 96 kHz."""
_MOST_RECORD_BYTES = 2 << 20
_MOST_TIMES = 200
"""How often larger a zip's files may be than the zip: Deflate makes silence 1032 times smaller."""
_FREELY_BYTES = 64 << 20
_BLOCK_BYTES = 1 << 20
# The first day that a zip can have; no other tells the same files from each other.
_NO_DATE = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_COMPRESSED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What zipfile raises at bytes that are no zip or not a whole one.
_ZIP_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OverflowError,
    KeyError,
    ValueError,
)
_GET_ANEW = Message(
    "handed.get-anew", "Let it be sent once more, best as a file and not as a picture or a message."
)


def blocks_of(file: Path) -> Iterator[bytes]:
    """Give a file's bytes, piece by piece. Raises OutsideError when it cannot be read."""
    try:
        with file.open("rb") as source:
            while block := source.read(_BLOCK_BYTES):
                yield block
    except OSError as error:
        raise unreadable(file, error) from error


def add_file(
    package: zipfile.ZipFile, place: str, blocks: Iterable[bytes], size: int
) -> PackedFile:
    """Write a file into a zip and give what is noted of it; ``size`` is about how long it is."""
    hasher, written = hashlib.sha256(), 0
    with package.open(_entry(place, size), "w") as target:
        for block in blocks:
            hasher.update(block)
            written += len(block)
            target.write(block)
    return PackedFile(place=place, size=written, sha256=hasher.hexdigest())


def add_record(package: zipfile.ZipFile, record: PackRecord) -> None:
    """Write what the zip says of itself into it, at its end."""
    data = record_bytes(record)
    with package.open(_entry(PACK_RECORD, len(data)), "w") as target:
        target.write(data)


def _entry(place: str, size: int) -> zipfile.ZipInfo:
    # Not compressed: sound hardly gets smaller, and what zlib makes is not the same everywhere.
    entry = zipfile.ZipInfo(place, _NO_DATE)
    entry.create_system = _UNIX
    entry.external_attr = (stat.S_IFREG | 0o644) << 16
    entry.file_size = size
    return entry


@dataclass(frozen=True, slots=True)
class Pack:
    """A programme's file whose list of files is known to be right; their bytes are yet unread."""

    file: Path
    record: PackRecord
    package: zipfile.ZipFile

    def data(self, packed: PackedFile, most_bytes: int) -> bytes:
        """Give the bytes of a small file. Raises BroadcastError for one that is no longer small."""
        if packed.size > most_bytes:
            raise _refused(self.file, _too_large())
        return b"".join(self._blocks(packed))

    def copy(self, packed: PackedFile, target: BinaryIO) -> None:
        """Write a file's bytes. Raises BroadcastError where they are not what the list says."""
        for block in self._blocks(packed):
            target.write(block)

    def _blocks(self, packed: PackedFile) -> Iterator[bytes]:
        hasher = hashlib.sha256()
        with _reading(self.file), self.package.open(packed.place) as source:
            while block := source.read(_BLOCK_BYTES):
                hasher.update(block)
                yield block
        if hasher.hexdigest() != packed.sha256:
            raise _damaged(self.file)


@contextmanager
def opened(file: Path) -> Iterator[Pack]:
    """Open a programme's file and check all that can be checked before any of it is unpacked.

    Raises BroadcastError for a file that is none, is damaged, or would do harm; OutsideError when
    it cannot be read.
    """
    if not file.is_file():
        raise BroadcastError(Message("file.none", "There is no such file."), file=file)
    with _reading(file):
        package = zipfile.ZipFile(file)
    with package:
        entries = package.infolist()
        _refuse_harm(file, entries)
        yield Pack(file, _record(file, package, entries), package)


def _record(file: Path, package: zipfile.ZipFile, entries: Sequence[zipfile.ZipInfo]) -> PackRecord:
    listed = next((entry for entry in entries if entry.filename == PACK_RECORD), None)
    if listed is None:
        raise _refused(
            file,
            Message("handed.other-zip", "This is another zip: no programme was packed into it."),
        )
    if listed.file_size > _MOST_RECORD_BYTES:
        raise _refused(file, _too_large())
    with _reading(file):
        data = package.read(listed)
    record = record_in(data, Path(f"{file.name}: {PACK_RECORD}"), {FORMAT: PackRecord}, _GET_ANEW)
    for packed in record.files:
        if not may_lie(packed.place, record.name):
            raise _refused(file, _bad_place(packed.place))
    sizes = {packed.place: packed.size for packed in record.files}
    found = {entry.filename: entry.file_size for entry in entries if entry is not listed}
    if found != sizes or len(sizes) != len(record.files):
        raise not_as_listed(file)
    return record


def not_as_listed(file: Path) -> BroadcastError:
    """Give what is said of a zip whose list and files are not of one programme."""
    return _refused(
        file, Message("handed.not-as-listed", "What is in it is not what its own list says.")
    )


def _refuse_harm(file: Path, entries: Sequence[zipfile.ZipInfo]) -> None:
    """Raise BroadcastError for a zip whose entries no programme has, before any is unpacked."""
    if len(entries) > MOST_FILES:
        raise _refused(
            file,
            Message(
                "handed.too-many",
                "There are {count} files in it; a programme has {most} at most.",
                count=len(entries),
                most=MOST_FILES,
            ),
        )
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise BroadcastError(
            Message("handed.encrypted", "This zip needs a password."),
            file=file,
            hint=Message("handed.encrypted.hint", "Let it be sent as “broadcast pack” made it."),
        )
    size = file.stat().st_size
    whole = sum(entry.file_size for entry in entries)
    # Entries that lie on top of each other are more than the file itself.
    if sum(entry.compress_size for entry in entries) > size:
        raise _damaged(file)
    if whole > MOST_BYTES or (whole > _FREELY_BYTES and whole > _MOST_TIMES * size):
        raise _refused(file, _too_large())
    for entry in entries:
        if entry.compress_type not in _COMPRESSED:
            raise _damaged(file)
        mode = entry.external_attr >> 16
        if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
            raise _refused(
                file,
                Message(
                    "handed.no-file",
                    "“{place}” in it is no file but leads elsewhere.",
                    place=entry.filename,
                ),
            )
        # The name as it stands: zipfile ends it at a zero, and turns signs into others.
        if entry.orig_filename != entry.filename or "\\" in entry.orig_filename:
            raise _refused(file, _bad_place(entry.orig_filename))
    _refuse_alike(file, [entry.filename for entry in entries])


def _refuse_alike(file: Path, names: Sequence[str]) -> None:
    """Raise BroadcastError for names that are one on some system, or of file and folder."""
    known: dict[str, str] = {}
    for name in names:
        if (other := known.get(alike(name))) is not None:
            raise _refused(
                file,
                Message(
                    "handed.alike",
                    "“{one}” and “{other}” in it are one file on other computers.",
                    one=other,
                    other=name,
                ),
            )
        known[alike(name)] = name
    for name in names:
        above = name
        while "/" in above:
            above = above.rpartition("/")[0]
            if alike(above) in known:
                raise _refused(file, _bad_place(name))


def alike(name: str) -> str:
    """Give what is equal for names that some system takes for one: case, and how marks are made."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


@contextmanager
def _reading(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise unreadable(file, error) from error
    except _ZIP_FAULTS as error:
        raise _damaged(file) from error


def _damaged(file: Path) -> BroadcastError:
    return BroadcastError(
        Message("handed.damaged", "This is no zip, or it did not arrive whole."),
        file=file,
        hint=_GET_ANEW,
    )


def _bad_place(place: str) -> Message:
    return Message(
        "handed.bad-place", "“{place}” in it may not lie in a station's folder.", place=place
    )


def _too_large() -> Message:
    return Message("handed.too-large", "Unpacked, it would be larger than any programme is.")


def _refused(file: Path, why: Message) -> BroadcastError:
    return BroadcastError(
        why,
        file=file,
        hint=Message(
            "handed.harmful.hint",
            "Nothing was unpacked. Ask who sent it; “broadcast pack” makes no such file.",
        ),
    )
