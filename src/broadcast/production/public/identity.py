"""What was published, and what was taken over → by what a feed and its entries are known."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import replace

from msgspec.structs import replace as changed

from broadcast.feed.addresses import FEED, this_machine, url
from broadcast.feed.adopted import AdoptedItem, read_adopted
from broadcast.feed.published import PODCAST_NAMESPACE, PublishedFacts, feed_guid
from broadcast.messages import Message
from broadcast.production.desk.draft import Draft, read_draft
from broadcast.production.desk.known import drafted_names
from broadcast.station import Station
from broadcast.workspace import Workspace


def with_guid(workspace: Workspace, station: Station) -> Station:
    """Give the station with the feed's identity that was taken over, where it names none itself."""
    guid = "" if station.show.guid else read_adopted(workspace.adopted_file).guid
    return replace(station, show=replace(station.show, guid=guid)) if guid else station


def guid_of_feed(station: Station, episodes: Sequence[PublishedFacts], guid: str) -> str:
    """Give the feed's identity: the station's own, else the one it got at its first episode.

    ``guid`` is that of an episode that would be the first. On this machine it takes the place of
    the address, which is that of every station that was not given one yet.
    """
    if station.show.guid:
        return station.show.guid
    first = min(episodes, key=lambda each: each.published, default=None)
    if first is not None:
        return first.feed_guid
    if this_machine(station.show):
        return str(uuid.uuid5(PODCAST_NAMESPACE, guid))
    return feed_guid(url(station.show, FEED))


def known_as(
    workspace: Workspace, draft: Draft, others: Iterable[PublishedFacts]
) -> tuple[Draft, AdoptedItem | None]:
    """Give a draft that is published for the first time as subscribers know it from elsewhere.

    It is the entry whose guid it has, or the only one under its title that no other episode has;
    ``others`` are all that were ever published.
    Raises BroadcastError naming a record that is damaged.
    """
    adopted = read_adopted(workspace.adopted_file)
    record = draft.record
    item = adopted.by_guid(record.guid)
    if item is None:
        item = adopted.by_title(record.title)
        if item is None or item.guid in _guids_of_others(workspace, record.name, others):
            return draft, None
    return replace(draft, record=changed(record, guid=item.guid)), item


def taken_over(episode: PublishedFacts) -> Message:
    """Say that an episode comes as the entry that subscribers know."""
    return Message(
        "publish.taken-over",
        "{name} comes as the entry that subscribers know, of {at:moment}.",
        name=episode.name,
        at=episode.published.astimezone().isoformat(),
    )


def _guids_of_others(workspace: Workspace, name: str, others: Iterable[PublishedFacts]) -> set[str]:
    found = {each.guid for each in others if each.name != name}
    for drafted in drafted_names(workspace):
        draft = read_draft(workspace.draft(drafted)) if drafted != name else None
        found |= {draft.record.guid} if draft else set()
    return found
