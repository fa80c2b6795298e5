"""The markup of a web page, turned into runs of text that know where on the page they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from broadcast.errors import BroadcastError
from broadcast.script.page_names import is_dateline, named_reason, sure_reason
from broadcast.script.text_file import audible

_TAGS = re.compile(r"\w+")
_BLOCKS = frozenset(
    _TAGS.findall(
        "address article aside blockquote body caption center dd details dialog div dl dt fieldset"
        " figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p"
        " pre section summary table tbody tfoot thead title tr ul"
    )
)
_UNSEEN = frozenset(
    _TAGS.findall(
        "script style noscript template svg math iframe object canvas head textarea select"
    )
)
_MOST_ELEMENTS = 200_000
_MOST_NAMES = 30
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)


Names = tuple[tuple[int, str], ...]
"""The elements around a run of text whose names say that it is furniture: number and why."""


@dataclass(slots=True)
class _Element:
    """An element that is open: what it says of the text in it."""

    why: str | None
    names: Names
    bold: bool
    unseen: bool
    article: int
    link: bool
    dateline: bool


@dataclass(slots=True)
class Block:
    """A run of text on a page: why it would be set apart, and in which article it stands."""

    number: int
    text: str
    bold: tuple[tuple[int, int], ...]
    prefix: str
    why: str | None
    names: Names
    article: int
    after_gap: bool
    is_link: bool


def blocks_of_page(text: str, file: Path) -> list[Block]:
    """Give the runs of text of a page in order.

    Raises BroadcastError for what no browser saves: no markup, or nesting without end.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, no_network=True, remove_blank_text=False
    )
    root = etree.fromstring(text.encode("utf-8"), parser)
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        raise BroadcastError(
            "the elements of this page are nested too deeply to be a saved page",
            file=file,
            hint="Copy the interview from the page into a text file and give that.",
        )
    if root is None:
        return []
    if sum(1 for _ in root.iter()) > _MOST_ELEMENTS:
        raise BroadcastError("this page is too long for an interview", file=file)
    page = _Page()
    for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        page.take(event, node)
    page.flush()
    return page.blocks


class _Page:
    """Collects the blocks of a page on the way through its elements."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._open: list[_Element] = []
        self._rows = self._preformatted = 0
        self._pieces: list[tuple[str, bool]] = []
        self._line = 1
        self._number = 0
        self._gap = True
        self._prefix = ""
        self._lists: list[int | None] = []
        self._articles = self._named = 0
        self._is_link = True
        self._in_cell_break = False

    def take(self, event: str, node: Any) -> None:
        """Take the next step of the way: an element begins or ends, or a comment stands here."""
        if event == "start":
            self._line = max(self._line, node.sourceline or 0)
            self._begin(node.tag, dict(node.attrib))
            self._data(node.text)
            return
        if event == "end":
            self._end(node.tag)
        else:
            self._line += (node.text or "").count("\n")
        self._data(node.tail)

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "br":
            self.flush(gap=False)
        elif tag in {"td", "th"}:
            self._next_cell()
        elif tag in _BLOCKS:
            self._break(tag)
        self._push(tag, attributes)
        self._rows += tag == "tr"
        self._preformatted += tag == "pre"
        if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            self._prefix = "#" * int(tag[1]) + " "
        elif tag == "ul":
            self._lists.append(None)
        elif tag == "ol":
            self._lists.append(0)
        elif tag == "li":
            self._prefix = self._bullet()

    def _end(self, tag: str) -> None:
        if tag in {"ul", "ol"}:
            self._lists.pop()
        if tag in _BLOCKS:
            self._break(tag)
        self._rows -= tag == "tr"
        self._preformatted -= tag == "pre"
        if self._open.pop().dateline and self._pieces:
            self._pieces.append((" ", False))

    def _data(self, data: str | None) -> None:
        if not data:
            return
        if not self._open or not self._open[-1].unseen:
            lines = data.split("\n") if self._preformatted else [data]
            for at, part in enumerate(lines):
                if at:
                    self.flush(gap=False)
                self._add(part, self._line + at)
        self._line += data.count("\n")

    def flush(self, *, gap: bool = True) -> None:
        """End the current line; ``gap`` says that a paragraph ends with it."""
        text, bold = _joined(self._pieces)
        if text:
            top = self._open[-1] if self._open else None
            heading = self._prefix.startswith("#")
            why = top.why if top is not None else None
            self.blocks.append(
                Block(
                    self._number,
                    text,
                    ((0, len(text)),) if heading else bold,
                    self._prefix,
                    why,
                    top.names if top is not None else (),
                    top.article if top is not None else 0,
                    self._gap,
                    self._is_link,
                )
            )
            self._prefix = ""
            self._gap = False
        self._pieces = []
        self._is_link = True
        self._in_cell_break = False
        self._gap = self._gap or gap

    def _add(self, data: str, line: int) -> None:
        if not data.strip():
            if self._pieces and data:
                self._pieces.append((" ", self._pieces[-1][1]))
            return
        if self._in_cell_break:
            self.flush()
        if not self._pieces:
            before = len(data) - len(data.lstrip())
            self._number = line + data.count("\n", 0, before)
        self._pieces.append((data, bool(self._open) and self._open[-1].bold))
        self._is_link = self._is_link and bool(self._open) and self._open[-1].link

    def _break(self, tag: str) -> None:
        """A block ends or begins; inside a table's row the cell goes on until the next one."""
        if self._rows and tag not in {"tr", "table"} and self._pieces:
            self._in_cell_break = True
        else:
            self.flush()

    def _next_cell(self) -> None:
        self._in_cell_break = False
        if self._pieces:
            self._pieces.append(("\t", False))

    def _bullet(self) -> str:
        if not self._lists or self._lists[-1] is None:
            return "- "
        self._lists[-1] += 1
        return f"{self._lists[-1]}. "

    def _push(self, tag: str, attributes: dict[str, str]) -> None:
        above = self._open[-1] if self._open else _Element(None, (), False, False, 0, False, False)
        style = attributes.get("style") or ""
        article = above.article
        if tag in {"article", "main"} and not article:
            self._articles += 1
            article = self._articles
        names = above.names
        if (named := named_reason(tag, attributes)) is not None:
            self._named += 1
            names = (*names, (self._named, named))
        self._open.append(
            _Element(
                above.why or sure_reason(tag, attributes),
                names[-_MOST_NAMES:],
                above.bold or tag in {"b", "strong"} or _BOLD_STYLE.search(style) is not None,
                (above.unseen or tag in _UNSEEN) and tag != "title",
                article,
                above.link or (tag == "a" and "name" not in attributes),
                tag not in _BLOCKS and is_dateline(attributes),
            )
        )


def _joined(pieces: list[tuple[str, bool]]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Join runs into one line with single spaces (tabs part cells); give it with its bold spans."""
    parts: list[str] = []
    bold: list[tuple[int, int]] = []
    length = 0
    ended = True
    for data, is_bold in pieces:
        text = data if data == "\t" else re.sub(r"\s+", " ", audible(data))
        if ended:
            text = text.lstrip(" ")
        if not text:
            continue
        ended = text[-1] in " \t"
        parts.append(text)
        if is_bold and text.strip():
            start = bold.pop()[0] if bold and bold[-1][1] == length else length
            bold.append((start, length + len(text)))
        length += len(text)
    joined = "".join(parts).rstrip()
    if not joined.strip():
        return "", ()
    return joined, tuple((start, min(end, len(joined))) for start, end in bold)
