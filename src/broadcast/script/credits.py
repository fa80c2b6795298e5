"""A line of a script, told to be a credit: it says who made the piece."""

from __future__ import annotations

import re

from broadcast.script import vocabulary
from broadcast.script.names import Words, is_name
from broadcast.text import CAPITAL

_CAPITAL = f"[{CAPITAL}ÄÅÆÇËÎÏÑÖØÛÜŒŠŽ]"
_NAME = rf"{_CAPITAL}(?:[’']{_CAPITAL})?[^\W\d_]*\.?"
_PERSON = rf"{_NAME}(?:(?:\s+|(?<=\.)){_NAME}){{0,4}}"
_PEOPLE = rf"{_PERSON}(?:\s*(?:[-–,&/]|và|and)\s*{_PERSON}){{0,4}}"
_STAFF = r"(?:nhóm )?(?:phóng viên|pv|p\.v|btv|biên tập viên|cộng tác viên|ctv)"
_ON_AIR = (
    r"mc|(?:người )?dẫn(?: chương trình)?|phát thanh viên|ptv|người phỏng vấn|giọng đọc"
    r"|host|presenter"
)
_OPEN = r"[(\[*_–-]*\s*"
_CLOSE = r"[.)\]*_]*"
_AFTER = re.compile(
    rf"{_OPEN}(?i:{_STAFF}[:.]?\s+)?{_PEOPLE}\s*[-–:]?\s*[(\[]?\s*"
    r"(?i:(?:phỏng vấn và )?thực hiện(?: phỏng vấn)?|lược ghi|ghi(?: lại)?|biên soạn|phỏng vấn"
    r"|tổng hợp|t/?h)"
    rf"\s*{_CLOSE}"
)
_WORK = (
    r"(?:người |nhóm |phóng viên |pv )?thực hiện(?: phỏng vấn)?|phỏng vấn|tác giả(?: bài viết)?"
    r"|người viết|bài viết|bài|tin"
    r"|(?:tin|bài)(?:,| và| -|/)? (?:ảnh|bài)|(?:tin|bài)/(?:ảnh|bài)|ảnh và bài"
    r"|biên tập|biên soạn|kỹ thuật(?: viên)?|dựng|đạo diễn|quay phim|âm thanh|thể hiện"
    r"|ghi(?: chép)?(?: của)?|lược ghi|nội dung"
    r"|by|words|(?:written|reported|produced) by|interview(?:ed)? by|story"
)
_BEFORE = re.compile(
    rf"{_OPEN}(?i:{_WORK})(?:\s*[:：]\s*|\s+(?={_CAPITAL}))(?i:{_STAFF}\s+)?{_PEOPLE}"
    rf"(?:\s*[,;–-]?\s*(?i:ảnh|photo|kỹ thuật|biên tập)\s*[:：]\s*{_PEOPLE})*{_CLOSE}"
)
_UNNAMED = re.compile(
    rf"{_OPEN}(?i:{_STAFF})\s*[-–:]?\s*\(?\s*"
    rf"(?i:thực hiện|lược ghi|ghi(?: lại)?|tổng hợp)\s*{_CLOSE}"
)
_STAFF_NAMED = re.compile(
    rf"{_OPEN}(?:(?i:{_STAFF}|tin|bài)\.?\s*[:–-]?|(?i:{_ON_AIR})\s*:)\s+(?P<named>{_PEOPLE}){_CLOSE}"
)
_INITIALS = re.compile(rf"{_CAPITAL}{{2,4}}|(?:{_CAPITAL}\.){{1,3}}{_CAPITAL}?")
_OF_OUTLET = re.compile(rf"(?P<people>{_PEOPLE})\s*[(\[](?:theo\s+)?(?P<outlet>[^()]{{2,60}})[)\]]")
_STAFF_ALONE = re.compile(rf"{_OPEN}(?i:nhóm {_STAFF}|{_STAFF}|ban biên tập){_CLOSE}")


_SAYS_SO = re.compile(r"(?:byline|ký tên)\s*[:：]\s*(?=[\W_]*[^\W_])", re.IGNORECASE)


def byline_words(text: str) -> str:
    """What is read of a byline: all of it but the word that marks it as one."""
    return _SAYS_SO.sub("", text, count=1)


def is_byline(text: str) -> bool:
    """Whether ``text`` says who made the piece: "Hồng Tú thực hiện.", "Bài, ảnh: Thu Hà"."""
    plain = text.strip()
    if _SAYS_SO.match(plain):
        return True
    if plain.isupper() and ":" not in plain:
        # "PHỎNG VẤN CUỐI TUẦN" is the name of a column.
        return False
    return len(plain) <= 160 and any(
        pattern.fullmatch(plain) is not None for pattern in (_AFTER, _BEFORE, _UNNAMED)
    )


def names_staff(text: str) -> bool:
    """Whether ``text`` is a reporter's name and nothing else: "PV: Hồng Tú"."""
    found = _STAFF_NAMED.fullmatch(text.strip()) if len(text) <= 80 else None
    if found is None:
        return False
    # "PHÓNG VIÊN HỎI - LÃNH ĐẠO TRẢ LỜI" is a title, "PV: Vâng." is said.
    words = Words.of(text)
    if text.rstrip().endswith(".") and len(found["named"].split()) < 2:
        return False
    return not any(words[at:].opening(vocabulary.LABEL_VERBS) for at in range(len(words)))


def is_signature(text: str) -> bool:
    """Whether ``text`` is nothing but names, as under an article: to be trusted only at its end."""
    plain = text.strip()
    if len(plain) > 80:
        return False
    if names_staff(plain) or _STAFF_ALONE.fullmatch(plain):
        return True
    of_outlet = _OF_OUTLET.fullmatch(plain)
    if of_outlet is not None and Words.of(of_outlet["outlet"]).opening(vocabulary.OUTLETS):
        plain = of_outlet["people"]
    names = plain.strip("()[]*_ .–-")
    if _INITIALS.fullmatch(names):
        return True
    words = Words.of(names)
    # "NỘI DUNG PHỎNG VẤN" is a heading; a single word may be both ("Nam Phương").
    if words.opening(vocabulary.HEADINGS) > 1 or words.opening(vocabulary.PAGE_WORDS):
        return False
    return (
        2 <= len(words) <= 8
        and re.fullmatch(_PEOPLE, names) is not None
        and all(
            is_name(words[at : at + 1]) or key in {"và", "and"} for at, key in enumerate(words.keys)
        )
    )


def is_credit_word(text: str) -> bool:
    """Whether ``text`` is the word of a credit alone, the names below it: "THỰC HIỆN"."""
    words = Words.of(text)
    return len(text) <= 60 and words.is_one_of(
        vocabulary.words_for("credits_before") | vocabulary.words_for("credits_after")
    )


def is_outlet_credit(text: str) -> bool:
    """Whether ``text`` says which paper it is taken from: "(Theo Báo Nước Lặng)"."""
    words = Words.of(text)
    return (
        2 <= len(words) <= 9
        and words.keys[0] in {"theo", "nguồn", "via", "source"}
        and words.first_letter(1).isupper()
        and not words.text.strip("()[] *_").endswith(("?", "!", ":"))
    )
