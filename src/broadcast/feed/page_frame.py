"""What every listening page shares: its frame, its head, and how an episode's facts are shown."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote, urlsplit

from lxml import html
from lxml.builder import E

from broadcast.feed.addresses import ASSETS, FEED, media_path, url
from broadcast.feed.figures import date_in, length_in
from broadcast.feed.published import YEARS, PublishedFacts
from broadcast.messages.listeners import ListenerWords
from broadcast.model import Show
from broadcast.text import xml_text


@dataclass(frozen=True, slots=True)
class Look:
    """Places below feed/ of what a page shows: the show's cover, the style, the player's script.

    ``picture`` is an episode's own cover ("": the show's stands for it), ``small_picture`` the same
    for lists ("": there is none); ``elsewhere`` are the names of other houses that have the show,
    each with its address there.
    """

    cover: str
    style: str
    script: str
    picture: str = ""
    small_picture: str = ""
    elsewhere: tuple[tuple[str, str], ...] = ()

    @property
    def shown(self) -> str:
        """The cover that the page shows, and that is seen where its address is passed on."""
        return self.picture or self.cover

    @property
    def listed(self) -> str:
        """The cover that stands beside a title in a list."""
        return self.small_picture or self.shown


def look_of(cover: str, elsewhere: tuple[tuple[str, str], ...] = ()) -> Look:
    """Give where the pages of a show find what they show; ``cover`` is the show's."""
    style, _, script, _ = page_files()
    return Look(cover, style, script, elsewhere=elsewhere)


@cache
def page_files() -> tuple[str, bytes, str, bytes]:
    """Give place and content of the style, then of the script; the places change with them."""
    folder = files("broadcast.feed").joinpath("page_files")
    style, script = (folder.joinpath(name).read_bytes() for name in ("style.css", "player.js"))
    return (
        f"{ASSETS}/style-{_digest(style)}.css",
        style,
        f"{ASSETS}/player-{_digest(script)}.js",
        script,
    )


def page(head: Any, words: ListenerWords, main: Any) -> bytes:
    """Give a whole page in the words' language: its head, a link past what repeats, its content."""
    body = E.body(E.a({"class": "skip", "href": "#content"}, words.pages.skip), main)
    document = E.html({"lang": words.language}, head, body)
    page: bytes = html.tostring(
        document, encoding="utf-8", doctype="<!DOCTYPE html>", pretty_print=True
    )
    # The serializer writes HTML 4, which did not know that a track has no end tag.
    return page.replace(b"></track>", b">")


def head(
    show: Show, look: Look, up: str, title: str, description: str, canonical: str, kind: str
) -> Any:
    """Give a page's head; ``up`` leads from the page to feed/, ``kind`` is OpenGraph's type."""
    summary = xml_text(description).strip().split("\n")[0]
    made = E.head(
        E.meta(charset="utf-8"),
        E.meta({"http-equiv": "Content-Security-Policy", "content": _policy(up)}),
        E.meta(name="viewport", content="width=device-width, initial-scale=1"),
        E.title(title),
        E.meta(name="description", content=summary),
        E.meta({"name": "color-scheme", "content": "light dark"}),
        E.link(rel="canonical", href=canonical),
        E.link(
            rel="alternate",
            type="application/rss+xml",
            title=xml_text(show.title),
            href=url(show, FEED),
        ),
        E.link(rel="icon", href=up + look.cover),
        E.link(rel="stylesheet", href=up + look.style),
    )
    graph = {
        "og:site_name": xml_text(show.title),
        "og:title": title,
        "og:description": summary,
        "og:type": kind,
        "og:url": canonical,
        "og:image": url(show, look.shown),
        "og:locale": show.language.replace("-", "_"),
    }
    made.extend(E.meta(property=name, content=content) for name, content in graph.items())
    made.append(E.script(src=up + look.script, defer="defer"))
    return made


def _policy(up: str) -> str:
    """Give what a page may load: what is of its own house, or of the one that it leads to."""
    parts = urlsplit(up)
    house = f"{parts.scheme}://{parts.netloc}" if parts.netloc else "'self'"
    kinds = ("img", "media", "script", "style")
    return "; ".join(
        [
            "default-src 'none'",
            *(f"{kind}-src {house}" for kind in kinds),
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def cover_image(look: Look, up: str, side: int) -> Any:
    """Give the cover, which says nothing that the title beside it does not."""
    return _picture(up + quote(look.shown), side)


def cover_in_list(look: Look, up: str) -> Any:
    """Give the cover beside a title in a list, fetched when it comes into view."""
    return _picture(up + quote(look.listed), 64, loading="lazy")


def _picture(address: str, side: int, **more: str) -> Any:
    size = str(side)
    return E.img(
        {"class": "cover", "src": address, "alt": "", "width": size, "height": size, **more}
    )


def look_at(look: Look, episode: PublishedFacts) -> Look:
    """Give the look with the cover that an episode has of its own, if it has one."""
    own, small = episode.files.get("cover"), episode.files.get("cover_small")
    if not own:
        return look
    return replace(
        look,
        picture=media_path(own.name),
        small_picture=media_path(small.name) if small else "",
    )


def facts_of(episode: PublishedFacts, words: ListenerWords) -> list[Any]:
    """Give date, length and number, and the mark of a synthetic voice."""
    facts = [
        E.time({"datetime": episode.published.isoformat()}, date_in(words, episode.published)),
        E.span(length_in(words, episode.duration_ms)),
    ]
    if episode.episode:
        template = words.pages.season_episode if episode.season else words.pages.episode
        if (episode.season or 0) in YEARS:
            template = words.pages.year_episode
        facts.append(E.span(template.format(season=episode.season, episode=episode.episode)))
    if episode.synthetic:
        facts.append(badge(words))
    return facts


def badge(words: ListenerWords) -> Any:
    """Give the mark of a synthetic voice."""
    return E.span({"class": "badge", "title": words.pages.synthetic_title}, words.pages.synthetic)


def paragraphs(text: str, language: str) -> list[Any]:
    """Give a paragraph for each line of a text in that language."""
    return [
        E.p({"lang": language}, line.strip()) for line in xml_text(text).split("\n") if line.strip()
    ]


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:12]
