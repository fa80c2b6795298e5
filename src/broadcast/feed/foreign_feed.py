"""The feed of another host, as bytes that nobody vouches for → the identities in it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from lxml import etree

from broadcast.errors import BroadcastError
from broadcast.feed.adopted import AdoptedFeed, AdoptedItem
from broadcast.feed.namespaces import IS_UUID, NAMESPACES
from broadcast.feed.published import YEARS, feed_guid
from broadcast.messages import Message
from broadcast.messages.system_reasons import xml_reason
from broadcast.records import PLAIN
from broadcast.text import folded

MOST_BYTES = 64_000_000
"""The largest feed that is read: some ten thousand entries with long descriptions have half."""
# What the same namespace was called at first.
_PODCAST_BEFORE = {
    "podcast": "https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md"
}
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})")
_LONGEST_TITLE = 1_000


@dataclass(frozen=True, slots=True)
class ForeignFeed:
    """What was found: the ``feed``, and how many entries have no guid to be known by.

    ``twice`` are titles that several entries have.
    """

    feed: AdoptedFeed
    without_guid: int
    twice: tuple[str, ...]


def foreign_feed(data: bytes, file: Path | str) -> ForeignFeed:
    """Read an RSS feed; ``file`` is what it is called.

    Raises BroadcastError where it is none, declares entities (nothing that a feed needs, and what
    swells without end) or is too large.
    """
    channel = _channel(data, file)
    items: dict[str, AdoptedItem] = {}
    without = 0
    for element in channel.iterfind("item"):
        item = _item(element)
        if item is None:
            without += 1
        else:
            items.setdefault(item.guid, item)
    count = Counter(folded(item.title) for item in items.values())
    twice = {
        title: item.title
        for item in items.values()
        if (title := folded(item.title)) and count[title] > 1
    }
    feed = AdoptedFeed(
        title=_text(channel, "title"), guid=_guid(channel), items=tuple(items.values())
    )
    return ForeignFeed(feed, without, tuple(twice.values()))


def too_large(file: Path | str) -> BroadcastError:
    """Give what is said of a feed that is larger than any."""
    return BroadcastError(
        Message(
            "adopt.too-large",
            "This is larger than any feed: over {mb} MB.",
            mb=MOST_BYTES // 1_000_000,
        ),
        file=file,
    )


def _channel(data: bytes, file: Path | str) -> Any:
    if len(data) > MOST_BYTES:
        raise too_large(file)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BroadcastError(
            Message(
                "adopt.not-xml",
                "This is not a feed: it is not XML ({reason}).",
                reason=xml_reason(str(getattr(error, "msg", error))),
            ),
            file=file,
            line=getattr(error, "lineno", None),
            hint=_WHICH,
        ) from error
    inner = root.getroottree().docinfo.internalDTD
    if inner is not None and any(True for _ in inner.iterentities()):
        raise BroadcastError(
            Message("adopt.entities", "This feed declares entities; no podcast's feed does."),
            file=file,
            hint=_WHICH,
        )
    channel = root.find("channel")
    if root.tag != "rss" or channel is None:
        raise BroadcastError(
            Message("adopt.not-rss", "This is not the RSS feed of a podcast."),
            file=file,
            hint=_WHICH,
        )
    return channel


_WHICH = Message(
    "adopt.which.hint",
    "Save the feed whose address subscribers have: open it in a browser, then save the page as it "
    "comes (its source).",
)


def _item(element: Any) -> AdoptedItem | None:
    guid = _text(element, "guid")
    if not re.fullmatch(PLAIN.removesuffix(r"\Z"), guid):
        return None
    title = _text(element, "title") or _text(element, "itunes:title")
    return AdoptedItem(
        guid=guid,
        title=title[:_LONGEST_TITLE],
        published=_moment(_text(element, "pubDate")),
        duration_ms=_duration_ms(_text(element, "itunes:duration")),
    )


def _text(element: Any, path: str) -> str:
    return " ".join((element.findtext(path, "", NAMESPACES) or "").split())


def _guid(channel: Any) -> str:
    """Give the feed's identity: what it says, else what its own address gives."""
    for names in (NAMESPACES, _PODCAST_BEFORE):
        written = str(channel.findtext("podcast:guid", "", names) or "").strip()
        if IS_UUID(written):
            return written
    addresses = (_address(link) for link in channel.iterfind("atom:link", NAMESPACES))
    own = next((address for address in addresses if address), "")
    return feed_guid(own) if own else ""


def _address(link: Any) -> str:
    address = str(link.get("href", "")).strip()
    is_own = link.get("rel") == "self" and re.match("https?://", address)
    return address if is_own else ""


def _moment(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, IndexError, OverflowError):
        return None
    found = found if found.tzinfo else found.replace(tzinfo=UTC)
    return found if found.year in YEARS else None


def _duration_ms(text: str) -> int | None:
    if re.fullmatch(r"\d{1,6}(\.\d{1,3})?", text):
        return round(float(text) * 1000)
    if clock := _CLOCK.fullmatch(text):
        hours, minutes, seconds = (int(part or 0) for part in clock.groups())
        return ((hours * 60 + minutes) * 60 + seconds) * 1000
    return None
