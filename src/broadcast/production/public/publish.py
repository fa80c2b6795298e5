"""A draft → what listeners are given, frozen; and an episode taken from them again."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from msgspec.structs import replace

from broadcast.errors import BroadcastError, UsageError
from broadcast.feed.addresses import FEED, media_path, page_path, url
from broadcast.feed.published import (
    FORMAT,
    PUBLISHED_FILE,
    SENTENCES_FILE,
    FrozenSentences,
    PublishedEpisode,
    PublishedPerson,
    feed_guid,
)
from broadcast.messages import Message
from broadcast.production.desk import draft as drafts
from broadcast.production.desk.draft import Draft, read_draft
from broadcast.production.desk.progress import Reporter, waiting
from broadcast.production.desk.published import (
    names_given,
    published_episode,
    published_episodes,
    published_files,
)
from broadcast.production.desk.read_station import station_of
from broadcast.production.public.feed import write_published
from broadcast.records import record_bytes
from broadcast.station import Station
from broadcast.workspace import Workspace, finish_replacing, locked, replacing


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


def publish(
    workspace: Workspace, name: str, at: datetime | None, now: datetime, reporter: Reporter
) -> Outcome:
    """Freeze a draft as what listeners get, and write feed/ again.

    The guid and, once it has passed, the time of publication stay as they were first. Raises
    UsageError without a draft, or when ``at`` would change a time that has passed.
    """
    station = station_of(workspace)
    with locked(workspace, waiting(reporter)):
        draft = _draft(workspace, name)
        before = published_episode(workspace, name)
        if before and before.published <= now and at not in (None, before.published):
            fixed = before.published.astimezone()
            raise UsageError(
                Message(
                    "publish.time-fixed",
                    "{name} was published at {at:moment}; that time is fixed.",
                    name=name,
                    at=fixed.isoformat(),
                ),
                hint=Message(
                    "publish.time-fixed.hint",
                    "Publish without --at: listeners get the new draft under the old date.",
                ),
            )
        episode = _episode(
            draft,
            guid=before.guid if before else draft.record.guid,
            guid_of_feed=_feed_guid(workspace, station),
            published=_published(before, at, now),
            now=now,
        )
        if before and episode == replace(before, updated=episode.updated):
            episode = before
        if episode is not before or not _is_whole(workspace, episode):
            _freeze(workspace, draft, episode)
        write_published(workspace, station, now)
        _forget_unused_media(workspace, episode)
    feed = workspace.feed
    return Outcome(
        episode=episode,
        changed=episode is not before,
        waits=episode.published > now,
        audio=feed / media_path(episode.files["audio"].name),
        transcript=feed / media_path(episode.files["transcript"].name),
        page=feed / page_path(episode),
        feed=feed / FEED,
    )


def withdraw(workspace: Workspace, name: str, now: datetime, reporter: Reporter) -> bool:
    """Take an episode out of the feed and keep its identity; False when it was out already.

    Raises UsageError when it was never published.
    """
    station = station_of(workspace)
    with locked(workspace, waiting(reporter)):
        episode = published_episode(workspace, name)
        if episode is None:
            raise UsageError(
                Message("publish.never", "{name} was never published.", name=name),
                hint=Message("publish.never.hint", "broadcast status lists the episodes."),
            )
        changed = episode.state != "withdrawn"
        if changed:
            withdrawn = replace(episode, state="withdrawn", updated=now.replace(microsecond=0))
            with replacing(workspace.published(name)) as incoming:
                (incoming / PUBLISHED_FILE).write_bytes(record_bytes(withdrawn))
        write_published(workspace, station, now)
    return changed


def _draft(workspace: Workspace, name: str) -> Draft:
    finish_replacing(workspace.draft(name))
    finish_replacing(workspace.published(name)) if workspace.published(name).is_dir() else None
    draft = read_draft(workspace.draft(name))
    if draft is None:
        raise UsageError(
            Message("publish.no-draft", "There is no draft of {name!r}.", name=name),
            hint=Message(
                "publish.no-draft.hint",
                "Build it first: broadcast build scripts/… (broadcast status lists the episodes).",
            ),
        )
    if not draft.is_whole():
        raise BroadcastError(
            Message("publish.draft-changed", "The draft's files are not as they were built."),
            file=draft.folder,
            hint=Message(
                "publish.draft-changed.hint",
                "Build it again: broadcast build {script}",
                script=draft.record.script,
            ),
        )
    if draft.record.format < drafts.FORMAT:
        from broadcast.production.desk.older_drafts import brought_up_to_date

        return brought_up_to_date(draft)
    return draft


def _published(before: PublishedEpisode | None, at: datetime | None, now: datetime) -> datetime:
    """Give the time of publication: once it has passed it stays, zone and all."""
    if before and (at is None or at == before.published):
        return before.published
    return at or now


def _episode(
    draft: Draft, *, guid: str, guid_of_feed: str, published: datetime, now: datetime
) -> PublishedEpisode:
    record = draft.record
    return PublishedEpisode(
        format=FORMAT,
        name=record.name,
        title=record.title,
        description=record.description,
        disclosure=record.disclosure,
        guid=guid,
        published=published.replace(microsecond=0),
        updated=now.replace(microsecond=0),
        state="published",
        duration_ms=record.duration_ms,
        language=record.language,
        synthetic=any(
            turn.kind == "turn" and turn.role == "official" and turn.take.kind == "synthetic"
            for turn in record.turns
        ),
        files=published_files(draft),
        feed_guid=guid_of_feed,
        season=record.season,
        episode=record.episode,
        people=tuple(PublishedPerson(who.person, who.role) for who in record.people if who.person),
        chapters=record.chapters,
    )


def _feed_guid(workspace: Workspace, station: Station) -> str:
    """Give the feed's identity: the station's own, else the one it got at its first episode."""
    first = min(published_episodes(workspace), key=lambda each: each.published, default=None)
    if station.show.guid:
        return station.show.guid
    return first.feed_guid if first else feed_guid(url(station.show, FEED))


def _is_whole(workspace: Workspace, episode: PublishedEpisode) -> bool:
    """Whether every file that listeners were given is still there, by its length."""
    folder = workspace.published(episode.name)
    return (folder / SENTENCES_FILE).is_file() and all(
        (folder / file.name).is_file() and (folder / file.name).stat().st_size == file.length
        for file in episode.files.values()
    )


def _freeze(workspace: Workspace, draft: Draft, episode: PublishedEpisode) -> None:
    """Copy the draft's files and write published.json: all of it, or nothing has changed."""
    folder = workspace.published(episode.name)
    folder.mkdir(parents=True, exist_ok=True)
    with replacing(folder) as incoming:
        for kind, file in names_given(draft.record.files).items():
            shutil.copyfile(draft.folder / file, incoming / episode.files[kind].name)
        frozen = FrozenSentences(sentences=draft.record.sentences)
        (incoming / SENTENCES_FILE).write_bytes(record_bytes(frozen))
        (incoming / PUBLISHED_FILE).write_bytes(record_bytes(episode))


def _forget_unused_media(workspace: Workspace, episode: PublishedEpisode) -> None:
    """Remove what listeners had before: it was copied from drafts, and nobody is led to it now."""
    kept = {PUBLISHED_FILE, SENTENCES_FILE, *(file.name for file in episode.files.values())}
    for file in _media_of(workspace, episode.name):
        if file.name not in kept:
            file.unlink()


def _media_of(workspace: Workspace, name: str) -> Sequence[Path]:
    return [
        file
        for file in workspace.published(name).glob(f"{name}-*")
        if file.suffix in (".mp3", ".vtt", ".json")
    ] + list(workspace.published(name).glob("chapters-*.json"))
