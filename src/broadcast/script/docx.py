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
from broadcast.script.word_styles import Style, W, is_on, lists_of, number_of, styles_of, value_of

_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_LOOSE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MOST_XML_BYTES = 48_000_000
_MOST_TAGS = 1_200_000
_MOST_PARTS = 4_000
_MARGINS = {
    "header": "the head of the page",
    "footer": "the foot of the page",
    "footnotes": "a footnote",
    "endnotes": "an endnote",
    "comments": "a comment in the margin",
}
_UNSPOKEN = {f"{W}{tag}" for tag in ("instrText", "fldData", "rt", "pPr", "rPr", "tblPr")}
_DELETED = {f"{W}del": "deleted in Word", f"{W}moveFrom": "moved elsewhere in Word"}


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
        self.styles = styles_of(root) if (root := self._part("styles")) is not None else {}
        self.lists = lists_of(root) if (root := self._part("numbering")) is not None else {}
        body = self._xml(main).find(f"{W}body")
        if body is not None:
            self._blocks(body)
        for name in self.names:
            self._margin(name)
        return Document(self.file, tuple(self.lines), dropped=tuple(self.dropped))

    def _part(self, name: str) -> Any:
        path = f"word/{name}.xml"
        return self._xml(path) if path in self.names else None

    def _xml(self, name: str) -> Any:
        with self.package.open(name) as part:
            content = part.read(_MOST_XML_BYTES + 1)
        if len(content) > _MOST_XML_BYTES or content.count(b"<") > _MOST_TAGS:
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
            if child.tag == f"{W}p":
                self._paragraph(child, prefix)
                prefix = ""
            elif child.tag == f"{W}tbl":
                for row in child.iter(f"{W}tr"):
                    if row.getparent() is child:
                        self._row(row)
            elif child.tag in _DELETED:
                self._drop("".join(child.itertext()), _DELETED[child.tag])
            elif child.tag not in _UNSPOKEN:
                self._blocks(child)

    def _row(self, row: Any) -> None:
        cells = list(row.iterchildren(f"{W}tc"))
        if len(cells) == 2 and len(list(cells[0].iterchildren(f"{W}p"))) == 1:
            label = self._text(next(cells[0].iterchildren(f"{W}p")))
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
        elif tag == f"{W}txbxContent":
            text.boxes.append(node)
        elif tag == f"{W}t":
            text.lines[-1].append((node.text or "", bold))
        elif tag in {f"{W}tab", f"{W}ptab"}:
            text.lines[-1].append(("\t", bold))
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
            if is_on(properties.find(f"{W}vanish")):
                words = "".join(run.itertext()).strip()
                if words:
                    text.dropped.append((words, "hidden text in Word"))
                return
            style = properties.find(f"{W}rStyle")
            bold = bold or (style is not None and self._named(style).bold)
            own = properties.find(f"{W}b")
            bold = bold if own is None else is_on(own)
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
        for paragraph in self._xml(name).iter(f"{W}p"):
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


def _is_main(name: str) -> bool:
    return name.startswith("word/document") and name.endswith(".xml")


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
