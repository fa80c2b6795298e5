"""What stands beside the words of a Word file, told by its place: captions and pull quotes."""

from __future__ import annotations

from itertools import islice
from typing import Any

from broadcast.script import reasons
from broadcast.script.word_styles import W, value_of
from broadcast.text import folded

CAPTION = reasons.CAPTION
PULL_QUOTE = reasons.PULL_QUOTE
_PICTURES = {f"{W}drawing", f"{W}pict", f"{W}object"}
_BOX = f"{W}txbxContent"
_MOST_CAPTION_WORDS = 45
_MOST_QUOTE_WORDS = 120
_SHORTEST_QUOTE_WORDS = 6
_MOST_BOXES = 50
_MOST_PARTS = 500


def has_picture(node: Any) -> bool:
    """Whether a picture, not a box with words, stands in a paragraph or a table."""
    parts = list(islice(node.iter(), _MOST_PARTS))
    return any(one.tag in _PICTURES for one in parts) and not any(one.tag == _BOX for one in parts)


def is_picture_table(table: Any) -> bool:
    """Whether a table holds a picture and the few words that belong to it."""
    nodes = list(islice(table.iter(), _MOST_PARTS + 1))
    words = " ".join(node.text or "" for node in nodes if node.tag == f"{W}t")
    return len(nodes) <= _MOST_PARTS and may_be_caption(words) and has_picture(table)


def is_centred(paragraph: Any) -> bool:
    """Whether a paragraph is set in the middle of the page."""
    return value_of(paragraph.find(f"{W}pPr/{W}jc")) == "center"


def may_be_caption(words: str) -> bool:
    """Whether words are few enough for a caption, and ask nothing."""
    return "?" not in words and 0 < len(words.split()) <= _MOST_CAPTION_WORDS


class PullQuotes:
    """The boxes of a document that repeat what stands in its text."""

    def __init__(self, body: Any) -> None:
        self._body = body
        self._said: str | None = None
        self._left = _MOST_BOXES

    def has(self, box: Any) -> bool:
        """Whether a box says again what the text says."""
        words = _words_of(box)
        self._left -= 1
        if self._left < 0 or not _SHORTEST_QUOTE_WORDS <= len(words.split()) <= _MOST_QUOTE_WORDS:
            return False
        if self._said is None:
            self._said = " ".join(
                _words_of(paragraph)
                for paragraph in self._body.iter(f"{W}p")
                if next(paragraph.iterancestors(_BOX), None) is None
            )
        return words in self._said


def _words_of(node: Any) -> str:
    """The folded words of a paragraph or a box, without those of the boxes in it."""
    inside = (
        text.text or ""
        for text in node.iter(f"{W}t")
        if (box := next(text.iterancestors(_BOX), None)) is None or box is node
    )
    return folded("".join(inside))
