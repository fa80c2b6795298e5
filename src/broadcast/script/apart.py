"""A line → the named reasons for which it may be left out, by its place in the document."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from broadcast.messages import Message
from broadcast.script import reasons
from broadcast.script.chat import is_chat_note
from broadcast.script.entries import WrittenLine
from broadcast.script.furniture import is_headline
from broadcast.script.labels import LIST_MARK
from broadcast.script.line_signs import LONGEST_SHORT
from broadcast.script.newsroom_lines import newsroom_line
from broadcast.script.official_papers import official_line
from broadcast.text import folded

_MOST_WORDS_OF_HEADING = 26
_MOST_WORDS_OF_CAPTION = 40
_FEWEST_WORDS_OF_PROSE = 18
_FEWEST_WORDS_REPEATED = 5
_COUNTED = re.compile(
    r"(?:thứ (?:nhất|hai|ba|tư|năm|sáu|bảy)|(?:một|hai|ba|bốn|năm) là"
    r"|(?:first|second|third|fourth)(?:ly)?|one|two|three)\s?[:,]",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[.?!…])[”\")]*\s+")


@dataclass(frozen=True, slots=True)
class Apart:
    """Why a line may be left out before, among and after the turns; None: it may not.

    ``always`` is a reason that holds wherever it stands.
    """

    before: Message | None = None
    among: Message | None = None
    after: Message | None = None
    always: bool = False


def apart_of(entry: WrittenLine, signs: Collection[str]) -> Apart:
    """Give the reasons for a line of which ``signs`` hold."""
    if entry.verbatim:
        return Apart()
    after = reasons.AFTER_THANKS
    if "in-list" in signs:
        return Apart(reasons.LIST_ENTRY, reasons.LIST_ENTRY, reasons.LIST_ENTRY)
    if "farewell" in signs or "after-farewell" in signs:
        return Apart(None, reasons.MAIL_SIGNATURE, reasons.MAIL_SIGNATURE)
    count = len(entry.text.split())
    if (why := _of_paper(entry, count)) is not None:
        return Apart(why, why, why)
    before = reasons.FRAGMENT if _is_fragment(entry, count, signs) else None
    return Apart(before, _among(entry, count, signs), after)


def _of_paper(entry: WrittenLine, count: int) -> Message | None:
    """Why a line is of a page, a paper or the newsroom; ``count`` are its words."""
    if count <= LONGEST_SHORT:
        return entry.furniture
    if is_chat_note(entry.text):
        return reasons.CHAT_NOTE
    return newsroom_line(entry.text) or official_line(entry.text)


def _is_fragment(entry: WrittenLine, count: int, signs: Collection[str]) -> bool:
    """Whether a line before the turns is no prose: short, a caption, or no finished sentence."""
    if "repeated" in signs or not _CAPTIONS.isdisjoint(signs):
        return True
    if count >= _FEWEST_WORDS_OF_PROSE:
        return False
    return not entry.ends_sentence or count < 12 or "caption:names_person" in signs


def _among(entry: WrittenLine, count: int, signs: Collection[str]) -> Message | None:
    """Why a line among the turns may be none of the words said."""
    if entry.verse:
        return None
    if not _CAPTIONS.isdisjoint(signs) and not _is_point(entry):
        return reasons.CAPTION
    if "repeated" in signs:
        return reasons.PULL_QUOTE
    if entry.heading > 1 and not entry.ends_sentence:
        return reasons.HEADING_BETWEEN
    if not _BOXES.isdisjoint(signs):
        return reasons.BOX
    if "footnote" in signs:
        return reasons.BELOW_NOTE
    if "in-brackets" in signs:
        return reasons.STAGE_DIRECTION
    if "label:sure" in signs and "after-thanks" not in signs:
        return None
    if "above:label" in signs and "above:open" in signs and "above:label:alone" not in signs:
        # Who leaves out full stops sets no heading by it.
        return None
    if (
        "cells" in signs
        or "label:then-small" in signs
        or "in-quotation" in signs
        or _opens_quotation(entry.text)
    ):
        return None
    if count <= _MOST_WORDS_OF_HEADING and is_headline(entry.text) and not _is_point(entry):
        return reasons.HEADING_BETWEEN
    if count > _MOST_WORDS_OF_CAPTION or not _OF_SPEECH.isdisjoint(signs):
        return None
    if _is_point(entry):
        return None
    if _sentences(entry.text) <= 1 and not _LIKE_CAPTIONS.isdisjoint(signs):
        return reasons.CAPTION
    return None


_BOXES = frozenset(("box", "portrait-words", "in-box"))
_CAPTIONS = frozenset(("caption", "portrait"))
_LIKE_CAPTIONS = frozenset((
    "shorter-than-beside", "caption:names_person", "caption:tells_places",
))  # fmt: skip
_OF_SPEECH = frozenset((
    "of-self", "addressed", "asks", "asks-within", "vocative", "request", "label:sure", "thanks",
    "guests-thanks", "closing", "quote-first",
))  # fmt: skip
"""What captions have not: they say who is seen, in the third person."""


def _opens_quotation(text: str) -> bool:
    """Whether a quotation begins that goes on below."""
    return text.count("“") > text.count("”")


def _is_point(entry: WrittenLine) -> bool:
    """Whether a line is a point of what is said: "- …", "Thứ hai: …", "Secondly, …"."""
    return LIST_MARK.match(entry.text) is not None or _COUNTED.match(entry.text) is not None


def _sentences(text: str) -> int:
    return sum(text.count(sign) for sign in (". ", "? ", "! ", "… "))


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
