"""Words in a line that nobody would read out, taken out of it: struck-out ones, endless figures."""

from __future__ import annotations

import re
from dataclasses import replace

from broadcast.messages import Message
from broadcast.model import Document, Dropped, Line
from broadcast.script import reasons

STROKE = "\u0336"
# Chat programs strike out by a stroke over each letter; over a single D it is the letter Đ.
_STROKED = re.compile(r"(?:[^\u0336]\u0336){2,}(?:\s(?:[^\u0336]\u0336)+)*")
_STROKED_D = str.maketrans({"D": "Đ", "d": "đ"})
_LETTER = re.compile(r"([Dd])\u0336|\u0336")
# A number has a name up to some dozens of figures; who reads a hundred in a row has no script.
_ENDLESS = re.compile(r"\d{300,}")


def _endless(count: int) -> Message:
    return Message("dropped.endless", "{count} figures in a row", count=count)


def without_struck(lines: tuple[Line, ...]) -> tuple[tuple[Line, ...], tuple[Dropped, ...]]:
    """Take out the words that have a stroke over each of their letters."""
    kept: list[Line] = []
    dropped: list[Dropped] = []
    for line in lines:
        text = line.text
        for found in _STROKED.finditer(text):
            words = found[0].replace(STROKE, "")
            dropped.append(Dropped(line.number, words.strip(), reasons.STRUCK_OUT))
        text = re.sub(" {2,}", " ", _STROKED.sub("", text)) if STROKE in text else text
        text = _LETTER.sub(lambda found: (found[1] or "").translate(_STROKED_D), text)
        kept.append(replace(line, text=text.rstrip()))
    return tuple(kept), tuple(dropped)


def without_endless_numbers(document: Document) -> Document:
    """Take out figures in a row that are no number anybody could say."""
    if all(len(line.text) < 300 or _ENDLESS.search(line.text) is None for line in document.lines):
        return document
    kept: list[Line] = []
    dropped = list(document.dropped)
    for line in document.lines:
        found = _ENDLESS.findall(line.text)
        dropped += [Dropped(line.number, one, _endless(len(one))) for one in found]
        kept.append(Line(line.number, _ENDLESS.sub(" ", line.text)) if found else line)
    return replace(document, lines=tuple(kept), dropped=tuple(dropped))
