"""How written words are said: a table of written and spoken words → the reading at a place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Literal

from broadcast.errors import BroadcastError
from broadcast.spoken.letters import CAPITAL, SMALL, tone_on_first_vowel

Case = Literal["same", "any"]
COLUMNS = ("written", "spoken", "before", "after", "language", "case")


@dataclass(frozen=True, slots=True)
class Entry:
    """A written form and how it is said, perhaps only between certain neighbours.

    ``before`` and ``after`` are what may stand next to it (empty: anything): words, or ``<name>``
    (a word with a capital), ``<number>``, ``<phone>``, ``<start>``, ``<end>``. A first ``!`` means
    none of them may. ``case`` "same" wants the letters as written, "any" takes capitals too.
    """

    written: str
    spoken: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    language: str = ""
    case: Case = "same"

    def fits(self, before: str, after: str) -> bool:
        """Whether the text on either side allows this entry."""
        return (not self.before or _beside(self.before, before, _ENDS)) and (
            not self.after or _beside(self.after, after, _STARTS)
        )


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Entries in order of authority: of two that are equally long, the earlier one wins."""

    entries: tuple[Entry, ...] = ()
    own: int = field(default=0)
    """How many entries, from the first, are a station's or a script's: they win over every rule."""

    def extended(self, other: Mapping[str, str] | Lexicon) -> Lexicon:
        """Give a lexicon in which ``other`` wins over this one."""
        added = (
            other.entries
            if isinstance(other, Lexicon)
            else tuple(_entry(written, spoken) for written, spoken in other.items())
        )
        return Lexicon(added + self.entries, len(added) + self.own)


@dataclass(frozen=True, slots=True)
class Found:
    """An entry that fits a place, where its written form ends, and whether a station wrote it."""

    entry: Entry
    end: int
    own: bool


class Index:
    """A lexicon made ready for one language: the pattern that finds entries, and the entries."""

    def __init__(self, lexicon: Lexicon, language: str) -> None:
        self._same: dict[str, list[tuple[Entry, bool]]] = {}
        self._any: dict[str, list[tuple[Entry, bool]]] = {}
        for position, entry in enumerate(lexicon.entries):
            if entry.language and entry.language != language.split("-")[0]:
                continue
            key = _compared(entry.written)
            own = position < lexicon.own
            if entry.case == "any":
                self._any.setdefault(key.casefold(), []).append((entry, own))
            else:
                self._same.setdefault(key, []).append((entry, own))
        self.pattern = _alternatives([*self._same], [*self._any])
        self._find = re.compile(self.pattern)

    def entry_at(self, text: str, start: int) -> Found | None:
        """Give the longest entry that fits at ``start``.

        ``text`` is in NFC, with its tones as ``tone_on_first_vowel`` places them.
        """
        match = self._find.match(text, start)
        end = match.end() if match else start
        while match and end > start:
            written = text[start:end]
            for entry, own in (
                *self._same.get(written, ()),
                *self._any.get(written.casefold(), ()),
            ):
                if entry.fits(text[max(0, start - 60) : start], text[end : end + 60]):
                    return Found(entry, end, own)
            end = self._shorter(text, start, end)
        return None

    def _shorter(self, text: str, start: int, end: int) -> int:
        for stop in range(end - 1, start, -1):
            written = text[start:stop]
            whole = not (text[stop - 1].isalnum() and text[stop].isalnum())
            if whole and (written in self._same or written.casefold() in self._any):
                return stop
        return start


@lru_cache(maxsize=32)
def index_of(lexicon: Lexicon, language: str) -> Index:
    """Give the lexicon's index for a language, made once."""
    return Index(lexicon, language)


def _alternatives(same: list[str], any_case: list[str]) -> str:
    """Write a pattern that finds the longest key, grouped by first letter so that it is quick."""
    branches: dict[str, list[tuple[int, str]]] = {}
    for key in same:
        branches.setdefault(key[0], []).append((len(key), _bounded(key)))
    for key in any_case:
        for first in {key[0], key[0].upper()}:
            branches.setdefault(first, []).append((len(key), f"(?i:{_bounded(key)})"))
    if not branches:
        return r"(?!)"
    grouped = []
    for first, patterns in branches.items():
        patterns.sort(key=lambda pair: -pair[0])
        edge = r"(?<!\w)" if first.isalnum() else ""
        grouped.append(
            f"{edge}(?={re.escape(first)})(?:{'|'.join(pattern for _, pattern in patterns)})"
        )
    return "|".join(grouped)


def _bounded(key: str) -> str:
    return re.escape(key) + (r"(?!\w)" if key[-1].isalnum() else "")


_NAME_START = re.compile(
    rf"\s*[\"“‘]?[{CAPITAL}][^\W\d_]*[{SMALL}](?!\w)|\s*[\"“‘]?[{CAPITAL}](?=\.)"
)
_NAME_END = re.compile(rf"(?<!\w)[{CAPITAL}][{SMALL}]*\s*$")
_STARTS = {
    "<name>": _NAME_START,
    "<number>": re.compile(r"\s*(?:số\s*)?\d"),
    "<phone>": re.compile(r"\s*:?\s*(?:\(?\+?84|\(?0\d{2}|1[89]00)[\d\s.()-]*\d{3}"),
    "<start>": re.compile(r"(?!)"),
    "<end>": re.compile(r"\s*(?:[.,;:!?…)\]\"”]|$)"),
}
_ENDS = {
    "<name>": _NAME_END,
    "<number>": re.compile(r"\d[\d.,/]*\s*$"),
    "<phone>": re.compile(r"(?!)"),
    "<start>": re.compile(r"(?:^|[.!?…:;(\[\"“])\s*$"),
    "<end>": re.compile(r"(?!)"),
}


def _beside(wanted: tuple[str, ...], text: str, patterns: Mapping[str, re.Pattern[str]]) -> bool:
    """Whether one of the wanted neighbours (or with "!" none of them) stands next to the word."""
    refused = wanted[0].startswith("!")
    words = (wanted[0].removeprefix("!"), *wanted[1:])
    at_end = patterns is _ENDS
    near = text.casefold()
    near = f" {near.rstrip()}" if at_end else f"{near.lstrip()} "
    for word in words:
        if word in patterns:
            found = bool(
                patterns[word].search(text[-40:]) if at_end else patterns[word].match(text)
            )
        elif at_end:
            found = near.endswith(word) and not near[: -len(word)][-1:].isalnum()
        else:
            found = near.startswith(word) and not near[len(word) :][:1].isalnum()
        if found:
            return not refused
    return refused


def _compared(text: str) -> str:
    return tone_on_first_vowel(unicodedata.normalize("NFC", text))


def _entry(written: str, spoken: str) -> Entry:
    case: Case = "any" if written == written.lower() else "same"
    return Entry(written, spoken, case=case)


def built_in_lexicon(language: str) -> Lexicon:
    """Give the words that every station of a language says alike (empty for other languages)."""
    name = f"lexicon_{language.split('-')[0].lower()}.tsv"
    data = resources.files("broadcast.spoken").joinpath(name)
    if not data.is_file():
        return Lexicon()
    return Lexicon(_read(data.read_text("utf-8"), Path(name)))


def read_lexicon(file: Path) -> Lexicon:
    """Read a station's own words: a table with tabs between columns, a heading, ``#`` comments.

    The heading names the columns: written and spoken, and optionally before, after, language, case.
    Raises BroadcastError naming the file and line of a row that cannot be used.
    """
    try:
        text = file.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BroadcastError(
            "The lexicon is not saved as UTF-8 text.",
            file=file,
            hint='Save it again with the encoding "UTF-8".',
        ) from error
    return Lexicon(_read(text, file))


def _read(text: str, file: Path) -> tuple[Entry, ...]:
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
                f"This row has {len(cells)} columns, the heading has {len(columns)}.",
                file=file,
                line=line,
                hint="Put one tab between two columns, and none inside a reading.",
            )
        entry = _entry_of(dict(zip(columns, cells, strict=False)), file, line)
        key = (entry.written, entry.before, entry.after, entry.language)
        if key in first_line:
            raise BroadcastError(
                f'"{entry.written}" already has a reading in line {first_line[key]}.',
                file=file,
                line=line,
                hint="Keep one of the two rows, or tell them apart with before or after.",
            )
        first_line[key] = line
        entries.append(entry)
    return tuple(entries)


def _columns(cells: Iterable[str], file: Path, line: int) -> list[str]:
    columns = [cell.lower() for cell in cells]
    unknown = [column for column in columns if column not in COLUMNS]
    if columns[:2] != ["written", "spoken"] or unknown:
        raise BroadcastError(
            "The first row of a lexicon must be its heading"
            + (f'; "{unknown[0]}" is no column of it.' if unknown else "."),
            file=file,
            line=line,
            hint="Begin with: written, spoken (and if wanted: before, after, language, case), "
            "with tabs between them.",
        )
    return columns


def _entry_of(row: Mapping[str, str], file: Path, line: int) -> Entry:
    written, spoken = row.get("written", ""), row.get("spoken", "")
    if not written or not spoken:
        raise BroadcastError(
            "This row lacks its written or its spoken form.",
            file=file,
            line=line,
            hint="Write both, with a tab between them.",
        )
    if re.search(r"[\d%]", spoken):
        raise BroadcastError(
            f'The reading "{spoken}" holds figures or signs that not every voice can say.',
            file=file,
            line=line,
            hint="Write the reading in words only.",
        )
    case = row.get("case") or ("any" if written == written.lower() else "same")
    if case not in ("same", "any"):
        raise BroadcastError(
            f'The case rule "{case}" is not known.',
            file=file,
            line=line,
            hint='Use "same" or "any".',
        )
    return Entry(
        written,
        spoken,
        before=_neighbours(row.get("before", "")),
        after=_neighbours(row.get("after", "")),
        language=row.get("language", "").lower(),
        case="any" if case == "any" else "same",
    )


def _neighbours(cell: str) -> tuple[str, ...]:
    words = (_compared(word.strip()).casefold() for word in cell.split("|"))
    return tuple(word for word in words if word)
