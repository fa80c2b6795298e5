"""A show into its page: how to subscribe, and every published episode."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from lxml.builder import E

from broadcast.feed.addresses import FEED, media_path, page_path, url
from broadcast.feed.page_frame import Look, cover_image, facts_of, head, page, paragraphs
from broadcast.feed.published import PublishedEpisode
from broadcast.feed.rss import newest_first
from broadcast.feed.xml_text import xml_text
from broadcast.messages.listeners import ListenerWords, words_for
from broadcast.model import Show
from broadcast.text import folded


def index_page(show: Show, episodes: Sequence[PublishedEpisode], look: Look) -> bytes:
    """Give the show's page: how to subscribe, and every published episode, the newest first."""
    words = words_for(show.language)
    feed_url = url(show, FEED)
    shown = newest_first(episodes)
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
            *([] if shown else [E.p(words.pages.no_episodes)]),
            *(_card(episode, words) for episode in shown),
        ),
    )
    page_head = head(show, look, "", xml_text(show.title), show.description, url(show), "website")
    return page(page_head, words, main)


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
