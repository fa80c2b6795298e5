"""The markup of a web page, turned into runs of text that know where on the page they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from broadcast.errors import BroadcastError
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
REASONS = {
    "nav": "the menu of the page",
    "menu": "the menu of the page",
    "aside": "a side column of the page",
    "footer": "the foot of the page",
    "form": "a form of the page",
    "button": "a button of the page",
    "dialog": "a window over the page",
    "figcaption": "the caption of a picture",
    "title": "the title of the browser window",
}
_NAMES = {
    "the menu of the page": r"nav|navbar|navigation|menu|topbar|breadcrumbs?|pagination|paging",
    "a side column of the page": r"sidebar|side-bar|widget|aside|rightcol|leftcol",
    "the foot of the page": r"footer|copyright",
    "comments on the page": r"comments?|binh-?luan|disqus|fb-comments",
    "links to other pages": r"related|relate|relates|tin-?lien-?quan|lien-?quan|tin-?khac|"
    r"other-?news|most-?read|read-?more|doc-?nhieu|recommend(?:ed|ation)?",
    "buttons of the page": r"share|sharing|social|toolbar|print|rating|login|dang-?nhap|search",
    "advertising": r"ads|advert|advertisement|quang-?cao|banner|popup|modal|cookies?|newsletter",
    "keywords of the page": r"tags|taglist|tag-?list|keywords?|tu-?khoa",
    "a visitor counter": r"counter|thong-?ke|visitors?|truy-?cap",
    "the caption of a picture": r"caption|photo-?caption|image-?caption|wp-caption-text",
}
_BY_NAME = {
    why: re.compile(rf"(?:^|[\s_-])(?:{names})(?=$|[\s_-])", re.IGNORECASE)
    for why, names in _NAMES.items()
}
_MOST_ELEMENTS = 200_000
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)


@dataclass(slots=True)
class _Element:
    """An element that is open: what it says of the text in it."""

    why: str | None
    by_name: bool
    bold: bool
    unseen: bool
    article: int


@dataclass(slots=True)
class Block:
    """A run of text on a page: why it would be set apart, and in which article it stands."""

    number: int
    text: str
    bold: tuple[tuple[int, int], ...]
    prefix: str
    why: str | None
    by_name: bool
    article: int
    after_gap: bool


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
        self._articles = 0
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
        self._open.pop()

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
                    top.by_name if top is not None else False,
                    top.article if top is not None else 0,
                    self._gap,
                )
            )
            self._prefix = ""
            self._gap = False
        self._pieces = []
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
        above = self._open[-1] if self._open else _Element(None, False, False, False, 0)
        style = attributes.get("style") or ""
        article = above.article
        if tag in {"article", "main"} and not article:
            self._articles += 1
            article = self._articles
        why, by_name = above.why, above.by_name
        if why is None:
            why, by_name = _reason(tag, attributes, style)
        self._open.append(
            _Element(
                why,
                by_name,
                above.bold or tag in {"b", "strong"} or _BOLD_STYLE.search(style) is not None,
                (above.unseen or tag in _UNSEEN) and tag != "title",
                article,
            )
        )


def _reason(tag: str, attributes: dict[str, str], style: str) -> tuple[str | None, bool]:
    """Why an element is no part of the article, and whether only its name says so."""
    if tag in REASONS:
        return REASONS[tag], False
    if "hidden" in attributes or attributes.get("aria-hidden") == "true" or _HIDDEN.search(style):
        return "hidden on the page", False
    if attributes.get("role") in {"navigation", "banner", "contentinfo", "search", "complementary"}:
        return REASONS["nav"], False
    if tag in {"html", "body", "main", "article", "p", "b", "strong", "h1"}:
        return None, False
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"[:300]
    if names.strip():
        for why, pattern in _BY_NAME.items():
            if pattern.search(names):
                return why, True
    return None, False


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
