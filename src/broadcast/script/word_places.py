"""Where words stand in a text or among the words of a script, and which came in."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from broadcast.model import Script
from broadcast.script.mending import Word
from broadcast.script.written_text import CannotMendError, ScriptPlace, turn_at


def words_after(text: str, count: int) -> int:
    """Give where the words after the first ``count`` begin. Raises CannotMendError for none."""
    if not 0 < count < len(text.split()):
        raise CannotMendError
    return word_begin(text, count)


def word_begin(text: str, count: int) -> int:
    """Give where the word after the first ``count`` begins, or where the text ends."""
    rest = text.split(maxsplit=count)
    return len(text) - len(rest[count]) if count < len(rest) else len(text)


def word_end(text: str, count: int) -> int:
    """Give where the first ``count`` words end."""
    return len(text[: word_begin(text, count)].rstrip())


def first_word(script: Script, place: ScriptPlace) -> int:
    """Give how many words of a turn stand before a paragraph."""
    before = turn_at(script, place).paragraphs[: place.paragraph]
    return sum(len(one.text.split()) for one in before)


def word_count(script: Script, place: ScriptPlace) -> int:
    """Give how many words a paragraph has."""
    return len(turn_at(script, place).paragraphs[place.paragraph].text.split())


def flat(turns: list[list[Word]]) -> list[Word]:
    """Give the words of all turns."""
    return [word for turn in turns for word in turn]


def one_stretch_more(before: list[Word], after: list[Word]) -> list[Word]:
    """Give the words that came in at one place; none if anything else is otherwise."""
    count = len(after) - len(before)
    same = as_long_as_equal(before, after)
    return after[same : same + count] if before[same:] == after[same + count :] else []


def as_long_as_equal(one: Sequence[object], other: Sequence[object]) -> int:
    """Give how many of two begin alike."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
