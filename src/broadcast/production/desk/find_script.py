"""What a user calls a script or an episode → its file and its name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from broadcast.errors import BroadcastError, UsageError
from broadcast.messages import Message
from broadcast.workspace import Workspace, episode_name, refuse_name_that_is_no_text

STANDARD_INPUT = Path("-")


def script_file(workspace: Workspace, name_or_path: str) -> Path:
    """Find a script by its path, or by its episode's name among the station's scripts.

    Raises UsageError when there is none, BroadcastError when two scripts have the name, or one
    that is no text.
    """
    path = Path(name_or_path)
    refuse_name_that_is_no_text(path)
    # A pipe or a device is refused in words by the one who reads it.
    if path == STANDARD_INPUT or (path.exists() and not path.is_dir()):
        return path
    named = _scripts_named(workspace, name_or_path)
    if not named:
        known = sorted({episode_name(file) for file in _scripts(workspace)})
        raise UsageError(
            Message("script.none-named", "There is no script {name!r}.", name=name_or_path),
            hint=Message("script.here", "Scripts here: {names}.", names=tuple(known))
            if known
            else Message("script.none-here", "scripts/ is empty."),
        )
    if len(named) > 1:
        raise _two_scripts(named)
    return named[0]


def name_of(workspace: Workspace, file: Path) -> str:
    """Give the name of a script's episode.

    Raises BroadcastError when another script of the station has the same name.
    """
    name = episode_name(file)
    others = [
        other for other in _scripts_named(workspace, name) if other.resolve() != file.resolve()
    ]
    if others:
        raise _two_scripts([file, *others])
    return name


def _scripts(workspace: Workspace) -> list[Path]:
    endings = {".txt", ".md", ".html", ".htm", ".docx"}
    files = workspace.scripts.glob("*") if workspace.scripts.is_dir() else ()
    return sorted(file for file in files if file.suffix.lower() in endings)


def _scripts_named(workspace: Workspace, name: str) -> list[Path]:
    return [file for file in _scripts(workspace) if episode_name(file) == name]


def _two_scripts(files: Sequence[Path]) -> BroadcastError:
    return BroadcastError(
        Message(
            "script.two-named",
            "Two scripts would make one episode: {names:and}.",
            names=tuple(file.name for file in files),
        ),
        hint=Message("script.two-named.hint", "Give one of them another file name."),
    )
