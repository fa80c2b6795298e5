"""adopted.json ↔ what subscribers know of a feed that was with another host: guids and dates."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

from msgspec import Meta

from broadcast.messages import Message
from broadcast.records import Count, PlainText, Record, read_record
from broadcast.text import folded

_HINT = Message(
    "adopted.damaged.hint", "Take it back from a backup, or: broadcast feed --adopt FEED.xml"
)


class AdoptedItem(Record, frozen=True, kw_only=True):
    """An entry that subscribers know by its guid; what the feed did not say is None."""

    guid: PlainText
    title: str
    published: Annotated[datetime, Meta(tz=True)] | None = None
    duration_ms: Count | None = None


class AdoptedFeed(Record, frozen=True, kw_only=True):
    """A feed as it was with its host: its identity, and its entries in its own order.

    ``guid`` is its podcast:guid, or the one that its address gives ("": it says neither).
    """

    format: int = 1
    title: str = ""
    guid: str = ""
    items: tuple[AdoptedItem, ...] = ()

    def by_guid(self, guid: str) -> AdoptedItem | None:
        """Give the entry with that guid."""
        return next((item for item in self.items if item.guid == guid), None)

    def by_title(self, title: str) -> AdoptedItem | None:
        """Give the only entry under a title; None where there is none, or several."""
        found = [item for item in self.items if folded(item.title) == folded(title)]
        return found[0] if len(found) == 1 and folded(title) else None


def read_adopted(file: Path) -> AdoptedFeed:
    """Read what was taken over; an empty feed where nothing was.

    Raises BroadcastError naming the field that is wrong, OutsideError when it cannot be read.
    """
    return read_record(file, {1: AdoptedFeed}, _HINT) or AdoptedFeed()
