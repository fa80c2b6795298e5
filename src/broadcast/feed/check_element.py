"""An element of a written feed → what is wrong with it, and which file of the site it means."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from broadcast.feed.addresses import url
from broadcast.feed.namespaces import NAMESPACES
from broadcast.feed.show_notes import DESCRIPTION_BYTES
from broadcast.messages import Message
from broadcast.model import Level, Problem, Show

AGAIN = Message("feed.write-again", "Write the feed again: broadcast feed.")
"""What mends most of what is wrong with a feed."""


def missing(parent: Any, wanted: tuple[tuple[str, Level], ...]) -> Iterator[tuple[str, Level]]:
    """Give the names of those wanted elements that are not there or hold nothing."""
    for path, level in wanted:
        found = parent.find(path, NAMESPACES)
        if found is None or not (found.attrib or (found.text or "").strip()):
            yield path.split("[")[0], level


def long_description(parent: Any) -> Iterator[Problem]:
    """Give a problem where the description is longer than directories take."""
    element = parent.find("description")
    if element is not None and len((element.text or "").encode()) > DESCRIPTION_BYTES:
        told = Message(
            "feed.description-too-long",
            "A description is longer than {most} bytes.",
            most=DESCRIPTION_BYTES,
        )
        yield wrong(element, told)


def file_at(address: str, folder: Path, show: Show) -> Path | None:
    """Give the file below ``folder`` that an address of this site means, if it is there."""
    base = url(show)
    if not address.startswith(base):
        return None
    file = (folder / unquote(address.removeprefix(base))).resolve()
    return file if file.is_relative_to(folder.resolve()) and file.is_file() else None


def wrong(element: Any, message: Message) -> Problem:
    """Give an error in the line of an element."""
    return Problem(element.sourceline, "error", message, AGAIN)
