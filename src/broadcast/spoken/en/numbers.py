"""Numbers as figures → English words: cardinals, ordinals, years, decimals, digits."""

from __future__ import annotations

import re

_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
_TENS = (
    "zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
)  # fmt: skip
_SCALES = (
    (10**12, "trillion"),
    (10**9, "billion"),
    (10**6, "million"),
    (10**3, "thousand"),
    (10**2, "hundred"),
)
_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth",
    "nine": "ninth", "twelve": "twelfth",
}  # fmt: skip

NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?![\d])"
"""A written number as it is found in English copy, without its sign."""


def cardinal(number: int) -> str:
    """Say a whole number of any size: 1,005 → "one thousand five"."""
    if number < 0:
        return f"minus {cardinal(-number)}"
    if number < 20:
        return _ONES[number]
    if number < 100:
        tens, unit = divmod(number, 10)
        return f"{_TENS[tens]}-{_ONES[unit]}" if unit else _TENS[tens]
    for size, name in _SCALES:
        if number >= size:
            head, rest = divmod(number, size)
            said = f"{cardinal(head)} {name}"
            return f"{said} {cardinal(rest)}" if rest else said
    raise AssertionError(number)


def ordinal(number: int) -> str:
    """Say the place in a row: 21 → "twenty-first"."""
    said = cardinal(number)
    cut = max(said.rfind(" "), said.rfind("-")) + 1
    head, last = said[:cut], said[cut:]
    if last in _ORDINALS:
        return head + _ORDINALS[last]
    return f"{head}{last[:-1]}ieth" if last.endswith("y") else f"{head}{last}th"


def year(number: int) -> str:
    """Say a year: 1930 → "nineteen thirty", 2005 → "two thousand five"."""
    century, rest = divmod(number, 100)
    if not 10 <= century < 100 or (century % 10 == 0 and rest < 10):
        return cardinal(number)
    if not rest:
        return f"{cardinal(century)} hundred"
    return f"{cardinal(century)} {'oh ' if rest < 10 else ''}{cardinal(rest)}"


def decade(number: int) -> str:
    """Say ten years: 1990 → "nineteen nineties", 90 → "nineties"."""
    said = year(number) if number >= 100 else cardinal(number)
    return f"{said[:-1]}ies" if said.endswith("y") else f"{said}s"


def digits(written: str) -> str:
    """Say every digit of ``written`` by itself, leaving out all else."""
    return " ".join(_ONES[int(digit)] for digit in re.sub(r"\D", "", written))


def number(written: str) -> str:
    """Say a number matched by NUMBER: 1,250.5 → "one thousand two hundred fifty point five"."""
    whole, _, fraction = written.replace(",", "").partition(".")
    said = cardinal(int(whole))
    return f"{said} point {digits(fraction)}" if fraction else said
