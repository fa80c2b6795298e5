"""The lines of a document, turned into the entries the parser works on, cues taken out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from broadcast.messages import Message
from broadcast.model import Document, Line
from broadcast.script import reasons
from broadcast.script.chat import stamp_end
from broadcast.script.credits import is_byline
from broadcast.script.cues import TakenOut, cues_in
from broadcast.script.furniture import furniture_in
from broadcast.script.names import has_words

_CELL_END = re.compile(r"(?<=[^\W_]|[%)”\"’°²³]) *\t\s*(?=[\w(“\"‘+−-])")
_AROUND_END = re.compile("[\\s\"”'’»)\\]*_\U0001f000-\U0001ffff\u2600-\u27bf\ufe0f]+$")
"""What may stand behind the mark that ends a sentence: quotes, brackets, small pictures."""
_LONGEST_END = 40
_MOST_INDENT = 80
_HEADING = re.compile(r"(#{1,6})\s+(?=\S)")


def with_cells_apart(words: str) -> str:
    """Give the words of a table's row with its cells, which tabs part, as a list is read."""
    return _CELL_END.sub(", ", words.strip()).replace("\t", " ")


@dataclass(frozen=True)
class WrittenLine:
    """A line with words in it.

    ``heading`` is 1 for the title of the page, 2–6 for lesser headings, 0 otherwise; ``after_gap``
    says that an empty line stands before. ``verbatim`` lines begin with a backslash in the script:
    they are words and nothing else. ``last`` is the last line of the file that was joined to it.
    ``answered``: its answer stood behind it on the same line. ``indent`` counts the spaces before.
    ``verse``: it is a line of a poem; ``heard``: it is of captions, where all is said.
    """

    line: Line
    written: str
    heading: int = 0
    after_gap: bool = True
    found: tuple[TakenOut, ...] = ()
    verbatim: bool = False
    last: int = 0
    answered: bool = False
    indent: int = 0
    verse: bool = False
    heard: bool = False

    @cached_property
    def furniture(self) -> Message | None:
        """Why the line is furniture of a page, if it is."""
        return None if self.verbatim or not self.text else furniture_in(self.text)

    @cached_property
    def begins_section(self) -> bool:
        """Whether it heads a list of links, comments or counters on a web page."""
        return self.furniture is reasons.SECTION

    @cached_property
    def is_byline(self) -> bool:
        """Whether it says who made the piece."""
        return is_byline(self.text)

    @property
    def text(self) -> str:
        """The words with the label, without the marks of a heading."""
        return self.line.text

    @property
    def numbers(self) -> tuple[int, ...]:
        """The lines of the file that it is made of."""
        return tuple(range(self.line.number, max(self.line.number, self.last) + 1))

    @property
    def number(self) -> int:
        """The line of the file."""
        return self.line.number

    @property
    def asks(self) -> bool:
        """Whether there is a question in it."""
        return "?" in self.text

    @property
    def is_bold(self) -> bool:
        """Whether all its letters are bold."""
        plain = "".join(_outside(self.line.text, self.line.bold))
        return bool(self.line.bold) and not has_words(plain)

    @property
    def ends_sentence(self) -> bool:
        """Whether it ends as a finished sentence does."""
        return _AROUND_END.sub("", self.text[-_LONGEST_END:])[-1:] in {".", "?", "!", "…", ";", ":"}


def _outside(text: str, spans: Sequence[tuple[int, int]]) -> list[str]:
    pieces, at = [], 0
    for start, end in spans:
        pieces.append(text[at:start])
        at = end
    return [*pieces, text[at:]]


def entries_of(document: Document) -> list[WrittenLine]:
    """Give the lines that are not blank; a line of nothing but cues has an empty text."""
    entries: list[WrittenLine] = []
    gap, titled = True, False
    for line in document.lines:
        text = line.text.strip()
        if not text:
            gap = True
            continue
        if text.startswith("\\"):
            plain = Line(line.number, text[1:].lstrip())
            entries.append(WrittenLine(plain, text, after_gap=gap, verbatim=True))
            gap = False
            continue
        shift = len(line.text) - len(line.text.lstrip())
        heading = _HEADING.match(text)
        level = 0
        if heading is not None:
            level = len(heading[1]) if not titled else max(2, len(heading[1]))
            titled = titled or level == 1
            shift += heading.end()
            text = text[heading.end() :]
        # "[12/03/2023, 18:01:40] Jo: …" is how a chat says when it was sent, and no cue.
        sent = stamp_end(text)
        left, found = cues_in(text[sent:], line.number)
        left = text[:sent] + left if has_words(left) else left
        bold = _moved(line.bold, shift, len(left)) if not found else ()
        if found and line.bold and _covers(line.bold, shift, shift + len(text)):
            bold = ((0, len(left)),)
        entries.append(
            WrittenLine(
                Line(line.number, left, bold),
                line.text.strip(),
                level,
                gap,
                tuple(found),
                indent=_indent(line.text),
                heard=document.heard,
            )
        )
        gap = False
    return entries


def _indent(text: str) -> int:
    wide = text[:_MOST_INDENT].expandtabs(8)
    return len(wide) - len(wide.lstrip())


def _moved(spans: tuple[tuple[int, int], ...], by: int, length: int) -> tuple[tuple[int, int], ...]:
    moved = ((max(0, start - by), min(length, end - by)) for start, end in spans)
    return tuple((start, end) for start, end in moved if start < end)


def _covers(spans: tuple[tuple[int, int], ...], start: int, end: int) -> bool:
    return spans[0][0] <= start and spans[-1][1] >= end and len(spans) == 1
