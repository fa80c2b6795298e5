"""A saved web page, turned into the lines of its article; what surrounds it is set apart."""

from __future__ import annotations

import re
from pathlib import Path

from broadcast.model import Document, Dropped, Line, Problem
from broadcast.script.article import judge
from broadcast.script.equations import IN_WORDS
from broadcast.script.legacy_fonts import told_of
from broadcast.script.page import read_page
from broadcast.script.text_file import text_of_bytes

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w:.-]{2,40})", re.IGNORECASE)


def read_html(content: bytes, file: Path) -> Document:
    """Read the article of a saved page; line numbers are those of the file's source.

    Raises BroadcastError for a binary file or an encoding that gives no words.
    """
    charset = _CHARSET.search(content[:4096])
    declared = charset[1].decode("ascii", "replace") if charset is not None else None
    page = read_page(text_of_bytes(content, file, declared=declared), file)
    judge(page)
    lines: list[Line] = []
    dropped: list[Dropped] = []
    for block in page.blocks:
        if block.why is not None:
            dropped.append(Dropped(block.number, block.text, block.why))
            continue
        if block.after_gap:
            lines.append(Line(block.number, ""))
        shift = len(block.prefix)
        bold = tuple((start + shift, end + shift) for start, end in block.bold)
        lines.append(Line(block.number, block.prefix + block.text, bold))
    problems = [Problem(line, "warning", doubt, IN_WORDS) for line, doubt in page.doubts]
    problems += [Problem(None, "note", told) for told in told_of(page.encodings)]
    return Document(file, tuple(lines), problems=tuple(problems), dropped=tuple(dropped))
