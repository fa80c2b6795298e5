"""A show into its pages: how to subscribe, the newest episodes, and those of each year."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any
from urllib.parse import quote

from lxml.builder import E

from broadcast.feed.addresses import FEED, INDEX, media_path, page_path, url
from broadcast.feed.page_frame import Look, cover_image, facts_of, head, page, paragraphs
from broadcast.feed.published import PublishedEpisode, PublishedFacts
from broadcast.feed.shelves import Shelf
from broadcast.feed.xml_text import xml_text
from broadcast.messages.listeners import ListenerWords, words_for
from broadcast.model import Show
from broadcast.text import folded


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
            E.div(
                {"class": "copy"},
                E.input(
                    {
                        "type": "text",
                        "id": "feed-address",
                        "value": feed_url,
                        "readonly": "readonly",
                        "aria-label": words.pages.feed_address,
                        "aria-describedby": "subscribe-how",
                        "spellcheck": "false",
                    }
                ),
                E.button(
                    {
                        "type": "button",
                        "data-copy": "feed-address",
                        "data-done": words.pages.copied,
                        "hidden": "hidden",
                    },
                    words.pages.copy,
                ),
            ),
            E.p(
                {"class": "links"},
                E.a(
                    {"class": "button", "href": "podcast://" + feed_url.split("://", 1)[-1]},
                    words.pages.open_in_app,
                ),
                E.a({"href": FEED, "type": "application/rss+xml"}, words.pages.feed),
            ),
        ),
        E.section(
            {"aria-labelledby": "episodes"},
            E.h2({"id": "episodes"}, words.pages.episodes),
            *([] if newest else [E.p(words.pages.no_episodes)]),
            *(_card(episode, words) for episode in newest),
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
                E.ul({"class": "listed"}, *(_listed(one, words, up) for one in episodes)),
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


def _listed(episode: PublishedFacts, words: ListenerWords, up: str) -> Any:
    link = E.a(
        {"href": up + quote(page_path(episode)), "lang": episode.language}, xml_text(episode.title)
    )
    return E.li(link, E.span({"class": "facts"}, *facts_of(episode, words)))


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


def _card(episode: PublishedEpisode, words: ListenerWords) -> Any:
    name = f"title-{episode.name}"
    audio = E.audio(
        {
            "controls": "controls",
            "preload": "none",
            "src": quote(media_path(episode.files["audio"].name)),
            "aria-labelledby": name,
        }
    )
    return E.article(
        {"class": "card", "aria-labelledby": name},
        E.p({"class": "facts"}, *facts_of(episode, words)),
        E.h3(
            {"id": name, "lang": episode.language},
            E.a({"href": quote(page_path(episode))}, xml_text(episode.title)),
        ),
        *paragraphs(episode.about, episode.language)[:1],
        audio,
    )
