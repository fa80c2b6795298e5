"""episode.json in an episode's folder → the draft that it tells of."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from broadcast.cache import file_digest
from broadcast.errors import BroadcastError
from broadcast.messages import Message
from broadcast.production.desk.draft_record import FORMATS, DraftRecord
from broadcast.records import read_record, record_in, unreadable

DRAFT_FILE = "episode.json"
_HINT = Message(
    "draft.damaged-record.hint",
    "The episode's identity is in it: restore it from a copy, mend it by hand, or delete it to "
    "start the episode anew.",
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft: its folder, and what episode.json says of it."""

    folder: Path
    record: DraftRecord

    def is_whole(self) -> bool:
        """Whether every file of the draft is there exactly as it was built.

        Raises OutsideError when one cannot be read.
        """
        return all(
            _digest(self.folder / name) == digest for name, digest in self.record.digests.items()
        )


def _digest(file: Path) -> str | None:
    try:
        return file_digest(file) if file.is_file() else None
    except OSError as error:
        raise unreadable(file, error) from error


def read_draft(folder: Path) -> Draft | None:
    """Read the draft in ``folder``; None when nothing was built.

    Raises BroadcastError naming the field of episode.json that is wrong, or when it is another
    episode's; OutsideError when the file cannot be read.
    """
    record = read_record(folder / DRAFT_FILE, FORMATS, _HINT)
    if record is not None and record.name != folder.name:
        raise BroadcastError(
            Message(
                "draft.other-name",
                "In this file, “name” is {name}, but the folder is that of {folder}.",
                name=record.name,
                folder=folder.name,
            ),
            file=folder / DRAFT_FILE,
            hint=Message(
                "draft.other-name.hint",
                "Give the folder its name back; if it is a copy, remove it.",
            ),
        )
    return None if record is None else Draft(folder, record)


def draft_record_in(data: bytes, file: Path) -> DraftRecord:
    """Give the record that the bytes of an episode.json are. Raises as ``read_draft`` does."""
    return record_in(data, file, FORMATS, _HINT)
