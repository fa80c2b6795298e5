"""How written words are said: a table of written and spoken words → the reading at a place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Literal

from broadcast.language import same_language
from broadcast.spoken.tones import tone_on_first_vowel
from broadcast.text import CAPITAL, SMALL, remembering_texts

Case = Literal["same", "any"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A written form and how it is said, perhaps only between certain neighbours.

    ``before`` and ``after`` are what may stand next to it (empty: anything): words, or ``<name>``
    (a word with a capital), ``<number>``, ``<phone>``, ``<date>``, ``<weekday>``, ``<start>``,
    ``<end>``. A first ``!`` means
    none of them may. ``case`` "same" wants the letters as written, "any" takes capitals too.
    ``sure`` is false where the letters stand for other words as well, ``taught`` true where the
    script itself tells what they stand for.
    """

    written: str
    spoken: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    language: str = ""
    case: Case = "same"
    sure: bool = True
    taught: bool = False

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
    beneath: Lexicon | None = None
    """The one that others were put over; None: it is that itself."""

    def extended(self, other: Mapping[str, str] | Lexicon) -> Lexicon:
        """Give a lexicon in which ``other`` wins over this one."""
        added = (
            other.entries
            if isinstance(other, Lexicon)
            else tuple(entry_of(written, spoken) for written, spoken in other.items())
        )
        return Lexicon(added + self.entries, len(added) + self.own, self._lowest)

    def taught(self, other: Lexicon) -> Lexicon:
        """Give a lexicon in which what a script explains wins over all but what is ``own``."""
        mine, ours = self.entries[: self.own], self.entries[self.own :]
        return Lexicon(mine + other.entries + ours, self.own, self._lowest)

    def within(self, text: str) -> LexiconWithin:
        """Give what of it can matter for ``text``: the entries put over it that stand there."""
        lowest = self._lowest
        put_over = self._put_over
        if not put_over:
            return LexiconWithin((), 0, lowest, self)
        letters = _letters(text)
        near = tuple(
            (number < self.own, entry)
            for number, (key, entry) in enumerate(put_over)
            if key in letters
        )
        return LexiconWithin(
            tuple(entry for _, entry in near), sum(own for own, _ in near), lowest, self
        )

    @property
    def _lowest(self) -> Lexicon:
        return self if self.beneath is None else self.beneath

    @cached_property
    def _put_over(self) -> list[tuple[str, Entry]]:
        if self.beneath is None:
            return []
        above = self.entries[: len(self.entries) - len(self.beneath.entries)]
        return [(_letters(entry.written), entry) for entry in above]


@dataclass(frozen=True, slots=True)
class LexiconWithin:
    """A lexicon as far as it matters for one text: two that are equal have it said alike."""

    entries: tuple[Entry, ...]
    own: int
    beneath: Lexicon
    whole: Lexicon = field(compare=False)


@dataclass(frozen=True, slots=True)
class FoundEntry:
    """An entry that fits a place, where its written form ends, and whether a station wrote it."""

    entry: Entry
    end: int
    own: bool


class LexiconIndex:
    """A lexicon made ready for one language: the pattern that finds entries, and the entries."""

    def __init__(self, lexicon: Lexicon, language: str) -> None:
        self._same: dict[str, list[tuple[Entry, bool]]] = {}
        self._any: dict[str, list[tuple[Entry, bool]]] = {}
        for position, entry in enumerate(lexicon.entries):
            if entry.language and not same_language(entry.language, language):
                continue
            key = compared(entry.written)
            own = position < lexicon.own
            if entry.case == "any":
                self._any.setdefault(key.casefold(), []).append((entry, own))
            else:
                self._same.setdefault(key, []).append((entry, own))
        self.pattern = _alternatives([*self._same], [*self._any])
        self._find = re.compile(self.pattern)

    def entry_at(self, text: str, start: int) -> FoundEntry | None:
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
                    return FoundEntry(entry, end, own)
            end = self._shorter(text, start, end)
        return None

    def _shorter(self, text: str, start: int, end: int) -> int:
        for stop in range(end - 1, start, -1):
            written = text[start:stop]
            whole = not (text[stop - 1].isalnum() and text[stop].isalnum())
            if whole and (written in self._same or written.casefold() in self._any):
                return stop
        return start


@lru_cache(maxsize=16)
def index_of(lexicon: Lexicon, language: str) -> LexiconIndex:
    """Give the lexicon's index for a language, made once."""
    return LexiconIndex(lexicon, language)


def _alternatives(same: list[str], any_case: list[str]) -> str:
    """Write a pattern that finds the longest key, grouped by first letter so that it is quick."""
    branches: dict[str, list[tuple[int, str]]] = {}
    for key in same:
        branches.setdefault(key[0], []).append((len(key), _bounded(key)))
    for key in any_case:
        for first in {key[0], key[0].upper()}:
            branches.setdefault(first, []).append((len(key), f"(?i:{_bounded(key)})"))
    grouped: dict[bool, list[str]] = {True: [], False: []}
    for first, patterns in branches.items():
        patterns.sort(key=lambda pair: -pair[0])
        longest_first = "|".join(pattern for _, pattern in patterns)
        grouped[first.isalnum()].append(f"(?={re.escape(first)})(?:{longest_first})")
    firsts = {
        is_word: "".join(re.escape(first) for first in branches if first.isalnum() == is_word)
        for is_word in grouped
    }
    return (
        "|".join(
            rf"{edge}(?=[{firsts[is_word]}])(?:{'|'.join(grouped[is_word])})"
            for is_word, edge in ((True, r"(?<!\w)"), (False, ""))
            if grouped[is_word]
        )
        or r"(?!)"
    )


def _bounded(key: str) -> str:
    return re.escape(key) + (r"(?!\w)" if key[-1].isalnum() else "")


_NAME_START = re.compile(
    rf"\s*[\"“‘]?[{CAPITAL}][^\W\d_]*[{SMALL}](?!\w)|\s*[\"“‘]?[{CAPITAL}](?=\.)"
)
_NAME_END = re.compile(rf"(?<!\w)[{CAPITAL}][{SMALL}]*\s*$")
# A day of the week, and what stands between it and the next: T7, CN; thứ 2 – CN; T2: họp; CN: trực.
_WEEKDAY = r"(?i:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|T[2-7])"
_AND = r"(?i:,|;|&|-|–|—|→|->|/|và|đến|tới|hoặc|hay|hay là)"
_STARTS = {
    "<name>": _NAME_START,
    "<number>": re.compile(r"\s*(?:số\s*)?\d"),
    "<phone>": re.compile(r"\s*:?\s*(?:\(?\+?84|\(?0\d{2}|1[89]00)[\d\s.()-]*\d{3}"),
    "<start>": re.compile(r"(?!)"),
    "<end>": re.compile(r"\s*(?:[.,;:!?…)\]\"”]|$)"),
    "<date>": re.compile(r"\s*\(?\d{1,2}[/-]\d"),
    "<weekday>": re.compile(rf"\s*(?:{_AND})?\s*{_WEEKDAY}(?!\w)"),
}
_ENDS = {
    "<name>": _NAME_END,
    "<number>": re.compile(r"\d[\d.,/]*\s*$"),
    "<phone>": re.compile(r"(?!)"),
    "<start>": re.compile(r"(?:^|[.!?…:;(\[\"“])\s*$"),
    "<end>": re.compile(r"(?!)"),
    "<date>": re.compile(r"\d{1,2}[/-]\d[\d/-]*\s*$"),
    "<weekday>": re.compile(
        rf"(?<!\w){_WEEKDAY}(?:\s*(?:{_AND})|\s*[^.!?…]{{1,28}};(?:\s*và)?)*?\s*$"
    ),
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


_ALL_D = str.maketrans("đðɖ", "ddd")


@remembering_texts
def _letters(text: str) -> str:
    """Give what is left of a text whatever its case, tones and spaces: no entry is missed by it."""
    plain = unicodedata.normalize("NFD", text.casefold()).translate(_ALL_D)
    return "".join(sign for sign in plain if not (sign.isspace() or unicodedata.combining(sign)))


def compared(text: str) -> str:
    """Give text as entries are compared: NFC, tones placed as in the tables."""
    return tone_on_first_vowel(unicodedata.normalize("NFC", text))


def entry_of(written: str, spoken: str) -> Entry:
    """Give an entry for any neighbours; small letters also match capitals."""
    case: Case = "any" if written == written.lower() else "same"
    return Entry(written, spoken, case=case)
