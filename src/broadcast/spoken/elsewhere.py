"""Languages without a grammar here → numbers by num2words, and nothing else changed."""

from __future__ import annotations

import re
from functools import cache

import num2words

from broadcast.spoken.grammar import LEFTOVER, Grammar, Place, Said, rule

_LEFT = "no numbers are known for this language; left to the voice"


@cache
def grammar_for(language: str) -> Grammar:
    """Give a grammar that says the numbers of a language, where num2words knows them."""
    known = language in num2words.CONVERTER_CLASSES

    def number(place: Place) -> Said:
        written = place.match[0]
        if not known:
            return place.said(written, doubt=_LEFT)
        plain = re.sub(r"[.,\u00a0\u202f](?=\d{3}(?!\d))", "", written).replace(",", ".")
        value = float(plain) if "." in plain else int(plain)
        return place.said(str(num2words.num2words(value, lang=language)))

    return Grammar(
        language=language,
        starts={"digit": r"\d"},
        rules={
            "digit": (
                rule(
                    "number" if known else LEFTOVER,
                    r"\d{1,3}(?:[.,\u00a0\u202f]\d{3})+(?!\d)|\d+(?:[.,]\d+)?",
                    number,
                ),
            )
        },
    )
