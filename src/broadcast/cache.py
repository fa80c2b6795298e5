"""A content-addressed store: a value's key is the hash of everything that made it."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec
import xxhash

import broadcast

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_READ_BYTES = 1 << 20
_IS_KEY = re.compile("[0-9a-f]{32}").fullmatch

Value = TypeVar("Value")


def key_of(*parts: object) -> str:
    """Hash ``parts`` (anything JSON can hold) into a name for what they make: 32 hex digits."""
    try:
        canonical = msgspec.json.encode(parts, order="sorted")  # a tenth of the time
    except UnicodeEncodeError:  # half a letter, as a badly copied script has
        text = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        canonical = text.encode("utf-8", "surrogatepass")
    return hashlib.blake2b(canonical, digest_size=16).hexdigest()


def file_digest(file: Path) -> str:
    """Hash a file's bytes: 32 hex digits.

    By XXH3, which takes a tenth of the time that hashes against forgery do: it tells files apart
    that people and programs make, not ones made to be mistaken for each other.
    """
    hasher = xxhash.xxh3_128()
    with file.open("rb") as stream:
        while block := stream.read(_READ_BYTES):
            hasher.update(block)
    return hasher.hexdigest()


def data_digest(data: bytes) -> str:
    """Hash what a file holds, as ``file_digest`` does."""
    return xxhash.xxh3_128(data).hexdigest()


def rules_of(*rooms: str) -> str:
    """Name the rules in rooms of the program: the digest of each file that any of them stand in."""
    folder = Path(broadcast.__file__).parent
    house: Traversable = folder
    if not folder.is_dir():  # it is run from a zip
        from importlib.resources import files

        house = files("broadcast")
    rules = [(one.name, one) for one in house.iterdir() if one.is_file()]
    for name in rooms:
        rules += _files_in(house / name, name)
    digest = hashlib.blake2b(digest_size=16)
    for name, one in sorted(rules, key=itemgetter(0)):
        if name.endswith((".py", ".toml", ".tsv")):
            digest.update(name.encode() + one.read_bytes())
    return digest.hexdigest()


def _files_in(folder: Traversable, named: str) -> Iterator[tuple[str, Traversable]]:
    for one in folder.iterdir():
        name = f"{named}/{one.name}"
        if one.is_file():
            yield name, one
        elif one.name != "__pycache__":
            yield from _files_in(one, name)


class Cache:
    """Files under ``root`` named by key; the least recently used go when it outgrows its limit.

    Where several stations share ``root``, each finds what any of them made, and lists in a file of
    its own, ``made``, what it has made itself: its limit is for those, and no others are deleted.
    """

    def __init__(self, root: Path, limit_bytes: int, made: Path | None = None) -> None:
        self.root = root
        self.limit_bytes = limit_bytes
        self.made = made

    def find(self, key: str) -> Path | None:
        """Give the file kept for ``key``, and note that it was used."""
        place = self._place(key)
        return Path(place) if _used(place) else None

    def get(self, key: str) -> bytes | None:
        """Give the bytes kept for ``key``."""
        place = self._place(key)
        if not _used(place):
            return None
        try:
            with open(place, "rb") as file:  # noqa: PTH123
                return file.read()
        except FileNotFoundError:  # another station that shares it has trimmed it just now
            return None

    def data(self, key: str, found: Callable[[], bytes]) -> bytes:
        """Give the bytes kept for ``key``; where there are none, find and keep them."""
        data = self.get(key)
        if data is None:
            data = found()
            self.put(key, data)
        return data

    def put(self, key: str, data: bytes) -> Path:
        """Keep ``data`` for ``key``."""
        return self.make(key, lambda path: path.write_bytes(data))

    def remember(self, key: str, kind: type[Value], found: Callable[[], Value]) -> Value:
        """Give the value kept for ``key``, or what is ``found``, and keep it as JSON.

        ``kind`` is its type: a dataclass, or any type that msgspec reads, with paths in it.
        """
        known = self.value(key, kind)
        if known is None:
            known = found()
            with suppress(UnicodeEncodeError):  # what no file can hold is found again each time
                self.put_value(key, known)
        return known

    def value(self, key: str, kind: type[Value]) -> Value | None:
        """Give the value of a type kept for ``key``."""
        data = self.get(key)
        if data is not None:
            # Half-written when the power went, or of another version.
            with suppress(msgspec.DecodeError, UnicodeDecodeError, RecursionError):
                return msgspec.json.decode(data, type=kind, dec_hook=_path_from)
        return None

    def put_value(self, key: str, value: object) -> None:
        """Keep a value as JSON."""
        self.put(key, msgspec.json.encode(value, enc_hook=str))

    def make(self, key: str, write: Callable[[Path], object]) -> Path:
        """Keep for ``key`` what ``write`` writes to the path it is given; whole or not at all."""
        path = Path(self._place(key))
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.{os.urandom(4).hex()}.part")
        try:
            write(part)
            _put_in_place(part, path)
        finally:
            part.unlink(missing_ok=True)
        if self.made is not None:
            self.made.parent.mkdir(parents=True, exist_ok=True)
            with self.made.open("a", encoding="ascii") as listed:
                listed.write(f"{key}\n")
        return path

    def make_with(
        self, key: str, kind: type[Value], write: Callable[[Path], Value]
    ) -> tuple[Path, Value]:
        """Give the file kept for ``key`` and what was found out about it, or make both.

        ``write`` writes the file and gives the value, which is of the type ``kind``.
        """
        kept = self.kept_with(key, kind)
        if kept is not None:
            return kept
        found: list[Value] = []
        path = self.make(key, lambda part: found.append(write(part)))
        self.put_value(key_of("facts", key), found[0])
        return path, found[0]

    def kept_with(self, key: str, kind: type[Value]) -> tuple[Path, Value] | None:
        """Give the file kept for ``key`` and what was found out about it, if both are there."""
        facts = self.value(key_of("facts", key), kind)
        path = None if facts is None else self.find(key)
        return None if facts is None or path is None else (path, facts)

    def trim(self, *, used_since: float) -> None:
        """Delete the least recently used files above the limit, but none used since then.

        ``used_since`` is in seconds since the epoch; leftovers of killed writers go with it.
        """
        total, old = 0, []
        for path, facts in self._files() if self.made is None else self._own_files(self.made):
            total += facts.st_size
            if facts.st_mtime < used_since:
                old.append((facts.st_mtime, facts.st_size, path))
        for _, size, path in sorted(old):
            leftover = path.endswith(".part")
            if total <= self.limit_bytes and not leftover:
                continue
            with suppress(OSError):
                if self.made is None or leftover or _last_used_s(path) < used_since:
                    os.unlink(path)  # noqa: PTH108
                    total -= size

    def _files(self) -> Iterator[tuple[str, os.stat_result]]:
        """Give what is kept: by scandir, because there are thousands and every build asks."""
        with suppress(FileNotFoundError), os.scandir(self.root) as folders:
            for folder in folders:
                if not folder.is_dir(follow_symlinks=False):
                    continue
                with suppress(OSError), os.scandir(folder) as files:
                    for file in files:
                        with suppress(OSError):  # another process may have trimmed it first
                            if file.is_file(follow_symlinks=False):
                                yield file.path, file.stat()

    def _own_files(self, made: Path) -> Iterator[tuple[str, os.stat_result]]:
        """Give what this station has made and is still there."""
        keys: set[str] = set()
        with suppress(FileNotFoundError, UnicodeDecodeError):
            keys = set(made.read_text("ascii").split())
        for key in filter(_IS_KEY, keys):
            place = self._place(key)
            with suppress(OSError):
                yield place, os.stat(place)  # noqa: PTH116

    def _place(self, key: str) -> str:
        """Give where a key's file is: as text, for a Path takes longer to make than a file to open.

        A build asks several times for each turn.
        """
        return f"{self.root}/{key[:2]}/{key}"


def _used(place: str) -> bool:
    """Note that a file was used; False where there is none."""
    try:
        os.utime(place)
    except OSError:
        return False
    return True


def _put_in_place(part: Path, path: Path) -> None:
    try:
        part.replace(path)
    except PermissionError:
        # Windows replaces no file that another reads; what is there was made of the same.
        if not path.is_file():
            raise


def _last_used_s(path: str) -> float:
    """Look at a file that others share by opening it: NFS may tell times of a minute ago."""
    with open(path, "rb") as file:  # noqa: PTH123
        return os.fstat(file.fileno()).st_mtime


def _path_from(kind: type[object], text: object) -> object:
    """Read what msgspec does not know by itself: a Path."""
    return Path(str(text)) if kind is Path else text
