"""Lines of Markdown, turned into plain lines that know which of their words are bold."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape

from broadcast.model import Dropped, Line
from broadcast.script import reasons
from broadcast.script.equations import raised

_IMAGE = re.compile(r"!\[([^\[\]]{0,300})\]\([^()\s]{0,500}(?:\s+\"[^\"]*\")?\)")
_LINK = re.compile(r"(?<!!)\[([^\[\]]{1,500})\]\((?!\s)[^()\s]{1,500}(?:\s+\"[^\"]*\")?\)")
_AUTOLINK = re.compile(r"<(https?://[^<>\s]+|[\w.+-]+@[\w.-]+)>")
_REFERENCE = re.compile(r"\s{0,3}\[[^\]]{1,100}\]:\s*\S+.*")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,40}\]")
_RULE = re.compile(r"\s{0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,}|={3,})")
_QUOTE = re.compile(r"\s{0,3}(?:>\s?)+")
_TAG = re.compile(r"</?(?:b|i|u|em|strong|p|br|span|div|a|sup|sub|font|h[1-6])\b[^<>]*>", re.I)
_BOLD_TAG = re.compile(r"<(/?)(?:b|strong)>", re.IGNORECASE)
# 10 with a small 6 above it is no 106; that of m² is no word of its own.
_POWER = re.compile(r"(?<=\d)<sup>\s*(\d{1,9})\s*</sup>", re.IGNORECASE)
_INDEX = re.compile(r"<su[pb]>\s*(\d{1,9})\s*</su[pb]>", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~<])")
_EMPHASIS = re.compile(r"(?<!\\)(\*{1,3}|_{1,3}|~~)")
_STRUCK = re.compile(
    r"(?<![\\~])~~(?=[^\s~])(?P<marked>[^~]{1,2000})(?<!\s)~~(?!~)"
    r"|<(?P<tag>s|del|strike)>(?P<tagged>[^<>]{1,2000})</(?P=tag)>",
    re.IGNORECASE,
)
# No paragraph is longer; what is, was not written with marks.
_LONGEST = 100_000
_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")


def plain_lines(lines: Iterable[Line]) -> tuple[tuple[Line, ...], tuple[Dropped, ...]]:
    """Give Markdown lines without their marks, and what a reader of the page would not see.

    Headings keep their ``#`` marks, list items their bullet: the parser understands both.
    """
    kept: list[Line] = []
    dropped: list[Dropped] = []
    in_comment = False
    for line in lines:
        text, hidden, in_comment = _without_comments(line.text, in_comment)
        dropped.extend(Dropped(line.number, piece, reasons.COMMENT) for piece in hidden)
        if _RULE.fullmatch(text) or _FENCE.match(text):
            dropped.append(Dropped(line.number, text.strip(), reasons.RULE))
            text = ""
        elif _REFERENCE.fullmatch(text):
            dropped.append(Dropped(line.number, text.strip(), reasons.LINK_ADDRESS))
            text = ""
        if "~~" in text or "<" in text:
            text, struck = _without_struck(text)
            dropped.extend(Dropped(line.number, words, reasons.STRUCK_OUT) for words in struck)
        dropped.extend(
            Dropped(line.number, image, reasons.PICTURE_WORDS)
            for image in _IMAGE.findall(text)
            if image.strip()
        )
        kept.append(_plain(line.number, text))
    return tuple(kept), tuple(dropped)


def _without_comments(text: str, inside: bool) -> tuple[str, list[str], bool]:
    """Part the comments from a line; say whether one is still open at its end."""
    seen: list[str] = []
    hidden: list[str] = []
    at = 0
    while at < len(text):
        mark = "-->" if inside else "<!--"
        found = text.find(mark, at)
        end = len(text) if found < 0 else found
        (hidden if inside else seen).append(text[at:end])
        if found < 0:
            break
        inside = not inside
        at = found + len(mark)
    return "".join(seen), [piece.strip() for piece in hidden if piece.strip()], inside


def _without_struck(text: str) -> tuple[str, list[str]]:
    """Part what is struck out from a line: ~~words~~, <s>words</s>."""
    struck = [found["marked"] or found["tagged"] for found in _STRUCK.finditer(text)]
    if not struck:
        return text, []
    return re.sub(" {2,}", " ", _STRUCK.sub("", text)), struck


def _plain(number: int, text: str) -> Line:
    if len(text) > _LONGEST or not any(sign in text for sign in "*_~[<>&\\`|#"):
        return Line(number, text)
    if (quote := _QUOTE.match(text)) is not None:
        text = text[quote.end() :]
    if text.startswith("#") and (bare := text.rstrip("#")).endswith(" "):
        text = bare.rstrip()
    text = _LINK.sub(r"\1", _AUTOLINK.sub(r"\1", _IMAGE.sub("", text)))
    text = _FOOTNOTE.sub("", text)
    if "<" in text:
        text = _POWER.sub(lambda found: raised(found[1]), text)
        text = _TAG.sub(" ", _INDEX.sub(r"\1", _BOLD_TAG.sub("**", text)))
    if text.lstrip().startswith("|") and text.rstrip().endswith("|"):
        text = _cells(text)
    return emphasised(number, text)


def _cells(text: str) -> str:
    """Give a table row as its cells, parted by tabs; the line under a table's head is empty."""
    cells = [cell.strip() for cell in text.strip().strip("|").split("|")]
    if all(re.fullmatch(r":?-+:?", cell) for cell in cells):
        return ""
    return "\t".join(cells)


def emphasised(number: int, text: str, *, only_strong: bool = False) -> Line:
    """Take the marks of emphasis out of a line and keep where the bold words stand.

    ``only_strong`` is for plain text: nothing but ``**`` is a mark there.
    """
    if len(text) > _LONGEST:
        return Line(number, text)
    unescaped = str if only_strong else _unescaped
    marks = [mark for mark in _EMPHASIS.finditer(text) if not only_strong or mark[0] == "**"]
    pairs = _pairs(text, marks)
    pieces: list[str] = []
    bold: list[tuple[int, int]] = []
    length = at = 0
    opened: int | None = None
    for mark in marks:
        role = pairs.get(mark.start())
        if role is None:
            continue
        piece = unescaped(text[at : mark.start()])
        pieces.append(piece)
        length += len(piece)
        at = mark.end()
        if len(mark[0]) >= 2 and mark[0] != "~~":
            if role == "open":
                opened = length
            elif opened is not None and opened < length:
                bold.append((opened, length))
                opened = None
    pieces.append(unescaped(text[at:]))
    return Line(number, "".join(pieces).rstrip(), tuple(bold))


def _unescaped(text: str) -> str:
    if "&" in text:
        text = unescape(text)
    text = text.replace("`", "") if text.count("`") >= 2 else text
    return _ESCAPED.sub(r"\1", text) if "\\" in text else text


def _pairs(text: str, marks: list[re.Match[str]]) -> dict[int, str]:
    """Which marks open and close emphasis: one before a word with the next like it after a word."""
    roles: dict[int, str] = {}
    waiting: dict[str, int] = {}
    for mark in marks:
        start, end = mark.span()
        before, after = text[start - 1 : start] if start else "", text[end : end + 1]
        sign = mark[0]
        inside_word = sign[0] == "_" and before.isalnum() and after.isalnum()
        if sign in waiting and before and not before.isspace() and not inside_word:
            roles[waiting.pop(sign)] = "open"
            roles[mark.start()] = "close"
        elif (
            after
            and not after.isspace()
            and not (inside_word or (sign == "*" and before.isalnum()))
        ):
            waiting[sign] = mark.start()
    return roles
