"""A build's input files → whether any was touched since: sizes and times, as make and git look.

What was seen is kept in the cache: where it is gone, a build reads everything again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from broadcast import __version__
from broadcast.cache import Cache, key_of
from broadcast.production.draft import DRAFT_FILE, Draft
from broadcast.recordings.takes_file import TAKES_JSON
from broadcast.workspace import Workspace

_NO_LIMIT = 1 << 62
_WRITTEN_BY_BUILDS = {DRAFT_FILE, TAKES_JSON}


def untouched(workspace: Workspace, draft: Draft) -> frozenset[str]:
    """Give the names of the draft's files that were not touched since ``note_seen``."""
    noted = _cache(workspace).get(_key(workspace, draft))
    known = json.loads(noted).get("draft", {}) if noted else {}
    return frozenset(name for name, seen in _draft_files(draft).items() if known.get(name) == seen)


def unchanged(workspace: Workspace, file: Path, draft: Draft, asked: Sequence[object]) -> bool:
    """Whether neither ``draft`` nor what it was made from was touched since ``note_seen``.

    ``asked`` is what the user asked of the build.
    """
    noted = _cache(workspace).get(_key(workspace, draft))
    if noted is None:
        return False
    known = json.loads(noted)
    now = _facts(workspace, file, draft, asked, [Path(path) for path in known["used"]])
    return bool(known == json.loads(json.dumps(now)))


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
        for path, seen in facts["files"].items()
        if seen and seen[1] >= began * 1e9 and Path(path).name not in _WRITTEN_BY_BUILDS
    ]
    if not touched:
        _cache(workspace).put(_key(workspace, draft), json.dumps(facts).encode())


def _facts(
    workspace: Workspace,
    file: Path,
    draft: Draft,
    asked: Sequence[object],
    used: Iterable[Path],
) -> dict[str, Any]:
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
    return {
        "program": __version__,
        "asked": list(asked),
        "used": beside,
        "files": {str(path): _seen(path) for path in watched},
        "draft": _draft_files(draft),
    }


def _draft_files(draft: Draft) -> dict[str, list[int] | None]:
    return {name: _seen(draft.folder / name) for name in draft.document["digests"]}


def _seen(path: Path) -> list[int] | None:
    try:
        facts = path.stat()
    except OSError:
        return None
    return [facts.st_size, facts.st_mtime_ns]


def _key(workspace: Workspace, draft: Draft) -> str:
    return key_of("seen", str(workspace.root.resolve()), draft.folder.name)


def _cache(workspace: Workspace) -> Cache:
    return Cache(workspace.cache, _NO_LIMIT)
