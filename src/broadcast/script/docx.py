"""A Word file, turned into lines: what is deleted, hidden or in the margins is set apart."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from broadcast.errors import BroadcastError
from broadcast.model import Document, Dropped, Line
from broadcast.script.text_file import audible, clean

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_LOOSE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MOST_XML_BYTES = 48_000_000
_MOST_PARTS = 4_000
_MARGINS = {
    "header": "the head of the page",
    "footer": "the foot of the page",
    "footnotes": "a footnote",
    "endnotes": "an endnote",
    "comments": "a comment in the margin",
}
_UNSPOKEN = {f"{_W}{tag}" for tag in ("instrText", "fldData", "rt", "pPr", "rPr", "tblPr")}
_DELETED = {f"{_W}del": "deleted in Word", f"{_W}moveFrom": "moved elsewhere in Word"}


def is_office_file(content: bytes) -> bool:
    """Whether ``content`` is a zip or an old Office container, whatever its file is called."""
    return content.startswith((_ZIP, _OLE))


def read_docx(content: bytes, file: Path) -> Document:
    """Read a .docx: each paragraph is a line, numbered in order.

    Raises BroadcastError for a damaged or password-protected file, one that is no Word document,
    and one that expands beyond all measure.
    """
    if content.startswith(_OLE):
        raise BroadcastError(
            "this Word file is protected by a password, or is an old .doc",
            file=file,
            hint="Open it in Word, take the password off and save it as .docx.",
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return _Reading(package, file).document()
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as wrong:
        raise _damaged(file) from wrong
    except RuntimeError as wrong:
        raise BroadcastError("this file is protected by a password", file=file) from wrong


def _damaged(file: Path) -> BroadcastError:
    return BroadcastError(
        "this Word file is damaged", file=file, hint="Open it in Word and save it again as .docx."
    )


@dataclass(slots=True)
class _Style:
    """What a paragraph style says: heading level, boldness, list."""

    heading: int = 0
    bold: bool = False
    number: tuple[str, int] | None = None
    based_on: str = ""


@dataclass(slots=True)
class _Text:
    """A paragraph's text in the making: lines of runs, each with whether it is bold."""

    lines: list[list[tuple[str, bool]]] = field(default_factory=lambda: [[]])
    dropped: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)


class _Reading:
    """One reading of a package."""

    def __init__(self, package: zipfile.ZipFile, file: Path) -> None:
        self.package, self.file = package, file
        self.names = package.namelist()
        self.number = 0
        self.lines: list[Line] = []
        self.dropped: list[Dropped] = []
        self.counters: dict[tuple[str, int], int] = defaultdict(int)

    def document(self) -> Document:
        if len(self.names) > _MOST_PARTS:
            raise _damaged(self.file)
        main = next((name for name in ("word/document.xml", *self.names) if _is_main(name)), None)
        if main is None or main not in self.names:
            raise BroadcastError(
                "this is not a Word document",
                file=self.file,
                hint="Give the script as .docx, .html, .md or .txt (UTF-8).",
            )
        self.styles = self._styles()
        self.formats = self._list_formats()
        body = self._xml(main).find(f"{_W}body")
        if body is not None:
            self._blocks(body)
        for name in self.names:
            self._margin(name)
        return Document(self.file, tuple(self.lines), dropped=tuple(self.dropped))

    def _xml(self, name: str) -> Any:
        with self.package.open(name) as part:
            content = part.read(_MOST_XML_BYTES + 1)
        if len(content) > _MOST_XML_BYTES:
            raise BroadcastError("this Word file expands beyond all measure", file=self.file)
        content = content.replace(_STRICT.encode(), _LOOSE.encode())
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(content, parser)
        except etree.XMLSyntaxError as wrong:
            raise _damaged(self.file) from wrong
        if root.getroottree().docinfo.doctype:
            raise BroadcastError(
                "this Word file holds what no Word file holds (a DTD)", file=self.file
            )
        return root

    def _blocks(self, parent: Any, prefix: str = "") -> None:
        """Read paragraphs and tables; ``prefix`` is the first cell of their row."""
        for child in parent:
            if child.tag == f"{_W}p":
                self._paragraph(child, prefix)
                prefix = ""
            elif child.tag == f"{_W}tbl":
                for row in child.iter(f"{_W}tr"):
                    if row.getparent() is child:
                        self._row(row)
            elif child.tag in _DELETED:
                self._drop("".join(child.itertext()), _DELETED[child.tag])
            elif child.tag not in _UNSPOKEN:
                self._blocks(child)

    def _row(self, row: Any) -> None:
        cells = list(row.iterchildren(f"{_W}tc"))
        if len(cells) == 2 and len(list(cells[0].iterchildren(f"{_W}p"))) == 1:
            label = self._text(next(cells[0].iterchildren(f"{_W}p")))
            words = "".join(text for line in label.lines for text, _ in line).strip()
            if words and len(words) <= 160:
                self._blocks(cells[1], prefix=words + "\t")
                return
        for cell in cells:
            self._blocks(cell)

    def _paragraph(self, paragraph: Any, prefix: str = "") -> None:
        self.number += 1
        text = self._text(paragraph)
        for words, why in text.dropped:
            self._drop(words, why)
        style = self._style_of(paragraph)
        mark = self._mark(paragraph, style) or ("#" * style.heading + " " if style.heading else "")
        if not any(piece.strip() for line in text.lines for piece, _ in line):
            self.lines.append(Line(self.number, prefix.strip()))
        else:
            self.lines.append(Line(self.number, ""))
            for runs in text.lines:
                line = _line(self.number, prefix + mark, runs, style.bold or style.heading > 0)
                self.lines.append(line)
                prefix = mark = ""
        for box in text.boxes:
            self._blocks(box)

    def _text(self, paragraph: Any) -> _Text:
        text = _Text()
        bold = self._style_of(paragraph).bold
        for child in paragraph:
            self._runs(child, text, bold)
        return text

    def _runs(self, node: Any, text: _Text, bold: bool) -> None:
        tag = node.tag
        if tag in _DELETED:
            words = "".join(node.itertext()).strip()
            if words:
                text.dropped.append((words, _DELETED[tag]))
        elif tag == f"{_W}txbxContent":
            text.boxes.append(node)
        elif tag == f"{_W}t":
            text.lines[-1].append((node.text or "", bold))
        elif tag in {f"{_W}tab", f"{_W}ptab"}:
            text.lines[-1].append(("\t", bold))
        elif tag in {f"{_W}br", f"{_W}cr"}:
            text.lines.append([])
        elif tag == f"{_W}noBreakHyphen":
            text.lines[-1].append(("-", bold))
        elif tag in _UNSPOKEN or tag == _FALLBACK:
            return
        elif tag == f"{_W}r":
            self._run(node, text, bold)
        else:
            for child in node:
                self._runs(child, text, bold)

    def _run(self, run: Any, text: _Text, bold: bool) -> None:
        properties = run.find(f"{_W}rPr")
        if properties is not None:
            if _is_on(properties.find(f"{_W}vanish")):
                words = "".join(run.itertext()).strip()
                if words:
                    text.dropped.append((words, "hidden text in Word"))
                return
            style = properties.find(f"{_W}rStyle")
            bold = bold or (style is not None and self._named(style).bold)
            own = properties.find(f"{_W}b")
            bold = bold if own is None else _is_on(own)
        for child in run:
            self._runs(child, text, bold)

    def _drop(self, words: str, why: str) -> None:
        words = clean(" ".join(words.split()))
        if words:
            self.dropped.append(Dropped(self.number, words, why))

    def _margin(self, name: str) -> None:
        """List what stands in headers, footers, notes and comments: it is not spoken."""
        base = name.removeprefix("word/").removesuffix(".xml").rstrip("0123456789")
        if not name.startswith("word/") or base not in _MARGINS:
            return
        self.number = 0
        for paragraph in self._xml(name).iter(f"{_W}p"):
            words = "".join(node.text or "" for node in paragraph.iter(f"{_W}t"))
            self._drop(words, _MARGINS[base])

    def _styles(self) -> dict[str, _Style]:
        styles: dict[str, _Style] = {}
        if "word/styles.xml" not in self.names:
            return styles
        for node in self._xml("word/styles.xml").iter(f"{_W}style"):
            name = _value(node.find(f"{_W}name")).casefold()
            style = _Style(based_on=_value(node.find(f"{_W}basedOn")))
            if name == "title":
                style.heading = 1
            elif name.startswith("heading ") and name[8:].isdigit():
                style.heading = min(6, int(name[8:]))
            style.bold = _is_on(node.find(f"{_W}rPr/{_W}b"))
            style.number = _number(node.find(f"{_W}pPr/{_W}numPr"))
            styles[node.get(f"{_W}styleId") or ""] = style
        for style in styles.values():
            seen: set[str] = set()
            above = style.based_on
            while above in styles and above not in seen:
                seen.add(above)
                style.heading = style.heading or styles[above].heading
                style.bold = style.bold or styles[above].bold
                style.number = style.number or styles[above].number
                above = styles[above].based_on
        return styles

    def _named(self, node: Any) -> _Style:
        return self.styles.get(_value(node), _Style())

    def _style_of(self, paragraph: Any) -> _Style:
        node = paragraph.find(f"{_W}pPr/{_W}pStyle")
        return _Style() if node is None else self._named(node)

    def _list_formats(self) -> dict[tuple[str, int], str]:
        """How each level of each list is marked: bullet, decimal, …"""
        formats: dict[tuple[str, int], str] = {}
        if "word/numbering.xml" not in self.names:
            return formats
        root = self._xml("word/numbering.xml")
        levels = {
            node.get(f"{_W}abstractNumId"): [
                (int(level.get(f"{_W}ilvl") or 0), _value(level.find(f"{_W}numFmt")))
                for level in node.iterchildren(f"{_W}lvl")
            ]
            for node in root.iterchildren(f"{_W}abstractNum")
        }
        for node in root.iterchildren(f"{_W}num"):
            for level, mark in levels.get(_value(node.find(f"{_W}abstractNumId")), []):
                formats[node.get(f"{_W}numId") or "", level] = mark
        return formats

    def _mark(self, paragraph: Any, style: _Style) -> str:
        """The bullet or number Word shows before a paragraph of a list."""
        number = _number(paragraph.find(f"{_W}pPr/{_W}numPr")) or style.number
        if number is None or number[0] == "0":
            return ""
        if self.formats.get(number) != "decimal":
            return "- "
        self.counters[number] += 1
        return f"{self.counters[number]}. "


def _is_main(name: str) -> bool:
    return name.startswith("word/document") and name.endswith(".xml")


def _value(node: Any) -> str:
    return "" if node is None else str(node.get(f"{_W}val") or "")


def _is_on(node: Any) -> bool:
    return node is not None and _value(node) not in {"0", "false", "none", "off"}


def _number(node: Any) -> tuple[str, int] | None:
    if node is None:
        return None
    level = _value(node.find(f"{_W}ilvl"))
    return _value(node.find(f"{_W}numId")), int(level) if level.isdigit() else 0


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
