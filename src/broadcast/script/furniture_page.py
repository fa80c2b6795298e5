"""A line, told to be of a web page around the text: its menus, counters, dates, buttons, links."""

from __future__ import annotations

import re

from broadcast.messages import Message
from broadcast.script import reasons, vocabulary
from broadcast.script.addressing import words_of
from broadcast.script.names import Words
from broadcast.script.phrase_patterns import PhrasePattern
from broadcast.script.vocabulary import words_for

_COUNTER = PhrasePattern(
    r"""[\W_]*(?:đang\ (?:truy\ cập|xem|online)|online|trực\ tuyến|hôm\ (?:nay|qua)|năm\ nay
    |trong\ (?:ngày|tuần|tháng|năm)|(?:tuần|tháng|năm)\ (?:này|trước|hiện\ tại)
    |khách|thành\ viên|tất\ cả|đã\ (?:xem|đọc)|views?|visitors?|today|total
    |(?:tổng\ |số\ )*(?:lượt\ |số\ )*(?:truy\ cập|xem|đọc))
    \W*[\d.,]+\s*(?:lượt|người|k)?\W*""",
    re.IGNORECASE | re.VERBOSE,
)
_SECTION = PhrasePattern(
    r"""thống\ kê(?:\ lượt)?(?:\ truy\ cập)?|lượt\ truy\ cập
    |(?:(?:các|những)\ )?(?:tin|bài)(?:\ viết|\ tức|\ bài)?\ (?:liên\ quan|khác|cùng\ \w+(?:\ \w+)?
        |đã\ đưa|(?:mới|cũ)(?:\ hơn|\ nhất)?|nổi\ bật|đọc\ nhiều|xem\ nhiều|nóng)(?:\ nhất)?
    |cùng\ (?:chuyên\ mục|tác\ giả)|(?:đọc|xem)\ nhiều(?:\ nhất)?|tin\ nóng|mới\ nhất|nổi\ bật
    |(?:có\ thể\ )?bạn\ (?:có\ thể\ )?quan\ tâm|đáng\ chú\ ý|(?:\d+\ )?bình\ luận(?:\ \d+)?
    |ý\ kiến(?:\ (?:bạn\ đọc|của\ bạn))?|liên\ kết(?:\ web(?:site)?|\ hữu\ ích)?|văn\ bản\ mới
    |chủ\ đề\ liên\ quan|đăng\ nhập|liên\ quan
    |related(?:\ (?:news|articles|stories|posts|content))?|more\ (?:news|stories)|read\ more
    |(?:most|also)\ (?:read|viewed|popular)|(?:\d+\ )?comments?(?:\ \d+)?|latest\ news|popular
    |leave\ a\ (?:comment|reply)|you\ may\ also\ like""",
    re.VERBOSE,
)
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DAY = rf"""(?:\d{{1,2}}\s*[/.-]\s*\d{{1,2}}\s*[/.-]\s*\d{{2,4}}|\d{{4}}-\d{{2}}-\d{{2}}
    |(?:ngày\s+)?\d{{1,2}}\s+tháng\s+(?:\d{{1,2}}|\w{{2,4}}(?:\s(?:một|hai))?)
        (?:,?\s+năm|,)?\s+\d{{4}}
    |\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH},?\s+\d{{4}}
    |{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}})"""
_CLOCK = (
    r"\d{1,2}\s*(?:[:.]|h|giờ)\s*\d{2}(?::\d{2})?(?:\s*phút)?(?:\s*(?:[ap]\.?m\b\.?|(?:sa|ch)\b))?"
)
_ZONE = r"(?:\s*\(?(?:gmt|utc|bst|[acemp][sde]?[sd]?t)\b\s*(?:[+-]?\d+)?\)?)"
_OF_TALKS = r"[^\n]*\b(?:briefing|interview|conference|hearing|podcast|transcript|speech)\b"
"""What is no reporter's name before a date: "Daily Press Briefing – February 12, 2016"."""
_DATE_LINE = PhrasePattern(
    rf"""[\W_]*(?:(?!{_OF_TALKS})(?:(?:đăng\ )?bởi|by|tác\ giả|người\ đăng)?:?
        \s*(?:[^\W\d_]++\.?\s{{0,2}}+){{1,5}}[-–|·•,]\s+
        |(?:[^\W\d_]++\s){{1,4}}(?=(?:thứ|chủ\ nhật)\s))?
    (?:(?:(?:ngày\ )?cập\ nhật|(?:ngày\ )?đăng|đăng\ (?:ngày|lúc)|(?:ngày\ )?xuất\ bản|ngày|lúc
    |published|updated|posted|aired|(?:first\ )?broadcast|recorded|date\ of\ recording
    )\b(?:\ on|\ lúc)?(?:\ ngày)?\s*:?\s*)?
    (?:(?:thứ\s+\w+|chủ\s+nhật|t[2-7]|cn|(?:mon|tue|wed|thu|fri|sat|sun)\w*)\W+)?
    (?:{_CLOCK}\W+(?:ngày\W+)?)?{_DAY}(?:\W+(?:lúc\W+|at\W+)?{_CLOCK})?{_ZONE}?
    (?:\W+(?:(?:xem\ )?cỡ\ chữ|(?:lượt\ xem|views?)?\W*[\d.,]*(?:\ (?:lượt\ \w+|views?))?
        |(?:bởi|by)\W+\w+(?:\W\w+){{0,3}}
        |{_CLOCK}\W+(?:ngày\W+)?{_DAY}|\d+\s+(?:bình\ luận|comments?)
        |comments?\s*\(\d+\)
        |\d+\s+(?:min(?:ute)?s?\ read|phút\ đọc)|\|\s(?:[^\W\d_]++\s?){{1,4}}|aa\W+aa))?[\W_]*""",
    re.IGNORECASE | re.VERBOSE,
)
_ADDRESS = PhrasePattern(
    r"[\W_]*(?:https?://\S+|www\.\S+|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]+)(.*)", re.IGNORECASE
)
_CRUMB = re.compile(r"\s[>»›/|]\s?")
_UPDATED = PhrasePattern(
    rf"[\W_]*(?:cập nhật|đăng|xuất bản|published|updated|posted)\b(?: lúc| at)?\W{{0,3}}{_CLOCK}"
    r"(?:\s*[ap]\.m\.)?[\W_]*"
)
_TIME_CODE = PhrasePattern(r"[\[(<]?\s*\d{1,2}(?::\d{2}){1,2}(?:[.,]\d{1,3})?\s*[\])>]?")
_PICTURE = PhrasePattern(
    r"\W*(?:\[?image\]?|\[?ảnh\]?|(?:ảnh|hình) (?:minh h(?:ọa|oạ)|tư liệu)"
    r"|\d{1,2}:\d{2} ?/ ?\d{1,2}:\d{2}|nghe (?:audio|podcast|bài|tin)(?: viết| này)?(?: tại đây)?"
    r"|img[_-]?\d+|\S{1,60}\.(?:jpe?g|png|gif|webp|mp4))\W*",
    re.IGNORECASE,
)
_VIDEO = PhrasePattern(r"[\W_]*(?:video|clip|audio)(?: clip)?\b[^.?!:]{0,90}:")
_PAGE_NUMBER = PhrasePattern(
    r"[-–—]\s*\d{1,3}\s*[-–—]|(?:trang|page) \d{1,3}(?:\s?(?:/|of)\s?\d{1,3})?", re.IGNORECASE
)
_END_MARK = PhrasePattern(
    r"(?:hết(?: bài)?|the end|(?-i:END|Ends|ENDS)\.?"
    r"|end of (?:transcript|tape|track|side|interview|recording|part|audio|file)(?: \w{1,3})?\.?)"
    r"|[-–—*#(\[]+\s*(?:hết(?: bài)?|the end|end)\s*[-–—*#)\]]+",
    re.IGNORECASE,
)
_LONGEST = 600
_MOST_WORDS_OF_SHORT = 14
"""Words of a line that a menu, a date, a counter can have."""


def page_line(text: str) -> Message | None:
    """Say which short line of a page ``text`` is; None if it is none."""
    if len(text) > _LONGEST or len(text.split()) > _MOST_WORDS_OF_SHORT:
        return None
    if _COUNTER.fullmatch(text):
        return reasons.COUNTER
    words = words_of(text)
    if len(text) < 60 and _SECTION.fullmatch(" ".join(words.keys)):
        return reasons.SECTION
    if is_menu(words):
        return reasons.MENU
    if _DATE_LINE.fullmatch(text) or _UPDATED.fullmatch(text):
        return reasons.PUBLISHED
    if _TIME_CODE.fullmatch(text):
        return reasons.TIME_CODE
    if _PAGE_NUMBER.fullmatch(text):
        return reasons.PAGE_NUMBER
    if _END_MARK.fullmatch(text):
        return reasons.END_MARK
    if _PICTURE.fullmatch(text) or _VIDEO.fullmatch(text):
        return reasons.PICTURE
    return None


def is_menu(words: Words) -> bool:
    """Whether buttons and menus are all there is: "Chia sẻ Facebook Zalo", "THỜI SỰ | KINH TẾ"."""
    keys = words.keys
    if words.is_one_of(vocabulary.PAGE_WORDS):
        return True
    found = at = 0
    while at < len(keys):
        length = words.length_at(at, "page_words") or words.length_at(at, "menu_parts")
        if not length and not keys[at].isdigit():
            break
        found += length > 0
        at += length or 1
    if at == len(keys) and found > 1:
        return True
    columns = re.split(r"\s*[|•·/»]\s*", words.text.strip(" |•·/»"))
    return len(columns) > 1 and all(
        Words.of(column).is_one_of(words_for("columns") | vocabulary.PAGE_WORDS)
        for column in columns
    )


def is_address(text: str) -> bool:
    """Whether ``text`` is a web or mail address, with a few words at most."""
    address = _ADDRESS.fullmatch(text)
    return address is not None and len(address[1].split()) <= 8


def is_path(text: str) -> bool:
    """Whether ``text`` is where a page stands on its site: "Trang chủ » Tin tức » Xã"."""
    crumbs = _CRUMB.split(text)
    if len(crumbs) < 2 or not all(2 <= len(crumb.strip()) <= 60 for crumb in crumbs):
        return False
    if any(sign in text for sign in ".?!"):
        return False
    return any(sign in text for sign in ">»›") or Words.of(text).keys[:2] in {
        ("trang", "chủ"),
        ("home",),
    }
