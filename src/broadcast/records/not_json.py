"""Bytes that are no JSON → a sentence that says where they stop being it, and the line."""

from __future__ import annotations

import json
import re

from broadcast.messages import Message
from broadcast.records.places import TOKEN, shown, text_in

_WORD = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null", re.ASCII)
_HALF_A_LETTER = re.compile("[\ud800-\udfff]")
_COMMA, _NOTHING = "Expecting ',' delimiter", "Extra data"
_SHOWN = 20


def not_json(data: bytes) -> tuple[Message, int | None]:
    """Say where and why ``data`` is no JSON, and on which line; None where it is on none."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Message("file.not-utf8", "This file is not UTF-8 text."), line
    if not text.strip():
        return Message("file.empty", "This file is empty."), None
    try:
        position, missed = _broken_at(text)
    except RecursionError:
        return (
            Message(
                "json.nested", "This is not a record at all: its brackets are nested without end."
            ),
            None,
        )
    found = TOKEN.match(text, position)
    token = found[0] if found else ""
    line = text.count("\n", 0, position) + 1
    is_last = position + len(token) == len(text) and missed != _NOTHING and token not in ("]", "}")
    if is_last or not text[position:].strip():
        return (
            Message(
                "json.cut-off",
                "This file ends too early: it was not written or copied to its end.",
            ),
            line,
        )
    column = position - text.rfind("\n", 0, position)
    is_new = token not in ("]", "}") and not text[position - 1 : position].isalnum()
    lacks_comma = is_new and missed == _COMMA
    return _what(text[position], token, column, lacks_comma=lacks_comma), line


def _broken_at(text: str) -> tuple[int, str]:
    """Give where a text stops being JSON, and what Python's reader misses there."""
    position, missed = len(text), ""
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        position, missed = error.pos, error.msg
    except ValueError:  # a number of thousands of digits, which is none of JSON's business
        pass
    # What that reader lets pass: NaN and the like, and halves of letters.
    for token in TOKEN.finditer(text, 0, position):
        word = token[0]
        if word.startswith('"'):
            if _HALF_A_LETTER.search(text_in(word)):
                return token.start(), ""
        elif word not in "{}[]:," and not _WORD.fullmatch(word):
            return token.start(), ""
    return position, missed


def _what(sign: str, token: str, column: int, *, lacks_comma: bool) -> Message:
    """Say what is wrong at the token that begins with ``sign``."""
    if sign in "\r\n":
        return Message(
            "json.text-not-closed",
            "This is not JSON: a text in quotation marks is not closed (column {column}).",
            column=column,
        )
    if sign < " ":
        return Message(
            "json.control-character",
            "This is not JSON: a control character does not belong there (column {column}).",
            column=column,
        )
    if sign == "\\":
        return Message(
            "json.backslash",
            "This is not JSON: a backslash does not belong there (column {column}).",
            column=column,
        )
    if _HALF_A_LETTER.search(text_in(token)):
        return Message(
            "json.half-a-letter",
            "This is not JSON: a text has half of a letter in it (column {column}).",
            column=column,
        )
    if lacks_comma:
        return Message(
            "json.comma-missing",
            "This is not JSON: a comma is missing before {token} (column {column}).",
            token=shown(token, _SHOWN),
            column=column,
        )
    return Message(
        "json.not-there",
        "This is not JSON: {token} does not belong there (column {column}).",
        token=shown(token, _SHOWN),
        column=column,
    )
