"""What is recorded as published, and feed/ as it is → what listeners get, and what is due there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from broadcast.feed.addresses import media_of, media_path, page_path
from broadcast.feed.listed import Listed
from broadcast.feed.published import ON_PAGES, PublishedFacts, State
from broadcast.feed.site_record import SiteRecord, read_site_record
from broadcast.messages import Message
from broadcast.production.desk.known import known_entries, known_episodes
from broadcast.production.desk.progress import Reporter
from broadcast.production.desk.remembered_facts import RememberedFacts
from broadcast.production.desk.station_time import StationTime
from broadcast.workspace import Workspace

Due = Literal["add", "change", "remove", "expire"]
"""What is to be done in feed/ so that listeners get of an episode what is recorded."""


@dataclass(frozen=True, slots=True)
class Found:
    """What listeners find in ``folder`` by now, and what time it is there.

    ``listed`` are the entries of the feed; ``was_put`` tells of a path below ``folder`` whether the
    program put it there.
    """

    folder: Path
    listed: Listed
    time: StationTime
    was_put: Callable[[str], bool]

    def has(self, episode: PublishedFacts) -> bool:
        """Whether listeners find the episode in the feed."""
        return episode.guid in self.listed

    def should_have(self, episode: PublishedFacts) -> bool:
        """Whether it is published and its time has come; a clock that went back takes nothing."""
        if episode.state != "published" or self.is_expired(episode):
            return False
        return episode.published <= self.time.now or (
            self.time.is_behind and self._was_placed(episode)
        )

    def waits(self, episode: PublishedFacts) -> bool:
        """Whether it is published for a time that has not come."""
        gone = episode.state != "published" or self.is_expired(episode)
        return not gone and not self.should_have(episode)

    def is_expired(self, episode: PublishedFacts) -> bool:
        """Whether its last day has passed; a clock that went back takes nothing, and gives none."""
        if episode.state != "published":
            return episode.state == "expired"
        if episode.expires is None or episode.expires > self.time.latest:
            return False
        return not (self.time.is_behind and self._was_placed(episode))

    def due(self, episode: PublishedFacts) -> Due | None:
        """Give what the next writing of the feed is to do for the episode."""
        if not self.should_have(episode):
            left = (self.folder / place for place in media_of(episode))
            if not self.has(episode) and not any(map(Path.is_file, left)):
                return None
            return "expire" if self.is_expired(episode) else "remove"
        if not self.has(episode):
            return "add"
        given = {file.name for kind, file in episode.files.items() if kind not in ON_PAGES}
        if not given <= self.listed.files_of(episode.guid) or self._has_page_elsewhere(episode):
            return "change"
        return None

    def _has_page_elsewhere(self, episode: PublishedFacts) -> bool:
        """Whether it was renamed, and its page is not yet where its name says."""
        return bool(episode.earlier_names) and not (self.folder / page_path(episode)).is_file()

    def _was_placed(self, episode: PublishedFacts) -> bool:
        """Whether listeners had it when the feed was last written, so far as anybody knows."""
        if self.has(episode) or self.was_put(media_path(episode.files["audio"].name)):
            return True
        # Where nobody noted what was put there, what came before the last change was.
        return not self.time.noted and episode.published <= self.time.latest


@dataclass(frozen=True, slots=True)
class Listeners(Found):
    """Every ``episodes`` ever published, and what listeners find of them by now.

    ``record`` tells what the program put into feed/.
    """

    episodes: Sequence[PublishedFacts]
    record: SiteRecord


def listeners_of(workspace: Workspace, now: datetime, *, believed: bool = False) -> Listeners:
    """Read what was published and what feed/ gives; ``believed``: the clock is said to be right.

    Raises BroadcastError naming a record that is damaged, OutsideError when one cannot be read.
    """
    remembered = RememberedFacts(workspace)
    episodes = known_episodes(workspace, remembered)
    entries = known_entries(workspace, remembered)
    remembered.keep()
    record = read_site_record(workspace.feed)
    return Listeners(
        folder=workspace.feed,
        listed=entries,
        time=station_time(now, record.seen, (one.updated for one in episodes), believed=believed),
        was_put=record.files.__contains__,
        episodes=episodes,
        record=record,
    )


def as_last_seen(listeners: Listeners, reporter: Reporter) -> Listeners:
    """Give listeners for what no clock holds up: where that leapt, it is told, and time stands."""
    if not listeners.time.leaps:
        return listeners
    reporter.say(listeners.time.leap().message)
    return replace(listeners, time=listeners.time.stopped())


def station_time(
    now: datetime, seen: datetime | None, changes: Iterable[datetime], *, believed: bool = False
) -> StationTime:
    """Give the time of a station whose feed was written at ``seen`` (None: nobody noted it)."""
    return StationTime(now, seen or max(changes, default=None), seen is not None, believed)


def due_told(state: State, due: Due) -> Message:
    """Say what listeners have of an episode in a ``state`` for which something is due."""
    if due == "add":
        return Message("listeners.not-yet", "nothing: published, not in the feed yet")
    if due == "change":
        return Message("listeners.before", "an earlier version: changed, not in the feed yet")
    if due == "expire":
        return Message("listeners.past", "it: expired, still in the feed")
    if state == "withdrawn":
        return Message("listeners.still", "it: withdrawn, still in the feed")
    return Message("listeners.too-soon", "it, before its time: still in the feed")
