"""English numbers with units, percentages, ranges, fractions and ratios → words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from broadcast.spoken.en.money import MINUS_MONEY_RULES, MONEY_RULES, PER
from broadcast.spoken.en.numbers import NUMBER, cardinal, digits, number, year
from broadcast.spoken.en.units import (
    CURRENCIES,
    UNDER,
    UNITS,
    WORD_SCALES,
    any_of,
    before_noun,
    plural,
    under,
)
from broadcast.spoken.grammar import Place, Said, rule

_NUMBER = re.compile(NUMBER)
_WORD_SCALE = re.compile(rf"[ \u00a0-](?P<scale>{'|'.join(WORD_SCALES)})(?!\w)")
_LETTER_SCALE = re.compile(r"(?P<scale>k|K|m|M|mn|bn|tn)[ ](?=\w)")
_UNIT = re.compile(
    rf"[ \u00a0-]?(?P<unit>{any_of(UNITS)})"
    r"(?:(?<=['’′])(?=\d)|(?:\.(?=\s[a-z\d]|,))?(?![\w²³]|-\w))"
)
_CODE = re.compile(
    rf"[ \u00a0]?(?P<code>{any_of(code for code in CURRENCIES if code.isalpha())})(?!\w)"
)
# Vietnamese figures keep their dot between thousands: 1.250.000, 5.000 VND.
_THOUSANDS = re.compile(
    r"[1-9]\d{0,2}(?:(?:\.\d{3}){2,}(?![\d.])|\.000(?= ?(?:VN[DĐ]|₫|đồng|dong|đ)(?!\w)))"
)
_DASH = re.compile(r"[ ]?(?:-{1,2}>|=>|[-–—→])[ ]?(?=[$€£¥₫]?\d)")
_TIMES = re.compile(r"[ ]?[x×][ ]?(?=\d)")
_NO_RANGE = re.compile(r"[-–/]\d")
# What a bare number, or one of millions, may count though it does not end in s.
_MANY = frozenset((
    "people", "men", "women", "children", "viewers", "units", "cubic", "square", "more", "new",
    "jobless", "staff", "m³", "m3", "tons", "km²",
))  # fmt: skip
_OF_LENGTH = frozenset((
    "sprints", "hurdles", "races", "meters", "metres", "waves", "fences", "walls", "seas", "was",
    "is", "has", "less", "across", "as", "this", "its", "his", "stands", "poles", "towers",
))  # fmt: skip
_PICTURE = re.compile(r"(?<!\d)(?:360|480|720|1080|1440|2160)$")  # 1080p is no price
_QUOTES = ('"', "”", "″", "'", "’", "′")
_INCHES_AFTER = re.compile(
    r"(?:long|wide|tall|deep|high|thick|of|by|x|across|in|screens?|tv|tall|longer|wider|taller)\b"
)


@dataclass(frozen=True, slots=True)
class EnglishAmount:
    """A number and its unit, read apart, so that a range says the unit once."""

    figure: str
    unit: str
    end: int
    one: bool

    def said(self, *, compound: bool = False) -> str:
        """All of it in words; ``compound``: before the noun it describes (a five kilogram bag)."""
        compound = compound and self.unit != "penny"  # a fifty pence coin
        unit = self.unit if compound or self.one else plural(self.unit) if self.unit else ""
        return f"{self.figure} {unit}".rstrip()


def amount_at(text: str, start: int) -> EnglishAmount | None:
    """Read a number at ``start`` with what belongs to it."""
    dotted = _THOUSANDS.match(text, start)
    match = dotted or _NUMBER.match(text, start)
    if not match:
        return None
    written, end = match[0].replace(".", "") if dotted else match[0], match.end()
    figure, one = number(written), written == "1"
    if len(written) > 1 and written[0] == "0" and written.isdecimal():
        figure = digits(written)
    scale = _WORD_SCALE.match(text, end) or _letter_scale(text, end)
    if scale:
        name = UNITS.get(scale["scale"], scale["scale"])
        name = "million" if scale["scale"] in "mM" else name
        after = scale.end("scale")
        code, unit = _CODE.match(text, after), _UNIT.match(text, after)
        doubtful = ("in", "m", "g", "s", "t", "h", "min", "p", "c", "L", "l", "V", "W", "'", '"')
        if code or (unit and unit["unit"] not in (*doubtful, "’", "”")):
            figure, end, one = f"{figure} {name}", after, False
        elif scale["scale"] not in WORD_SCALES:
            return EnglishAmount(f"{figure} {name}", "", after, one=False)
    if code := _CODE.match(text, end):
        return EnglishAmount(figure, CURRENCIES[code["code"]][0], code.end(), one)
    name, past = unit_at(text, end)
    return EnglishAmount(figure, name, past, one or (bool(name) and text[end] == "-"))


def unit_at(text: str, end: int) -> tuple[str, int]:
    """Give the unit after a number that ends at ``end``, and where it ends."""
    unit = _UNIT.match(text, end)
    if not unit or not _is_unit(text, unit):
        return "", end
    name, end = UNITS[unit["unit"]], unit.end()
    while per := PER.match(text, end):
        name, end = f"{name} per {under(per['under'])}", per.end()
    return name, end


def _letter_scale(text: str, end: int) -> re.Match[str] | None:
    """1.5m people, 300m m³, 500k users: what is counted tells the scale from the unit."""
    scale = _LETTER_SCALE.match(text, end)
    if not scale or scale["scale"] not in "mM":
        return scale
    word = text[scale.end() : scale.end() + 30].split(" ")[0].rstrip(".,;:!?")
    counted = word in _MANY or (word.endswith("s") and len(word) > 3 and word.islower())
    return scale if counted and word not in _OF_LENGTH else None


def _is_unit(text: str, unit: re.Match[str]) -> bool:
    """Whether what looks like a unit is one: 10 in long, 10 in May; 20 t, 50p, 5'."""
    name, spaced = unit["unit"], unit[0][0] in " \u00a0"
    following = text[unit.end() : unit.end() + 20].lstrip()
    if PER.match(text, unit.end()):
        return True
    if name == "in":
        dotted = unit[0].endswith(".")
        return not spaced or dotted or bool(_INCHES_AFTER.match(following))
    if name == "p":
        return not spaced and not _PICTURE.search(text, max(0, unit.start() - 5), unit.start())
    if name in _QUOTES:
        return not spaced and not _is_quoted(text[: unit.start()], name)
    return not spaced or name not in ("k", "K")


_WEATHER = re.compile(
    r"(?i:temperature|degree|mercury|heat|highs?\b|lows?\b|forecast|weather|warm|cold|cool|hottest)"
)


_NOT_WEATHER = (" flat", " class", " room", " gate", " unit", " apartment", " seat", " year")


def _temperature(place: Place) -> Said | None:
    """41.5C, 90F where the weather is spoken of."""
    if not _WEATHER.search(place.text) or place.follows(*_NOT_WEATHER):
        return None
    scale = "Celsius" if place.match["scale"] == "C" else "Fahrenheit"
    return place.said(f"{number(place.match['number'])} degrees {scale}")


def _is_quoted(before: str, quote: str) -> bool:
    """Whether a quotation is open, which the sign ends."""
    if quote == '"':
        return before.count('"') % 2 == 1
    opened = "“" if quote == "”" else r"(?<!\w)['‘]"
    return len(re.findall(opened, before)) > len(re.findall(rf"\w{quote}(?!\w)", before))


def _less_than_one(place: Place) -> Said | None:
    """.5 kg: point five kilograms."""
    amount = amount_at(place.text, place.end)
    if not amount:
        return None
    said = EnglishAmount(
        f"point {digits(place.match['places'])}", amount.unit, amount.end, one=False
    )
    return place.said(_said(place, said), end=said.end)


def quantity(place: Place) -> Said | None:
    """An amount, or two in a range or a product: 5 km, 5-7%, 3 x 4 m."""
    text = place.text
    first = amount_at(text, place.start)
    if first is None:
        return None
    if dash := _DASH.match(text, first.end):
        other = amount_at(text, dash.end())
        if other and not _NO_RANGE.match(text, other.end):
            if other.unit and first.unit == other.unit:
                first = EnglishAmount(first.figure, "", first.end, first.one)
            return place.said(f"{first.said()} to {_said(place, other)}", end=other.end)
    if (times := _TIMES.match(text, first.end)) and (other := amount_at(text, times.end())):
        return place.said(f"{first.said()} by {other.said()}", end=other.end)
    if first.unit == "foot" and (inches := amount_at(text, _past_space(text, first.end))):
        if inches.unit == "inch":
            return place.said(
                f"{first.said(compound=_describes(place, inches.end))} {_said(place, inches)}",
                end=inches.end,
            )
        if inches.figure and not inches.unit and text[first.end - 1] in "'’′":
            return place.said(f"{first.said()} {inches.figure}", end=inches.end)
    return place.said(_said(place, first), end=first.end)


def _said(place: Place, amount: EnglishAmount) -> str:
    return amount.said(compound=bool(amount.unit) and _describes(place, amount.end))


def _describes(place: Place, end: int) -> bool:
    return before_noun(place.before, place.after_from(end))


def _past_space(text: str, position: int) -> int:
    return position + text.startswith(" ", position)


def _signed(place: Place) -> Said | None:
    before = place.text[max(0, place.start - 1) : place.start]
    if before.isalnum() or before in tuple(".)%"):
        return None
    amount = amount_at(place.text, place.end)
    sign = {"+": "plus", "±": "plus or minus"}.get(place.match[0], "minus")
    if not amount:
        return None
    if (dash := _DASH.match(place.text, amount.end)) and (
        other := amount_at(place.text, dash.end())
    ):
        return place.said(f"{sign} {amount.figure} to {other.said()}", end=other.end)
    return place.said(f"{sign} {amount.said()}", end=amount.end)


def _times_more(place: Place) -> str | None:
    """10x faster; but 3 x 5."""
    if place.text[place.end :].lstrip()[:1].isdecimal():
        return None
    return f"{number(place.match['number'])} times"


def _years(place: Place) -> Said | None:
    one, other = place.match["one"], place.match["other"]
    if len(other) == 2:
        if int(other) <= int(one[2:]):
            return None
        last = f"oh {cardinal(int(other))}" if other[0] == "0" else cardinal(int(other))
        first = year(int(one))
        if other[0] == "0" and one.startswith("20"):
            return place.said(f"{first} to {year(2000 + int(other))}")
        return place.said(f"{first} to {last}")
    if int(one) >= int(other):
        return None
    return place.said(f"{year(int(one))} to {year(int(other))}")


SIGNED_RULES = (
    *MINUS_MONEY_RULES,
    *MONEY_RULES,
    rule("sign", r"[-−–+±](?=\d)", _signed),
    rule("number", r"\.(?=(?P<places>\d+))", _less_than_one),
)
PER_RULES = (
    rule(
        "per",
        rf"(?<=[^\W\d_])[ ]?/[ ]?(?P<under>{any_of(UNDER)})(?![\w²³])",
        lambda place: f" per {under(place.match['under'])}",
    ),
)
TEMPERATURE_RULES = (rule("number", rf"(?P<number>{NUMBER})(?P<scale>[CF])(?!\w)", _temperature),)
YEARS_RULES = (
    rule(
        "years",
        r"(?P<one>1[1-9]\d\d|20\d\d)[ ]?[-–—/][ ]?(?P<other>1[1-9]\d\d|20\d\d|\d\d)"
        r"(?![\d,.-]\d|\d|\w)",
        _years,
    ),
)
QUANTITY_RULES = (
    rule("times", r"(?P<number>\d+(?:\.\d+)?)[x×](?!\w)", _times_more),
    # Nobody counts beyond a billion billions: figures without end are said one by one.
    rule("number", r"\d{19,}", lambda place: digits(place.match[0])),
    rule("number", NUMBER, quantity),
    rule("number", r"\d+", lambda place: digits(place.match[0])),
)
