"""The markup of a web page, turned into runs of text that know where on the page they stand."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from lxml import etree

from broadcast.errors import BroadcastError
from broadcast.messages import Message
from broadcast.script import reasons
from broadcast.script.equations import equation_of, raised, raised_doubt
from broadcast.script.legacy_fonts import encoding_of, is_unicode, shown_in
from broadcast.script.page_blocks import Block, Page, joined_runs
from broadcast.script.page_marks import (
    StyleSheet,
    caption_reason,
    sheet_of,
    stands_among_elements,
    titles_of,
)
from broadcast.script.page_names import (
    is_dateline,
    is_speaker,
    named_reason,
    sure_reason,
)
from broadcast.script.page_runs import Element, Run
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
_TAG = re.compile(r"""<[a-zA-Z](?:[^<>"']++|"[^"]*+"|'[^']*+')*+""")
_QUOTED = re.compile(r"""\"[^"]*\"|'[^']*'""")
_LONGEST_TAG = 40_000
_COPY_IT = Message(
    "script.page-too-deep.hint",
    "Copy the interview from the page into a text file and give that.",
)


def read_page(text: str, file: Path) -> Page:
    """Give the runs of text of a page.

    Raises BroadcastError for what no browser saves: nesting or attributes without end.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    for tag in _TAG.finditer(text):
        # The parser looks through all attributes of an element for each of them.
        if len(tag[0]) > _LONGEST_TAG and len(_QUOTED.sub(" ", tag[0])) > _LONGEST_TAG:
            raise BroadcastError(
                Message(
                    "script.page-attributes",
                    "an element of this page has too many attributes for a saved page",
                ),
                file=file,
                line=text.count("\n", 0, tag.start()) + 1,
                hint=_COPY_IT,
            )
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, no_network=True, remove_blank_text=False
    )
    root = etree.fromstring(text.encode("utf-8"), parser)
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        deep = Message(
            "script.page-too-deep",
            "the elements of this page are nested too deeply to be a saved page",
        )
        raise BroadcastError(deep, file=file, hint=_COPY_IT)
    if root is None:
        return Page()
    if sum(1 for _ in root.iter()) > _MOST_ELEMENTS:
        raise BroadcastError(
            Message("script.page-too-long", "this page is too long for an interview"), file=file
        )
    walk = _Walk(sheet_of(root), unicode=is_unicode(root.itertext("p", "span", "font", "td")))
    for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        walk.take(event, node)
    walk.flush()
    walk.page.titles = titles_of(root)
    return walk.page


class _Walk:
    """Collects the blocks of a page on the way through its elements."""

    def __init__(self, sheet: StyleSheet, *, unicode: bool) -> None:
        self.page = Page()
        self._unicode = unicode
        self._sheet = sheet
        self._open: list[Element] = [Element()]
        self._rows = self._preformatted = 0
        self._run = Run()
        self._around: list[Run] = []
        self._line = 1
        self._lists: list[int | None] = []
        self._named = self._cell_from = 0

    def take(self, event: str, node: Any) -> None:
        """Take the next step of the way: an element begins or ends, or a comment stands here."""
        if event == "start":
            self._line = max(self._line, node.sourceline or 0)
            if node.tag == "math":
                self._equation(node)
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
        self._run = Run(prefix=run.prefix, gap=run.gap or gap)

    def _add(self, data: str, line: int) -> None:
        if not data.strip():
            if self._run.pieces and data:
                self._run.pieces.append((" ", self._run.pieces[-1][1]))
            return
        if self._run.in_cell_break:
            self.flush()
        if font := self._open[-1].font:
            shown = shown_in(font, data, unicode=self._unicode)
            if shown != data and (encoding := encoding_of(font)) is not None:
                self.page.encodings.add(encoding)
            data = shown
        run = self._run
        if not run.pieces:
            before = len(data) - len(data.lstrip())
            run.number = line + data.count("\n", 0, before)
            run.inside = self._open[-1]
        if self._open[-1].raised and data.strip().isdigit() and run.ends[-1:].isdigit():
            # 10 with a small 6 above it is no 106.
            data = raised(data.strip())
            self._doubt(raised_doubt(run.ends.split()[-1] + data))
        elif run.ends_equation and data[0].isalnum():
            run.pieces.append((" ", False))
        run.ends_equation = False
        run.pieces.append((data, self._open[-1].bold))
        if not self._open[-1].link:
            run.unlinked.append(data)

    def _equation(self, node: Any) -> None:
        equation = equation_of(node)
        if self._open[-1].unseen or not equation.text:
            return
        if self._run.ends[-1:].isalnum() and equation.text[0].isalnum():
            self._run.pieces.append((" ", False))
        self._add(equation.text, self._line)
        self._run.ends_equation = equation.text[-1].isalnum()
        if not equation.is_plain:
            self._doubt(equation.doubt)

    def _doubt(self, problem: Message) -> None:
        if self._open[-1].why is None:
            self.page.doubts.append((self._line, problem))

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
        # Names that no XML can have ({{x}}, @click) are found nowhere but in the list of all.
        tag, attributes, above = node.tag, dict(node.items()), self._open[-1]
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
        if why is None and self._sheet.strikes_out(attributes):
            why = reasons.PAGE_STRUCK_OUT
        aside = inline and (why, names) != (above.why, above.names)
        if aside:
            self._around.append(self._run)
            self._run = Run()
        self._open.append(
            Element(
                why,
                names,
                above.bold or self._sheet.is_bold(tag, attributes),
                (above.unseen or tag in _UNSEEN) and tag != "title",
                holder,
                above.link or (tag == "a" and "name" not in attributes),
                inline and is_dateline(attributes),
                is_speaker(attributes),
                aside,
                above.raised or tag == "sup",
                self._sheet.font_of(attributes, above.font),
            )
        )
