"""Tables of English units, currencies and scales, and their names beside a number."""

from __future__ import annotations

import re
from collections.abc import Iterable

UNITS = {
    "km": "kilometer", "m": "meter", "cm": "centimeter", "KM": "kilometer",
    "Km": "kilometer", "KG": "kilogram", "Kg": "kilogram",
    "MPH": "mile per hour", "wk": "week", "wks": "week", "mo": "month", "mos": "month",
    "yr": "year", "mbps": "megabit per second", "mm": "millimeter", "nm": "nanometer",
    "µm": "micrometer", "kg": "kilogram", "kgs": "kilogram", "g": "gram", "mg": "milligram",
    "µg": "microgram", "t": "ton", "ha": "hectare", "l": "liter", "L": "liter",
    "ml": "milliliter", "mL": "milliliter", "km2": "square kilometer",
    "km²": "square kilometer", "m2": "square meter", "m²": "square meter",
    "cm2": "square centimeter", "cm²": "square centimeter", "m3": "cubic meter",
    "m³": "cubic meter", "km3": "cubic kilometer", "km³": "cubic kilometer",
    "cm3": "cubic centimeter", "cm³": "cubic centimeter", "sq km": "square kilometer",
    "sq. km": "square kilometer", "sq m": "square meter", "sq. m": "square meter",
    "sq ft": "square foot", "sq. ft": "square foot",
    "sq mi": "square mile", "sq miles": "square mile", "sq. miles": "square mile",
    "sq. mi": "square mile", "tbsp": "tablespoon", "tsp": "teaspoon", "bp": "basis point",
    "bps": "basis point",
    "cu m": "cubic meter", "cu ft": "cubic foot", "°C": "degree Celsius", "ºC": "degree Celsius",
    "° C": "degree Celsius", "℃": "degree Celsius", "°F": "degree Fahrenheit",
    "ºF": "degree Fahrenheit", "° F": "degree Fahrenheit", "℉": "degree Fahrenheit",
    "°": "degree", "W": "watt", "kW": "kilowatt", "MW": "megawatt", "GW": "gigawatt",
    "kWh": "kilowatt hour", "MWh": "megawatt hour", "GWh": "gigawatt hour", "V": "volt",
    "kV": "kilovolt", "mAh": "milliamp hour", "Hz": "hertz", "kHz": "kilohertz",
    "MHz": "megahertz", "GHz": "gigahertz", "KB": "kilobyte", "MB": "megabyte",
    "GB": "gigabyte", "TB": "terabyte", "Mbps": "megabit per second",
    "Gbps": "gigabit per second", "dB": "decibel", "cal": "calorie", "kcal": "kilocalorie",
    "hPa": "hectopascal", "kPa": "kilopascal", "psi": "pound per square inch", "hp": "horsepower",
    "ft": "foot", "in": "inch", "yd": "yard", "yds": "yard",
    "mi": "mile", "lb": "pound", "lbs": "pound", "oz": "ounce",
    "gal": "gallon", "mph": "mile per hour", "mpg": "mile per gallon", "kph": "kilometer per hour",
    "kmh": "kilometer per hour", "km/hr": "kilometer per hour", "ppm": "part per million",
    "bn": "billion", "mn": "million", "tn": "trillion", "k": "thousand", "K": "thousand",
    "%": "percent", "‰": "per thousand", "hr": "hour", "hrs": "hour", "min": "minute",
    "mins": "minute", "sec": "second", "secs": "second", "s": "second", "h": "hour",
    "ms": "millisecond", "yrs": "year", "bbl": "barrel", "p": "penny", "¢": "cent",
    '"': "inch", "”": "inch", "″": "inch", "'": "foot", "’": "foot", "′": "foot",
}  # fmt: skip
CURRENCIES = {
    "$": ("dollar", "cent"), "US$": ("US dollar", "cent"), "US $": ("US dollar", "cent"),
    "Rs": ("rupee", ""), "Rs.": ("rupee", ""), "A$": ("Australian dollar", "cent"),
    "AU$": ("Australian dollar", "cent"), "S$": ("Singapore dollar", "cent"),
    "C$": ("Canadian dollar", "cent"), "CA$": ("Canadian dollar", "cent"),
    "NZ$": ("New Zealand dollar", "cent"), "HK$": ("Hong Kong dollar", "cent"),
    "NT$": ("Taiwan dollar", ""), "R$": ("real", ""), "€": ("euro", "cent"),
    "£": ("pound", "penny"), "¥": ("yen", ""), "₫": ("dong", ""), "₩": ("won", ""),
    "₹": ("rupee", ""), "₱": ("peso", ""), "฿": ("baht", ""), "₽": ("ruble", ""),
    "₺": ("lira", ""), "₦": ("naira", ""), "USD": ("US dollar", "cent"), "EUR": ("euro", "cent"),
    "GBP": ("pound", "penny"), "JPY": ("yen", ""), "VND": ("dong", ""), "VNĐ": ("dong", ""),
    "đ": ("dong", ""),
    "CNY": ("yuan", ""), "RMB": ("yuan", ""), "AUD": ("Australian dollar", "cent"),
    "CAD": ("Canadian dollar", "cent"), "NZD": ("New Zealand dollar", "cent"),
    "HKD": ("Hong Kong dollar", "cent"), "SGD": ("Singapore dollar", "cent"),
    "CHF": ("Swiss franc", ""), "INR": ("rupee", ""), "THB": ("baht", ""), "KRW": ("won", ""),
    "PHP": ("peso", ""), "IDR": ("rupiah", ""), "MYR": ("ringgit", ""), "RUB": ("ruble", ""),
}  # fmt: skip
SCALES = {
    "k": "thousand", "K": "thousand", "m": "million", "M": "million", "mn": "million",
    "mln": "million", "bn": "billion", "b": "billion", "B": "billion", "tn": "trillion",
    "trn": "trillion", "thousand": "thousand", "million": "million", "billion": "billion",
    "trillion": "trillion", "hundred": "hundred", "crore": "crore", "lakh": "lakh",
}  # fmt: skip
WORD_SCALES = ("thousand", "million", "billion", "trillion", "hundred", "crore", "lakh")
UNDER = {
    *(unit for unit in UNITS if unit[0].isalpha()), "day", "week", "month", "year", "hour",
    "person", "night", "second", "minute", "household", "ton", "tonne", "barrel", "child",
    "100 km", "100km", "student",
    "liter", "litre", "gallon", "kilo", "mile", "share", "head", "unit",
}  # fmt: skip
_PLURALS = {
    "foot": "feet", "inch": "inches", "penny": "pence", "horsepower": "horsepower",
    "hertz": "hertz", "kilohertz": "kilohertz", "megahertz": "megahertz",
    "gigahertz": "gigahertz", "percent": "percent", "per": "per",
    **{each: each for each in (*WORD_SCALES, "yen", "dong", "won", "yuan", "baht")},
}  # fmt: skip
_FIRST_OF_TWO = frozenset((
    "square", "cubic", "basis", "kilowatt", "megawatt", "gigawatt", "milliamp", "US", "Australian",
    "Singapore", "Canadian", "Taiwan", "Swiss", "Hong", "Kong", "New", "Zealand",
))  # fmt: skip


def any_of(words: Iterable[str]) -> str:
    """Write a pattern for any of the words, the longest first."""
    return "|".join(re.escape(each) for each in sorted(words, key=len, reverse=True))


def plural(name: str) -> str:
    """Give a unit's name for more than one: "degrees Celsius", "square feet", "US dollars"."""
    first, _, rest = name.partition(" ")
    if rest and first in _FIRST_OF_TWO:
        return f"{first} {plural(rest)}"
    return f"{_PLURALS.get(first, f'{first}s')} {rest}".rstrip()


def under(written: str) -> str:
    """Give the name of what an amount is divided by: kg, day."""
    if written.startswith("100"):
        return "hundred kilometers"
    return UNITS.get(written, written)


_ARTICLE = re.compile(
    r" (?:an?|another|each|every|one|per)(?: (?:new|further|extra|additional|planned|proposed"
    r"|single|massive|huge|whole|full|record|second|third|nearly|almost|mere|\w+ly))*$"
)
_OTHER_ARTICLE = re.compile(
    r" (?:the|this|that|its|his|her|their|our|your)(?: (?:new|first|second|last|planned|proposed"
    r"|whole|full|total|extra|additional|massive|huge|\w+ly))*$"
)
_NO_NOUN = re.compile(
    r"(?:of|in|on|for|to|at|from|by|with|and|or|but|that|which|who|he|she|it|they|we|you|i|was"
    r"|were|is|are|be|has|have|had|will|would|could|can|may|might|must|should|the|an?|his|her"
    r"|its|their|more|less|over|above|below|between|as|than|when|if|after|before|until|since"
    r"|ago|away|off|out|up|down|into|under|each|so|because|while|now|not|\w+ed|\w+ly)(?!\w)"
)


_MANY = re.compile(
    r"(?!(?:this|thus|plus|less|across|always|sometimes|perhaps|besides|versus|towards|thanks|unless"
    r"|yes|minus|afterwards|upwards|downwards|outdoors|indoors|overseas|news|\w*ss)(?!\w))"
    r"[a-z]{3,}s(?!\w)"
)


def before_noun(before: str, after: str) -> bool:
    """Whether an amount stands before what it describes, so that its unit has no plural.

    ``before`` and ``after`` are the clause on either side, in small letters: a 10 km run, the
    $5 fee, 5 kg bags; but: the 5 km between them, a $5 or a £4 note.
    """
    if _MANY.match(after):
        return True
    noun = re.match(r"[^\W\d_]", after) and not _NO_NOUN.match(after)
    return bool(noun and (_ARTICLE.search(before) or _OTHER_ARTICLE.search(before)))
