"""A script file in any format, turned into a Document of numbered lines."""

from __future__ import annotations

import stat
from pathlib import Path

from broadcast.errors import BroadcastError
from broadcast.model import Document
from broadcast.script.front_matter import split_front_matter
from broadcast.script.text_file import (
    SAVE_AS_UTF8,
    numbered_lines,
    refused_if_garbled,
    text_of_bytes,
)

MOST_BYTES = 64_000_000
"""No interview is longer: 10,000 pages of plain text."""


def read_document(file: Path) -> Document:
    """Read a .txt, .md, .html or .docx script.

    Raises BroadcastError for what is no such file: missing, empty, binary, damaged, too large.
    """
    content = _content_of(file)
    return read_text_document(text_of_bytes(content, file), file)


def read_text_document(text: str, file: Path) -> Document:
    """Read a script that is plain text already; ``file`` names it in messages."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as wrong:
        raise BroadcastError("this is not UTF-8 text", file=file, hint=SAVE_AS_UTF8) from wrong
    front, lines, problems = split_front_matter(numbered_lines(refused_if_garbled(text, file)))
    return _filled(Document(file, lines, front, problems=problems))


def _filled(document: Document) -> Document:
    if not any(line.text.strip() for line in document.lines):
        raise BroadcastError("there are no words in this file", file=document.file)
    return document


def _content_of(file: Path) -> bytes:
    try:
        found = file.stat()
        if not stat.S_ISREG(found.st_mode):
            raise BroadcastError(
                "this is not a file of words", file=file, hint="Give a script file."
            )
        if found.st_size > MOST_BYTES:
            raise BroadcastError(
                f"the file is too large for a script ({found.st_size // 1_000_000} MB)", file=file
            )
        content = file.read_bytes()
    except FileNotFoundError as missing:
        raise BroadcastError("there is no such file", file=file) from missing
    except (OSError, ValueError) as wrong:
        reason = wrong.strerror if isinstance(wrong, OSError) else str(wrong)
        raise BroadcastError(f"the file cannot be read: {reason}", file=file) from wrong
    if not content:
        raise BroadcastError("the file is empty", file=file)
    return content
