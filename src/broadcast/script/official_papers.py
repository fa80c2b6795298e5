"""A line, told to be of an official paper: its motto, its issuer, its number, its date."""

from __future__ import annotations

import re

from broadcast.messages import Message
from broadcast.script import reasons
from broadcast.script.addressing import words_of
from broadcast.script.phrase_patterns import PhrasePattern

_NUMBER = PhrasePattern(
    r"[\W_]*số\s*[:：]\s*[\d.…_ ]{0,8}\s?[/-]?\s?[\w.–-]{0,12}(?:[-–/][\w.&]{1,12}){0,4}"
    r"(?:\s{2,}.{0,60}|\s*)"
)
_SIDE_BY_SIDE = re.compile(r"\t|\s{3,}")
_PLACE_AND_DAY = PhrasePattern(
    r"[\W_]*[^\W\d_][^,.:;?!]{1,40},\s*ngày\s?[\d.…_ ]{1,6}tháng\s?[\d.…_ ]{1,6}năm\s?[\d.…_ ]{2,8}"
    r"[\W_]*"
)


def official_line(text: str) -> Message | None:
    """Say which line of an official paper ``text`` is; None if it is none."""
    if len(text) > 300:
        return None
    if is_state_motto(text) or is_agency_head(text):
        return reasons.AGENCY_HEAD
    if is_document_number(text):
        return reasons.DOCUMENT_NUMBER
    if is_place_and_day(text):
        return reasons.PLACE_AND_DAY
    if is_signed(text) or is_row_of_signing(text):
        return reasons.SIGNED
    return None


def is_state_motto(text: str) -> bool:
    """Whether ``text`` has the heads of papers: "CỘNG HÒA XÃ HỘI CHỦ NGHĨA …", "Độc lập - …"."""
    words = words_of(text)
    return len(words) <= 24 and words.has("state_mottoes")


def is_agency_head(text: str) -> bool:
    """Whether ``text`` is the name of a body in capitals: "ỦY BAN NHÂN DÂN XÃ ĐỒNG VÔNG"."""
    words = words_of(text)
    if not text.isupper() or not 2 <= len(words) <= 24 or text.rstrip()[-1:] in {"?", "!", ":"}:
        return False
    return words.length_at(0, "agencies") > 0


def is_document_number(text: str) -> bool:
    """Whether ``text`` gives a paper's number: "Số: 17/BB-UBND"."""
    return len(text) <= 120 and _NUMBER.fullmatch(text) is not None


def is_place_and_day(text: str) -> bool:
    """Whether ``text`` is the place and day of a paper: "Đồng Vông, ngày 12 tháng 6 năm 2025"."""
    return len(text) <= 120 and _PLACE_AND_DAY.fullmatch(text) is not None


def is_signed(text: str) -> bool:
    """Whether ``text`` says that it was signed: "(đã ký)        (đã ký)"."""
    words = words_of(text)
    at = 0
    while length := words.length_at(at, "signed"):
        at += length
    return 0 < at == len(words)


def is_row_of_signing(text: str) -> bool:
    """Whether posts that sign stand side by side: "THƯ KÝ        CHỦ TRÌ"."""
    return is_signed_post(text) and _SIDE_BY_SIDE.search(text.strip()) is not None


def is_signed_post(text: str) -> bool:
    """Whether ``text`` is a post that signs below: "THƯ KÝ        CHỦ TRÌ"."""
    words = words_of(text)
    at = 0
    while length := max(words.length_at(at, "signing"), words.length_at(at, "jobs")):
        at += length
    return 0 < at == len(words)
