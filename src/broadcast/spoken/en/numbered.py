"""English classes, lots and standards of two numbers, and stars (class 9/2, 4* hotel) → words."""

from __future__ import annotations

import re

from broadcast.spoken import uncertain
from broadcast.spoken.en.numbers import cardinal, digits, year
from broadcast.spoken.grammar import Place, Said, rule

_NUMBERED = (
    " class", " classes", " team", " squad", " group", " lot", " plot", " room", " unit", " flat",
    " block", " platoon", " parcel", " hamlet", " ward",
)  # fmt: skip
_STANDARDS = (" iso", " iec", " tcvn", " qcvn", " tcxd", " din", " en", " bs", " astm")


def _numbered(place: Place) -> Said | None:
    """Class 9/2, lot 12/14: names of two parts."""
    if not place.follows(*_NUMBERED):
        return None
    return place.said(" slash ".join(cardinal(int(part)) for part in place.match[0].split("/")))


def _standard(place: Place) -> Said | None:
    """ISO 9001-2015, TCVN 5937:2005: the standard's number, and its year."""
    if not place.follows(*_STANDARDS):
        return None
    number = place.match["number"]
    said = digits(number) if number[0] == "0" else cardinal(int(number))
    return place.said(f"{said}, {year(int(place.match['year']))}")


def _stars(place: Place) -> Said:
    """A 4* hotel, 3*-4* hotels; 5* alone is stars."""
    parts = [cardinal(int(part)) for part in re.findall(r"\d", place.match[0])]
    noun = "star" if re.match(r" [a-z]", place.text[place.end :]) or parts == ["one"] else "stars"
    known = re.match(r" (?:hotels?|resorts?|rated|rating|review|luxury)", place.text[place.end :])
    doubt = None if known or "hotel" in place.before else uncertain.TAKEN_FOR_STARS
    return place.said(f"{' to '.join(parts)} {noun}", doubt=doubt)


NUMBERED_RULES = (
    rule("numbered", r"\d{1,3}/\d{1,3}(?![\w/%-]|[.,]\d)", _numbered),
    rule(
        "standard",
        r"(?P<number>\d{2,5})(?:-\d)?[:-](?P<year>(?:19|20)\d\d)(?![\d-])",
        _standard,
    ),
    rule("stars", r"[1-7](?:\*?[-–][1-7])?\*(?![\w*]| ?\d)", _stars),
)
