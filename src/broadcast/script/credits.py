"""A line of a script, told to be a credit: it says who made the piece."""

from __future__ import annotations

import re

from broadcast.script import vocabulary
from broadcast.script.names import Words, is_name
from broadcast.script.phrase_patterns import PhrasePattern
from broadcast.text import CAPITAL, folded

_CAPITAL = f"[{CAPITAL}ÄÅÆÇËÎÏÑÖØÛÜŒŠŽ]"
_NAME = rf"{_CAPITAL}(?:[’']{_CAPITAL})?[^\W\d_]*\.?"
_PERSON = rf"{_NAME}(?:(?:\s+|(?<=\.)){_NAME}){{0,4}}"
_PEOPLE = rf"{_PERSON}(?:\s*(?:[-–,&/]|và|and)\s*{_PERSON}){{0,4}}"
_OPEN = r"[(\[*_–-]*\s*"
_CLOSE = r"[.)\]*_]*"
_AFTER = PhrasePattern(
    rf"{_OPEN}(?i:«staff»[:.]?\s+)?(?P<named>{_PEOPLE})\s*[-–:]?\s*(?P<apart>[(\[])?\s*"
    rf"(?P<verb>(?i:«credits_after»))\s*{_CLOSE}",
    flags=0,
)
_FURTHER = rf"(?:\s*[,;.|/–-]?\s*(?i:«pictures»|«credits_before»)\s*[:：]\s*{_PEOPLE})*"
_BEFORE = PhrasePattern(
    rf"{_OPEN}(?i:«credits_before»)(?P<colon>\s*[:：]\s*|\s+(?={_CAPITAL}))(?i:«staff»\s+)?{_PEOPLE}"
    rf"{_FURTHER}(?P<beside>\s*[-–,(]\s*[^.?!:]{{2,60}})?{_CLOSE}",
    flags=0,
)
_UNNAMED = PhrasePattern(
    rf"{_OPEN}(?i:«staff»)\s*[-–:]?\s*\(?\s*(?i:«credits_after»)\s*{_CLOSE}", flags=0
)
_AS_STAFF = PhrasePattern(
    rf"{_OPEN}{_PEOPLE}\s*[-–,(]\s*(?i:«staff»)(?:\s+[^.?!:]{{2,40}})?{_CLOSE}", flags=0
)
_FROM = re.compile(rf"{_PEOPLE}\s*[-–(,]?\s*(?i:theo|nguồn)\s+{_CAPITAL}[^.?!:]{{1,40}}{_CLOSE}")
_STAFF_NAMED = PhrasePattern(
    rf"{_OPEN}(?:(?i:«staff»|tin|bài)\.?\s*[:–-]?|(?i:«on_air»)\s*:)\s+(?P<named>{_PEOPLE}){_CLOSE}",
    flags=0,
)
_INITIALS = re.compile(rf"{_CAPITAL}{{2,4}}|(?:{_CAPITAL}\.){{1,3}}{_CAPITAL}?")
_OF_OUTLET = re.compile(rf"(?P<people>{_PEOPLE})\s*[(\[](?:theo\s+)?(?P<outlet>[^()]{{2,60}})[)\]]")
_STAFF_ALONE = PhrasePattern(rf"{_OPEN}(?:«staff»|ban biên tập){_CLOSE}")
_SAYS_SO = re.compile(r"(?:byline|ký tên)\s*[:：]\s*(?=[\W_]*[^\W_])", re.IGNORECASE)
_LONGEST = 160


def byline_words(text: str) -> str:
    """What is read of a byline: all of it but the word that marks it as one."""
    return _SAYS_SO.sub("", text, count=1)


def is_byline(text: str) -> bool:
    """Whether ``text`` says who made the piece: "Hồng Tú thực hiện.", "Bài, ảnh: Thu Hà"."""
    plain = text.strip()
    if _SAYS_SO.match(plain):
        return True
    if len(plain) > _LONGEST:
        return False
    if (after := _AFTER.fullmatch(plain)) is not None:
        return not plain.isupper() or _is_credit_in_capitals(after)
    if plain.isupper() and ":" not in plain:
        # "PHỎNG VẤN CUỐI TUẦN" is the name of a column.
        return False
    if (before := _BEFORE.fullmatch(plain)) is not None:
        return _is_beside_name(before)
    return any(pattern.fullmatch(plain) is not None for pattern in (_UNNAMED, _AS_STAFF, _FROM))


def _is_credit_in_capitals(after: re.Match[str]) -> bool:
    """ "AN BÌNH (THỰC HIỆN)", not "KẾ HOẠCH THỰC HIỆN" or "NỘI DUNG PHỎNG VẤN"."""
    if after["apart"]:
        return True
    named = Words.of(after["named"])
    other = vocabulary.HEADINGS | vocabulary.words_for("carried_out") | vocabulary.PLACES
    return (
        len(named) >= 2
        and not named.opening(other)
        and not Words.of(after["verb"]).opening(vocabulary.Phrases({("phỏng", "vấn")}))
    )


def _is_beside_name(before: re.Match[str]) -> bool:
    """Whether what stands beside the name is a post or a paper: "By Ann Lee, Gazette staff"."""
    beside = before["beside"]
    if not beside:
        return True
    named_by = before["colon"].strip() or folded(before[0]).startswith("by ")
    return bool(named_by) and len(beside.split()) <= 8


def names_staff(text: str) -> bool:
    """Whether ``text`` is a reporter's name and nothing else: "PV: Hồng Tú"."""
    found = _STAFF_NAMED.fullmatch(text.strip()) if len(text) <= 80 else None
    if found is None:
        return False
    # "PHÓNG VIÊN HỎI - LÃNH ĐẠO TRẢ LỜI" is a title, "PV: Vâng." is said.
    words = Words.of(found["named"])
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
    if words.opening(vocabulary.words_for("greetings")):
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
        and words.opening(vocabulary.words_for("taken_from")) > 0
        and words.first_letter(1).isupper()
        and not words.text.strip("()[] *_").endswith(("?", "!", ":"))
    )
