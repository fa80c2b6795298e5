"""A line, told to belong to a box beside an interview: its head, a portrait, a footnote."""

from __future__ import annotations

import re

from broadcast.script.addressing import words_of
from broadcast.script.asking import speaks_of_self
from broadcast.script.picture_captions import begins_with_person
from broadcast.script.vocabulary import PARTS, words_for

_MOST_WORDS_OF_HEAD = 14
_FOOTNOTE = re.compile(
    r"[(\[]?\s*(?:\d{1,2}\s*[)\]]\s*[:.]?|\d{1,2}\s*:|\*{1,3}(?=\s*[A-ZĐÀ-Ỵ(\[])|[¹²³⁴⁵†‡])\s*\S"
)


def opens_box(text: str) -> bool:
    """Whether ``text`` heads a box: "Vài nét về …", "THÔNG TIN THÊM", "About the author"."""
    words = words_of(text)
    if not 0 < len(words) <= _MOST_WORDS_OF_HEAD or text.rstrip()[-1:] in {".", "!"}:
        return False
    if length := words.length_at(0, "boxes"):
        if len(words) == length:
            return True
        after = words.text[words.spans[length - 1][1] :].lstrip()
        if words[:length].keys in PARTS or text.rstrip().endswith("?"):
            # "Nhân vật: …" is a label.
            return False
        if text.isupper() or after.startswith((":", "：")):
            return True
        named = length + words.length_at(length, "honorifics")
        if named < len(words) and words.first_letter(named).isupper():
            return True
        return words.keys[length - 1] in {"về", "của"}
    if text.rstrip().endswith("?"):
        return False
    ends = {words.keys[at:] for at in range(max(0, len(words) - 4), len(words))}
    return bool(ends & words_for("boxes_at_end"))


def is_portrait(text: str) -> bool:
    """Whether ``text`` tells somebody's life: "Chị Ngân sinh năm 1990 tại …", "… was born in"."""
    words = words_of(text)
    told = len(words.places("portraits"))
    if told == 0 or "?" in text or speaks_of_self(text):
        return False
    return told >= 2 or begins_with_person(words)


def is_footnote(text: str) -> bool:
    """Whether ``text`` is a note below or its head: "(1) …", "1): …", "* Chú thích", "Ghi chú:"."""
    return is_notes_head(text) or _FOOTNOTE.match(text.strip()) is not None


def is_notes_head(text: str) -> bool:
    """Whether ``text`` heads the notes: "Ghi chú:", "* Chú thích"."""
    words = words_of(text)
    return words.is_one_of(words_for("notes_below"))
