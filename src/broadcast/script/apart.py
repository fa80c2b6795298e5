"""A line → the named reasons for which it may be left out, by its place in the document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from broadcast.messages import Message
from broadcast.script import reasons
from broadcast.script.entries import WrittenLine
from broadcast.script.furniture import is_headline, is_portrait_caption
from broadcast.script.labels import LIST_MARK
from broadcast.text import folded

_MOST_WORDS_OF_HEADING = 26
_MOST_WORDS_OF_CAPTION = 45
_FEWEST_WORDS_OF_PROSE = 18
_FEWEST_WORDS_REPEATED = 5
_SENTENCE_END = re.compile(r"(?<=[.?!…])[”\")]*\s+")


@dataclass(frozen=True, slots=True)
class Apart:
    """Why a line may be left out where it stands before, among or after the turns: None, it may not.

    ``always`` is a reason that holds wherever it stands.
    """

    before: Message | None = None
    among: Message | None = None
    after: Message | None = None
    always: bool = False


def apart_of(entries: Sequence[WrittenLine], at: int, listed: bool, repeated: bool) -> Apart:
    """Give the reasons for line ``at``.

    ``listed``: it stands in a list of a web page; ``repeated``: its words stand in another line.
    """
    entry = entries[at]
    if entry.verbatim:
        return Apart()
    if (why := entry.furniture) is not None:
        return Apart(why, why, why, always=True)
    count = len(entry.text.split())
    after = reasons.AFTER_THANKS
    if listed:
        return Apart(reasons.LIST_ENTRY, reasons.LIST_ENTRY, reasons.LIST_ENTRY)
    if is_portrait_caption(entry.text):
        return Apart(reasons.CAPTION, reasons.CAPTION, after)
    if repeated:
        return Apart(reasons.PULL_QUOTE, reasons.PULL_QUOTE, after)
    if entry.heading > 1 and not entry.ends_sentence:
        return Apart(reasons.HEADING_BEFORE, reasons.HEADING_BETWEEN, after)
    before = reasons.FRAGMENT if _is_fragment(entry, count) else None
    return Apart(before, _among(entries, at, count), after)


def _is_fragment(entry: WrittenLine, count: int) -> bool:
    """Whether a line before the turns is no prose: short, or no finished sentence."""
    return count < _FEWEST_WORDS_OF_PROSE and (not entry.ends_sentence or count < 12)


def _among(entries: Sequence[WrittenLine], at: int, count: int) -> Message | None:
    entry = entries[at]
    if count <= _MOST_WORDS_OF_HEADING and is_headline(entry.text) and not _is_point(entry):
        return reasons.HEADING_BETWEEN
    if count <= _MOST_WORDS_OF_CAPTION and _sentences(entry.text) <= 1 and _between_long(entries, at):
        return reasons.CAPTION
    return None


def _is_point(entry: WrittenLine) -> bool:
    return LIST_MARK.match(entry.text) is not None


def _sentences(text: str) -> int:
    return sum(text.count(sign) for sign in (". ", "? ", "! ", "… "))


def _between_long(entries: Sequence[WrittenLine], at: int) -> bool:
    """Whether a line stands between paragraphs that are much longer."""
    count = len(entries[at].text.split())
    beside = [*entries[max(0, at - 1) : at], *entries[at + 1 : at + 2]]
    return all(len(one.text.split()) >= 1.5 * count for one in beside) and len(beside) == 2


def repeated_in(entries: Sequence[WrittenLine]) -> frozenset[int]:
    """The places of lines that stand word for word as a sentence of a longer line: pull quotes."""
    keys = [folded(entry.text) for entry in entries]
    sentences = {
        folded(one): at
        for at, entry in enumerate(entries)
        for one in _SENTENCE_END.split(entry.text)
        if len(one) < len(entry.text) - 2
    }
    return frozenset(
        at
        for at, key in enumerate(keys)
        if len(key.split()) >= _FEWEST_WORDS_REPEATED and sentences.get(key, at) != at
    )
