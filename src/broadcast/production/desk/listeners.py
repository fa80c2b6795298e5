"""What is recorded as published, and feed/ as it is → what listeners get, and what is due there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from broadcast.feed.addresses import media_of, media_path, page_path
from broadcast.feed.listed import listed
from broadcast.feed.published import PublishedEpisode
from broadcast.feed.site_record import SiteRecord, read_site_record
from broadcast.messages import Message
from broadcast.production.desk.published import published_episodes
from broadcast.production.desk.station_time import StationTime
from broadcast.workspace import Workspace

Due = Literal["add", "change", "remove", "expire"]
"""What is to be done in feed/ so that listeners get of an episode what is recorded."""


@dataclass(frozen=True, slots=True)
class Listeners:
    """Every ``episodes`` ever published, and what listeners find of them in ``folder`` by now.

    ``listed`` are the guids in the feed with the names of their files, ``record`` tells what the
    program put below ``folder``.
    """

    folder: Path
    episodes: Sequence[PublishedEpisode]
    listed: Mapping[str, frozenset[str]]
    record: SiteRecord
    time: StationTime

    def has(self, episode: PublishedEpisode) -> bool:
        """Whether listeners find the episode in the feed."""
        return episode.guid in self.listed

    def should_have(self, episode: PublishedEpisode) -> bool:
        """Whether it is published and its time has come; a clock that went back takes nothing."""
        if episode.state != "published" or self.is_expired(episode):
            return False
        return episode.published <= self.time.now or (
            self.time.is_behind and self._was_placed(episode)
        )

    def waits(self, episode: PublishedEpisode) -> bool:
        """Whether it is published for a time that has not come."""
        gone = episode.state != "published" or self.is_expired(episode)
        return not gone and not self.should_have(episode)

    def is_expired(self, episode: PublishedEpisode) -> bool:
        """Whether its last day has passed; a clock that went back takes nothing, and gives none."""
        if episode.state != "published":
            return episode.state == "expired"
        if episode.expires is None or episode.expires > self.time.latest:
            return False
        return not (self.time.is_behind and self._was_placed(episode))

    def due(self, episode: PublishedEpisode) -> Due | None:
        """Give what the next writing of the feed is to do for the episode."""
        if not self.should_have(episode):
            left = (self.folder / place for place in media_of(episode))
            if not self.has(episode) and not any(map(Path.is_file, left)):
                return None
            return "expire" if self.is_expired(episode) else "remove"
        if not self.has(episode):
            return "add"
        given = {file.name for file in episode.files.values()}
        is_there = given <= self.listed[episode.guid] and not self._has_page_elsewhere(episode)
        return None if is_there else "change"

    def _has_page_elsewhere(self, episode: PublishedEpisode) -> bool:
        """Whether it was renamed, and its page is not yet where its name says."""
        return bool(episode.earlier_names) and not (self.folder / page_path(episode)).is_file()

    def _was_placed(self, episode: PublishedEpisode) -> bool:
        """Whether listeners had it when the feed was last written, so far as anybody knows."""
        if self.has(episode) or media_path(episode.files["audio"].name) in self.record.files:
            return True
        # Where nobody noted what was put there, what came before the last change was.
        return not self.time.noted and episode.published <= self.time.latest


def listeners_of(workspace: Workspace, now: datetime, *, believed: bool = False) -> Listeners:
    """Read what was published and what feed/ gives; ``believed``: the clock is said to be right.

    Raises BroadcastError naming a record that is damaged, OutsideError when one cannot be read.
    """
    episodes = published_episodes(workspace)
    record = read_site_record(workspace.feed)
    last_change = max((episode.updated for episode in episodes), default=None)
    noted = record.seen is not None
    time = StationTime(now, record.seen or last_change, noted, believed)
    return Listeners(
        folder=workspace.feed,
        episodes=episodes,
        listed=listed(workspace.feed),
        record=record,
        time=time,
    )


def due_told(episode: PublishedEpisode, due: Due) -> Message:
    """Say what listeners have of an episode for which something is due."""
    if due == "add":
        return Message("listeners.not-yet", "nothing: published, not in the feed yet")
    if due == "change":
        return Message("listeners.before", "an earlier version: changed, not in the feed yet")
    if due == "expire":
        return Message("listeners.past", "it: expired, still in the feed")
    if episode.state == "withdrawn":
        return Message("listeners.still", "it: withdrawn, still in the feed")
    return Message("listeners.too-soon", "it, before its time: still in the feed")
