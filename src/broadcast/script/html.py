"""A saved web page, turned into the lines of its article; what surrounds it is set apart."""

from __future__ import annotations

import re
from pathlib import Path

from broadcast.model import Document, Dropped, Line
from broadcast.script.credits import is_signature
from broadcast.script.names import has_words
from broadcast.script.page import Block, blocks_of_page
from broadcast.script.page_names import REASONS
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
    blocks = blocks_of_page(text_of_bytes(content, file, declared=declared), file)
    title = next((block.text for block in blocks if block.why == REASONS["title"]), "")
    _judged(blocks, title)
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


def _judged(blocks: list[Block], title: str) -> None:
    """Set apart what stands outside the article; names of elements are trusted less than tags."""
    trusted = _misnamed(blocks, title)
    words: dict[int, int] = {}
    for block in blocks:
        named = (why for number, why in block.names if number not in trusted)
        block.why = block.why or next(named, None)
        if block.why is None and _is_link_alone(block):
            block.why = "a link to another page"
        if block.why is None:
            words[block.article] = words.get(block.article, 0) + len(block.text.split())
    main = [at for at, count in words.items() if at and count >= _SHORTEST_ARTICLE_WORDS]
    if len(main) == 1:
        # The lead often stands between the headline and the element of the article.
        begin = next(at for at, block in enumerate(blocks) if block.article == main[0])
        headline = max(
            (at for at in range(begin) if blocks[at].prefix == "# " and blocks[at].why is None),
            default=begin,
        )
        for at, block in enumerate(blocks):
            if block.why is None and block.article != main[0] and not headline <= at < begin:
                block.why = "outside the article of the page"


def _misnamed(blocks: list[Block], title: str) -> set[int]:
    """The elements that hold the article whatever their names say: a "sidebar", a form.

    They stand around the headline, or hold nearly all words of the page.
    """
    seen = [block for block in blocks if block.why is None]
    headlines = [block for block in seen if block.prefix == "# "]
    key = folded(title)
    shown = [block for block in headlines if key.startswith(folded(block.text))]
    around = (shown or headlines)[:1]
    trusted = {number for block in around for number, _ in block.names}
    while True:
        held: dict[int, int] = {}
        free = 0
        for block in seen:
            outer = next((number for number, _ in block.names if number not in trusted), None)
            if outer is None:
                free += len(block.text.split())
            else:
                held[outer] = held.get(outer, 0) + len(block.text.split())
        if sum(held.values()) <= 3 * free or not held:
            return trusted
        trusted.add(max(held, key=lambda number: held[number]))


def _is_link_alone(block: Block) -> bool:
    """Whether a line is nothing but a link; headlines and authors' names are links too."""
    return block.is_link and not block.prefix.startswith("#") and not is_signature(block.text)


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
