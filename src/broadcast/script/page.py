"""The markup of a web page, turned into runs of text that know where on the page they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from broadcast.errors import BroadcastError
from broadcast.messages import Message
from broadcast.script import reasons
from broadcast.script.page_blocks import Block, Names, Page, joined_runs
from broadcast.script.page_marks import (
    bold_classes,
    caption_reason,
    stands_among_elements,
    titles_of,
)
from broadcast.script.page_names import is_dateline, is_speaker, named_reason, sure_reason
from broadcast.script.table_cells import heads_row

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
        " audio video map datalist"
    )
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_MARKED = _HEADINGS | {"li"}
_MOST_ELEMENTS = 200_000
_MOST_HEADS = 3
_MOST_NAMES = 30
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)


@dataclass(slots=True)
class _Element:
    """An element that is open: what it says of the text in it.

    ``holder`` is the block it is or stands in; ``aside`` marks one inside a line that is no part
    of the line's words.
    """

    why: Message | None = None
    names: Names = ()
    bold: bool = False
    unseen: bool = False
    holder: int = 0
    link: bool = False
    dateline: bool = False
    speaker: bool = False
    aside: bool = False


@dataclass(slots=True)
class _Run:
    """A line in the making; ``inside`` is the element in which its words begin."""

    pieces: list[tuple[str, bool]] = field(default_factory=list)
    inside: _Element = field(default_factory=_Element)
    number: int = 0
    prefix: str = ""
    gap: bool = True
    unlinked: list[str] = field(default_factory=list)
    in_cell_break: bool = False
    heads: int = 0


def read_page(text: str, file: Path) -> Page:
    """Give the runs of text of a page.

    Raises BroadcastError for what no browser saves: no markup, or nesting without end.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, no_network=True, remove_blank_text=False
    )
    root = etree.fromstring(text.encode("utf-8"), parser)
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        raise BroadcastError(
            Message(
                "script.page-too-deep",
                "the elements of this page are nested too deeply to be a saved page",
            ),
            file=file,
            hint=Message(
                "script.page-too-deep.hint",
                "Copy the interview from the page into a text file and give that.",
            ),
        )
    if root is None:
        return Page()
    if sum(1 for _ in root.iter()) > _MOST_ELEMENTS:
        raise BroadcastError(
            Message("script.page-too-long", "this page is too long for an interview"), file=file
        )
    walk = _Walk(bold_classes(root))
    for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        walk.take(event, node)
    walk.flush()
    walk.page.titles = titles_of(root)
    return walk.page


class _Walk:
    """Collects the blocks of a page on the way through its elements."""

    def __init__(self, bold_names: frozenset[str]) -> None:
        self.page = Page()
        self._bold_names = bold_names
        self._open: list[_Element] = [_Element()]
        self._rows = self._preformatted = 0
        self._run = _Run()
        self._around: list[_Run] = []
        self._line = 1
        self._lists: list[int | None] = []
        self._named = self._cell_from = 0

    def take(self, event: str, node: Any) -> None:
        """Take the next step of the way: an element begins or ends, or a comment stands here."""
        if event == "start":
            self._line = max(self._line, node.sourceline or 0)
            self._begin(node)
            self._data(node.text)
            return
        if event == "end":
            self._end(node.tag)
        else:
            self._line += (node.text or "").count("\n")
        self._data(node.tail)

    def _begin(self, node: Any) -> None:
        tag = node.tag
        if tag == "br":
            self.flush(gap=False)
        elif tag in {"td", "th"}:
            self._next_cell()
        elif tag in _BLOCKS:
            self._break(tag)
        self._push(node)
        self._rows += tag == "tr"
        self._preformatted += tag == "pre"
        if tag in _HEADINGS:
            self._run.prefix = "#" * int(tag[1]) + " "
        elif tag == "ul":
            self._lists.append(None)
        elif tag == "ol":
            self._lists.append(0)
        elif tag == "li":
            self._run.prefix = self._bullet()

    def _end(self, tag: str) -> None:
        if tag in {"ul", "ol"}:
            self._lists.pop()
        if self._open[-1].speaker and heads_row(joined_runs(self._run.pieces)[0]):
            self._run.pieces.append(("\t", False))
        elif tag in _BLOCKS:
            self._break(tag)
        if tag in _MARKED:
            self._run.prefix = ""
        self._rows -= tag == "tr"
        self._preformatted -= tag == "pre"
        if self._open[-1].aside:
            self.flush()
            self._run = self._around.pop()
        if self._open.pop().dateline and self._run.pieces:
            self._run.pieces.append((" ", False))

    def _data(self, data: str | None) -> None:
        if not data:
            return
        if not self._open[-1].unseen:
            lines = data.split("\n") if self._preformatted else [data]
            for at, part in enumerate(lines):
                if at:
                    self.flush(gap=False)
                self._add(part, self._line + at)
        self._line += data.count("\n")

    def flush(self, *, gap: bool = True) -> None:
        """End the current line; ``gap`` says that a paragraph ends with it."""
        run = self._run
        text, bold = joined_runs(run.pieces)
        if text:
            heading = run.prefix.startswith("#")
            self.page.blocks.append(
                Block(
                    run.number,
                    text,
                    ((0, len(text)),) if heading else bold,
                    run.prefix,
                    run.inside.why,
                    run.inside.names,
                    run.inside.holder,
                    run.gap,
                    " ".join(run.unlinked),
                )
            )
            run.prefix = ""
            run.gap = False
        self._run = _Run(prefix=run.prefix, gap=run.gap or gap)

    def _add(self, data: str, line: int) -> None:
        if not data.strip():
            if self._run.pieces and data:
                self._run.pieces.append((" ", self._run.pieces[-1][1]))
            return
        if self._run.in_cell_break:
            self.flush()
        run = self._run
        if not run.pieces:
            before = len(data) - len(data.lstrip())
            run.number = line + data.count("\n", 0, before)
            run.inside = self._open[-1]
        run.pieces.append((data, self._open[-1].bold))
        if not self._open[-1].link:
            run.unlinked.append(data)

    def _break(self, tag: str) -> None:
        """A block ends or begins; inside a table's row the cell goes on until the next one."""
        pieces = self._run.pieces
        if pieces and pieces[-1][0] == "\t" and tag not in {"tr", "table"}:
            return
        if self._rows and tag not in {"tr", "table"} and pieces:
            self._run.in_cell_break = True
        else:
            self.flush()

    def _next_cell(self) -> None:
        """Another cell of a row: it goes on with the line if what stands before is its head."""
        run, one_line = self._run, self._cell_from == len(self.page.blocks)
        self._cell_from = len(self.page.blocks)
        run.in_cell_break = False
        if not run.pieces:
            return
        cell = joined_runs(run.pieces)[0].rpartition("\t")[2]
        if one_line and run.unlinked and run.heads < _MOST_HEADS and heads_row(cell):
            run.heads += 1
            run.pieces.append(("\t", False))
        else:
            self.flush()
            self._cell_from = len(self.page.blocks)

    def _bullet(self) -> str:
        if not self._lists or self._lists[-1] is None:
            return "- "
        self._lists[-1] += 1
        return f"{self._lists[-1]}. "

    def _push(self, node: Any) -> None:
        tag, attributes, above = node.tag, dict(node.attrib), self._open[-1]
        holder = above.holder
        if tag in _BLOCKS or tag in {"td", "th"}:
            self.page.above.append(holder)
            holder = len(self.page.above) - 1
            if tag in {"article", "main"} or attributes.get("itemprop") == "articleBody":
                self.page.articles.add(holder)
        names = above.names
        named = named_reason(tag, attributes)
        inline = tag not in _BLOCKS and tag not in {"td", "th"}
        if named is not None and (
            not inline or named[0] is reasons.PAGE_HIDDEN or stands_among_elements(node)
        ):
            self._named += 1
            names = (*names, (self._named, *named))[-_MOST_NAMES:]
        why = above.why or sure_reason(tag, attributes) or caption_reason(node)
        aside = inline and (why, names) != (above.why, above.names)
        if aside:
            self._around.append(self._run)
            self._run = _Run()
        self._open.append(
            _Element(
                why,
                names,
                above.bold or self._is_bold(tag, attributes),
                (above.unseen or tag in _UNSEEN) and tag != "title",
                holder,
                above.link or (tag == "a" and "name" not in attributes),
                inline and is_dateline(attributes),
                is_speaker(attributes),
                aside,
            )
        )

    def _is_bold(self, tag: str, attributes: dict[str, str]) -> bool:
        if tag in {"b", "strong"} or _BOLD_STYLE.search(attributes.get("style") or ""):
            return True
        names = (attributes.get("class") or "").split()
        return not self._bold_names.isdisjoint(names)
