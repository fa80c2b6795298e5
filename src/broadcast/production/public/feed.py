"""What is published → feed/, the public site, written and checked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from broadcast.feed.published import PublishedEpisode, read_sentences
from broadcast.feed.site import write_site
from broadcast.model import Problem, TranscriptSentence
from broadcast.production.desk.progress import Reporter, waiting
from broadcast.production.desk.published import published_episodes
from broadcast.production.desk.read_station import station_of
from broadcast.station import Station
from broadcast.workspace import Workspace, finish_replacing, locked


def write_feed(workspace: Workspace, now: datetime, reporter: Reporter) -> int:
    """Write feed/ again from what is published, and give how many episodes it has."""
    station = station_of(workspace)
    with locked(workspace, waiting(reporter)):
        for name in workspace.published_names():
            finish_replacing(workspace.published(name))
        return write_published(workspace, station, now)


def check_site(workspace: Workspace) -> tuple[Problem, ...]:
    """Give what is wrong with feed/ as a stranger would find it."""
    from broadcast.feed.check import check_feed  # what other commands have no need to load

    return check_feed(workspace.feed, station_of(workspace).show)


def write_published(workspace: Workspace, station: Station, now: datetime) -> int:
    """Write feed/ with the episodes whose time has come; give how many listeners find.

    The station is held by the caller.
    """
    episodes = [each for each in published_episodes(workspace) if each.published <= now]
    media = {
        file.name: workspace.published(episode.name) / file.name
        for episode in episodes
        for file in episode.files.values()
    }

    def sentences_of(episode: PublishedEpisode) -> Sequence[TranscriptSentence]:
        return read_sentences(workspace.published(episode.name), episode)

    built = now.replace(microsecond=0)
    write_site(workspace.feed, station.show, episodes, media, sentences_of, built)
    return sum(episode.state == "published" for episode in episodes)
