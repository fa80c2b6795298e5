"""Drafts → what listeners are given, frozen."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from msgspec.structs import replace as changed

from broadcast.errors import BroadcastError, StoppedError, UsageError
from broadcast.feed.addresses import FEED, media_path, page_path, this_machine
from broadcast.feed.published import PublishedEpisode
from broadcast.messages import Message
from broadcast.model import Problem
from broadcast.production.desk.draft_record import DraftRecord
from broadcast.production.desk.listeners import Listeners, listeners_of
from broadcast.production.desk.progress import Reporter, waiting
from broadcast.production.desk.published import is_out, published_episode
from broadcast.production.desk.read_station import station_of
from broadcast.production.desk.sample_values import still_the_samples
from broadcast.production.desk.station_cache import cache_of
from broadcast.production.desk.stopped_work import finish_held
from broadcast.production.public.air import give_to_playout
from broadcast.production.public.approve import approved_by
from broadcast.production.public.checks import (
    codes_of,
    draft_errors,
    refuse_another_day,
    refuse_errors,
    show_errors,
)
from broadcast.production.public.feed import tell_what_was_due, write_published
from broadcast.production.public.freeze import (
    draft_to_publish,
    episode_of,
    forget_unused_media,
    freeze,
    is_frozen_whole,
)
from broadcast.production.public.identity import (
    guid_of_feed,
    known_as,
    taken_over,
    with_guid,
)
from broadcast.production.public.small import as_published, small_copy
from broadcast.production.public.superseded import superseded
from broadcast.station import Station
from broadcast.workspace import Workspace
from broadcast.workspace.locks import locked


@dataclass(frozen=True, slots=True)
class Outcome:
    """What listeners have of an episode now; ``waits`` when its time has not come yet."""

    episode: PublishedEpisode
    changed: bool
    waits: bool
    audio: Path
    transcript: Path
    page: Path
    feed: Path


@dataclass(frozen=True, slots=True)
class Published:
    """What came of publishing several: the outcomes, and by its name why one could not be.

    ``only_on`` is the host of base_url where it is this machine, so that nobody else can listen;
    ``samples`` says what listeners read there that still is the sample's.
    """

    outcomes: tuple[Outcome, ...]
    refused: Mapping[str, BroadcastError]
    only_on: str
    samples: Message | None


def publish(
    workspace: Workspace, name: str, at: datetime | None, now: datetime, reporter: Reporter
) -> Outcome:
    """Publish one episode. Raises what ``publish_all`` gives as the reason why it could not be."""
    done = publish_all(workspace, (name,), at, now, reporter)
    if name in done.refused:
        raise done.refused[name]
    return done.outcomes[0]


def publish_all(
    workspace: Workspace,
    names: Sequence[str],
    at: datetime | None,
    now: datetime,
    reporter: Reporter,
    *,
    clock_is_right: bool = False,
    force: bool = False,
    seen: Mapping[str, DraftRecord] = MappingProxyType({}),
) -> Published:
    """Freeze drafts as what listeners get, and write feed/ again.

    The guid and, once it has passed, the time of publication stay as they were first. One that
    cannot be published does not hold up the others: refused with UsageError without a draft, when
    ``at`` would change a time that has passed or is not of the day that the programme says; with
    BroadcastError when listeners' programs would not take it, unless ``force``, which is recorded,
    or when its draft is not the one that was ``seen``. Raises OutsideError when the feed could not
    be written, or the clock leapt forward, unless ``clock_is_right``.
    """
    station = with_guid(workspace, station_of(workspace))
    errors = show_errors(station.show)
    asked = _Asked(at, force, seen, errors, reporter)
    frozen: list[_Frozen] = []
    refused: dict[str, BroadcastError] = {}
    _make_small_copies(workspace, station, names, reporter)
    with locked(workspace, waiting(reporter)):
        finish_held(workspace, names)
        before = listeners_of(workspace, now, believed=clock_is_right)
        if before.time.leaps:
            raise before.time.leap()
        for name in dict.fromkeys(names):
            try:
                frozen.append(_frozen(workspace, station, name, asked, before, frozen))
            except StoppedError:
                raise
            except BroadcastError as error:
                refused[name] = error
        shown: frozenset[str] = frozenset()
        if frozen:
            released = {one.episode.name for one in frozen if one.is_released}
            recorded = [one.episode for one in frozen]
            shown = write_published(workspace, station, before, reporter, recorded, released).shown
            tell_what_was_due(before, reporter, {o.episode.name for o in frozen if o.changed})
        for one in frozen:
            forget_unused_media(workspace, one.episode)
    outcomes = tuple(_outcome(workspace, one, shown) for one in frozen)
    show = station.show
    return Published(outcomes, refused, this_machine(show), still_the_samples(show))


def _make_small_copies(
    workspace: Workspace, station: Station, names: Sequence[str], reporter: Reporter
) -> None:
    """Make the copies that take seconds before the station is held; why one cannot be, it tells."""
    for name in dict.fromkeys(names):
        if station.feed.small:
            with suppress(BroadcastError):
                draft = draft_to_publish(workspace, name)
                approved_by(workspace, draft, station.approval, None)  # else it is for nothing
                small_copy(draft, station.feed.small, cache_of(workspace, station), reporter)


@dataclass(frozen=True, slots=True)
class _Frozen:
    """What is recorded of an episode now; ``is_released``: for this moment, not a later one."""

    episode: PublishedEpisode
    changed: bool
    is_released: bool


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was asked of publishing, and what of the show keeps it from any episode."""

    at: datetime | None
    force: bool
    seen: Mapping[str, DraftRecord]
    show_errors: tuple[Problem, ...]
    reporter: Reporter


def _frozen(
    workspace: Workspace,
    station: Station,
    name: str,
    asked: _Asked,
    listeners: Listeners,
    along: Sequence[_Frozen],
) -> _Frozen:
    draft, at = draft_to_publish(workspace, name), asked.at
    if name in asked.seen and asked.seen[name].digests != draft.record.digests:
        raise BroadcastError(
            Message("publish.built-meanwhile", "{name} was built again meanwhile.", name=name),
            hint=Message(
                "publish.built-meanwhile.hint", "Publish it again, and look at what it is now."
            ),
        )
    before = published_episode(workspace, name)
    came = before is not None and _has_come(before, listeners)
    had = before if came and is_out(draft, before) else None
    approved = approved_by(workspace, draft, station.approval, had)
    kind, cache = station.feed.small, cache_of(workspace, station)
    small = small_copy(draft, kind, cache, asked.reporter) if kind else None
    time = listeners.time
    draft, known = (draft, None) if before else known_as(workspace, draft, listeners.episodes)
    fixed = known.published and min(known.published, time.date) if known else None
    if before and came:
        fixed = before.published
    if fixed and at not in (None, fixed):
        raise UsageError(
            Message(
                "publish.time-fixed",
                "{name} was published at {at:moment}; that time is fixed.",
                name=name,
                at=fixed.astimezone().isoformat(),
            ),
            hint=Message(
                "publish.time-fixed.hint",
                "Publish without --at: listeners get the new draft under the old date.",
            ),
        )
    others = (*listeners.episodes, *(one.episode for one in along))
    episode = episode_of(
        draft,
        station.feed,
        small=as_published(small, name, kind, before) if small and kind else None,
        before=before,
        others=[each for each in others if each.name != name],
        guid_of_feed=guid_of_feed(station, listeners.episodes, draft.record.guid),
        published=_published(before, at or fixed, time.date),
        now=time.date,
        approved=approved,
    )
    if episode.expires and episode.expires <= max(time.date, episode.published):
        raise _expired(episode)
    if at is not None and not (before and at == before.published):
        refuse_another_day(draft, episode)
    errors = (
        () if is_out(draft, before) else draft_errors(draft, episode, before, listeners.episodes)
    )
    if not asked.force:
        refuse_errors(draft, asked.show_errors, errors, asked.reporter)
    episode = changed(episode, forced=codes_of((*asked.show_errors, *errors)))
    if before and came and before.state == "published":
        episode = changed(episode, superseded=superseded(before, episode, station, time))
    if before and episode == _as_noted_now(before, episode):
        episode = before
    if episode is not before or not is_frozen_whole(workspace, draft, episode):
        freeze(workspace, draft, episode, small)
        if known:
            asked.reporter.say(taken_over(episode))
    if station.air.deliver:
        give_to_playout(workspace, draft, asked.reporter)
    return _Frozen(
        episode,
        changed=episode is not before,
        is_released=came or (before is None and at is None) or episode.published <= time.now,
    )


def _as_noted_now(before: PublishedEpisode, episode: PublishedEpisode) -> PublishedEpisode:
    """Give what was recorded with what says nothing of the episode itself as it is noted now."""
    same_names = {kind: file.name for kind, file in before.files.items()} == {
        kind: file.name for kind, file in episode.files.items()
    }
    return changed(
        before,
        updated=episode.updated,
        superseded=episode.superseded,
        files=episode.files if same_names else before.files,  # older records have no digests
    )


def _has_come(episode: PublishedEpisode, listeners: Listeners) -> bool:
    """Whether its time of publication has passed, though the clock may have gone back since."""
    if episode.state != "published" or listeners.is_expired(episode):
        return episode.published <= listeners.time.latest
    return listeners.should_have(episode)


def _outcome(workspace: Workspace, one: _Frozen, shown: Collection[str]) -> Outcome:
    feed, episode = workspace.feed, one.episode
    return Outcome(
        episode=episode,
        changed=one.changed,
        waits=episode.name not in shown,
        audio=feed / media_path(episode.files["audio"].name),
        transcript=feed / media_path(episode.files["transcript"].name),
        page=feed / page_path(episode),
        feed=feed / FEED,
    )


def _published(before: PublishedEpisode | None, at: datetime | None, now: datetime) -> datetime:
    """Give the time of publication: once it has passed it stays, zone and all."""
    if before and (at is None or at == before.published):
        return before.published
    return at or now


def _expired(episode: PublishedEpisode) -> UsageError:
    return UsageError(
        Message(
            "publish.expired",
            "{name} is not published: it expires at {at:moment}, and listeners would not find it.",
            name=episode.name,
            at=(episode.expires or episode.published).astimezone().isoformat(),
        ),
        hint=Message(
            "publish.expired.hint",
            'Write a later last day in the head of its script ("expires: 2030-12-31"), then build '
            "it again.",
        ),
    )
