"""A speaker's label, parted into the personal name and the title that stands with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from broadcast.script import vocabulary
from broadcast.script.label_forms import SEPARATORS, Form, form_of, plain_label
from broadcast.script.name_after_place import (
    MOST_OF_NAME,
    OFFICES,
    PLACES,
    is_whole,
    name_after_place,
    sure_starts,
)
from broadcast.script.names import Words, has_words, is_name, is_place
from broadcast.text import folded

_STAND_BEFORE_NAMES = vocabulary.HONORIFICS | vocabulary.DEGREES
_BEFORE_NAMES = vocabulary.TITLES | vocabulary.BEFORE_TITLES | vocabulary.PARTS.keys()
_ENGLISH_POSTS = {
    post
    for post in vocabulary.JOBS | vocabulary.DEGREES | vocabulary.POSTS_BEFORE_NAMES
    if "".join(post).isascii()
}
_NOT_GIVEN = vocabulary.OUTLETS | vocabulary.PARTS.keys()
_VOWEL = re.compile("[aeiouy]")
_LETTERS = re.compile(r"[A-ZĐ]{2,4}")
_BRACKET = re.compile(r"[()\[\]]")
_AROUND = " \t,;:/|-–—"


def person_and_title(label: str, *, declared: bool = False, named: str = "") -> tuple[str, str]:
    """Part a label into the bare personal name and what stands with it: "Ông, Giám đốc Sở Y tế".

    Both are empty where nobody is named: "Phóng viên", "Báo Tuổi Trẻ", "Q.". A ``declared`` label
    is one that the station or the front matter gives as somebody's name; ``named`` is the name that
    is known to end it, as of "Đại sứ Na Uy Hilde Sørensen".
    """
    label = plain_label(label)
    words, form = Words.of(label), form_of(label)
    pieces = list(_pieces(words))
    if not pieces or words.is_one_of(vocabulary.NOBODY):
        return "", ""
    name = (
        _known(words, named)
        or _after_unit(pieces)
        or _claimed(form, pieces)
        or _beside(pieces[1:])
        or _after_post(pieces[0], form)
    )
    if name is None and form is None and declared:
        name = _given(pieces[0])
    if name is None:
        return "", ""
    before, after = label[: name.spans[0][0]], label[name.spans[-1][1] :]
    if _is_initials(name, before):
        return "", ""
    beside = [*_parts(_in_full(before)), *_parts(after)]
    title = ", ".join(part for part in beside if folded(part) != _initials_of(name))
    return _in_small_letters(str(name), before), title


def _pieces(words: Words) -> Iterator[Words]:
    """Give the words between separators and brackets."""
    marks = chain(SEPARATORS.finditer(words.text), _BRACKET.finditer(words.text))
    begin = 0
    for mark in [*sorted(found.start() for found in marks), len(words.text)]:
        end = sum(start < mark for start, _ in words.spans)
        if end > begin:
            yield words[begin:end]
        begin = end


def _known(words: Words, named: str) -> Words | None:
    keys = Words.of(named).keys
    return words[-len(keys) :] if keys and words.keys[-len(keys) :] == keys else None


def _after_unit(pieces: Sequence[Words]) -> Words | None:
    """The name of "Trưởng thôn Đồng Mới - Nguyễn Văn Lành", whose first part is the place's."""
    title = pieces[0][: _before_names(pieces[0])]
    if len(pieces) == 1 or not title.ending(vocabulary.UNITS):
        return None
    name = pieces[1][pieces[1].opening(vocabulary.HONORIFICS) :]
    sure = 0 in sure_starts(name) or not is_whole(pieces[0][len(title) :])
    return name if sure and is_name(name) and is_whole(name) else None


def _claimed(form: Form | None, pieces: Sequence[Words]) -> Words | None:
    """The name where the form has found one, without a place that reads like a part of it.

    The form itself keeps what it has found: turns are known by it, and recordings by the turns.
    """
    if form is None or not form.person:
        return None
    keys = Words.of(form.person).keys
    for piece in pieces:
        for begin in range(len(piece) - len(keys), -1, -1):
            if piece.keys[begin : begin + len(keys)] == keys:
                return _bare(piece[: begin + len(keys)], begin)
    return None


def _beside(pieces: Sequence[Words]) -> Words | None:
    """The name of "Giám đốc Sở Y tế, bà Nguyễn Thị Hạnh": with a title, or a surname."""
    for piece in pieces:
        text = str(piece)
        form = form_of(text[:1].upper() + text[1:])
        name = _claimed(form, [piece])
        if form is None or name is None:
            continue
        if form.title or (len(name) > 1 and name.keys[:1] in vocabulary.SURNAMES):
            return name
    return None


def _after_post(piece: Words, form: Form | None) -> Words | None:
    """A name after a post that begins like no common surname: "Trưởng phòng … Rơ Châm Hyeo"."""
    if form is None or not form.title or piece.text.isascii():
        return None
    lead = _before_names(piece)
    run = _run(piece, lead, len(piece))
    return name_after_place(piece[lead : len(piece) - len(run)], run)


def _given(piece: Words) -> Words | None:
    """The name of somebody whom a station calls in its own way: "Harbour master Jane Smith"."""
    if is_place(piece) or piece.opening(_NOT_GIVEN):
        return None
    for length in range(MOST_OF_NAME, 1, -1):
        if is_whole(piece[:length]) and piece[length:].opening(vocabulary.TITLES):
            return piece[:length]
    lead = piece.opening(vocabulary.HONORIFICS)
    run = _run(piece, lead, len(piece))
    before = piece[lead : len(piece) - len(run)]
    if len(run) < 2 or not before:
        return None if piece[lead:].opening(OFFICES) else piece[lead:] or None
    return run if piece.text.isascii() else name_after_place(before, run) or run


def _bare(piece: Words, begin: int) -> Words | None:
    """The personal name in the words from ``begin`` on, which a form takes for one."""
    lead = min(_before_names(piece), begin)
    for length in range(1, min(5, begin) + 1):
        words = piece[begin - length : begin]
        directly = begin == lead or words.first_letter(0).islower()
        named = words.is_one_of(_STAND_BEFORE_NAMES) and not words.ending(vocabulary.UNITS)
        if directly and named:
            return piece[begin:]
    name = after_english_post(piece[begin:])
    if len(name) < len(piece) - begin or piece.text.isascii():
        return None if name.opening(OFFICES) or is_place(name) else name
    run = _run(piece, lead, begin)
    before = piece[lead : len(piece) - len(run)]
    if before or not _is_whole_name(run):
        return name_after_place(before, run)
    if len(run) == 1 and lead > 0 and str(run).isascii() and _is_letters(piece, lead):
        return None  # "Chủ tịch PLWACO"
    if not piece[:lead].ending(vocabulary.UNITS):
        return run
    return (
        name_after_place(piece[:lead], run) or run
    )  # "Trưởng thôn Đồng Mới Lê An", "Trưởng thôn Lê An"


def _before_names(words: Words) -> int:
    """How many words of titles and parts a label begins with."""
    at = 0
    while length := words[at:].opening(_BEFORE_NAMES):
        at += length
    return at


def _run(piece: Words, lead: int, begin: int) -> Words:
    """The words from ``begin`` on, and those with capitals before it, back to ``lead``.

    It begins after "UBND", "TNHH" or "CDC": who has a name in capitals has all of it in them.
    """
    while begin > lead and is_name(piece[begin - 1 : begin]) and not _is_letters(piece, begin - 1):
        begin -= 1
    letters = [at for at in range(begin, len(piece)) if _is_letters(piece, at)]
    whole = letters[-1:] == [len(piece) - 1]
    return piece[begin:] if whole or not letters else piece[letters[-1] + 1 :]


def _is_letters(piece: Words, at: int) -> bool:
    word = str(piece[at : at + 1])
    return len(word) > 1 and word.isupper() and not piece.text.isupper()


def _is_whole_name(run: Words) -> bool:
    """Whether words right after a title, or alone, are a name, and no body or place opens them."""
    if is_place(run):
        return False
    office = run.opening(OFFICES)
    if office:
        # "Trường Giang", "Đình Nam": of two words the first is hardly a school.
        return office == 1 and len(run) == 2 and run.keys[1:] not in vocabulary.UNITS
    sure = sure_starts(run)
    if sure and sure[0] > 1:
        return False  # "Đồng Mới Nguyễn Văn Lành", after a post
    if run.keys[:1] in vocabulary.SURNAMES and len(run) < MOST_OF_NAME:
        return True  # "Lâm Hà Mai Anh"
    opens = (run[:length].is_one_of(PLACES) for length in range(1, len(run) + 1))
    return not any(opens) and (len(run) < MOST_OF_NAME or run.keys[:1] in vocabulary.SURNAMES)


def after_english_post(name: Words) -> Words:
    """Give the "Tom Reed" of "Deputy Fire Chief Tom Reed"."""
    for at in range(len(name) - 1, 0, -1):
        if name[at - 1 : at].is_one_of(_ENGLISH_POSTS):
            return name[at:]
    return name


def _is_initials(name: Words, before: str) -> bool:
    """Whether only letters stand for the name: "Q.", "N.T.H", "Th", "JS"."""
    if all(len(key) == 1 for key in name.keys):
        return True
    key = "".join(name.keys)
    if key.isascii() and _VOWEL.search(key) is None:
        return True
    return not before and len(key) == 2 and _LETTERS.fullmatch(str(name)) is not None


def _initials_of(name: Words) -> str:
    return "".join(key[0] for key in name.keys)


def _in_small_letters(name: str, before: str) -> str:
    """ "ĐỖ VĂN LÂM" as it is written elsewhere; "NVA" may be letters."""
    if not name.isupper() or (_LETTERS.fullmatch(name) and not before.isupper()):
        return name
    return re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), name)


def _in_full(before: str) -> str:
    """ "Phóng viên" where a label has "PV"."""
    words = Words.of(before)
    length = words.opening(vocabulary.IN_FULL.keys())
    if not length:
        return before
    rest = before[words.spans[length - 1][1] :].lstrip(".")
    return vocabulary.IN_FULL[words.keys[:length]] + rest


def _parts(text: str) -> list[str]:
    """What stands on one side of the name, without the marks around it."""
    parts = (part.strip(_AROUND) for part in _BRACKET.split(text))
    return [part for part in parts if has_words(part)]
