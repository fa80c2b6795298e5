"""The files of a written site, each held against what it was made from, byte by byte."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import xxhash

from broadcast.cache import file_digest
from broadcast.feed.addresses import FEED
from broadcast.feed.check_element import AGAIN
from broadcast.feed.frozen_files import harm_of
from broadcast.feed.parts import Copied, Made
from broadcast.feed.site_record import PlacedFile, SiteRecord
from broadcast.messages import Message
from broadcast.model import Problem


def file_problems(
    folder: Path, copied: Iterable[Copied], made: Iterable[Made], record: SiteRecord
) -> Iterator[tuple[str, Problem]]:
    """Give every path below ``folder`` whose file is missing, damaged or of other making.

    Every byte is read, whatever size and time say. Of the feed the line is told from which on it is
    another. Raises OSError when a file is there and cannot be read.
    """
    now = set()
    for part in copied:
        now.add(part.path)
        if told := _harm_to_copy(folder / part.path, part):
            yield part.path, Problem(None, "error", told, AGAIN)
    for one in made:
        now.add(one.path)
        for problem in _harm_to_made(folder, one, record.files.get(one.path)):
            yield one.path, problem
    for path in sorted(record.files.keys() - now):
        if (folder / path).is_file():
            told = Message(
                "feed.file-left",
                "feed/{path} is still there, and no longer a part of it.",
                path=path,
            )
            yield path, Problem(None, "warning", told, AGAIN)


def _harm_to_copy(file: Path, part: Copied) -> Message | None:
    digest = part.digest
    if digest is None:
        source = part.source()
        digest = file_digest(source) if source.is_file() else None
    harm = harm_of(file, part.size, digest)
    if harm == "missing":
        return _missing(part.path) if part.needed else None
    return _damaged(part.path) if harm else None


def _harm_to_made(folder: Path, part: Made, known: PlacedFile | None) -> Iterator[Problem]:
    file = folder / part.path
    if not file.is_file():
        yield Problem(None, "error", _missing(part.path), AGAIN)
        return
    data = file.read_bytes()
    is_known = known is not None and known.made_from == part.made_from
    if known and is_known and _is(data, known.digest):
        return
    whole = part.make()
    if data == whole:
        return
    line = _first_other_line(data, whole) if part.path == FEED else None
    was_whole = known is not None and _is(data, known.digest)
    yield Problem(line, "error", _outdated(part.path) if was_whole else _damaged(part.path), AGAIN)


def _is(data: bytes, digest: str) -> bool:
    return bool(digest) and xxhash.xxh3_128_hexdigest(data).startswith(digest)


def _first_other_line(data: bytes, whole: bytes) -> int:
    """Give the line, from 1, from which a file is not what it should be."""
    lines = zip(data.splitlines(), whole.splitlines(), strict=False)
    same = 0
    for same, (one, other) in enumerate(lines, 1):
        if one != other:
            return same
    return same + 1


def _missing(path: str) -> Message:
    return Message("feed.part-missing", "feed/{path} is missing.", path=path)


def _damaged(path: str) -> Message:
    return Message("feed.part-damaged", "feed/{path} is not as it was written.", path=path)


def _outdated(path: str) -> Message:
    return Message(
        "feed.part-outdated",
        "feed/{path} was written from other settings or records, or by another version.",
        path=path,
    )
