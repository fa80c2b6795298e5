"""A Word file, turned into lines: what is deleted, hidden or in the margins is set apart."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from broadcast.messages import Message
from broadcast.model import Document, Dropped, Line, Problem
from broadcast.script import reasons
from broadcast.script.equations import IN_WORDS
from broadcast.script.legacy_fonts import Typed, told_of
from broadcast.script.table_cells import heads_row
from broadcast.script.text_file import audible, clean
from broadcast.script.word_asides import (
    CAPTION,
    PULL_QUOTE,
    PullQuotes,
    has_picture,
    is_centred,
    is_picture_table,
    may_be_caption,
)
from broadcast.script.word_chunks import SAVE_AGAIN, document_of_chunk
from broadcast.script.word_elements import DELETED, inside, spoken_texts
from broadcast.script.word_package import WordPackage, opened
from broadcast.script.word_styles import (
    W,
    WordStyle,
    lists_of,
    number_of,
    styles_of,
    without_style,
)
from broadcast.script.word_text import UNSPOKEN, ParagraphReader, Text

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_MOST_CHUNKS = 8
"""How many Word files may be embedded in one; none of these may hold another."""
_MARGINS = {
    "header": reasons.PAGE_HEAD,
    "footer": reasons.PAGE_FOOT,
    "footnotes": reasons.FOOTNOTE,
    "endnotes": reasons.ENDNOTE,
    "comments": reasons.MARGIN_COMMENT,
    "diagrams/data": reasons.DIAGRAM,
}


def read_docx(content: bytes, file: Path) -> Document:
    """Read a .docx: each paragraph is a line, numbered in order.

    Raises BroadcastError for a damaged or password-protected file, one that is no Word document,
    and one that expands beyond all measure.
    """
    with opened(content, file) as package:
        return _WordReader(package, file).document()


@dataclass(frozen=True, slots=True)
class _Held:
    """A paragraph whose words are read and whose end may not have come."""

    lines: list[list[Typed]]
    style: WordStyle
    prefix: str
    node: Any


class _WordReader:
    """One reading of a package."""

    def __init__(self, package: WordPackage, file: Path, *, chunks: int = _MOST_CHUNKS) -> None:
        self.package, self.file = package, file
        self._chunks_left = chunks
        self.number = 0
        self.lines: list[Line] = []
        self.dropped: list[Dropped] = []
        self.problems: list[Problem] = []
        self._held: _Held | None = None
        self._below_picture = False
        self.counters: dict[tuple[str, int], int] = defaultdict(int)
        styles, numbering = package.part("styles"), package.part("numbering")
        named = {} if styles is None else styles_of(styles)
        otherwise = WordStyle() if styles is None else without_style(styles, named)
        self._reader = ParagraphReader(named, otherwise)
        self.lists = {} if numbering is None else lists_of(numbering)

    def document(self) -> Document:
        body = self.package.document().find(f"{W}body")
        self._quotes = PullQuotes(body)
        if body is not None:
            self._reader.believe_fonts(body)
            self._blocks(body)
            self._end_held()
            told = told_of(self._reader.encodings)
            self.problems += [Problem(None, "note", one) for one in told]
        for name in self.package.names:
            self._margin(name)
        return Document(
            self.file,
            tuple(self.lines),
            problems=tuple(self.problems),
            dropped=tuple(self.dropped),
        )

    def _blocks(self, parent: Any, prefix: str = "") -> None:
        """Read paragraphs and tables; ``prefix`` is the first cell of their row."""
        for child in parent:
            if child.tag == f"{W}p":
                self._paragraph(child, prefix)
                prefix = ""
            elif child.tag == f"{W}tbl":
                self._end_held()
                if is_picture_table(child):
                    self.number += 1
                    self._drop(" ".join(spoken_texts(child)), CAPTION)
                    continue
                for row in inside(child, f"{W}tr"):
                    self._row(row, prefix)
                    prefix = ""
            elif child.tag in DELETED:
                self._drop("".join(child.itertext()), DELETED[child.tag])
            elif child.tag == f"{W}altChunk":
                self._end_held()
                self._chunk(child)
            elif child.tag not in UNSPOKEN:
                self._blocks(child, prefix)
                if child.find(f".//{W}p") is not None:
                    prefix = ""

    def _chunk(self, node: Any) -> None:
        """Read text of another format that is embedded here; its lines are counted on."""
        found = self.package.embedded(node)
        if found is None:
            self.number += 1
            problem = Message(
                "script.word-chunk-missing", "words that belong here are missing in the file"
            )
            self.problems.append(Problem(self.number, "error", problem, SAVE_AGAIN))
            return
        self._chunks_left -= 1
        name, content = found
        if content.startswith(b"PK") and self._chunks_left >= 0:
            with opened(content, self.file) as package:
                inner = _WordReader(package, self.file, chunks=0).document()
        else:
            inner = document_of_chunk(name, content, self.file)
        numbers = [one.number for one in inner.lines] + [one.line for one in inner.dropped]
        number_of = {n: self.number + at for at, n in enumerate(sorted({0, *numbers}))}
        self.lines += [replace(one, number=number_of[one.number]) for one in inner.lines]
        self.dropped += [replace(one, line=number_of[one.line]) for one in inner.dropped]
        self.problems += [replace(one, line=number_of.get(one.line or 0)) for one in inner.problems]
        self.number += len(number_of) - 1

    def _row(self, row: Any, prefix: str) -> None:
        """Read a row: cells that name the speaker or count stand before what the next one says."""
        heads = [prefix] if prefix else []
        for cell in inside(row, f"{W}tc"):
            texts = [self._reader.text_of(one) for one in cell.iter(f"{W}p")]
            words = clean(" ".join(" ".join(one.words for one in texts).split()))
            alone = sum(bool(one.words) for one in texts) == 1 and cell.find(f"{W}tbl") is None
            embeds = cell.find(f".//{W}altChunk") is not None
            if embeds or (words and not (alone and heads_row(words))):
                self._blocks(cell, prefix="".join(heads))
                self._end_held()
                heads = []
                continue
            for text in texts:
                self._tell(text, self.number + 1)
            if words:
                heads.append(words + "\t")
        if heads:
            self.number += 1
            self.lines += [Line(self.number, ""), Line(self.number, "".join(heads).strip())]

    def _paragraph(self, paragraph: Any, prefix: str = "") -> None:
        self.number += 1
        text = self._reader.text_of(paragraph)
        self._tell(text, self.number)
        style = self._reader.style_of(paragraph)
        words = text.words
        why = style.why or (CAPTION if self._is_caption(paragraph, words) else None)
        if why is not None:
            self._drop(words, why)
            text.lines = [[]]
        if self._held is not None:
            before, self._held = self._held, None
            prefix = before.prefix or prefix
            style = (
                before.style if any(one.text for line in before.lines for one in line) else style
            )
            before.lines[-1].extend(text.lines[0])
            before.lines.extend(text.lines[1:])
            text.lines = before.lines
        held = _Held(text.lines, style, prefix, paragraph)
        if paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None:
            # The end of this paragraph is deleted: the next one goes on with it.
            self._held = held
        else:
            self._finish(held)
        for box in text.boxes:
            if self._quotes.has(box):
                self._drop(" ".join(spoken_texts(box)), PULL_QUOTE)
            else:
                self._blocks(box)

    def _is_caption(self, paragraph: Any, words: str) -> bool:
        """Whether a centred line stands beside a picture or right below one."""
        pictured = has_picture(paragraph)
        below, self._below_picture = self._below_picture, pictured and not words
        beside = (pictured or below) and is_centred(paragraph)
        return beside and may_be_caption(words)

    def _end_held(self) -> None:
        if self._held is not None:
            held, self._held = self._held, None
            self._finish(held)

    def _finish(self, held: _Held) -> None:
        style, prefix = held.style, held.prefix
        mark = self._mark(held.node, style) or ("#" * style.heading + " " if style.heading else "")
        if not any(piece.text.strip() for line in held.lines for piece in line):
            self.lines.append(Line(self.number, prefix.strip()))
            return
        self.lines.append(Line(self.number, ""))
        for runs in held.lines:
            line = _line(self.number, prefix + mark, runs, style.bold or style.heading > 0)
            self.lines.append(line)
            prefix = mark = ""

    def _tell(self, text: Text, number: int) -> None:
        """Say what of a paragraph is not spoken, and what of it is doubtful."""
        for words, why in text.dropped:
            self._drop(words, why, number)
        self.problems += [Problem(number, "warning", doubt, IN_WORDS) for doubt in text.doubts]

    def _drop(self, words: str, why: Message, number: int | None = None) -> None:
        words = clean(" ".join(words.split()))
        if words:
            self.dropped.append(Dropped(self.number if number is None else number, words, why))

    def _margin(self, name: str) -> None:
        """List what stands in headers, footers, notes and comments: it is not spoken."""
        base = name.removeprefix("word/").removesuffix(".xml").rstrip("0123456789")
        if not name.startswith("word/") or base not in _MARGINS:
            return
        self.number = 0
        part = self.package.xml(name)
        for paragraph in part.iter(f"{W}p"):
            text = self._reader.text_of(paragraph)
            self._drop(
                " ".join([text.words, *(words for words, _ in text.dropped)]), _MARGINS[base]
            )

    def _mark(self, paragraph: Any, style: WordStyle) -> str:
        """The bullet or number Word shows before a paragraph of a list."""
        number = number_of(paragraph.find(f"{W}pPr/{W}numPr")) or style.number
        if number is None or number[0] == "0":
            return ""
        if self.lists.get(number) != "decimal":
            return "- "
        self.counters[number] += 1
        return f"{self.counters[number]}. "


def _line(number: int, prefix: str, runs: list[Typed], all_bold: bool) -> Line:
    """Join runs into a line with its bold spans."""
    parts, length = [prefix], len(prefix)
    bold: list[tuple[int, int]] = []
    for run in runs:
        plain = audible(run.text)
        if parts[-1].endswith(" "):
            plain = plain.lstrip(" ")
        if (run.bold or all_bold) and plain.strip():
            start = bold.pop()[0] if bold and bold[-1][1] == length else length
            bold.append((start, length + len(plain)))
        parts.append(plain)
        length += len(plain)
    text = "".join(parts).rstrip()
    return Line(number, text, tuple((start, min(end, len(text))) for start, end in bold))
