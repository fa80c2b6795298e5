"""A table of speakers and what they say (.csv), turned into the lines of a script."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from broadcast.errors import BroadcastError
from broadcast.messages import Message
from broadcast.messages.system_reasons import table_reason
from broadcast.model import Document, Dropped, FrontMatter, Line, Person
from broadcast.script import reasons, vocabulary
from broadcast.script.names import Words
from broadcast.script.text_file import numbered_lines

_HEADS = {"text", "lời", "nội dung", "words", "transcript", "câu", "lời thoại", "content"}
_LONGEST_SPEAKER = 120
_HINT = Message(
    "script.table.hint",
    "Give a table of two columns, the speaker and the words in quotes, or save the interview as "
    "text with “Speaker: words” on each line.",
)


def read_table(text: str, file: Path) -> Document:
    """Read a table whose two columns are the speaker and the words; a first row can name them.

    Fields are parted by commas, semicolons or tabs (RFC 4180, and what Excel makes of it). Raises
    BroadcastError with the line of a row that has other columns.
    """
    rows = list(_rows(text, file))
    first = next((row for _, row in rows if len(row) > 1), None)
    if first is None:
        raise BroadcastError(
            Message("script.table-columns", "this table has no two columns"), file=file, hint=_HINT
        )
    dropped = []
    if _is_head(first):
        number, head = rows.pop(next(at for at, (_, row) in enumerate(rows) if row is first))
        dropped.append(Dropped(number, ", ".join(head), reasons.TABLE_HEAD))
    lines: list[Line] = []
    people: dict[str, Person] = {}
    for number, row in rows:
        cells = [cell.strip() for cell in row]
        if len(cells) > 1 and not any(cells[2:]):
            cells = cells[:2]
        if len(cells) == 1:
            lines += [Line(number, ""), Line(number, cells[0])]
            continue
        if len(cells) != 2 or len(cells[0]) > _LONGEST_SPEAKER:
            count = len(cells)
            raise BroadcastError(
                Message(
                    "script.table-row",
                    "this row has {count} columns, not a speaker and words",
                    count=count,
                )
                if count != 2
                else Message(
                    "script.table-speaker",
                    "the first column of this row is too long for a speaker",
                ),
                file=file,
                line=number,
                hint=_HINT,
            )
        speaker, words = " ".join(cells[0].rstrip(":").split()), cells[1]
        if speaker:
            people.setdefault(speaker, Person(name=speaker))
        for at, one in enumerate(numbered_lines(words)):
            said = f"{speaker}: {one.text}" if speaker and at == 0 else one.text
            lines += [Line(number + at, ""), Line(number + at, said)]
    front = FrontMatter(people=tuple(people.values()))
    return Document(file, tuple(lines), front, dropped=tuple(dropped))


def _rows(text: str, file: Path) -> Iterator[tuple[int, list[str]]]:
    """Give the rows that are not empty with the line each begins on."""
    lines = text.splitlines(keepends=True)
    begins = 1
    try:
        reader = csv.reader(lines, delimiter=_delimiter(text))
        for row in reader:
            if any(cell.strip() for cell in row):
                yield begins, row
            begins = reader.line_num + 1
    except csv.Error as wrong:
        raise BroadcastError(
            Message(
                "script.table-unreadable",
                "the table cannot be read: {reason}",
                reason=table_reason(str(wrong)),
            ),
            file=file,
            line=begins,
            hint=_HINT,
        ) from wrong


def _delimiter(text: str) -> str:
    """The sign between fields: the one that parts most of the first rows in two, or in more."""
    head = [line for line in text[:20_000].splitlines() if line.strip()][:20]
    counts: dict[str, tuple[int, int]] = {}
    for sign in "\t;,":
        lengths = [len(row) for row in csv.reader(head, delimiter=sign)]
        counts[sign] = lengths.count(2), sum(length > 2 for length in lengths)
    return max(counts, key=lambda sign: counts[sign])


def _is_head(row: list[str]) -> bool:
    names = [Words.of(cell) for cell in row if cell.strip()]
    return bool(names) and all(
        name.is_one_of(vocabulary.TABLE_HEADS) or " ".join(name.keys) in _HEADS for name in names
    )
