"""A saved web page, turned into the lines of its article; what surrounds it is set apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from broadcast.model import Document, Dropped, Line
from broadcast.script.text_file import audible, text_of_bytes
from broadcast.text import folded

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w:.-]{2,40})", re.IGNORECASE)
_TAGS = re.compile(r"\w+")
_VOID = frozenset(
    _TAGS.findall("area base br col embed hr img input link meta param source track wbr")
)
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
_REASONS = {
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
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
# An article this short is a card in a list, not the interview.
_SHORTEST_ARTICLE_WORDS = 60


@dataclass(slots=True)
class _Element:
    tag: str
    why: str | None
    by_name: bool
    bold: bool
    unseen: bool
    article: int


@dataclass(slots=True)
class _Block:
    """A run of text on a page: why it would be set apart, and in which article it stands."""

    number: int
    text: str
    bold: tuple[tuple[int, int], ...]
    prefix: str
    why: str | None
    by_name: bool
    article: int
    after_gap: bool


def read_html(content: bytes, file: Path) -> Document:
    """Read the article of a saved page; line numbers are those of the file's source.

    Raises BroadcastError for a binary file or an encoding that gives no words.
    """
    charset = _CHARSET.search(content[:4096])
    declared = charset[1].decode("ascii", "replace") if charset is not None else None
    page = _Page()
    page.feed(text_of_bytes(content, file, declared=declared))
    page.close()
    page.flush()
    blocks = _judged(page.blocks)
    title = next((block.text for block in page.blocks if block.why == _REASONS["title"]), "")
    _mark_title(blocks, title)
    lines: list[Line] = []
    dropped: list[Dropped] = []
    for block in blocks:
        if block.why is not None:
            dropped.append(Dropped(block.number, block.text, block.why))
            continue
        if block.after_gap:
            lines.append(Line(block.number, ""))
        shift = len(block.prefix)
        bold = tuple((start + shift, end + shift) for start, end in block.bold)
        lines.append(Line(block.number, block.prefix + block.text, bold))
    return Document(file, tuple(lines), dropped=tuple(dropped))


def _judged(blocks: list[_Block]) -> list[_Block]:
    """Set apart what stands outside the article; names of elements are trusted less than tags."""
    words: dict[int, int] = {}
    for block in blocks:
        if block.why is None:
            words[block.article] = words.get(block.article, 0) + len(block.text.split())
    by_name = sum(
        len(block.text.split()) for block in blocks if block.why is not None and block.by_name
    )
    if by_name > 3 * sum(words.values()):
        for block in blocks:
            if block.by_name:
                block.why = None
    main = [at for at, count in words.items() if at and count >= _SHORTEST_ARTICLE_WORDS]
    if len(main) == 1:
        for block in blocks:
            if block.why is None and block.article != main[0] and block.prefix != "# ":
                block.why = "outside the article of the page"
    return blocks


def _mark_title(blocks: list[_Block], title: str) -> None:
    """Leave one title among the headings: the one the browser window shows, else the first."""
    key = folded(title)
    kept = [block for block in blocks if block.why is None and folded(block.text)]
    shown = [
        block for block in kept if key.startswith(folded(block.text)) and len(block.text) >= 12
    ]
    firsts = [block for block in kept if block.prefix == "# "]
    chosen = next((block for block in shown if block in firsts), None) or next(
        iter(firsts or shown), None
    )
    for block in firsts:
        block.prefix = "## "
    if chosen is not None:
        chosen.prefix = "# "


class _Page(HTMLParser):
    """Collects the blocks of a page while it is read."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[_Block] = []
        self._open: list[_Element] = []
        self._count: dict[str, int] = {}
        self._pieces: list[tuple[str, bool]] = []
        self._number = 0
        self._gap = True
        self._prefix = ""
        self._lists: list[int | None] = []
        self._articles = 0
        self._in_cell_break = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"p", "li", "tr", "td", "th", "dt", "dd", "option"} and self._top(tag):
            self.handle_endtag(tag)
        if tag == "br":
            self.flush(gap=False)
        elif tag in {"td", "th"}:
            self._next_cell()
        elif tag in _BLOCKS:
            self._break(tag)
        if tag in _VOID:
            return
        self._push(tag, dict(attrs))
        if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            self._prefix = "#" * int(tag[1]) + " "
        elif tag == "ul":
            self._lists.append(None)
        elif tag == "ol":
            self._lists.append(0)
        elif tag == "li":
            self._prefix = self._bullet()

    def handle_endtag(self, tag: str) -> None:
        if not self._count.get(tag):
            if tag == "p":
                self._break(tag)
            return
        if tag in {"ul", "ol"} and self._lists:
            self._lists.pop()
        if tag in _BLOCKS:
            self._break(tag)
        while self._open:
            element = self._open.pop()
            self._count[element.tag] -= 1
            if element.tag == tag:
                break

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1].unseen:
            return
        if self._count.get("pre"):
            for at, part in enumerate(data.split("\n")):
                if at:
                    self.flush(gap=False)
                self._add(part, 0)
            return
        self._add(data, len(data) - len(data.lstrip()))

    def flush(self, *, gap: bool = True) -> None:
        """End the current line; ``gap`` says that a paragraph ends with it."""
        text, bold = _joined(self._pieces)
        if text:
            top = self._open[-1] if self._open else None
            heading = self._prefix.startswith("#")
            why = top.why if top is not None else None
            self.blocks.append(
                _Block(
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

    def _add(self, data: str, at: int) -> None:
        if not data.strip():
            if self._pieces and data:
                self._pieces.append((" ", self._pieces[-1][1]))
            return
        if self._in_cell_break:
            self.flush()
        if not self._pieces:
            self._number = self.getpos()[0] + data.count("\n", 0, at)
        self._pieces.append((data, bool(self._open) and self._open[-1].bold))

    def _break(self, tag: str) -> None:
        """A block ends or begins; inside a table's row the cell goes on until the next one."""
        if self._count.get("tr") and tag not in {"tr", "table"} and self._pieces:
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

    def _top(self, tag: str) -> bool:
        return bool(self._open) and self._open[-1].tag == tag

    def _push(self, tag: str, attrs: dict[str, str | None]) -> None:
        above = self._open[-1] if self._open else _Element("", None, False, False, False, 0)
        style = attrs.get("style") or ""
        article = above.article
        if tag in {"article", "main"} and not article:
            self._articles += 1
            article = self._articles
        why, by_name = above.why, above.by_name
        if why is None:
            why, by_name = _reason(tag, attrs, style)
        self._open.append(
            _Element(
                tag,
                why,
                by_name,
                above.bold or tag in {"b", "strong"} or _BOLD_STYLE.search(style) is not None,
                (above.unseen or tag in _UNSEEN) and tag != "title",
                article,
            )
        )
        self._count[tag] = self._count.get(tag, 0) + 1


def _reason(tag: str, attrs: dict[str, str | None], style: str) -> tuple[str | None, bool]:
    """Why an element is no part of the article, and whether only its name says so."""
    if tag in _REASONS:
        return _REASONS[tag], False
    if "hidden" in attrs or attrs.get("aria-hidden") == "true" or _HIDDEN.search(style):
        return "hidden on the page", False
    if attrs.get("role") in {"navigation", "banner", "contentinfo", "search", "complementary"}:
        return _REASONS["nav"], False
    if tag in {"html", "body", "main", "article", "p", "b", "strong", "h1"}:
        return None, False
    names = f"{attrs.get('class') or ''} {attrs.get('id') or ''}"[:300]
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
