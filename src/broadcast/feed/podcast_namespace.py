"""A feedgen extension for what feedgen cannot say: the podcast namespace, chapters, explicit.

feedgen keeps the prefix ``podcast`` for its own iTunes extension: register this one under another
name, with ``atom=False``, and before the first entry is added.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from lxml import etree

from broadcast.feed.namespaces import NAMESPACES
from broadcast.model import ChapterMark
from broadcast.model.units import timecode
from broadcast.text import xml_text


class ChannelElements(BaseExtension):  # type: ignore[misc]
    """The channel's further elements, in the order they shall stand."""

    def __init__(self) -> None:
        self.elements: list[Any] = []

    def extend_ns(self) -> dict[str, str]:
        """Give the namespaces that the feed's root declares."""
        return NAMESPACES

    def extend_rss(self, feed: Any) -> Any:
        """Put the elements into the channel."""
        feed[0].extend(self.elements)
        return feed


class ItemElements(BaseEntryExtension):  # type: ignore[misc]
    """An item's further elements, in the order they shall stand."""

    def __init__(self) -> None:
        self.elements: list[Any] = []

    def extend_rss(self, entry: Any) -> Any:
        """Put the elements into the item."""
        entry.extend(self.elements)
        return entry


def element(name: str, text: str | None = None, /, **attributes: str) -> Any:
    """Give an element such as ``podcast:guid``; its texts lose what XML cannot hold."""
    prefix, local = name.split(":")
    space = NAMESPACES[prefix]
    made = etree.Element(f"{{{space}}}{local}", nsmap={prefix: space})
    made.text = None if text is None else xml_text(text)
    for key, value in attributes.items():
        made.set(key, xml_text(value))
    return made


def simple_chapters(chapters: Iterable[ChapterMark]) -> Any:
    """Give the chapters as Podlove Simple Chapters 1.2, which older programs read."""
    made = element("psc:chapters", version="1.2")
    for chapter in chapters:
        start = timecode(chapter.start_ms)
        made.append(element("psc:chapter", start=start, title=chapter.title))
    return made
