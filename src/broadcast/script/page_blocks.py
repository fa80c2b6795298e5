"""What a web page is read into: runs of text that know where on the page they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from broadcast.messages import Message
from broadcast.script.legacy_fonts import Encoding
from broadcast.script.text_file import audible

Names = tuple[tuple[int, Message, str], ...]
"""The elements around a run of text whose names say that it is furniture: number, why, name."""


@dataclass(slots=True)
class Block:
    """A run of text on a page: why it would be set apart, and in which element it stands.

    ``unlinked`` is what of the text is no link.
    """

    number: int
    text: str
    bold: tuple[tuple[int, int], ...]
    prefix: str
    why: Message | None
    names: Names
    holder: int
    after_gap: bool
    unlinked: str

    @property
    def is_link(self) -> bool:
        """Whether it is nothing but a link."""
        return not self.unlinked


@dataclass(slots=True)
class Page:
    """The runs of text of a page in order, and the elements that hold them.

    ``above`` gives the element around each element, the page itself being 0; ``articles`` are
    those whose tag says that they hold what the page is about; ``titles`` what the page calls
    itself, ``doubts`` what a person should look at, by line, ``encodings`` those that fonts said.
    """

    blocks: list[Block] = field(default_factory=list)
    above: list[int] = field(default_factory=lambda: [0])
    articles: set[int] = field(default_factory=set)
    titles: list[str] = field(default_factory=list)
    doubts: list[tuple[int, Message]] = field(default_factory=list)
    encodings: set[Encoding] = field(default_factory=set)


def joined_runs(pieces: list[tuple[str, bool]]) -> tuple[str, tuple[tuple[int, int], ...]]:
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
    line = "".join(parts).rstrip()
    if not line.strip():
        return "", ()
    return line, tuple((start, min(end, len(line))) for start, end in bold)
