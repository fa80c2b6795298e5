"""What stands at the address of an episode that is no longer there: a tombstone, or the way on."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

from lxml.builder import E

from broadcast.feed.addresses import INDEX, page_path, url
from broadcast.feed.figures import date_in
from broadcast.feed.page_frame import Look, head, page
from broadcast.feed.published import PublishedFacts
from broadcast.messages.listeners import words_for
from broadcast.model import Show
from broadcast.text import xml_text

_UP = "../"


def withdrawn_page(show: Show, episode: PublishedFacts, look: Look) -> bytes:
    """Give the page of an episode that was withdrawn or expired: that, and when; nothing of it."""
    words = words_for(show.language)
    told, heading, at = words.pages.withdrawn_on, words.pages.withdrawn, episode.updated
    if episode.state == "expired" and episode.expires:
        told, heading = words.pages.expired_on, words.pages.expired
        at = episode.expires - timedelta(seconds=1)  # its last day is over at midnight
    told = told.format(date=date_in(words, at))
    title = f"{heading} · {xml_text(show.title)}"
    main = E.main(
        {"id": "content"},
        E.p({"class": "up"}, E.a({"href": _UP + INDEX}, "‹ " + xml_text(show.title))),
        E.h1(heading),
        E.p(told),
    )
    page_head = head(show, look, _UP, title, told, url(show, page_path(episode)), "website")
    page_head.append(E.meta(name="robots", content="noindex"))
    return page(page_head, words, main)


def moved_page(show: Show, episode: PublishedFacts, look: Look) -> bytes:
    """Give the page at an earlier address of an episode: it leads on to the present one."""
    to = quote(page_path(episode).rpartition("/")[2])
    place = page_path(episode)
    return _leading_on(show, look, _UP, _called(show, episode), place, to)


def page_left_behind(show: Show, look: Look, path: str, episode: PublishedFacts | None) -> bytes:
    """Give the page at the address that a page had when the site had another: it leads on.

    ``path`` is the page's below feed/ now, ``episode`` whose it is (None: the show's own).
    """
    # Nothing but the page itself is at the old address, so style and cover come from the new one.
    return _leading_on(show, look, url(show), _called(show, episode), path, url(show, path))


def _called(show: Show, episode: PublishedFacts | None) -> str | None:
    """Give what a link to an episode says: of one that is no longer there, nothing."""
    if episode is None:
        return None
    return xml_text(episode.title if episode.state == "published" else show.title)


def _leading_on(show: Show, look: Look, up: str, called: str | None, path: str, to: str) -> bytes:
    words = words_for(show.language)
    told = words.pages.moved if called else words.pages.show_moved
    main = E.main(
        {"id": "content"}, E.h1(told), E.p(E.a({"href": to}, called or xml_text(show.title)))
    )
    page_head = head(
        show, look, up, f"{told} · {xml_text(show.title)}", "", url(show, path), "website"
    )
    page_head.append(E.meta({"http-equiv": "refresh", "content": f"0; url={to}"}))
    return page(page_head, words, main)
