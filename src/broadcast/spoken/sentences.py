"""A turn's paragraphs → the sentences that are spoken, each with what is said for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadcast.language import for_language
from broadcast.messages import Message
from broadcast.spoken.breaks import Breaks, either
from broadcast.spoken.en.breaks import ENGLISH_BREAKS
from broadcast.spoken.grammar import LEFTOVER, UNKNOWN, Spoken
from broadcast.spoken.lexicon import Lexicon, LexiconWithin
from broadcast.spoken.reading import say
from broadcast.spoken.style import Style
from broadcast.spoken.vi.breaks import VIETNAMESE_BREAKS
from broadcast.text import CAPITAL, SMALL, remembering_texts

if TYPE_CHECKING:
    from broadcast.model import Problem, Reading, Sentence, Turn

_SITE = r"(?i:vn|com|net|org|edu|gov|info|js)(?!\w)"
_END = re.compile(
    rf"(?<![.!?…])(?P<stop>[.!?…]++)(?P<closing>[\"”’'»)\]*]*)"
    rf"(?:\s+|(?<=[{SMALL}][{SMALL}][.!?…])(?=[{CAPITAL}][{SMALL}])(?!\S*(?:[@/]|\.\w)|{_SITE}))"
    rf"(?=(?:…|\.\.\.)?[\"“‘'«(\[\-–—•*]*\s?(?P<next>[{CAPITAL}]\w*|\d))"
)
_LAST_WORD = re.compile(r"[^\s(\[\"“‘«]*$")
# What is told of a name instead of all of it: Nguyễn V. A., Ng. T. H., Trần Th. L.
_INITIAL = re.compile(rf"(?:[{CAPITAL}]|Ch|Gi|Kh|Ng|Nh|Ph|Qu|Th|Tr)")
_NEXT_INITIAL = re.compile(rf"{_INITIAL.pattern}\.(?:\s|[,;:)]|$)")
_INITIALS_BEFORE = re.compile(rf"(?:^|\s){_INITIAL.pattern}\.\s$")
_NAME_BEFORE = re.compile(rf"(?:^|\s)(?:[{CAPITAL}][{SMALL}]+|{_INITIAL.pattern}\.)\s$|^$")
_BEFORE_DAY = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r"|[A-Z]{2,4}(?!\w)|(?:Eastern|Pacific|Central|Mountain|Greenwich|Hanoi|London)(?!\w)"
)
_STATES = frozenset(("u.s", "u.k", "u.n", "e.u", "d.c"))
_NEAR = 80
_BREAKS = {"vi": VIETNAMESE_BREAKS, "en": ENGLISH_BREAKS}
_IN_EITHER = either(VIETNAMESE_BREAKS, ENGLISH_BREAKS)


def split(text: str, language: str = "") -> Iterator[str]:
    """Give the sentences of a paragraph in its own words; long ones stay whole.

    Abbreviations (TP. HCM, PGS.TS., v.v.), initials, figures (1.250) and the number at the head of
    a paragraph do not end a sentence. Which words are abbreviations goes by the language: "làng
    Sen." ends in Vietnamese, and "Sen. Warren" goes on in English. Where there are no rules for
    it, those of both hold.
    """
    breaks = for_language(_BREAKS, language, _IN_EITHER)
    start = 0
    for match in _END.finditer(text):
        if _ends(text, start, match, breaks):
            yield text[start : match.end()].strip()
            start = match.end()
    if text[start:].strip():
        yield text[start:].strip()


def _ends(text: str, start: int, match: re.Match[str], breaks: Breaks) -> bool:
    if match["stop"] != "." or match["closing"]:
        return True
    # What stands further back does not matter: nothing here looks at more than a few words.
    before = text[max(start, match.start() - _NEAR) : match.start()]
    found = _LAST_WORD.search(before)
    word = found[0] if found else ""
    alone = match.start() - start < _NEAR and before.strip(" -–•*") == word
    if alone and re.fullmatch(rf"\d{{1,2}}|[IVX]+|[a-zđ]|[{CAPITAL}]", word):
        return False
    before = before[: len(before) - len(word)]
    if _INITIAL.fullmatch(word) and _NAME_BEFORE.search(before):  # Nguyễn V. A., Lê Th. K. (…)
        if _NEXT_INITIAL.match(text, match.start("next")):
            return False
        if _INITIALS_BEFORE.search(before) and breaks.begins(match["next"]):
            return True
    return not _goes_on(before, word, match["next"], breaks)


def _goes_on(before: str, word: str, following: str, breaks: Breaks) -> bool:
    """Whether a word with a full stop is an abbreviation in the middle of a sentence."""
    small, counted = word.casefold(), before.rstrip()[-1:].isdecimal()
    if len(word) == 1 and counted:  # 5 m. and 7 h. end.
        return False
    if following.isdecimal() and not breaks.before_number.isdisjoint((word, small)):
        return True
    if word in breaks.days or small in ("a.m", "p.m"):
        return bool(_BEFORE_DAY.match(following))
    if small in _STATES:
        return not breaks.begins(following)
    if small == "st" and breaks.begins(following):  # On Baker St. It …
        return False
    if following.isdecimal() or not _is_initial(before, word, breaks):  # anh H. Công an …
        known = breaks.abbreviations
        if small in known or all(part in known for part in small.split(".")):
            return True
    if not re.fullmatch(rf"[{CAPITAL}]", word):
        return False
    # J. K. Rowling and John F. Kennedy go on; Nguyễn Văn A. and vitamin C. end.
    if re.search(rf"(?:^|\s)[{CAPITAL}]\.\s$", before):
        return True
    named = re.search(r"(?:^|\s)[A-Z][a-z]+\s$", before)
    return bool(named) and following.isascii() and not breaks.begins(following)


def _is_initial(before: str, word: str, breaks: Breaks) -> bool:
    """Whether a letter is all that is told of somebody's name: anh H., bà Nguyễn Thị H."""
    if len(word) != 1:
        return False
    for one in reversed(before.split()[-4:]):
        if one.casefold() in breaks.people:
            return True
        if not one[0].isupper():
            return False
    return False


def sentences(turn: Turn, *, language: str, lexicon: Lexicon, style: Style) -> tuple[Sentence, ...]:
    """Give the sentences of a turn with what is said for each.

    The ``written`` of a paragraph's sentences are its words, whitespace between them aside.
    """
    return tuple(
        _spoken_sentence(written, number, paragraph.line, language, lexicon, style)
        for number, paragraph in enumerate(turn.paragraphs)
        for written in _parted(paragraph.text, language)
    )


@remembering_texts
def _parted(text: str, language: str) -> tuple[str, ...]:
    return tuple(split(text, language))


@remembering_texts
def _said(written: str, language: str, lexicon: LexiconWithin, style: Style) -> Spoken:
    return say(written, language=language, lexicon=lexicon.whole, style=style)


def _spoken_sentence(
    written: str, paragraph: int, line: int, language: str, lexicon: Lexicon, style: Style
) -> Sentence:
    from broadcast.model import Sentence

    spoken = _said(written, language, lexicon.within(written), style)
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


def doubts(spoken: Iterable[Sentence], turn: int | None = None) -> tuple[Problem, ...]:
    """Give a warning, with its line, for every reading that is uncertain and all that is left.

    ``turn`` is the number of the turn that the sentences are of.
    """
    from broadcast.model import Problem, Remedy

    return tuple(
        Problem(
            sentence.line,
            "warning",
            _told(reading, reading.doubt),
            Message(
                "spoken.otherwise",
                'To say it otherwise: broadcast lexicon add "{written}" "…"',
                written=reading.written,
            ),
            turn,
            remedies=(Remedy("read", reading.written),),
        )
        for sentence in spoken
        for reading in sentence.readings
        if reading.doubt is not None
    )


def _told(reading: Reading, doubt: Message) -> Message:
    written = reading.written
    if not reading.spoken:
        return Message(
            "spoken.left-out", '"{written}" is left out: {doubt}.', written=written, doubt=doubt
        )
    if reading.rule == LEFTOVER or reading.spoken == written:
        return Message(
            "spoken.left-as-it-is",
            '"{written}" is left as it is: {doubt}.',
            written=written,
            doubt=doubt,
        )
    return Message(
        "spoken.said-so",
        '"{written}" is said "{spoken}": {doubt}.',
        written=written,
        spoken=reading.spoken,
        doubt=doubt,
    )
