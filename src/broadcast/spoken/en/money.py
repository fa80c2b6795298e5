"""English sums of money → words: the currency is said after the number."""

from __future__ import annotations

import re

from broadcast.spoken.en.numbers import NUMBER, cardinal, number
from broadcast.spoken.en.units import (
    CURRENCIES,
    SCALES,
    UNDER,
    any_of,
    before_noun,
    plural,
    under,
)
from broadcast.spoken.grammar import Place, Said, rule

_NUMBER = re.compile(NUMBER)
_SCALE = re.compile(rf"[ \u00a0-]?(?P<scale>{any_of(SCALES)})(?!\w)")
_SIGN = rf"(?P<sign>{any_of(CURRENCIES)})[ \u00a0]?(?=\.?\d)"
_NEXT_SIGN = re.compile(rf"(?:{any_of(CURRENCIES)})[ ]?(?=\d)")
_DASH = re.compile(r"[ ]?[-–—][ ]?(?=[A-Z]{0,3}[$€£¥₫₹]?\d)")
_CENTS = re.compile(r"\.\d\d$")
PER = re.compile(rf"[ ]?/[ ]?(?P<under>{any_of(UNDER)})(?![\w²³])")


def _money(place: Place) -> Said | None:
    """$5.2 million, £12.50, US$20m, $5-7m, $15/hour."""
    name, small = CURRENCIES[place.match["sign"]]
    match = _NUMBER.match(place.text, place.end)
    if not match:
        change = re.match(r"\.(\d\d)(?!\d)", place.text[place.end :])
        if not change or not small:
            return None
        end = place.end + change.end()
        return place.said(_with_cents(place, "0", change[1], name, small, end), end=end)
    figure, scale, end = _sum(place.text, match)
    if dash := _DASH.match(place.text, end):
        again = _NEXT_SIGN.match(place.text, dash.end())
        other = _NUMBER.match(place.text, again.end() if again else dash.end())
        if other:
            more, other_scale, end = _sum(place.text, other)
            if small and _CENTS.search(match[0]) and _CENTS.search(other[0]):
                sums = [each.replace(",", "").split(".") for each in (match[0], other[0])]
                both = [_with_cents(place, pounds, p, name, small, end) for pounds, p in sums]
                return place.said(" to ".join(both), end=end)
            low = _sum_said(figure, scale if scale != other_scale else "")
            high = _sum_said(more, other_scale)
            return place.said(f"{low} to {high} {_unit(place, name, end)}", end=end)
    whole, _, cents = match[0].replace(",", "").partition(".")
    unit = _unit(place, name, end, one=match[0] == "1" and not scale)
    if len(cents) == 2 and small and not scale:
        said = _with_cents(place, whole, cents, name, small, end)
    else:
        said = f"{_sum_said(figure, scale)} {unit}"
    if per := PER.match(place.text, end):
        said, end = f"{said} per {under(per['under'])}", per.end()
    return place.said(said, end=end)


def _sum(text: str, match: re.Match[str]) -> tuple[str, str, int]:
    scale = _SCALE.match(text, match.end())
    if not scale:
        return number(match[0]), "", match.end()
    return number(match[0]), SCALES[scale["scale"]], scale.end()


def _sum_said(figure: str, scale: str) -> str:
    return f"{figure} {scale}".rstrip()


def _unit(place: Place, name: str, end: int, *, one: bool = False) -> str:
    hyphen = re.match(r"-(?=[a-z])", place.text[end:])
    if one or hyphen or before_noun(place.before, place.after_from(end)):
        return name
    return plural(name)


def _with_cents(place: Place, whole: str, cents: str, name: str, small: str, end: int) -> str:
    said = f"{number(whole)} {_unit(place, name, end, one=whole == '1')}"
    if cents == "00":
        return said
    change = f"{cardinal(int(cents))} {small if cents == '01' else plural(small)}"
    return change if int(whole) == 0 else f"{said} and {change}"


MONEY_RULES = (rule("money", _SIGN, _money),)
MINUS_MONEY_RULES = (
    rule(
        "money",
        rf"(?:(?<=\s)|(?<=\()|(?<![\s\S]))[-−–]{_SIGN}",
        lambda place: (
            place.said(f"minus {said.words}", end=said.end) if (said := _money(place)) else None
        ),
    ),
)
