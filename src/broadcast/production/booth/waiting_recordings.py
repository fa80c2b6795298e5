"""Recordings that were given for an episode and are to be listened to before any of them is used.

They lie in a folder of their own under the names that they came with, and what is wanted of them is
noted beside: whether each file is for a turn, or all are one recording of many turns, and where a
turn was cut otherwise than it was found.
"""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from broadcast.errors import BroadcastError, UsageError
from broadcast.messages import Message
from broadcast.recordings.folder import audio_files
from broadcast.records import Count, PlainText, Record, read_record, record_bytes
from broadcast.workspace import Workspace
from broadcast.workspace.writing import write_atomic

WAITING_FILE = "waiting.json"
FORMAT = 1
MOST_TAKE_BYTES = 2_000_000_000
"""The most of one file: an hour and a half in two channels at the best that recorders write."""
MOST_FILES = 500
WaitingKind = Literal["folder", "long"]
"""Files that are for a turn each, or that are one recording of many turns."""
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
_LONGEST_STEM = 80
_HINT = Message("waiting.hint", "Delete the file, and give the recordings once more.")


class WaitingCut(Record, frozen=True, kw_only=True):
    """Where a turn is cut out of a long recording, in ms; ``use`` False: it is not to be used."""

    begin_ms: Count
    end_ms: Count
    use: bool = True


class _WaitingRecord(Record, frozen=True, kw_only=True):
    """The whole of waiting.json, with what somebody changed of what was found.

    ``cuts`` are by the turn's id; ``pairs`` tell of a file which turn it is for ("": for none).
    """

    format: int = FORMAT
    kind: WaitingKind
    pairs: dict[str, str] = msgspec.field(default_factory=dict)
    cuts: dict[PlainText, WaitingCut] = msgspec.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Waiting:
    """The recordings that wait in ``folder``, in order, and what is wanted of them."""

    folder: Path
    files: tuple[Path, ...]
    kind: WaitingKind
    cuts: Mapping[str, WaitingCut]
    pairs: Mapping[str, str]


def waiting_recordings(workspace: Workspace, name: str) -> Waiting | None:
    """Give what waits for an episode; None: nothing does. Raises as ``read_record`` does."""
    folder = workspace.waiting(name)
    record = read_record(folder / WAITING_FILE, {FORMAT: _WaitingRecord}, _HINT)
    files = audio_files(folder)
    if record is None or not files:
        return None
    return Waiting(folder, files, record.kind, record.cuts, record.pairs)


def let_wait(workspace: Workspace, name: str, kind: WaitingKind) -> Waiting:
    """Say what the files are that were brought; cuts of before are forgotten.

    Raises UsageError when there are none.
    """
    _write(workspace, name, _WaitingRecord(kind=kind))
    waiting = waiting_recordings(workspace, name)
    if waiting is None:
        raise UsageError(Message("waiting.none", "No recording waits here any more."))
    return waiting


def cut_otherwise(workspace: Workspace, name: str, turn_id: str, cut: WaitingCut) -> None:
    """Note where a turn is cut. Raises UsageError when no long recording waits."""
    waiting = waiting_recordings(workspace, name)
    if waiting is None or waiting.kind != "long":
        raise UsageError(Message("waiting.none", "No recording waits here any more."))
    _write(workspace, name, _WaitingRecord(kind="long", cuts={**waiting.cuts, turn_id: cut}))


def pair_otherwise(workspace: Workspace, name: str, file: str, turn: str) -> None:
    """Note which turn a file is for. Raises UsageError when no such file waits to be paired."""
    waiting = waiting_recordings(workspace, name)
    is_there = waiting is not None and file in {one.name for one in waiting.files}
    if waiting is None or waiting.kind != "folder" or not is_there:
        raise UsageError(Message("waiting.none", "No recording waits here any more."))
    _write(workspace, name, _WaitingRecord(kind="folder", pairs={**waiting.pairs, file: turn}))


def bring_recording(workspace: Workspace, name: str, file: Path, called: str) -> Path:
    """Move a file among those that wait, under the name it came with; give where it is.

    Of two of one name the later one has a number. Raises BroadcastError when it is no sound by its
    name, or too many wait already.
    """
    folder = workspace.waiting(name)
    folder.mkdir(parents=True, exist_ok=True)
    if len(audio_files(folder)) >= MOST_FILES:
        raise BroadcastError(
            Message("waiting.too-many", "That are too many files: {most} at once.", most=MOST_FILES)
        )
    wanted = folder / kept_name(called)
    place, number = wanted, 1
    while place.exists():
        number += 1
        place = wanted.with_stem(f"{wanted.stem} ({number})")
    file.rename(place)
    if place not in audio_files(folder):
        place.unlink()
        raise BroadcastError(
            Message("waiting.no-audio", "“{file}” is no audio file.", file=place.name)
        )
    return place


def forget_waiting(workspace: Workspace, name: str) -> None:
    """Remove all that waits for an episode."""
    shutil.rmtree(workspace.waiting(name), ignore_errors=True)


def kept_name(called: str) -> str:
    """Give a name that a file can have anywhere, for what it is called where it comes from."""
    name = unicodedata.normalize("NFC", called.replace("\\", "/").rpartition("/")[2])
    stem, dot, ending = name.rpartition(".")
    if not dot:
        stem, ending = name, ""
    stem = " ".join(_NOT_IN_NAMES.sub(" ", stem).split()).strip(" .")[:_LONGEST_STEM].strip(" .")
    ending = re.sub(r"[^A-Za-z0-9]", "", ending)[:8]
    return f"{stem or 'recording'}.{ending}" if ending else stem or "recording"


def _write(workspace: Workspace, name: str, record: _WaitingRecord) -> None:
    write_atomic(workspace.waiting(name) / WAITING_FILE, record_bytes(record))
