"""Where each thing of the public site lies in feed/, and its address on the web."""

from __future__ import annotations

import ipaddress
from functools import lru_cache
from urllib.parse import quote, urlsplit

from broadcast.feed.published import PublishedFacts
from broadcast.model import Show

FEED = "feed.xml"
INDEX = "index.html"
MEDIA = "media"
PAGES = "episodes"
YEARS = "years"
ASSETS = "assets"


def media_path(file_name: str) -> str:
    """Give a published file's place below feed/."""
    return f"{MEDIA}/{file_name}"


def page_path(episode: PublishedFacts) -> str:
    """Give the place of an episode's listening page below feed/."""
    return page_at(episode.name)


def page_at(name: str) -> str:
    """Give the place below feed/ of the page of the episode with that name."""
    return f"{PAGES}/{name}.html"


def archive_path(number: int) -> str:
    """Give the place below feed/ of an archive of the feed; 1 holds the oldest episodes."""
    return f"feed-archive-{number}.xml"


def year_path(year: int, part: int) -> str:
    """Give the place below feed/ of the page of a year's episodes, or of a ``part`` of them."""
    return f"{YEARS}/{year}-{part}.html" if part else f"{YEARS}/{year}.html"


def media_of(episode: PublishedFacts) -> set[str]:
    """Give the places below feed/ of the files that listeners get or got of an episode."""
    replaced = (one.file for one in episode.superseded)
    return {media_path(file.name) for file in (*episode.files.values(), *replaced)}


def places_of(episode: PublishedFacts) -> set[str]:
    """Give the places below feed/ of all that is an episode's alone: its pages and its media."""
    names = (episode.name, *episode.earlier_names)
    return {*media_of(episode), *map(page_at, names)}


def this_machine(show: Show) -> str:
    """Give the host of base_url where it is this machine, which nobody else can reach; else ""."""
    host = urlsplit(show.base_url).hostname or ""
    return host if is_this_machine(show.base_url) else ""


def is_this_machine(address: str) -> bool:
    """Whether a web address is on this machine."""
    host = urlsplit(address).hostname or ""
    try:
        ip = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
    return ip.is_loopback or ip.is_unspecified


def url(show: Show, path: str = "") -> str:
    """Give the web address of a path below feed/ ("": the site itself), as RFC 3986 writes it."""
    return f"{_folder(show.base_url)}/{quote(path)}"


def same_place(address: str, other: str) -> bool:
    """Whether two web addresses are one place on one host, though by http or by https."""
    return _place(address) == _place(other)


def same_address(address: str, other: str) -> bool:
    """Whether two web addresses are one: neither a host's letter case nor a usual port counts."""
    return same_place(address, other) and urlsplit(address).scheme == urlsplit(other).scheme


@lru_cache(maxsize=8)  # a feed has it thousands of times
def _folder(address: str) -> str:
    base = urlsplit(address)
    # What is escaped already stays so.
    folder = quote(base.path.rstrip("/"), safe="/%~!$&'()*+,;=:@")
    return f"{base.scheme}://{_host(base.netloc)}{folder}"


def _place(address: str) -> tuple[str, int | None, str]:
    parts = urlsplit(address)
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    port = None if parts.port == usual else parts.port
    return parts.hostname or "", port, parts.path


def _host(written: str) -> str:
    """Give a host as the domain name system has it: đài.vn is xn--i-rfa0m.vn"""
    try:
        return written.encode("idna").decode("ascii")
    except UnicodeError:
        return written
