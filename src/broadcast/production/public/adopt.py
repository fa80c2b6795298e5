"""A feed that was with another host → its identities, taken over by this station's episodes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from msgspec.structs import replace as changed

from broadcast.errors import BroadcastError
from broadcast.feed.addresses import FEED, this_machine, url
from broadcast.feed.adopted import AdoptedFeed, AdoptedItem, read_adopted
from broadcast.feed.foreign_feed import ForeignFeed
from broadcast.feed.published import PublishedFacts
from broadcast.messages import Message
from broadcast.production.desk.draft import DRAFT_FILE, read_draft
from broadcast.production.desk.known import drafted_names, known_episodes
from broadcast.production.desk.listeners import as_last_seen, listeners_of
from broadcast.production.desk.progress import Reporter, waiting
from broadcast.production.desk.published import recorded
from broadcast.production.desk.read_station import station_of
from broadcast.production.desk.remembered_facts import RememberedFacts
from broadcast.production.desk.stopped_work import finish_held
from broadcast.production.public.feed import write_published
from broadcast.production.public.freeze import note
from broadcast.records import record_bytes
from broadcast.text import folded
from broadcast.workspace import Workspace
from broadcast.workspace.locks import locked, making
from broadcast.workspace.writing import write_atomic

Why = Literal["title", "day"]
_NEAR_MS, _NEAR_SHARE = 5_000, 0.02
"""How far two lengths of one programme may be apart: another voice, other pauses."""


@dataclass(frozen=True, slots=True)
class Pair:
    """An entry and the episode that it is, by its title or by its day and length.

    ``is_public``: listeners of this station had the episode already, under another guid.
    """

    item: AdoptedItem
    name: str
    title: str
    why: Why
    is_public: bool


@dataclass(frozen=True, slots=True)
class Adoption:
    """What a feed has for this station: ``pairs`` to be made, entries that are ``here`` already,
    and those that are nobody's yet.

    ``feed_guid`` is the identity that the feed itself brings ("": none, or it is ours already);
    ``own_guid`` the other one that station.toml has ("": it has none, or the same). ``is_known``:
    all of it was taken over before. ``address`` is this station's feed's ("": it is on this
    machine alone, and nobody can have anything of it).
    """

    found: ForeignFeed
    pairs: tuple[Pair, ...]
    here: int
    unpaired: tuple[AdoptedItem, ...]
    feed_guid: str
    own_guid: str
    is_known: bool
    address: str


@dataclass(frozen=True, slots=True)
class _Own:
    """An episode of this station, as it may be known elsewhere; listeners' ``guid`` counts."""

    name: str
    title: str
    days: frozenset[date]
    duration_ms: int
    guid: str
    published: PublishedFacts | None


def adoption_of(workspace: Workspace, found: ForeignFeed) -> Adoption:
    """Pair a feed's entries with the station's episodes, published or drafts.

    Raises BroadcastError naming a record that is damaged.
    """
    station, episodes = station_of(workspace), list(_own(workspace))
    taken = {one.guid for one in episodes}
    free = [item for item in found.feed.items if item.guid not in taken]
    guids = {item.guid for item in found.feed.items}
    open_ones = [one for one in episodes if one.guid not in guids]
    pairs = list(_by_title(free, open_ones))
    items, names = {pair.item.guid for pair in pairs}, {pair.name for pair in pairs}
    free = [item for item in free if item.guid not in items]
    pairs += _by_day(free, [one for one in open_ones if one.name not in names])
    items = {pair.item.guid for pair in pairs}
    is_local = bool(this_machine(station.show))
    if is_local:
        pairs = [replace(pair, is_public=False) for pair in pairs]
    own, brought = station.show.guid, found.feed.guid
    adopted = read_adopted(workspace.adopted_file)
    known = own or adopted.guid
    unpaired = tuple(item for item in free if item.guid not in items)
    return Adoption(
        found,
        tuple(pairs),
        here=sum(item.guid in taken for item in found.feed.items),
        unpaired=unpaired,
        feed_guid="" if brought == known else brought,
        own_guid=own if brought and own and own != brought else "",
        is_known=not pairs
        and brought in ("", adopted.guid)
        and set(found.feed.items) <= set(adopted.items),
        address="" if is_local else url(station.show, FEED),
    )


def adopt(
    workspace: Workspace, found: ForeignFeed, wanted: Collection[Pair], now: datetime, by: Reporter
) -> None:
    """Take over the ``wanted`` pairs: their guids and dates, the feed's guid, and all other entries
    for episodes that are published later.

    Raises BroadcastError when the station changed meanwhile: then nothing was changed; OutsideError
    when the feed could not be written: then that is due.
    """
    station = station_of(workspace)
    names = sorted(pair.name for pair in wanted)
    with ExitStack() as held:
        for name in names:
            held.enter_context(making(workspace, name, waiting(by)))
        held.enter_context(locked(workspace, waiting(by)))
        finish_held(workspace, workspace.published_names())
        if not set(wanted) <= set(adoption_of(workspace, found).pairs):
            raise BroadcastError(
                Message("adopt.meanwhile", "The station's episodes were changed meanwhile."),
                hint=Message("adopt.meanwhile.hint", "Take the feed over again."),
            )
        write_atomic(workspace.adopted_file, record_bytes(_joined(workspace, found.feed)))
        before = as_last_seen(listeners_of(workspace, now), by)
        had = {episode.name: episode for episode in before.episodes}
        noted = []
        for pair in wanted:
            draft = read_draft(workspace.draft(pair.name))
            if draft is not None:
                record = changed(draft.record, guid=pair.item.guid)
                write_atomic(draft.folder / DRAFT_FILE, record_bytes(record))
            if pair.name in had:
                at = before.time.date.replace(microsecond=0)
                episode = recorded(workspace, had[pair.name])
                episode = changed(episode, guid=pair.item.guid, updated=at)
                if pair.item.published:
                    episode = changed(episode, published=min(pair.item.published, at))
                noted.append(note(workspace, episode))
        if had:
            write_published(workspace, station, before, by, noted)


def _joined(workspace: Workspace, feed: AdoptedFeed) -> AdoptedFeed:
    """Give a feed with what was taken over before and is not in it."""
    before = read_adopted(workspace.adopted_file)
    new = {item.guid for item in feed.items}
    kept = (item for item in before.items if item.guid not in new)
    return AdoptedFeed(title=feed.title, guid=feed.guid or before.guid, items=(*feed.items, *kept))


def _own(workspace: Workspace) -> Iterator[_Own]:
    remembered = RememberedFacts(workspace)
    published = {episode.name: episode for episode in known_episodes(workspace, remembered)}
    for name in sorted({*drafted_names(workspace)} | published.keys()):
        draft, episode = read_draft(workspace.draft(name)), published.get(name)
        known = [one for one in (episode, draft and draft.record) if one]
        if not known:
            continue
        days = {draft.record.date} if draft else set()
        yield _Own(
            name,
            known[0].title,
            frozenset(days | ({episode.published.date()} if episode else set())),
            known[0].duration_ms,
            known[0].guid,
            episode,
        )


def _by_title(items: Sequence[AdoptedItem], episodes: Sequence[_Own]) -> Iterator[Pair]:
    found = {folded(item.title): item for item in items}
    counts = Counter(folded(item.title) for item in items)
    own = Counter(folded(one.title) for one in episodes)
    for one in episodes:
        title = folded(one.title)
        if title and counts[title] == 1 and own[title] == 1:
            yield _pair(found[title], one, "title")


def _by_day(items: Sequence[AdoptedItem], episodes: Sequence[_Own]) -> Iterator[Pair]:
    """Pair what has one day and nearly one length, where nothing else has."""
    of_day: dict[date, list[AdoptedItem]] = {}
    for item in items:
        for day in _days(item):
            of_day.setdefault(day, []).append(item)
    fits = [
        (item, one)
        for one in episodes
        for item in {item.guid: item for day in one.days for item in of_day.get(day, ())}.values()
        if item.duration_ms is not None and _is_as_long(item.duration_ms, one.duration_ms)
    ]
    of_item = Counter(item.guid for item, _ in fits)
    of_episode = Counter(one.name for _, one in fits)
    for item, one in fits:
        if of_item[item.guid] == 1 and of_episode[one.name] == 1:
            yield _pair(item, one, "day")


def _days(item: AdoptedItem) -> set[date]:
    """Give the day on which an entry came, as its feed has it and as it was here."""
    at = item.published
    return {at.date(), at.astimezone().date()} if at else set()


def _is_as_long(there_ms: int, here_ms: int) -> bool:
    return abs(there_ms - here_ms) <= max(_NEAR_MS, round(here_ms * _NEAR_SHARE))


def _pair(item: AdoptedItem, one: _Own, why: Why) -> Pair:
    return Pair(item, one.name, one.title, why, is_public=one.published is not None)
