"""Forms of labels that say who somebody is in the programme, without needing a name.

Each is a function from the words of the label and what stands beside them to a Form, or None; its
docstring begins with examples in quotation marks, which are tested.
"""

from __future__ import annotations

import re

from broadcast.messages import Message
from broadcast.script import vocabulary
from broadcast.script.form import Form, Sureness
from broadcast.script.label_parts import (
    NUMBERED,
    is_manner,
    part_that_asks,
    person_in,
    without_verb,
)
from broadcast.script.names import Words, first_words, is_name, name_at_end, reports

_VOWEL = re.compile("[aeiouy]")
_GUEST = re.compile(r"(?:KM|K\.M\.?) ?([1-9])?")
_OPINION = re.compile(r"ý kiến(?: (?:số|thứ) (?:\w+)| \d{1,2}| (?:một|hai|ba|bốn|tư|năm|sáu|bảy))")
# Names of a paper or a station only together with what it is called.
_KINDS = {("tạp", "chí"), ("nhật", "báo"), ("tuần", "báo"), ("truyền", "hình")} | {
    (kind,) for kind in ("báo", "đài", "kênh", "radio", "tv", "fm")
}
# "Đài truyền thanh", "Đài huyện": stations are called so in small letters.
_STATIONS = {"truyền", "phát", "tiếng", "tỉnh", "huyện", "xã", "phường", "thành", "thị", "quận"}
_AT_END = {"tv", "fm", "radio"}
_CALL_SIGN = re.compile(r"[A-ZĐƯ0-9]{1,5}(?:TV|FM|Radio)")
_CAMEL = re.compile(r"(?<=[^\W\d_])(?=[A-ZÀ-ÝĂĐĨŨƠƯẠ-Ỹ][^\W\d_A-Z])")
_FIRST_OF_PARTS = first_words(vocabulary.PARTS)
_FIRST_OF_BODIES = first_words(vocabulary.BODIES, vocabulary.KIN)
_MOST_OF_OUTLET = 8
_MOST_AFTER_PART = 9
_MOST_OF_NUMBERED = 5
_CHAIR = "chair"


def may_be_numbered(words: Words) -> bool:
    """Whether ``words`` are few, as those with a number are."""
    return len(words) <= _MOST_OF_NUMBERED


def begins_with_part(words: Words) -> bool:
    """Whether ``words`` begin with what somebody does in a programme."""
    return words.keys[0] in _FIRST_OF_PARTS and words.opening(vocabulary.PARTS) > 0


def may_be_outlet(words: Words) -> bool:
    """Whether ``words`` could be the name of a paper or a station, in capitals."""
    return len(words) <= _MOST_OF_OUTLET and words.first_letter(0).isupper()


def begins_with_body_or_kin(words: Words) -> bool:
    """Whether ``words`` begin as an office does, or as whose kin somebody is."""
    return words.keys[0] in _FIRST_OF_BODIES and words.first_letter(0).isupper()


def numbered(words: Words, job: str) -> Form | None:
    """ "Câu 3", "Câu hỏi thứ nhất", "Q1": a question or an answer with its number."""
    found = NUMBERED.fullmatch(" ".join(words.keys))
    if found is None:
        return None
    if found[1].startswith(("câu", "q", "hỏi")):
        known_by = Message("label.question", "a numbered question")
        return Form(Sureness.LIKELY, known_by, "reporter", "question")
    return Form(Sureness.LIKELY, Message("label.answer", "a numbered answer"), "official", "answer")


def opinion(words: Words, job: str) -> Form | None:
    """ "Ý kiến 1", "Ý kiến thứ hai": one of many, in the minutes of a meeting."""
    if not words.first_letter(0).isupper() or not _OPINION.fullmatch(" ".join(words.keys)):
        return None
    known_by = Message("label.opinion", "a numbered opinion of a meeting")
    return Form(Sureness.MAYBE, known_by, "reporter", job=job)


def part_alone(words: Words, job: str) -> Form | None:
    """ "PV", "Khách mời", "phóng viên", "MC đọc", "PV hỏi thầy Tùng": the part says all."""
    length = words.opening(vocabulary.PARTS)
    after = without_verb(words[length:])
    if not length or (after and not is_manner(after) and part_that_asks(words) is None):
        return None
    role, family = vocabulary.PARTS[words.keys[:length]]
    if family in {"question", "answer"} and Words.of(job).opening(vocabulary.ANSWERING_VERBS):
        # "Hỏi – đáp chính sách" is a column.
        return None
    person = person_in(job)
    return Form(
        min(_surest(words[:length]), _surest_of(family)),
        _says_part(words[:length]),
        role,
        family,
        person,
        job="" if person else job,
    )


def part_with_number(words: Words, job: str) -> Form | None:
    """ "PTV 1", "Speaker 2", "BTV nam", "Giọng nữ": one of several in that part."""
    length, after = _after_part(words)
    if len(after) != 1 or not (after.keys[0].isdigit() or after.keys[0] in {"nam", "nữ"}):
        return None
    role, family = vocabulary.PARTS[words.keys[:length]]
    part = words[:length]
    return Form(_surest(part), _says_part(part), role, f"{family} {after.keys[0]}", job=job)


def part_with_name(words: Words, job: str) -> Form | None:
    """ "PV Hồng Tú", "Phóng viên VOV", "Thính giả Lê Văn Tư": the part, and who has it."""
    length, after = _after_part(words)
    if not after:
        return None
    part = words[:length]
    role, family = vocabulary.PARTS[words.keys[:length]]
    sureness, known_by = _surest(part), _says_part(part)
    outlet = after.opening(vocabulary.OUTLETS)
    if outlet:
        name = name_at_end(after[outlet:])
        return Form(sureness, known_by, role, family, str(name or ""), job=_joined(after, job))
    if is_name(after):
        return Form(sureness, known_by, role, family, str(after), job=job)
    name = name_at_end(after)
    if name is not None:
        return Form(sureness, known_by, role, family, str(name), job=_joined(after, job))
    return None


def part_with_words(words: Words, job: str) -> Form | None:
    """ "Chuyên gia kinh tế", "Chủ trì kết luận": a label only where the script bears it out."""
    length, after = _after_part(words)
    if not after or not words.first_letter(0).isupper():
        return None
    if not any(after.first_letter(at).isupper() for at in range(len(after))) and len(after) > 3:
        return None
    part = words[:length]
    role, family = vocabulary.PARTS[words.keys[:length]]
    # "Khách" and "Giọng" begin many other words.
    sureness = Sureness.LIKELY if len(part) > 1 or str(part).isupper() else Sureness.MAYBE
    if family != _CHAIR:
        family = f"{family} {' '.join(after.keys)}"
    return Form(sureness, _says_part(part), role, family, job=_joined(after, job))


def guest_in_letters(words: Words, job: str) -> Form | None:
    """ "KM1", "KM": "khách mời" in letters, as stations type it."""
    found = _GUEST.fullmatch(words.text.strip())
    if found is None:
        return None
    part = Message("label.part", "“{part}” says the part", part="KM")
    if found[1] is None:
        return Form(Sureness.LIKELY, part, "official", "guest", person_in(job), job=job)
    return Form(Sureness.SURE, part, "official", f"guest {found[1]}", person_in(job), job=job)


def outlet(words: Words, job: str) -> Form | None:
    """ "Báo Sông Trầu", "Đài PT-TH Hải Trầm", "Radio Sông Lam": a paper or a station asks."""
    length = words.opening(vocabulary.OUTLETS)
    if not length or not words.first_letter(0).isupper():
        return None
    called = words[length:]
    if words.keys[:length] in _KINDS and not _is_called(called):
        station = words.keys[:length] == ("đài",)
        if not (station and (not called or called.keys[0] in _STATIONS)):
            return None
    return _of_outlet(words, job)


def outlet_at_end(words: Words, job: str) -> Form | None:
    """ "Sông Lam TV", "Lake FM", "RTV", "RadioSôngLam": it is told by how its name is put."""
    if len(words) == 1:
        name = words.text.strip()
        in_words = Words.of(_CAMEL.sub(" ", name))
        camel = len(in_words) > 1 and in_words.opening(vocabulary.OUTLETS) > 0
        return _of_outlet(words, job) if camel or _CALL_SIGN.fullmatch(name) else None
    return _of_outlet(words, job) if words.keys[-1] in _AT_END and is_name(words[:-1]) else None


def office(words: Words, job: str) -> Form | None:
    """ "Phòng Quản lý xuất nhập cảnh trả lời", "Sở Y tế": it answers as a whole."""
    if not words.opening(vocabulary.BODIES) or not words.first_letter(0).isupper() or job:
        return None
    name = without_verb(words)
    if reports(name) or len(name) < 2 or len(name) > 12:
        return None
    sureness = Sureness.LIKELY if len(name) < len(words) else Sureness.MAYBE
    known_by = Message("label.office", "“{office}” is an office", office=str(name))
    return Form(sureness, known_by, "official", job=str(name))


def _after_part(words: Words) -> tuple[int, Words]:
    """How many words say the part, and those after it: none where they report or ask."""
    length = words.opening(vocabulary.PARTS)
    if not length:
        return 0, words[:0]
    after, family = without_verb(words[length:]), vocabulary.PARTS[words.keys[:length]][1]
    if family in {"question", "answer"} or len(after) > _MOST_AFTER_PART:
        return length, words[:0]
    # "Chủ trì kết luận" is how minutes name who speaks.
    return length, words[:0] if reports(after) and family != _CHAIR else after


def _says_part(part: Words) -> Message:
    return Message("label.part", "“{part}” says the part", part=str(part))


def _surest(part: Words) -> Sureness:
    """How surely a part is a label: less in small letters, as it stands in a sentence too."""
    if part.first_letter(0).isupper() or _is_abbreviation(part):
        return Sureness.SURE
    return Sureness.LIKELY if len(part) > 1 else Sureness.MAYBE


def _surest_of(family: str) -> Sureness:
    """ "Chủ trì: ông Nam" also tells who is there."""
    return Sureness.LIKELY if family == _CHAIR else Sureness.SURE


def _is_abbreviation(words: Words) -> bool:
    """Whether letters are no word of a sentence even when they are small: "pv", "btv"."""
    letters = "".join(words.keys)
    return len(letters) > 1 and letters.isascii() and not _VOWEL.search(letters)


def _joined(after: Words, job: str) -> str:
    return ", ".join(part for part in (str(after), job) if part)


def _is_called(words: Words) -> bool:
    return any(words.first_letter(at).isupper() for at in range(len(words)))


def _of_outlet(words: Words, job: str) -> Form | None:
    person = person_in(job)
    if reports(words) or len(words) > _MOST_OF_OUTLET or (job and not person):
        return None
    known_by = Message("label.outlet", "“{outlet}” is a paper or a station", outlet=str(words))
    return Form(Sureness.MAYBE, known_by, "reporter", "reporter", person, job=str(words))
