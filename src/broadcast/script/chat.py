"""What chat programs write around the words that people sent each other: when, who, and notes."""

from __future__ import annotations

import re

_DAY = r"(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d{1,2}-\d{1,2}|\d{1,2} [A-Z][a-z]{2,8} \d{4})"
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?(?:\s?(?:[AaPp]\.?[Mm]\.?|SA|CH))?"
_WHEN = rf"(?:{_DAY}(?:,| at|)\s{_CLOCK}|{_CLOCK},?\s{_DAY})"
STAMP = rf"(?:\[{_WHEN}\]\s+|{_WHEN}\s+[-–]\s+)"
"""When a message was sent, before it, as WhatsApp and Zalo copy it (a pattern)."""
SENT = re.compile(rf"(?P<who>\S[^\[\]]{{0,60}}?),?\s+\[{_WHEN}\]:?\s*")
"""Who sent a message and when, on a line of its own, as Telegram copies it."""

_STAMP = re.compile(rf"\s*{STAMP}")
_WEEKDAY = r"(?:hôm nay|hôm qua|today|yesterday|thứ \w+|chủ nhật|CN|T[2-7])"
_WHEN_ALONE = re.compile(
    rf"\W*(?:{_WHEN}|(?:{_WEEKDAY},?\s)?{_CLOCK})\W*",
    re.IGNORECASE,
)
_LEFT_OUT = re.compile(
    r"\W*(?:"
    r"(?:media|image|photo|video|audio|voice message|sticker|gif|document|contact card) omitted"
    r"|(?:hình ảnh|ảnh|video|âm thanh|nhãn dán|tệp|tài liệu|media|tin nhắn thoại) (?:bị|đã) "
    r"(?:bỏ qua|ẩn|được bỏ qua)|(?:đã )?bỏ qua (?:tệp )?(?:phương tiện|hình ảnh|media)"
    r"|attached: .{1,80}|.{1,80} \((?:file attached|tệp đính kèm)\)"
    r"|(?:this message was|you) deleted(?: this message)?|tin nhắn (?:này )?đã (?:được |bị )?"
    r"(?:thu hồi|xóa|xoá)|bạn đã (?:thu hồi|xóa|xoá) (?:một |tin nhắn).{0,20}"
    r"|missed (?:voice|video|group)? ?call.{0,20}|cuộc gọi (?:thoại |video )?(?:nhỡ|đến|đi).{0,20}"
    r"|\[(?:hình ảnh|sticker|video|tệp|file|photo|vị trí|danh thiếp)\]"
    r"|(?:đã gửi|đã nhận|đã xem|đang gửi|seen|delivered)"
    r")\W*",
    re.IGNORECASE,
)
_ENCRYPTED = re.compile(r"end-to-end encrypted|mã h(?:óa|oá) đầu cuối", re.IGNORECASE)
_EVENT = re.compile(
    r"\b(?:added|removed|left|joined using|created (?:this )?group|changed (?:the|this|their)|"
    r"security code|đã thêm|đã rời|rời khỏi nhóm|đã tham gia|đã tạo nhóm|đã (?:đổi|thay đổi)|"
    r"mã bảo mật|đã xóa|đã xoá)\b",
    re.IGNORECASE,
)
_SENDER = re.compile(r"[^:]{1,60}:\s+")
_LONGEST_NOTE = 300
_BEFORE_STAMP = frozenset("[0123456789")


def stamp_end(text: str) -> int:
    """Give where the words begin behind when a message was sent; 0 if nothing says when."""
    stamp = _STAMP.match(text) if text[:1] in _BEFORE_STAMP else None
    return 0 if stamp is None else stamp.end()


def is_chat_note(text: str) -> bool:
    """Whether a line of a copied chat is the program's own: nobody wrote it to anybody.

    It tells when something was sent, that a picture was left out, or who came into the group.
    """
    if not text or len(text) > _LONGEST_NOTE:
        return False
    stamp = _STAMP.match(text)
    words = text if stamp is None else text[stamp.end() :]
    if _WHEN_ALONE.fullmatch(text) or _LEFT_OUT.fullmatch(words):
        return True
    sender = _SENDER.match(words)
    if sender is not None and _LEFT_OUT.fullmatch(words, sender.end()):
        return True
    if stamp is not None and sender is None:
        return _ENCRYPTED.search(words) is not None or _EVENT.search(words) is not None
    return _ENCRYPTED.search(words) is not None and words.lstrip("🔒 ").startswith(
        ("Messages", "Tin nhắn", "Các tin nhắn")
    )
