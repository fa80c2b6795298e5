"""Written text and an ordered table of rules → spoken text and the list of all that was changed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from broadcast.messages import Message
from broadcast.spoken import uncertain
from broadcast.spoken.lexicon import FoundEntry, Lexicon, LexiconIndex, index_of
from broadcast.spoken.style import Style
from broadcast.spoken.tones import tone_on_first_vowel
from broadcast.text import CAPITAL, SMALL, with_vietnamese_d

if TYPE_CHECKING:
    from broadcast.model import Reading

LEFTOVER = "leftover"
LEXICON = "lexicon"
TAUGHT = "taught"
UNKNOWN = "unknown"

_CLAUSE_BREAK = re.compile(r"[.,;!?()\[\]…–—]")
_CLAUSE_END = re.compile(r"[.,;:!?()\[\]…–—]|$")
_QUOTES = str.maketrans(dict.fromkeys("\"'“”‘’«»:", " "))
# What no reading may hold, should a rule have taken it for a part of a word.
_STRAY = re.compile(r"[²³¹⁰⁴-⁹₀-₉½¼¾①-⑳_]")
# A number whose thousands are held together, or a space as the web and Word leave it.
_HARD = "[\u00a0\u2007\u2009\u202f]"
# Nothing begins at a space, nor at a letter after a letter: four places of five are passed over.
_NOT_INSIDE_A_WORD = rf"(?!\s|(?<=[{SMALL}{CAPITAL}])[{SMALL}{CAPITAL}])"
_HARD_SPACE = re.compile(
    rf"(?<!\w)(?<!\d{_HARD})[1-9]\d{{0,2}}(?:{_HARD}\d{{3}})+(?!{_HARD}?\d)|{_HARD}|[\u200b\ufeff]"
)
_SPACES = " \u00a0"
# Rules look at their neighbours, and some as far as signs of one kind go on: of a text longer than
# any sentence they are shown a part at a time, so that the time taken grows as the text does.
_PART = 1_000
_AROUND = 200
_STOPS = ",.;:!?…)]"
_OPEN = ",.;:!?…([\n"


@dataclass(frozen=True)
class Spoken:
    """What is said for a text, and every place where that is not what is written."""

    text: str
    readings: tuple[Reading, ...] = ()

    @property
    def leftovers(self) -> tuple[Reading, ...]:
        """Figures and signs that no rule could read and that are still in the text."""
        return tuple(each for each in self.readings if each.rule == LEFTOVER)


@dataclass(frozen=True, slots=True)
class Said:
    """What a rule gives for a place: words, where the written form ends, and what is uncertain."""

    words: str
    end: int
    doubt: Message | None = None


@dataclass(frozen=True)
class Place:
    """A place in a text, as rules look at it."""

    text: str
    start: int
    match: re.Match[str]
    style: Style
    index: LexiconIndex

    @property
    def end(self) -> int:
        """Where what the rule matched ends."""
        return self.match.end()

    @cached_property
    def before(self) -> str:
        """The clause before the place, in small letters, with a space at its head."""
        near = _CLAUSE_BREAK.split(self.text[max(0, self.start - 70) : self.start])[-1]
        return f" {near.translate(_QUOTES).casefold().rstrip()}"

    @cached_property
    def after(self) -> str:
        """The rest of the clause after the match, in small letters, with a space at its end."""
        return self.after_from(self.end)

    def after_from(self, position: int) -> str:
        """The rest of the clause from a position, in small letters, with a space at its end."""
        near = self.text[position : position + 50].lstrip()
        stop = _CLAUSE_END.search(near)
        return f"{near[: stop.start() if stop else None].translate(_QUOTES).casefold()} "

    def follows(self, *words: str) -> bool:
        """Whether one of the words (each with a space at its head) stands right before."""
        return self.before.endswith(words)

    def said(self, words: str, *, end: int | None = None, doubt: Message | None = None) -> Said:
        """Give a reading of the match, or of the text up to ``end``."""
        return Said(words, self.end if end is None else end, doubt)


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of written form: its name in the editor's list, its shape, and its reading.

    ``read`` gives words, a Said, or None where the shape means something else.
    """

    name: str
    pattern: re.Pattern[str]
    read: Callable[[Place], Said | str | None]


def rule(name: str, pattern: str, read: Callable[[Place], Said | str | None]) -> Rule:
    """Give a rule, its pattern compiled."""
    return Rule(name, re.compile(pattern), read)


@dataclass(frozen=True, eq=False)
class Grammar:
    """A language: which places are looked at, and the rules tried there, in order.

    ``starts`` maps a kind of place to the pattern that finds it; ``rules`` maps it to its rules.
    ``is_plain`` tells where what looks like a built-in abbreviation is a word.
    """

    language: str
    starts: Mapping[str, str]
    rules: Mapping[str, tuple[Rule, ...]]
    is_plain: Callable[[str, int, int], bool] = lambda text, start, end: False

    def spoken(self, text: str, lexicon: Lexicon, style: Style) -> Spoken:
        """Read a text: left to right, at each place the first rule that knows what it is."""
        from broadcast.model import Reading  # a third of the time this room takes to import

        text = with_vietnamese_d(unicodedata.normalize("NFC", text))
        plain = _HARD_SPACE.sub(_soft, tone_on_first_vowel(text))
        index = index_of(lexicon, self.language)
        pieces: list[str] = []
        readings: list[Reading] = []
        done = 0
        for start, name, said in self._found(plain, index, style):
            if _STRAY.search(said.words) and name not in (LEFTOVER, UNKNOWN):
                said = replace(said, words=" ".join(_STRAY.sub(" ", said.words).split()))
            if said.words != text[start : said.end] or said.doubt:
                readings.append(
                    Reading(start, said.end, text[start : said.end], said.words, name, said.doubt)
                )
                pieces.append(text[done:start])
                pieces.append(said.words)
                done = said.end
        if not readings:
            return Spoken(text)
        pieces.append(text[done:])
        return Spoken(_joined(pieces), tuple(readings))

    def _found(
        self, text: str, index: LexiconIndex, style: Style
    ) -> Iterator[tuple[int, str, Said]]:
        """Give where a rule or an entry reads something, its name, and what it gives."""
        find = _finder(self, index)
        part, opened, closed = text, 0, len(text)
        if closed > _PART + _AROUND:
            part, closed = text[: _PART + _AROUND], _PART
        position = 0
        while True:
            match = find.search(part, position - opened)
            if not match or match.start() + opened >= closed:
                if closed == len(text):
                    return
                position = max(position, closed)
                opened, closed = position - _AROUND, min(position + _PART, len(text))
                part = text[max(0, opened) : closed + _AROUND]
                opened = max(0, opened)
                continue
            start = match.start()
            found = self._read(part, start, match.lastgroup or "", index, style)
            if found is None:
                position = opened + start + 1
                continue
            name, said = found
            position = opened + said.end
            yield opened + start, name, replace(said, end=position) if opened else said

    def _read(
        self, text: str, start: int, kind: str, index: LexiconIndex, style: Style
    ) -> tuple[str, Said] | None:
        """Give the longest reading: of equally long ones a lexicon's, and a station's always."""
        entry = index.entry_at(text, start)
        if entry and entry.own:
            return _entry_said(text, entry)
        if entry and self.is_plain(text, start, entry.end):
            entry = None
        for rules in self._rules_at(text, start, kind):
            for rule in rules:
                match = rule.pattern.match(text, start)
                if not match:
                    continue
                said = rule.read(Place(text, start, match, style, index))
                if said is None:
                    continue
                if isinstance(said, str):
                    said = Said(said, match.end())
                if not entry or said.end > entry.end:
                    return rule.name, said
        return _entry_said(text, entry) if entry else None

    def _rules_at(self, text: str, start: int, kind: str) -> Iterator[tuple[Rule, ...]]:
        """The rules of the kind that was found, then those of every other kind that fits here."""
        yield self.rules.get(kind, ())
        for other, pattern in self._patterns.items():
            if other != kind and pattern.match(text, start):
                yield self.rules[other]

    @cached_property
    def _patterns(self) -> Mapping[str, re.Pattern[str]]:
        return {kind: re.compile(pattern) for kind, pattern in self.starts.items()}


def _soft(match: re.Match[str]) -> str:
    return match[0] if match[0][0].isdecimal() else " "


def _entry_said(text: str, found: FoundEntry) -> tuple[str, Said]:
    """Say an entry; the full stop of an abbreviation that ends the text stays."""
    entry, words = found.entry, found.entry.spoken
    stop = entry.written.endswith(".") and not words.endswith(".")
    if stop and not text[found.end :].strip("\"”’')] \n"):
        words += "."
    if entry.taught:
        doubt = None if entry.sure else uncertain.TAUGHT_NEARLY
        return TAUGHT, Said(words, found.end, doubt)
    return LEXICON, Said(words, found.end, None if entry.sure else uncertain.OTHER_WORDS)


@lru_cache(maxsize=16)
def _finder(grammar: Grammar, index: LexiconIndex) -> re.Pattern[str]:
    kinds = {**grammar.starts, "known": index.pattern}
    any_kind = "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in kinds.items())
    return re.compile(rf"{_NOT_INSIDE_A_WORD}(?:{any_kind})")


def _joined(pieces: list[str]) -> str:
    """Join text and readings by turns, so that words stay apart and no sign stands doubled."""
    said = ""
    pause = False
    for number, piece in enumerate(pieces):
        if piece == "." and 0 < number < len(pieces) - 1 and not number % 2:
            piece = " "  # NGND.GS: two abbreviations of one name
        if number % 2 and piece == ",":
            pause = True
            continue
        if pause:
            piece = piece.lstrip(_SPACES)
            if not piece:
                continue
            pause = False
            said = said.rstrip(_SPACES)
            if piece[0] not in _STOPS:
                comma = "," if said and said[-1] not in _OPEN else ""
                said += comma + ("" if not said or said[-1] in "([\n" else " ")
        elif number and piece:
            if said[-1:].isalnum() and piece[0].isalnum():
                said += " "
            elif not said or said[-1].isspace():
                piece = piece.lstrip(_SPACES if said else f"{_SPACES}:,;")
            if piece[:1] in _STOPS and not pieces[number - 1]:
                said = said.rstrip(_SPACES)
        said += piece
    return said.rstrip(_SPACES) if pause or not pieces[-1] else said
