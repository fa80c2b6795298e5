"""Numbers as figures → Vietnamese words: cardinals, ordinals, digits, decimals."""

from __future__ import annotations

import re

from broadcast.spoken.style import Style

_UNITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")

NUMBER = (
    r"(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?"  # 1.250.000 and 1.250,5
    r"|\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?"  # 1,250,000
    r"|\d{1,3},\d{3}\.\d+"  # 1,250.5
    r"|\d{1,3}(?:[\u00a0\u2009\u202f]\d{3})+(?:,\d+)?"  # thousands kept together by a hard space
    r"|[1-9]\d{0,2}(?:(?: \d{3}){2,}| 000)"  # 1 250 000 and 10 000
    r"|\d+(?:[.,]\d+)?)(?!\d)"
)
"""A written number as it is found in Vietnamese copy, without its sign."""

DASH = r"[ \u00a0]*(?:-{1,2}>|=>|[-–—−÷~→⇒])[ \u00a0]*"
"""What is written between the two ends of a range."""

_THOUSANDS = re.compile(r"\d{1,3}(?:([.,\s])\d{3})(?:\1\d{3})*(?!\d)")
_NOT_DIGITS = re.compile(r"\D")


def cardinal(number: int, style: Style) -> str:
    """Say a whole number of any size: 1.005 → "một nghìn không trăm linh năm"."""
    if number < 0:
        return f"âm {cardinal(-number, style)}"
    billions, rest = divmod(number, 10**9)
    if not billions:
        return _below_billion(rest, style, follows=False)
    said = f"{cardinal(billions, style)} tỷ"
    return f"{said} {_below_billion(rest, style, follows=True)}" if rest else said


def _below_billion(number: int, style: Style, *, follows: bool) -> str:
    said: list[str] = []
    for size, name in ((10**6, "triệu"), (10**3, style.thousand), (1, "")):
        group = number // size % 1000
        if group or (not said and not follows and size == 1):
            said.append(f"{_below_thousand(group, style, follows=follows)} {name}".rstrip())
            follows = True
    return " ".join(said)


def _below_thousand(number: int, style: Style, *, follows: bool) -> str:
    """Say one group of three digits; one that ``follows`` another says its zero hundreds too."""
    hundreds, rest = divmod(number, 100)
    if not hundreds and not follows:
        return _below_hundred(rest, style)
    said = f"{_UNITS[hundreds]} trăm"
    if not rest:
        return said
    if rest < 10:
        return f"{said} {style.zero_tens} {_UNITS[rest]}"
    return f"{said} {_below_hundred(rest, style)}"


def _below_hundred(number: int, style: Style) -> str:
    tens, unit = divmod(number, 10)
    if not tens:
        return _UNITS[unit]
    said = "mười" if tens == 1 else f"{_UNITS[tens]} mươi"
    if not unit:
        return said
    if unit == 5:
        return f"{said} lăm"
    if tens > 1 and unit == 1:
        return f"{said} mốt"
    if tens > 1 and unit == 4:
        return f"{said} {style.four}"
    return f"{said} {_UNITS[unit]}"


def ordinal(number: int, style: Style) -> str:
    """Say a number after "thứ": nhất and tư differ from the cardinals."""
    return {1: "nhất", 4: "tư"}.get(number) or cardinal(number, style)


def month(number: int, style: Style) -> str:
    """Say the number of a month: the fourth is "tháng tư"."""
    return "tư" if number == 4 else cardinal(number, style)


def year(number: int, style: Style) -> str:
    """Say a year, with its zero hundreds or (by the station's style) without."""
    thousands, rest = divmod(number, 1000)
    if style.year_hundreds or not 0 < rest < 100 or not thousands:
        return cardinal(number, style)
    said = f"{cardinal(thousands, style)} {style.thousand}"
    if rest < 10:
        return f"{said} {style.zero_tens} {_UNITS[rest]}"
    return f"{said} {_below_hundred(rest, style)}"


def digits(written: str) -> str:
    """Say every digit of ``written`` by itself, leaving out all else."""
    return " ".join(_UNITS[int(digit)] for digit in _NOT_DIGITS.sub("", written))


def decimal(whole: int, fraction: str, style: Style, point: str = "phẩy") -> str:
    """Say a decimal: zeros that lead the fraction singly, up to three further digits as a number.

    98,7 → "chín mươi tám phẩy bảy"; 0,05 → "không phẩy không năm"; 3,1416 digit by digit.
    """
    zeros = fraction[: len(fraction) - len(fraction.lstrip("0"))]
    rest = fraction[len(zeros) :]
    said = [cardinal(whole, style), point]
    if zeros:
        said.append(digits(zeros))
    if rest:
        said.append(digits(rest) if len(fraction) > 3 else cardinal(int(rest), style))
    return " ".join(said)


def number(written: str, style: Style, *, measured: bool = False) -> str:
    """Say a number matched by NUMBER; leading zeros are not said.

    A single full stop before one or two digits is a decimal point when the number is ``measured``
    (98.7%), and a spoken "chấm" when it is a name (4.0).
    """
    match = _THOUSANDS.match(written)
    if match and not written.startswith("0") and _is_grouped(match):
        whole, fraction = match[0], written[match.end() :].strip(".,")
        if not fraction:
            return cardinal(int(_NOT_DIGITS.sub("", whole)), style)
        return decimal(int(_NOT_DIGITS.sub("", whole)), fraction, style)
    if "," in written:
        whole, fraction = written.split(",", 1)
        return decimal(int(whole), fraction, style)
    if "." in written:
        whole, fraction = written.split(".", 1)
        return decimal(int(whole), fraction, style, "phẩy" if measured else "chấm")
    return cardinal(int(_NOT_DIGITS.sub("", written)), style)


def _is_grouped(match: re.Match[str]) -> bool:
    """Whether a comma parts thousands: 1,250,000 and 1,250.5, not 1,250."""
    return match[1] != "," or match[0].count(",") > 1 or match.string[match.end() :][:1] == "."


def value(written: str) -> float:
    """Give what a number matched by NUMBER is worth, for comparing two of them."""
    match = _THOUSANDS.match(written)
    if match and _is_grouped(match):
        written = _NOT_DIGITS.sub("", match[0]) + written[match.end() :]
    return float(written.replace(",", ".").replace(" ", ""))


def to(one: str, other: str, style: Style) -> str:
    """Say a range the station's way: "một đến hai", or with a pause between."""
    return f"{one}, {other}" if style.ranges == "pause" else f"{one} {style.ranges} {other}"
