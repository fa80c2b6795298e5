"""A saved web page, turned into the lines of its article; what surrounds it is set apart."""

from __future__ import annotations

import re
from pathlib import Path

from broadcast.model import Document, Dropped, Line
from broadcast.script.names import has_words
from broadcast.script.page import REASONS, Block, blocks_of_page
from broadcast.script.text_file import text_of_bytes
from broadcast.text import folded

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w:.-]{2,40})", re.IGNORECASE)
# An article this short is a card in a list, not the interview.
_SHORTEST_ARTICLE_WORDS = 60


def read_html(content: bytes, file: Path) -> Document:
    """Read the article of a saved page; line numbers are those of the file's source.

    Raises BroadcastError for a binary file or an encoding that gives no words.
    """
    charset = _CHARSET.search(content[:4096])
    declared = charset[1].decode("ascii", "replace") if charset is not None else None
    blocks = _judged(blocks_of_page(text_of_bytes(content, file, declared=declared), file))
    title = next((block.text for block in blocks if block.why == REASONS["title"]), "")
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


def _judged(blocks: list[Block]) -> list[Block]:
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


def _mark_title(blocks: list[Block], title: str) -> None:
    """Leave one title among the headings: the one the browser window shows, else the first."""
    key = folded(title)
    kept = [block for block in blocks if block.why is None and has_words(block.text)]
    shown = [
        block
        for block in kept
        if 12 <= len(block.text) <= len(title) and key.startswith(folded(block.text))
    ]
    firsts = [block for block in kept if block.prefix == "# "]
    chosen = next((block for block in shown if block in firsts), None) or next(
        iter(firsts or shown), None
    )
    for block in firsts:
        block.prefix = "## "
    if chosen is not None:
        chosen.prefix = "# "
