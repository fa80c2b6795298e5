"""Letters and codes → the names a Vietnamese newsreader gives them."""

from __future__ import annotations

import re
import unicodedata

from broadcast.spoken.style import Style
from broadcast.spoken.vi.numbers import cardinal, digits

_NAMES = {
    "A": "a", "Ă": "á", "Â": "ớ", "B": "bê", "C": "xê", "D": "đê", "Đ": "đê", "E": "e", "Ê": "ê",
    "F": "ép", "G": "gờ", "H": "hát", "I": "i", "J": "gi", "K": "ca", "L": "lờ", "M": "mờ",
    "N": "nờ", "O": "o", "Ô": "ô", "Ơ": "ơ", "P": "pê", "Q": "quy", "R": "rờ", "S": "ét", "T": "tê",
    "U": "u", "Ư": "ư", "V": "vê", "W": "vê kép", "X": "ích", "Y": "y", "Z": "dét",
    "Ø": "phi", "Φ": "phi",
}  # fmt: skip
_RUNS = re.compile(r"\d+|[^\W\d_]+")
_VOWELS = frozenset("AEIOUYĂÂÊÔƠƯ")
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnprstvx])?"
    r"(?:[aăâeêioôơuưy]{1,3})(?:ng|nh|ch|[cmnpt])?",
    re.IGNORECASE,
)
_FOREIGN_AFTER = re.compile(
    r" (?:News|Media|Group|Holdings?|Land|Bank|[A-Z]\.?-?League|Corp(?:oration)?|Channel|Studios?"
    r"|Entertainment|Music|Films?|Travel|Capital|Invest|Securities|Tech|Online|Plaza|Tower|Center"
    r"|Store|Mart|Motors?|Logistics|Pharma|Academy|Records|Production|Network)(?!\w)"
)
_CREDIT_BEFORE = re.compile(r"(?i:ảnh|nguồn|clip|video): ?$")
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def letter(written: str, style: Style) -> str:
    """Say the name of one letter."""
    capital = written.upper()
    return (
        style.letter_names.get(capital)
        or _NAMES.get(capital)
        or _NAMES.get(unicodedata.normalize("NFD", capital)[0], written)
    )


def spelled(written: str, style: Style) -> str:
    """Say the letters of ``written`` one by one."""
    return " ".join(letter(each, style) for each in written if each.isalpha())


def code(written: str, style: Style) -> str:
    """Say a name of letters and figures: A4 → "a bốn", VN1234 → "vê nờ một hai ba bốn".

    Words that can be said are left as they are; figures of three or more, or with a leading zero,
    are said one by one.
    """
    said = []
    for run in _RUNS.findall(written):
        if run.isdecimal():
            single = len(run) > 2 or (run.startswith("0") and len(run) > 1)
            said.append(digits(run) if single else cardinal(int(run), style))
        elif len(run) > 1 and _has_vowel(run) and (not run.isupper() or _is_word(run)):
            said.append(run)
        else:
            said.append(spelled(run, style))
    return " ".join(said)


def pronounceable(word: str) -> bool:
    """Whether letters could be a word: there is a vowel, and not only vowels and one consonant."""
    return len(word) > 2 and _has_vowel(word)


def _has_vowel(word: str) -> bool:
    return any(each in _VOWELS for each in without_marks(word).upper())


def is_syllable(word: str) -> bool:
    """Whether a word, its tone aside, has the shape of one Vietnamese syllable."""
    return bool(_SYLLABLE.fullmatch(_without_tone(word)))


def in_headline(text: str, start: int, end: int) -> bool:
    """Whether capitals are a plain word beside another one: THI ĐUA, CA SĨ, AI LÀ TRIỆU PHÚ."""
    if not _is_shouted(text[start:end]):
        return False
    beside = text[max(0, start - 30) : start].split()[-1:] + text[end : end + 30].split()[:1]
    return any(_is_shouted(word.strip('.,:;!?"“”()')) for word in beside)


def _is_word(capitals: str) -> bool:
    return has_marks(capitals) and is_syllable(capitals)


def is_plain(text: str, start: int, end: int) -> bool:
    """Whether capitals are no abbreviation of this language: in a headline, in a foreign name.

    KTV News and LS V-League are called by their letters, and so is who took a picture (Ảnh: KT).
    """
    if not text[start:end].isupper():
        return False
    credited = end - start < 4 and _CREDIT_BEFORE.search(text[max(0, start - 12) : start])
    return bool(credited or _FOREIGN_AFTER.match(text, end)) or in_headline(text, start, end)


def _is_shouted(word: str) -> bool:
    return len(word) > 1 and word.isupper() and is_syllable(word)


def _without_tone(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word)
    toneless = "".join(each for each in decomposed if each not in _TONES)
    return unicodedata.normalize("NFC", toneless)


def without_marks(word: str) -> str:
    """Give a word in plain Latin letters: Đức → Duc."""
    decomposed = unicodedata.normalize("NFD", word.replace("đ", "d").replace("Đ", "D"))
    return "".join(each for each in decomposed if not unicodedata.combining(each))


def has_marks(word: str) -> bool:
    """Whether a word has a Vietnamese vowel mark or tone (đ does not count: ĐBQH is no word)."""
    return any(unicodedata.decomposition(each) for each in word)
