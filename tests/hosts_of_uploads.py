"""A host in memory that keeps what hosts promise, fails as they do, and what listeners get."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

import feedparser

from broadcast.delivery.host import Sent


@dataclass
class MemoryHost:
    """Files in memory. ``before`` is called with each order and its path, and may raise.

    ``replaces``: whether a file can be moved over another. ``log`` are the orders that were given.
    """

    puts_whole: bool = False
    replaces: bool = True
    files: dict[str, bytes] = field(default_factory=dict)
    kinds: dict[str, tuple[str, str]] = field(default_factory=dict)
    log: list[tuple[str, str]] = field(default_factory=list)
    before: Callable[[str, str], None] = lambda order, path: None
    closed: int = 0

    def list(self, folder: str) -> Mapping[str, int]:
        self.before("list", folder)
        split = {path: path.rpartition("/") for path in self.files}
        return {
            name: len(self.files[path]) for path, (at, _, name) in split.items() if at == folder
        }

    def put(self, path: str, file: Path, kind: str, cache: str, sent: Sent) -> None:
        data = file.read_bytes()
        if not self.puts_whole:
            self.files[path] = data[: len(data) // 2]
        self._ordered("put", path)
        self.files[path] = data
        self.kinds[path] = (kind, cache)
        sent(len(data))

    def move(self, old: str, new: str) -> None:
        if not self.replaces and new in self.files:
            self._ordered("delete", new)
            del self.files[new]
        self._ordered("move", new)
        self.files[new] = self.files.pop(old)

    def remove(self, path: str) -> None:
        self._ordered("remove", path)
        self.files.pop(path, None)

    def close(self) -> None:
        self.closed += 1

    def _ordered(self, order: str, path: str) -> None:
        self.log.append((order, path))
        self.before(order, path)


def named_in(feed: bytes, base_url: str) -> dict[str, int | None]:
    """Give the paths that a feed names below its address, read by feedparser, with told lengths."""
    named: dict[str, int | None] = {}
    for entry in feedparser.parse(feed).entries:
        for link in entry.enclosures:
            named[unquote(link.href.removeprefix(base_url))] = int(link.length)
    for address in re.findall(rf'(?:url|href)="({re.escape(base_url)}[^"#?]+)"', feed.decode()):
        named.setdefault(unquote(address.removeprefix(base_url)), None)
    return named


def lacking(read: Callable[[str], bytes | None], base_url: str) -> list[str]:
    """Give what a listener who has the feed of a host does not get there whole."""
    feed = read("feed.xml")
    if feed is None:
        return ["feed.xml"]
    missing = []
    for path, length in named_in(feed, base_url).items():
        data = read(path)
        if data is None or (length is not None and len(data) != length):
            missing.append(path)
    return missing
