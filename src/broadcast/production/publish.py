"""Drafts → what listeners are given: frozen episodes, and the public site made from them alone."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from broadcast.errors import BroadcastError, UsageError
from broadcast.feed.addresses import FEED, media_path, page_path, url
from broadcast.feed.published import (
    FILE_TYPES,
    FileKind,
    PublishedChapter,
    PublishedEpisode,
    PublishedFile,
    feed_guid,
    media_name,
)
from broadcast.feed.site import write_site
from broadcast.model import Problem, Speaker
from broadcast.production.draft import Draft, read_draft
from broadcast.production.report import Reporter
from broadcast.production.settings import station_of
from broadcast.script.vocabulary import PARTS
from broadcast.station import Station
from broadcast.text import folded
from broadcast.workspace import Workspace, finish_replacing, locked, replacing

PUBLISHED_FILE = "published.json"


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
    with locked(workspace, lambda: reporter.say("Another command is at work here; waiting.")):
        draft = _draft(workspace, name)
        before = published_episode(workspace, name)
        if before and before.published <= now and at not in (None, before.published):
            fixed = before.published.astimezone()
            raise UsageError(
                f"{name} was published at {fixed:%Y-%m-%d %H:%M}; that time is fixed.",
                hint="Publish without --at: listeners get the new draft under the old date.",
            )
        episode = _episode(
            draft,
            guid=before.guid if before else draft.guid,
            guid_of_feed=_feed_guid(workspace, station),
            published=_published(before, at, now),
            now=now,
        )
        if before and episode == replace(before, updated=episode.updated):
            episode = before
        if episode is not before or not _is_whole(workspace, episode):
            _freeze(workspace, draft, episode)
        _write_site(workspace, station, now)
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
    with locked(workspace, lambda: reporter.say("Another command is at work here; waiting.")):
        episode = published_episode(workspace, name)
        if episode is None:
            raise UsageError(
                f"{name} was never published.", hint="broadcast status lists the episodes."
            )
        changed = episode.state != "withdrawn"
        if changed:
            with replacing(workspace.published(name)) as incoming:
                withdrawn = replace(episode, state="withdrawn", updated=now)
                _write(incoming, withdrawn)
        _write_site(workspace, station, now)
    return changed


def write_feed(workspace: Workspace, now: datetime, reporter: Reporter) -> int:
    """Write feed/ again from what is published, and give how many episodes it has."""
    station = station_of(workspace)
    with locked(workspace, lambda: reporter.say("Another command is at work here; waiting.")):
        for name in workspace.published_names():
            finish_replacing(workspace.published(name))
        return _write_site(workspace, station, now)


def check_site(workspace: Workspace) -> tuple[Problem, ...]:
    """Give what is wrong with feed/ as a stranger would find it."""
    from broadcast.feed.check import check_feed  # what other commands have no need to load

    return check_feed(workspace.feed, station_of(workspace).show)


def published_episode(workspace: Workspace, name: str) -> PublishedEpisode | None:
    """Give what listeners have or had of an episode; None: it was never published."""
    file = workspace.published(name) / PUBLISHED_FILE
    try:
        text = file.read_text("utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except UnicodeDecodeError as error:
        raise BroadcastError(
            "The file is not UTF-8.", file=file, hint="Take it back from a backup."
        ) from error
    episode = PublishedEpisode.from_json(text, file)
    if episode.name != name:
        raise BroadcastError(
            f"This is the record of {episode.name}, in the folder of {name}.",
            file=file,
            hint=f"Give the folder its name back; if it is a copy, remove episodes/{name}.",
        )
    return episode


def published_episodes(workspace: Workspace) -> list[PublishedEpisode]:
    """Give every episode that was ever published, withdrawn ones too, sorted by name."""
    found = (published_episode(workspace, name) for name in workspace.published_names())
    return [episode for episode in found if episode is not None]


def is_as_published(draft: Draft, episode: PublishedEpisode) -> bool:
    """Whether listeners have this very draft."""
    return {kind: file.name for kind, file in _files(draft).items()} == {
        kind: file.name for kind, file in episode.files.items()
    }


def _draft(workspace: Workspace, name: str) -> Draft:
    finish_replacing(workspace.draft(name))
    finish_replacing(workspace.published(name)) if workspace.published(name).is_dir() else None
    draft = read_draft(workspace.draft(name))
    if draft is None:
        raise UsageError(
            f"There is no draft of {name!r}.",
            hint="Build it first: broadcast build scripts/… (broadcast status lists the episodes).",
        )
    if not draft.is_whole():
        raise BroadcastError(
            "The draft's files are not as they were built.",
            file=draft.folder,
            hint=f"Build it again: broadcast build {draft.document['script']}",
        )
    return draft


def _files(draft: Draft) -> dict[FileKind, PublishedFile]:
    return {
        kind: PublishedFile(
            media_name(
                str(draft.document["name"]),
                draft.document["digests"][draft.files[kind]],
                Path(draft.files[kind]).suffix,
            ),
            (draft.folder / draft.files[kind]).stat().st_size,
            FILE_TYPES[kind],
        )
        for kind in FILE_TYPES
    }


def _published(before: PublishedEpisode | None, at: datetime | None, now: datetime) -> datetime:
    """Give the time of publication: once it has passed it stays, zone and all."""
    if before and (at is None or at == before.published):
        return before.published
    return at or now


def _episode(
    draft: Draft, *, guid: str, guid_of_feed: str, published: datetime, now: datetime
) -> PublishedEpisode:
    facts = draft.document
    chapters = json.loads((draft.folder / draft.files["chapters"]).read_text("utf-8"))["chapters"]
    return PublishedEpisode(
        name=facts["name"],
        title=facts["title"],
        description=facts["description"],
        disclosure=facts.get("disclosure", ""),
        guid=guid,
        published=published.replace(microsecond=0),
        updated=now.replace(microsecond=0),
        state="published",
        duration_ms=facts["duration_ms"],
        language=facts["language"],
        synthetic=any(
            turn["kind"] == "turn"
            and turn["role"] == "official"
            and turn["take"]["kind"] == "synthetic"
            for turn in facts["turns"]
        ),
        files=_files(draft),
        feed_guid=guid_of_feed,
        season=facts["season"],
        episode=facts["episode"],
        people=tuple(
            Speaker(person["name"], person["role"])
            for person in facts["people"]
            if tuple(folded(person["name"]).split()) not in PARTS  # "Reporter" is nobody's name
        ),
        chapters=tuple(
            PublishedChapter(round(chapter["startTime"] * 1000), chapter["title"])
            for chapter in chapters
        ),
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
    return all(
        (folder / file.name).is_file() and (folder / file.name).stat().st_size == file.length
        for file in episode.files.values()
    )


def _freeze(workspace: Workspace, draft: Draft, episode: PublishedEpisode) -> None:
    """Copy the draft's files and write published.json: all of it, or nothing has changed."""
    folder = workspace.published(episode.name)
    folder.mkdir(parents=True, exist_ok=True)
    with replacing(folder) as incoming:
        for kind, file in episode.files.items():
            shutil.copyfile(draft.folder / draft.files[kind], incoming / file.name)
        _write(incoming, episode)


def _write(folder: Path, episode: PublishedEpisode) -> None:
    (folder / PUBLISHED_FILE).write_text(episode.to_json(), "utf-8", newline="\n")


def _write_site(workspace: Workspace, station: Station, now: datetime) -> int:
    """Write feed/ with the episodes whose time has come; give how many listeners find."""
    episodes = [each for each in published_episodes(workspace) if each.published <= now]
    media = {
        file.name: workspace.published(episode.name) / file.name
        for episode in episodes
        for file in episode.files.values()
    }
    write_site(workspace.feed, station.show, episodes, media, now.replace(microsecond=0))
    return sum(episode.state == "published" for episode in episodes)


def _forget_unused_media(workspace: Workspace, episode: PublishedEpisode) -> None:
    """Remove what listeners had before: it was copied from drafts, and nobody is led to it now."""
    kept = {PUBLISHED_FILE, *(file.name for file in episode.files.values())}
    for file in _media_of(workspace, episode.name):
        if file.name not in kept:
            file.unlink()


def _media_of(workspace: Workspace, name: str) -> Sequence[Path]:
    return [
        file
        for file in workspace.published(name).glob(f"{name}-*")
        if file.suffix in (".mp3", ".vtt", ".json")
    ] + list(workspace.published(name).glob("chapters-*.json"))
