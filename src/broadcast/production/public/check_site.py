"""feed/ as it was written → what is wrong with it, and what is due there; every byte is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from broadcast.feed.check import check_feed
from broadcast.feed.check_element import AGAIN
from broadcast.feed.check_files import file_problems
from broadcast.feed.check_media import media_problems
from broadcast.feed.frozen_files import harm_to
from broadcast.feed.published import TAKE_BACK, PublishedFacts, read_sentences
from broadcast.feed.site_record import distrust
from broadcast.messages import Message
from broadcast.model import Problem, Show
from broadcast.production.desk.listeners import Listeners, due_told, listeners_of
from broadcast.production.desk.progress import Reporter, waiting
from broadcast.production.desk.published import recorded
from broadcast.production.desk.read_station import station_of
from broadcast.production.desk.sample_values import OWN_VALUES, still_the_samples
from broadcast.production.public.site_plan import planned_site
from broadcast.records import unreadable
from broadcast.station import Station
from broadcast.workspace import Workspace
from broadcast.workspace.locks import locked


def check_site(workspace: Workspace, now: datetime, reporter: Reporter) -> tuple[Problem, ...]:
    """Give what is wrong with feed/ as a stranger would find it, and what is due there.

    Raises BroadcastError naming a record that is damaged, OutsideError where something cannot be
    read.
    """
    station = station_of(workspace)
    listeners = listeners_of(workspace, now)
    due = tuple(_due(listeners))
    try:
        return (
            *check_feed(workspace.feed, station.show),
            *_samples(station.show),
            *due,
            *(() if due else _files(workspace, station, listeners, reporter)),
            *_frozen(workspace, listeners.episodes),
        )
    except OSError as error:
        raise unreadable(workspace.feed, error) from error


def _samples(show: Show) -> Iterator[Problem]:
    if told := still_the_samples(show):
        yield Problem(None, "warning", told, OWN_VALUES)


def _files(
    workspace: Workspace, station: Station, listeners: Listeners, reporter: Reporter
) -> Iterator[Problem]:
    """Hold feed/ against what it would be now; where something is due, it is not that anyway.

    What is damaged is noted as not to be trusted, so that the next writing reads it.
    """
    plan = planned_site(workspace, station, listeners, listeners.episodes)
    found = list(file_problems(workspace.feed, plan.copied(), plan.made(), listeners.record))
    if found:
        with locked(workspace, waiting(reporter)):
            distrust(workspace.feed, [path for path, _ in found])
    yield from (problem for _, problem in found)


def _frozen(workspace: Workspace, known: Iterable[PublishedFacts]) -> Iterator[Problem]:
    """Give what is no longer as it was frozen, or contradicts its record."""
    for facts in known:
        if facts.state != "published":
            continue
        episode = recorded(workspace, facts)
        folder, whole = workspace.published(episode.name), True
        for given in episode.files.values():
            if harm := harm_to(folder / given.name, given.length, given.digest):
                yield Problem(None, "error", harm, TAKE_BACK)
                whole = False
        if whole:
            yield from media_problems(episode, folder, read_sentences(folder, episode))


def _due(listeners: Listeners) -> Iterator[Problem]:
    for episode in listeners.episodes:
        due = listeners.due(episode)
        if due is not None:
            told = Message(
                "feed.not-as-recorded",
                "Of {name} listeners have {what}.",
                name=episode.name,
                what=due_told(episode.state, due),
            )
            yield Problem(None, "error", told, AGAIN)
