"""Forms of labels that name a person, with a form of address, a degree or a post, or without.

Each is a function from the words of the label and what stands beside them to a Form, or None; its
docstring begins with examples in quotation marks, which are tested.
"""

from __future__ import annotations

import re
from functools import lru_cache

from broadcast.messages import Message
from broadcast.script import vocabulary
from broadcast.script.form import Form, Sureness
from broadcast.script.label_parts import person_in, without_verb
from broadcast.script.names import (
    Words,
    first_words,
    has_full_name,
    is_name,
    is_place,
    is_quoted,
    name_at_end,
    reports,
)

_LETTERED_NAME = re.compile(r"(?:[^\W\d_]\.\s?){1,5}[^\W\d_]?|[A-ZĐ]{2,4}")
_SHORT_TITLE = re.compile(r"[ABCEÔO]\.\s?(?=[^\W\d_]{2})")
"""Anh, Bà, Chị, Em, Ông by their first letters."""
_MIDDLE_NAMES = {"văn", "thị", "hữu", "đình"}
_IN_SENTENCES = """
ấy ta này kia đó nghĩ thấy hỏi ơi em con chị anh cô bà cháu cả mình ý thể xã trời chủ nào bé già gái
trai lão dâu rể chàng nàng út đời bè bạn nhà nông dân tôi tao nó họ và với thì mà khi nếu vì nên
trong ngoài trên dưới cũng vẫn còn đều lại ra vào đi về như tên lính"""
_SMALL_WORDS = frozenset(_IN_SENTENCES.split())
"""What stands after "ông", "chị", "bạn" in a sentence, where a name in small letters could."""
_FIRST_OF_TITLES = first_words(vocabulary.TITLES, vocabulary.BEFORE_TITLES)
_MOST_OF_SMALL_NAME = 4
_MOST_OF_NAME = 5
_MOST_BEFORE_NAME = 9
_BESIDE_OTHERS = {"của", "theo", "với", "cho", "về", "từ", "và", "mang", "gặp", "nhớ", "mừng"}
"""What stands before somebody who is spoken of."""
_NOT_BEFORE_NAMES = vocabulary.UNITS | vocabulary.NAMED_BODIES | vocabulary.BODIES


def begins_with_title(words: Words) -> bool:
    """Whether ``words`` begin with a form of address, a degree or a job, and are no place."""
    return words.keys[0] in _FIRST_OF_TITLES and bool(_titled(words)[0])


def may_be_name(words: Words) -> bool:
    """Whether ``words`` could all be a name, in capitals or all in small letters."""
    return len(words) <= _MOST_OF_NAME and (is_name(words) or words.text.islower())


def may_end_in_name(words: Words) -> bool:
    """Whether ``words`` are a few in small letters between capitals."""
    return (
        3 <= len(words) <= _MOST_BEFORE_NAME
        and words.first_letter(0).isupper()
        and words.first_letter(1).islower()
        and words.first_letter(len(words) - 1).isupper()
    )


def title_alone(words: Words, job: str) -> Form | None:
    """ "Chủ tịch", "Bác sĩ (Trần Minh Tâm)", "MINISTER": whose name is not said, or said beside."""
    title, after = _titled(words)
    if not title or after or not words.first_letter(0).isupper():
        return None
    if person := person_in(job):
        known_by = Message("label.title-then-name", "the title and name")
        return Form(Sureness.SURE, known_by, person=person, title=str(title))
    honorific = title.is_one_of(vocabulary.HONORIFICS)
    sureness = Sureness.MAYBE if honorific else Sureness.LIKELY
    return Form(sureness, _job(title), title=str(title), job=job)


def title_and_name(words: Words, job: str) -> Form | None:
    """ "Ông Nguyễn Văn An", "TS. Lê Quang Huy", "MAYOR BRIGHT", "Anh Tâm (khu phố 3)"."""
    title, after = _titled(words)
    if not title or reports(after) or not is_name(after):
        return None
    if len(after) == 1 and after.keys in vocabulary.ORGANISATIONS:
        return None
    known_by, person = _title_and_name(title), str(after)
    if words.first_letter(0).isupper():
        return Form(Sureness.SURE, known_by, person=person, title=str(title), job=job)
    # "bà Sáu: …", typed in haste: whether it speaks, the rest of the script tells.
    if not title.is_one_of(vocabulary.HONORIFICS) or len(after) > 5:
        return None
    return Form(Sureness.MAYBE, known_by, person=person, title=str(title), job=job)


def title_and_small_name(words: Words, job: str) -> Form | None:
    """ "ông ba", "chị hoa": typed on a telephone."""
    title, after = _titled(words)
    if not title or not after or len(after) > _MOST_OF_SMALL_NAME or not words.text.islower():
        return None
    if not title.is_one_of(vocabulary.HONORIFICS) or reports(after):
        return None
    if words.opening(vocabulary.PARTS):
        return None  # "bạn đọc thân mến"
    if not _SMALL_WORDS.isdisjoint(after.keys) or not all(key.isalpha() for key in after.keys):
        return None
    known_by = _title_and_name(title)
    return Form(Sureness.MAYBE, known_by, person=str(after), title=str(title), job=job)


def post_and_name(words: Words, job: str) -> Form | None:
    """ "Bí thư Thành ủy Phan Thiết Phạm Văn Nam": the name ends what the title begins."""
    title, after = _titled(words)
    if not title or not after or reports(after) or not words.first_letter(0).isupper():
        return None
    name = name_at_end(after)
    if name is None:
        return None
    return Form(
        Sureness.SURE,
        Message("label.job-and-name", "the job and name “{name}”", name=str(name)),
        person=str(name),
        title=str(title),
        job=str(words[: len(words) - len(name)]),
    )


def post(words: Words, job: str) -> Form | None:
    """ "Chủ tịch UBND phường", "Đại diện Ban Quản lý chợ", "HS lớp 5A": a post, and no name."""
    title, after = _titled(words)
    if not title or not after or reports(after) or not words.first_letter(0).isupper():
        return None
    polite = all(title[at : at + 1].is_one_of(vocabulary.HONORIFICS) for at in range(len(title)))
    polite = polite or title.is_one_of(vocabulary.HONORIFICS)
    said = ", ".join(part for part in (str(after), job) if part)
    return Form(
        Sureness.MAYBE if polite else Sureness.LIKELY, _job(title), title=str(title), job=said
    )


def short_title_and_name(words: Words, job: str) -> Form | None:
    """ "C. Hoa", "A. Hùng": "Chị" and "Anh" by their first letters."""
    found = _SHORT_TITLE.match(words.text)
    if found is None or not is_name(words[1:]) or len(words) > 5:
        return None
    title = words[:1]
    person = str(words[1:])
    return Form(Sureness.MAYBE, _title_and_name(title), person=person, title=str(title), job=job)


def initials(words: Words, job: str) -> Form | None:
    """ "N.T.H", "H.T.", "DG": somebody's first letters."""
    if not _may_be_bare(words) or not _LETTERED_NAME.fullmatch(words.text.strip()):
        return None
    known_by = Message("label.initials", "the initials “{initials}”", initials=str(words))
    return Form(Sureness.MAYBE, known_by, person=str(words))


def name(words: Words, job: str) -> Form | None:
    """ "Nguyễn Văn An", "Tạ Quang Đoan", "Nắng Mới", "Andrea Whitcombe": nothing but a name."""
    if not _may_be_bare(words):
        return None
    sureness = Sureness.LIKELY if has_full_name(words) else Sureness.MAYBE
    known_by = Message("label.name", "the name “{name}”", name=str(words))
    return Form(sureness, known_by, person=str(words), job=job)


def small_name(words: Words, job: str) -> Form | None:
    """ "nguyễn văn an", "lê thị hoa": a whole name typed on a telephone."""
    if not 3 <= len(words) <= 5 or not words.text.islower():
        return None
    if words.keys[:1] not in vocabulary.SURNAMES or words.keys[1] not in _MIDDLE_NAMES:
        return None
    known_by = Message("label.name", "the name “{name}”", name=str(words))
    return Form(Sureness.MAYBE, known_by, person=str(words), job=job)


def other_post_and_name(words: Words, job: str) -> Form | None:
    """ "Nhạc trưởng Đàm Vĩnh Kha", "Phi công Bùi Văn Thanh": a post that no list has."""
    name = name_at_end(words)
    if name is None or reports(words) or is_quoted(words):
        return None
    before = words[: len(words) - len(name)]
    if before.is_one_of(vocabulary.HEADINGS) or before.opening(vocabulary.HEADINGS) > 1:
        return None
    if any(before.first_letter(at).isupper() for at in range(1, len(before))):
        return None
    if any(before[-length:].is_one_of(_NOT_BEFORE_NAMES) for length in (1, 2, 3)):
        return None
    if not _BESIDE_OTHERS.isdisjoint(before.keys) or name.is_one_of(vocabulary.CALLED_LIKE_PEOPLE):
        return None
    known_by = Message("label.job-and-name", "the job and name “{name}”", name=str(name))
    return Form(Sureness.MAYBE, known_by, person=str(name), job=str(before))


@lru_cache(maxsize=16)  # several rules ask in turn
def _titled(words: Words) -> tuple[Words, Words]:
    """The form of address, degree or job that ``words`` begin with, and what comes after."""
    # "Cựu chiến binh" is a title by itself.
    at = 0 if words.opening(vocabulary.TITLES) else words.opening(vocabulary.BEFORE_TITLES)
    nothing = words[:0], words
    if at and not words[at:].opening(vocabulary.TITLES):
        return nothing
    while length := words[at:].opening(vocabulary.TITLES):
        at += length
    if at == 0 or is_quoted(words) or is_place(words):
        return nothing
    return words[:at], without_verb(words[at:])


def _may_be_bare(words: Words) -> bool:
    if words.opening(vocabulary.HEADINGS) or is_place(words) or is_quoted(words):
        return False
    # What a paper or a station is, without what it is called.
    return is_name(words) and not words.is_one_of(vocabulary.OUTLETS)


def _title_and_name(title: Words) -> Message:
    return Message("label.title-and-name", "the title “{title}” and a name", title=str(title))


def _job(title: Words) -> Message:
    return Message("label.job", "“{job}” is a job", job=str(title))
