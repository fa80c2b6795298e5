"""A line of a script, turned into the reason why it is no part of the programme, if it is none."""

from __future__ import annotations

import re

from broadcast.messages import Message
from broadcast.script import reasons, vocabulary
from broadcast.script.label_forms import form_of
from broadcast.script.names import Words, has_words

_COUNTER = re.compile(
    r"""[\W_]*(?:đang\ (?:truy\ cập|xem|online)|online|trực\ tuyến|hôm\ (?:nay|qua)|năm\ nay
    |trong\ (?:ngày|tuần|tháng|năm)|(?:tuần|tháng|năm)\ (?:này|trước|hiện\ tại)
    |khách|thành\ viên|tất\ cả|đã\ (?:xem|đọc)|views?|visitors?|today|total
    |(?:tổng\ |số\ )*(?:lượt\ |số\ )*(?:truy\ cập|xem|đọc))
    \W*[\d.,]+\s*(?:lượt|người|k)?\W*""",
    re.IGNORECASE | re.VERBOSE,
)
_SECTION = re.compile(
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
_RELATED = re.compile(
    r"""\s*(?:(?:>>+|»+|›+|=>+|→+|[*•►▶-])\s*)?
    (?:(?:xem|đọc)\ (?:thêm|tiếp)|mời\ (?:bạn\ |quý\ vị\ )?(?:xem|đọc)\ thêm
    |(?:tin\ |bài\ )?liên\ quan|read\ more|see\ also|related)\s*[:：>-]
    |\s*(?:>>+|»+|›+|=>+)\s*\S""",
    re.IGNORECASE | re.VERBOSE,
)
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DAY = rf"""(?:\d{{1,2}}\s*[/.-]\s*\d{{1,2}}\s*[/.-]\s*\d{{2,4}}|\d{{4}}-\d{{2}}-\d{{2}}
    |(?:ngày\s+)?\d{{1,2}}\s+tháng\s+(?:\d{{1,2}}|\w{{2,4}}(?:\s(?:một|hai))?)
        (?:,?\s+năm|,)?\s+\d{{4}}
    |\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH},?\s+\d{{4}}
    |{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}})"""
_CLOCK = r"\d{1,2}\s*(?::|h|giờ)\s*\d{2}(?::\d{2})?(?:\s*phút)?(?:\s*(?:[ap]m|sa|ch)\b)?"
_DATE_LINE = re.compile(
    rf"""[\W_]*(?:(?:(?:đăng\ )?bởi|by|tác\ giả|người\ đăng)?:?
        \s*(?:[^\W\d_]++\.?\s{{0,2}}+){{1,5}}[-–|·•,]\s+
        |(?:[^\W\d_]++\s){{1,4}}(?=(?:thứ|chủ\ nhật)\s))?
    (?:(?:(?:ngày\ )?cập\ nhật|(?:ngày\ )?đăng|đăng\ (?:ngày|lúc)|(?:ngày\ )?xuất\ bản|ngày|lúc
    |published|updated|posted)\b(?:\ on|\ lúc)?(?:\ ngày)?\s*:?\s*)?
    (?:(?:thứ\s+\w+|chủ\s+nhật|t[2-7]|cn|(?:mon|tue|wed|thu|fri|sat|sun)\w*)\W+)?
    (?:{_CLOCK}\W+(?:ngày\W+)?)?{_DAY}(?:\W+(?:lúc\W+)?{_CLOCK})?(?:\s*\(?gmt\s*[+-]?\d+\)?)?
    (?:\W+(?:(?:xem\ )?cỡ\ chữ|(?:lượt\ xem|views?)?\W*[\d.,]*(?:\ (?:lượt\ \w+|views?))?
        |(?:bởi|by)\W+\w+(?:\W\w+){{0,3}}
        |{_CLOCK}\W+(?:ngày\W+)?{_DAY}|\d+\s+(?:bình\ luận|comments?)
        |\d+\s+(?:min(?:ute)?s?\ read|phút\ đọc)|\|\s(?:[^\W\d_]++\s?){{1,4}}|aa\W+aa))?[\W_]*""",
    re.IGNORECASE | re.VERBOSE,
)
_CREDIT = re.compile(
    r"""[\W_]*(?:(?:theo\ )?nguồn(?:\ tin|\ ảnh|\ video|\ clip)?|source
    |(?:hình\ |đồ\ )?(?:ảnh|hình|họa)(?:\ minh\ h(?:ọa|oạ)|\ tư\ liệu)?(?:\W+nguồn)?
    |photos?|image|picture|(?:photo\ )?credit|video|clip)\s*[:：]\s*(.*)""",
    re.IGNORECASE | re.VERBOSE,
)
_BY_SOURCE = re.compile(r"\(?(?:theo|nguồn|via|source)\s*:?\s+(.{2,60}?)\)?\.?", re.IGNORECASE)
_CAPTION = re.compile(
    r"""[^?]*(?:[.!…”\"]|\(|[-–|])\s*(?:ảnh|photo|hình|đồ\ họa)(?:\ minh\ họa|\ tư\ liệu)?
    \s*[:：]\s*(?:[^.?!]{2,50}|(?:[^\W\d_]{1,2}\.\s?){1,4}[^\W\d_]*)[.)]*\s*""",
    re.IGNORECASE | re.VERBOSE,
)
_NOTE = re.compile(
    r"""[\W_]*(?:ghi\ chú|lưu\ ý|chú\ ý|nhắc|dặn|note)(?:\ riêng)?\s(?:của|cho|với|gửi|to|for|from)
    \s(?:pv|phóng\ viên|btv|biên\ tập|kỹ\ thuật|ktv|đạo\ diễn|tòa\ soạn|toà\ soạn|mc|ptv
    |phát\ thanh\ viên|người\ (?:đọc|dẫn)|phòng\ (?:thu|dựng)
    |(?:the\ )?(?:editor|producer|presenter|host|studio|newsroom|reporter|technician))\b
    [^:：]{0,40}[:：].*""",
    re.IGNORECASE | re.VERBOSE,
)
_TAGS = re.compile(r"[\W_]*(?:từ kh(?:óa|oá)|tags?|thẻ|keywords?|hashtag)\s*[:：].*", re.IGNORECASE)
_SMALL_PRINT = re.compile(
    r"""©|\(c\)\s|copyright|bản\ quyền|giấy\ phép|ghi\ rõ\ nguồn|®|cơ\ quan(?:\ chủ\ quản)?\s*:
    |chịu\ trách\ nhiệm(?:\ chính|\ nội\ dung)?\s*:|trưởng\ ban\ biên\ tập|all\ rights\ reserved
    |đơn\ vị\ thiết\ kế|(?:thiết\ kế|phát\ triển)\ bởi|(?:designed|powered)\ by
    |tổng\ số\ điểm\ của\ bài|click\ để\ đánh\ giá|(?:bạn\ )?đánh\ giá\ bài\ viết|xếp\ hạng:
    |(?:mời\ (?:bạn|quý\ vị|độc\ giả)(?:\ đọc)?\ )?theo\ dõi\ .{2,50}
        \ (?:trên|qua|tại)\ (?:google|facebook|zalo|youtube)
    |\d+\ (?:min(?:ute)?s?\ read|phút\ đọc)\b|(?:quét\ )?mã\ qr\b|follow\ us\b|sent\ from\ my
    |gửi\ từ\ (?:\w+\ )?(?:iphone|ipad|điện\ thoại|samsung|android|outlook)
    |(?:like|share)\ \d+\b|\d+\ (?:likes?|shares?|lượt\ (?:xem|thích))\b""",
    re.IGNORECASE | re.VERBOSE,
)
_ADDRESS = re.compile(
    r"[\W_]*(?:https?://\S+|www\.\S+|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]+)(.*)", re.IGNORECASE
)
_CRUMB = re.compile(r"\s[>»›/|]\s?")
_PICTURE = re.compile(
    r"\W*(?:\[?image\]?|\[?ảnh\]?|(?:ảnh|hình) (?:minh h(?:ọa|oạ)|tư liệu)"
    r"|\d{1,2}:\d{2} ?/ ?\d{1,2}:\d{2}|nghe (?:audio|podcast|bài|tin)(?: viết| này)?(?: tại đây)?"
    r"|img[_-]?\d+|\S{1,60}\.(?:jpe?g|png|gif|webp|mp4))\W*",
    re.IGNORECASE,
)
_PAGE_NUMBER = re.compile(
    r"[-–—]\s*\d{1,3}\s*[-–—]|(?:trang|page) \d{1,3}(?:\s?(?:/|of)\s?\d{1,3})?", re.IGNORECASE
)
_END_MARK = re.compile(
    r"(?:hết(?: bài)?|the end)|[-–—*#(\[]+\s*(?:hết(?: bài)?|the end|end)\s*[-–—*#)\]]+",
    re.IGNORECASE,
)
_MAIL = re.compile(
    r"(?:from|to|cc|bcc|sent|date|subject|reply-to|từ|tới|đến|gửi|người gửi|người nhận|ngày gửi"
    r"|đã gửi)"
    r"\s*:\s*.*(?:@|\d{4}).*",
    re.IGNORECASE,
)
_MOST_WORDS = 60


def furniture_in(text: str) -> Message | None:
    """Say why ``text`` is furniture of a page wherever it stands; None if it may be spoken."""
    count = len(text.split())
    if len(text) > 600 or count > _MOST_WORDS:
        return None
    if not has_words(text):
        return reasons.NO_WORDS
    plain = text.strip(" \t*_#|•·–—-")
    if "\t" in text and _is_table_head(text):
        return reasons.TABLE_HEAD
    if count <= 14 and (why := _why_short(text)) is not None:
        return why
    if _RELATED.match(text):
        return reasons.RELATED
    if (":" in text or "：" in text) and (why := _why_with_colon(text)) is not None:
        return why
    if _is_of_source(plain):
        return reasons.SOURCE
    if _SMALL_PRINT.match(plain):
        return reasons.SMALL_PRINT
    if (address := _ADDRESS.fullmatch(text)) and len(address[1].split()) <= 8:
        return reasons.ADDRESS
    if _is_path(text):
        return reasons.PATH
    return None


def _why_short(text: str) -> Message | None:
    if _COUNTER.fullmatch(text):
        return reasons.COUNTER
    words = Words.of(text)
    if len(text) < 60 and _SECTION.fullmatch(" ".join(words.keys)):
        return reasons.SECTION
    if words.is_one_of(vocabulary.PAGE_WORDS) or (
        len(words) > 1 and all((key,) in vocabulary.PAGE_WORDS for key in words.keys)
    ):
        return reasons.MENU
    if _DATE_LINE.fullmatch(text):
        return reasons.PUBLISHED
    if _PAGE_NUMBER.fullmatch(text):
        return reasons.PAGE_NUMBER
    if _END_MARK.fullmatch(text):
        return reasons.END_MARK
    if _PICTURE.fullmatch(text):
        return reasons.PICTURE
    return None


def _why_with_colon(text: str) -> Message | None:
    credit = _CREDIT.fullmatch(text)
    if credit is not None and len(credit[1].split()) <= 12:
        return reasons.SOURCE
    if len(text.split()) <= 45 and _CAPTION.fullmatch(text):
        return reasons.CAPTION
    if _NOTE.fullmatch(text):
        return reasons.NEWSROOM_NOTE
    if _TAGS.fullmatch(text):
        return reasons.TAGS
    if _MAIL.fullmatch(text):
        return reasons.MAIL_HEAD
    return None


_LONGEST_PORTRAIT = 500


def _is_table_head(text: str) -> bool:
    cells = [Words.of(cell) for cell in text.split("\t") if cell.strip()]
    return all(cell.is_one_of(vocabulary.TABLE_HEADS) for cell in cells)


def is_portrait_caption(text: str) -> bool:
    """Whether ``text`` is nothing but a person with a job: "Bà Cao Thị Hậu, Trưởng phòng …"."""
    # A full stop ends a sentence: "Bà Hậu, Trưởng phòng Giáo dục, trả lời phóng viên." is a lead.
    if ":" in text or text.rstrip()[-1:] in {".", "?", "!", "…", ";"}:
        return False
    if len(text) > _LONGEST_PORTRAIT:
        return False
    form = form_of(text.strip(" .*_"))
    return form is not None and bool(form.person and form.title and form.job) and not form.family


def is_headline(text: str) -> bool:
    """Whether ``text`` could be an entry in a list of links: short, and no finished sentence."""
    last = text.rstrip(" \"”'’)*_")[-1:]
    return len(text.split()) <= 32 and last not in {".", "!", "?", "…", ":", ";"}


def _is_of_source(plain: str) -> bool:
    source = _BY_SOURCE.fullmatch(plain)
    if source is None:
        return False
    named = Words.of(source[1])
    return 0 < len(named) <= 8 and (
        named.opening(vocabulary.OUTLETS) > 0 or "." in source[1].strip(".")
    )


def _is_path(text: str) -> bool:
    crumbs = _CRUMB.split(text)
    if len(crumbs) < 2 or not all(2 <= len(crumb.strip()) <= 60 for crumb in crumbs):
        return False
    if any(sign in text for sign in ".?!"):
        return False
    return any(sign in text for sign in ">»›") or Words.of(text).keys[:2] in {
        ("trang", "chủ"),
        ("home",),
    }
