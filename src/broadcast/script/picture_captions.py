"""A line, told by what of it is like the caption of a picture: its credit, its form, its words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from broadcast.script.addressing import words_of
from broadcast.script.asking import asks_guest, speaks_of_self
from broadcast.script.credits import is_byline, is_signature
from broadcast.script.names import Words, name_at_end
from broadcast.script.vocabulary import words_for

_LONGEST = 600
_MOST_WORDS = 60
_LONGEST_CREDIT = 90
_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.\s?)+(?:[^\W\d_]+)?")
_ENDS = " \t.)]|_*"


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
    if len(text) > _LONGEST:
        return False
    words = words_of(text)
    credited = any(
        _ends_with_credit(words, at, words.length_at(at, "picture_credits"))
        for at in words.places("picture_credits")
    )
    return credited and not is_byline(text)


def _ends_with_credit(words: Words, at: int, length: int) -> bool:
    """Whether the credit that begins ``at`` is apart from what stands before, and the last."""
    before = words.text[: words.spans[at][0]].rstrip()
    after = words.text[words.spans[at + length - 1][1] :]
    begins = not before or before[-1] in ".!?…”\"’')]([|/–-,;"
    if not begins or len(after) > _LONGEST_CREDIT:
        return False
    illustrating = words[at : at + length].is_one_of(words_for("illustrating"))
    if not after.strip(_ENDS):
        return illustrating
    named = after.lstrip().lstrip(":：").strip(_ENDS)
    if not after.lstrip().startswith((":", "：")) and not (
        after[:1].isspace() and named[:1].isupper()
    ):
        return False
    plain = _INITIALS.sub(" ", named)
    whole_line = at == 0 and after.lstrip().startswith((":", "："))
    # A credit names somebody: "Ảnh: Quang cảnh …" as a whole line is a caption all the same.
    return not set(plain) & set("?!:") and (whole_line or ". " not in plain)


def is_credit_alone(text: str) -> bool:
    """Whether the word of a credit stands alone, its name on the next line: "Ảnh:"."""
    return len(text) <= 40 and words_of(text.strip()).is_one_of(words_for("picture_credits"))


def tells_places_in_picture(text: str) -> bool:
    """Whether ``text`` says who stands where: "Từ trái sang: …", "(áo xanh)", "pictured left"."""
    return words_of(text).has("in_pictures")


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
    if (
        is_unfinished(text)
        and text.isascii()
        and any(key.endswith("ing") for key in words.keys[1:4])
    ):
        return not _tells(words)
    posed = any(at > 0 and words.first_letter(at).islower() for at in words.places("posed"))
    return posed and (is_unfinished(text) or not _tells(words))


def is_names_only(text: str) -> bool:
    """Whether names are half of a short line and nothing is told: "Nghệ nhân Thạch Sô Vanh."."""
    words = words_of(text)
    if not 2 <= len(words) <= 16 or text.isupper() or text.rstrip()[-1:] in {"?", "!", ":", "…"}:
        return False
    capitals = sum(words.first_letter(at).isupper() for at in range(len(words)))
    return capitals >= 2 and capitals * 2 >= len(words) and not _tells(words)


def _tells(words: Words) -> bool:
    """Whether a verb in small letters makes a sentence of the words."""
    return any(words.first_letter(at).islower() for at in words.places("telling_verbs"))


def begins_with_person(words: Words) -> bool:
    """Whether a title with a name, or a full name, opens the words."""
    at = 0
    while length := words.length_at(at, "titles"):
        at += length
    if at and at < len(words) and words.first_letter(at).isupper():
        return True
    end = 0
    while end < min(len(words), 5) and words.first_letter(end).isupper():
        end += 1
    english = end < len(words) and "".join(words.keys[:end]).isascii()
    return end >= 2 and (english or name_at_end(words[:end]) is not None)
