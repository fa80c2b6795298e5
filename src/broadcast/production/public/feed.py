"""What is published → feed/, the public site, written and checked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from broadcast.feed.addresses import FEED, places_of, url
from broadcast.feed.check_element import AGAIN
from broadcast.feed.cover import Cover, cover_of, wordless
from broadcast.feed.frozen_files import harm_to
from broadcast.feed.parts import Site, copied, made
from broadcast.feed.published import TAKE_BACK, PublishedEpisode, newest_first, read_sentences
from broadcast.feed.site import SiteState, write_site
from broadcast.messages import Message
from broadcast.model import Problem, Show, TranscriptSentence
from broadcast.production.desk.listeners import Due, Listeners, due_told, listeners_of
from broadcast.production.desk.progress import Reporter, waiting
from broadcast.production.desk.read_station import station_of
from broadcast.production.desk.sample_values import OWN_VALUES, still_the_samples
from broadcast.production.desk.station_cache import cache_of
from broadcast.production.public.freeze import note_gone
from broadcast.production.public.identity import with_guid
from broadcast.production.public.moving import addresses_left, tell_same_place, write_moved
from broadcast.production.public.superseded import forget_superseded, is_served
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
        written = write_published(workspace, station, before, reporter)
        tell_what_was_due(before, reporter)
        return len(written.shown)


def leap_of_clock(workspace: Workspace, now: datetime) -> Message | None:
    """Say that the clock went far forward since feed/ was written; None where it did not."""
    time = listeners_of(workspace, now).time
    return time.leap().message if time.leaps else None


def check_site(workspace: Workspace, now: datetime) -> tuple[Problem, ...]:
    """Give what is wrong with feed/ as a stranger would find it, and what is due there."""
    from broadcast.feed.check import check_feed  # what other commands have no need to load

    show = station_of(workspace).show
    listeners = listeners_of(workspace, now)
    return (
        *check_feed(workspace.feed, show),
        *_samples(show),
        *_due(listeners),
        *_harmed(workspace, listeners.episodes),
    )


def _harmed(workspace: Workspace, episodes: Iterable[PublishedEpisode]) -> Iterator[Problem]:
    """Give what is no longer as it was frozen, so that feed/ could not be made again."""
    for episode in episodes:
        if episode.state == "published":
            for given in episode.files.values():
                file = workspace.published(episode.name) / given.name
                if harm := harm_to(file, given.length, given.digest):
                    yield Problem(None, "error", harm, TAKE_BACK)


def _samples(show: Show) -> Iterator[Problem]:
    if told := still_the_samples(show):
        yield Problem(None, "warning", told, OWN_VALUES)


@dataclass(frozen=True, slots=True)
class Written:
    """What a writing of feed/ did: the names of the episodes that listeners find now, and of the
    files they could fetch the paths below feed/ that were ``removed``.
    """

    shown: frozenset[str]
    removed: tuple[str, ...]


def write_published(
    workspace: Workspace,
    station: Station,
    before: Listeners,
    reporter: Reporter,
    changed: Sequence[PublishedEpisode] = (),
    released: Collection[str] = (),
) -> Written:
    """Write feed/ with the episodes whose time has come.

    ``before`` is what listeners had and what was recorded, ``changed`` what has been recorded
    since; ``released`` are episodes that were published for this moment, whatever the clock says.
    The station is held by the caller.
    """
    station, time = with_guid(workspace, station), before.time
    if told := time.told():
        reporter.say(told)
    recorded = {each.name: each for each in (*before.episodes, *changed)}
    episodes = [
        note_gone(workspace, each, "expired", time.date)
        if each.state == "published" and name not in released and before.is_expired(each)
        else each
        for name, each in sorted(recorded.items())
    ]
    shown = [
        each
        for each in episodes
        if each.state == "published" and (each.name in released or before.should_have(each))
    ]
    gone = [
        each
        for each in episodes
        if each.state != "published" and (each.published <= time.latest or before.due(each))
    ]

    def sentences_of(episode: PublishedEpisode) -> Sequence[TranscriptSentence]:
        return read_sentences(workspace.published(episode.name), episode)

    def is_kept(since: datetime) -> bool:
        return is_served(since, station, time)

    moved_from = addresses_left(workspace, before.record, station.show, time)
    site = Site(
        station.show,
        newest_first(shown),
        gone,
        sentences_of,
        cover=_cover(workspace, station, reporter),
        built=time.date.replace(microsecond=0),
        items=station.feed.items,
        moved=bool(moved_from),
    )
    state = SiteState(time.latest.replace(microsecond=0), url(station.show, FEED), moved_from)
    parts = list(made(site))
    change = write_site(
        workspace.feed,
        copied(shown, workspace.published, is_kept),
        parts,
        (place for each in (*shown, *gone) for place in places_of(each)),
        state,
    )
    write_moved(workspace, site, state, ((one.path, one.made_from) for one in parts), reporter)
    tell_same_place(state, before.record, reporter)
    for each in episodes:
        forget_superseded(workspace, each, is_kept)
    return Written(frozenset(each.name for each in shown), change.removed)


def _cover(workspace: Workspace, station: Station, reporter: Reporter) -> Cover:
    """Give the show's cover; that it has no words is told when it comes into the feed."""
    cover = cover_of(station.show, cache_of(workspace, station))
    if cover.data == wordless() and not (workspace.feed / cover.path).is_file():
        reporter.say(
            Message(
                "cover.name-letters",
                "The cover's font lacks letters of “{title}”: the cover is a microphone without "
                "words. Name a picture of your own in station.toml: cover.",
                title=station.show.title,
            )
        )
    return cover


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
    if due == "expire":
        return Message(
            "feed.has-expired",
            "{name} is out of the feed: its last day has passed.",
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
                what=due_told(episode.state, due),
            )
            yield Problem(None, "error", told, AGAIN)
