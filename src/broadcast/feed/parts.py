"""A show and its published episodes → every file of the public site, each made when it is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from broadcast.cache import key_of, rules_of
from broadcast.feed.addresses import FEED, INDEX, media_path, page_at, page_path
from broadcast.feed.archives import FeedPage, feed_pages
from broadcast.feed.cover import Cover
from broadcast.feed.episode_page import episode_page
from broadcast.feed.gone_pages import moved_page, withdrawn_page
from broadcast.feed.page_frame import Look, look_of, page_files
from broadcast.feed.pages import index_page, year_page
from broadcast.feed.published import PublishedEpisode, PublishedFacts, record_key
from broadcast.feed.rss import feed_xml
from broadcast.feed.shelves import ON_INDEX, Neighbours, Shelf, neighbours, shelves
from broadcast.model import Show, TranscriptSentence


@dataclass(frozen=True, slots=True)
class Site:
    """All that the public site is made from.

    ``episodes`` are those that listeners find, the newest first; ``gone`` those that they found
    once, withdrawn or expired, by their facts: ``read`` gives all of one, where it is to be shown.
    ``items`` is how many feed.xml holds; ``elsewhere`` are other houses that have the show, by name
    and address; ``moved`` whether it had another address. ``built`` dates
    a feed that has no episode yet.
    """

    show: Show
    episodes: Sequence[PublishedFacts]
    gone: Sequence[PublishedFacts]
    read: Callable[[PublishedFacts], PublishedEpisode]
    sentences_of: Callable[[PublishedEpisode], Sequence[TranscriptSentence]]
    cover: Cover
    built: datetime
    items: int
    moved: bool = False
    elsewhere: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """A file that the program makes; what ``made_from`` names decides its bytes."""

    path: str
    made_from: str
    make: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Copied:
    """A file that listeners were given with an episode, and where it is frozen.

    ``digest`` is that of its bytes (None: nobody noted it). What is not ``needed`` may be lost.
    """

    path: str
    source: Callable[[], Path]
    size: int
    digest: str | None
    needed: bool = True


def copied(
    episodes: Sequence[PublishedFacts],
    folder_of: Callable[[str], Path],
    is_kept: Callable[[datetime], bool],
) -> Iterator[Copied]:
    """Give the media of the episodes, and of those that were replaced what is kept by its time.

    ``folder_of`` tells where an episode's files are frozen.
    """
    for episode in episodes:
        replaced = [one.file for one in episode.superseded if is_kept(one.since)]
        for file in (*episode.files.values(), *replaced):
            source = partial(_frozen, folder_of, episode.name, file.name)
            needed = file not in replaced
            yield Copied(media_path(file.name), source, file.length, file.digest, needed)


def _frozen(folder_of: Callable[[str], Path], name: str, file: str) -> Path:
    return folder_of(name) / file


def made(site: Site) -> Iterator[Made]:
    """Give the files that are made, in the order in which they are to come: the feed at the end."""
    show, cover, look = site.show, site.cover, look_of(site.cover.path, site.elsewhere)
    _, style, _, script = page_files()
    for path, data in ((cover.path, cover.data), (look.style, style), (look.script, script)):
        yield Made(path, "asset", partial(bytes, data))
    common = key_of(rules_of("feed", "messages", "model"), repr(show), repr(look))
    keys = {episode.name: key_of(common, record_key(episode)) for episode in site.episodes}
    for episode, beside in zip(site.episodes, neighbours(site.episodes), strict=True):
        make = partial(_episode_page, site, episode, look, beside)
        made_from = key_of(keys[episode.name], beside.made_from)
        yield Made(page_path(episode), made_from, make)
    for gone in site.gone:
        yield Made(
            page_path(gone),
            key_of(common, record_key(gone)),
            partial(withdrawn_page, show, gone, look),
        )
    yield from _redirects(site, look, common)
    yield from _shelves(site, look, keys, common)
    yield from _feeds(site, look, keys, common)


def _episode_page(site: Site, facts: PublishedFacts, look: Look, beside: Neighbours) -> bytes:
    episode = site.read(facts)
    return episode_page(site.show, episode, site.sentences_of(episode), look, beside)


def _index(
    site: Site, newest: Sequence[PublishedFacts], years: Sequence[Shelf], look: Look
) -> bytes:
    return index_page(site.show, [site.read(one) for one in newest], years, look)


def _redirects(site: Site, look: Look, common: str) -> Iterator[Made]:
    """Give a page at each address that an episode had under an earlier name, and no other has."""
    now = {episode.name for episode in (*site.episodes, *site.gone)}
    for episode in (*site.episodes, *site.gone):
        for earlier in episode.earlier_names:
            if earlier not in now:
                make = partial(moved_page, site.show, episode, look)
                yield Made(page_at(earlier), key_of(common, record_key(episode)), make)


def _shelves(site: Site, look: Look, keys: Mapping[str, str], common: str) -> Iterator[Made]:
    """Give the index and the pages of its years."""
    years = shelves(site.episodes)
    names = key_of([(shelf.path, *shelf.months) for shelf in years])
    counts = [len(shelf.episodes) for shelf in years]
    for shelf in years:
        yield Made(
            shelf.path,
            _of_several(common, shelf.episodes, keys, names),
            partial(year_page, site.show, shelf, years, look),
        )
    newest = site.episodes[:ON_INDEX]
    yield Made(
        INDEX,
        _of_several(common, newest, keys, [names, counts]),
        partial(_index, site, newest, years, look),
    )


def _feeds(site: Site, look: Look, keys: Mapping[str, str], common: str) -> Iterator[Made]:
    """Give the archives of the feed, and the feed itself at the end."""
    every = (*site.episodes, *site.gone)
    identity = key_of(
        common, site.moved, min(((one.published, one.feed_guid) for one in every), default="")
    )
    last = max((max(one.updated, one.published) for one in every), default=None)
    for page in feed_pages(every, site.items):
        beside = [page.path, page.older, page.newer, last if page.path == FEED else None]
        yield Made(
            page.path,
            _of_several(identity, page.episodes, keys, beside),
            partial(_feed, site, page, look, every),
        )


def _feed(site: Site, page: FeedPage, look: Look, every: Sequence[PublishedFacts]) -> bytes:
    return feed_xml(
        site.show, every, site.built, look.cover, page=page, moved=site.moved, read=site.read
    )


def _of_several(
    common: str, episodes: Sequence[PublishedFacts], keys: Mapping[str, str], beside: object
) -> str:
    return key_of(common, [keys[one.name] for one in episodes], beside)
