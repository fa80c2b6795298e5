"""Written dates, months, quarters and years → words."""

from __future__ import annotations

import re

from broadcast.spoken.grammar import Place, Rule, Said
from broadcast.spoken.numbers import cardinal, month, ordinal, roman_value, year
from broadcast.spoken.style import Style

DASH = r"[ \u00a0]*[-–—−÷~][ \u00a0]*"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_YEAR = r"(?:1\d|20|21)\d\d"
_END = r"(?!\d|[/.-]\d|,\d|[/-][A-ZĐ])"
_FULL = rf"{_DAY}(?P<{{0}}s>[ ]?[/.-][ ]?){_MONTH}(?P={{0}}s){_YEAR}"
_DAY_MONTH = rf"{_DAY}[/.-]{_MONTH}"
_NUMBERS = re.compile(r"\d+")

DAY_WORDS = (
    " ngày", " sáng", " trưa", " chiều", " tối", " đêm", " hôm", " dịp", " lễ", " mùng", " mồng",
    " rạng sáng", " hôm nay", " hôm qua", " thứ hai", " thứ ba", " thứ tư", " thứ năm", " thứ sáu",
    " thứ bảy", " chủ nhật", " thứ 2", " thứ 3", " thứ 4", " thứ 5", " thứ 6", " thứ 7", " kỷ niệm",
    " tết", " quốc khánh", " quốc tế lao động", " sn", " sinh", " mất", " vào ngày", " lúc",
)  # fmt: skip
_SPAN_WORDS = (" từ", " đến", " vào", " trước", " sau", " tới", " hết", " qua", " trong", " kể từ")
# Days the country marks every year; written bare they are dates (Law on Labour 45/2019, art. 112,
# and the customary memorial days).
_HOLIDAYS = {
    (3, 2), (27, 2), (8, 3), (26, 3), (15, 4), (30, 4), (1, 5), (7, 5), (15, 5), (19, 5), (1, 6),
    (5, 6), (21, 6), (28, 6), (27, 7), (19, 8), (2, 9), (10, 10), (13, 10), (20, 10), (9, 11),
    (20, 11), (22, 12), (24, 12), (1, 1),
}  # fmt: skip
# 26-3 is a date after a day word even where 26/3 is the commoner way of writing it.
_LIST_TAIL = re.compile(r"(?:[\d/.-]+\s*(?:,|và|hoặc|đến|tới|-|–|hay)\s*)+$")
_FUNCTION_WORDS = frozenset(
    [
        "và",
        "đến",
        "tại",
        "của",
        "năm",
        "là",
        "với",
        "có",
        "đã",
        "sẽ",
        "được",
        "ở",
        "trên",
        "trong",
        "cho",
        "để",
        "khi",
        "theo",
        "vừa",
        "qua",
        "này",
        "tới",
        "do",
        "từ",
        "thì",
        "mà",
        "cùng",
        "như",
        "về",
        "ra",
        "diễn",
        "tổ",
        "hằng",
        "hàng",
        "đang",
        "bị",
        "vào",
        "nhân",
        "các",
        "những",
        "một",
        "tỉnh",
        "thành",
        "ông",
        "bà",
        "hay",
        "hoặc",
        "trước",
        "sau",
        "sắp",
        "nhằm",
        "đoàn",
        "chúng",
        "tôi",
        "người",
    ]
)


def _date(day: str, month_number: str, year_number: str | None, style: Style) -> str:
    said = f"{cardinal(int(day), style)} tháng {month(int(month_number), style)}"
    return f"{said} năm {year(int(year_number), style)}" if year_number else said


def _said_date(written: str, style: Style) -> str:
    parts = _NUMBERS.findall(written)
    if len(parts[0]) == 4:
        parts.reverse()
    return _date(parts[0], parts[1], parts[2] if len(parts) > 2 else None, style)


def to(one: str, other: str, style: Style) -> str:
    """Say a range the station's way: "một đến hai", or with a pause between."""
    return f"{one}, {other}" if style.ranges == "pause" else f"{one} {style.ranges} {other}"


def _named_by_day(place: Place) -> bool:
    """Whether a day word stands before the place, perhaps before a list that the place ends."""
    if place.follows(*DAY_WORDS):
        return True
    near = place.text[max(0, place.start - 60) : place.start].casefold()
    listed = _LIST_TAIL.search(near)
    return bool(listed) and f" {near[: listed.start()].rstrip()}".endswith(DAY_WORDS)


def _opening(place: Place) -> str:
    """The word a date in brackets needs, where nothing before it says that it is one."""
    return "ngày " if place.text[: place.start].rstrip()[-1:] == "(" else ""


def _full_date(place: Place) -> str:
    return _opening(place) + _said_date(place.match[0], place.style)


def _full_dates(place: Place) -> str:
    opening = _opening(place)
    one, other = place.match["one"], place.match["other"]
    return to(
        opening + _said_date(one, place.style),
        opening + _said_date(other, place.style),
        place.style,
    )


def _days_of_month(place: Place) -> Said | None:
    """10-15/3/2024, and 10-15/3 where a day word stands before."""
    first, rest = place.match["first"], place.match["rest"]
    parts = _NUMBERS.findall(rest)
    if int(first) >= int(parts[0]):
        return None
    doubt = ""
    if len(parts) < 3 and not _named_by_day(place) and not place.follows(*_SPAN_WORDS):
        if _counts(place) or place.match["s"] != "/":
            return None
        doubt = "taken for days of a month"
    said = to(cardinal(int(first), place.style), _said_date(rest, place.style), place.style)
    return place.said(said, doubt=doubt)


def _day_months(place: Place) -> Said | None:
    """30/4-1/5, 28/2 - 3/3/2024: two dates, the year perhaps at the second alone."""
    one, other = _NUMBERS.findall(place.match["one"]), _NUMBERS.findall(place.match["other"])
    later = (int(other[1]), int(other[0])) > (int(one[1]), int(one[0])) or len(other) > 2
    known = _named_by_day(place) or place.follows(*_SPAN_WORDS) or len(other) > 2
    holidays = (int(one[0]), int(one[1])) in _HOLIDAYS
    if not (known or holidays) or not (later or known):
        return None
    said = to(
        _said_date(place.match["one"], place.style),
        _said_date(place.match["other"], place.style),
        place.style,
    )
    return place.said(said)


def _day_month(place: Place) -> Said | None:
    day, month_number = (int(part) for part in _NUMBERS.findall(place.match[0]))
    said = _said_date(place.match[0], place.style)
    separator = place.match["separator"]
    if _named_by_day(place):
        if separator == "-" and place.follows(" các ngày", " những ngày") and day < month_number:
            return None
        doubt = ""
        if separator == "-" and day < month_number <= 12 and (day, month_number) not in _HOLIDAYS:
            doubt = "could also be the days from one to the other"
        return place.said(said, doubt=doubt)
    if separator != "/":
        is_holiday = separator == "-" and (day, month_number) in _HOLIDAYS and day > 12
        return place.said(said) if is_holiday and not _counts(place) else None
    if place.follows(*_NO_DATE_BEFORE):
        return None
    if place.follows(*_NAMED_AFTER_DAYS) and day > 0:
        return place.said(said)
    if place.after.startswith(_DATE_AFTER):
        return place.said(said)
    if _counts(place):
        return None
    if (day, month_number) in _HOLIDAYS:
        return place.said(said)
    if place.follows(*_SPAN_WORDS):
        return place.said(said)
    if day > month_number and (day, month_number) != (24, 7):
        return place.said(said, doubt="taken for a date")
    return None


_DATE_AFTER = (
    "âm lịch", "dương lịch", "hằng năm", "hàng năm", "năm nay", "năm ngoái", "tới ", "vừa qua",
    "sắp tới", "vừa rồi", "năm 1", "năm 2", "(âm lịch", "nhân dịp", "mới đây",
)  # fmt: skip


_NO_DATE_BEFORE = (
    " chiếm", " khoảng", " giảm", " tăng", " hơn", " gần", " bằng", " quá", " ít nhất", " xấp xỉ",
    " tỷ lệ", " tỉ lệ", " tỷ lệ chọi", " xác suất", " số nhà", " điểm", " đạt", " chỉ", " còn", " mất",
    " hẻm", " ngõ", " kiệt", " ngách", " dưới", " cỡ", " địa chỉ", " nhà", " nhà số", " thìa", " tỷ số",
)  # fmt: skip
_NAMED_AFTER_DAYS = (
    " đường", " phố", " trường", " công viên", " quảng trường", " phong trào", " cầu", " nhà máy",
    " nông trường", " bệnh viện", " rạp", " công ty", " ngã tư", " giải thưởng", " bến xe", " đại lộ",
)  # fmt: skip


def _counts(place: Place) -> bool:
    """Whether a word that can be counted follows (255/250 đảng viên)."""
    first = place.after.split()
    return bool(first) and first[0].isalpha() and first[0] not in _FUNCTION_WORDS


def _month_year(place: Place) -> Said | None:
    month_number, year_number = place.match["month"], place.match["year"]
    ancient = not 1900 <= int(year_number) < 2100
    if place.follows(*DOCUMENTS) or place.follows(*_NO_DATE_BEFORE) or (ancient and _counts(place)):
        return None
    said = f"{month(int(month_number), place.style)} năm {year(int(year_number), place.style)}"
    if place.follows(" quý", " học kỳ", " kỳ", " đợt", " lần", " khóa", " số"):
        return place.said(said.replace("tư năm", "bốn năm") if place.follows(" số") else said)
    named = place.follows(" tháng", " tháng giêng") or _month_listed(place)
    return place.said(said if named else f"tháng {said}")


DOCUMENTS = (
    " tt", " nđ", " nq", " qđ", " ct", " tt số", " nđ số", " nq số", " qđ số", " ct số",
    " nghị định", " thông tư", " nghị quyết", " quyết định", " chỉ thị", " luật số", " nghị định số",
    " thông tư số", " nghị quyết số", " quyết định số", " chỉ thị số", " kế hoạch số", " văn bản số",
    " công văn số", " luật", " thông báo số", " kết luận số", " pháp lệnh số",
)  # fmt: skip


def _month_listed(place: Place) -> bool:
    near = place.text[max(0, place.start - 40) : place.start].casefold()
    return bool(re.search(r"tháng \d{1,2}(?:/\d{4})?(?:\s*(?:,|và|-|–|đến)\s*\d{0,2})*\s*$", near))


def _months_of_year(place: Place) -> str:
    one, other, year_number = place.match["one"], place.match["other"], place.match["year"]
    said = to(month(int(one), place.style), month(int(other), place.style), place.style)
    return f"{said} năm {year(int(year_number), place.style)}"


def _month_range(place: Place) -> Said | None:
    """tháng 1-3: the months of this year."""
    if not place.follows(" tháng", " các tháng", " từ tháng"):
        return None
    one, other = (month(int(part), place.style) for part in _NUMBERS.findall(place.match[0]))
    return place.said(to(one, other, place.style))


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
    if len(other) == 2:
        other = one[:2] + other
    if not int(one) < int(other) <= int(one) + 1100:
        return None
    return place.said(to(year(int(one), place.style), year(int(other), place.style), place.style))


def _one_year(place: Place) -> Said | None:
    """A number that a neighbour makes a year, said by the station's style of years."""
    if place.style.year_hundreds or not place.follows(*_YEAR_WORDS):
        return None
    return place.said(year(int(place.match[0]), place.style))


_YEAR_WORDS = (
    " năm", " từ năm", " đến năm", " giai đoạn", " nhiệm kỳ", " năm mới", " quốc gia", " xuân", " tý",
    " sửu", " dần", " mão", " thìn", " tỵ", " ngọ", " mùi", " thân", " dậu", " tuất", " hợi",
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


def _numbered(place: Place) -> Said | None:
    """thứ 4, tháng 4, ngày 05: numbers whose words differ from the cardinals."""
    number = int(place.match[0])
    if place.follows(" thứ", " hạng", " đệ") and number < 1000:
        return place.said(ordinal(number, place.style))
    if place.follows(" tháng", " quý"):
        return place.said(month(number, place.style)) if number <= 12 else None
    return None


def _rule(name: str, pattern: str, read: object) -> Rule:
    return Rule(name, re.compile(pattern), read)  # type: ignore[arg-type]


def _full(name: str) -> str:
    return _FULL.replace("{0}", name)


DATE_RULES = (
    Rule("date range", re.compile(rf"(?P<one>{_full('a')}){DASH}(?P<other>{_full('b')}){_END}"), _full_dates),
    Rule("date", re.compile(_full("a") + _END), _full_date),
    Rule("date", re.compile(rf"{_YEAR}[-/](?:0[1-9]|1[0-2])[-/](?:0[1-9]|[12]\d|3[01]){_END}"), _full_date),
    Rule("date range", re.compile(
        rf"(?P<first>{_DAY}){DASH}(?P<rest>{_DAY}(?P<s>[/.-]){_MONTH}(?:(?P=s){_YEAR})?){_END}"
    ), _days_of_month),
    Rule("date range", re.compile(
        rf"(?P<one>{_DAY}(?P<s>[/.]){_MONTH}){DASH}(?P<other>{_DAY}(?P=s){_MONTH}(?:(?P=s){_YEAR})?){_END}"
    ), _day_months),
    Rule("months", re.compile(rf"(?P<one>{_MONTH}/{_YEAR}){DASH}(?P<other>{_MONTH}/{_YEAR}){_END}"), _month_years),
    Rule("months", re.compile(rf"(?P<one>{_MONTH}){DASH}(?P<other>{_MONTH})/(?P<year>{_YEAR}){_END}"), _months_of_year),
    Rule("quarter", re.compile(rf"(?P<number>[1-4])/(?P<year>{_YEAR}){_END}"), _quarter),
    Rule("month", re.compile(rf"(?P<month>{_MONTH})[/-](?P<year>{_YEAR}){_END}"), _month_year),
    Rule("years", re.compile(rf"(?P<one>{_YEAR}){DASH}(?P<other>{_YEAR}){_END}"), _years),
    Rule("day and month", re.compile(rf"{_DAY}(?P<separator>[/.-]){_MONTH}{_END}"), _day_month),
    Rule("months", re.compile(rf"{_MONTH}{DASH}{_MONTH}{_END}"), _month_range),
    Rule("numbered", re.compile(r"\d{1,3}(?!\d|[.,/:-]\d|[^\W\d_])"), _numbered),
    Rule("year", re.compile(rf"{_YEAR}(?!\d|[.,]\d)"), _one_year),
)  # fmt: skip

QUARTER_RULES = (
    Rule("quarter", re.compile(rf"(?P<number>I{{1,3}}|IV)/(?P<year>{_YEAR}){_END}"), _quarter),
)
