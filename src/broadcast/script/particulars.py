"""A line before the turns, told to be a particular of the programme: named part, card, station."""

from __future__ import annotations

import re

from broadcast.script.air_date import air_date_of
from broadcast.text import folded

_NAMED = re.compile(
    r"\s*(?P<what>tiêu đề|tít|tựa đề|tên (?:bài|chương trình)|title|headline|sa ?p[oô]|lời dẫn|dẫn"
    r"|(?:lời )?(?:mở đầu|giới thiệu)|tóm tắt|lead|intro|standfirst)\s*[:：]\s*",
    re.IGNORECASE,
)
_TITLES = {"tiêu đề", "tít", "tựa đề", "tên bài", "tên chương trình", "title", "headline"}
_COLUMN = re.compile(
    r"(?:phỏng vấn|trò chuyện|đối thoại|tọa đàm|gặp gỡ|gương sáng|câu chuyện|chuyện|góc|talk"
    r"|interview)\b"
)
SITE = re.compile(
    r"(?:cổng|trang)(?: thông tin| tin)? điện tử|báo điện tử|đài (?:phát|truyền) thanh|đài pt th"
    r"|(?:ủy|uỷ) ban nhân dân|ubnd|cộng (?:hòa|hoà) xã hội chủ nghĩa|độc lập tự do hạnh phúc"
    r"|(?:chào mừng|welcome)\b.*(?:trang|cổng|website|site)\b"
)
"""What a site, not an article, is called, folded."""
_CARD = re.compile(
    r"(?:(?:tên )?chuyên (?:mục|đề)|thời lượng(?: \w+){0,3}|thời gian|địa điểm"
    r"|ngày (?:phỏng vấn|thực hiện|ghi âm|ghi hình|thu(?: âm| thanh)?)|đối tượng(?: phỏng vấn)?"
    r"|thời gian phát(?: sóng)?|ngày phát(?: sóng)?|giờ phát(?: sóng)?|phát sóng"
    r"|ghi chú|khách mời|nhân vật|người (?:được phỏng vấn|trả lời|phỏng vấn)"
    r"|thành phần(?: tham gia)?|guests?|chương trình số|số phát sóng"
    r"|thể loại|duration|air date|slug|running time|speakers(?=\W+\d)|file(?:name)?|accession no\.?"
    r"|date of (?:recording|interview)|place of (?:recording|interview))\s*[:：]",
    re.IGNORECASE,
)
_AIRED = re.compile(
    r"(?:(?:chuyên (?:mục|đề)|chương trình|bản tin|tiết mục|số)\b.{0,80}?\W\s*)?"
    r"(?:phát(?: sóng| thanh)?|lên sóng|ghi âm|thu (?:âm|thanh)|airs|aired|broadcast|recorded)"
    r"\s*(?::|(?:vào |on |at )?(?:lúc|ngày|sáng|trưa|chiều|tối|thứ|số|kỳ|\w{3,6}day)\b"
    r"|(?=\d{1,2}\s*(?:giờ|h|:|/)))[^.?!]{0,40}\d[^.?!]{0,30}",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"kịch bản (?:phỏng vấn|(?:chương trình|phóng sự|t(?:ọa|oạ) đàm|bản tin)(?: phát thanh)?"
    r"|phát thanh|truyền thanh)|(?:phần )?nội dung(?: (?:cuộc |bài )?(?:phỏng vấn|trao đổi))?"
    r"|phần (?:phỏng vấn|trao đổi)",
    re.IGNORECASE,
)
_COLUMN_IN_BRACKETS = re.compile(
    r"\((?:chuyên (?:mục|đề)|chương trình|bản tin|tiết mục|phát(?: sóng| thanh)|số \d|ghi chú)\b"
    r"[^()]*\)",
    re.IGNORECASE,
)
_NAMES_COLUMN = re.compile(r"(?:tên )?chuyên (?:mục|đề)\s*[:：]", re.IGNORECASE)


def named_part(text: str) -> tuple[str, int]:
    """Say what a line names itself, "title" or "lead" ("": neither), and where its words begin."""
    found = _NAMED.match(text)
    if found is None:
        return "", 0
    return ("title" if found["what"].casefold() in _TITLES else "lead"), found.end()


def is_card(text: str) -> bool:
    """Whether a line gives the particulars of the programme: its column, its length, its day."""
    if len(text.split()) > 20:
        return False
    return (
        _CARD.match(text) is not None
        or _HEADING.fullmatch(text.strip(" *_:.–-")) is not None
        or _AIRED.fullmatch(text.strip(" ()[]*_.–-")) is not None
        or air_date_of(text) is not None
        or _COLUMN_IN_BRACKETS.fullmatch(text.strip(" *_")) is not None
    )


def names_column(text: str) -> bool:
    """Whether a line names the column: the title of a programme that has no other."""
    return _NAMES_COLUMN.match(text) is not None


def is_kicker(text: str) -> bool:
    """Whether a line above a title may be no more than the column: "PHỎNG VẤN"."""
    return len(text.split()) <= 6 and ":" not in text and _COLUMN.match(folded(text)) is not None


def names_station(text: str) -> bool:
    """Whether a line says no more than whose page or which column it is."""
    if len(text.split()) > 12:
        return False
    key = folded(text)
    return key.startswith(("chuyên mục ", "tiết mục ")) or SITE.match(key) is not None
