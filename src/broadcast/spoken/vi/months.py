"""Written months, quarters and years, and numbers that are said as ordinals → words."""

from __future__ import annotations

import re

from broadcast.spoken.grammar import Place, Said, rule
from broadcast.spoken.numerals import roman_value
from broadcast.spoken.vi.neighbours import (
    COUNTED,
    DOCUMENTS,
    NO_DATE_BEFORE,
    counts,
)
from broadcast.spoken.vi.numbers import DASH, cardinal, month, ordinal, to, year

MONTH = r"(?:0?[1-9]|1[0-2])"
YEAR = r"(?:1\d|20|21)\d\d"
END = r"(?!\d|[/.-]\d|,\d|[/-][A-ZĐ])"
_NUMBERS = re.compile(r"\d+")


# What is drawn to a scale of 1/2000.
_SCALED = (" quy hoạch", " bản đồ", " phân khu", " sơ đồ", " đồ án")
# Months are told after "khoảng" and "mất" too, after these never.
_NO_MONTH_BEFORE = (
    " bằng", " ít nhất", " tỷ lệ", " tỉ lệ", " tỷ lệ chọi", " xác suất", " số nhà", " điểm", " hẻm",
    " ngõ", " kiệt", " ngách", " địa chỉ", " nhà", " nhà số", " thìa", " tỷ số", " tỉ số", " chiếm",
)  # fmt: skip


def _month_year(place: Place) -> Said | None:
    month_number, year_number = place.match["month"], place.match["year"]
    ancient = not 1900 <= int(year_number) < 2100
    if place.match[0] == "1/2000" and any(word in place.before for word in _SCALED):
        return None
    if place.follows(*DOCUMENTS, *_NO_MONTH_BEFORE) or (ancient and counts(place)):
        return None
    # Cứ 1/2000 người; khoảng 3/2024 hộ.
    proportion = place.follows(*NO_DATE_BEFORE) or int(year_number) % 1000 == 0
    if proportion and place.after.startswith(COUNTED):
        return None
    said = f"{month(int(month_number), place.style)} năm {year(int(year_number), place.style)}"
    if place.follows(" quý", " học kỳ", " kỳ", " đợt", " lần", " khóa", " số"):
        return place.said(said.replace("tư năm", "bốn năm") if place.follows(" số") else said)
    named = place.follows(" tháng", " tháng giêng") or _month_listed(place)
    return place.said(said if named else f"tháng {said}")


def _month_listed(place: Place) -> bool:
    near = place.text[max(0, place.start - 40) : place.start].casefold()
    return bool(re.search(r"tháng \d{1,2}(?:/\d{4})?(?:\s*(?:,|và|-|–|đến)\s*\d{0,2})*\s*$", near))


def _months_of_year(place: Place) -> str:
    one, other, year_number = place.match["one"], place.match["other"], place.match["year"]
    last = month(int(other), place.style)
    # "tháng ba đến năm năm 2024" would not be understood.
    last = f"tháng {last}" if last == "năm" else last
    said = to(month(int(one), place.style), last, place.style)
    return f"{said} năm {year(int(year_number), place.style)}"


def _short_month(place: Place) -> str:
    """T12/2023, and T1 of T1, T2 và T3/2024."""
    opening = "" if place.follows(" tháng") else "tháng "
    said = f"{opening}{month(int(place.match['month']), place.style)}"
    written = place.match["year"]
    return f"{said} năm {year(int(written), place.style)}" if written else said


def _short_months(place: Place) -> str:
    """T1-T3/2024, T9/2023 - T5/2024."""
    one, first = place.match["one"], place.match["first"]
    said = f"tháng {month(int(one), place.style)}"
    if first:
        said += f" năm {year(int(first), place.style)}"
    last = f"tháng {month(int(place.match['other']), place.style)}"
    return to(said, f"{last} năm {year(int(place.match['year']), place.style)}", place.style)


def _year_month(place: Place) -> Said | None:
    """2019-04, 2020/05, 2024-10: a month after its year; 2019-20 is the season's two years."""
    written, number = place.match["month"], int(place.match["month"])
    season = (int(place.match["year"]) + 1) % 100 == number
    seasons = season and (written[0] != "0" or _in_years(place))
    if seasons or (len(written) < 2 and not place.follows(" tháng")):
        return None
    if place.follows(*DOCUMENTS, " số") or place.after.startswith(COUNTED):
        return None
    opening = "" if place.follows(" tháng") else "tháng "
    said = f"{month(number, place.style)} năm {year(int(place.match['year']), place.style)}"
    return place.said(opening + said)


def _month_and_year(place: Place) -> Said | None:
    """tháng 12 2023, tháng 3 và 4.2016: the year without its word."""
    if not (place.follows(" tháng") or _month_listed(place)):
        return None
    said = month(int(place.match["month"]), place.style)
    return place.said(f"{said} năm {year(int(place.match['year']), place.style)}")


def _month_range(place: Place) -> Said | None:
    """tháng 1-3, quý 3 - 4: the months or quarters of this year."""
    word = "tháng" if place.follows(" tháng") else "quý"
    numbers = [int(part) for part in _NUMBERS.findall(place.match[0])]
    if not place.follows(" tháng") and (max(numbers) > 4 or not place.follows(" quý")):
        return None
    one, other = (month(number, place.style) for number in numbers)
    # "tháng ba đến năm", "quý ba đến tư" would not be understood.
    last = f"{word} {other}" if numbers[1] in (4, 5) else other
    return place.said(to(one, last, place.style))


def _month_years(place: Place) -> str:
    one, other = (_NUMBERS.findall(place.match[name]) for name in ("one", "other"))
    opening = "" if place.follows(" tháng") else "tháng "
    return to(
        f"{opening}{month(int(one[0]), place.style)} năm {year(int(one[1]), place.style)}",
        f"tháng {month(int(other[0]), place.style)} năm {year(int(other[1]), place.style)}",
        place.style,
    )


def _years(place: Place) -> Said | None:
    one, other = place.match["one"], place.match["other"]
    if not int(one) < int(other) <= int(one) + 1100:
        return None
    return place.said(to(year(int(one), place.style), year(int(other), place.style), place.style))


_TWO_YEARS = (
    " năm học", " niên khóa", " niên học", " niên độ", " niên vụ", " mùa giải", " mùa", " vụ",
    " khóa", " khóa học", " năm tài chính", " tài khóa", " nhiệm kỳ", " giai đoạn", " kế toán",
    " tuyển sinh", " học kỳ",
)  # fmt: skip


def _in_years(place: Place) -> bool:
    """Whether the clause speaks of school years, seasons and the like."""
    return any(f"{word} " in f"{place.before} " for word in _TWO_YEARS)


def _years_apart(place: Place) -> Said | None:
    """2024/2025: a school or an accounting year; 2024/2025 hộ is a proportion."""
    one, other = int(place.match["one"]), int(place.match["other"])
    named = _in_years(place)
    if place.after.startswith(COUNTED) or place.follows(*DOCUMENTS, " số"):
        return None
    if not (other == one + 1 or (named and one < other < one + 10)):
        return None
    return place.said(to(year(one, place.style), year(other, place.style), place.style))


def _season(place: Place) -> Said | None:
    """2024/25, 2024-25: a year and the next."""
    one, other = int(place.match["one"]), int(place.match["other"])
    if (one + 1) % 100 != other:
        return None
    return place.said(to(year(one, place.style), year(one + 1, place.style), place.style))


def _numbered_in_year(place: Place) -> Said | None:
    """lần thứ 25-2019, số 12-2020: a number, and the year it is of."""
    if not place.follows(" lần thứ", " lần", " kỳ", " khóa", " tập", " thứ"):
        return None
    number = int(place.match["number"])
    ordered = place.follows(" thứ")
    said = ordinal(number, place.style) if ordered else cardinal(number, place.style)
    return place.said(f"{said}, năm {year(int(place.match['year']), place.style)}")


def _one_year(place: Place) -> Said | None:
    """A number that a neighbour makes a year, said by the station's style of years."""
    if place.style.year_hundreds or not place.follows(*_YEAR_WORDS):
        return None
    return place.said(year(int(place.match[0]), place.style))


_YEAR_WORDS = (
    " năm", " từ năm", " đến năm", " giai đoạn", " nhiệm kỳ", " năm mới", " quốc gia", " xuân",
    " tý", " sửu", " dần", " mão", " thìn", " tỵ", " ngọ", " mùi", " thân", " dậu", " tuất",
    " hợi",
)  # fmt: skip


_QUARTERS = re.compile(r"quý (?:(?:[1-4]|i{1,3}|iv)(?:/\d{4})?\s*(?:,|và|-|–|đến)\s*)*$")


def _quarter(place: Place) -> Said | None:
    number = place.match["number"]
    quarter = int(number) if number.isdecimal() else roman_value(number)
    near = place.text[max(0, place.start - 40) : place.start].casefold()
    if not quarter or quarter > 4 or not _QUARTERS.search(near):
        return None
    return place.said(
        f"{month(quarter, place.style)} năm {year(int(place.match['year']), place.style)}"
    )


def _short_quarter(place: Place) -> str:
    """Q1/2024."""
    quarter = month(int(place.match["number"]), place.style)
    return f"quý {quarter} năm {year(int(place.match['year']), place.style)}"


_WEEKDAYS = re.compile(r"(?i:thứ) [2-7](?:, ?[2-7])*(?:, ?| (?:và|hoặc|hay) )$")


def _numbered(place: Place) -> Said | None:
    """thứ 4, tháng 4, ngày 05: numbers whose words differ from the cardinals."""
    number = int(place.match[0])
    listed = (
        number in range(2, 8)
        and not counts(place)
        and _WEEKDAYS.search(place.text[max(0, place.start - 30) : place.start])
    )
    if listed or (place.follows(" thứ", " hạng", " đệ") and number < 1000):
        return place.said(ordinal(number, place.style))
    if place.follows(" tháng", " quý"):
        return place.said(month(number, place.style)) if number <= 12 else None
    return None


MONTH_RULES = (
    rule("months", rf"(?P<one>{MONTH}/{YEAR}){DASH}(?P<other>{MONTH}/{YEAR}){END}", _month_years),
    rule(
        "months",
        rf"(?P<one>{MONTH}){DASH}(?P<other>{MONTH})/(?P<year>{YEAR}){END}",
        _months_of_year,
    ),
    rule("quarter", rf"(?P<number>[1-4])/(?P<year>{YEAR}){END}", _quarter),
    rule(
        "year",
        rf"(?P<number>\d{{1,3}})[ ]?[-–/][ ]?(?P<year>(?:19|20)\d\d){END}",
        _numbered_in_year,
    ),
    rule("month", rf"(?P<month>{MONTH})[/-](?P<year>{YEAR}){END}", _month_year),
    rule("month", rf"(?P<month>{MONTH})\.(?P<year>(?:19|20)\d\d){END}", _month_and_year),
    rule("month", rf"(?P<year>(?:19|20)\d\d)[/-](?P<month>{MONTH}){END}", _year_month),
    rule("years", rf"(?P<one>{YEAR}){DASH}(?P<other>{YEAR}){END}", _years),
    rule(
        "years",
        rf"(?P<one>(?:19|20)\d\d)[ ]?/[ ]?(?P<other>(?:19|20)\d\d){END}",
        _years_apart,
    ),
    rule("years", rf"(?P<one>(?:19|20)\d\d)[/–-](?P<other>\d\d){END}", _season),
)
NUMBERED_RULES = (
    rule("month", rf"(?P<month>{MONTH}) (?P<year>(?:19|20)\d\d)(?!\d|[.,/]\d)", _month_and_year),
    rule("months", rf"{MONTH}{DASH}{MONTH}{END}", _month_range),
    rule("numbered", r"\d{1,3}(?!\d|[.,/:-]\d|[^\W\d_])", _numbered),
    rule("year", rf"{YEAR}(?!\d|[.,]\d)", _one_year),
)
_T = rf"T\.?(?P<month>{MONTH})"
QUARTER_RULES = (
    rule(
        "months",
        rf"T\.?(?P<one>{MONTH})(?:/(?P<first>(?:19|20)\d\d))?{DASH}(?:T\.?)?(?P<other>{MONTH})"
        rf"[/.](?P<year>(?:19|20)\d\d){END}",
        _short_months,
    ),
    rule("month", rf"{_T}[/.-](?P<year>(?:19|20)\d\d){END}", _short_month),
    rule(
        "month",
        rf"{_T}(?P<year>)(?=(?:,? ?(?:và|đến|tới|[-–&])? ?T\.?{MONTH}){{1,11}}[/.](?:19|20)\d\d)",
        _short_month,
    ),
    rule("quarter", rf"Q(?P<number>[1-4])/(?P<year>{YEAR}){END}", _short_quarter),
    rule("quarter", rf"(?P<number>I{{1,3}}|IV)/(?P<year>{YEAR}){END}", _quarter),
)
