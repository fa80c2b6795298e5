"""A line, told by what of it is like the caption of a picture: its credit, its form, its words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from broadcast.script import vocabulary
from broadcast.script.addressing import words_of
from broadcast.script.asking import asks_guest, speaks_of_self
from broadcast.script.credits import is_byline, is_signature
from broadcast.script.names import Words, name_at_end
from broadcast.script.phrase_patterns import PhrasePattern
from broadcast.script.vocabulary import TITLES, any_phrase, phrase_at, words_for

_LONGEST = 600
_MOST_WORDS = 60
# The credit at the end ("… Ảnh: T.L", "… (Ảnh NVCC)", "… - Photo: Ann Lee") or as the whole line.
_CREDIT_END = PhrasePattern(
    r"(?:^|[.!?…”\"’')\]]|\(|\[|\s[-–|/]|[,;])\s*(?:«pictures»|«illustrating»)"
    r"(?:\s*[:：]\s*|\s+(?=[A-ZĐÀ-Ỵ(]))[^.?!:]{0,60}(?:[^\W\d_]{1,2}\.\s?){0,4}[^.?!:]{0,30}[.)\]|\s]*$"
)
_ILLUSTRATING_END = PhrasePattern(r"(?:^|[.!?…”\"’',;)(\[–-])\s*«illustrating»[\s.)\]|]*$")
_CREDIT_ALONE = PhrasePattern(r"[\W_]*(?:«pictures»|«illustrating»)\s*[:：]?\s*[\W_]*")
_CREDIT_FIRST = PhrasePattern(r"[\W_]*(?:«pictures»|«illustrating»)\s*[:：]\s*\S.*", re.I | re.S)


@dataclass(frozen=True, slots=True)
class CaptionSigns:
    """What of a line is like a caption; each is evidence by itself.

    ``credited``: "… Ảnh: T.L". ``credit_alone``: "Ảnh:". ``tells_places``: "từ trái sang",
    "pictured". ``posed``: a fragment that names somebody or something with bên, tại, cùng.
    ``unfinished``: no mark ends it. ``names_person``: it begins with a person.
    ``names_only``: names are half of it or more, and nothing is told: "Bến ghe Cửa Sót, Tân Thạnh."
    """

    credited: bool = False
    credit_alone: bool = False
    tells_places: bool = False
    posed: bool = False
    unfinished: bool = False
    names_person: bool = False
    names_only: bool = False

    def __bool__(self) -> bool:
        """Whether it is a caption wherever it stands."""
        return self.credited or self.credit_alone or (self.tells_places and self.unfinished)


def caption_signs(text: str) -> CaptionSigns:
    """Tell what of ``text`` is like a caption: "Nghệ nhân Hứa Văn Điền bên khung nón"."""
    if len(text) > _LONGEST or len(text.split()) > _MOST_WORDS:
        return CaptionSigns()
    plain = text.strip()
    words = words_of(plain)
    unfinished = is_unfinished(plain)
    return CaptionSigns(
        credited=has_picture_credit(plain),
        credit_alone=is_credit_alone(plain),
        tells_places=tells_places_in_picture(plain),
        posed=is_posed(plain),
        unfinished=unfinished,
        names_person=begins_with_person(words),
        names_only=is_names_only(plain),
    )


def is_like_caption(text: str) -> bool:
    """Whether ``text`` is a caption, or a fragment so like one that only its place can tell."""
    signs = caption_signs(text)
    if is_byline(text) or is_signature(text):
        return False
    return bool(signs) or (
        not speaks_of_self(text)
        and not asks_guest(text)
        and (signs.names_only or (signs.posed and (signs.unfinished or signs.names_person)))
    )


def has_picture_credit(text: str) -> bool:
    """Whether a credit of a picture ends ``text`` or is all of it: "… Ảnh: HẢI ĐĂNG."."""
    if len(text) > _LONGEST or is_byline(text):
        return False
    return (
        _CREDIT_END.search(text) is not None
        or _ILLUSTRATING_END.search(text) is not None
        or (_CREDIT_FIRST.match(text) is not None and len(text.split()) <= 20)
    )


def is_credit_alone(text: str) -> bool:
    """Whether the word of a credit stands alone, its name on the next line: "Ảnh:"."""
    return len(text) <= 40 and _CREDIT_ALONE.fullmatch(text.strip()) is not None


def tells_places_in_picture(text: str) -> bool:
    """Whether ``text`` says who stands where: "Từ trái sang: …", "(áo xanh)", "pictured left"."""
    keys = words_of(text).keys
    return any_phrase(keys, words_for("in_pictures"))


def is_unfinished(text: str) -> bool:
    """Whether no mark of a sentence ends ``text``."""
    return text.rstrip(" \"”'’»)]*_|")[-1:] not in {".", "?", "!", "…", ";", ":", ","}


def is_posed(text: str) -> bool:
    """Whether a fragment sets somebody or something in a place: "Chợ nổi nhìn từ cầu Cái Răng"."""
    words = words_of(text)
    if not 3 <= len(words) <= 30 or text.rstrip()[-1:] in {"?", "!", ":", ";", "…"}:
        return False
    if not words.first_letter(0).isupper():
        return False
    for at in range(1, len(words)):
        if phrase_at(words.keys, at, words_for("posed")) and words.first_letter(at).islower():
            return is_unfinished(text) or not _tells(words)
    return False


def is_names_only(text: str) -> bool:
    """Whether names are half of a short line and nothing is told: "Nghệ nhân Thạch Sô Vanh."."""
    words = words_of(text)
    if not 2 <= len(words) <= 16 or text.isupper() or text.rstrip()[-1:] in {"?", "!", ":", "…"}:
        return False
    capitals = sum(words.first_letter(at).isupper() for at in range(len(words)))
    return capitals >= 2 and capitals * 2 >= len(words) and not _tells(words)


_VERBS = vocabulary.REPORTING_VERBS | vocabulary.words_for("english_question_verbs")


def _tells(words: Words) -> bool:
    """Whether a verb in small letters makes a sentence of the words."""
    return any(
        words.first_letter(at).islower() and phrase_at(words.keys, at, _VERBS)
        for at in range(len(words))
    )


def begins_with_person(words: Words) -> bool:
    """Whether a title with a name, or a full name, opens the words."""
    at = 0
    while length := phrase_at(words.keys, at, TITLES):
        at += length
    if at and at < len(words) and words.first_letter(at).isupper():
        return True
    end = 0
    while end < min(len(words), 5) and words.first_letter(end).isupper():
        end += 1
    return end >= 2 and name_at_end(words[:end]) is not None
