"""A line, told to be a set phrase of an interview: a question, the thanks, the closing words."""

from __future__ import annotations

import re

_GUEST = (
    r"(?:(?:các|hai|những)\s+)?(?:ông|bà|anh|chị|em|cô|chú|bác|cụ|thầy|đồng\s+chí|vị\s+khách"
    r"|bác\s+s[ĩỹ]|luật\s+sư|tiến\s+s[ĩỹ]|(?:phó\s+)?giáo\s+sư|kỹ\s+sư|nhà\s+(?:văn|thơ|giáo)"
    r"|nhạc\s+s[ĩỹ]|nghệ\s+(?:s[ĩỹ]|nhân)|(?:đại|thượng|trung|thiếu)\s+(?:tá|tướng|úy))\b"
)
_VOCATIVE = re.compile(rf"(?:vâng[,.]?\s+)?(?:xin\s+|kính\s+|dạ\s+)?thưa\s+{_GUEST}", re.IGNORECASE)
_THANKS = re.compile(
    r"(?:vâng[,.!]?\s+)?(?:(?:một lần nữa|thay mặt [^,.]{3,60}),?\s+)?"
    r"(?:(?:tôi|chúng tôi|xin|trân trọng|chân thành|rất)\s+)*c[ảá]m ơn\s+"
    r"(?:(?:những|các) (?:chia sẻ|thông tin|trao đổi|ý kiến)[^.!?]{0,30}\s+)?"
    rf"{_GUEST}.{{0,160}}"
    r"|thank you(?: (?:very|so) much)?,?\s*(?:mr|mrs|ms|dr|sir|madam"
    r"|for (?:your|talking|speaking|joining)).{0,80}",
    re.IGNORECASE | re.DOTALL,
)
_MAYBE_THANKS = re.compile(r"[ơƠ][nN]|[hH](?:ank|ANK)")
_LISTENERS = r"(?:quý (?:vị|thính giả|bạn)|thính giả|các bạn|bạn nghe đài)"
_CLOSES = re.compile(
    rf"(?:(?:vâng|kính|và|thưa {_LISTENERS}(?: và các bạn)?)[,.!]?\s+)*(?:"
    rf"(?:vừa rồi|trên đây)\b[^.!?]{{0,80}}(?:{_LISTENERS}|trao đổi|phỏng vấn|trò chuyện|phóng sự"
    r"|chương trình|chuyên mục|bản tin|t(?:ọa|oạ) đàm)"
    rf"|{_LISTENERS}[^.!?]{{0,40}} (?:vừa|đã|đang) (?:nghe|theo dõi|cùng)"
    r"|(?:chương trình|chuyên mục|bản tin|tiết mục|cuộc \w+ \w+|t(?:ọa|oạ) đàm)\b[^.!?:]{0,100}"
    r" (?:đến đây|xin (?:được |phép )*(?:tạm )?(?:dừng|kết thúc|khép)|là hết|kết thúc tại đây)"
    r"|(?:xin )?(?:trân trọng |chân thành )?(?:chào tạm biệt|kính chào|c[ảá]m ơn)"
    r" (?:quý thính giả|(?:quý vị|các bạn)(?: và các bạn)? đã (?:lắng nghe|nghe|quan tâm|theo))"
    r"|that was\b[^.!?]{0,60} (?:talking|speaking|interview)|you(?:'ve| have) been listening"
    r")",
    re.IGNORECASE,
)


def ends_asking(text: str) -> bool:
    """Whether ``text`` ends with a question mark."""
    return text.rstrip(" \"”'’)*_!").endswith("?")


def opens_as_question(text: str) -> bool:
    """Whether ``text`` turns to the person interviewed and asks."""
    return "?" in text and _VOCATIVE.match(text) is not None


def is_thanks(text: str) -> bool:
    """Whether ``text`` is nothing but the reporter's closing thanks."""
    # Few lines thank, and most are told so by a glance.
    if len(text) > 300 or not _MAYBE_THANKS.search(text):
        return False
    return _THANKS.fullmatch(text.strip(" -–—*•_")) is not None


def is_closing(text: str) -> bool:
    """Whether ``text`` closes the programme: "Vừa rồi quý vị đã nghe cuộc trao đổi …"."""
    return _CLOSES.match(text) is not None
