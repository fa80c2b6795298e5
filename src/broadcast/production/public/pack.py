"""A programme of this station → one file to hand to another, in which all that makes it is."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path

import msgspec
from msgspec.structs import replace

from broadcast.errors import BroadcastError, OutsideError, UsageError
from broadcast.messages import Message
from broadcast.messages.system_reasons import system_reason
from broadcast.production.desk.draft import read_draft
from broadcast.production.desk.draft_record import DraftRecord
from broadcast.production.desk.find_script import name_of, scripts_of
from broadcast.production.desk.progress import Reporter, waiting
from broadcast.production.desk.published import published_episode
from broadcast.production.desk.read_station import station_of
from broadcast.production.desk.remembered_script import known_script
from broadcast.production.desk.station_cache import cache_of
from broadcast.production.public.pack_record import (
    PackRecord,
    draft_place,
    is_played,
    may_lie,
    recording_place,
)
from broadcast.production.public.pack_zip import add_file, add_record, blocks_of
from broadcast.production.public.rename import no_such_programme
from broadcast.recordings.folder import audio_files, has_staged
from broadcast.recordings.handed_takes import digests_of
from broadcast.recordings.standing import finish_copies
from broadcast.recordings.takes_file import read_takes
from broadcast.records import record_bytes
from broadcast.station import Station
from broadcast.workspace import TAKES_JSON, Workspace, here
from broadcast.workspace.locks import locked, making
from broadcast.workspace.writing import write_atomic, writing_atomic

PACKING = Message("handed.packing", "packing")
_MOST_SEEN = 2_000


@dataclass(frozen=True, slots=True)
class Packed:
    """What was packed into ``file``; ``has_guid``: subscribers will know it wherever it is from."""

    name: str
    file: Path
    recordings: int
    beside: tuple[str, ...]
    size: int
    has_guid: bool


def pack(workspace: Workspace, name: str, target: Path, reporter: Reporter) -> Packed:
    """Pack a programme into ``target``, which must be free; the same programme, the same bytes.

    Raises UsageError when there is no such programme or something lies at ``target``;
    BroadcastError when it has no script any more, or a file whose name not every system can have.
    """
    station = station_of(workspace)
    if target.exists():
        raise UsageError(
            Message("handed.there", "There is a file {file} already.", file=here(target)),
            hint=Message("handed.there.hint", "Give another name with -o, or put that file away."),
        )
    with making(workspace, name, waiting(reporter)):
        folder = workspace.recordings(name)
        if has_staged(folder):
            with locked(workspace, waiting(reporter)):
                finish_copies(folder)
        scripts = scripts_of(workspace, name)
        record = _draft_record(workspace, name, scripts)
        if not scripts:
            raise _without_script(workspace, name, record)
        name_of(workspace, scripts[0])
        takes = read_takes(folder)  # before the files that it speaks of
        files = _files(workspace, name, scripts)
        beside = _beside(workspace, station, scripts[0], reporter)
        small = {recording_place(name, TAKES_JSON): record_bytes(takes)} if takes.takes else {}
        if record:
            small[draft_place(name)] = record_bytes(record)
        for place in (*files, *beside):
            if not may_lie(place, name):
                raise _bad_name(place)
        seen = _seen(workspace, name, digests_of(takes))
        head = PackRecord(
            broadcast="programme",
            name=name,
            title=record.title if record else name,
            station=station.show.title,
            guid=record.guid if record else None,
            files=(),
            seen=seen,
        )
        size = _write(target, head, {**files, **beside}, small, reporter)
        note_seen(workspace, name, seen)
    recordings = sum(place.startswith("recordings/") for place in files)
    return Packed(name, target, recordings, tuple(beside), size, record is not None)


def seen_here(workspace: Workspace, name: str) -> tuple[str, ...]:
    """Give the decisions about a programme's takes that were handed out or came here, by digests.

    Where that is not known any more, fewer differences are settled without asking; no more.
    """
    try:
        data = workspace.handed_file(name).read_bytes()
        return msgspec.json.decode(data, type=tuple[str, ...])
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return ()


def note_seen(workspace: Workspace, name: str, seen: tuple[str, ...]) -> None:
    """Note what of a programme's takes was handed out or came here."""
    kept = tuple(dict.fromkeys(seen))[-_MOST_SEEN:]
    write_atomic(workspace.handed_file(name), msgspec.json.encode(kept))


def _seen(workspace: Workspace, name: str, now: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*seen_here(workspace, name), *now)))


def _draft_record(workspace: Workspace, name: str, scripts: list[Path]) -> DraftRecord | None:
    """Give what the draft is known by: with the guid that listeners have it under."""
    draft = read_draft(workspace.draft(name))
    episode = published_episode(workspace, name)
    if draft is None or not scripts:
        return draft.record if draft else None
    guid = episode.guid if episode else draft.record.guid
    return replace(draft.record, guid=guid, script=workspace.relative(scripts[0]))


def _files(workspace: Workspace, name: str, scripts: list[Path]) -> dict[str, Path]:
    folder = workspace.recordings(name)
    sounds = {file.name: file for file in audio_files(folder)}
    known = {file: folder / file for file in read_takes(folder).files()}
    sounds |= {file: path for file, path in known.items() if path.is_file()}
    return {
        **{f"scripts/{file.name}": file for file in scripts},
        **{recording_place(name, file): path for file, path in sounds.items()},
    }


def _beside(
    workspace: Workspace, station: Station, script: Path, reporter: Reporter
) -> dict[str, Path]:
    """Give the cover, clips and music that the script itself names; the station's own stay."""
    try:
        understood = known_script(station, script, cache_of(workspace, station))
    except BroadcastError as error:
        reporter.say(
            Message(
                "handed.unread", "What the script names was not packed: {why}", why=error.message
            )
        )
        return {}
    named = (understood.front.cover, *(cue.file for cue in understood.cues))
    found: dict[str, Path] = {}
    for written in dict.fromkeys(filter(None, named)):
        place = written.replace("\\", "/")
        if is_played(place) and (workspace.root / place).is_file():
            found[place] = workspace.root / place
        elif not place.startswith("recordings/"):
            reporter.say(
                Message(
                    "handed.not-along", "{file}, which the script names, stays here.", file=place
                )
            )
    return found


def _write(
    target: Path,
    head: PackRecord,
    files: dict[str, Path],
    small: dict[str, bytes],
    reporter: Reporter,
) -> int:
    places = sorted({*files, *small})
    packed = []
    try:
        with (
            writing_atomic(target) as stream,
            zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as package,
        ):
            for done, place in enumerate(places):
                reporter.step(PACKING, done, len(places), place)
                if place in small:
                    blocks, size = iter((small[place],)), len(small[place])
                else:
                    blocks, size = blocks_of(files[place]), files[place].stat().st_size
                packed.append(add_file(package, place, blocks, size))
            add_record(package, replace(head, files=tuple(packed)))
    except OSError as error:
        raise OutsideError(
            Message(
                "file.not-written",
                "This file cannot be written: {reason}.",
                reason=system_reason(error),
            ),
            file=target,
        ) from error
    reporter.step(PACKING, len(places), len(places))
    return target.stat().st_size


def _without_script(workspace: Workspace, name: str, record: DraftRecord | None) -> BroadcastError:
    if record is None and not workspace.recordings(name).is_dir():
        return no_such_programme(name)
    return BroadcastError(
        Message("handed.no-script", "{name} has no script any more in scripts/.", name=name),
        hint=Message(
            "handed.no-script.hint", "Put it back there; nobody can build a programme without it."
        ),
    )


def _bad_name(place: str) -> BroadcastError:
    return BroadcastError(
        Message("handed.bad-name", "Another station cannot take a file of this name."),
        file=place,
        hint=Message(
            "handed.bad-name.hint",
            'Give it another name: without signs such as / : ? * " < > |, no full stop at its end, '
            "and a recording with an ending of sound, such as .wav.",
        ),
    )
