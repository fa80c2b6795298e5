"""A build's input files → whether any was touched since: sizes and times, as make and git look.

What was seen is kept in .broadcast: where it is gone, a build reads everything again.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from broadcast import __version__
from broadcast.cache import key_of
from broadcast.production.desk.draft import DRAFT_FILE, Draft
from broadcast.production.desk.draft_record import FORMAT
from broadcast.records import Record
from broadcast.workspace import SETTLED_S, TAKES_JSON, Workspace
from broadcast.workspace.writing import write_atomic

Stamp = tuple[int, int]
"""A file's size in bytes and its time of change in nanoseconds."""
Stamps = Mapping[str, Stamp | None]
"""Files by path, each with its stamp (None: there is no such file)."""


class _Noted(Record, frozen=True, kw_only=True):
    """What a draft was made from, as it was seen then; ``asked`` names what the user asked for."""

    program: str
    asked: str
    beside: tuple[str, ...]
    inputs: dict[str, Stamp | None]
    draft: dict[str, Stamp | None]


def seen(workspace: Workspace, file: Path, beside: Iterable[Path] = ()) -> Stamps:
    """Look at a script, the station's settings and words, and the files ``beside`` them."""
    watched = (file.resolve(), workspace.station_file, workspace.lexicon_file, *beside)
    return {str(path): _stamp(path) for path in watched}


def recordings_seen(workspace: Workspace, name: str) -> Stamps:
    """Look at the recordings of an episode and what was decided about them; and the announcer's."""
    own = _files_in(workspace.recordings(name))
    announcers = (file for file in _files_in(workspace.announcer) if file.is_file())
    # What is noted there of their words, a build that meets one writes itself.
    shared = [file for file in announcers if file.name != TAKES_JSON]
    return {file.path: _stamp(file.path) for file in (*own, *shared)}


def _files_in(folder: Path) -> list[os.DirEntry[str]]:
    with suppress(FileNotFoundError, NotADirectoryError), os.scandir(folder) as files:
        return [file for file in files if not file.name.startswith(".")]
    return []


def untouched(workspace: Workspace, draft: Draft) -> frozenset[str]:
    """Give the names of the draft's files that were not touched since ``note_seen``."""
    noted = _noted(workspace, draft)
    known = noted.draft if noted else {}
    now = _draft_seen(draft)
    return frozenset(name for name in draft.record.digests if known.get(name) == now[name])


def unchanged(workspace: Workspace, file: Path, draft: Draft, asked: Sequence[object]) -> bool:
    """Whether neither ``draft`` nor what it was made from was touched since ``note_seen``.

    ``asked`` is what the user asked of the build.
    """
    noted = _noted(workspace, draft)
    if noted is None or draft.record.format < FORMAT:
        return False
    beside = [Path(path) for path in noted.beside]
    inputs = {**seen(workspace, file, beside), **recordings_seen(workspace, draft.folder.name)}
    return noted == _note(draft, asked, noted.beside, inputs)


def settled(stamps: Stamps, looked_s: float) -> bool:
    """Whether everything was last written well before ``looked_s``, in seconds since the epoch.

    Written to again at once, a file can keep its size and its time.
    """
    latest_ns = (looked_s - SETTLED_S) * 1e9
    return all(stamp is None or stamp[1] < latest_ns for stamp in stamps.values())


def note_seen(
    workspace: Workspace,
    draft: Draft,
    asked: Sequence[object],
    beside: Iterable[Path],
    stamps: Stamps,
) -> None:
    """Note what ``draft`` was made from: ``stamps``, which were ``settled`` when looked at."""
    note = _note(draft, asked, tuple(map(str, beside)), stamps)
    file = workspace.seen_file(draft.folder.name)
    file.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(file, msgspec.json.encode(note))


def _note(draft: Draft, asked: Sequence[object], beside: tuple[str, ...], inputs: Stamps) -> _Noted:
    return _Noted(
        program=__version__,
        asked=key_of(*asked),
        beside=beside,
        inputs=dict(inputs),
        draft=_draft_seen(draft),
    )


def _noted(workspace: Workspace, draft: Draft) -> _Noted | None:
    try:
        return msgspec.json.decode(workspace.seen_file(draft.folder.name).read_bytes(), type=_Noted)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None


def _draft_seen(draft: Draft) -> dict[str, Stamp | None]:
    return {name: _stamp(draft.folder / name) for name in (DRAFT_FILE, *draft.record.digests)}


def _stamp(path: str | Path) -> Stamp | None:
    try:
        facts = os.stat(path)  # noqa: PTH116  there are hundreds, and every build asks
    except OSError:
        return None
    return facts.st_size, facts.st_mtime_ns
