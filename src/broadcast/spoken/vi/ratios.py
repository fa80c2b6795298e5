"""a/b → a proportion, a fraction, an address, by its neighbours."""

from __future__ import annotations

import re

from broadcast.spoken import uncertain
from broadcast.spoken.grammar import Place, Said, rule
from broadcast.spoken.style import Style
from broadcast.spoken.vi.amounts import amount_at
from broadcast.spoken.vi.letters import code
from broadcast.spoken.vi.neighbours import COUNTED, DAY_WORDS, DOCUMENTS, PART_AFTER
from broadcast.spoken.vi.numbers import DASH, NUMBER, cardinal, number, to, value
from broadcast.text import CAPITAL

_END = r"(?![\d/]|[.,]\d)"
_PART_BEFORE = (
    " chiếm", " khoảng", " giảm", " hơn", " gần", " tăng", " bằng", " quá", " ít nhất", " tới",
    " chỉ", " đến", " còn", " gấp", " mất", " được", " trên", " dưới", " đạt", " nửa",
    " tương đương", " đi", " tối thiểu", " tối đa", " xấp xỉ", " hết", " cả",
)  # fmt: skip
_SURE_PART_BEFORE = (
    " chiếm",
    " khoảng",
    " giảm",
    " hơn",
    " gần",
    " bằng",
    " quá",
    " ít nhất",
    " xấp xỉ",
)
_ADDRESS = (
    " số nhà", " hẻm", " ngõ", " kiệt", " ngách", " nhà số", " địa chỉ", " địa chỉ số", " tại số",
    " ở số", " căn số", " căn hộ", " thửa", " lô", " đ/c", " ấp", " nhà", " tổ",
)  # fmt: skip
_STREET_AFTER = ("đường ", "phố ", "hẻm ", "quốc lộ ", "ngõ ", "đại lộ ", "tỉnh lộ ")


_ON_STREET = re.compile(rf" (?:đường|phố|hẻm|ngõ|đại lộ) (?:[{CAPITAL}]|\d)")
_TITLES = ("Phó", "Ủy", "Đảng", "Chi", "Bí", "Tổng", "Trưởng", "Đại", "Ban", "Hội", "Tổ", "Sở")


def _said(place: Place, word: str) -> str:
    one, other = (number(part, place.style) for part in (place.match["one"], place.match["other"]))
    return f"{one} {word} {other}"


def _fraction(one: int, other: int, style: Style) -> str:
    below = "tư" if other == 4 else cardinal(other, style)
    return f"{cardinal(one, style)} phần {below}"


def _ratio(place: Place) -> Said | None:
    style = place.style
    one, other = value(place.match["one"]), value(place.match["other"])
    whole = one.is_integer() and other.is_integer()
    street = re.match(rf"\s+(?:[{CAPITAL}][\w]*)(?:\s+[{CAPITAL}]\w*)", place.text[place.end :])
    if (
        place.match["one"].count("/")
        or place.follows(*_ADDRESS)
        or (place.follows(" số") and (place.after.startswith(_STREET_AFTER) or street))
        or (
            place.text[: place.start].rstrip()[-1:] in (",", "")
            and _ON_STREET.match(place.text, place.end)
        )
        or ((place.after.startswith(_STREET_AFTER) or street) and place.follows(" tại", " ở"))
    ):
        return place.said(_said(place, style.house_slash))
    if street and street[0].split()[0] not in _TITLES and one > 3 and not place.follows(*DAY_WORDS):
        return place.said(_said(place, style.house_slash), doubt=uncertain.TAKEN_FOR_ADDRESS)
    if (one, other) in ((24, 24), (24, 7), (7, 7)):
        return place.said(_said(place, "trên"))
    if place.follows(" khoản", " điều", " số", *DOCUMENTS):
        if re.fullmatch(r"(?:19|20)\d\d", place.match["other"]):
            return place.said(_said(place, ", năm").replace(" ,", ","))
        if place.follows(" số"):
            return place.said(_said(place, style.house_slash))
    if whole and one < other and not place.follows(" tỷ lệ", " tỉ lệ"):
        part_after = place.after.startswith(PART_AFTER)
        counted = place.after.startswith(COUNTED)
        if (one, other) == (1, 2) and not place.follows(*DAY_WORDS):
            return place.said(_fraction(1, 2, style))
        small = other <= 10 or other in (100, 1000, 10000)
        if (
            small
            and not (counted and not place.after.startswith(("số ", "tổng")))
            and (
                part_after
                or place.follows(*_SURE_PART_BEFORE)
                or (one == 1 and place.follows(*_PART_BEFORE))
            )
        ):
            return place.said(_fraction(int(one), int(other), style))
        if small and one == 1 and not counted and not place.follows(*DAY_WORDS):
            return place.said(_fraction(1, int(other), style), doubt=uncertain.TAKEN_FOR_FRACTION)
        if small and counted and place.follows(*_SURE_PART_BEFORE) and (one == 1 or other <= 5):
            return place.said(_fraction(int(one), int(other), style))
    sure = place.after.startswith(COUNTED) or other > 31 or one > 31
    could_be_date = whole and 1 <= one <= 31 and 1 <= other <= 12
    unit = amount_at(place, place.match.start("other"), signed=False)
    if unit and unit.unit:
        said = f"{number(place.match['one'], style)} trên {unit.said}"
        return place.said(said, end=unit.end)
    doubt = None if sure or not could_be_date else uncertain.MAYBE_DATE_OR_FRACTION
    return place.said(_said(place, "trên"), doubt=doubt)


def _fractions(place: Place) -> Said | None:
    """1/3 - 1/2 số vụ: from one part to another; their neighbours decide as for one alone."""
    style = place.style
    a, b, c, d = (int(place.match[part]) for part in "abcd")
    parts = a / b < c / d < 1 and max(b, d) <= 10
    if not parts or not (
        place.after.startswith(PART_AFTER) or place.follows(*_SURE_PART_BEFORE, " từ")
    ):
        return None
    return place.said(to(_fraction(a, b, style), _fraction(c, d, style), style))


def _house(place: Place) -> Said | None:
    """15/3/2, 12A/4B: house numbers in lanes of lanes."""
    word = place.style.house_slash
    parts = place.match[0].split("/")
    letters = any(not part.isdecimal() for part in parts)
    if not letters and not place.follows(*_ADDRESS, " số", " tại", " ở", " hẻm số"):
        return None
    return place.said(f" {word} ".join(_house_part(part, place.style) for part in parts))


def _house_part(part: str, style: Style) -> str:
    figures = re.match(r"\d+", part)
    if not figures:
        return part
    said = cardinal(int(figures[0]), style)
    rest = part[figures.end() :]
    return f"{said} {code(rest, style)}" if rest else said


RATIO_RULES = (
    rule(
        "house number",
        r"\d{1,4}+[A-Za-z]?+(?:/\d{1,4}+[A-Za-z]?+){2,}+(?![\w/])"
        r"|\d{1,4}[A-Z]/\d{1,4}[A-Z]?(?![\w/-])|\d{1,4}/\d{1,4}[A-Z](?![\w/-])",
        _house,
    ),
    rule("fractions", rf"(?P<a>\d)/(?P<b>\d\d?){DASH}(?P<c>\d)/(?P<d>\d\d?){_END}", _fractions),
    rule("proportion", rf"(?P<one>{NUMBER})[ ]?/[ ]?(?P<other>{NUMBER}){_END}", _ratio),
)
