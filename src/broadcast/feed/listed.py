"""A written feed → the episodes that listeners find in it, and the files it leads them to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import msgspec

from broadcast.feed.addresses import FEED
from broadcast.feed.namespaces import NAMESPACES
from broadcast.records import unreadable

_NOT_OF_THE_PATH = re.compile("[?#].*", re.DOTALL)
_ATOM = f"{{{NAMESPACES['atom']}}}link"


class Entries(msgspec.Struct, frozen=True):
    """The entries of one document of the feed, by guid, and the name of the one before it.

    Of each the names of the files that it leads to, a line each: of thousands of entries a set of
    names would fill the memory.
    """

    files: dict[str, str]
    older: str = ""


class Listed:
    """What listeners find in a written feed: its entries, and the files that they lead to."""

    def __init__(self, entries: Mapping[str, str]) -> None:
        self._entries = entries

    def __contains__(self, guid: str) -> bool:
        return guid in self._entries

    def files_of(self, guid: str) -> frozenset[str]:
        """Give the names of the files that an entry leads to."""
        return frozenset(self._entries.get(guid, "").split("\n"))


def listed(folder: Path, entries_in: Callable[[Path], Entries] | None = None) -> Listed:
    """Read the feed in ``folder``, its archives too, from one to the next as a reader would.

    A feed that is not there, or is no XML, leads nobody anywhere. ``entries_in`` reads a document
    (``entries_of`` unless told). Raises OutsideError when one cannot be read.
    """
    found: dict[str, str] = {}
    read: set[str] = set()
    name = FEED
    while name and name not in read:
        read.add(name)
        document = (entries_in or entries_of)(folder / name)
        for guid, files in document.files.items():
            found.setdefault(guid, files)  # what is nearer to the newest is what readers have
        name = document.older
    return Listed(found)


def address_of(file: Path) -> str:
    """Give the address that a written feed says it has; "" where there is none, or it says none.

    Raises OutsideError when it cannot be read.
    """
    from lxml import etree

    try:
        with file.open("rb") as stream:
            for _, element in etree.iterparse(
                stream, tag=("item", _ATOM), resolve_entities=False, no_network=True
            ):
                if element.tag != _ATOM:
                    return ""
                if element.get("rel") == "self":
                    return str(element.get("href", ""))
    except (FileNotFoundError, NotADirectoryError, etree.XMLSyntaxError):
        return ""
    except OSError as error:
        raise unreadable(file, error) from error
    return ""


def entries_of(file: Path) -> Entries:
    """Read one document of the feed. Raises OutsideError when it cannot be read."""
    from lxml import etree  # what has no feed needs no reader of it

    entries: dict[str, str] = {}
    older = ""
    try:
        with file.open("rb") as stream:
            for _, element in etree.iterparse(
                stream, tag=("item", _ATOM), resolve_entities=False, no_network=True
            ):
                if element.tag == _ATOM:
                    if element.get("rel") == "prev-archive":
                        older = _name(element.get("href", ""))
                    continue
                if guid := element.findtext("guid"):
                    entries[guid] = "\n".join(dict.fromkeys(_names(element)))
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except (FileNotFoundError, NotADirectoryError, etree.XMLSyntaxError):
        return Entries({})
    except OSError as error:
        raise unreadable(file, error) from error
    return Entries(entries, older)


def _names(item: Any) -> Iterator[str]:
    for element in item.iter():
        for attribute in ("url", "uri", "href"):
            if address := element.get(attribute):
                yield _name(address)


def _name(address: str) -> str:
    return unquote(_NOT_OF_THE_PATH.sub("", address).rpartition("/")[2])
