"""A build's input files → whether any was touched since: sizes and times, as make and git look.

What was seen is kept in the cache: where it is gone, a build reads everything again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from broadcast import __version__
from broadcast.cache import Cache, key_of
from broadcast.production.draft import DRAFT_FILE, FORMAT, Draft
from broadcast.recordings.takes_file import TAKES_JSON
from broadcast.records import Record
from broadcast.workspace import Workspace

_NO_LIMIT = 1 << 62
_WRITTEN_BY_BUILDS = {DRAFT_FILE, TAKES_JSON}

Stamp = tuple[int, int]
"""A file's size in bytes and its time of change in nanoseconds."""


class _Seen(Record, frozen=True, kw_only=True):
    """What a draft was made from, as it was seen then; ``asked`` names what the user asked for."""

    program: str
    asked: str
    used: tuple[str, ...]
    files: dict[str, Stamp | None]
    draft: dict[str, Stamp | None]


def untouched(workspace: Workspace, draft: Draft) -> frozenset[str]:
    """Give the names of the draft's files that were not touched since ``note_seen``."""
    noted = _cache(workspace).value(_key(workspace, draft), _Seen)
    known = noted.draft if noted else {}
    return frozenset(name for name, seen in _draft_files(draft).items() if known.get(name) == seen)


def unchanged(workspace: Workspace, file: Path, draft: Draft, asked: Sequence[object]) -> bool:
    """Whether neither ``draft`` nor what it was made from was touched since ``note_seen``.

    ``asked`` is what the user asked of the build.
    """
    noted = _cache(workspace).value(_key(workspace, draft), _Seen)
    if noted is None or draft.record.format < FORMAT:
        return False
    return noted == _facts(workspace, file, draft, asked, map(Path, noted.used))


def note_seen(
    workspace: Workspace,
    file: Path,
    draft: Draft,
    asked: Sequence[object],
    used: Iterable[Path],
    began: float,
) -> None:
    """Note what ``draft`` was made from; ``used`` are files beside script and recordings.

    Nothing is noted when one of them was touched since the build ``began`` (seconds since the
    epoch): it may have been read before that.
    """
    facts = _facts(workspace, file, draft, asked, used)
    touched = [
        path
        for path, seen in facts.files.items()
        if seen and seen[1] >= began * 1e9 and Path(path).name not in _WRITTEN_BY_BUILDS
    ]
    if not touched:
        _cache(workspace).put_value(_key(workspace, draft), facts)


def _facts(
    workspace: Workspace,
    file: Path,
    draft: Draft,
    asked: Sequence[object],
    used: Iterable[Path],
) -> _Seen:
    folder = workspace.recordings(draft.folder.name)
    recordings = sorted(folder.iterdir()) if folder.is_dir() else []
    beside = sorted(map(str, used))
    watched = [
        file.resolve(),
        workspace.station_file,
        workspace.lexicon_file,
        draft.folder / DRAFT_FILE,
        *recordings,
        *map(Path, beside),
    ]
    return _Seen(
        program=__version__,
        asked=key_of(*asked),
        used=tuple(beside),
        files={str(path): _seen(path) for path in watched},
        draft=_draft_files(draft),
    )


def _draft_files(draft: Draft) -> dict[str, Stamp | None]:
    return {name: _seen(draft.folder / name) for name in draft.record.digests}


def _seen(path: Path) -> Stamp | None:
    try:
        facts = path.stat()
    except OSError:
        return None
    return facts.st_size, facts.st_mtime_ns


def _key(workspace: Workspace, draft: Draft) -> str:
    return key_of("seen", str(workspace.root.resolve()), draft.folder.name)


def _cache(workspace: Workspace) -> Cache:
    return Cache(workspace.cache, _NO_LIMIT)
