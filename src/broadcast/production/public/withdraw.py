"""What listeners are given → episodes taken out of it again, their identity kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from broadcast.errors import BroadcastError, UsageError
from broadcast.feed.published import PublishedEpisode
from broadcast.messages import Message
from broadcast.production.desk.listeners import as_last_seen, listeners_of
from broadcast.production.desk.progress import Reporter, waiting
from broadcast.production.desk.read_station import station_of
from broadcast.production.desk.stopped_work import finish_held
from broadcast.production.public.feed import tell_what_was_due, write_published
from broadcast.production.public.freeze import note_gone
from broadcast.workspace import Workspace
from broadcast.workspace.locks import locked


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The names of episodes that were taken out, of those that were out ``before``, and the rest.

    ``refused`` gives by its name why one could not be withdrawn.
    """

    names: tuple[str, ...]
    before: tuple[str, ...]
    refused: Mapping[str, BroadcastError]


def withdraw(workspace: Workspace, name: str, now: datetime, reporter: Reporter) -> bool:
    """Take an episode out of the feed and keep its identity; False when it was out already.

    Raises UsageError when it was never published.
    """
    done = withdraw_all(workspace, (name,), now, reporter)
    if name in done.refused:
        raise done.refused[name]
    return name in done.names


def withdraw_all(
    workspace: Workspace, names: Sequence[str], now: datetime, reporter: Reporter
) -> Withdrawn:
    """Take episodes out of the feed. A name that was never published does not hold up the others.

    No clock holds it up: where that leapt forward, what waits for its time waits on. Raises
    OutsideError when the feed could not be written; then it is recorded, and due there.
    """
    station = station_of(workspace)
    refused: dict[str, BroadcastError] = {}
    gone: list[str] = []
    out: list[str] = []
    noted: list[PublishedEpisode] = []
    with locked(workspace, waiting(reporter)):
        finish_held(workspace, names)
        before = as_last_seen(listeners_of(workspace, now), reporter)
        known = {episode.name: episode for episode in before.episodes}
        for name in dict.fromkeys(names):
            episode = known.get(name)
            if episode is None:
                refused[name] = _never(name)
            elif episode.state != "withdrawn":
                try:
                    at = max(now, before.time.date)
                    noted.append(note_gone(workspace, episode, "withdrawn", at))
                except BroadcastError as error:
                    refused[name] = error
                else:
                    gone.append(name)
            else:
                (gone if before.due(episode) else out).append(name)
        if gone or out:
            write_published(workspace, station, before, reporter, noted)
            tell_what_was_due(before, reporter, gone)
    return Withdrawn(tuple(gone), tuple(out), refused)


def _never(name: str) -> UsageError:
    return UsageError(
        Message("publish.never", "{name} was never published.", name=name),
        hint=Message("publish.never.hint", "broadcast status lists the episodes."),
    )
