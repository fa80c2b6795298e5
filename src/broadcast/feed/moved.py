"""The addresses that the site had before → what is to lie there, so that everybody is led on.

Sources: Apple Podcasters (a moved feed answers with 301 and holds itunes:new-feed-url); Apache 2.4,
mod_rewrite in .htaccess; the ``_redirects`` of Netlify, Cloudflare Pages and GitLab Pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from urllib.parse import unquote, urlsplit

from broadcast.cache import key_of
from broadcast.feed.addresses import (
    ASSETS,
    FEED,
    INDEX,
    MEDIA,
    PAGES,
    YEARS,
    page_at,
    page_path,
    same_place,
    url,
)
from broadcast.feed.gone_pages import page_left_behind
from broadcast.feed.page_frame import Look
from broadcast.feed.parts import Made, Site
from broadcast.feed.shelves import shelves
from broadcast.feed.site_record import can_be_below

_FOLDERS = (ASSETS, MEDIA, PAGES, YEARS)
_ON_APACHE = ".htaccess"
_ON_SERVICES = "_redirects"
# What a rule hands on: the letters of all our own names, so that no request can add anything else.
_OURS = "[A-Za-z0-9._/-]*"


@dataclass(frozen=True, slots=True)
class OldPlace:
    """Where the site was: on which ``host``, in which ``folder`` there ("": its top), until when.

    ``path`` is the folder's as addresses have it: "" or "/podcast".
    """

    host: str
    folder: str
    path: str
    left: datetime

    @property
    def below(self) -> str:
        """Its place below moved/, with a slash at its end."""
        return f"{self.host}/{self.folder}/" if self.folder else f"{self.host}/"


def old_places(moved_from: Mapping[str, datetime], here: str) -> list[OldPlace]:
    """Give the places of the feed's old addresses; ``here`` is its present one.

    One that differs from it by http or https alone is no other place: nothing can lie there.
    """
    found: dict[str, OldPlace] = {}
    for address, left in moved_from.items():
        if not same_place(address, here):
            place = _old_place(address, left)
            before = found.get(place.below)
            found[place.below] = place if before is None or before.left < left else before
    return [found[below] for below in sorted(found)]


def _old_place(address: str, left: datetime) -> OldPlace:
    parts = urlsplit(address)
    path = parts.path.rpartition("/")[0]
    host = re.sub("[^A-Za-z0-9.-]", "_", parts.netloc.lower())
    folder = unquote(path).strip("/")
    if folder and not can_be_below(folder):
        folder = re.sub("[^A-Za-z0-9._/-]", "_", path).strip("/")
    return OldPlace(host, folder, path, left)


def left_behind(
    site: Site,
    look: Look,
    places: Iterable[OldPlace],
    made_from: Mapping[str, str],
    feed_file: Path,
) -> Iterator[Made]:
    """Give the files below moved/: for each old host a folder, which is to lie at its top.

    ``made_from`` tells of each path of the site what it was made from. ``feed_file`` is the feed
    as it stands there: the old address gives it where no rule is heeded.
    """
    rules: dict[str, list[str]] = {}
    given: set[str] = set()
    for place in places:
        tops = _tops(made_from, place, url(site.show))
        own = [
            *_pages(site, look, place, made_from),
            _text(_ON_APACHE, _htaccess(site, tops)),
            Made(FEED, made_from[FEED], feed_file.read_bytes),
        ]
        for part in own:
            path = place.below + part.path
            if path not in given:
                given.add(path)
                yield Made(path, part.made_from, part.make)
        # A deeper folder first: the topmost rule that fits is taken.
        rules.setdefault(place.host, [])[:0] = _redirects(site, tops, place)
    for host, lines in rules.items():
        yield _text(f"{host}/{_ON_SERVICES}", "\n".join([_about(site), *lines, ""]))


def _pages(site: Site, look: Look, place: OldPlace, made_from: Mapping[str, str]) -> Iterator[Made]:
    """Give a page that leads on for each that was there; a present name goes before an earlier."""
    show = site.show
    was_there = [one for one in site.episodes if one.published < place.left]
    every = [*was_there, *(one for one in site.gone if one.published < place.left)]
    now = [(page_path(episode), episode) for episode in every]
    before = [(page_at(name), one) for one in every for name in one.earlier_names]
    for path, episode in (*now, *before):
        to = page_path(episode)
        yield Made(path, made_from[to], partial(page_left_behind, show, look, to, episode))
    for path in (*(shelf.path for shelf in shelves(was_there)), INDEX):
        # A year may be parted otherwise since: its page leads to where all years are listed.
        make = partial(page_left_behind, show, look, INDEX, None)
        yield Made(path, made_from[INDEX], make)


def _tops(paths: Iterable[str], place: OldPlace, now: str) -> list[str]:
    """Give what lies at the top of the site; folders end in a slash.

    Nothing else on the old host is led away, nor the new site itself where it lies within the old.
    """
    files = {path for path in paths if "/" not in path} | {FEED, INDEX}
    tops = {*files, *(f"{folder}/" for folder in _FOLDERS)}
    parts = urlsplit(now)
    within = parts.path.removeprefix(place.path + "/")
    if parts.netloc.lower() == place.host and within != parts.path and within:
        tops.discard(within.split("/")[0] + "/")
    return sorted(tops)


def _about(site: Site) -> str:
    return f"# The podcast that was here is at {url(site.show)} now."


def _htaccess(site: Site, tops: Iterable[str]) -> str:
    fits = "|".join(
        re.escape(top).replace("/", "/" + _OURS) if top.endswith("/") else re.escape(top)
        for top in tops
    )
    # There % and $ stand for what was found.
    to = re.sub(r"[%$\\]", r"\\\g<0>", url(site.show))
    return "\n".join(
        [
            _about(site),
            "RewriteEngine On",
            f"RewriteRule ^({fits}|)$ {to}$1 [R=301,L,NE]",
            "",
        ]
    )


def _redirects(site: Site, tops: Iterable[str], place: OldPlace) -> list[str]:
    """Give the rules of a ``_redirects``: Netlify puts files before 301, but not before 301!; the
    others have no 301! and pass such a line over.
    """
    to = url(site.show)
    pairs = [(f"{place.path}/", to)]
    for top in tops:
        splat = ("*", ":splat") if top.endswith("/") else ("", "")
        pairs.append((f"{place.path}/{top}{splat[0]}", f"{to}{top}{splat[1]}"))
    return [f"{old} {new} {code}" for old, new in pairs for code in ("301!", "301")]


def _text(path: str, text: str) -> Made:
    return Made(path, key_of(text), partial(str.encode, text))
