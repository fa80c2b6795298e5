"""What somebody pastes or drops → a script of the station, under a name that is free."""

from __future__ import annotations

from pathlib import Path

from broadcast.errors import BroadcastError
from broadcast.production.desk.find_script import scripts_of
from broadcast.production.desk.import_script import clean_script, refuse_if_nobody_speaks
from broadcast.production.desk.progress import Reporter, waiting
from broadcast.production.desk.read_script import script_of
from broadcast.production.desk.read_station import station_of
from broadcast.workspace import Workspace, episode_name
from broadcast.workspace.locks import locked
from broadcast.workspace.writing import write_atomic

TEXTS = frozenset({".txt", ".md"})
"""Endings of scripts that are edited as they stand."""
_NAMELESS = "phong-van"


def take_in(workspace: Workspace, file: Path, called: str, reporter: Reporter) -> str:
    """Make ``file`` a script of the station, and give its programme's name.

    The name is made from ``called``, else from the title that the script has. A text stays as it
    was written; of any other file a clean script is made as ``import`` makes it, and the file is
    kept in scripts/originals/. Raises as ``clean_script`` does, and changes nothing then.
    """
    script = script_of(station_of(workspace), file)
    refuse_if_nobody_speaks(script, file)
    with locked(workspace, waiting(reporter)):
        name = _free_name(workspace, called or script.title or "")
        if file.suffix.lower() in TEXTS:
            write_atomic(workspace.scripts / f"{name}{file.suffix.lower()}", file.read_bytes())
            return name
        clean_script(workspace, str(file), workspace.scripts / f"{name}.txt")
        kept = workspace.scripts / "originals" / f"{name}{file.suffix.lower()}"
        write_atomic(kept, file.read_bytes())
        return name


def _free_name(workspace: Workspace, wanted: str) -> str:
    try:
        first = name = episode_name(Path(f"{wanted.replace('/', ' ')}.txt"))
    except BroadcastError:
        first = name = _NAMELESS
    number = 1
    while _is_taken(workspace, name):
        number += 1
        name = f"{first}-{number}"
    return name


def _is_taken(workspace: Workspace, name: str) -> bool:
    folders = (workspace.draft(name), workspace.recordings(name))
    return bool(scripts_of(workspace, name)) or any(folder.exists() for folder in folders)
