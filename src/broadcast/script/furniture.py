"""A line of a script, turned into the reason why it is no part of the programme, if it is none."""

from __future__ import annotations

from broadcast.messages import Message
from broadcast.script import reasons, vocabulary
from broadcast.script.chat import is_chat_note
from broadcast.script.furniture_page import is_address, is_path, page_line
from broadcast.script.label_forms import form_of
from broadcast.script.names import Words, has_words
from broadcast.script.newsroom_lines import newsroom_line
from broadcast.script.official_papers import official_line
from broadcast.script.phrase_patterns import PhrasePattern
from broadcast.script.picture_captions import has_picture_credit, is_credit_alone
from broadcast.text import remembering_texts

_CREDIT = PhrasePattern(
    r"[\W_]*(?:«sources»|(?:«pictures»|«illustrating»)(?:\W+nguồn)?)\s*[:：]\s*(.*)"
)
_BY_SOURCE = PhrasePattern(r"\(?«taken_from»\s*:?\s+(.{2,60}?)\)?\.?")
_CAPTION = PhrasePattern(
    r"[^?]*(?:[.!…”\"]|\(|[-–|])\s*(?:«pictures»|«illustrating»)\s*[:：]\s*"
    r"(?:[^.?!]{2,50}|(?:[^\W\d_]{1,2}\.\s?){1,4}[^\W\d_]*)[.)]*\s*"
)
_RELATED = PhrasePattern(
    r"\s*(?:(?:>>+|»+|›+|=>+|→+|[*•►▶-])\s*)?«related»\s*[:：>-]|\s*(?:>>+|»+|›+|=>+)\s*\S"
)
_NOTE = PhrasePattern(
    r"[\W_]*«notes_to»\s(?:của|cho|với|gửi|to|for|from)\s(?:«staff»|«on_air»|«desks»)\b"
    r"[^:：]{0,40}[:：].*"
)
_TAGS = PhrasePattern(r"[\W_]*«tags»\s*[:：].*")
_SMALL_PRINT = PhrasePattern(
    r"©|\(c\)\s|®|«small_print»\b|«small_print_heads»\s*:"
    r"|(?:mời (?:bạn|quý vị|độc giả)(?: đọc)? )?theo dõi .{2,50}"
    r" (?:trên|qua|tại) (?:google|facebook|zalo|youtube)"
    r"|\d+ «reading_times»\b"
    r"|gửi từ (?:\w+ )?(?:iphone|ipad|điện thoại|samsung|android|outlook)"
    r"|tickets?:? [£$€\d]|posted (?:in|on|by) [^.?!]{1,60}\Z"
    r"|(?:like|share) \d+\b|\d+ (?:likes?|shares?|lượt (?:xem|thích))\b"
)
_MAIL = PhrasePattern(r"«mail_fields»\s*:\s*.*(?:@|\d{4}).*")
_MOST_WORDS = 60
_MOST_WORDS_OF_CAPTION = 45


@remembering_texts
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
    if (why := page_line(text)) is not None:
        return why
    if is_chat_note(text):
        return reasons.CHAT_NOTE
    if _RELATED.match(text):
        return reasons.RELATED
    if (":" in text or "：" in text) and (why := _why_with_colon(text)) is not None:
        return why
    if _is_of_source(plain):
        return reasons.SOURCE
    if _SMALL_PRINT.match(plain):
        return reasons.SMALL_PRINT
    if is_address(text):
        return reasons.ADDRESS
    if is_path(text):
        return reasons.PATH
    if is_credit_alone(text):
        return reasons.PICTURE
    if count <= _MOST_WORDS_OF_CAPTION and has_picture_credit(text):
        return reasons.CAPTION
    return official_line(text) or newsroom_line(text)


def _why_with_colon(text: str) -> Message | None:
    credit = _CREDIT.fullmatch(text)
    if credit is not None and len(credit[1].split()) <= 12:
        return reasons.SOURCE
    if len(text.split()) <= _MOST_WORDS_OF_CAPTION and _CAPTION.fullmatch(text):
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
