"""A station's lexicon → its rows as a screen shows them, and the same file with others."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_HEAD = "written\tspoken\n"


@dataclass(frozen=True, slots=True)
class LexiconRow:
    """A word and how it is said; ``line`` counts from 0, ``beside`` is where it is said so."""

    line: int
    written: str
    spoken: str
    beside: str = ""


@dataclass(frozen=True, slots=True)
class ChangedWord:
    """A row that is to be otherwise (None: a new one), or its going."""

    field: str
    line: int | None
    written: str
    spoken: str
    is_gone: bool = False


def lexicon_rows(file: Path) -> tuple[LexiconRow, ...]:
    """Give the rows of a lexicon that can be read; none where there is no file."""
    if not file.is_file():
        return ()
    rows = []
    for number, line in enumerate(file.read_text("utf-8-sig").splitlines()):
        cells = [cell.strip() for cell in line.split("\t")]
        if line.strip() and not line.lstrip().startswith("#") and len(cells) > 1:
            beside = " · ".join(cell for cell in cells[2:] if cell)
            rows.append(LexiconRow(number, cells[0], cells[1], beside))
    return tuple(rows[1:])  # the first names the columns


def with_words(data: bytes, words: Sequence[ChangedWord]) -> bytes:
    """Give a lexicon with other rows; every comment, column and end of line is kept."""
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    text = data.removeprefix(mark).decode("utf-8") or _HEAD
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.splitlines(keepends=True)
    for one in words:
        if one.line is not None and not one.is_gone:
            bare = lines[one.line].rstrip("\r\n")
            cells = [one.written, one.spoken, *bare.split("\t")[2:]]
            lines[one.line] = "\t".join(cells) + lines[one.line][len(bare) :]
    gone = {one.line for one in words if one.is_gone}
    kept = [line for number, line in enumerate(lines) if number not in gone]
    if kept and not kept[-1].endswith(("\r", "\n")):
        kept[-1] += end
    new = [one for one in words if one.line is None and not one.is_gone]
    return mark + "".join([*kept, *(f"{one.written}\t{one.spoken}{end}" for one in new)]).encode()
