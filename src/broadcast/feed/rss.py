"""A show and its published episodes into the feed that podcast programs subscribe to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
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
from broadcast.feed.published import (
    FileKind,
    PublishedEpisode,
    PublishedFacts,
    PublishedFile,
    feed_guid,
    newest_first,
)
from broadcast.feed.show_notes import description, notes_in_html, short_notes
from broadcast.messages.listeners import words_for
from broadcast.model import CreditPart, Role, Show, UpdateFrequency
from broadcast.text import xml_text

# Groups and roles of the Podcast Taxonomy.
_HEARD: dict[Role, tuple[str, str]] = {
    "presenter": ("cast", "host"),
    "reporter": ("cast", "reporter"),
    "official": ("cast", "guest"),
}
_CREDITED: dict[CreditPart, tuple[str, str]] = {
    "producer": ("creative direction", "producer"),
    "reporter": ("cast", "reporter"),
    "author": ("writing", "author"),
    "editor": ("writing", "editor"),
    "translator": ("writing", "translator"),
    "engineer": ("audio production", "audio engineer"),
    "sound_editor": ("audio post-production", "audio editor"),
    "director": ("creative direction", "director"),
    "narrator": ("cast", "narrator"),
}

_MOST_CHARACTERS = 128
"""The longest name that aggregators show (Podcast Namespace, person)."""
# Recurrences as iCalendar writes them (RFC 5545, 3.3.10).
_RULES: dict[UpdateFrequency, str] = {
    "daily": "FREQ=DAILY",
    "weekdays": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    "weekly": "FREQ=WEEKLY",
    "fortnightly": "FREQ=WEEKLY;INTERVAL=2",
    "monthly": "FREQ=MONTHLY",
}

# The transcript's forms, what most programs read first; "captions" are those that have times.
_TRANSCRIPTS: dict[FileKind, dict[str, str]] = {
    "transcript": {"rel": "captions"},
    "transcript_srt": {"rel": "captions"},
    "transcript_json": {"rel": "captions"},
    "transcript_html": {},
    "transcript_text": {},
}


def feed_xml(
    show: Show,
    every: Sequence[PublishedFacts],
    built: datetime,
    cover: str = "cover.png",
    *,
    page: FeedPage | None = None,
    moved: bool = False,
    read: Callable[[PublishedFacts], PublishedEpisode],
) -> bytes:
    """Give the feed as RSS 2.0, newest episode first; withdrawn ones are left out.

    ``page`` is the document of it that is wanted (None: one with ``every`` episode), ``cover`` the
    picture's place below feed/; ``read`` gives all of an episode, ``moved``: the feed had another
    address before. ``built`` dates a feed that has no episode yet; else the date is the last
    change's, so that equal episodes give equal bytes. Sources: PSP-1, Apple's requirements, Podcast
    Namespace, RFC 5005. Raises BroadcastError when the category is not on Apple's list.
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
        _image(url(show, cover), show.title),
        *_listing(show),
    ]
    feed.beyond.elements += _other_pages(show, page)
    if moved:
        feed.beyond.elements.append(element("itunes:new-feed-url", url(show, FEED)))
    for episode in page.episodes:
        _add(feed, show, read(episode))
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


def _listing(show: Show) -> Iterator[Any]:
    """Give what directories are told of the show where the station says it."""
    told = show.listing
    if told.license:
        yield element("podcast:license", told.license, url=told.license_url)
    if told.location:
        places = {"geo": told.location_geo, "osm": told.location_osm}
        known = {name: value for name, value in places.items() if value}
        yield element("podcast:location", told.location, **known)
    words = words_for(show.language).listing
    if told.funding:
        yield element("podcast:funding", told.funding_text or words.funding, url=told.funding)
    if told.update_frequency:
        rule = _RULES[told.update_frequency]
        often = getattr(words, told.update_frequency)
        yield element("podcast:updateFrequency", often, rrule=rule)


def _add(feed: Any, show: Show, episode: PublishedEpisode) -> None:
    item = feed.add_entry(order="append")
    item.title(xml_text(episode.title).strip() or episode.name)
    item.link(href=url(show, page_path(episode)))
    item.description(short_notes(show, episode))
    item.content(notes_in_html(show, episode), type="CDATA")
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
    if episode.season:
        number = str(episode.season)
        elements.append(element("podcast:season", number, name=number))
    if episode.episode:
        elements.append(element("podcast:episode", str(episode.episode)))
    for kind, timed in _TRANSCRIPTS.items():
        if kind in episode.files:
            file = episode.files[kind]
            elements.append(
                element(
                    "podcast:transcript",
                    url=url(show, media_path(file.name)),
                    type=file.type,
                    language=episode.language,
                    **timed,
                )
            )
    if "chapters" in episode.files:
        file = episode.files["chapters"]
        address = url(show, media_path(file.name))
        elements.append(element("podcast:chapters", url=address, type=file.type))
    if "cover" in episode.files:
        address = url(show, media_path(episode.files["cover"].name))
        elements += [element("itunes:image", href=address), _image(address, episode.title)]
    if "small" in episode.files:
        elements.append(_small_copy(show, episode, episode.files["small"]))
    for name, (group, role) in dict.fromkeys(_people(episode)):
        shown = xml_text(name)[:_MOST_CHARACTERS]
        elements.append(element("podcast:person", shown, group=group, role=role))
    if episode.synthetic:
        elements.append(element("podcast:txt", "true", purpose="ai-content"))
    if episode.chapters:
        elements.append(simple_chapters(episode.chapters))


def _small_copy(show: Show, episode: PublishedEpisode, file: PublishedFile) -> Any:
    """Give the copy for listeners whose data is dear (podcast namespace, alternateEnclosure)."""
    is_opus = file.type == "audio/ogg"
    made = element(
        "podcast:alternateEnclosure",
        type=file.type,
        length=str(file.length),
        bitrate=str(round(file.length * 8000 / max(1, episode.duration_ms))),
        lang=episode.language,
        title=words_for(episode.language, show.language).pages.download_small,
        **({"codecs": "opus"} if is_opus else {}),
    )
    made.append(element("podcast:source", uri=url(show, media_path(file.name))))
    if file.sha256:
        made.append(element("podcast:integrity", type="sri", value=f"sha256-{file.sha256}"))
    return made


def _image(address: str, alt: str) -> Any:
    """Give a square picture as the podcast namespace does (image; its purpose "artwork")."""
    ratio = {"aspect-ratio": "1/1"}
    return element("podcast:image", href=address, alt=alt, purpose="artwork", **ratio)


def _people(episode: PublishedEpisode) -> Iterator[tuple[str, tuple[str, str]]]:
    """Give who is heard and who made it, each with group and role; the office has no place here."""
    yield from ((person.name, _HEARD[person.role]) for person in episode.people)
    yield from ((credit.name, _CREDITED[credit.part]) for credit in episode.credits)


def _explicit(show: Show) -> Any:
    # feedgen knows only the values yes, no and clean, which Apple no longer takes.
    return element("itunes:explicit", "true" if show.explicit else "false")
