"""What a user calls a script or an episode → its file and its name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from broadcast.errors import BroadcastError, UsageError
from broadcast.messages import Message
from broadcast.workspace import TAKES_JSON, Workspace, episode_name, refuse_name_that_is_no_text

STANDARD_INPUT = Path("-")
_SCRIPTS = frozenset({".txt", ".md", ".html", ".htm", ".docx"})
_TRANSCRIPTS = frozenset({".srt", ".vtt", ".csv", ".tsv"})
_KEPT = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db"})


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
    named = named or _scripts_named(workspace, name_or_path, _TRANSCRIPTS)
    if not named:
        raise UsageError(
            Message("script.none-named", "There is no script {name!r}.", name=name_or_path),
            hint=_known(workspace),
        )
    if len(named) > 1:
        raise two_scripts(named)
    return named[0]


def name_of(workspace: Workspace, file: Path) -> str:
    """Give the name of a script's episode.

    Raises BroadcastError when another script of the station has the same name, and for a file that
    a program keeps for itself.
    """
    if is_no_script(file):
        raise BroadcastError(
            Message("script.kept", "This is no script: a program keeps it for itself."),
            file=file,
            hint=Message("script.kept.hint", "Give the script that it lies beside."),
        )
    name = episode_name(file)
    others = same_name(workspace, file)
    if others:
        raise two_scripts([file, *others])
    return name


def same_name(workspace: Workspace, file: Path) -> list[Path]:
    """Give the station's other scripts that would make the episode of ``file``.

    Captions or a table beside a script of that name are its transcript, and no script.
    """
    endings = _SCRIPTS if file.suffix.lower() in _SCRIPTS else _SCRIPTS | _TRANSCRIPTS
    named = _scripts_named(workspace, episode_name(file), endings)
    return [other for other in named if other.resolve() != file.resolve()]


def scripts_of(workspace: Workspace, name: str) -> list[Path]:
    """Give the station's scripts that make the episode ``name``, and the transcripts beside them.

    The scripts stand first.
    """
    named = _scripts_named(workspace, name, _SCRIPTS | _TRANSCRIPTS)
    return sorted(named, key=lambda file: file.suffix.lower() not in _SCRIPTS)


def scripts_by_name(workspace: Workspace) -> dict[str, list[Path]]:
    """Give the station's scripts by the episodes they make; captions and tables are left out."""
    found: dict[str, list[Path]] = {}
    for file in _files(workspace, _SCRIPTS):
        name = _name(file)
        if name is not None and not file.is_dir():
            found.setdefault(name, []).append(file)
    return found


def all_scripts(workspace: Workspace) -> list[Path]:
    """Give every script of the station, by the names of their episodes."""
    return [file for _, files in sorted(scripts_by_name(workspace).items()) for file in files]


def recorded_scripts(workspace: Workspace) -> list[Path]:
    """Give the scripts for which something was recorded; none where two would make one episode."""
    recorded = workspace.names_with("recordings", TAKES_JSON)
    scripts = scripts_by_name(workspace)
    return [files[0] for name in recorded if len(files := scripts.get(name, [])) == 1]


def is_script_name(file: Path) -> bool:
    """Whether a name ends as a script's or a transcript's does."""
    return file.suffix.lower() in _SCRIPTS | _TRANSCRIPTS


def is_transcript(file: Path) -> bool:
    """Whether a name ends as that of captions or a table does, which may lie beside a script."""
    return file.suffix.lower() in _TRANSCRIPTS


def is_no_script(file: Path) -> bool:
    """Whether a program keeps a file for itself: Word while a script is open, a Mac, Windows."""
    return file.name.startswith((".", "~$")) or file.name.casefold() in _KEPT


def _known(workspace: Workspace) -> Message:
    files = _files(workspace, _SCRIPTS | _TRANSCRIPTS)
    names = {file: _name(file) for file in files}
    known = sorted({name for name in names.values() if name is not None})
    here = (
        Message("script.here", "Scripts here: {names}.", names=tuple(known))
        if known
        else Message("script.none-here", "scripts/ is empty.")
    )
    nameless = tuple(file.name for file, name in names.items() if name is None)
    if not nameless:
        return here
    return Message(
        "script.nameless-here",
        "{here} The name of {files} has no letters or digits to name an episode by: give it "
        "another one.",
        here=here,
        files=nameless,
    )


def _files(workspace: Workspace, endings: frozenset[str]) -> list[Path]:
    files = workspace.scripts.glob("*") if workspace.scripts.is_dir() else ()
    return sorted(
        file for file in files if file.suffix.lower() in endings and not is_no_script(file)
    )


def _scripts_named(
    workspace: Workspace, name: str, endings: frozenset[str] = _SCRIPTS
) -> list[Path]:
    named = [file for file in _files(workspace, endings) if _name(file) == name]
    return [file for file in named if not file.is_dir()]


def _name(file: Path) -> str | None:
    """The name of the episode, None where the file's name gives none."""
    try:
        return episode_name(file)
    except BroadcastError:
        return None


def two_scripts(files: Sequence[Path]) -> BroadcastError:
    """Give the error for scripts that would make one episode."""
    return BroadcastError(
        Message(
            "script.two-named",
            "Two scripts would make one episode: {names:and}.",
            names=tuple(file.name for file in files),
        ),
        hint=Message("script.two-named.hint", "Give one of them another file name."),
    )
