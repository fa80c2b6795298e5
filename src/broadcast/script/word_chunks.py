"""Text of another format in a Word file (w:altChunk), turned into a document of its own."""

from __future__ import annotations

import email
import email.policy
from pathlib import Path

from broadcast.errors import BroadcastError
from broadcast.messages import Message
from broadcast.model import Document
from broadcast.script.text_file import numbered_lines, text_of_bytes

SAVE_AGAIN = Message("script.word-again", "Open the file in Word and save it again as .docx.")
_MAIL_HEADS = (b"mime-version:", b"content-type:", b"from:")
_HTML = {"html", "htm", "xhtml"}


def document_of_chunk(name: str, content: bytes, file: Path) -> Document:
    """Read an embedded page, also one with its pictures (MHT), or plain text.

    Raises BroadcastError for what is neither, and as the readers of these do.
    """
    kind = name.rpartition(".")[2].casefold()
    head = content.lstrip()[:300].lower()
    if kind in {"mht", "mhtml"} or head.startswith(_MAIL_HEADS):
        found = _page_in_mail(content)
        if found is None:
            raise _unreadable(file)
        content, kind = found, "html"
    if kind in _HTML or head.startswith((b"<!doctype html", b"<html", b"\xef\xbb\xbf<html")):
        from broadcast.script.html import read_html

        return read_html(content, file)
    if kind == "txt":
        return Document(file, numbered_lines(text_of_bytes(content, file)))
    raise _unreadable(file)


def _page_in_mail(content: bytes) -> bytes | None:
    message = email.message_from_bytes(content, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() in {"text/html", "application/xhtml+xml"}:
            body = part.get_payload(decode=True)
            return body if isinstance(body, bytes) else None
    return None


def _unreadable(file: Path) -> BroadcastError:
    return BroadcastError(
        Message(
            "script.word-chunk",
            "words of another file are embedded in this one, and cannot be read",
        ),
        file=file,
        hint=SAVE_AGAIN,
    )
