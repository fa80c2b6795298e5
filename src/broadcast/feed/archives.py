"""Published episodes → the documents that the feed is parted into: the newest, and archives.

Source: RFC 5005, 4 (archived feeds). An archive holds the same places for ever: the first ones
that were ever published, the next ones, and so on, so that a new episode changes none of them but
the last. Withdrawn episodes keep their place, and nothing stands there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from broadcast.feed.addresses import FEED, archive_path
from broadcast.feed.published import PublishedFacts, newest_first


@dataclass(frozen=True, slots=True)
class FeedPage:
    """One document of the feed: its ``episodes``, newest first, and the ``older`` and ``newer``
    ones beside it, by their paths below feed/ (None: there is none).
    """

    path: str
    episodes: Sequence[PublishedFacts]
    older: str | None = None
    newer: str | None = None


def feed_pages(every: Sequence[PublishedFacts], items: int) -> list[FeedPage]:
    """Part all episodes ever published into archives, the oldest first, and the feed at the end.

    The feed holds the newest ``items`` that listeners find, an archive as many places. What the
    feed shows may stand in the newest archive too: readers know an entry by its guid.
    """
    in_order = sorted(every, key=lambda one: (one.published, one.name))
    newest = newest_first(in_order)[:items]
    begins = newest[-1] if len(newest) == items else None
    before = in_order.index(begins) if begins else 0
    count = -(-before // items)
    parts = [in_order[n * items : (n + 1) * items] for n in range(count)]
    paths = [archive_path(n + 1) for n in range(count)] + [FEED]
    shown = [newest_first(part) for part in parts] + [newest]
    return [
        FeedPage(
            path,
            episodes,
            older=paths[n - 1] if n else None,
            newer=paths[n + 1] if n < count else None,
        )
        for n, (path, episodes) in enumerate(zip(paths, shown, strict=True))
    ]
