"""A script file in any format, turned into a Document of numbered lines."""

from __future__ import annotations

import stat
from pathlib import Path

from broadcast.errors import BroadcastError
from broadcast.messages import Message
from broadcast.messages.system_reasons import others_words, system_reason
from broadcast.model import Document, Dropped, Line
from broadcast.script.captions import are_captions, read_captions
from broadcast.script.front_matter import split_front_matter
from broadcast.script.legacy_fonts import NAMES, encoding_seen
from broadcast.script.markdown import emphasised, plain_lines
from broadcast.script.struck import STROKE, without_endless_numbers, without_struck
from broadcast.script.text_file import (
    SAVE_AS_UTF8,
    numbered_lines,
    refused_if_garbled,
    text_of_bytes,
)

MOST_BYTES = 64_000_000
"""Nothing larger is opened; a Word file may hold pictures."""
_MOST_LETTERS = 8_000_000
_MOST_LINES = 200_000
_FIRST_LINES = 200
"""No interview is longer: 3,000 pages."""
_WEB_PAGES = {".html", ".htm", ".xhtml"}
_MARKDOWN = {".md", ".markdown"}
_CAPTIONS = {".srt", ".vtt"}
_TABLES = {".csv", ".tsv"}
_WEB_ARCHIVE = Message("script.is-web-archive", "this is a web archive, which cannot be read")
_OTHERS = {
    ".doc": Message("script.is-old-word", "this is an old Word file, which cannot be read"),
    ".rtf": Message("script.is-rtf", "this is a rich text file, which cannot be read"),
    ".odt": Message("script.is-odt", "this is an OpenDocument file, which cannot be read"),
    ".pdf": Message("script.is-pdf", "this is a PDF, which cannot be read"),
    ".pages": Message("script.is-pages", "this is a Pages file, which cannot be read"),
    ".mht": _WEB_ARCHIVE,
    ".mhtml": _WEB_ARCHIVE,
    ".eml": Message("script.is-mail", "this is a saved mail, which cannot be read"),
}

# Beginnings of files that are what they are, whatever they are called: zip (Word) and old Office.
_SIGNS = {b"%PDF-": ".pdf", b"{\\rtf": ".rtf", b"PK\x03\x04": ".docx", b"\xd0\xcf\x11\xe0": ".docx"}


def read_document(file: Path) -> Document:
    """Read a .txt, .md, .html or .docx script, captions (.srt, .vtt) or a table (.csv).

    Raises BroadcastError for what is no such file: missing, empty, binary, damaged, too large, or
    held for a program that has the script open.
    """
    if file.name.startswith("~$"):
        raise BroadcastError(
            Message(
                "script.word-lock",
                "this is no script: Word keeps it while it has another file open",
            ),
            file=file,
            hint=Message(
                "script.word-lock.hint", "Give the file without ~$ at the head of its name."
            ),
        )
    content = _content_of(file)
    ending = next((kind for sign, kind in _SIGNS.items() if content.startswith(sign)), "")
    ending = ending or file.suffix.casefold()
    # Readers of pages and Word files are slow to import, and most scripts are neither.
    if ending == ".docx":
        from broadcast.script.docx import read_docx

        return _with_words(read_docx(content, file))
    if ending in _OTHERS:
        raise BroadcastError(
            _OTHERS[ending],
            file=file,
            hint=Message(
                "script.other-format.hint",
                "Save it as .docx or as plain text (UTF-8) and give that.",
            ),
        )
    if ending in _WEB_PAGES:
        from broadcast.script.html import read_html

        return _with_words(read_html(content, file))
    return read_text_document(text_of_bytes(content, file), file)


def read_text_document(text: str, file: Path) -> Document:
    """Read a script that is text already; ``file`` names it in messages, .md marks Markdown."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as wrong:
        raise BroadcastError(
            Message("script.no-utf8", "this is not UTF-8 text"), file=file, hint=SAVE_AS_UTF8
        ) from wrong
    if len(text) > _MOST_LETTERS or text.count("\n") > _MOST_LINES:
        raise _too_long(file)
    refused_if_garbled(text, file)
    ending = file.suffix.casefold()
    if ending in _TABLES:
        from broadcast.script.speech_table import read_table

        return _with_words(read_table(text, file))
    if ending in _CAPTIONS or ("-->" in text[:4_000] and are_captions(text)):
        return _with_words(read_captions(numbered_lines(text), file))
    front, lines, problems = split_front_matter(numbered_lines(text))
    dropped: tuple[Dropped, ...] = ()
    if STROKE in text:
        lines, dropped = without_struck(lines)
    if ending in _MARKDOWN:
        lines, unseen = plain_lines(lines)
        dropped += unseen
    else:
        lines = tuple(_plain(line) for line in lines)
    return _with_words(Document(file, lines, front, problems, dropped))


def _plain(line: Line) -> Line:
    """Read "**…**" as bold in plain text too: people paste it from everywhere."""
    if "**" not in line.text or line.text.lstrip().startswith("\\"):
        return line
    return emphasised(line.number, line.text, only_strong=True)


def _with_words(document: Document) -> Document:
    if not any(line.text.strip() for line in document.lines):
        raise BroadcastError(
            Message("script.no-words", "there are no words in this file"), file=document.file
        )
    if len(document.lines) > _MOST_LINES:
        raise _too_long(document.file)
    encoding = encoding_seen("\n".join(line.text for line in document.lines[:_FIRST_LINES]))
    if encoding is not None:
        raise BroadcastError(
            Message(
                "script.no-unicode",
                "the words of this file are not in Unicode but in {encoding}",
                encoding=NAMES[encoding],
            ),
            file=document.file,
            hint=Message(
                "script.no-unicode.hint",
                "Convert them (UniKey does it), or give the Word file with the fonts it had.",
            ),
        )
    return without_endless_numbers(document)


def _too_long(file: Path) -> BroadcastError:
    return BroadcastError(
        Message("script.too-long", "the text is too long for a script"),
        file=file,
        hint=Message("script.too-long.hint", "Split it up."),
    )


def _content_of(file: Path) -> bytes:
    try:
        found = file.stat()
        if not stat.S_ISREG(found.st_mode):
            raise BroadcastError(
                Message("script.no-file", "this is not a file"),
                file=file,
                hint=Message("script.no-file.hint", "Give a script file."),
            )
        if found.st_size > MOST_BYTES:
            raise BroadcastError(
                Message(
                    "script.too-large",
                    "{megabytes} MB is too large for a script",
                    megabytes=found.st_size // 1_000_000,
                ),
                file=file,
            )
        content = file.read_bytes()
    except FileNotFoundError as missing:
        raise BroadcastError(
            Message("script.missing", "there is no such file"),
            file=file,
            hint=Message("script.missing.hint", "Look at the file's name and folder."),
        ) from missing
    except (OSError, ValueError) as wrong:
        told = system_reason(wrong) if isinstance(wrong, OSError) else others_words(str(wrong))
        raise BroadcastError(
            Message(
                "script.unreadable",
                "the file cannot be read: {reason}",
                reason=told,
            ),
            file=file,
        ) from wrong
    if not content:
        raise BroadcastError(
            Message("script.empty", "the file is empty"),
            file=file,
            hint=Message("script.empty.hint", "Write the interview into it and save it."),
        )
    return content
