"""Text that people wrote → what the covers' font can show of it."""

from __future__ import annotations

import unicodedata

LETTERS = frozenset(
    chr(code)
    for first, last in (
        (0x20, 0x7E),
        (0xA1, 0x17E),  # Latin-1 and Latin Extended-A
        (0x1A0, 0x1A1),
        (0x1AF, 0x1B0),
        (0x1EA0, 0x1EF9),  # Vietnamese
        (0x2013, 0x2014),
        (0x2018, 0x201A),
        (0x201C, 0x201E),
        (0x2020, 0x2022),
        (0x2026, 0x2026),
        (0x2030, 0x2030),
        (0x2039, 0x203A),
        (0x20AB, 0x20AC),
        (0x2212, 0x2212),
    )
    for code in range(first, last + 1)
) - frozenset("ĈĉĜĝĢģĤĥĲĳĴĵĶķĸĻļĿŀŅņŉŊŋŖŗŜŝ\xad")
"""The characters that the font has."""


def shown(text: str) -> str | None:
    """Give a text as the font can show it; None: a letter or a number is missing there.

    Other signs that it has not, such as small pictures, are left out.
    """
    composed = unicodedata.normalize("NFC", text)
    if any(unicodedata.category(sign)[0] in "LN" for sign in composed if sign not in LETTERS):
        return None
    known = (
        sign if sign in LETTERS else "" if unicodedata.category(sign)[0] in "CM" else " "
        for sign in composed.replace("\n", " ").replace("\t", " ")
    )
    return " ".join("".join(known).split())
