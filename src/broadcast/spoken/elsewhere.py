"""Languages without a grammar here → numbers by num2words, and nothing else changed."""

from __future__ import annotations

import re
from functools import cache

import num2words

from broadcast.language import Language, for_language
from broadcast.spoken import uncertain
from broadcast.spoken.grammar import LEFTOVER, Grammar, Place, Said, rule

# One kind of sign between groups of three, and the other before decimals: 1.250,5; 1,250.5.
_NUMBER = (
    r"\d{1,3}(?P<group>[.,'’\u00a0\u202f%s])\d{3}(?:(?P=group)\d{3})*(?!\d)"
    r"(?:(?!(?P=group))[.,]\d+)?|\d+(?:[.,]\d+)?"
)
_SPACED = ("bg", "cs", "fi", "fr", "hu", "lt", "lv", "nb", "no", "pl", "ru", "sk", "sv", "uk")


@cache
def grammar_for(language: str) -> Grammar:
    """Give a grammar that says the numbers of a language, where num2words knows them."""
    known = {code.replace("_", "-"): code for code in num2words.CONVERTER_CLASSES}
    tongue, code = Language.tagged(language).primary, for_language(known, language, "")

    def number(place: Place) -> Said:
        if not code:
            return place.said(place.match[0], doubt=uncertain.NO_NUMBERS)
        said = _said(place.match[0], place.match["group"], code)
        return place.said(said or place.match[0], doubt=None if said else uncertain.NUMBER_UNKNOWN)

    pattern = _NUMBER % (" " if tongue in _SPACED else "")
    return Grammar(
        language=tongue,
        starts={"digit": r"\d"},
        rules={"digit": (rule("number" if code else LEFTOVER, pattern, number),)},
    )


def _said(written: str, group: str | None, language: str) -> str:
    """Say a number, or nothing where num2words fails or loses a part of it."""
    if written[0] == "0" and written.isdecimal():
        return " ".join(_words(int(figure), language) for figure in written)
    whole, decimals = written, ""
    if group:
        whole = written.split(group, 1)[0] + written.split(group, 1)[1].replace(group, "")
    if match := re.fullmatch(r"(\d+)[.,](\d+)", whole):
        whole, decimals = match[1], match[2]
    if not decimals:
        return _words(int(whole), language)
    said = _words(float(f"{whole}.{decimals}"), language)
    return "" if said == _words(int(whole), language) else said


def _words(value: float, language: str) -> str:
    try:
        said = str(num2words.num2words(value, lang=language)).strip()
    except (
        ArithmeticError,
        AttributeError,
        LookupError,
        NotImplementedError,
        TypeError,
        ValueError,
    ):
        return ""
    return "" if re.search(r"\d", said) else said
