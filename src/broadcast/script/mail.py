"""The lines of a mail, told apart from the script sent in it: head, greeting, note, signature."""

from __future__ import annotations

import re
from collections.abc import Sequence

from broadcast.messages import Message
from broadcast.script import reasons
from broadcast.script.entries import WrittenLine

_FIELD = re.compile(
    r"(?:from|to|cc|bcc|sent|date|subject|re|fwd?|reply-to|attachments?|từ|tới|đến|gửi|ngày"
    r"|người (?:gửi|nhận)|ngày gửi|đã gửi|chủ đề|tiêu đề(?: thư)?|v/v|đính kèm|tệp đính kèm)\s*:",
    re.IGNORECASE,
)
_FORWARDED = re.compile(
    r"[-\s]*(?:forwarded message|original message|thư (?:đã )?chuyển tiếp|thư gốc)[-\s:]*",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"(?:(?:kính|thân)\s+(?:gửi|chào|mến)|gửi|(?:em\s+|xin\s+)?chào|dear|hi|hello)\b"
    r"[^.?:]{0,60}(?:[,!.]|:?[^.?:,]{0,40})",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"(?:dạ,?\s+)?(?:(?:em|mình|cháu|tôi|chúng tôi)\s+(?:xin\s+|đã\s+)?(?:gửi|gởi|chuyển|nộp)"
    r"|(?:nhờ|mong|phiền)\s+(?:anh|chị|các|sếp|phòng|ban)|(?:em|mình)\s+c[ảá]m ơn"
    r"|please\b|here(?: is|'s)\b|attached\b|i(?:'m| am)? (?:attach|send|enclos)"
    r"|as (?:promised|agreed|discussed)\b)",
    re.IGNORECASE,
)
_FAREWELL = re.compile(
    r"(?:--|(?:trân trọng|thân mến|thân ái|thân|kính thư|kính chào|"
    r"(?:best|kind|warm) (?:regards|wishes)|regards|best|sincerely|yours(?: \w+)?|cheers"
    r"|many thanks|thanks)[,.!]?)",
    re.IGNORECASE,
)
_QUOTES = re.compile(r"(?:vào|lúc|on)\b.{5,200}(?:đã viết|viết|wrote)\s*:", re.IGNORECASE)


def of_mail(entries: Sequence[WrittenLine]) -> dict[int, Message]:
    """Give the lines of a mail around a script, by their places, with why they are not read."""
    return {**_head(entries), **_quoted(entries)}


def _head(entries: Sequence[WrittenLine]) -> dict[int, Message]:
    """The head of a mail with the greeting and the note below it, where there are any."""
    at = 0
    while at < len(entries) and not _opens(entries[at]):
        if len(entries[at].text.split()) > 12:
            return {}
        at += 1
    fields = _run(entries, at)
    if not any(one.furniture is reasons.MAIL_HEAD for one in fields):
        fields = []
    found = {at + place: reasons.MAIL_HEAD for place in range(len(fields))}
    at += len(fields)
    if at < len(entries) and (fields or entries[at].text.rstrip().endswith(",")):
        found |= _note(entries, at)
    return found


def _opens(entry: WrittenLine) -> bool:
    text = entry.text.strip()
    return not entry.verbatim and (
        _FIELD.match(text) is not None
        or _FORWARDED.fullmatch(text) is not None
        or (_GREETING.fullmatch(text) is not None and text.endswith(","))
    )


def _run(entries: Sequence[WrittenLine], at: int) -> list[WrittenLine]:
    """The fields from ``at`` on, without an empty line between them."""
    run: list[WrittenLine] = []
    for entry in entries[at:]:
        text = entry.text.strip()
        forwarded = _FORWARDED.fullmatch(text) is not None
        if entry.verbatim or not (_FIELD.match(text) or forwarded):
            break
        if run and entry.after_gap and not _FORWARDED.fullmatch(run[-1].text.strip()):
            break
        run.append(entry)
    return run


def _note(entries: Sequence[WrittenLine], begin: int) -> dict[int, Message]:
    found = {}
    for at, entry in enumerate(entries[begin:], start=begin):
        if entry.verbatim:
            break
        text = entry.text.strip()
        if len(text.split()) <= 14 and _GREETING.fullmatch(text):
            found[at] = reasons.MAIL_GREETING
        elif entry.ends_sentence and _NOTE.match(text):
            found[at] = reasons.MAIL_NOTE
        elif entry.furniture is None:
            break
    return found


def is_farewell(text: str) -> bool:
    """Whether the signature of a mail begins here: "Trân trọng,", "--"."""
    return _FAREWELL.fullmatch(text.strip()) is not None


def is_of_a_mail(text: str) -> bool:
    """Whether ``text`` could begin the signature or the quotation of a mail."""
    return is_farewell(text) or _QUOTES.fullmatch(text.strip()) is not None


def _quoted(entries: Sequence[WrittenLine]) -> dict[int, Message]:
    """An older mail quoted below the script: "… đã viết:" and lines that begin with ">"."""
    for at, entry in enumerate(entries):
        if entry.verbatim or entry.text[-1:] != ":" or not _QUOTES.fullmatch(entry.text.strip()):
            continue
        quoted = [n for n in range(at + 1, len(entries)) if entries[n].written.startswith(">")]
        if quoted and len(quoted) <= at:
            return dict.fromkeys((at, *quoted), reasons.MAIL_QUOTED)
    return {}
