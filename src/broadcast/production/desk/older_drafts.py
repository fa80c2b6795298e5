"""A draft that version 0.1.0 built → the same with sentences and chapters, as they are kept now."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
from msgspec.structs import replace

from broadcast.errors import BroadcastError
from broadcast.feed.older_transcripts import sentences_of_vtt
from broadcast.messages import Message
from broadcast.model import ChapterMark
from broadcast.production.desk.draft import Draft
from broadcast.production.desk.draft_record import WITH_SENTENCES
from broadcast.records import unreadable
from broadcast.script.vocabulary import PARTS
from broadcast.text import folded


class _OlderChapter(msgspec.Struct):
    startTime: Annotated[float, msgspec.Meta(ge=0, le=1e9)]  # noqa: N815  as the Podcast Namespace writes it
    title: str


class _OlderChapters(msgspec.Struct):
    chapters: tuple[_OlderChapter, ...]


def _person(label: str) -> str:
    """Give the label as a name: what it holds besides was not said apart; "Reporter" is nobody."""
    return "" if tuple(folded(label).split()) in PARTS else label.strip()


def brought_up_to_date(draft: Draft) -> Draft:
    """Give the draft with what its transcript and its chapters say; the files stay as they are.

    Raises BroadcastError when they cannot be read.
    """
    record, folder = draft.record, draft.folder
    try:
        vtt = (folder / record.files.transcript).read_text("utf-8")
        listed = msgspec.json.decode(
            (folder / record.files.chapters).read_bytes(), type=_OlderChapters
        )
    except (FileNotFoundError, UnicodeDecodeError, RecursionError, msgspec.DecodeError) as error:
        raise BroadcastError(
            Message(
                "draft.older-unreadable",
                "The draft was built by an earlier version, and its transcript cannot be read.",
            ),
            file=folder,
            hint=Message(
                "draft.older-unreadable.hint",
                "Build it again: broadcast build {script}",
                script=record.script,
            ),
        ) from error
    except OSError as error:
        raise unreadable(Path(error.filename or folder), error) from error
    turns = {(turn.start_ms, turn.end_ms): turn.id for turn in record.turns}

    def turn_at(start_ms: int) -> str:
        return next((id_ for (start, end), id_ in turns.items() if start <= start_ms < end), "")

    return Draft(
        folder,
        replace(
            record,
            format=WITH_SENTENCES,
            sentences=tuple(
                replace(one, turn=turn_at(one.start_ms)) for one in sentences_of_vtt(vtt)
            ),
            people=tuple(replace(who, person=_person(who.name)) for who in record.people),
            chapters=tuple(
                ChapterMark(round(one.startTime * 1000), one.title) for one in listed.chapters
            ),
        ),
    )
