"""Music or a cover that somebody chose → a file of the station, under a name that is free."""

from __future__ import annotations

from pathlib import Path

from broadcast.cache import file_digest
from broadcast.errors import BroadcastError
from broadcast.production.desk.progress import Reporter, waiting
from broadcast.workspace import Workspace
from broadcast.workspace.locks import locked
from broadcast.workspace.writing import write_atomic

MOST_BYTES = 100_000_000
_NAMELESS = "tep"


def take_in_music(workspace: Workspace, file: Path, called: str, reporter: Reporter) -> str:
    """Keep a piece of music in music/, and give its place as station.toml names it.

    It is called as ``called`` is, in plain letters; what lies there already is never replaced. The
    same piece is not kept twice. Raises BroadcastError for a file in which no sound can be found.
    """
    from broadcast.media.decode import decode  # few stations choose music, and it is slow to load

    decode(file)
    return _kept(workspace, file, called, "music", reporter)


def take_in_cover(workspace: Workspace, file: Path, called: str, reporter: Reporter) -> str:
    """Keep a picture in pictures/, as ``take_in_music`` does.

    Raises BroadcastError for what is no picture, or none that directories take as a cover.
    """
    from broadcast.feed.check import cover_problems
    from broadcast.feed.cover import IN_SETTINGS, given_cover

    for problem in cover_problems(given_cover(file, IN_SETTINGS)):
        if problem.level == "error":
            raise BroadcastError(problem.message, hint=problem.hint)
    return _kept(workspace, file, called, "pictures", reporter)


def _kept(workspace: Workspace, file: Path, called: str, folder: str, reporter: Reporter) -> str:
    from slugify import slugify

    ending, digest = file.suffix.lower(), file_digest(file)
    first = slugify(Path(called).stem, max_length=60) or _NAMELESS
    with locked(workspace, waiting(reporter)):
        number, name = 1, f"{first}{ending}"
        while (kept := workspace.root / folder / name).exists():
            if kept.is_file() and file_digest(kept) == digest:
                return f"{folder}/{name}"
            number += 1
            name = f"{first}-{number}{ending}"
        write_atomic(kept, file.read_bytes())
    return f"{folder}/{name}"
