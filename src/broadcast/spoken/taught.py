"""A script's own words with their abbreviation in brackets → how it says that abbreviation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from broadcast.language import Language
from broadcast.spoken.lexicon import Entry, Lexicon, compared
from broadcast.spoken.vi.letters import is_syllable, without_marks
from broadcast.text import CAPITAL, SMALL

if TYPE_CHECKING:
    from broadcast.model import Turn

_LETTERS = rf"[{CAPITAL}][{CAPITAL}a-z]?(?:[&-]?[{CAPITAL}]){{1,9}}"
_ABBREVIATION = re.compile(
    rf"\((?:(?:gọi|viết) tắt (?:là )?|tắt là |sau đây gọi (?:tắt )?là )?"
    rf"[\"“]?(?P<letters>{_LETTERS})[\"”]?\)"
)
_WORDS = re.compile(
    rf"(?<!\w)(?P<letters>{_LETTERS}) \((?P<words>[{CAPITAL}{SMALL} ,&-]+?)"
    r"(?P<more> [-–] [^()\n]*)?\)"
)
_CLAUSE = re.compile(r"[^.;:!?()\[\]“”\"…\n]*$")
_WORD = re.compile(r"[^\W\d_]+")
# What stands between the words that an abbreviation is made of, and has no letter in it.
_JOINING = frozenset((
    "và", "của", "các", "về", "với", "cho", "trong", "tại", "ở",
    "and", "of", "the", "for", "in", "on", "to", "a",
))  # fmt: skip
_SIGNS = re.compile(r" [-–] |(?<=\w)[-–](?=\w)")
_MOST_WORDS = 16
_NEIGHBOURS = 50


@dataclass(frozen=True, slots=True)
class Taught:
    """An abbreviation that a script says itself, the words it stands for, and where that is told.

    ``sure`` tells whether each letter is a word's, and no word of weight is without one.
    ``bracket`` is what tells the same a second time where it stands after ``beside`` ("": it
    tells more).
    """

    written: str
    words: str
    line: int
    bracket: str
    beside: str
    sure: bool = True


def taught_by(turns: Iterable[Turn]) -> tuple[Taught, ...]:
    """Give the abbreviations that turns explain, in the order they do; each is told once.

    What is explained twice, and each time otherwise, is sure no more.
    """
    found: dict[str, Taught] = {}
    for turn in turns:
        for paragraph in turn.paragraphs:
            for one in taught_in(paragraph.text, paragraph.line):
                known = found.get(one.written)
                if known is None or (one.sure and not known.sure):
                    found[one.written] = one
                elif one.sure and known.words.casefold() != one.words.casefold():
                    found[one.written] = replace(known, sure=False)
    return tuple(found.values())


def taught_in(text: str, line: int = 1) -> Iterator[Taught]:
    """Give what a paragraph explains: Cảnh sát nhân dân (CSND), CSND (Cảnh sát nhân dân)."""
    for match in _ABBREVIATION.finditer(text) if "(" in text else ():
        near = text[max(0, match.start() - 200) : match.start()].rstrip()
        clause = _CLAUSE.search(near)
        if clause and (explained := _explained(match["letters"], clause[0])):
            yield Taught(
                match["letters"], explained[0], line, match[0], _last(clause[0]), explained[1]
            )
    for match in _WORDS.finditer(text) if "(" in text else ():
        words = [*_WORD.finditer(match["words"])]
        if _whole(_plain(match["letters"]), words) == 0:
            bracket = "" if match["more"] else f"({match['words']})"
            yield Taught(match["letters"], match["words"], line, bracket, match["letters"])


def _last(before: str) -> str:
    """Give the last words of a clause, as many as the neighbours of an entry are looked at."""
    return before[-_NEIGHBOURS:].split(maxsplit=1)[-1] if len(before) > _NEIGHBOURS else before


def _explained(letters: str, before: str) -> tuple[str, bool] | None:
    """Give the last words before a bracket that begin with its letters, and whether all do."""
    words = [*_WORD.finditer(before)][-_MOST_WORDS:]
    plain = _plain(letters)
    start = _whole(plain, words)
    if start is not None:
        return before[words[start].start() :].strip(), True
    if len(plain) > 2 and (span := _nearly(plain, words)):
        return before[words[span[0]].start() : words[span[1]].end()], False
    return None


def _whole(letters: str, words: list[re.Match[str]]) -> int | None:
    """Give the first of the words whose letters these are, to the last word; None if not."""
    at = len(words)
    for letter in reversed(letters):
        at -= 1
        while at >= 0 and not _begins(words[at][0], letter) and words[at][0] in _JOINING:
            at -= 1
        if at < 0 or not _begins(words[at][0], letter):
            return None
    return at


def _nearly(letters: str, words: list[re.Match[str]]) -> tuple[int, int] | None:
    """Give the words whose letters these are but for one: thu hồi đất vườn (TĐV)."""
    for left_out in range(len(words) - 1, max(-1, len(words) - len(letters) - 2), -1):
        rest = words[:left_out] + words[left_out + 1 :]
        start = _whole(letters, rest)
        if start is None or start > left_out:
            continue
        behind = left_out == len(words) - 1
        last = len(words) - (2 if behind and words[-1][0].islower() else 1)
        return start, last
    return None


def _begins(word: str, letter: str) -> bool:
    return _plain(word[0]) == letter


def _plain(letters: str) -> str:
    """Give letters without their marks; Đ stays one of its own."""
    return "".join(
        each if each == "Đ" else without_marks(each) for each in letters.upper() if each.isalpha()
    )


def taught_lexicon(taught: Iterable[Taught], language: str) -> Lexicon:
    """Give the entries that say what a script taught, and leave out what is told a second time.

    In Vietnamese an abbreviation is said in full; in English, and for words of another language,
    it keeps its letters.
    """
    in_full = Language.tagged(language).primary == "vi"
    entries: list[Entry] = []
    for one in taught:
        said_in_full = in_full and all(map(is_syllable, _WORD.findall(one.words)))
        if said_in_full:
            entries.append(Entry(one.written, _said(one.words), sure=one.sure, taught=True))
        if one.bracket and (said_in_full or one.beside != one.written):
            beside = (compared(one.beside).casefold().strip(),)
            entries.append(Entry(one.bracket, "", before=beside, sure=one.sure, taught=True))
    return Lexicon(tuple(entries))


def _said(words: str) -> str:
    """Give words without the signs that stand between them, and capitals throughout as small."""
    said = " ".join(_SIGNS.sub(" ", words).split())
    return said.casefold() if said.isupper() else said
