"""A Word file, turned into lines: what is deleted, hidden or in the margins is set apart."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from broadcast.messages import Message
from broadcast.model import Document, Dropped, Line
from broadcast.script import reasons
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
from broadcast.script.word_elements import DELETED, WRITTEN, has_text, inside, spoken_texts
from broadcast.script.word_package import WordPackage, opened
from broadcast.script.word_styles import (
    HIDDEN,
    Style,
    W,
    is_on,
    lists_of,
    number_of,
    styles_of,
    value_of,
)

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MARGINS = {
    "header": reasons.PAGE_HEAD,
    "footer": reasons.PAGE_FOOT,
    "footnotes": reasons.FOOTNOTE,
    "endnotes": reasons.ENDNOTE,
    "comments": reasons.MARGIN_COMMENT,
}
_UNSPOKEN = {f"{W}{tag}" for tag in ("instrText", "fldData", "rt", "pPr", "rPr", "tblPr")}


def read_docx(content: bytes, file: Path) -> Document:
    """Read a .docx: each paragraph is a line, numbered in order.

    Raises BroadcastError for a damaged or password-protected file, one that is no Word document,
    and one that expands beyond all measure.
    """
    with opened(content, file) as package:
        return _Reading(package, file).document()


@dataclass(slots=True)
class _Text:
    """A paragraph's text in the making: lines of runs, each with whether it is bold."""

    lines: list[list[tuple[str, bool]]] = field(default_factory=lambda: [[]])
    dropped: list[tuple[str, Message]] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Held:
    """A paragraph whose words are read and whose end may not have come."""

    lines: list[list[tuple[str, bool]]]
    style: Style
    prefix: str
    node: Any


class _Reading:
    """One reading of a package."""

    def __init__(self, package: WordPackage, file: Path) -> None:
        self.package, self.file = package, file
        self.number = 0
        self.lines: list[Line] = []
        self.dropped: list[Dropped] = []
        self._held: _Held | None = None
        self._below_picture = False
        self.counters: dict[tuple[str, int], int] = defaultdict(int)
        styles, numbering = package.part("styles"), package.part("numbering")
        self.styles = {} if styles is None else styles_of(styles)
        self.lists = {} if numbering is None else lists_of(numbering)

    def document(self) -> Document:
        body = self.package.document().find(f"{W}body")
        self._quotes = PullQuotes(body)
        if body is not None:
            self._blocks(body)
            self._end_held()
        for name in self.package.names:
            self._margin(name)
        return Document(self.file, tuple(self.lines), dropped=tuple(self.dropped))

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
            elif child.tag not in _UNSPOKEN:
                self._blocks(child, prefix)
                if child.find(f".//{W}p") is not None:
                    prefix = ""

    def _row(self, row: Any, prefix: str) -> None:
        """Read a row: cells that name the speaker or count stand before what the next one says."""
        heads = [prefix] if prefix else []
        for cell in inside(row, f"{W}tc"):
            paragraphs = [one for one in cell.iterchildren(f"{W}p") if has_text(one)]
            words = clean(" ".join("".join(spoken_texts(cell)).split()))
            if not words:
                self._drop_deleted(cell)
                continue
            if len(paragraphs) == 1 and cell.find(f"{W}tbl") is None and heads_row(words):
                self._drop_deleted(cell)
                heads.append(words + "\t")
                continue
            self._blocks(cell, prefix="".join(heads))
            self._end_held()
            heads = []
        if heads:
            self.number += 1
            self.lines += [Line(self.number, ""), Line(self.number, "".join(heads).strip())]

    def _paragraph(self, paragraph: Any, prefix: str = "") -> None:
        self.number += 1
        text = self._text(paragraph)
        for piece, reason in text.dropped:
            self._drop(piece, reason)
        style = self._style_of(paragraph)
        words = " ".join("".join(piece for piece, _ in line) for line in text.lines).strip()
        why = style.why or (CAPTION if self._is_caption(paragraph, words) else None)
        if why is not None:
            self._drop(words, why)
            text.lines = [[]]
        if self._held is not None:
            before, self._held = self._held, None
            prefix = before.prefix or prefix
            style = before.style if any(map(any, before.lines)) else style
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
                self._drop("".join(spoken_texts(box)), PULL_QUOTE)
            else:
                self._blocks(box)

    def _is_caption(self, paragraph: Any, words: str) -> bool:
        """Whether a centred line stands beside a picture or right below one."""
        pictured = has_picture(paragraph)
        below, self._below_picture = self._below_picture, pictured and not words
        beside = (pictured or below) and is_centred(paragraph)
        return beside and may_be_caption(words)

    def _drop_deleted(self, cell: Any) -> None:
        for node in cell.iter(*DELETED):
            self._drop("".join(node.itertext()), DELETED[node.tag])

    def _end_held(self) -> None:
        if self._held is not None:
            held, self._held = self._held, None
            self._finish(held)

    def _finish(self, held: _Held) -> None:
        style, prefix = held.style, held.prefix
        mark = self._mark(held.node, style) or ("#" * style.heading + " " if style.heading else "")
        if not any(piece.strip() for line in held.lines for piece, _ in line):
            self.lines.append(Line(self.number, prefix.strip()))
            return
        self.lines.append(Line(self.number, ""))
        for runs in held.lines:
            line = _line(self.number, prefix + mark, runs, style.bold or style.heading > 0)
            self.lines.append(line)
            prefix = mark = ""

    def _text(self, paragraph: Any) -> _Text:
        text = _Text()
        bold = self._style_of(paragraph).bold
        for child in paragraph:
            self._runs(child, text, bold)
        return text

    def _runs(self, node: Any, text: _Text, bold: bool) -> None:
        tag = node.tag
        if tag in DELETED:
            words = "".join(node.itertext()).strip()
            if words:
                text.dropped.append((words, DELETED[tag]))
        elif tag == f"{W}txbxContent":
            text.boxes.append(node)
        elif tag in WRITTEN:
            text.lines[-1].append((node.text or "", bold))
        elif tag in {f"{W}tab", f"{W}ptab"}:
            text.lines[-1].append(("\t", bold))
        elif tag == f"{W}br" and node.get(f"{W}type") in {"page", "column"}:
            if text.lines[-1] and not text.lines[-1][-1][0].endswith(" "):
                text.lines[-1].append((" ", bold))
        elif tag in {f"{W}br", f"{W}cr"}:
            text.lines.append([])
        elif tag == f"{W}noBreakHyphen":
            text.lines[-1].append(("-", bold))
        elif tag in _UNSPOKEN or tag == _FALLBACK:
            return
        elif tag == f"{W}r":
            self._run(node, text, bold)
        else:
            for child in node:
                self._runs(child, text, bold)

    def _run(self, run: Any, text: _Text, bold: bool) -> None:
        properties = run.find(f"{W}rPr")
        if properties is not None:
            node = properties.find(f"{W}rStyle")
            style = Style() if node is None else self._named(node)
            own = properties.find(f"{W}vanish")
            if is_on(own) if own is not None else style.why is HIDDEN:
                words = "".join(run.itertext()).strip()
                if words:
                    text.dropped.append((words, HIDDEN))
                return
            bold = bold or style.bold
            own = properties.find(f"{W}b")
            bold = bold if own is None else is_on(own)
        for child in run:
            self._runs(child, text, bold)

    def _drop(self, words: str, why: Message) -> None:
        words = clean(" ".join(words.split()))
        if words:
            self.dropped.append(Dropped(self.number, words, why))

    def _margin(self, name: str) -> None:
        """List what stands in headers, footers, notes and comments: it is not spoken."""
        base = name.removeprefix("word/").removesuffix(".xml").rstrip("0123456789")
        if not name.startswith("word/") or base not in _MARGINS:
            return
        self.number = 0
        for paragraph in self.package.xml(name).iter(f"{W}p"):
            words = "".join(node.text or "" for node in paragraph.iter(f"{W}t"))
            self._drop(words, _MARGINS[base])

    def _named(self, node: Any) -> Style:
        return self.styles.get(value_of(node), Style())

    def _style_of(self, paragraph: Any) -> Style:
        node = paragraph.find(f"{W}pPr/{W}pStyle")
        return Style() if node is None else self._named(node)

    def _mark(self, paragraph: Any, style: Style) -> str:
        """The bullet or number Word shows before a paragraph of a list."""
        number = number_of(paragraph.find(f"{W}pPr/{W}numPr")) or style.number
        if number is None or number[0] == "0":
            return ""
        if self.lists.get(number) != "decimal":
            return "- "
        self.counters[number] += 1
        return f"{self.counters[number]}. "


def _line(number: int, prefix: str, runs: list[tuple[str, bool]], all_bold: bool) -> Line:
    """Join runs into a line with its bold spans."""
    parts, length = [prefix], len(prefix)
    bold: list[tuple[int, int]] = []
    for piece, is_bold in runs:
        plain = audible(piece)
        if (is_bold or all_bold) and plain.strip():
            start = bold.pop()[0] if bold and bold[-1][1] == length else length
            bold.append((start, length + len(plain)))
        parts.append(plain)
        length += len(plain)
    text = "".join(parts).rstrip()
    return Line(number, text, tuple((start, min(end, len(text))) for start, end in bold))
