"""A draft → its frozen files and record in published/, which listeners are served from."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from msgspec.structs import replace

from broadcast.errors import BroadcastError, OutsideError, UsageError
from broadcast.feed.frozen_files import harm_of
from broadcast.feed.published import (
    FILE_ENDINGS,
    FORMAT,
    OTHER_TYPES,
    PUBLISHED_FILE,
    SENTENCES_FILE,
    ApprovedBy,
    FrozenSentences,
    Gone,
    PublishedEpisode,
    PublishedFacts,
    PublishedFile,
    PublishedPerson,
)
from broadcast.messages import Message
from broadcast.messages.system_reasons import system_reason
from broadcast.model import FeedSettings
from broadcast.production.desk.draft import Draft, read_draft
from broadcast.production.desk.draft_record import WITH_SENTENCES
from broadcast.production.desk.published import names_given, published_files, recorded
from broadcast.production.public.given_once import expiry_of, numbers_of
from broadcast.records import record_bytes
from broadcast.script.credited import credited, job_of
from broadcast.workspace import Workspace
from broadcast.workspace.writing import replacing


def draft_to_publish(workspace: Workspace, name: str) -> Draft:
    """Give an episode's draft, every file of which was looked at.

    Raises UsageError without one, BroadcastError when its files are not as they were built.
    """
    draft = _built(workspace, name)
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
    return _as_kept_now(draft)


def present_draft(workspace: Workspace, name: str) -> Draft:
    """Give an episode's draft by its record alone. Raises UsageError without one."""
    return _as_kept_now(_built(workspace, name))


def _built(workspace: Workspace, name: str) -> Draft:
    draft = read_draft(workspace.draft(name))
    if draft is None:
        raise UsageError(
            Message("publish.no-draft", "There is no draft of {name!r}.", name=name),
            hint=Message(
                "publish.no-draft.hint",
                "Build it first: broadcast build scripts/… (broadcast status lists the episodes).",
            ),
        )
    return draft


def _as_kept_now(draft: Draft) -> Draft:
    if draft.record.format < WITH_SENTENCES:
        from broadcast.production.desk.older_drafts import brought_up_to_date

        return brought_up_to_date(draft)
    return draft


def episode_of(
    draft: Draft,
    settings: FeedSettings,
    *,
    small: PublishedFile | None,
    before: PublishedEpisode | None,
    others: Iterable[PublishedFacts],
    guid_of_feed: str,
    published: datetime,
    now: datetime,
    approved: ApprovedBy | None,
) -> PublishedEpisode:
    """Give the record of what listeners get of a draft; ``before`` is what they got of it so far.

    ``small`` is the small copy of its audio. The guid and the numbers that the station gives stay
    as they were first.
    """
    record, published = draft.record, published.replace(microsecond=0)
    numbers = numbers_of(record, before, others, published, settings.numbering)
    return PublishedEpisode(
        format=FORMAT,
        name=record.name,
        title=record.title,
        description=record.description,
        disclosure=record.disclosure,
        guid=before.guid if before else record.guid,
        published=published,
        updated=now.replace(microsecond=0),
        state="published",
        duration_ms=record.duration_ms,
        language=record.language,
        synthetic=record.is_synthetic,
        undisclosed_at=record.undisclosed_at,
        files={**published_files(draft, before), **({"small": small} if small else {})},
        feed_guid=guid_of_feed,
        season=numbers.season,
        episode=numbers.episode,
        numbered=numbers.given,
        expires=expiry_of(record, published, settings.expires_days),
        people=tuple(
            PublishedPerson(who.person, who.role, job_of(who.title))
            for who in record.people
            if who.person
        ),
        credits=credited("\n".join(turn.text for turn in record.turns if turn.kind == "byline")),
        approved=approved,
        chapters=record.chapters,
        earlier_names=before.earlier_names if before else (),
    )


def is_frozen_whole(workspace: Workspace, draft: Draft, episode: PublishedEpisode) -> bool:
    """Whether every file that listeners were given of the draft is still there, byte for byte."""
    folder, drafted = workspace.published(episode.name), names_given(draft.record.files)
    if not (folder / SENTENCES_FILE).is_file():
        return False
    digests = {kind: draft.record.digests[file] for kind, file in drafted.items()}
    return not any(
        harm_of(folder / file.name, file.length, digests.get(kind, file.digest))
        for kind, file in episode.files.items()
    )


def freeze(
    workspace: Workspace, draft: Draft, episode: PublishedEpisode, small: Path | None
) -> None:
    """Copy the draft's files and its small copy, and write published.json: all of it or nothing."""
    with _replacing_record(workspace, episode) as incoming:
        for kind, file in names_given(draft.record.files).items():
            shutil.copyfile(draft.folder / file, incoming / episode.files[kind].name)
        if small:
            shutil.copyfile(small, incoming / episode.files["small"].name)
        frozen = FrozenSentences(sentences=draft.record.sentences)
        (incoming / SENTENCES_FILE).write_bytes(record_bytes(frozen))


def note_gone(
    workspace: Workspace, facts: PublishedFacts, state: Gone, at: datetime
) -> PublishedEpisode:
    """Record that listeners no longer get an episode, and give what is recorded.

    Raises OutsideError when the disk refuses.
    """
    episode = recorded(workspace, facts)
    return note(workspace, replace(episode, state=state, updated=at.replace(microsecond=0)))


def note(workspace: Workspace, episode: PublishedEpisode) -> PublishedEpisode:
    """Record what is to be known of an episode, its files as they are, and give that.

    Raises OutsideError when the disk refuses.
    """
    with _replacing_record(workspace, episode):
        pass
    return episode


@contextmanager
def _replacing_record(workspace: Workspace, episode: PublishedEpisode) -> Iterator[Path]:
    """Give an empty folder for files that come in as one change with the episode's record."""
    folder = workspace.published(episode.name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with replacing(folder) as incoming:
            yield incoming
            (incoming / PUBLISHED_FILE).write_bytes(record_bytes(episode))
    except OSError as error:
        raise OutsideError(
            Message(
                "publish.not-recorded",
                "What listeners are to have of {name} cannot be recorded: {reason}.",
                name=episode.name,
                reason=system_reason(error),
            ),
            file=folder,
            hint=Message(
                "publish.not-recorded.hint",
                "Make room on the disk or close programs that hold its files, then try again.",
            ),
        ) from error


def forget_unused_media(workspace: Workspace, episode: PublishedEpisode) -> None:
    """Remove what listeners had before and nobody is led to: it was copied from drafts."""
    given = (*episode.files.values(), *(one.file for one in episode.superseded))
    kept = {PUBLISHED_FILE, SENTENCES_FILE, *(file.name for file in given)}
    for file in _media_of(workspace, episode):
        if file.name not in kept:
            file.unlink(missing_ok=True)


def _media_of(workspace: Workspace, episode: PublishedEpisode) -> Sequence[Path]:
    folder = workspace.published(episode.name)
    return [
        file
        for name in (episode.name, *episode.earlier_names)
        for file in folder.glob(f"{name}-*")
        if file.name.endswith((*FILE_ENDINGS.values(), *OTHER_TYPES))
    ] + list(folder.glob("chapters-*.json"))
