"""The words of a possible label, judged by themselves: whose label they are and how surely."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import lru_cache

from broadcast.messages import Message
from broadcast.model import Role
from broadcast.script import vocabulary
from broadcast.script.names import (
    Words,
    has_full_name,
    is_name,
    is_place,
    is_quoted,
    name_at_end,
    reports,
)
from broadcast.text import folded


class Sureness(IntEnum):
    """How far a label can be trusted without looking at the rest of the script."""

    MAYBE = 1
    LIKELY = 2
    SURE = 3


@dataclass(frozen=True, slots=True)
class Form:
    """What the words of a label say.

    ``family`` names what a nameless label stands for (reporter, presenter, answer …). ``person``
    is the personal name ("" if none), ``title`` what stands before it, ``job`` what is said beside.
    ``declared`` labels are those the station or the front matter names.
    """

    sureness: Sureness
    known_by: Message
    role: Role | None = None
    family: str = ""
    person: str = ""
    title: str = ""
    job: str = ""
    declared: bool = False

    @property
    def says_part(self) -> bool:
        """Whether the label can be nothing but a speaker's: it says the part, or is declared."""
        return self.declared or bool(self.family)


SEPARATORS = re.compile(r"\s+[-–—]\s+|\s*[–—]\s*|,\s+|\s+[|/]\s+|\s-(?=\w)|(?<=\w)-\s")
BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_NOT_IN_LABELS = re.compile(r"[“”\"?!;…<>=@#%]")
_SENTENCE_END = re.compile(r"([^\W\d_]+)\.\s+(?=\w)")
_ORDINAL = r"thứ (?:nhất|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười)"
_NUMBERED = re.compile(
    r"(câu(?: hỏi)?(?: số)?|question|hỏi|q|trả lời(?: câu)?|đáp|answer|a)"
    rf"(?: ?\d{{1,3}}| {_ORDINAL})"
)
_COUNTED = re.compile(rf"(?i:(?<=\w)\s+câu)?(?i:\s+số)?(?:\s*\d+|(?i:\s+{_ORDINAL}))$")
_TOGETHER = re.compile(r"([^\W\d_]{2,})(\d{1,2})$")
_VOWEL = re.compile("[aeiouy]")
_LETTERED_NAME = re.compile(r"(?:[^\W\d_]\.\s?){1,5}[^\W\d_]?|[A-ZĐ]{2,4}")


@lru_cache(maxsize=2_048)
def form_of(written: str) -> Form | None:
    """Judge the words ``written`` before a colon: None if they are no label."""
    bare = BRACKETS.sub(" ", written)
    if _NOT_IN_LABELS.search(bare) or _ends_sentence(bare):
        return None
    head, job = _parted(bare)
    beside = [job, *BRACKETS.findall(written)]
    job = ", ".join(part.strip() for part in beside if part.strip() and not _is_aside(part))
    words = Words.of(_TOGETHER.sub(r"\1 \2", head))
    if not words or len(words) > 18 or len(Words.of(job)) > 24:
        return None
    form = _numbered(words) or _part(words, job) or _titled(words, job) or _bare(words, job)
    form = form or _body(words, job) or _kin(words, job)
    if form is None or form.role is not None:
        return form
    return replace(form, role=_role_by_verb(Words.of(bare)))


def _role_by_verb(words: Words) -> Role | None:
    """ "Anh Tài hỏi" asks."""
    verb = words[len(_without_verb(words)) :]
    return "reporter" if verb.is_one_of(vocabulary.ASKING_VERBS) else None


@lru_cache(maxsize=2_048)
def plain_label(written: str) -> str:
    """Give a label without stage directions, abbreviations in brackets and question numbers."""
    plain = BRACKETS.sub(
        lambda found: " " if found[0][0] == "[" or _is_aside(found[1]) else found[0], written
    )
    plain = " ".join(plain.split())
    without = _without_verb(Words.of(plain))
    # "Câu hỏi" is a word of its own, "Ông An hỏi" is Ông An.
    if (
        Words.of(plain).keys not in vocabulary.PARTS
        and 0 < len(without) < len(Words.of(plain))
        and not plain.endswith(")")
    ):
        # "Ông An trả lời" is Ông An; the bracket of "Ông An (Hội Nông dân) trả lời" stays.
        plain = plain[: without.spans[-1][1]] + _closing_bracket(plain, without.spans[-1][1])
    asks = _part_that_asks(Words.of(plain))
    if asks is not None:
        plain = str(asks)
    if _NUMBERED.fullmatch(folded(plain)):
        plain = _COUNTED.sub("", plain)
        return "Câu hỏi" if folded(plain) == "câu" else plain
    return plain


def _part_that_asks(words: Words) -> Words | None:
    """ "PV" of "PV hỏi thầy Tùng": who is asked is no part of the name."""
    length = words.opening(vocabulary.PARTS)
    asked = length and words[length:].opening(vocabulary.ASKING_VERBS)
    return words[:length] if asked and len(words) > length + asked else None


def _closing_bracket(text: str, at: int) -> str:
    return ")" if text[at : at + 1] == ")" else ""


@lru_cache(maxsize=2_048)
def label_key(written: str) -> str:
    """The folded words of a label: equal keys, the same label."""
    return folded(plain_label(written))


def _ends_sentence(text: str) -> bool:
    """Whether a sentence ends in ``text``: a full stop not after a title or initials."""
    return any(
        found[1][-1].islower()
        and len(found[1]) >= 2
        and not Words.of(found[1]).is_one_of(vocabulary.TITLES)
        for found in _SENTENCE_END.finditer(text)
    )


def _parted(text: str) -> tuple[str, str]:
    """Part "name - job" and "name, job" at the first separator."""
    found = SEPARATORS.search(text)
    if found is None:
        return text.strip(), ""
    return text[: found.start()].strip(), text[found.end() :].strip()


def _is_aside(text: str) -> bool:
    """Whether words in brackets say nothing of who speaks: "(cười)", "(PV)", "(trả lời)"."""
    words = Words.of(text)
    return (
        not words
        or words.opening(vocabulary.STAGE_DIRECTIONS) > 0
        or words.keys[0] in {"vừa", "đang"}
        or words.is_one_of(vocabulary.LABEL_VERBS)
        or words.is_one_of(vocabulary.ASIDES)
        or words.keys in vocabulary.PARTS
    )


def _numbered(words: Words) -> Form | None:
    found = _NUMBERED.fullmatch(" ".join(words.keys))
    if found is None:
        return None
    if found[1].startswith(("câu", "q", "hỏi")):
        known_by = Message("label.question", "a numbered question")
        return Form(Sureness.LIKELY, known_by, "reporter", "question")
    return Form(Sureness.LIKELY, Message("label.answer", "a numbered answer"), "official", "answer")


def _without_verb(words: Words) -> Words:
    """Leave out the verb of "Phóng viên hỏi" and "Ông An trả lời"."""
    for length in (3, 2, 1):
        if words[-length:].is_one_of(vocabulary.LABEL_VERBS):
            return words[:-length]
    return words


def _part(words: Words, job: str) -> Form | None:
    """A label that says the part: PV, MC, Khách mời, with or without a name."""
    length = words.opening(vocabulary.PARTS)
    if not length:
        return _outlet(words, job)
    role, family = vocabulary.PARTS[words.keys[:length]]
    known_by = Message("label.part", "“{part}” says the part", part=str(words[:length]))
    after = _without_verb(words[length:])
    if not after or _part_that_asks(words) is not None:
        if not words.first_letter(0).isupper() and not _is_abbreviation(words[:length]):
            return None
        if family in {"question", "answer"} and Words.of(job).opening(vocabulary.ANSWERING_VERBS):
            # "Hỏi – đáp chính sách" is a column.
            return None
        person = _person_in(job)
        return Form(Sureness.SURE, known_by, role, family, person, job="" if person else job)
    if family in {"question", "answer"} or reports(after) or len(after) > 9:
        return None
    if len(after) == 1 and (after.keys[0].isdigit() or after.keys[0] in {"nam", "nữ"}):
        return Form(Sureness.SURE, known_by, role, f"{family} {after.keys[0]}", job=job)
    if after.opening(vocabulary.OUTLETS):
        name = name_at_end(after[after.opening(vocabulary.OUTLETS) :])
        outlet = ", ".join(part for part in (str(after), job) if part)
        return Form(Sureness.SURE, known_by, role, family, str(name or ""), job=outlet)
    if is_name(after):
        return Form(Sureness.SURE, known_by, role, family, str(after), job=job)
    name = name_at_end(after)
    beside = ", ".join(part for part in (str(after), job) if part)
    if name is not None:
        return Form(Sureness.SURE, known_by, role, family, str(name), job=beside)
    if not any(after.first_letter(at).isupper() for at in range(len(after))) and len(after) > 3:
        return None
    # "Chuyên gia kinh tế: …": a label only where the script bears it out.
    return Form(Sureness.LIKELY, known_by, role, f"{family} {' '.join(after.keys)}", job=beside)


def _is_abbreviation(words: Words) -> bool:
    """Whether letters are no word of a sentence even when they are small: "pv", "btv"."""
    letters = "".join(words.keys)
    return len(letters) > 1 and letters.isascii() and not _VOWEL.search(letters)


def _outlet(words: Words, job: str) -> Form | None:
    if not words.opening(vocabulary.OUTLETS) or reports(words) or len(words) > 8 or job:
        return None
    known_by = Message("label.outlet", "“{outlet}” is a paper or a station", outlet=str(words))
    return Form(Sureness.MAYBE, known_by, "reporter", "reporter", job=str(words))


def _person_in(job: str) -> str:
    """The name in "PV (Hồng Tú)", "MC – Minh Anh", "Khách mời: ông …"."""
    words = Words.of(_parted(job)[0])
    words = words[words.opening(vocabulary.HONORIFICS) :]
    return str(words) if len(words) >= 2 and len(words) <= 5 and is_name(words) else ""


def _titled(words: Words, job: str) -> Form | None:
    """A label that begins with a form of address, a degree or a job."""
    # "Cựu chiến binh" is a title by itself.
    at = 0 if words.opening(vocabulary.TITLES) else words.opening(vocabulary.BEFORE_TITLES)
    if at and not words[at:].opening(vocabulary.TITLES):
        return None
    while length := words[at:].opening(vocabulary.TITLES):
        at += length
    if at == 0 or is_quoted(words) or is_place(words):
        return None
    title, after = words[:at], _without_verb(words[at:])
    if not words.first_letter(0).isupper():
        # "bà Sáu: …", typed in haste: whether it speaks, the rest of the script tells.
        if not title.is_one_of(vocabulary.HONORIFICS) or len(after) > 5 or not is_name(after):
            return None
        return Form(
            Sureness.MAYBE, _title_and_name(title), person=str(after), title=str(title), job=job
        )
    if not after:
        if person := _person_in(job):
            known_by = Message("label.title-then-name", "the title and name")
            return Form(Sureness.SURE, known_by, person=person, title=str(title))
        honorific = title.is_one_of(vocabulary.HONORIFICS)
        sureness = Sureness.MAYBE if honorific else Sureness.LIKELY
        return Form(sureness, _job(title), title=str(title), job=job)
    if reports(after):
        return None
    if is_name(after) and (len(after) > 1 or after.keys not in vocabulary.ORGANISATIONS):
        return Form(
            Sureness.SURE, _title_and_name(title), person=str(after), title=str(title), job=job
        )
    name = name_at_end(after)
    if name is not None:
        post = str(words[: len(words) - len(name)])
        return Form(
            Sureness.SURE,
            Message("label.job-and-name", "the job and name “{name}”", name=str(name)),
            person=str(name),
            title=str(title),
            job=post,
        )
    sureness = Sureness.MAYBE if title.is_one_of(vocabulary.HONORIFICS) else Sureness.LIKELY
    beside = ", ".join(part for part in (str(after), job) if part)
    return Form(sureness, _job(title), title=str(title), job=beside)


def _title_and_name(title: Words) -> Message:
    return Message("label.title-and-name", "the title “{title}” and a name", title=str(title))


def _job(title: Words) -> Message:
    return Message("label.job", "“{job}” is a job", job=str(title))


def _bare(words: Words, job: str) -> Form | None:
    """A name by itself, or initials."""
    if words.opening(vocabulary.HEADINGS) or is_place(words) or is_quoted(words):
        return None
    if not is_name(words) or len(words) > 5:
        return None
    if _LETTERED_NAME.fullmatch(words.text.strip()):
        initials = Message("label.initials", "the initials “{initials}”", initials=str(words))
        return Form(Sureness.MAYBE, initials, person=str(words))
    sureness = Sureness.LIKELY if has_full_name(words) else Sureness.MAYBE
    known_by = Message("label.name", "the name “{name}”", name=str(words))
    return Form(sureness, known_by, person=str(words), job=job)


def _body(words: Words, job: str) -> Form | None:
    """An office that answers as a whole: "Phòng Quản lý xuất nhập cảnh trả lời"."""
    if not words.opening(vocabulary.BODIES) or not words.first_letter(0).isupper() or job:
        return None
    name = _without_verb(words)
    if reports(name) or len(name) < 2 or len(name) > 12:
        return None
    sureness = Sureness.LIKELY if len(name) < len(words) else Sureness.MAYBE
    known_by = Message("label.office", "“{office}” is an office", office=str(name))
    return Form(sureness, known_by, "official", job=str(name))


def _kin(words: Words, job: str) -> Form | None:
    """ "Mẹ của Hân, chị Phạm Thị Nhài": the person is named beside."""
    if not words.opening(vocabulary.KIN) or not words.first_letter(0).isupper() or len(words) > 6:
        return None
    named = form_of(job[:1].upper() + job[1:]) if job and not reports(words) else None
    if named is None or not named.person or not named.title or named.job:
        return None
    kin = Message("label.kin-and-name", "“{kin}” and a name", kin=str(words))
    return replace(named, known_by=kin)
