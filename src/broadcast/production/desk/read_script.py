"""A script's file → the values that every command about a script starts from."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from broadcast.cache import file_digest
from broadcast.errors import BroadcastError
from broadcast.messages import Message, counted
from broadcast.model import Document, Problem, Script
from broadcast.production.desk.find_script import STANDARD_INPUT
from broadcast.production.desk.progress import Reporter
from broadcast.script.written_day import date_of
from broadcast.station import Station
from broadcast.workspace import Workspace, here

if TYPE_CHECKING:
    from broadcast.spoken import Lexicon, Taught


def script_of(station: Station, file: Path) -> Script:
    """Read and understand a script; what is wrong with it stands in its ``problems``.

    Raises BroadcastError when the file cannot be read at all.
    """
    return understood_in(station, document_of(file))


def document_of(file: Path) -> Document:
    """Read a script's lines, from its file or from standard input. Raises as ``script_of`` does."""
    # Rules take a tenth of a second to import: a script that is known needs none.
    from broadcast.script.read import read_document, read_text_document
    from broadcast.script.text_file import text_of_bytes

    if file == STANDARD_INPUT:
        return read_text_document(text_of_bytes(sys.stdin.buffer.read(), file), file)
    return read_document(file)


def understood_in(station: Station, document: Document) -> Script:
    """Give what a station understands of a script."""
    from broadcast.script.parse import parse

    language = document.front.language or station.show.language
    return parse(document, language=language, people=station.people)


def lexicon_of(workspace: Workspace, script: Script) -> Lexicon:
    """Give the pronunciations that hold for a script: its own over the station's over ours.

    The abbreviations that its words explain stand below what people have noted, above ours.
    """
    from broadcast.spoken import taught_by

    own, taught = workspace.lexicon_file, taught_by(script.turns)
    digest = file_digest(own) if own.is_file() else None
    return _lexicon(script.language, taught, own, digest, tuple(script.front.lexicon.items()))


# A lexicon is made ready to find its words; one that is the same need not be again.
@lru_cache(maxsize=8)
def _lexicon(
    language: str,
    taught: tuple[Taught, ...],
    own: Path,
    digest: str | None,
    readings: tuple[tuple[str, str], ...],
) -> Lexicon:
    from broadcast.spoken import built_in_lexicon, read_lexicon, taught_lexicon

    lexicon = built_in_lexicon(language).taught(taught_lexicon(taught, language))
    if digest is not None:
        lexicon = lexicon.extended(read_lexicon(own))
    return lexicon.extended(dict(readings))


def refuse_errors(file: Path, problems: Sequence[Problem], reporter: Reporter) -> None:
    """Tell all problems; raise BroadcastError when one of them is an error."""
    for problem in problems:
        if problem.level != "note":
            reporter.problem(file, problem)
    errors = sum(problem.level == "error" for problem in problems)
    if errors:
        raise BroadcastError(
            counted(
                "script.has-errors",
                "Not built: the script has an error, told above.",
                "Not built: the script has {count} errors, told above.",
                count=errors,
            ),
            file=file,
            hint=Message(
                "script.has-errors.hint",
                "Mend the script, then look at it with: broadcast check {file}",
                file=here(file),
            ),
        )


def day_of(script: Script, drafted: date | None, now: datetime) -> date:
    """Give the episode's date: the script's own, else the first build's, else today's.

    Raises BroadcastError when the script's date cannot be understood.
    """
    written = script.front.date
    if written is None:
        return drafted or now.date()
    if (day := date_of(written)) is not None:
        return day
    raise BroadcastError(
        Message(
            "script.no-date",
            "The date {date!r} in the head of the script is no date.",
            date=written,
        ),
        file=script.file,
        line=1,
        hint=Message("script.no-date.hint", "Write it as 2025-09-06 or 6/9/2025."),
    )


def last_day_of(script: Script) -> date | None:
    """Give the last day that listeners find the episode, as its script's head has it."""
    written = script.front.expires
    return None if written is None else date_of(written)
