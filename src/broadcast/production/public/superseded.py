"""Files that a correction replaced → how long listeners are still served with them.

A podcast program that fetched the feed yesterday asks for yesterday's audio today.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from broadcast.feed.published import PublishedEpisode, PublishedFacts, SupersededFile
from broadcast.production.desk.station_time import StationTime
from broadcast.station import Station
from broadcast.workspace import Workspace


def is_served(since: datetime, station: Station, time: StationTime) -> bool:
    """Whether what was replaced at ``since`` is kept; a clock that goes back ends nothing."""
    return time.latest < since + timedelta(days=station.feed.keep_days)


def superseded(
    before: PublishedEpisode, episode: PublishedEpisode, station: Station, time: StationTime
) -> tuple[SupersededFile, ...]:
    """Give the files that ``episode`` replaces, and those replaced before that are kept still."""
    given = {file.name for file in episode.files.values()}
    now = (SupersededFile(file, time.date.replace(microsecond=0)) for file in before.files.values())
    last = {one.file.name: one for one in (*before.superseded, *now)}
    return tuple(
        one
        for name, one in last.items()
        if name not in given and is_served(one.since, station, time)
    )


def forget_superseded(
    workspace: Workspace, episode: PublishedFacts, is_kept: Callable[[datetime], bool]
) -> None:
    """Remove the frozen copies of what is served no more: they were made from drafts."""
    given = {file.name for file in episode.files.values()}
    for one in episode.superseded:
        if one.file.name not in given and not is_kept(one.since):
            (workspace.published(episode.name) / one.file.name).unlink(missing_ok=True)
