"""What feed/ has, what a host has, and what was put there → what is put, in order, and deleted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from broadcast.delivery.host import Host, Sent

BESIDE = ".part"
"""What is added to a file's name while it is on its way."""
_FEED = "feed.xml"
_MEDIA = "media/"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A file of the public site: its path, its size and digest, and how the host is to give it.

    ``kind`` is its content type, ``cache`` its Cache-Control. ``named_by_content`` says that other
    bytes would have another name.
    """

    path: str
    size: int
    digest: str
    kind: str
    cache: str
    named_by_content: bool = False


@dataclass(frozen=True, slots=True)
class DeliveryOrders:
    """What is to be done on a host: ``media``, then ``pages``, then ``feeds`` with the feed last.

    ``remove`` goes after them. ``strangers`` are paths that somebody else put there and that would
    be replaced; ``found`` those of them that have the right name and size already.
    """

    media: tuple[Outgoing, ...] = ()
    pages: tuple[Outgoing, ...] = ()
    feeds: tuple[Outgoing, ...] = ()
    remove: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()
    found: tuple[Outgoing, ...] = ()

    @property
    def put(self) -> tuple[Outgoing, ...]:
        """All that is put, in order."""
        return (*self.media, *self.pages, *self.feeds)

    @property
    def size(self) -> int:
        """How many bytes go."""
        return sum(one.size for one in self.put)


def orders(
    outgoing: Iterable[Outgoing],
    recorded: Mapping[str, str],
    folder_of: Callable[[str], Mapping[str, int]],
) -> DeliveryOrders:
    """Compare what is to be on a host with what was put there and with what it has.

    ``recorded`` has a digest for each path that the program put; ``folder_of`` gives the files that
    a folder on the host has.
    """
    wanted = sorted(outgoing, key=lambda one: (_rank(one.path), one.path))
    folders = {one.path.rpartition("/")[0] for one in wanted}
    there = {folder: folder_of(folder) for folder in sorted(folders)}
    by_rank: dict[int, list[Outgoing]] = {}
    strangers, found = [], []
    for one in wanted:
        folder, _, name = one.path.rpartition("/")
        size = there[folder].get(name)
        if size is not None and one.path not in recorded:
            strangers.append(one.path)
            if one.named_by_content and size == one.size:
                found.append(one)
                continue
        is_whole = size in (one.size, -1)
        if not (is_whole and recorded.get(one.path) == one.digest):
            by_rank.setdefault(min(_rank(one.path), 2), []).append(one)
    stays = {one.path for one in wanted}
    return DeliveryOrders(
        media=tuple(by_rank.get(0, ())),
        pages=tuple(by_rank.get(1, ())),
        feeds=tuple(by_rank.get(2, ())),
        remove=tuple(sorted(path for path in recorded if path not in stays)),
        strangers=tuple(strangers),
        found=tuple(found),
    )


@dataclass
class Delivery:
    """One delivery: where the files are here, the host, and who notes what is done.

    ``noted`` is told each path whose state on the host changed: its digest, "" while it is not
    known, None when it is gone. ``begins`` is told each path whose turn has come.
    """

    source: Callable[[str], Path]
    host: Host
    noted: Callable[[Mapping[str, str | None]], None]
    sent: Sent
    begins: Callable[[str], None] = field(default=lambda path: None)

    def carry_out(self, given: DeliveryOrders, check: Callable[[], None]) -> None:
        """Put all in order, and delete what is due; ``check`` looks at the media before pages go.

        Raises HostError, and what ``check`` raises; then pages or feed are as they were.
        """
        coming: dict[str, str | None] = dict.fromkeys((one.path for one in given.put), "")
        self.noted({**coming, **{one.path: one.digest for one in given.found}})
        for one in given.media:
            self._put(one)
        if given.put:
            check()
        for one in (*given.pages, *given.feeds):
            self._put(one)
        for path in given.remove:
            self.begins(path)
            self.host.remove(path)
            if not self.host.puts_whole:
                self.host.remove(path + BESIDE)
            self.noted({path: None})

    def _put(self, one: Outgoing) -> None:
        self.begins(one.path)
        whole = self.host.puts_whole
        beside = one.path if whole else one.path + BESIDE
        self.host.put(beside, self.source(one.path), one.kind, one.cache, self.sent)
        if not whole:
            self.host.move(beside, one.path)
        self.noted({one.path: one.digest})


def is_media(path: str) -> bool:
    """Whether a path is of what pages and feeds name, and goes before them."""
    return _rank(path) == 0


def _rank(path: str) -> int:
    """Give what goes when: media, pages, the feed's archives, and last the feed itself."""
    if path == _FEED:
        return 3
    if path.startswith(_MEDIA):  # transcripts are pages by their names alone
        return 0
    return 2 if path.endswith(".xml") else 1 if path.endswith(".html") else 0
