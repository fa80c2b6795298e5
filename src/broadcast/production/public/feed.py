"""What is published → feed/, the public site, written and checked."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from broadcast.feed.check_element import AGAIN
from broadcast.feed.published import PublishedEpisode, read_sentences
from broadcast.feed.site import write_site
from broadcast.messages import Message
from broadcast.model import Problem, Show, TranscriptSentence
from broadcast.production.desk.listeners import Due, Listeners, due_told, listeners_of
from broadcast.production.desk.progress import Reporter, waiting
from broadcast.production.desk.published import published_episodes
from broadcast.production.desk.read_station import station_of
from broadcast.production.desk.sample_values import OWN_VALUES, still_the_samples
from broadcast.station import Station
from broadcast.workspace import Workspace
from broadcast.workspace.locks import locked
from broadcast.workspace.writing import finish_replacing


def write_feed(
    workspace: Workspace, now: datetime, reporter: Reporter, *, clock_is_right: bool = False
) -> int:
    """Write feed/ again from what is published, and give how many episodes it has.

    Raises OutsideError when the clock leapt forward, unless ``clock_is_right``.
    """
    station = station_of(workspace)
    with locked(workspace, waiting(reporter)):
        for name in workspace.published_names():
            finish_replacing(workspace.published(name))
        before = listeners_of(workspace, now, believed=clock_is_right)
        if before.time.leaps:
            raise before.time.leap()
        shown = write_published(workspace, station, before, reporter)
        tell_what_was_due(before, reporter)
        return len(shown)


def leap_of_clock(workspace: Workspace, now: datetime) -> Message | None:
    """Say that the clock went far forward since feed/ was written; None where it did not."""
    time = listeners_of(workspace, now).time
    return time.leap().message if time.leaps else None


def check_site(workspace: Workspace, now: datetime) -> tuple[Problem, ...]:
    """Give what is wrong with feed/ as a stranger would find it, and what is due there."""
    from broadcast.feed.check import check_feed  # what other commands have no need to load

    show = station_of(workspace).show
    return (
        *check_feed(workspace.feed, show),
        *_samples(show),
        *_due(listeners_of(workspace, now)),
    )


def _samples(show: Show) -> Iterator[Problem]:
    if told := still_the_samples(show):
        yield Problem(None, "warning", told, OWN_VALUES)


def write_published(
    workspace: Workspace,
    station: Station,
    before: Listeners,
    reporter: Reporter,
    released: Collection[str] = (),
) -> frozenset[str]:
    """Write feed/ with the episodes whose time has come; give the names of those listeners find.

    ``before`` is what they had; ``released`` are episodes that were published for this moment,
    whatever the clock says. The station is held by the caller.
    """
    time = before.time
    if told := time.told():
        reporter.say(told)
    episodes = published_episodes(workspace)
    shown = [
        each
        for each in episodes
        if each.state == "published" and (each.name in released or before.should_have(each))
    ]
    gone = [
        each
        for each in episodes
        if each.state == "withdrawn" and (each.published <= time.latest or before.due(each))
    ]
    media = {
        file.name: workspace.published(episode.name) / file.name
        for episode in shown
        for file in episode.files.values()
    }

    def sentences_of(episode: PublishedEpisode) -> Sequence[TranscriptSentence]:
        return read_sentences(workspace.published(episode.name), episode)

    write_site(
        workspace.feed,
        station.show,
        [*shown, *gone],
        media,
        sentences_of,
        built=time.date.replace(microsecond=0),
        seen=time.latest.replace(microsecond=0),
    )
    return frozenset(each.name for each in shown)


def tell_what_was_due(before: Listeners, reporter: Reporter, but: Collection[str] = ()) -> None:
    """Tell what listeners did not have as it was recorded, and have since the feed was written.

    ``but`` are the names of episodes of which the command itself tells.
    """
    for episode in before.episodes:
        due = before.due(episode)
        if due is not None and episode.name not in but:
            reporter.say(_caught_up(episode, due))


def _caught_up(episode: PublishedEpisode, due: Due) -> Message:
    if due == "add" and episode.updated < episode.published:
        return Message(
            "feed.has-come", "{name} is in the feed: its time has come.", name=episode.name
        )
    if due == "add":
        return Message(
            "feed.caught-up",
            "{name} was published, but not in the feed; now it is.",
            name=episode.name,
        )
    if due == "change":
        return Message(
            "feed.caught-up.changed",
            "{name} was published again, but the feed had the version before; now it has this one.",
            name=episode.name,
        )
    if episode.state == "withdrawn":
        return Message(
            "feed.caught-up.withdrawn",
            "{name} was withdrawn, but still in the feed; now listeners no longer find it.",
            name=episode.name,
        )
    return Message(
        "feed.caught-up.too-soon",
        "{name} was in the feed before its time; now listeners no longer find it.",
        name=episode.name,
    )


def _due(listeners: Listeners) -> Iterator[Problem]:
    for episode in listeners.episodes:
        due = listeners.due(episode)
        if due is not None:
            told = Message(
                "feed.not-as-recorded",
                "Of {name} listeners have {what}.",
                name=episode.name,
                what=due_told(episode, due),
            )
            yield Problem(None, "error", told, AGAIN)
