"""English fractions, marks and ratios → words."""

from __future__ import annotations

import re

from broadcast.spoken import uncertain
from broadcast.spoken.en.numbers import cardinal, number, ordinal
from broadcast.spoken.en.quantities import unit_at
from broadcast.spoken.en.units import before_noun, plural
from broadcast.spoken.grammar import Place, Said, rule

VULGAR = "½¼¾⅐-⅞"
_PARTS = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5),
    "⅗": (3, 5), "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅐": (1, 7), "⅛": (1, 8), "⅜": (3, 8),
    "⅝": (5, 8), "⅞": (7, 8), "⅑": (1, 9), "⅒": (1, 10),
}  # fmt: skip


def part(one: int, other: int) -> str:
    """Say a part: 1/2 → "one half", 3/4 → "three quarters"."""
    name = "half" if other == 2 else "quarter" if other == 4 else ordinal(other)
    return f"{cardinal(one)} {name}{'s' if one > 1 else ''}"


def _and_part(whole: int, one: int, other: int) -> str:
    article = "an " if other == 8 else "a "
    said = part(one, other)
    return f"{cardinal(whole)} and {article + said[4:] if one == 1 else said}"


_MARKS = (
    " rated",
    " scored",
    " scores",
    " score",
    " rating",
    " gave it",
    " got",
    " score of",
    " rating of",
    " mark of",
)


def _fraction(place: Place) -> Said | None:
    """1/2, 3/4, 2/3; of larger numbers "out of", where something is counted."""
    one, other = int(place.match["one"]), int(place.match["other"])
    if (one, other) in ((24, 7), (9, 11), (20, 20)) or (one + other == 100 and one % 10 == 0):
        return place.said(f"{cardinal(one)} {cardinal(other)}")
    scored = other in (5, 10, 20, 100) and place.follows(*_MARKS)
    small = (other and one < other <= 20) or (one == 1 and other in (50, 100, 1000))
    if small and not scored:
        return place.said(part(one, other))
    doubt = uncertain.MAYBE_DATE if one <= 12 and other <= 31 and not scored else None
    return place.said(f"{cardinal(one)} out of {cardinal(other)}", doubt=doubt)


def _marks(place: Place) -> str:
    """4.5/5, 99.9/100: out of."""
    one, other = place.match[0].split("/")
    return f"{number(one)} out of {number(other)}"


def _mixed(place: Place) -> Said:
    """2 1/2: two and a half."""
    return _with_unit(place, _and_part(*(int(each) for each in re.findall(r"\d+", place.match[0]))))


def _halves(place: Place) -> Said:
    """2½: two and a half."""
    return _with_unit(place, _and_part(int(place.match["whole"]), *_PARTS[place.match["over"]]))


def _with_unit(place: Place, figure: str) -> Said:
    unit, end = unit_at(place.text, place.end)
    compound = before_noun(place.before, place.after_from(end))
    return place.said(f"{figure} {unit if compound else plural(unit)}" if unit else figure, end=end)


def _vulgar(place: Place) -> str:
    return part(*_PARTS[place.match[0]])


def _ratio(place: Place) -> Said | None:
    """1:800, 16:9, 10:1: no time of day has such minutes; after "ratio" or "odds" always."""
    one, other = place.match["one"], place.match["other"]
    clock = len(other) == 2 and int(other) < 60 and int(one) < 24
    if clock and not re.search(r" (?:ratio|odds|scale)(?: \w+){0,2}$", place.before):
        return None
    return place.said(f"{number(one)} to {number(other)}")


VULGAR_RULES = (rule("fraction", rf"[{VULGAR}]", _vulgar),)
FRACTION_RULES = (
    rule("fraction", rf"(?P<whole>\d+)[ ]?(?P<over>[{VULGAR}])", _halves),
    rule("fraction", r"\d{1,3}[ -][1-9]/[2-9](?![\d/]|[.,]\d)", _mixed),
    rule("fraction", r"\d{1,2}\.\d/(?:5|10|100)(?![\d/]|[.,]\d)", _marks),
    rule("fraction", r"(?P<one>\d{1,4})/(?P<other>[1-9]\d{0,3})(?![\d/]|[.,]\d)", _fraction),
)
RATIO_RULES = (
    rule("ratio", r"(?P<one>\d{1,3}):(?P<other>\d{1,3}(?:,\d{3})+|\d+)(?![\d:]|[.,]\d)", _ratio),
)
