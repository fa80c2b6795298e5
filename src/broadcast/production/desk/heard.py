"""heard.json: which turns somebody listened to from begin to end, and as they were then.

A turn is known by what it is made from: one whose words, voice or recording are another since was
not heard as it is now; one that is again what it was before, was.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from broadcast.cache import key_of
from broadcast.messages import Message
from broadcast.production.desk.draft_record import DraftRecord
from broadcast.records import Digest, Record, read_record, record_bytes
from broadcast.workspace import Workspace
from broadcast.workspace.locks import locked
from broadcast.workspace.writing import write_atomic

HEARD_FILE = "heard.json"
FORMAT = 1
_MOST_KEPT = 5000
_HINT = Message("heard.hint", "Delete the file: what was listened to is then to be heard again.")


class _HeardRecord(Record, frozen=True, kw_only=True):
    """The whole of heard.json; ``turns`` are what was heard, each by its key, the last one last."""

    format: int = FORMAT
    turns: tuple[Digest, ...]


def sounds_of(record: DraftRecord) -> Mapping[str, str]:
    """Give what each turn of a draft is made from as one key, by the turn's id."""
    made = record.made_from
    return {
        part.id: key_of(
            "heard", part.words, part.recording, part.voice, made.engine if part.voice else None
        )
        for part in made.parts
    }


def heard_of(workspace: Workspace, name: str) -> frozenset[str]:
    """Give the keys of all that was heard of an episode, as ``sounds_of`` gives them.

    Raises BroadcastError naming what is wrong in heard.json; OutsideError where it is not read.
    """
    return frozenset(_read(_file(workspace, name)))


def mark_heard(workspace: Workspace, name: str, *made_from: str) -> None:
    """Remember that turns were heard to their end, each by its key. Raises as ``heard_of`` does."""
    file = _file(workspace, name)
    with locked(workspace, lambda: None):
        before = _read(file)
        turns = (*(one for one in before if one not in made_from), *dict.fromkeys(made_from))
        if turns == before:
            return
        write_atomic(file, record_bytes(_HeardRecord(turns=turns[-_MOST_KEPT:])))


def _file(workspace: Workspace, name: str) -> Path:
    return workspace.draft(name) / HEARD_FILE


def _read(file: Path) -> tuple[str, ...]:
    found = read_record(file, {FORMAT: _HeardRecord}, _HINT)
    return found.turns if found else ()
