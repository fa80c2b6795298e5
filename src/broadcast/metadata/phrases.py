"""A sentence → the cues and lines that show it, broken where its phrases end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from math import inf

from broadcast.metadata.phrase_words import PhraseWords, phrase_words

# What it costs to break after a word, from "it ends a sentence" to "it is half a name".
_SENTENCE, _PAUSE, _CLAUSE, _PHRASE, _PLAIN, _LEADING, _BOUND = 0.0, 1.0, 2.0, 3.0, 5.0, 8.0, 9.0
_LONE = 12.0
_EMPTY, _ONE_LINE = 4.0, 3.0
"""What empty room costs: in a line, and of a cue that has but one."""
_CUE, _CUE_END = 6.0, 1.5
"""What a cue more costs, and how much more a break between cues than one between lines."""
_FLASH, _FLASH_CHARACTERS = 9.0, 24
"""A cue of fewer characters is gone before it is read."""
_CUT_EMPTY = 8.0
_SHORT_CHARACTERS = 7
"""A line of fewer characters is a word by itself ("và", "rồi."), which reads as a mistake."""

_STOP = re.compile(r".*[.!?…][\"”’')\]»]*")
_MARK = re.compile(r".*[,;:–—)\]»”][\"”’')]*")
_DASHES = {"-", "–", "—"}
_OPENING = '(“[«‘"'
_BARE = "\"“”‘’'()[]«».,;:!?…"
_NO_VOWEL = re.compile(r"[^\W\d_aeiouyàáâãèéêìíòóôõùúýăơưạ-ỹ]{1,4}\.", re.IGNORECASE)
_ROMAN = re.compile(r"[IVXLC]+(?:\W.*)?")
_CAPITALS = re.compile(r"(?:[^\W\d_]\.)+")
_ONSET = re.compile(r"ngh|ng|nh|ph|th|tr|ch|kh|gh|gi|qu|[bcdđghklmnprstvx]")


@dataclass(frozen=True, slots=True)
class CueLines:
    """The lines of a cue; ``characters`` are those of its words without the speaker's name."""

    lines: tuple[str, ...]
    characters: int


def cues(text: str, width: int, language: str, name: str = "") -> tuple[CueLines, ...]:
    """Give the cues of a sentence, each of at most two lines of ``width`` characters.

    Of all ways to break it the one is taken whose breaks cost least. ``name`` is the speaker's, of
    at most one line: it is not broken, and does not stand in a cue by itself.
    """
    named = 1 if name else 0
    words = ([name] if name else []) + _words(text, width)
    costs = (_PAUSE,) * named + costs_of_breaks(" ".join(words[named:]), language)
    ends, end = [], -1
    for word in words:
        end += 1 + len(word)
        ends.append(end)

    def length(first: int, last: int) -> int:
        return ends[last - 1] - ends[first] + len(words[first]) if first < last else 0

    return tuple(
        CueLines(
            tuple(" ".join(words[first:last]) for first, last in lines),
            length(max(lines[0][0], named), lines[-1][1]) + 1,
        )
        for lines in _cheapest(words, ends, costs, width, named)
    )


def _cheapest(
    words: Sequence[str], ends: Sequence[int], costs: Sequence[float], width: int, named: int
) -> list[list[tuple[int, int]]]:
    """Give for each cue the words of its lines: from the first and before the last.

    ``opened`` is what the words before a break cost at least where a cue's first line ends there,
    ``closed`` where a cue ends there.
    """
    count = len(words)
    of_line, of_one_line = _costs_of_lines(width)
    opened, closed = [inf] * (count + 1), [inf] * (count + 1)
    closed[0] = 0.0
    line_began, cue_began = [0] * (count + 1), [(0, -1)] * (count + 1)
    for first, word in enumerate(words):
        begin = ends[first] - len(word)
        before, after_line = closed[first], opened[first]
        for last in range(first + 1, count + 1):
            end = ends[last - 1]
            characters = end - begin
            if characters > width:
                break
            cost = costs[last - 1] if last < count else 0.0
            line = of_line[characters]
            if before + line + cost < opened[last]:
                opened[last], line_began[last] = before + line + cost, first
            if last == named < count:
                continue
            cue = line + _CUE + _CUE_END * cost
            if after_line + cue < closed[last]:
                two = after_line + cue + _flash(end - _said_before(ends, line_began[first], named))
                if two < closed[last]:
                    closed[last], cue_began[last] = two, (line_began[first], first)
            if before + cue < closed[last]:
                one = before + cue + of_one_line[characters]
                one += _flash(end - _said_before(ends, first, named))
                if one < closed[last]:
                    closed[last], cue_began[last] = one, (first, -1)
    found, last = [], count
    while last > 0:
        first, middle = cue_began[last]
        found.append([(first, last)] if middle < 0 else [(first, middle), (middle, last)])
        last = first
    return found[::-1]


@cache
def _costs_of_lines(width: int) -> tuple[list[float], list[float]]:
    """Give what a line costs by its characters, and what it costs more as a cue by itself."""
    empty = [1 - characters / width for characters in range(width + 1)]
    lines = [_EMPTY * part * part for part in empty]
    lines[:_SHORT_CHARACTERS] = [cost + _LONE for cost in lines[:_SHORT_CHARACTERS]]
    return lines, [_ONE_LINE * part for part in empty]


def _said_before(ends: Sequence[int], first: int, named: int) -> int:
    """Give where the words of a cue begin that are said: the speaker's name is not."""
    first = max(first, named)
    return ends[first - 1] if first else -1


def _flash(characters: int) -> float:
    return max(0.0, _FLASH * (1 - characters / _FLASH_CHARACTERS))


def cut(text: str, most: int, language: str) -> str:
    """Give the beginning of a text in at most ``most`` characters, ended where a phrase ends.

    An ellipsis, which counts, tells that words are left out.
    """
    words = text.split()
    if len(" ".join(words)) <= most:
        return " ".join(words)
    costs = costs_of_breaks(text, language)
    best, cheapest, length = 0, inf, -1
    for n, word in enumerate(words[:-1], start=1):
        length += 1 + len(word)
        if length > most - 1:
            break
        # Half of the room left empty costs as much as half a phrase.
        cost = costs[n - 1] + _CUT_EMPTY * (1 - length / most)
        if cost <= cheapest:
            best, cheapest = n, cost
    head = " ".join(words[:best]) or words[0][: most - 1]
    return head.rstrip(" ,;:.-–—") + "…"


def without_circumstance(text: str, language: str) -> str:
    """Give a sentence without the phrase before its main clause: "Sau ba năm, …", "In 2025, …"."""
    circumstance, comma, clause = text.partition(", ")
    first = circumstance.split(" ", 1)[0].casefold()
    pair = " ".join(circumstance.split(" ", 2)[:2]).casefold()
    known = phrase_words(language)
    if not comma or first not in known.circumstances or pair in known.together:
        return text
    return clause[:1].upper() + clause[1:]


@lru_cache(maxsize=1024)
def costs_of_breaks(text: str, language: str) -> tuple[float, ...]:
    """Give what it costs to break after each word of a text but the last."""
    known, words = phrase_words(language), text.split()
    return tuple(_cost(before, after, known) for before, after in pairwise(map(_word, words)))


def _words(text: str, width: int) -> list[str]:
    return [word[at : at + width] for word in text.split() for at in range(0, len(word), width)]


@dataclass(frozen=True, slots=True)
class WordAtBreak:
    """What of a word decides whether a line may end behind or before it; ``bare`` has no marks."""

    bare: str
    is_dash: bool
    ends_sentence: bool
    ends_in_mark: bool
    opens: bool
    is_abbreviated: bool
    has_capital: bool
    begins_with_capital: bool
    begins_as_number: bool
    ends_in_digit: bool


@lru_cache(maxsize=4096)  # the same words come again and again
def _word(word: str) -> WordAtBreak:
    inside = word.strip(_BARE)
    begin = word.lstrip(_BARE)
    return WordAtBreak(
        bare=inside.casefold(),
        is_dash=word in _DASHES,
        ends_sentence=_STOP.fullmatch(word) is not None,
        ends_in_mark=_MARK.fullmatch(word) is not None,
        opens=word[0] in _OPENING,
        is_abbreviated=begin[:1].isupper()
        and (_NO_VOWEL.fullmatch(begin) or _CAPITALS.fullmatch(begin)) is not None,
        has_capital=begin[:1].isupper(),
        begins_with_capital=word[0].isupper(),
        begins_as_number=word[0].isdigit() or _ROMAN.fullmatch(inside) is not None,
        ends_in_digit=word[-1].isdigit(),
    )


def _cost(before: WordAtBreak, after: WordAtBreak, known: PhraseWords) -> float:
    """Give what it costs to break between two words that follow each other."""
    if before.is_abbreviated and after.begins_with_capital:
        return _BOUND  # "TP. Hồ", "PGS. TS.", "Mr. Hill"
    if before.is_dash or after.is_dash:
        return _BOUND if before.is_dash or before.ends_in_digit else _PAUSE
    if before.ends_sentence:
        return _SENTENCE
    if before.ends_in_mark:
        return _PAUSE
    if after.opens:
        return _LEADING if before.bare in known.leading else _CLAUSE
    if _are_one(before, after, known):
        return _BOUND
    if before.bare in known.leading:
        return _LEADING
    if after.bare in known.clauses:
        return _CLAUSE
    return _PHRASE if after.bare in known.phrases else _PLAIN


def _are_one(before: WordAtBreak, after: WordAtBreak, known: PhraseWords) -> bool:
    """Whether two words are parts of a name, an amount, or a word of two syllables."""
    if after.begins_with_capital and before.has_capital:
        return True
    if after.begins_as_number:
        return before.bare in known.before_numbers or before.ends_in_digit
    if before.ends_in_digit:
        return after.bare not in known.clauses and after.bare not in known.phrases
    return f"{before.bare} {after.bare}" in known.together or _is_reduplicated(
        before.bare, after.bare
    )


def _is_reduplicated(left: str, right: str) -> bool:
    """Whether two syllables echo each other: "sạch sẽ", "mạnh mẽ", "xanh xanh"."""
    if left.isascii() or left[:1] != right[:1]:
        return False
    one, other = _ONSET.match(left), _ONSET.match(right)
    return one is not None and other is not None and one[0] == other[0]
