"""What is recorded as published, and the time → the public site as it is to be."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from broadcast.feed.addresses import FEED, places_of, url
from broadcast.feed.cover import cover_of
from broadcast.feed.parts import Copied, Made, Site, copied, made
from broadcast.feed.published import PublishedEpisode, PublishedFacts, newest_first, read_sentences
from broadcast.feed.site import SiteState
from broadcast.model import TranscriptSentence
from broadcast.production.desk.listeners import Listeners
from broadcast.production.desk.published import recorded
from broadcast.production.desk.station_cache import cache_of
from broadcast.production.public.identity import with_guid
from broadcast.production.public.moving import addresses_left
from broadcast.production.public.superseded import is_served
from broadcast.station import Station
from broadcast.workspace import Workspace


@dataclass(frozen=True, slots=True)
class SitePlan:
    """The site, what is recorded beside it, and which replaced files are kept, by their time."""

    workspace: Workspace
    site: Site
    state: SiteState
    is_kept: Callable[[datetime], bool]

    def copied(self) -> Iterator[Copied]:
        """Give the files that were frozen, each where it is to be."""
        return copied(self.site.episodes, self.workspace.published, self.is_kept)

    def made(self) -> list[Made]:
        """Give the files that are made, in the order in which they are to come."""
        return list(made(self.site))

    def own(self) -> Iterator[str]:
        """Give every place that an episode of the station has or had."""
        for episode in (*self.site.episodes, *self.site.gone):
            yield from places_of(episode)


def planned_site(
    workspace: Workspace,
    station: Station,
    listeners: Listeners,
    episodes: Sequence[PublishedFacts],
    released: Collection[str] = (),
) -> SitePlan:
    """Plan the site of ``episodes``, as they are recorded now.

    ``listeners`` tells what they had and what time it is; ``released`` are episodes that were
    published for this moment, whatever the clock says.
    """
    station, time = with_guid(workspace, station), listeners.time
    shown = [
        each
        for each in episodes
        if each.state == "published" and (each.name in released or listeners.should_have(each))
    ]
    gone = [
        each
        for each in episodes
        if each.state != "published" and (each.published <= time.latest or listeners.due(each))
    ]

    def sentences_of(episode: PublishedEpisode) -> Sequence[TranscriptSentence]:
        return read_sentences(workspace.published(episode.name), episode)

    def read(facts: PublishedFacts) -> PublishedEpisode:
        return recorded(workspace, facts)

    def is_kept(since: datetime) -> bool:
        return is_served(since, station, time)

    moved_from = addresses_left(workspace, listeners.record, station.show, time)
    site = Site(
        station.show,
        newest_first(shown),
        gone,
        read,
        sentences_of,
        cover=cover_of(station.show, cache_of(workspace, station)),
        built=time.date.replace(microsecond=0),
        items=station.feed.items,
        moved=bool(moved_from),
        elsewhere=station.feed.elsewhere,
    )
    state = SiteState(time.latest.replace(microsecond=0), url(station.show, FEED), moved_from)
    return SitePlan(workspace, site, state, is_kept)
