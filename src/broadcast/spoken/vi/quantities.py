"""Amounts alone, in ranges, pairs and products, and signs before them → words."""

from __future__ import annotations

import re

from broadcast.spoken.grammar import Place, Said, rule
from broadcast.spoken.vi.amounts import MAGNITUDE, PER, amount_at, any_of, per_of, scaled
from broadcast.spoken.vi.numbers import DASH, NUMBER, cardinal, digits, number, to
from broadcast.spoken.vi.units import CURRENCIES, DOLLAR, TIME_AND_COUNT, UNITS

_UNDER = rf"(?:{any_of({*UNITS, *TIME_AND_COUNT})})(?![\w²³])"
_SAME_WORDS = re.compile(rf"(?P<words>(?:[ ][^\W\d_]+){{1,3}}){DASH}(?={NUMBER}(?P=words)(?!\w))")
_DASH = re.compile(DASH)
_PAIR = re.compile(r"[ ]?/[ ]?")
_TIMES = re.compile(r"[ ]?[x×X*][ ]?(?=\d)")
_BELOW_ZERO = frozenset({"°C", "ºC", "℃", "oC", "°F", "ºF", "°", "º", "%"})
_COUNTED = re.compile(rf" ({any_of({*TIME_AND_COUNT, 'tuổi', 'điểm', 'độ', 'đồng', 'bậc'})})(?!\w)")


def _quantity(place: Place) -> Said | None:
    """An amount; two of them in a range (5-7%), a pair (98,7%/97,4%) or a product (3 x 4 m)."""
    first = amount_at(place, place.start)
    if first is None:
        return None
    text, style = place.text, place.style
    if dash := _DASH.match(text, first.end):
        other = amount_at(place, dash.end(), signed=False)
        if other and not re.match(r"[/-][A-ZĐ\d]|[^\W\d_]", text[other.end :]):
            if re.match(r" ?=", text[other.end :]):
                return place.said(f"{first.said} trừ {other.said}", end=other.end)
            said = to(first.said, other.said, style)
            return place.said(said, end=other.end, doubt=first.doubt or other.doubt)
    if (same := _SAME_WORDS.match(text, first.end)) and not first.tail:
        other = amount_at(place, same.end(), signed=False)
        if other:
            words = scaled(same["words"].strip(), style)
            return place.said(to(f"{first.said} {words}", other.said, style), end=other.end)
    if (pair := _PAIR.match(text, first.end)) and first.tail:
        other = amount_at(place, pair.end(), signed=False)
        if other and (other.unit == first.unit or not first.unit):
            said = f"{first.said} trên {other.said}"
            return place.said(said, end=other.end, doubt=first.doubt or other.doubt)
    said, end = first.said, first.end
    while times := _TIMES.match(text, end):
        other = amount_at(place, times.end(), signed=False)
        if other is None:
            break
        said, end = f"{said} nhân {other.said}", other.end
    return place.said(said, end=end, doubt=first.doubt)


def _money_first(place: Place) -> Said | None:
    """$20 triệu, €50: the sign is said after the number."""
    first = amount_at(place, place.end, signed=False, priced=True)
    if first is None or first.unit in CURRENCIES:
        return None
    sign = place.match["sign"]
    name = DOLLAR if "$" in sign else CURRENCIES[sign]
    said, end = first.said, first.end
    if dash := _DASH.match(place.text, end):
        again = re.compile(r"(?:US)?[$€£¥₩₫]?").match(place.text, dash.end())
        other = amount_at(place, again.end() if again else dash.end(), signed=False)
        if other:
            said, end = to(said, other.said, place.style), other.end
    if scale := MAGNITUDE.match(place.text, end):
        said, end = f"{said} {scaled(scale['words'], place.style)}", scale.end()
    said = f"{said} {name}"
    while per := PER.match(place.text, end):
        said, end = f"{said} {per_of(per, place, sign)}", per.end()
    return place.said(said, end=end)


def _listed(place: Place) -> Said | None:
    """Numbers in a row with commas and no spaces: 1,2,3."""
    parts = place.match[0].split(",")
    if any(len(part) == 3 for part in parts[1:]):
        return None
    return place.said(", ".join(cardinal(int(part), place.style) for part in parts))


def _signed(place: Place) -> Said | None:
    """A sign before a number is said where no number or word touches it from the left."""
    if place.text[place.start - 1 : place.start].isalnum():
        return None
    return _quantity(place)


def _below_zero(place: Place) -> Said | None:
    """–1,5°C: a long dash that touches degrees or a percentage, and not what is before it."""
    amount = amount_at(place, place.end, signed=False)
    if amount is None or place.text[place.start - 1 : place.start] not in (" ", "(", ""):
        return None
    if amount.unit not in _BELOW_ZERO and not place.text.startswith(" độ", amount.end):
        return None
    return place.said(f"âm {amount.said}", end=amount.end)


def _at_least(place: Place) -> Said | None:
    """≥ 80%, ≥ 18 tuổi: from there up."""
    amount = amount_at(place, place.end, signed=False)
    if amount is None:
        return None
    counted = None if amount.tail else _COUNTED.match(place.text, amount.end)
    said, end = (
        (f"{amount.said} {counted[1]}", counted.end()) if counted else (amount.said, amount.end)
    )
    return place.said(f"từ {said} trở lên", end=end)


def _only_per(place: Place) -> Said | None:
    """đồng/kg after a number in words, người/km2 after a plain one."""
    said = place.match["word"]
    end = place.match.end("word")
    currency = said if said in CURRENCIES else ""
    while per := PER.match(place.text, end):
        said, end = f"{said} {per_of(per, place, currency)}", per.end()
    return place.said(said, end=end) if end > place.match.end("word") else None


def _chain(place: Place) -> str:
    """84-60-92: numbers in a row, with a pause between."""
    return ", ".join(cardinal(int(part), place.style) for part in re.split(r"[-–]", place.match[0]))


QUANTITY_RULES = (
    rule("number", r"\d{1,3}+(?:[-–]\d{1,3}+){2,}+(?![\w/-]|[.,]\d)", _chain),
    rule("list", r"\d{1,3}(?:,\d{1,3}){2,}(?!\d|[.%])", _listed),
    # A lorry of 3,5T; after a whole number T may be any name (lớp 12T).
    rule(
        "number",
        r"(\d+,\d+)T(?!\w)",
        lambda place: f"{number(place.match[1], place.style)} tấn",
    ),
    # Nobody counts beyond a billion billions: figures without end are said one by one.
    rule("number", r"\d{19,}", lambda place: digits(place.match[0])),
    rule("number", NUMBER, _quantity),
    rule("number", r"\d+", lambda place: digits(place.match[0])),
)
SIGN_RULES = (
    rule("money", r"(?P<sign>(?:US)?\$|[€£¥₩₫])[ ]?(?=\d)", _money_first),
    rule("sign", r"[-−+±](?=\d)", _signed),
    rule("sign", r"\+/[-−–](?=[ ]?\d)", lambda place: "cộng trừ"),
    rule("sign", r"–(?=\d)", _below_zero),
    rule("sign", r"(?:≥|>=)[ ]?(?=\d)", _at_least),
)
US_DOLLAR_RULES = (SIGN_RULES[0],)
PER_RULES = (
    rule(
        "per",
        rf"(?P<word>[^\W\d_]+)(?=[ ]?/[ ]?{_UNDER})",
        _only_per,
    ),
)
