"""A written feed → the episodes that listeners find in it, and the files it leads them to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from broadcast.feed.addresses import FEED
from broadcast.records import unreadable

_NOT_OF_THE_PATH = re.compile("[?#].*", re.DOTALL)
_ATOM = "{http://www.w3.org/2005/Atom}link"


def listed(folder: Path) -> Mapping[str, frozenset[str]]:
    """Give the guids in the feed in ``folder``, each with the names of the files it leads to.

    Its archives are read too, from one to the next as a reader would. A feed that is not there, or
    is no XML, leads nobody anywhere. Raises OutsideError when it cannot be read.
    """
    found: dict[str, frozenset[str]] = {}
    read: set[str] = set()
    name = FEED
    while name and name not in read:
        read.add(name)
        entries, name = _entries(folder / name)
        for guid, files in entries.items():
            found.setdefault(guid, files)  # what is nearer to the newest is what readers have
    return found


def _entries(file: Path) -> tuple[Mapping[str, frozenset[str]], str]:
    """Give the entries of one document, and the name of the archive before it ("": none)."""
    from lxml import etree  # what has no feed needs no reader of it

    entries: dict[str, frozenset[str]] = {}
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
                    entries[guid] = frozenset(_names(element))
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except (FileNotFoundError, NotADirectoryError, etree.XMLSyntaxError):
        return {}, ""
    except OSError as error:
        raise unreadable(file, error) from error
    return entries, older


def _names(item: Any) -> Iterator[str]:
    for element in item.iter():
        for attribute in ("url", "uri", "href"):
            if address := element.get(attribute):
                yield _name(address)


def _name(address: str) -> str:
    return unquote(_NOT_OF_THE_PATH.sub("", address).rpartition("/")[2])
