"""A written feed/ into what directories and podcast programs would not take about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from broadcast.feed.addresses import FEED, this_machine, url
from broadcast.feed.categories import CATEGORIES
from broadcast.feed.check_element import (
    AGAIN,
    file_at,
    long_description,
    missing,
    wrong,
)
from broadcast.feed.check_episodes import episode_problems, repeated_guids
from broadcast.feed.cover import SAVE_AGAIN, cover_problem, heavy_cover
from broadcast.feed.namespaces import IS_UUID, NAMESPACES
from broadcast.messages import Message
from broadcast.messages.system_reasons import xml_reason
from broadcast.model import Level, Problem, Show

_LANGUAGE = re.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]+)*")

# What must stand in the channel, and what should (PSP-1 1.0; Apple Podcasts).
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


def check_feed(folder: Path, show: Show) -> tuple[Problem, ...]:
    """Give everything wrong or missing in the written feed, with lines of feed.xml.

    The file is read as a stranger would, and every address in it is looked up in ``folder``.
    Sources: PSP-1, Apple's requirements for podcasts, RSS 2.0.
    """
    file = folder / FEED
    if not file.is_file():
        none = Message("feed.no-file", "There is no feed.xml.")
        return (Problem(None, "error", none, AGAIN),)
    try:
        root = etree.fromstring(
            file.read_bytes(), etree.XMLParser(resolve_entities=False, no_network=True)
        )
    except etree.XMLSyntaxError as error:
        told = Message(
            "feed.not-xml", "feed.xml is not XML: {reason}.", reason=xml_reason(str(error.msg))
        )
        return (Problem(error.lineno, "error", told, AGAIN),)
    channel = root.find("channel")
    if root.tag != "rss" or channel is None:
        told = Message("feed.not-rss", "feed.xml is not an RSS feed.")
        return (Problem(None, "error", told, AGAIN),)
    about_base_url = tuple(base_url_problems(show))
    if any(problem.level == "error" for problem in about_base_url):
        return about_base_url  # no address in the feed can be right
    own = channel.find("atom:link[@rel='self']", NAMESPACES)
    if own is not None and own.get("href") != url(show, FEED):
        # Every address in it is another's: one problem, not one for each of them.
        told = Message(
            "feed.elsewhere",
            "feed.xml says that it is at {written}, station.toml: {expected}",
            written=str(own.get("href")),
            expected=url(show, FEED),
        )
        return (*about_base_url, wrong(own, told))
    return (
        *about_base_url,
        *_channel(channel, folder, show),
        *(
            problem
            for item in channel.findall("item")
            for problem in episode_problems(item, folder, show)
        ),
        *repeated_guids(channel),
    )


def base_url_problems(show: Show) -> Iterator[Problem]:
    """Give what is wrong with the address that feed/ shall have."""
    parts = urlsplit(show.base_url)
    scheme, host = parts.scheme, parts.hostname or ""
    if scheme not in ("http", "https") or not host:
        yield Problem(
            None,
            "error",
            Message(
                "base-url.no-web-address",
                "base_url is not a web address: {address}",
                address=show.base_url,
            ),
            Message(
                "base-url.no-web-address.hint",
                'Write the address where feed/ will be, such as base_url = "https://radio.example/".',
            ),
        )
    elif parts.path.rstrip("/").endswith(f"/{FEED}"):
        yield Problem(
            None,
            "error",
            Message(
                "base-url.names-feed",
                "base_url is the address of the feed itself: {address}",
                address=show.base_url,
            ),
            Message(
                "base-url.names-feed.hint",
                "Write that of the folder it is in: {address}",
                address=show.base_url.rstrip("/").removesuffix(FEED),
            ),
        )
    elif this_machine(show):
        yield Problem(
            None,
            "warning",
            Message(
                "base-url.this-machine",
                "base_url is this machine ({host}): nobody else can listen.",
                host=host,
            ),
            Message(
                "base-url.this-machine.hint",
                "Set base_url in station.toml to the address of your web host before you publish.",
            ),
        )
    elif scheme == "http":
        yield Problem(
            None,
            "warning",
            Message(
                "base-url.not-https",
                "base_url is not https, which directories and some programs ask for.",
            ),
            Message(
                "base-url.not-https.hint", "Use https:// in station.toml if your web host has it."
            ),
        )


def _channel(channel: Any, folder: Path, show: Show) -> Iterator[Problem]:
    for name, level in missing(channel, _CHANNEL):
        told = Message("feed.element-missing", "The feed has no {element}.", element=name)
        yield Problem(channel.sourceline, level, told, AGAIN)
    yield from long_description(channel)
    if channel.findtext("description") == channel.findtext("title"):
        yield Problem(
            channel.sourceline,
            "warning",
            Message(
                "feed.no-description",
                "The show has no description: directories show its title in its place.",
            ),
            Message(
                "feed.no-description.hint",
                "Say what it is about in station.toml, under [show]: description, "
                "then broadcast feed.",
            ),
        )
    language = channel.find("language")
    if language is not None and not _LANGUAGE.fullmatch(language.text or ""):
        told = Message(
            "feed.no-language-code",
            "The language is no code such as vi: {written}",
            written=str(language.text),
        )
        yield wrong(language, told)
    for category in channel.iterfind("itunes:category", NAMESPACES):
        if category.get("text") not in CATEGORIES:
            told = Message(
                "feed.category-unknown",
                "Directories have no category {category}.",
                category=str(category.get("text")),
            )
            yield wrong(category, told)
    guid = channel.find("podcast:guid", NAMESPACES)
    if guid is not None and guid.text and not IS_UUID(guid.text):
        told = Message(
            "feed.guid-no-uuid", "The podcast:guid is not a UUID: {guid}", guid=str(guid.text)
        )
        hint = Message("feed.guid-no-uuid.hint", "Write guid in station.toml as it was.")
        yield Problem(guid.sourceline, "warning", told, hint)
    for explicit in channel.iterfind(".//itunes:explicit", NAMESPACES):
        if explicit.text not in ("true", "false"):
            told = Message(
                "feed.explicit-unclear",
                "itunes:explicit is {written}, not true or false.",
                written=str(explicit.text),
            )
            yield wrong(explicit, told)
    image = channel.find("itunes:image", NAMESPACES)
    if image is not None:
        file = file_at(image.get("href", ""), folder, show)
        if file is None:
            told = Message(
                "feed.cover-absent",
                "The cover is not in feed/: {address}",
                address=str(image.get("href")),
            )
            yield wrong(image, told)
        else:
            yield from cover_problems(file.read_bytes(), image.sourceline)


def cover_problems(data: bytes, line: int | None = None) -> Iterator[Problem]:
    """Give what directories would not take of the picture that ``line`` of the feed names."""
    if problem := cover_problem(data):
        yield Problem(line, "error", problem, SAVE_AGAIN)
    elif heavy := heavy_cover(data):
        yield replace(heavy, line=line)
