"""A table of written and spoken words, a station's or the built-in one → a Lexicon."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from broadcast.errors import BroadcastError
from broadcast.language import Language, for_language
from broadcast.messages import Message
from broadcast.messages.languages import hint_for
from broadcast.spoken.lexicon import Entry, Lexicon, compared

if TYPE_CHECKING:
    from pathlib import Path

_BUILT_IN = {"vi": "vi/lexicon.tsv", "en": "en/lexicon.tsv"}
_COLUMNS = ("written", "spoken", "before", "after", "language", "case", "sure")


@lru_cache(maxsize=8)
def built_in_lexicon(language: str) -> Lexicon:
    """Give the words that every station of a language says alike (empty for other languages)."""
    from importlib import resources  # slow to load, and not needed to import this room

    name = for_language(_BUILT_IN, language, None)
    if name is None:
        return Lexicon()
    data = resources.files("broadcast.spoken").joinpath(name)
    return Lexicon(_read(data.read_text("utf-8"), name))


def read_lexicon(file: Path) -> Lexicon:
    """Read a station's own words: a table with tabs between columns, a heading, ``#`` comments.

    The heading names the columns: written and spoken, and optionally before, after, language, case.
    Raises BroadcastError naming the file and line of a row that cannot be used.
    """
    try:
        text = file.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BroadcastError(
            Message("lexicon.no-utf8", "The lexicon is not saved as UTF-8 text."),
            file=file,
            hint=Message("lexicon.no-utf8.hint", 'Save it again with the encoding "UTF-8".'),
        ) from error
    return Lexicon(_read(text, file))


def _read(text: str, file: Path | str) -> tuple[Entry, ...]:
    columns: list[str] | None = None
    entries: list[Entry] = []
    first_line: dict[tuple[object, ...], int] = {}
    for line, row in enumerate(text.splitlines(), start=1):
        if not row.strip() or row.lstrip().startswith("#"):
            continue
        cells = [cell.strip() for cell in row.split("\t")]
        if columns is None:
            columns = _columns(cells, file, line)
            continue
        if len(cells) > len(columns) and any(cells[len(columns) :]):
            raise BroadcastError(
                Message(
                    "lexicon.too-many-columns",
                    "This row has {columns} columns, the heading has {headed}.",
                    columns=len(cells),
                    headed=len(columns),
                ),
                file=file,
                line=line,
                hint=Message(
                    "lexicon.too-many-columns.hint",
                    "Put one tab between two columns, and none inside a reading. For neighbours"
                    " the heading needs more columns: written, spoken, before, after.",
                ),
            )
        entry = _entry_of(dict(zip(columns, cells, strict=False)), file, line)
        key = (entry.written, entry.before, entry.after, entry.language)
        if key in first_line:
            raise BroadcastError(
                Message(
                    "lexicon.twice",
                    '"{written}" already has a reading in line {line}.',
                    written=entry.written,
                    line=first_line[key],
                ),
                file=file,
                line=line,
                hint=Message(
                    "lexicon.twice.hint",
                    "Keep one of the two rows, or tell them apart with before or after.",
                ),
            )
        first_line[key] = line
        entries.append(entry)
    return tuple(entries)


def _columns(cells: Iterable[str], file: Path | str, line: int) -> list[str]:
    columns = [cell.lower() for cell in cells]
    unknown = [column for column in columns if column not in _COLUMNS]
    if columns[:2] != ["written", "spoken"] or unknown:
        wrong = Message("lexicon.no-heading", "The first row of a lexicon must be its heading.")
        if unknown:
            wrong = Message(
                "lexicon.column-unknown",
                'The first row of a lexicon must be its heading; "{column}" is no column of it.',
                column=unknown[0],
            )
        raise BroadcastError(
            wrong,
            file=file,
            line=line,
            hint=Message(
                "lexicon.no-heading.hint",
                "Begin with: written, spoken (and if wanted: before, after, language, case), "
                "with tabs between them.",
            ),
        )
    return columns


def _entry_of(row: Mapping[str, str], file: Path | str, line: int) -> Entry:
    written, spoken = row.get("written", ""), row.get("spoken", "")
    if not written or not spoken:
        raise BroadcastError(
            Message("lexicon.half-row", "This row lacks its written or its spoken form."),
            file=file,
            line=line,
            hint=Message("lexicon.half-row.hint", "Write both, with a tab between them."),
        )
    if re.search(r"[\d%]", spoken):
        raise BroadcastError(
            Message(
                "lexicon.no-words",
                'The reading "{spoken}" holds figures or signs that not every voice can say.',
                spoken=spoken,
            ),
            file=file,
            line=line,
            hint=Message("lexicon.no-words.hint", "Write the reading in words only."),
        )
    case = row.get("case") or ("any" if written == written.lower() else "same")
    if case not in ("same", "any"):
        raise BroadcastError(
            Message("lexicon.case-unknown", 'The case rule "{case}" is not known.', case=case),
            file=file,
            line=line,
            hint=Message("lexicon.case-unknown.hint", 'Use "same" or "any".'),
        )
    return Entry(
        written,
        spoken,
        before=_neighbours(row.get("before", "")),
        after=_neighbours(row.get("after", "")),
        language=_language(row.get("language", ""), file, line),
        case="any" if case == "any" else "same",
        sure=row.get("sure", "") != "no",
    )


def _language(cell: str, file: Path | str, line: int) -> str:
    try:
        return Language.of(cell).tag if cell else ""
    except ValueError as error:
        raise BroadcastError(
            Message("lexicon.no-language", '"{written}" is not a language.', written=cell),
            file=file,
            line=line,
            hint=hint_for(cell),
        ) from error


def _neighbours(cell: str) -> tuple[str, ...]:
    words = (compared(word.strip()).casefold() for word in cell.split("|"))
    return tuple(word for word in words if word)
