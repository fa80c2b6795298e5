"""A line, told by whom it turns to and how: “thưa ông”, “Minister, …”, “chị Yến này”."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache

from broadcast.script.names import Words
from broadcast.script.vocabulary import HONORIFICS, words_for
from broadcast.text import folded

_MOST_DEGREES = 6
"""Words of the degrees of one person: "GS. TSKH. NGND"."""
_MOST_BEFORE_VOCATIVE = 3
"""Words that may stand before a form of address that opens a line: "So, Minister, …"."""


@lru_cache(maxsize=256)
def words_of(text: str) -> Words:
    """Give the words of ``text``: a line is looked at by many tests."""
    return Words.of(text)


def is_vocative(text: str, names: Collection[str] = ()) -> bool:
    """Whether ``text`` calls somebody it speaks to: "…, thưa bà?", "theo ông", "Minister, …"."""
    words = words_of(text)
    for at in words.places("turning_to"):
        if address_at(words, at + words.length_at(at, "turning_to"), names):
            return True
    if "theo" in words.keys and any(
        key == "theo" and _is_in_your_view(words, at + 1) for at, key in enumerate(words.keys)
    ):
        return True
    return opens_vocative(text, names) or _is_called(words) or _ends_vocative(words, names)


def address_at(words: Words, at: int, names: Collection[str] = ()) -> int:
    """How many words from ``at`` on address somebody: "các vị", "Hòa thượng", one of ``names``."""
    begin = at
    at += words.length_at(at, "several")
    length = words.length_at(at, "addresses") or _name_at(words.keys, at, names)
    end = at + length + _MOST_DEGREES
    while length and at + length < end and (more := words.length_at(at + length, "degrees")):
        length += more
    return at + length - begin if length else 0


def _name_at(keys: Sequence[str], at: int, names: Collection[str]) -> int:
    for name in names:
        wanted = tuple(folded(name).split())
        if wanted and tuple(keys[at : at + len(wanted)]) == wanted:
            return len(wanted)
    return 0


def _is_in_your_view(words: Words, at: int) -> bool:
    """ "theo ông", not "theo ông Vũ Đăng Khoát" or "theo ông ấy"."""
    length = words.length_at(at, "addresses")
    after = at + length
    if not length or is_third_person(words, at):
        return False
    if after >= len(words):
        return True
    return words.first_letter(after).islower() or words.text.isupper()


def is_third_person(words: Words, at: int) -> bool:
    return words.length_at(at, "third_persons") > 0 or (
        at > 0 and words.length_at(at - 1, "third_persons") > 1
    )


def opens_vocative(text: str, names: Collection[str] = ()) -> bool:
    """ "Commissioner, nice to see you", "Chị Yến này", "Xin chào nhà thơ Vi Thị Hòa"."""
    words = words_of(text)
    greeted = words.length_at(0, "greetings")
    if greeted and address_at(words, greeted, names):
        return True
    for at in range(min(_MOST_BEFORE_VOCATIVE, len(words))):
        length = words.length_at(at, "called") or _name_at(words.keys, at, names)
        if not length:
            continue
        end = at + length
        while end < min(len(words), at + 5) and words.first_letter(end).isupper():
            if _mark_between(words, end - 1):
                break
            end += 1
        # A name between marks, or a title in English: "Bác sĩ, y tá đều bận" calls nobody.
        english = "".join(words.keys[at:end]).isascii()
        if "," in _mark_between(words, end - 1) and (english or _name_at(words.keys, at, names)):
            return at == 0 or "," in _mark_between(words, at - 1) or words.keys[0] in _SO
    return False


_SO = {"so", "and", "well", "now", "but", "vậy", "thế", "này"}


def _mark_between(words: Words, at: int) -> str:
    """What stands after word ``at`` and before the next."""
    if not 0 <= at < len(words):
        return ""
    if at + 1 == len(words):
        return words.text[words.spans[at][1] :].strip()
    return words.text[words.spans[at][1] : words.spans[at + 1][0]].strip()


def _is_called(words: Words) -> bool:
    """ "Chị Yến này, …", "chú Tám ơi"."""
    for at in words.places("called_after"):
        if at > 0:
            one_word = (words.keys[at - 1],) in HONORIFICS
            named = at > 1 and (words.keys[at - 2],) in HONORIFICS
            named = named and words.first_letter(at - 1).isupper()
            ends = "," in _mark_between(words, at) or at + 1 == len(words)
            if (one_word or named) and (words.keys[at] == "ơi" or ends):
                return True
    return words.keys[:1] == ("này",) and address_at(words, 1) > 0


def _ends_vocative(words: Words, names: Collection[str]) -> bool:
    """ "… dữ vậy chú?", "…, right, Minister?"."""
    for length in range(1, min(4, len(words) - 1)):
        at = len(words) - length
        title = words.length_at(at, "honorifics")
        if title == length or (title == 1 and length == 2 and words.first_letter(at + 1).isupper()):
            return (words.keys[at - 1],) in words_for("before_last_address")
        english = words.length_at(at, "called") == length and words.keys[at].isascii()
        if (english or _name_at(words.keys, at, names) == length) and "," in _mark_between(
            words, at - 1
        ):
            return True
    return False


_CHILDREN = {"em", "con", "cháu"}
_YOU = {"you", "your", "yours", "yourself"}
_SPOKEN_TO = ("honorifics", "addressed_alone", "degrees")


def speaks_to(text: str, names: Collection[str] = (), *, anywhere: bool = True) -> bool:
    """Whether ``text`` speaks to one person: "ông có lo không", "PGS cho hỏi", "your".

    Not ``anywhere``: only a form of address that opens a clause counts, and none of a child's.
    """
    words = words_of(text)
    keys = words.keys
    if not names and _YOU.isdisjoint(keys) and not any(map(words.has, _SPOKEN_TO)):
        return False
    end = 0
    for at, key in enumerate(keys):
        if at < end or not (words.begun[at] or names or key in _YOU):
            continue
        if key in _YOU:
            return True
        if others := words.length_at(at, "third_persons"):
            end = at + others
            continue
        length = words.length_at(at, "honorifics") or words.length_at(at, "addressed_alone")
        opens = anywhere or (key not in _CHILDREN and opens_clause(words, at))
        if length and opens and not is_named(words, at, length):
            return True
        if (degrees := words.length_at(at, "degrees")) and opens_clause(words, at):
            length = degrees
            if not is_named(words, at, length):
                return True
        if _name_at(keys, at, names):
            return True
        end = at + length
    return False


def is_named(words: Words, at: int, length: int) -> bool:
    """Whether a name follows the title at ``at``, or the title is a part of a name itself."""
    after = at + length
    if words.text.isupper():
        return False
    if words.first_letter(at).isupper() and at > 0 and not opens_clause(words, at):
        # "Kim Anh", "Hải Cụ": a form of address has a small letter inside a sentence.
        before = words.first_letter(at - 1).isupper() and not _mark_between(words, at - 1)
        if before:
            return True
    return (
        after < len(words)
        and words.first_letter(after).isupper()
        and not _mark_between(words, after - 1)
    )


def opens_clause(words: Words, at: int) -> bool:
    """Whether word ``at`` begins the line, or stands behind a mark that parts clauses."""
    if at == 0:
        return True
    between = words.text[words.spans[at - 1][1] : words.spans[at][0]]
    return between != " " and not _CLAUSE_MARKS.isdisjoint(between)


_CLAUSE_MARKS = frozenset(".,?!:;…-–")
