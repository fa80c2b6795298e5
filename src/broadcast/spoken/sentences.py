"""A turn's paragraphs → the sentences that are spoken, each with what is said for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadcast.spoken.grammar import LEFTOVER, UNKNOWN
from broadcast.spoken.lexicon import Lexicon
from broadcast.spoken.reading import say
from broadcast.spoken.style import Style
from broadcast.text import CAPITAL, SMALL

if TYPE_CHECKING:
    from broadcast.model import Problem, Reading, Sentence, Turn

_SITE = r"(?i:vn|com|net|org|edu|gov|info|js)(?!\w)"
_END = re.compile(
    rf"(?P<stop>[.!?…]+)(?P<closing>[\"”’'»)\]*]*)"
    rf"(?:\s+|(?<=[{SMALL}][{SMALL}][.!?…])(?=[{CAPITAL}][{SMALL}])(?!\S*(?:[@/]|\.\w)|{_SITE}))"
    rf"(?=(?:…|\.\.\.)?[\"“‘'«(\[\-–—•*]*\s?(?P<next>[{CAPITAL}]\w*|\d))"
)
_LAST_WORD = re.compile(r"[^\s(\[\"“‘«]*$")
# Abbreviations that keep their full stop and are followed by a name or a number.
_ABBREVIATIONS = frozenset((
    "tp", "tx", "tt", "ts", "ths", "th.s", "pgs", "gs", "bs", "ks", "kts", "ls", "ds", "cn", "p",
    "q", "h", "x", "đ", "ng", "st", "ông.bà", "nxb", "tr", "đ/c", "đc", "v.v", "vv", "sn", "kp",
    "mr", "mrs", "ms", "dr", "prof", "vs", "fig", "gen", "col", "lt", "sgt", "capt", "hon", "rev",
    "e.g", "i.e", "approx", "dept", "est", "gov", "sen", "rep", "maj", "cpl", "cmdr", "adm", "pres",
    "supt", "insp", "det", "amb", "nsnd", "nsưt", "ngnd", "ngưt", "tskh", "bsckii", "bscki", "tel",
    "đt", "ql", "tl", "uv", "t.ư", "mt", "ft", "gđ", "pgđ", "tgđ", "gv",
))  # fmt: skip
_BEFORE_NUMBER = frozenset((
    "no", "nos", "p", "pp", "vol", "ch", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep",
    "sept", "oct", "nov", "dec",
))  # fmt: skip
_BEFORE_DAY = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r"|[A-Z]{2,4}(?!\w)|(?:Eastern|Pacific|Central|Mountain|Greenwich|Hanoi|London)(?!\w)"
)
_DAYS = frozenset(("Mon", "Tue", "Tues", "Wed", "Thu", "Thurs", "Fri"))
_STATES = frozenset(("u.s", "u.k", "u.n", "e.u", "d.c"))
# Words that begin a sentence rather than go on with a name: the U.S. Army, the U.S. It …
_BEGINS = frozenset((
    "The", "He", "She", "It", "They", "We", "I", "You", "In", "On", "At", "A", "An", "But", "And",
    "This", "That", "These", "His", "Her", "Their", "There", "However", "Then", "When", "So",
    "For", "Ông", "Bà", "Anh", "Chị", "Họ", "Trong", "Theo", "Khi", "Nhưng", "Tuy", "Rồi", "Sau",
    "Đây", "Đó", "Năm", "Hiện", "Do", "Nay", "Sao", "Tôi", "Con", "Cho", "Hai", "Ba", "Nam",
))  # fmt: skip
_NEAR = 80
_PARTS = re.compile(r"[.]")


def split(text: str) -> Iterator[str]:
    """Give the sentences of a paragraph in its own words; long ones stay whole.

    Abbreviations (TP. HCM, PGS.TS., v.v.), initials, figures (1.250) and the number at the head of
    a paragraph do not end a sentence.
    """
    start = 0
    for match in _END.finditer(text):
        if _ends(text, start, match):
            yield text[start : match.end()].strip()
            start = match.end()
    if text[start:].strip():
        yield text[start:].strip()


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    if match["stop"] != "." or match["closing"]:
        return True
    # What stands further back does not matter: nothing here looks at more than two words.
    before = text[max(start, match.start() - _NEAR) : match.start()]
    found = _LAST_WORD.search(before)
    word = found[0] if found else ""
    alone = match.start() - start < _NEAR and before.strip(" -–•*") == word
    if alone and re.fullmatch(rf"\d{{1,2}}|[IVX]+|[a-zđ]|[{CAPITAL}]", word):
        return False
    return not _goes_on(before[: len(before) - len(word)], word, match["next"])


def _goes_on(before: str, word: str, following: str) -> bool:
    """Whether a word with a full stop is an abbreviation in the middle of a sentence."""
    small, counted = word.casefold(), before.rstrip()[-1:].isdecimal()
    if len(word) == 1 and counted:  # 5 m. and 7 h. end.
        return False
    if small in _BEFORE_NUMBER and following.isdecimal():
        return True
    if word in _DAYS or small in ("a.m", "p.m"):
        return bool(_BEFORE_DAY.match(following))
    if small in _STATES:
        return following not in _BEGINS
    if small == "st" and following in _BEGINS:  # On Baker St. It …
        return False
    if small in _ABBREVIATIONS or all(part in _ABBREVIATIONS for part in _PARTS.split(small)):
        return True
    if not re.fullmatch(rf"[{CAPITAL}]", word):
        return False
    # J. K. Rowling and John F. Kennedy go on; Nguyễn Văn A. and vitamin C. end.
    if re.search(rf"(?:^|\s)[{CAPITAL}]\.\s$", before):
        return True
    named = re.search(r"(?:^|\s)[A-Z][a-z]+\s$", before)
    return bool(named) and following.isascii() and following not in _BEGINS


def sentences(turn: Turn, *, language: str, lexicon: Lexicon, style: Style) -> tuple[Sentence, ...]:
    """Give the sentences of a turn with what is said for each.

    The ``written`` of a paragraph's sentences are its words, whitespace between them aside.
    """
    return tuple(
        _spoken_sentence(written, number, paragraph.line, language, lexicon, style)
        for number, paragraph in enumerate(turn.paragraphs)
        for written in split(paragraph.text)
    )


def _spoken_sentence(
    written: str, paragraph: int, line: int, language: str, lexicon: Lexicon, style: Style
) -> Sentence:
    from broadcast.model import Sentence

    spoken = say(written, language=language, lexicon=lexicon, style=style)
    return Sentence(written, spoken.text, spoken.readings, paragraph, line)


@dataclass(frozen=True, slots=True)
class UnknownWord:
    """Capitals that no lexicon knows, and the lines they stand in."""

    written: str
    lines: tuple[int, ...]
    spoken: str
    """What is said until somebody tells: its letters, or the word as it stands."""


def unknown_words(
    turns: Iterable[Turn], *, language: str, lexicon: Lexicon, style: Style
) -> tuple[UnknownWord, ...]:
    """Give the capitals in a script that nothing says how to read, in the order they come."""
    lines: dict[str, list[int]] = {}
    said: dict[str, str] = {}
    for turn in turns:
        for sentence in sentences(turn, language=language, lexicon=lexicon, style=style):
            for reading in sentence.readings:
                if reading.rule == UNKNOWN:
                    lines.setdefault(reading.written, []).append(sentence.line)
                    said[reading.written] = reading.spoken
    return tuple(
        UnknownWord(word, tuple(dict.fromkeys(at)), said[word]) for word, at in lines.items()
    )


def doubts(spoken: Iterable[Sentence]) -> tuple[Problem, ...]:
    """Give a warning, with its line, for every reading that is uncertain and all that is left."""
    from broadcast.model import Problem

    return tuple(
        Problem(
            sentence.line,
            "warning",
            f"{_told(reading)}: {reading.doubt.removeprefix('dropped: ')}.",
            hint=f'To say it otherwise: broadcast lexicon add "{reading.written}" "…"',
        )
        for sentence in spoken
        for reading in sentence.readings
        if reading.doubt
    )


def _told(reading: Reading) -> str:
    written = f'"{reading.written}"'
    if not reading.spoken:
        return f"{written} is left out"
    if reading.rule == LEFTOVER or reading.spoken == reading.written:
        return f"{written} is left as it is"
    return f'{written} is said "{reading.spoken}"'
