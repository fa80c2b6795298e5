"""What is published → feed/, the public site, written and checked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from broadcast.feed.cover import wordless
from broadcast.feed.parts import Site
from broadcast.feed.published import PublishedEpisode, PublishedFacts
from broadcast.feed.site import write_site
from broadcast.messages import Message, counted
from broadcast.production.desk.listeners import Due, Listeners, listeners_of
from broadcast.production.desk.progress import Reporter, waiting
from broadcast.production.desk.read_station import station_of
from broadcast.production.desk.stopped_work import finish_held
from broadcast.production.public.air import bring_air_up_to_date
from broadcast.production.public.freeze import note_gone
from broadcast.production.public.moving import tell_same_place, write_moved
from broadcast.production.public.site_plan import planned_site
from broadcast.production.public.superseded import forget_superseded
from broadcast.station import Station
from broadcast.workspace import Workspace
from broadcast.workspace.locks import locked

_TOLD = 10
"""How many episodes are named that the feed caught up with."""


def write_feed(
    workspace: Workspace, now: datetime, reporter: Reporter, *, clock_is_right: bool = False
) -> int:
    """Write feed/ again from what is published, and give how many episodes it has.

    Raises OutsideError when the clock leapt forward, unless ``clock_is_right``.
    """
    station = station_of(workspace)
    with locked(workspace, waiting(reporter)):
        finish_held(workspace, workspace.published_names())
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
    time = before.time
    if told := time.told():
        reporter.say(told)
    recorded = {each.name: each for each in (*before.episodes, *changed)}
    episodes = [
        note_gone(workspace, each, "expired", time.date)
        if each.state == "published" and name not in released and before.is_expired(each)
        else each
        for name, each in sorted(recorded.items())
    ]
    plan = planned_site(workspace, station, before, episodes, released)
    _tell_wordless(workspace, plan.site, reporter)
    parts = plan.made()
    change = write_site(workspace.feed, plan.copied(), parts, plan.own(), plan.state, before.record)
    made_from = ((one.path, one.made_from) for one in parts)
    write_moved(workspace, plan.site, plan.state, made_from, reporter)
    tell_same_place(plan.state, before.record, reporter)
    for each in episodes:
        forget_superseded(workspace, each, plan.is_kept)
    shown = frozenset(each.name for each in plan.site.episodes)
    if workspace.air.is_dir():
        bring_air_up_to_date(workspace, episodes, shown, time.date.date(), reporter)
    return Written(shown, change.removed)


def _tell_wordless(workspace: Workspace, site: Site, reporter: Reporter) -> None:
    """Tell that the show's cover has no words, when it comes into the feed."""
    if site.cover.data == wordless() and not (workspace.feed / site.cover.path).is_file():
        reporter.say(
            Message(
                "cover.name-letters",
                "The cover's font lacks letters of “{title}”: the cover is a microphone without "
                "words. Name a picture of your own in station.toml: cover.",
                title=site.show.title,
            )
        )


def tell_what_was_due(before: Listeners, reporter: Reporter, but: Collection[str] = ()) -> None:
    """Tell what listeners did not have as it was recorded, and have since the feed was written.

    ``but`` are the names of episodes of which the command itself tells.
    """
    caught_up = [
        _caught_up(episode, due)
        for episode in before.episodes
        if (due := before.due(episode)) is not None and episode.name not in but
    ]
    for told in caught_up[:_TOLD]:
        reporter.say(told)
    if (more := len(caught_up) - _TOLD) > 0:
        reporter.say(
            counted(
                "feed.caught-up.more",
                "The same goes for {count} more episode.",
                "The same goes for {count} more episodes.",
                count=more,
            )
        )


def _caught_up(episode: PublishedFacts, due: Due) -> Message:
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
