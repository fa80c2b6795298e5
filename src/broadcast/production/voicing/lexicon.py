"""Text and a station's lexicon → how it is said, and what nobody has said yet how to say."""

from __future__ import annotations

import codecs
import tempfile
from collections.abc import Callable
from pathlib import Path

from broadcast.errors import BroadcastError, UsageError
from broadcast.messages import Message
from broadcast.production.desk.progress import Reporter, waiting
from broadcast.production.desk.read_script import lexicon_of, script_of
from broadcast.production.desk.read_station import station_of
from broadcast.spoken import (
    Spoken,
    UnknownWord,
    built_in_lexicon,
    limits_of,
    read_lexicon,
    say,
    style_from,
    unknown_words,
)
from broadcast.workspace import Workspace
from broadcast.workspace.locks import locked
from broadcast.workspace.writing import write_atomic

_HEAD = "written\tspoken\n"


def speaker_of_lines(
    workspace: Workspace | None, language: str | None
) -> tuple[Callable[[str], Spoken], Message | None]:
    """Give what tells how a line is said, in a station's way (None: in the standard way).

    With it comes a sentence about what is not read in the language, None where everything is.

    Raises BroadcastError naming a line of station.toml or lexicon.tsv that is wrong.
    """
    station = station_of(workspace) if workspace else None
    wanted = language or (station.show.language if station else "vi")
    lexicon = built_in_lexicon(wanted)
    if workspace and workspace.lexicon_file.is_file():
        lexicon = lexicon.extended(read_lexicon(workspace.lexicon_file))
    style = style_from(station.spoken if station else {})
    return lambda text: say(text, language=wanted, lexicon=lexicon, style=style), limits_of(wanted)


def unknown_in(workspace: Workspace, file: Path) -> tuple[UnknownWord, ...]:
    """Give the names and abbreviations of a script that neither rules nor lexicon know."""
    station = station_of(workspace)
    script = script_of(station, file)
    return unknown_words(
        script.turns,
        language=script.language,
        lexicon=lexicon_of(workspace, script),
        style=style_from(station.spoken),
    )


def add_to_lexicon(
    workspace: Workspace, written: str, spoken: str, reporter: Reporter | None = None
) -> str | None:
    """Note in lexicon.tsv how a word is said, and give how it was said there before.

    Everything else in the file stays as it is, and what others note at the same time is kept.
    ``reporter`` is told when they are waited for. Raises UsageError for words that the table
    cannot hold, BroadcastError when the table is wrong: then nothing is written.
    """
    written, spoken = " ".join(written.split()), " ".join(spoken.split())
    if not written or not spoken or written.startswith("#"):
        raise UsageError(
            Message("lexicon.incomplete", "Both the written word and how it is said are needed."),
            hint=Message(
                "lexicon.incomplete.hint", 'For example: broadcast lexicon add "PCI" "pê xê i"'
            ),
        )
    with locked(workspace, waiting(reporter) if reporter else lambda: None):
        return _added(workspace.lexicon_file, written, spoken)


def _added(file: Path, written: str, spoken: str) -> str | None:
    mark, data = b"", _HEAD
    if file.is_file():
        read_lexicon(file)
        mark = codecs.BOM_UTF8 if file.read_bytes().startswith(codecs.BOM_UTF8) else b""
        data = file.read_bytes().removeprefix(mark).decode("utf-8")
    end = "\r\n" if "\r\n" in data else "\n"
    lines = data.splitlines(keepends=True)
    before = None
    for at, line in enumerate(lines):
        cells = line.rstrip("\r\n").split("\t")
        if at and cells[0] == written and not any(cells[2:]):
            before = cells[1]
            lines[at] = line.replace(f"{written}\t{before}", f"{written}\t{spoken}", 1)
    if before is None:
        if lines and not lines[-1].endswith(("\r", "\n")):
            lines[-1] += end
        lines.append(f"{written}\t{spoken}{end}")
    table = mark + "".join(lines).encode("utf-8")
    _check(table)
    write_atomic(file, table)
    return before


def _check(table: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "lexicon.tsv"
        file.write_bytes(table)
        try:
            read_lexicon(file)
        except BroadcastError as error:
            raise UsageError(error.message, hint=error.hint) from error
