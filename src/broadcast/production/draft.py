"""episode.json: what the last build of an episode made, and what it was made from."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from broadcast.cache import file_digest
from broadcast.errors import BroadcastError
from broadcast.metadata.disclosure import description_line, turns_of
from broadcast.model import Episode, Recording, Timeline, samples_to_ms

if TYPE_CHECKING:
    from broadcast.production.sound_report import SoundReport

DRAFT_FILE = "episode.json"


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as episode.json tells it; ``document`` is the whole of it, as in the contract."""

    folder: Path
    document: Mapping[str, Any]

    @property
    def guid(self) -> str:
        """The episode's identity, fixed at its first build."""
        return str(self.document["guid"])

    @property
    def date(self) -> str:
        """The draft date, ISO 8601."""
        return str(self.document["date"])

    @property
    def engine(self) -> str | None:
        """The engine that spoke the episode (None: nothing was synthetic)."""
        engine = self.document["engine"]
        return None if engine is None else str(engine)

    @property
    def made_from(self) -> Mapping[str, Any]:
        """What decided how the episode sounds and reads."""
        made_from: Mapping[str, Any] = self.document["made_from"]
        return made_from

    @property
    def files(self) -> Mapping[str, str]:
        """The draft's files by what they are: audio, transcript, chapters."""
        files: Mapping[str, str] = self.document["files"]
        return files

    def is_whole(self) -> bool:
        """Whether every file of the draft is there exactly as it was built."""
        digests: Mapping[str, str] = self.document["digests"]
        return all(
            (self.folder / name).is_file() and file_digest(self.folder / name) == digest
            for name, digest in digests.items()
        )


def read_draft(folder: Path) -> Draft | None:
    """Read the draft in ``folder``; None when nothing was built or episode.json is not ours."""
    try:
        document = json.loads((folder / DRAFT_FILE).read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (ValueError, OSError):
        document = None
    needed = {"guid", "date", "engine", "made_from", "files", "digests", "turns"}
    if not isinstance(document, dict) or not needed <= document.keys():
        raise BroadcastError(
            "This file is damaged, so the episode's identity in it cannot be read.",
            file=folder / DRAFT_FILE,
            hint="Restore it from a copy, or delete it to start the episode anew.",
        )
    return Draft(folder, document)


def draft_document(
    episode: Episode,
    *,
    script: str,
    engine: str | None,
    report: SoundReport,
    files: Mapping[str, str],
    digests: Mapping[str, str],
    made_from: Mapping[str, Any],
) -> dict[str, Any]:
    """Give episode.json as the contract has it, with what the program needs to build again."""
    return {
        "name": episode.name,
        "title": episode.title,
        "guid": episode.guid,
        "date": episode.date,
        "duration_ms": samples_to_ms(episode.timeline.samples),
        "engine": engine,
        "language": episode.language,
        "description": episode.description,
        "disclosure": description_line(episode.language, turns_of(episode.timeline)),
        "season": episode.season,
        "episode": episode.episode,
        "script": script,
        "turns": _turns(episode.timeline, report.turns_lufs()),
        "people": [{"name": person.name, "role": person.role} for person in episode.people],
        "loudness": report.documents(),
        "files": dict(files),
        "digests": dict(digests),
        "made_from": dict(made_from),
    }


def _turns(timeline: Timeline, turns_lufs: Sequence[float]) -> list[dict[str, Any]]:
    turns = []
    for (slot, take), lufs in zip(timeline.takes, turns_lufs, strict=True):
        turn = take.turn
        recording = take.recording
        turns.append(
            {
                "n": turn.n,
                "id": turn.id,
                "kind": turn.kind,
                "speaker": turn.speaker,
                "role": turn.role,
                "line": turn.line or None,
                "text": turn.text,
                "spoken": " ".join(sentence.spoken for sentence in take.sentences),
                "start_ms": samples_to_ms(slot.start),
                "end_ms": samples_to_ms(slot.speech_end),
                "lufs": round(lufs, 1) if lufs > float("-inf") else None,
                "take": {
                    "kind": take.kind,
                    "engine": take.engine,
                    "voice": take.voice,
                    "file": _files(recording) if recording else None,
                    "stale": bool(recording and recording.stale),
                },
            }
        )
    return turns


def _files(recording: Recording) -> str:
    return " + ".join(dict.fromkeys(stretch.file.name for stretch in recording.stretches))
