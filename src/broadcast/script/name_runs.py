"""Words with capitals that stand together, judged: a whole name, a foreign one, or letters."""

from __future__ import annotations

import re

from broadcast.script import vocabulary
from broadcast.script.names import Words

_TITLES_IN_RUNS = vocabulary.TITLES | vocabulary.CALLINGS
_MOST_OF_NAME = 5


def length_of_run(words: Words, at: int, most: int = _MOST_OF_NAME) -> int:
    """How many words with capitals stand together from ``at`` on, ``most`` or fewer."""
    length = 0
    while length < most and at + length < len(words):
        place = at + length
        mark = "" if not length else _between(words, place)
        if length and mark.strip() not in {"", "'", "’"}:
            hyphen = mark == "-"
            initial = mark in {".", ". "} and len(words.keys[place - 1]) <= 2
            if not hyphen and not initial:
                break
        if not words.keys[place].isalpha():
            break
        if not words.first_letter(place).isupper() and not (length and mark in {"-", "'", "’"}):
            break
        if length and (words.keys[place] in {"ông", "bà"} or _is_new_title(words, place)):
            break
        length += 1
    return length


def _is_new_title(words: Words, at: int) -> bool:
    """Whether a title of several words begins here: "Nguyễn Văn An Giám đốc"."""
    length = words[at : at + 6].opening(_TITLES_IN_RUNS)
    return length > 1 and any(words.first_letter(at + n).islower() for n in range(1, length))


def is_full(run: Words) -> bool:
    """Whether a run begins with a surname and has a given name: "Lò Thị Inh", "Đỗ Toàn"."""
    return 2 <= len(run) <= _MOST_OF_NAME and run.keys[:1] in vocabulary.SURNAMES_AFTER_POSTS


def is_foreign(run: Words) -> bool:
    """Whether no word has a Vietnamese mark: "Hiroshi Tanaka", "Hilde Sørensen"."""
    return 2 <= len(run) <= 4 and all(_VIETNAMESE.search(key) is None for key in run.keys)


def is_highland(run: Words) -> bool:
    """Whether a run begins as names of the highlands do: "Y Moan", "A Brưn", "H'Hen Niê"."""
    return len(run.keys[0]) == 1 or "'" in str(run) or "’" in str(run)


_VIETNAMESE = re.compile("[ăâđêôơưàáãèéìíòóõùúýạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")


_VOWEL = re.compile("[aeiouyăâêôơưáàảãạéèẻẽẹíìỉĩịóòỏõọúùủũụýỳỷỹỵ\u1ea0-\u1ef9]")


def is_letters(run: Words) -> bool:
    """Whether a run of capitals is letters for a body: "UBND", "VTC News" is none."""
    text = str(run)
    short = len(run) == 1 or not _VOWEL.search(" ".join(run.keys))
    return text.isupper() and short and len(text) > 1 and "." not in text


def _between(words: Words, at: int) -> str:
    return words.text[words.spans[at - 1][1] : words.spans[at][0]]


def follows(words: Words, at: int, marks: str) -> bool:
    """Whether nothing but spaces and some of ``marks`` stands before word ``at``."""
    return not at or not _between(words, at).strip(" \u00a0" + marks)
