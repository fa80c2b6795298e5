"""A show and its published episodes into the feed that podcast programs subscribe to."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from feedgen.feed import FeedGenerator

from broadcast.feed.addresses import FEED, media_path, page_path, url
from broadcast.feed.archives import FeedPage
from broadcast.feed.categories import category_path
from broadcast.feed.podcast_namespace import (
    ChannelElements,
    ItemElements,
    element,
    simple_chapters,
)
from broadcast.feed.published import PublishedEpisode, feed_guid, newest_first
from broadcast.feed.xml_text import xml_text
from broadcast.model import Role, Show

DESCRIPTION_BYTES = 4000
"""The longest description in bytes of UTF-8 (PSP-1, description; Apple)."""

# Roles of the Podcast Taxonomy, group "cast".
_PERSON_ROLE: dict[Role, str] = {
    "presenter": "host",
    "reporter": "reporter",
    "official": "guest",
}


def feed_xml(
    show: Show,
    every: Sequence[PublishedEpisode],
    built: datetime,
    cover: str = "cover.png",
    *,
    page: FeedPage | None = None,
    moved: bool = False,
) -> bytes:
    """Give the feed as RSS 2.0, newest episode first; withdrawn ones are left out.

    ``page`` is the document of it that is wanted (None: one with ``every`` episode), ``cover`` the
    picture's place below feed/; ``moved``: the feed had another address before. ``built`` dates a
    feed that has no episode yet; else the date is the last change's, so that equal episodes give
    equal bytes. Sources: PSP-1, Apple's requirements, Podcast Namespace, RFC 5005. Raises
    BroadcastError when the category is not on Apple's list.
    """
    page = page or FeedPage(FEED, newest_first(every))
    is_archive = page.path != FEED
    feed = FeedGenerator()
    feed.load_extension("podcast", atom=False)
    feed.register_extension("beyond", ChannelElements, ItemElements, atom=False)
    site = url(show)
    feed.title(xml_text(show.title))
    # The last link() becomes the RSS link, whatever its rel.
    feed.link(href=url(show, page.path), rel="self", type="application/rss+xml")
    feed.link(href=site, rel="alternate")
    feed.description(description(show.description or show.title))
    feed.language(show.language)
    feed.generator("broadcast")
    # An episode that waited for its time changed the feed when it came.
    dated = page.episodes if is_archive else every
    changes = (max(episode.updated, episode.published) for episode in dated)
    feed.lastBuildDate(max(changes, default=built))
    if show.copyright:
        feed.copyright(xml_text(show.copyright))
    main, sub = category_path(show.category)
    feed.podcast.itunes_category([{"cat": main, "sub": sub}] if sub else [{"cat": main}])
    feed.podcast.itunes_author(xml_text(show.author))
    if show.email:
        feed.podcast.itunes_owner(xml_text(show.author), xml_text(show.email))
    feed.podcast.itunes_image(url(show, cover))
    feed.podcast.itunes_type("episodic")
    feed.image(url(show, cover), xml_text(show.title), site)
    first = min(every, key=lambda episode: (episode.published, episode.name), default=None)
    feed.beyond.elements += [
        _explicit(show),
        element(
            "podcast:guid",
            show.guid or (first.feed_guid if first else feed_guid(url(show, FEED))),
        ),
        element("podcast:locked", "yes", **({"owner": show.email} if show.email else {})),
        element("podcast:medium", "podcast"),
    ]
    feed.beyond.elements += _other_pages(show, page)
    if moved:
        feed.beyond.elements.append(element("itunes:new-feed-url", url(show, FEED)))
    for episode in page.episodes:
        _add(feed, show, episode)
    xml: bytes = feed.rss_str(pretty=True)
    return xml


def _other_pages(show: Show, page: FeedPage) -> list[Any]:
    """Give the links to the documents beside this one (RFC 5005, 4; "next" is read by pagers)."""
    beside = {"prev-archive": page.older, "next": page.older}
    if page.path != FEED:
        beside |= {"current": FEED, "next-archive": page.newer if page.newer != FEED else None}
    links = [
        element("atom:link", rel=rel, href=url(show, path), type="application/rss+xml")
        for rel, path in beside.items()
        if path
    ]
    return links if page.path == FEED else [element("fh:archive"), *links]


def description(text: str, limit: int = DESCRIPTION_BYTES) -> str:
    """Give a text that XML can hold, cut at a word to ``limit`` bytes."""
    clean = xml_text(text).strip()
    if len(clean.encode()) <= limit:
        return clean
    room = max(0, limit - len("…".encode()))
    head = clean.encode()[:room].decode(errors="ignore")
    if clean[len(head)].isspace() or not re.search(r"\s", head):
        return head.rstrip() + "…"
    return re.sub(r"\s+\S*$", "", head) + "…"


def _description(episode: PublishedEpisode) -> str:
    """Give an episode's description; what is too long is cut before the disclosure, never in it."""
    disclosure = xml_text(episode.disclosure)
    about = episode.about or episode.title
    if not disclosure:
        return description(about)
    room = DESCRIPTION_BYTES - len(f"\n\n{disclosure}".encode())
    return description(f"{description(about, room)}\n\n{disclosure}")


def _add(feed: Any, show: Show, episode: PublishedEpisode) -> None:
    item = feed.add_entry(order="append")
    words = _description(episode)
    item.title(xml_text(episode.title).strip() or episode.name)
    item.link(href=url(show, page_path(episode)))
    item.description(words)
    item.content(_paragraphs(words), type="CDATA")
    item.guid(episode.guid, permalink=False)
    item.pubDate(episode.published)
    audio = episode.files["audio"]
    item.enclosure(url(show, media_path(audio.name)), str(audio.length), audio.type)
    item.podcast.itunes_duration(round(episode.duration_ms / 1000))
    item.podcast.itunes_episode_type("full")
    if episode.season:
        item.podcast.itunes_season(episode.season)
    if episode.episode:
        item.podcast.itunes_episode(episode.episode)
    elements = item.beyond.elements
    elements.append(_explicit(show))
    if "transcript" in episode.files:
        file = episode.files["transcript"]
        elements.append(
            element(
                "podcast:transcript",
                url=url(show, media_path(file.name)),
                type=file.type,
                language=episode.language,
            )
        )
    if "chapters" in episode.files:
        file = episode.files["chapters"]
        address = url(show, media_path(file.name))
        elements.append(element("podcast:chapters", url=address, type=file.type))
    for person in episode.people:
        role = _PERSON_ROLE[person.role]
        elements.append(element("podcast:person", person.name, group="cast", role=role))
    if episode.synthetic:
        elements.append(element("podcast:txt", "true", purpose="ai-content"))
    if episode.chapters:
        elements.append(simple_chapters(episode.chapters))


def _explicit(show: Show) -> Any:
    # feedgen knows only the values yes, no and clean, which Apple no longer takes.
    return element("itunes:explicit", "true" if show.explicit else "false")


def _paragraphs(text: str) -> str:
    """Give the words as HTML, a paragraph for each block between empty lines."""
    blocks = [block.strip() for block in re.split(r"\n\s*\n", text)]
    return "".join(
        "<p>" + html.escape(block, quote=False).replace("\n", "<br>") + "</p>"
        for block in blocks
        if block
    )
