"""English numbers with units, money and percentages, alone or in ranges → words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from broadcast.spoken.english_numbers import NUMBER, cardinal, digits, number, ordinal, year
from broadcast.spoken.grammar import Place, Said, rule

_UNITS = {
    "km": "kilometer", "m": "meter", "cm": "centimeter", "mm": "millimeter", "nm": "nanometer",
    "µm": "micrometer", "kg": "kilogram", "g": "gram", "mg": "milligram", "µg": "microgram",
    "t": "ton", "ha": "hectare", "l": "liter", "L": "liter", "ml": "milliliter",
    "mL": "milliliter", "km2": "square kilometer", "km²": "square kilometer", "m2": "square meter",
    "m²": "square meter", "cm2": "square centimeter", "m3": "cubic meter", "m³": "cubic meter",
    "km3": "cubic kilometer", "cm3": "cubic centimeter", "sq km": "square kilometer",
    "sq m": "square meter", "sq ft": "square foot", "sq. km": "square kilometer",
    "°C": "degree Celsius", "ºC": "degree Celsius", "℃": "degree Celsius",
    "°F": "degree Fahrenheit", "ºF": "degree Fahrenheit", "°": "degree", "W": "watt",
    "kW": "kilowatt", "MW": "megawatt", "GW": "gigawatt", "kWh": "kilowatt hour",
    "MWh": "megawatt hour", "GWh": "gigawatt hour", "V": "volt", "kV": "kilovolt", "Hz": "hertz",
    "kHz": "kilohertz", "MHz": "megahertz", "GHz": "gigahertz", "KB": "kilobyte", "MB": "megabyte",
    "GB": "gigabyte", "TB": "terabyte", "Mbps": "megabit per second", "Gbps": "gigabit per second",
    "dB": "decibel", "kcal": "kilocalorie", "hPa": "hectopascal", "kPa": "kilopascal",
    "ft": "foot", "in": "inch", "yd": "yard", "mi": "mile", "lb": "pound", "lbs": "pound",
    "oz": "ounce", "mph": "mile per hour", "kph": "kilometer per hour",
    "kmh": "kilometer per hour", "ppm": "part per million", "bn": "billion", "mn": "million",
    "k": "thousand", "%": "percent", "‰": "per thousand", "hr": "hour", "hrs": "hour",
    "min": "minute", "mins": "minute", "sec": "second", "s": "second", "h": "hour",
    "ms": "millisecond", "acre": "acre", "bbl": "barrel",
}  # fmt: skip
_PLURALS = {
    "billion": "billion",
    "million": "million",
    "thousand": "thousand",
    "foot": "feet",
    "inch": "inches",
    "hertz": "hertz",
    "percent": "percent",
}
_CURRENCIES = {
    "$": ("dollar", "cent"), "US$": ("US dollar", "cent"), "A$": ("Australian dollar", "cent"),
    "S$": ("Singapore dollar", "cent"), "C$": ("Canadian dollar", "cent"),
    "HK$": ("Hong Kong dollar", "cent"), "€": ("euro", "cent"), "£": ("pound", "penny"),
    "¥": ("yen", ""), "₫": ("dong", ""), "₩": ("won", ""), "USD": ("US dollar", "cent"),
    "EUR": ("euro", "cent"), "GBP": ("pound", "penny"), "JPY": ("yen", ""), "VND": ("dong", ""),
    "VNĐ": ("dong", ""), "CNY": ("yuan", ""), "AUD": ("Australian dollar", "cent"),
    "SGD": ("Singapore dollar", "cent"), "THB": ("baht", ""), "KRW": ("won", ""),
}  # fmt: skip
_SCALES = {
    "k": "thousand", "K": "thousand", "m": "million", "M": "million", "mn": "million",
    "mln": "million", "bn": "billion", "b": "billion", "B": "billion", "tn": "trillion",
    "trn": "trillion", "thousand": "thousand", "million": "million", "billion": "billion",
    "trillion": "trillion", "hundred": "hundred",
}  # fmt: skip
_WORD_SCALES = ("thousand", "million", "billion", "trillion", "hundred")


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(each) for each in sorted(words, key=len, reverse=True))


_NUMBER = re.compile(NUMBER)
_SCALE = re.compile(rf"[ \u00a0-]?(?P<scale>{_any_of(_SCALES)})(?!\w)")
_WORD_SCALE = re.compile(rf"[ \u00a0-](?P<scale>{'|'.join(_WORD_SCALES)})(?!\w)")
_UNIT = re.compile(rf"[ \u00a0-]?(?P<unit>{_any_of(_UNITS)})(?![\w²³]|-\w)")
_UNDER = {
    *_UNITS, "day", "week", "month", "year", "hour", "person", "night", "second", "minute",
    "household", "ton", "barrel", "child", "student",
}  # fmt: skip
_PER = re.compile(rf"[ ]?/[ ]?(?P<under>{_any_of(_UNDER)})(?![\w²³])")
_CODE = re.compile(
    rf"[ \u00a0]?(?P<code>{_any_of(code for code in _CURRENCIES if code.isalpha())})(?!\w)"
)
_SIGN = re.compile(rf"(?:{_any_of(_CURRENCIES)})[ ]?(?=\d)")
_DASH = re.compile(r"[ ]?[-–—][ ]?(?=[$€£¥₫]?\d)")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number and its unit, read apart, so that a range says the unit once."""

    figure: str
    unit: str
    end: int

    @property
    def said(self) -> str:
        """All of it in words."""
        return f"{self.figure} {self.unit}".rstrip()


def amount_at(text: str, start: int) -> Amount | None:
    """Read a number at ``start`` with what belongs to it."""
    match = _NUMBER.match(text, start)
    if not match:
        return None
    written, end = match[0], match.end()
    figure = number(written)
    if len(written) > 1 and written[0] == "0" and written.isdecimal():
        figure = digits(written)
    if scale := _WORD_SCALE.match(text, end):
        code = _CODE.match(text, scale.end())
        unit = _UNIT.match(text, scale.end())
        if code or (unit and unit["unit"] not in ("in", "m", "g", "s", "t", "h", "min")):
            figure, end = f"{figure} {scale['scale']}", scale.end()
    if code := _CODE.match(text, end):
        return Amount(figure, _plural(_CURRENCIES[code["code"]][0], written), code.end())
    unit = _UNIT.match(text, end)
    if not unit or (
        unit["unit"] in ("in", "s", "t", "h", "V")
        and unit[0][0] in " \u00a0"
        and not _PER.match(text, unit.end())
    ):
        return Amount(figure, "", end)
    compound = unit[0][0] == "-"
    name = _UNITS[unit["unit"]] if compound else _plural(_UNITS[unit["unit"]], written)
    end = unit.end()
    while per := _PER.match(text, end):
        name, end = f"{name} per {_UNITS.get(per['under'], per['under'])}", per.end()
    return Amount(figure, name, end)


def _plural(name: str, written: str) -> str:
    """Put a unit's name in the plural unless the number is one: "degrees Celsius", "feet"."""
    if written == "1" or name in ("yen", "dong", "won", "yuan", "baht", "per thousand"):
        return name
    first, *rest = name.split(" ")
    if first in ("square", "cubic", "kilowatt", "megawatt", "gigawatt", "US", "Australian") or (
        first in ("Singapore", "Canadian")
    ):
        return f"{first} {_plural(' '.join(rest), written)}" if rest else f"{first}s"
    if name.startswith("Hong Kong"):
        return f"{name}s"
    if first.endswith("hertz"):
        return name
    return " ".join([_PLURALS.get(first, f"{first}s"), *rest])


def quantity(place: Place) -> Said | None:
    """An amount, or two in a range or a product: 5 km, 5-7%, 3 x 4 m."""
    text = place.text
    first = amount_at(text, place.start)
    if first is None:
        return None
    if dash := _DASH.match(text, first.end):
        other = amount_at(text, dash.end())
        if other and not re.match(r"[-–/]\d", text[other.end :]):
            return place.said(f"{first.said} to {other.said}", end=other.end)
    if (times := re.compile(r"[ ]?[x×][ ]?(?=\d)").match(text, first.end)) and (
        other := amount_at(text, times.end())
    ):
        return place.said(f"{first.said} by {other.said}", end=other.end)
    return place.said(first.said, end=first.end)


def _money(place: Place) -> Said | None:
    """$5.2 million, £12.50, US$20m: the currency is said after the number."""
    sign = place.match["sign"]
    name, small = _CURRENCIES[sign]
    match = _NUMBER.match(place.text, place.end)
    if not match:
        return None
    said, end = _sum(place.text, match)
    if dash := _DASH.match(place.text, end):
        again = _SIGN.match(place.text, dash.end())
        other = _NUMBER.match(place.text, again.end() if again else dash.end())
        if other:
            more, end = _sum(place.text, other)
            return place.said(f"{said} to {more} {_plural(name, '')}", end=end)
    whole, _, cents = match[0].partition(".")
    if len(cents) == 2 and small and end == match.end():
        return place.said(_with_cents(whole.replace(",", ""), cents, name, small), end=end)
    one = match[0] == "1" and end == match.end()
    said = f"{said} {name if one else _plural(name, '')}"
    if per := _PER.match(place.text, end):
        said, end = f"{said} per {_UNITS.get(per['under'], per['under'])}", per.end()
    return place.said(said, end=end)


def _sum(text: str, match: re.Match[str]) -> tuple[str, int]:
    scale = _SCALE.match(text, match.end())
    if not scale:
        return number(match[0]), match.end()
    return f"{number(match[0])} {_SCALES[scale['scale']]}", scale.end()


def _with_cents(whole: str, cents: str, name: str, small: str) -> str:
    coins = "pence" if small == "penny" and cents != "01" else small
    if coins == "cent" and cents != "01":
        coins = "cents"
    said = f"{number(whole)} {name if whole == '1' else _plural(name, '')}"
    if cents == "00":
        return said
    change = f"{cardinal(int(cents))} {coins}"
    return change if whole == "0" else f"{said} and {change}"


def _fraction(place: Place) -> Said | None:
    """1/2, 3/4, 2/3; of larger numbers "out of", where something is counted."""
    one, other = int(place.match["one"]), int(place.match["other"])
    if (one, other) in ((24, 7), (9, 11), (50, 50)):
        return place.said(f"{cardinal(one)} {cardinal(other)}")
    if (other and one < other <= 20) or (one == 1 and other in (50, 100, 1000)):
        if other == 2:
            return place.said("one half")
        name = "quarter" if other == 4 else ordinal(other)
        return place.said(f"{cardinal(one)} {name}{'s' if one > 1 else ''}")
    doubt = "could also be a date" if one <= 12 and other <= 31 else ""
    return place.said(f"{cardinal(one)} out of {cardinal(other)}", doubt=doubt)


def _mixed(place: Place) -> str:
    """2 1/2: two and a half."""
    whole, one, other = (int(part) for part in re.findall(r"\d+", place.match[0]))
    name = "half" if other == 2 else "quarter" if other == 4 else ordinal(other)
    said = f"a {name}" if one == 1 else f"{cardinal(one)} {name}s"
    return f"{cardinal(whole)} and {said}"


def _signed(place: Place) -> Said | None:
    before = place.text[max(0, place.start - 1) : place.start]
    if before.isalnum() or before in tuple(".)%"):
        return None
    amount = amount_at(place.text, place.end)
    sign = {"+": "plus", "±": "plus or minus"}.get(place.match[0], "minus")
    return place.said(f"{sign} {amount.said}", end=amount.end) if amount else None


def _halves(place: Place) -> str:
    """2½: two and a half."""
    over = {"½": "a half", "¼": "a quarter", "¾": "three quarters"}[place.match["over"]]
    return f"{cardinal(int(place.match['whole']))} and {over}"


def _years(place: Place) -> Said | None:
    one, other = place.match["one"], place.match["other"]
    if len(other) == 2:
        if int(other) <= int(one[2:]):
            return None
        return place.said(f"{year(int(one))} to {cardinal(int(other))}")
    if int(one) >= int(other):
        return None
    return place.said(f"{year(int(one))} to {year(int(other))}")


MONEY_RULES = (rule("money", rf"(?P<sign>{_any_of(_CURRENCIES)})[ ]?(?=\d)", _money),)
SIGN_RULES = (*MONEY_RULES, rule("sign", r"[-−+±](?=\d)", _signed))
PER_RULES = (
    rule(
        "per",
        r"(?<=[^\W\d_])" + _PER.pattern,
        lambda place: f" per {_UNITS.get(place.match['under'], place.match['under'])}",
    ),
)
QUANTITY_RULES = (
    rule("fraction", r"(?P<whole>\d+)[ ]?(?P<over>[½¼¾])", _halves),
    rule(
        "years",
        r"(?P<one>1[1-9]\d\d|20\d\d)[ ]?[-–—/][ ]?(?P<other>1[1-9]\d\d|20\d\d|\d\d)"
        r"(?![\d,.-]\d|\d|\w)",
        _years,
    ),
    rule("fraction", r"\d{1,2} [1-9]/[2-9](?![\d/]|[.,]\d)", _mixed),
    rule("fraction", r"(?P<one>\d{1,4})/(?P<other>[1-9]\d{0,3})(?![\d/]|[.,]\d)", _fraction),
    rule("number", NUMBER, quantity),
    rule("number", r"\d+", lambda place: digits(place.match[0])),
)
