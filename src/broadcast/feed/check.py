"""A written feed/ into what directories and podcast programs would not take about it."""

from __future__ import annotations

import ipaddress
import re
from collections import Counter
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree

from broadcast.feed.addresses import FEED, url
from broadcast.feed.categories import CATEGORIES
from broadcast.feed.cover import cover_problem
from broadcast.feed.rss import DESCRIPTION_BYTES
from broadcast.model import Level, Problem, Show

_NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
}
_LANGUAGE = re.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]+)*")
_UUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_AGAIN = "Write the feed again: broadcast feed."

# What must stand in the channel and in each item, and what should (PSP-1 1.0; Apple Podcasts).
_CHANNEL: tuple[tuple[str, Level], ...] = (
    ("atom:link[@rel='self']", "error"),
    ("title", "error"),
    ("description", "error"),
    ("link", "error"),
    ("language", "error"),
    ("itunes:category", "error"),
    ("itunes:explicit", "error"),
    ("itunes:image", "error"),
    ("podcast:guid", "warning"),
    ("podcast:locked", "warning"),
    ("itunes:author", "warning"),
    ("itunes:owner/itunes:email", "warning"),
)
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


def check_feed(folder: Path, show: Show) -> tuple[Problem, ...]:
    """Give everything wrong or missing in the written feed, with lines of feed.xml.

    The file is read as a stranger would, and every address in it is looked up in ``folder``.
    Sources: PSP-1, Apple's requirements for podcasts, RSS 2.0.
    """
    file = folder / FEED
    if not file.is_file():
        return (Problem(None, "error", "There is no feed.xml.", _AGAIN),)
    try:
        root = etree.fromstring(
            file.read_bytes(), etree.XMLParser(resolve_entities=False, no_network=True)
        )
    except etree.XMLSyntaxError as error:
        return (Problem(error.lineno, "error", f"feed.xml is not XML: {error.msg}.", _AGAIN),)
    channel = root.find("channel")
    if root.tag != "rss" or channel is None:
        return (Problem(None, "error", "feed.xml is not an RSS feed.", _AGAIN),)
    about_base_url = tuple(_base_url(show))
    if any(problem.level == "error" for problem in about_base_url):
        return about_base_url  # no address in the feed can be right
    own = channel.find("atom:link[@rel='self']", _NAMESPACES)
    if own is not None and own.get("href") != url(show, FEED):
        # Every address in it is another's: one problem, not one for each of them.
        told = f"feed.xml says that it is at {own.get('href')}, station.toml: {url(show, FEED)}"
        return (*about_base_url, _wrong(own, told))
    return (
        *about_base_url,
        *_channel(channel, folder, show),
        *(problem for item in channel.findall("item") for problem in _item(item, folder, show)),
        *_repeated(channel),
    )


def _base_url(show: Show) -> Iterator[Problem]:
    parts = urlsplit(show.base_url)
    scheme, host = parts.scheme, parts.hostname or ""
    if scheme not in ("http", "https") or not host:
        yield Problem(
            None,
            "error",
            f"base_url is not a web address: {show.base_url}",
            'Write the address where feed/ will be, such as base_url = "https://radio.example/".',
        )
    elif _is_this_machine(host):
        yield Problem(
            None,
            "warning",
            f"base_url is this machine ({host}): nobody else can listen.",
            "Set base_url in station.toml to the address of your web host before you publish.",
        )
    elif scheme == "http":
        yield Problem(
            None,
            "warning",
            "base_url is not https, which directories and some programs ask for.",
            "Use https:// in station.toml if your web host has it.",
        )


def _channel(channel: Any, folder: Path, show: Show) -> Iterator[Problem]:
    yield from _missing(channel, _CHANNEL, "The feed")
    yield from _long_description(channel)
    if channel.findtext("description") == channel.findtext("title"):
        yield Problem(
            channel.sourceline,
            "warning",
            "The show has no description: directories show its title in its place.",
            "Say what it is about in station.toml, under [show]: description, then broadcast feed.",
        )
    language = channel.find("language")
    if language is not None and not _LANGUAGE.fullmatch(language.text or ""):
        yield _wrong(language, f"The language is no code such as vi: {language.text}")
    for category in channel.iterfind("itunes:category", _NAMESPACES):
        if category.get("text") not in CATEGORIES:
            yield _wrong(category, f"Directories have no category {category.get('text')}.")
    guid = channel.find("podcast:guid", _NAMESPACES)
    if guid is not None and guid.text and not _UUID.fullmatch(guid.text):
        told = f"The podcast:guid is not a UUID: {guid.text}"
        yield Problem(guid.sourceline, "warning", told, "Write guid in station.toml as it was.")
    for explicit in channel.iterfind(".//itunes:explicit", _NAMESPACES):
        if explicit.text not in ("true", "false"):
            yield _wrong(explicit, f"itunes:explicit is {explicit.text}, not true or false.")
    image = channel.find("itunes:image", _NAMESPACES)
    if image is not None:
        file = _local(image.get("href", ""), folder, show)
        if file is None:
            yield _wrong(image, f"The cover is not in feed/: {image.get('href')}")
        elif problem := cover_problem(file.read_bytes()):
            hint = "Save it square, 1400 to 3000 pixels, RGB, as JPEG or PNG."
            yield Problem(image.sourceline, "error", problem, hint)


def _item(item: Any, folder: Path, show: Show) -> Iterator[Problem]:
    title = item.findtext("title") or "without title"
    yield from _missing(item, _ITEM, f'Episode "{title}"')
    yield from _long_description(item)
    date = item.find("pubDate")
    if date is not None and not _is_date(date.text or ""):
        yield _wrong(date, f'Episode "{title}" has no date that can be read: {date.text}')
    duration = item.find("itunes:duration", _NAMESPACES)
    if duration is not None and not (duration.text or "").isdigit():
        yield _wrong(duration, f'The duration of "{title}" is not in seconds: {duration.text}')
    enclosure = item.find("enclosure")
    if enclosure is not None:
        yield from _enclosure(enclosure, title, folder, show)
    for name in ("link", "podcast:transcript", "podcast:chapters"):
        for element in item.iterfind(name, _NAMESPACES):
            address = element.get("url") or element.text or ""
            if _local(address, folder, show) is None:
                yield _wrong(element, f'A file of "{title}" is not in feed/: {address}')


def _enclosure(enclosure: Any, title: str, folder: Path, show: Show) -> Iterator[Problem]:
    if not enclosure.get("type", "").startswith("audio/"):
        yield _wrong(enclosure, f'The type of "{title}" is not audio: {enclosure.get("type")}')
    file = _local(enclosure.get("url", ""), folder, show)
    if file is None:
        yield _wrong(enclosure, f'The audio of "{title}" is not in feed/: {enclosure.get("url")}')
    elif enclosure.get("length") != str(file.stat().st_size):
        yield _wrong(
            enclosure,
            f'The audio of "{title}" has {file.stat().st_size} bytes, '
            f"the feed says {enclosure.get('length')}.",
        )


def _repeated(channel: Any) -> Iterator[Problem]:
    guids = channel.findall("item/guid")
    counts = Counter(guid.text for guid in guids)
    for guid in guids:
        if counts[guid.text] > 1:
            yield _wrong(guid, f"Two episodes have one guid: {guid.text}")


def _missing(parent: Any, wanted: tuple[tuple[str, Level], ...], whose: str) -> Iterator[Problem]:
    for path, level in wanted:
        found = parent.find(path, _NAMESPACES)
        if found is None or not (found.attrib or (found.text or "").strip()):
            name = path.split("[")[0]
            yield Problem(parent.sourceline, level, f"{whose} has no {name}.", _AGAIN)


def _long_description(parent: Any) -> Iterator[Problem]:
    element = parent.find("description")
    if element is not None and len((element.text or "").encode()) > DESCRIPTION_BYTES:
        yield _wrong(element, f"A description is longer than {DESCRIPTION_BYTES} bytes.")


def _local(address: str, folder: Path, show: Show) -> Path | None:
    """Give the file below ``folder`` that an address of this site means, if it is there."""
    base = url(show)
    if not address.startswith(base):
        return None
    file = (folder / unquote(address.removeprefix(base))).resolve()
    return file if file.is_relative_to(folder.resolve()) and file.is_file() else None


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _is_date(text: str) -> bool:
    try:
        return parsedate_to_datetime(text).tzinfo is not None
    except ValueError:
        return False


def _wrong(element: Any, message: str) -> Problem:
    return Problem(element.sourceline, "error", message, _AGAIN)
