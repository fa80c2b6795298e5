"""A station's folder and a script's file → the values that every command starts from."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from broadcast.errors import BroadcastError, UsageError
from broadcast.model import Problem, Script
from broadcast.production.report import Reporter
from broadcast.script.parse import parse
from broadcast.script.read import read_document, read_text_document
from broadcast.script.text_file import text_of_bytes
from broadcast.speech import ENGINES
from broadcast.spoken import Lexicon, built_in_lexicon, read_lexicon
from broadcast.station import Station, read_station
from broadcast.workspace import Workspace, episode_name

STANDARD_INPUT = Path("-")


def station_of(workspace: Workspace) -> Station:
    """Read who the station is."""
    return read_station(workspace.station_file, engines=ENGINES)


def script_of(station: Station, file: Path) -> Script:
    """Read and understand a script; what is wrong with it stands in its ``problems``.

    Raises BroadcastError when the file cannot be read at all.
    """
    if file == STANDARD_INPUT:
        document = read_text_document(text_of_bytes(sys.stdin.buffer.read(), file), file)
    else:
        document = read_document(file)
    language = document.front.language or station.show.language
    return parse(document, language=language, people=station.people)


def lexicon_of(workspace: Workspace, script: Script) -> Lexicon:
    """Give the pronunciations that hold for a script: its own over the station's over ours."""
    lexicon = built_in_lexicon(script.language)
    if workspace.lexicon_file.is_file():
        lexicon = lexicon.extended(read_lexicon(workspace.lexicon_file))
    return lexicon.extended(script.front.lexicon)


def script_file(workspace: Workspace, name_or_path: str) -> Path:
    """Find a script by its path, or by its episode's name among the station's scripts.

    Raises UsageError when there is none, BroadcastError when two scripts have the name.
    """
    path = Path(name_or_path)
    if path == STANDARD_INPUT or path.is_file():
        return path
    named = _scripts_named(workspace, name_or_path)
    if not named:
        known = sorted({episode_name(file) for file in _scripts(workspace)})
        raise UsageError(
            f"There is no script {name_or_path!r}.",
            hint=f"Scripts here: {', '.join(known)}." if known else "scripts/ is empty.",
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


def refuse_errors(file: Path, problems: Sequence[Problem], reporter: Reporter) -> None:
    """Tell all problems; raise BroadcastError when one of them is an error."""
    for problem in problems:
        if problem.level != "note":
            reporter.problem(file, problem)
    errors = sum(problem.level == "error" for problem in problems)
    if errors:
        count = "an error" if errors == 1 else f"{errors} errors"
        raise BroadcastError(
            f"Not built: the script has {count}, told above.",
            file=file,
            hint=f"Mend the script, then look at it with: broadcast check {file}",
        )


def day_of(script: Script, drafted: str | None, now: datetime) -> date:
    """Give the episode's date: the script's own, else the first build's, else today's.

    Raises BroadcastError when the script's date cannot be understood.
    """
    written = script.front.date
    if written is None:
        return date.fromisoformat(drafted) if drafted else now.date()
    for pattern in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"):
        try:
            return datetime.strptime(written.strip(), pattern).date()
        except ValueError:
            continue
    raise BroadcastError(
        f"The date {written!r} in the head of the script is no date.",
        file=script.file,
        line=1,
        hint="Write it as 2025-09-06 or 6/9/2025.",
    )


def _scripts(workspace: Workspace) -> list[Path]:
    endings = {".txt", ".md", ".html", ".htm", ".docx"}
    files = workspace.scripts.glob("*") if workspace.scripts.is_dir() else ()
    return sorted(file for file in files if file.suffix.lower() in endings)


def _scripts_named(workspace: Workspace, name: str) -> list[Path]:
    return [file for file in _scripts(workspace) if episode_name(file) == name]


def _two_scripts(files: Sequence[Path]) -> BroadcastError:
    names = " and ".join(file.name for file in files)
    return BroadcastError(
        f"Two scripts would make one episode: {names}.",
        hint="Give one of them another file name.",
    )
