"""A line → what holds of it whatever stands around it: each sign is one named test."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from broadcast.model import Line
from broadcast.script.asking import asks_guest, asks_nobody, speaks_of_self
from broadcast.script.boxes import is_footnote, is_portrait, opens_box
from broadcast.script.chat import is_chat_note
from broadcast.script.credits import is_credit_word, is_outlet_credit, is_signature, names_staff
from broadcast.script.entries import WrittenLine
from broadcast.script.furniture import is_headline, is_portrait_caption
from broadcast.script.labels import LIST_MARK
from broadcast.script.mail import is_farewell
from broadcast.script.newsroom_lines import newsroom_line
from broadcast.script.official_papers import official_line
from broadcast.script.particulars import is_card, is_kicker, names_station
from broadcast.script.picture_captions import caption_signs
from broadcast.script.set_phrases import (
    ends_in_thanks,
    is_closing,
    is_guests_thanks,
    is_thanks,
    opens_with_greeting,
)
from broadcast.script.turn_words import greets
from broadcast.text import remembering_texts

Look = tuple[str, bool, bool, bool]
"""How a line is set: the mark before it, whether it is bold, in capitals, a lesser heading."""

OPENING_QUOTES = frozenset("“\"'‘«")
CLOSING_QUOTES = frozenset("”\"'’»")
_MARK = re.compile(r"\s*([-–—―*•●▪◦·»>+→■□►▶✓?◆♦❖✔○])")
_NUMBER = re.compile(r"\s*(?:câu(?: hỏi)?\s*)?\d{1,2}\s?[.)/:]\s*(?=\S)", re.IGNORECASE)
_EARLY_COLON = re.compile(r"\W*[^\s:][^:“”\"?!.]{1,50}\s?[:：]\s*\S")
_SENTENCE = re.compile(r"[.?!…]+[”\")]*(?:\s|$)")
_LINK = re.compile(r"(?:vậy|thế|còn|nhưng|và|so|and|but|then)\b", re.IGNORECASE)
_INTERVIEW_WITH = re.compile(r"\b(?i:interview|conversation|talk|q ?& ?a) (?i:with) (?=[A-Z])")
_ASKER_BELOW = re.compile(
    r"[.?!][”\"’')]*\s+[-–—]\s*(?:name withheld|(?:[A-Z][\w.'’-]*\s?){1,4})(?:[,(][^.?!]{2,40})?$"
)
"""Who put a question to somebody, behind it: "Do I need a telescope? – Padraig, Ennis"."""
_LENGTHS = ((3, "1-3"), (6, "4-6"), (10, "7-10"), (18, "11-18"), (35, "19-35"), (70, "36-70"))
LONGEST_SHORT = 60
"""Words; furniture, captions and credits are no longer."""


def look_of(entry: WrittenLine) -> Look:
    """Give how a line is set."""
    mark = _MARK.match(entry.text)
    number = "1" if mark is None and _NUMBER.match(entry.text) else ""
    return (
        number if mark is None else mark[1],
        entry.is_bold,
        entry.text.isupper(),
        entry.heading > 1,
    )


def signs_of(entry: WrittenLine) -> set[str]:
    """Give the names of all tests that hold of a line by itself."""
    line = entry.line
    return set(_signs(line.text, line.bold, entry.heading, entry.after_gap, entry.verbatim))


@remembering_texts
def _signs(
    text: str, bold: tuple[tuple[int, int], ...], heading: int, after_gap: bool, verbatim: bool
) -> frozenset[str]:
    entry = WrittenLine(Line(0, text, bold), text, heading, after_gap, verbatim=verbatim)
    bare = LIST_MARK.sub("", entry.text, count=1)
    if signed := _ASKER_BELOW.search(bare):
        bare = bare[: signed.start() + 1]
    count = len(entry.text.split())
    signs = {f"words:{next((name for most, name in _LENGTHS if count <= most), '71-')}"}
    signs.update(_of_form(entry, bare), _of_asking(bare))
    if signed and "asks" in signs:
        signs.add("puts-question")
    if count <= LONGEST_SHORT:
        signs.update(_of_page(entry), _of_caption(entry.text))
    return frozenset(signs)


def _of_form(entry: WrittenLine, bare: str) -> Iterator[str]:
    """How it is set, and how it begins and ends."""
    yield "ends" if entry.ends_sentence else "open"
    mark, bold, capitals, _ = look_of(entry)
    if mark:
        yield f"mark:{mark}"
    if bold:
        yield "bold"
    if capitals:
        yield "capitals"
    if entry.heading:
        yield f"heading:{min(entry.heading, 2)}"
    if entry.after_gap:
        yield "after-gap"
    if entry.verbatim:
        yield "verbatim"
    if "\t" in entry.text.strip():
        yield "cells"
    if bare[:1] in OPENING_QUOTES:
        yield "quote-first"
    if bare[:1].islower():
        yield "small-first"
    if bare[:1] == "(" and bare.rstrip(" .")[-1:] == ")":
        yield "in-brackets"
    if not any(map(str.isalpha, bare)):
        yield "no-letters"
    if _INTERVIEW_WITH.search(bare):
        yield "interview-with"
    if _EARLY_COLON.match(entry.text):
        yield "colon"
    if entry.text.rstrip()[-1:] == ":":
        yield "colon-last"
    sentences = len(_SENTENCE.findall(entry.text))
    if sentences != 1:
        yield f"sentences:{'0' if sentences == 0 else '2-3' if sentences < 4 else '4-'}"


def _of_asking(bare: str) -> Iterator[str]:
    """What asks, whom it turns to, who speaks of himself, who thanks."""
    asking = asks_guest(bare)
    if asking.mark:
        yield "asks"
    if asking.mark_within:
        yield "asks-within"
    if asking.vocative:
        yield "vocative"
    if asking.second_person:
        yield "addressed"
    if asking.request:
        yield "request"
    if asking.question_words:
        yield "question-words"
    if asking.no_mark:
        yield "no-mark"
    yield f"asking:{min(asking.strength, 4)}"
    if asking:
        yield "puts-question"
    if asks_nobody(bare):
        yield "nobody-asked"
    if speaks_of_self(bare):
        yield "of-self"
    if _LINK.match(bare):
        yield "links-on"
    if is_thanks(bare):
        yield "thanks"
    elif ends_in_thanks(bare):
        yield "thanks-last"
    if is_guests_thanks(bare):
        yield "guests-thanks"
    if is_closing(bare):
        yield "closing"
    if greets(bare):
        yield "greets"
    elif opens_with_greeting(bare):
        yield "greets-back"


def _of_page(entry: WrittenLine) -> Iterator[str]:
    """What it is of a page, a paper, a chat, or of who made it."""
    if entry.furniture is not None:
        yield "furniture"
        # What is of the newsroom or of a paper is furniture: nothing else need be asked.
        if newsroom_line(entry.text) is not None or is_chat_note(entry.text):
            yield "newsroom"
        if official_line(entry.text) is not None:
            yield "official-paper"
    if entry.begins_section:
        yield "section"
    if entry.is_byline:
        yield "byline"
    yield from (sign for sign, holds in _OF_PAGE if holds(entry.text))


_OF_PAGE: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("headline", is_headline),
    ("signature", is_signature),
    ("staff", names_staff),
    ("credit", is_credit_word),
    ("credit", is_outlet_credit),
    ("box", opens_box),
    ("footnote", is_footnote),
    ("portrait-words", is_portrait),
    ("farewell", is_farewell),
    ("card", is_card),
    ("kicker", is_kicker),
    ("station", names_station),
)
"""What a line is by one test of its words."""


def _of_caption(text: str) -> Iterator[str]:
    """What of it is like the caption of a picture."""
    signs = caption_signs(text)
    if signs:
        yield "caption"
    if is_portrait_caption(text):
        yield "portrait"
    for name in ("credited", "tells_places", "posed", "unfinished", "names_person"):
        if getattr(signs, name):
            yield f"caption:{name}"
