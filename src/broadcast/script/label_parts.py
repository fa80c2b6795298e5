"""The words of a label, parted: who speaks, what is said beside, what only tells how."""

from __future__ import annotations

import re
from functools import lru_cache

from broadcast.script import vocabulary
from broadcast.script.names import Words, is_name
from broadcast.text import folded

SEPARATORS = re.compile(r"\s+[-–—]\s+|\s*[–—]\s*|,\s+|\s+[|/]\s+|\s-(?=\w)|(?<=\w)-\s")
BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_ORDINAL = r"thứ (?:nhất|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười)"
NUMBERED = re.compile(
    r"(câu(?: hỏi)?(?: số)?|question|hỏi|q|trả lời(?: câu)?|đáp|answer|a)"
    rf"(?: ?\d{{1,3}}| {_ORDINAL})"
)
"""A question or an answer with its number, folded."""
_COUNTED = re.compile(rf"(?i:(?<=\w)\s+câu)?(?i:\s+số)?(?:\s*\d+|(?i:\s+{_ORDINAL}))$")
_OF = re.compile(
    r"(?P<asks>(?:câu )?hỏi|ý kiến(?: phát biểu)?|kiến nghị|đề nghị|chất vấn)"
    r"(?: (?:số )?\d{1,2})? của (?=\w)"
    r"|(?:phần |ý kiến )?(?:trả lời|giải đáp|giải trình|tiếp thu) của (?=\w)",
    re.IGNORECASE,
)


def parted(text: str) -> tuple[str, str]:
    """Part "name - job" and "name, job" at the first separator."""
    found = SEPARATORS.search(text)
    if found is None:
        return text.strip(), ""
    return text[: found.start()].strip(), text[found.end() :].strip()


def beside(written: str, job: str) -> str:
    """Give ``job`` and what brackets say of who speaks, without what they say of how."""
    parts = [job, *BRACKETS.findall(written)]
    return ", ".join(part.strip() for part in parts if part.strip() and not is_aside(part))


def is_aside(text: str) -> bool:
    """Whether words in brackets say nothing more of who speaks: "(cười)", "(PV)", "(trả lời)"."""
    return tells_how(text) or Words.of(text).keys in vocabulary.PARTS


def tells_how(text: str) -> bool:
    """Whether words in brackets say how somebody speaks or what is done: "cười", "hỏi tiếp"."""
    words = Words.of(text)
    return (
        not words
        or words.opening(vocabulary.STAGE_DIRECTIONS) > 0
        or words.keys[0] in {"vừa", "đang"}
        or (words.opening(vocabulary.LABEL_VERBS) > 0 and words.first_letter(0).islower())
        or words.is_one_of(vocabulary.LABEL_VERBS)
        or words.is_one_of(vocabulary.ASIDES)
    )


def is_manner(words: Words) -> bool:
    """Whether words after a part only tell how it is said: the "đọc" of "MC đọc"."""
    return words.is_one_of(vocabulary.ASIDES) and words.keys not in vocabulary.REPORTING_VERBS


def without_verb(words: Words) -> Words:
    """Leave out the verb of "Phóng viên hỏi", "Ông An trả lời", "Ông An hỏi thêm"."""
    if words.keys[-1:] in {("thêm",), ("tiếp",)}:
        asking = without_verb(words[:-1])
        return asking if len(asking) < len(words) - 1 else words
    for length in (3, 2, 1):
        if words[-length:].is_one_of(vocabulary.LABEL_VERBS):
            return words[:-length]
    return words


def part_that_asks(words: Words) -> Words | None:
    """ "PV" of "PV hỏi thầy Tùng": who is asked is no part of the name."""
    length = words.opening(vocabulary.PARTS)
    asked = length and words[length:].opening(vocabulary.ASKING_VERBS)
    return words[:length] if asked and len(words) > length + asked else None


def _part_that_reads(words: Words) -> Words | None:
    length = words.opening(vocabulary.PARTS)
    return words[:length] if length and is_manner(words[length:]) else None


def person_in(job: str) -> str:
    """The name in "PV (Hồng Tú)", "MC – Minh Anh", "Chủ trì (ông Đàm Quốc Khải)"."""
    words = Words.of(parted(job)[0])
    words = words[words.opening(vocabulary.HONORIFICS | vocabulary.DEGREES) :]
    return str(words) if len(words) >= 2 and len(words) <= 5 and is_name(words) else ""


def whose(written: str) -> tuple[str, bool] | None:
    """Give "Ông Nam" of "Câu hỏi của ông Nam", and whether he asks there; None without "của"."""
    found = _OF.match(written)
    if found is None:
        return None
    name = written[found.end() :]
    return name[:1].upper() + name[1:], found["asks"] is not None


@lru_cache(maxsize=2_048)
def plain_label(written: str) -> str:
    """Give a label without stage directions, abbreviations in brackets and question numbers."""
    plain = BRACKETS.sub(
        lambda found: " " if found[0][0] == "[" or is_aside(found[1]) else found[0], written
    )
    plain = " ".join(plain.split())
    if (of_whom := whose(plain)) is not None:
        plain = of_whom[0]
    without = without_verb(Words.of(plain))
    # "Câu hỏi" is a word of its own, "Ông An hỏi" is Ông An.
    if (
        Words.of(plain).keys not in vocabulary.PARTS
        and 0 < len(without) < len(Words.of(plain))
        and not plain.endswith(")")
    ):
        # "Ông An trả lời" is Ông An; the bracket of "Ông An (Hội Nông dân) trả lời" stays.
        plain = plain[: without.spans[-1][1]] + _closing_bracket(plain, without.spans[-1][1])
    asks = part_that_asks(Words.of(plain)) or _part_that_reads(Words.of(plain))
    if asks is not None:
        plain = str(asks)
    if NUMBERED.fullmatch(folded(plain)):
        plain = _COUNTED.sub("", plain)
        return "Câu hỏi" if folded(plain) == "câu" else plain
    return plain


def _closing_bracket(text: str, at: int) -> str:
    return ")" if text[at : at + 1] == ")" else ""


@lru_cache(maxsize=2_048)
def label_key(written: str) -> str:
    """The folded words of a label: equal keys, the same label."""
    return folded(plain_label(written))
