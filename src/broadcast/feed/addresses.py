"""Where each thing of the public site lies in feed/, and its address on the web."""

from __future__ import annotations

import ipaddress
from urllib.parse import quote, urlsplit

from broadcast.feed.published import PublishedEpisode
from broadcast.model import Show

FEED = "feed.xml"
INDEX = "index.html"
MEDIA = "media"
PAGES = "episodes"
ASSETS = "assets"


def media_path(file_name: str) -> str:
    """Give a published file's place below feed/."""
    return f"{MEDIA}/{file_name}"


def page_path(episode: PublishedEpisode) -> str:
    """Give the place of an episode's listening page below feed/."""
    return f"{PAGES}/{episode.name}.html"


def places_of(episode: PublishedEpisode) -> set[str]:
    """Give the places below feed/ of all that is an episode's alone: its page and its media."""
    return {page_path(episode), *(media_path(file.name) for file in episode.files.values())}


def this_machine(show: Show) -> str:
    """Give the host of base_url where it is this machine, which nobody else can reach; else ""."""
    host = urlsplit(show.base_url).hostname or ""
    return host if _is_this_machine(host) else ""


def url(show: Show, path: str = "") -> str:
    """Give the web address of a path below feed/ ("": the site itself), as RFC 3986 writes it."""
    base = urlsplit(show.base_url)
    # What is escaped already stays so.
    folder = quote(base.path.rstrip("/"), safe="/%~!$&'()*+,;=:@")
    return f"{base.scheme}://{_host(base.netloc)}{folder}/{quote(path)}"


def _host(written: str) -> str:
    """Give a host as the domain name system has it: đài.vn is xn--i-rfa0m.vn"""
    try:
        return written.encode("idna").decode("ascii")
    except UnicodeError:
        return written


def _is_this_machine(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
    return address.is_loopback or address.is_unspecified
