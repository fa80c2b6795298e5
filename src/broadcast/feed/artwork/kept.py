"""A show and its episodes → the covers that are drawn for them, each of them once."""

from __future__ import annotations

from dataclasses import astuple, dataclass

from broadcast.cache import Cache, key_of
from broadcast.feed.artwork.letters import shown
from broadcast.model import Show

SIDE = 1400
"""Of every picture that is made here, in pixels: the smallest that podcast directories take (PSP-1,
itunes:image; Apple); programs show covers smaller, never larger."""
VERSION = 1
"""Part of the key of every drawn cover: raised when they look different."""


@dataclass(frozen=True, slots=True)
class ShowWords:
    """What a show's cover says: its name, and whose it is ("": nothing)."""

    name: str
    author: str


@dataclass(frozen=True, slots=True)
class EpisodeWords:
    """What an episode's cover says; ``guest`` and ``day`` may be ""."""

    show: str
    title: str
    guest: str
    day: str


def drawn_for_show(show: Show, cache: Cache) -> bytes | None:
    """Give a show's cover as a JPEG; None: the font lacks letters of its name."""
    name = shown(show.title)
    if not name:
        return None
    words = ShowWords(name, shown(show.author) or "")
    key = key_of("cover of a show", VERSION, astuple(words))

    def draw() -> bytes:
        from broadcast.feed.artwork import drawn  # what only a new cover needs to load

        return drawn.show_cover(words)

    return cache.data(key, draw)


def drawn_for_episode(
    show: Show, title: str, guests: tuple[str, ...], day: str, cache: Cache
) -> bytes | None:
    """Give an episode's cover as a JPEG; None: the font lacks letters of its title or its show's.

    ``day`` is its date as listeners read it. A guest whose name cannot be shown is left out.
    """
    name, headline = shown(show.title), shown(title)
    if not name or not headline:
        return None
    named = ", ".join(filter(None, map(shown, guests)))
    words = EpisodeWords(name, headline, named, shown(day) or "")
    key = key_of("cover of an episode", VERSION, astuple(words))

    def draw() -> bytes:
        from broadcast.feed.artwork import drawn

        return drawn.episode_cover(words)

    return cache.data(key, draw)
