"""The episodes of a written feed → what directories and podcast programs would not take."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from broadcast.feed.check_element import (
    AGAIN,
    file_at,
    long_description,
    missing,
    wrong,
)
from broadcast.feed.check_entry import number_too_small, title_too_long
from broadcast.feed.namespaces import NAMESPACES
from broadcast.messages import Message
from broadcast.model import Level, Problem, Show

# What must stand in each item, and what should (PSP-1 1.0; Apple Podcasts).
_ITEM: tuple[tuple[str, Level], ...] = (
    ("title", "error"),
    ("enclosure", "error"),
    ("guid", "error"),
    ("pubDate", "warning"),
    ("description", "warning"),
    ("link", "warning"),
    ("itunes:duration", "warning"),
    ("podcast:transcript", "warning"),
)

# Elements that lead to files, and their attribute that says where; a link is its text.
_FILES = (
    ("link", "href"),
    ("podcast:transcript", "url"),
    ("podcast:chapters", "url"),
    ("itunes:image", "href"),
    ("podcast:image", "href"),
    ("podcast:alternateEnclosure/podcast:source", "uri"),
)


def episode_problems(item: Any, folder: Path, show: Show) -> Iterator[Problem]:
    """Give what is wrong or missing in an episode, whose files are looked up in ``folder``."""
    title = item.findtext("title") or Message("feed.untitled", "without title")
    for name, level in missing(item, _ITEM):
        told = Message(
            "feed.episode-element-missing",
            'Episode "{title}" has no {element}.',
            title=title,
            element=name,
        )
        yield Problem(item.sourceline, level, told, AGAIN)
    if too_long := title_too_long(item.findtext("title") or ""):
        yield wrong(item.find("title"), too_long)
    yield from long_description(item)
    yield from _numbers(item, title)
    date = item.find("pubDate")
    if date is not None and not _is_date(date.text or ""):
        told = Message(
            "feed.date-unreadable",
            'Episode "{title}" has no date that can be read: {written}',
            title=title,
            written=str(date.text),
        )
        yield wrong(date, told)
    duration = item.find("itunes:duration", NAMESPACES)
    if duration is not None and not (duration.text or "").isdigit():
        told = Message(
            "feed.duration-unreadable",
            'The duration of "{title}" is not in seconds: {written}',
            title=title,
            written=str(duration.text),
        )
        yield wrong(duration, told)
    enclosure = item.find("enclosure")
    if enclosure is not None:
        yield from _enclosure(enclosure, title, folder, show)
    for name, attribute in _FILES:
        for element in item.iterfind(name, NAMESPACES):
            address = element.get(attribute) or element.text or ""
            if file_at(address, folder, show) is None:
                told = Message(
                    "feed.file-absent",
                    'A file of "{title}" is not in feed/: {address}',
                    title=title,
                    address=address,
                )
                yield wrong(element, told)


def _numbers(item: Any, title: str | Message) -> Iterator[Problem]:
    for name in ("season", "episode"):
        for element in item.iterfind(f"itunes:{name}", NAMESPACES):
            written = (element.text or "").strip()
            number = int(written) if written.isdecimal() else 0
            if too_small := number_too_small(name, title, number):
                yield wrong(element, too_small)


def _enclosure(enclosure: Any, title: str | Message, folder: Path, show: Show) -> Iterator[Problem]:
    if not enclosure.get("type", "").startswith("audio/"):
        told = Message(
            "feed.type-not-audio",
            'The type of "{title}" is not audio: {type}',
            title=title,
            type=str(enclosure.get("type")),
        )
        yield wrong(enclosure, told)
    file = file_at(enclosure.get("url", ""), folder, show)
    if file is None:
        told = Message(
            "feed.audio-absent",
            'The audio of "{title}" is not in feed/: {address}',
            title=title,
            address=str(enclosure.get("url")),
        )
        yield wrong(enclosure, told)
    elif enclosure.get("length") != str(file.stat().st_size):
        told = Message(
            "feed.audio-length",
            'The audio of "{title}" has {bytes} bytes, the feed says {written}.',
            title=title,
            bytes=file.stat().st_size,
            written=str(enclosure.get("length")),
        )
        yield wrong(enclosure, told)


def repeated_guids(channel: Any) -> Iterator[Problem]:
    """Give every guid that programs would take for another episode's."""
    guids = channel.findall("item/guid")
    counts = Counter(guid.text for guid in guids)
    for guid in guids:
        if counts[guid.text] > 1:
            told = Message(
                "feed.guid-twice", "Two episodes have one guid: {guid}", guid=str(guid.text)
            )
            yield wrong(guid, told)


def _is_date(text: str) -> bool:
    try:
        return parsedate_to_datetime(text).tzinfo is not None
    except ValueError:
        return False
