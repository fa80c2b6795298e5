"""Text as it is compared: NFC, one tone placement, one đ, letters and digits only.

Vietnamese is written with the tone on either vowel of oa, oe, uy (hoà = hòa, uỷ = ủy), with letters
that only look like đ (Ðảng = Đảng) and, copied from the web, in composed or decomposed Unicode. Two
spellings of the same words are the same words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

# Vietnamese letters interleave in Unicode, so a range like À-Ỹ would hold both cases.
_MARKED = "àáâãèéêìíòóôõùúýăđĩũơư" + "".join(map(chr, range(0x1EA1, 0x1EFA, 2)))
SMALL = f"a-z{_MARKED}"
"""The small letters of Vietnamese and English, for a set in a pattern."""
CAPITAL = f"A-Z{_MARKED.upper()}"
"""Their capitals."""

_TONES = "\u0300\u0301\u0303\u0309\u0323"  # grave, acute, tilde, hook above, dot below
_END = r"(?![\w\u0300-\u036f])"
# Old placement puts the tone on the first vowel of a final oa, oe, uy: move it to the second.
# "qu" is a consonant there, so quý keeps its own.
_OLD_PLACEMENT = re.compile(
    rf"(?<!q)([oO])([{_TONES}])([aeAE]){_END}|(?<![qQ])([uU])([{_TONES}])([yY]){_END}"
)
# Most texts hold none, and this is told thirty times faster.
_MAYBE_OLD = re.compile(r"[òóỏõọÒÓỎÕỌùúủũụÙÚỦŨỤ][aeyAEY](?!\w)")
# Eth and the African d look like đ. Icelandic words, which have an eth, never begin with one, and
# đ stands nowhere but at the head of a syllable or among the capitals of an abbreviation (HĐND).
_LIKE_D = re.compile(r"(?<![^\W\d_])[ÐƉðɖ]|(?<=[A-ZĂÂĐÐƉÊÔƠƯ])[ÐƉ]")
_D = str.maketrans("ÐƉðɖ", "ĐĐđđ")
_WORD = re.compile(r"[^\W_]+")


# Bidi_Control in Unicode's PropList: marks, embeddings, overrides, isolates (UAX #9, 2).
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


More = ParamSpec("More")
Given = TypeVar("Given")
_MOST_REMEMBERED = 4_096
_LONGEST_REMEMBERED = 2_000


def remembering_texts(
    found: Callable[Concatenate[str, More], Given],
) -> Callable[Concatenate[str, More], Given]:
    """Remember what ``found`` gives of texts: of a script that is edited, all but one are known.

    Of a text longer than a long paragraph nothing is kept.
    """
    kept: object = lru_cache(maxsize=_MOST_REMEMBERED)(found)
    known = cast("Callable[Concatenate[str, More], Given]", kept)

    @wraps(found)
    def given(text: str, /, *more: More.args, **named: More.kwargs) -> Given:
        return (known if len(text) <= _LONGEST_REMEMBERED else found)(text, *more, **named)

    return given


def without_direction(text: str) -> str:
    """Give ``text`` without the unseen signs that turn the order in which letters are shown.

    One in a title turns all that stands behind it in a program's list.
    """
    return _DIRECTION.sub("", text)


# What XML 1.0 (2.2, Char) has no place for, and halves of UTF-16 pairs.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """Leave out the characters that XML cannot hold, and those that turn the order of letters."""
    if text.isprintable():  # none of these is
        return text
    return without_direction(_NOT_XML.sub("", text))


def with_vietnamese_d(text: str) -> str:
    """Give ``text`` with đ for the letters that look like it; every letter keeps its position."""
    if text.isascii() or not ("Ð" in text or "ð" in text or "Ɖ" in text or "ɖ" in text):
        return text
    return _LIKE_D.sub(lambda found: found[0].translate(_D), text)


def same_tone_placement(text: str) -> str:
    """Give ``text`` in NFC with the tone of a final oa, oe, uy on its second vowel."""
    text = unicodedata.normalize("NFC", text)
    if _MAYBE_OLD.search(text) is None:
        return text
    decomposed = unicodedata.normalize("NFD", text)

    def move(match: re.Match[str]) -> str:
        first, tone, second = (group for group in match.groups() if group is not None)
        return first + second + tone

    return unicodedata.normalize("NFC", _OLD_PLACEMENT.sub(move, decomposed))


@lru_cache(maxsize=2_048)  # names and turns are compared with many others
def folded(text: str) -> str:
    """Give the words of ``text`` alone, without case, punctuation, spacing, old tones or false đ.

    Two texts with the same folded form are the same words to a listener.
    """
    return " ".join(_WORD.findall(same_tone_placement(with_vietnamese_d(text)).casefold()))
