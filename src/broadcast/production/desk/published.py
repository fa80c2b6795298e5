"""published.json → what listeners have of an episode, and whether it is the present draft."""

from __future__ import annotations

from broadcast.errors import BroadcastError
from broadcast.feed.published import (
    FILE_TYPES,
    PUBLISHED_FILE,
    TAKE_BACK,
    FileKind,
    PublishedEpisode,
    PublishedFacts,
    PublishedFile,
    ending_of,
    file_type,
    media_name,
    read_published,
)
from broadcast.messages import Message
from broadcast.production.desk.draft import Draft
from broadcast.production.desk.draft_record import DraftFiles
from broadcast.workspace import Workspace


def published_episode(workspace: Workspace, name: str) -> PublishedEpisode | None:
    """Give what listeners have or had of an episode; None: it was never published."""
    folder = workspace.published(name)
    episode = read_published(folder)
    if episode is not None and episode.name != name:
        raise BroadcastError(
            Message(
                "published.other-name",
                "This is the record of {name}, in the folder of {folder}.",
                name=episode.name,
                folder=name,
            ),
            file=folder / PUBLISHED_FILE,
            hint=Message(
                "published.other-name.hint",
                "Give the folder its name back; if it is a copy, remove episodes/{folder}.",
                folder=name,
            ),
        )
    return episode


def recorded(workspace: Workspace, facts: PublishedFacts) -> PublishedEpisode:
    """Give all that is recorded of an episode of which there are facts.

    Raises BroadcastError when there is no record any more, or it is damaged.
    """
    if isinstance(facts, PublishedEpisode):
        return facts
    episode = published_episode(workspace, facts.name)
    if episode is None:
        raise BroadcastError(
            Message("published.gone", "The record of {name} is gone.", name=facts.name),
            file=workspace.published(facts.name) / PUBLISHED_FILE,
            hint=TAKE_BACK,
        )
    return episode


def is_as_published(draft: Draft, episode: PublishedEpisode) -> bool:
    """Whether listeners have this very draft."""
    return public_names(draft, episode) == {
        kind: file.name for kind, file in episode.files.items() if kind != "small"
    }


def is_out(draft: Draft, episode: PublishedEpisode | None) -> bool:
    """Whether this very draft is what listeners were given, and it was not taken back."""
    return episode is not None and episode.state == "published" and is_as_published(draft, episode)


def published_files(draft: Draft, before: PublishedEpisode | None) -> dict[FileKind, PublishedFile]:
    """Give the files that listeners get of a draft, as published.json names them.

    What they had ``before`` keeps its address, though the episode was renamed since: players would
    fetch the same sound again.
    """
    record, public = draft.record, public_names(draft, before)
    return {
        kind: PublishedFile(
            public[kind],
            (draft.folder / file).stat().st_size,
            file_type(kind, file),
            record.digests[file],
        )
        for kind, file in names_given(record.files).items()
    }


def public_names(draft: Draft, before: PublishedEpisode | None) -> dict[FileKind, str]:
    """Give the names by which listeners get a draft's files, or have the same files already."""
    record = draft.record
    given = {file.name for file in before.files.values()} if before else set()
    names = (record.name, *(before.earlier_names if before else ()))

    def public(kind: FileKind, file: str) -> str:
        ending = ending_of(kind, file)
        known = [media_name(name, record.digests[file], ending) for name in names]
        return next((each for each in known if each in given), known[0])

    return {kind: public(kind, file) for kind, file in names_given(record.files).items()}


def names_given(files: DraftFiles) -> dict[FileKind, str]:
    """Give those of a draft's files that listeners get, by their names in the draft.

    One that an earlier version built has but one form of the transcript, and no cover of its own;
    the small copy is made when it is published.
    """
    named = {kind: getattr(files, kind) for kind in FILE_TYPES if kind != "small"}
    return {kind: name for kind, name in named.items() if name is not None}
