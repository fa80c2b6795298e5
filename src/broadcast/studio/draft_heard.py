"""A programme's draft → where each of its turns and sentences is heard."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from broadcast.cache import file_digest
from broadcast.errors import BroadcastError
from broadcast.production.desk.draft import read_draft
from broadcast.production.desk.draft_record import DraftRecord
from broadcast.workspace import Workspace


@dataclass(frozen=True, slots=True)
class TurnHeard:
    """Where a turn is heard, in ms, whether a machine says it, and its sentences in order."""

    start_ms: int
    end_ms: int
    synthetic: bool
    sentences: tuple[tuple[str, int, int], ...]

    def when(self, place: int, words: str) -> tuple[int, int] | None:
        """Give when a sentence is heard; None: the turn has others."""
        if place >= len(self.sentences):
            return None
        text, start_ms, end_ms = self.sentences[place]
        return (start_ms, end_ms) if text.split() == words.split() else None


@dataclass(frozen=True, slots=True)
class DraftHeard:
    """What names a draft's sound ("": there is none), and where its turns are, by their ids."""

    sound: str = ""
    turns: Mapping[str, TurnHeard] = field(default_factory=dict)


def draft_heard(workspace: Workspace, name: str) -> DraftHeard:
    """Give where a draft is heard. One that is damaged is heard nowhere; the board says so."""
    folder = workspace.draft(name)
    record = folder / "episode.json"
    return _heard(folder, file_digest(record)) if record.is_file() else DraftHeard()


@lru_cache(maxsize=8)
def _heard(folder: Path, record: str) -> DraftHeard:
    """Read a draft whose record has this digest."""
    try:
        draft = read_draft(folder)
    except BroadcastError:
        draft = None
    return DraftHeard() if draft is None else _of(draft.record)


def _of(record: DraftRecord) -> DraftHeard:
    said: dict[str, list[tuple[str, int, int]]] = {}
    for one in record.sentences:
        said.setdefault(one.turn, []).append((one.text, one.start_ms, one.end_ms))
    turns = {
        turn.id: TurnHeard(
            turn.start_ms,
            turn.end_ms,
            turn.take.kind == "synthetic",
            tuple(said.get(turn.id, ())),
        )
        for turn in record.turns
    }
    return DraftHeard(record.digests[record.files.audio], turns)
