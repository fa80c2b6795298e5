"""A piece of music that somebody chose → a file in the station's music/, under a free name."""

from __future__ import annotations

from pathlib import Path

from broadcast.cache import file_digest
from broadcast.production.desk.progress import Reporter, waiting
from broadcast.workspace import Workspace
from broadcast.workspace.locks import locked
from broadcast.workspace.writing import write_atomic

MOST_MUSIC_BYTES = 100_000_000
_FOLDER = "music"
_NAMELESS = "nhac"


def take_in_music(workspace: Workspace, file: Path, called: str, reporter: Reporter) -> str:
    """Keep a piece of music in the station, and give its place as station.toml names it.

    It is called as ``called`` is, in plain letters; what lies there already is never replaced. The
    same piece is not kept twice. Raises BroadcastError for a file in which no sound can be found.
    """
    from slugify import slugify  # few stations choose music, and both are slow to load

    from broadcast.media.decode import decode

    decode(file)
    ending, digest = file.suffix.lower(), file_digest(file)
    first = slugify(Path(called).stem, max_length=60) or _NAMELESS
    with locked(workspace, waiting(reporter)):
        number, name = 1, f"{first}{ending}"
        while (kept := workspace.root / _FOLDER / name).exists():
            if kept.is_file() and file_digest(kept) == digest:
                return f"{_FOLDER}/{name}"
            number += 1
            name = f"{first}-{number}{ending}"
        write_atomic(kept, file.read_bytes())
    return f"{_FOLDER}/{name}"
