"""A written feed.xml → the episodes that listeners find in it, and the files it leads them to."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from broadcast.feed.addresses import FEED
from broadcast.records import unreadable


def listed(folder: Path) -> Mapping[str, frozenset[str]]:
    """Give the guids in the feed in ``folder``, each with the names of the files it leads to.

    A feed that is not there, or is no XML, leads nobody anywhere. Raises OutsideError when it
    cannot be read.
    """
    from lxml import etree  # what has no feed needs no reader of it

    try:
        data = (folder / FEED).read_bytes()
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except (FileNotFoundError, NotADirectoryError, etree.XMLSyntaxError):
        return {}
    except OSError as error:
        raise unreadable(folder / FEED, error) from error
    return {
        guid: frozenset(_name(address) for address in item.xpath("*/@url"))
        for item in root.iterfind("channel/item")
        if (guid := item.findtext("guid"))
    }


def _name(address: str) -> str:
    return unquote(urlsplit(address).path.rpartition("/")[2])
