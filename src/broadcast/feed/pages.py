"""A show into its pages: how to subscribe, the newest episodes, and those of each year."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any
from urllib.parse import quote

from lxml.builder import E

from broadcast.feed.addresses import FEED, INDEX, media_path, page_path, url
from broadcast.feed.page_frame import (
    Look,
    cover_image,
    cover_in_list,
    facts_of,
    head,
    look_at,
    page,
    paragraphs,
)
from broadcast.feed.page_player import sparing
from broadcast.feed.page_share import copy_field, elsewhere, folded_code
from broadcast.feed.published import PublishedEpisode, PublishedFacts
from broadcast.feed.shelves import Shelf
from broadcast.messages.listeners import ListenerWords, words_for
from broadcast.model import Show
from broadcast.text import folded, xml_text


def index_page(
    show: Show, newest: Sequence[PublishedEpisode], years: Sequence[Shelf], look: Look
) -> bytes:
    """Give the show's page: how to subscribe, the newest episodes, and where the others are."""
    words = words_for(show.language)
    feed_url = url(show, FEED)
    main = E.main(
        {"id": "content"},
        E.section(
            {"class": "hero"},
            cover_image(look, "", 320),
            E.div(
                E.h1({"lang": show.language}, xml_text(show.title)),
                E.p({"class": "by", "lang": show.language}, xml_text(show.author)),
                *paragraphs(_about(show), show.language),
            ),
        ),
        E.section(
            {"class": "subscribe", "aria-labelledby": "subscribe"},
            E.h2({"id": "subscribe"}, words.pages.subscribe),
            E.p({"id": "subscribe-how"}, words.pages.subscribe_how),
            copy_field(
                "feed-address",
                feed_url,
                words.pages.feed_address,
                words,
                aria_describedby="subscribe-how",
            ),
            E.p(
                {"class": "links"},
                E.a({"href": FEED, "type": "application/rss+xml"}, words.pages.feed),
                E.a({"href": "podcast://" + feed_url.split("://", 1)[-1]}, words.pages.open_in_app),
            ),
            *elsewhere(look, words),
            folded_code(feed_url, words.pages.qr_feed),
            folded_code(url(show), words.pages.qr_page),
        ),
        E.section(
            {"aria-labelledby": "episodes"},
            E.h2({"id": "episodes"}, words.pages.episodes),
            *([] if newest else [E.p(words.pages.no_episodes)]),
            *(_card(episode, words, look) for episode in newest),
        ),
        *_years(years, None, "", words),
    )
    page_head = head(show, look, "", xml_text(show.title), show.description, url(show), "website")
    return page(page_head, words, main)


def year_page(show: Show, shelf: Shelf, years: Sequence[Shelf], look: Look) -> bytes:
    """Give the page of a year's episodes, or of a part of them, by month, the newest first."""
    words, up = words_for(show.language), "../"
    title = words.pages.year.format(year=shelf.year)
    to_show = E.a({"href": up + INDEX, "lang": show.language}, "‹ " + xml_text(show.title))
    main = E.main(
        {"id": "content"},
        E.p({"class": "up"}, to_show),
        E.h1(title),
        *(
            E.section(
                {"aria-labelledby": f"month-{month}"},
                E.h2({"id": f"month-{month}"}, _month(month, words)),
                E.ul({"class": "listed"}, *(_listed(one, words, up, look) for one in episodes)),
            )
            for month, episodes in groupby(shelf.episodes, lambda one: one.published.month)
        ),
        *_years(years, shelf, up, words),
    )
    whole_title = f"{title} · {xml_text(show.title)}"
    page_head = head(show, look, up, whole_title, whole_title, url(show, shelf.path), "website")
    return page(page_head, words, main)


def _month(month: int, words: ListenerWords) -> str:
    return words.pages.month.format(month=words.dates.months[month - 1])


def _listed(episode: PublishedFacts, words: ListenerWords, up: str, look: Look) -> Any:
    link = E.a(
        {"href": up + quote(page_path(episode)), "lang": episode.language}, xml_text(episode.title)
    )
    return E.li(
        cover_in_list(look_at(look, episode), up),
        E.div(link, E.span({"class": "facts"}, *facts_of(episode, words))),
    )


def _years(years: Sequence[Shelf], here: Shelf | None, up: str, words: ListenerWords) -> list[Any]:
    """Give the links to the pages of all years; of ``here`` it is said that one is there."""
    if not years:
        return []
    links = []
    for shelf in years:
        several = sum(one.year == shelf.year for one in years) > 1
        months = f" ({shelf.months[0]}–{shelf.months[1]})" if several else ""
        current = {"aria-current": "page"} if shelf is here else {}
        link = E.a({"href": up + shelf.path, **current}, f"{shelf.year}{months}")
        # On the show's page alone: else every page would change with each episode.
        count = [] if here else [" ", E.span({"class": "count"}, str(len(shelf.episodes)))]
        links.append(E.li(link, *count))
    return [
        E.nav(
            {"class": "years", "aria-labelledby": "years"},
            E.h2({"id": "years"}, words.pages.years),
            E.ul(*links),
        )
    ]


def _about(show: Show) -> str:
    return "" if folded(show.description) == folded(show.title) else show.description


def _card(episode: PublishedEpisode, words: ListenerWords, look: Look) -> Any:
    name = f"title-{episode.name}"
    audio = E.audio(
        {
            "controls": "",
            "src": quote(media_path(episode.files["audio"].name)),
            **sparing(episode, ""),
            "aria-labelledby": name,
        }
    )
    own = look_at(look, episode)
    picture = [cover_in_list(own, "")] if own.picture else []
    return E.article(
        {"class": "card", "aria-labelledby": name},
        *picture,
        E.p({"class": "facts"}, *facts_of(episode, words)),
        E.h3(
            {"id": name, "lang": episode.language},
            E.a({"href": quote(page_path(episode))}, xml_text(episode.title)),
        ),
        *paragraphs(episode.about, episode.language)[:1],
        audio,
    )
