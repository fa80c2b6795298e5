"""Written dates, alone and in ranges → words."""

from __future__ import annotations

import re

from broadcast.spoken import uncertain
from broadcast.spoken.grammar import Place, Said, rule
from broadcast.spoken.style import Style
from broadcast.spoken.vi.months import END, MONTH, YEAR
from broadcast.spoken.vi.neighbours import (
    DATE_AFTER,
    DAY_WORDS,
    DAYS_IN_BRACKETS,
    HOLIDAYS,
    LIST_TAIL,
    NAMED_AFTER_DAYS,
    NO_DATE_BEFORE,
    PART_AFTER,
    SPAN_WORDS,
    counts,
)
from broadcast.spoken.vi.numbers import DASH, cardinal, month, to, year
from broadcast.spoken.vi.scores import SCORE_WORDS, THINGS

_CLOCK_BEFORE = re.compile(r"\d(?:h|g| giờ)(?: ?[0-5]\d)?,? $")
_DAY_SPANS = (" từ", " đến", " trước", " sau", " tới", " hết", " kể từ", " hạn chót", " hạn cuối")
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_FULL = rf"{_DAY}(?P<{{0}}s>[ ]?[/.-][ ]?){MONTH}(?P={{0}}s){YEAR}"
_NUMBERS = re.compile(r"\d+")


def _date(day: str, month_number: str, year_number: str | None, style: Style) -> str:
    said = f"{cardinal(int(day), style)} tháng {month(int(month_number), style)}"
    return f"{said} năm {year(int(year_number), style)}" if year_number else said


def _said_date(written: str, style: Style) -> str:
    parts = _NUMBERS.findall(written)
    if len(parts[0]) == 4:
        parts.reverse()
    return _date(parts[0], parts[1], parts[2] if len(parts) > 2 else None, style)


def _named_by_day(place: Place) -> bool:
    """Whether a day word stands before the place, perhaps before a list that the place ends."""
    if place.follows(" mất") and place.after.startswith(PART_AFTER):
        return False
    if place.follows(*DAY_WORDS):
        return True
    near = place.text[max(0, place.start - 60) : place.start].casefold()
    if near.endswith("(") and f" {near}".endswith(DAYS_IN_BRACKETS):
        return True
    listed = LIST_TAIL.search(near)
    return listed is not None and f" {near[: listed.start()].rstrip()}".endswith(DAY_WORDS)


def _opening(place: Place) -> str:
    """The word that a date in brackets or at the head of a sentence needs."""
    return "ngày " if place.text[: place.start].rstrip()[-1:] in ("", "(") else ""


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
    doubt = None
    if len(parts) < 3 and not _named_by_day(place) and not place.follows(*SPAN_WORDS):
        if counts(place) or place.match["s"] != "/":
            return None
        doubt = uncertain.TAKEN_FOR_DAYS
    said = to(cardinal(int(first), place.style), _said_date(rest, place.style), place.style)
    return place.said(said, doubt=doubt)


def _day_months(place: Place) -> Said | None:
    """30/4-1/5, 28/2 - 3/3/2024: two dates, the year perhaps at the second alone."""
    one, other = _NUMBERS.findall(place.match["one"]), _NUMBERS.findall(place.match["other"])
    later = (int(other[1]), int(other[0])) > (int(one[1]), int(one[0])) or len(other) > 2
    known = _named_by_day(place) or place.follows(*SPAN_WORDS) or len(other) > 2
    holidays = (int(one[0]), int(one[1])) in HOLIDAYS
    bare = later and max(int(one[0]), int(other[0])) > 12 and not counts(place)
    if place.follows(*NO_DATE_BEFORE) or not (known or holidays or bare):
        return None
    if holidays and not (later or known):
        return None
    said = to(
        _said_date(place.match["one"], place.style),
        _said_date(place.match["other"], place.style),
        place.style,
    )
    return place.said(said, doubt=None if known or holidays else uncertain.TAKEN_FOR_DATES)


def _day_month(place: Place) -> Said | None:
    day, month_number = (int(part) for part in _NUMBERS.findall(place.match[0]))
    said = _said_date(place.match[0], place.style)
    separator = place.match["separator"]
    if _named_by_day(place):
        if separator == "-" and place.follows(" các ngày", " những ngày") and day < month_number:
            return None
        doubt = None
        if separator == "-" and day < month_number <= 12 and (day, month_number) not in HOLIDAYS:
            doubt = uncertain.MAYBE_DAYS
        return place.said(said, doubt=doubt)
    if separator != "/":
        return None if counts(place) else _day_with_other_sign(place, said, day, month_number)
    if place.follows(*NO_DATE_BEFORE):
        return None
    if place.follows(*NAMED_AFTER_DAYS) and day > 0:
        return place.said(said)
    if place.after.startswith(DATE_AFTER):
        return place.said(said)
    if counts(place):
        return None
    if (day, month_number) in HOLIDAYS or re.search(r"(?<!\d)0", place.match[0]):
        return place.said(said)
    if place.follows(*SPAN_WORDS):
        return place.said(said)
    if day > month_number and (day, month_number) != (24, 7):
        return place.said(said, doubt=uncertain.TAKEN_FOR_DATE)
    return None


def _day_with_other_sign(place: Place, said: str, day: int, month_number: int) -> Said | None:
    """30.4, từ 15.7, trước 30-6; 8-3 is no range, and a day where its clause speaks of one."""
    holiday = (day, month_number) in HOLIDAYS
    clock = _CLOCK_BEFORE.search(place.text[max(0, place.start - 12) : place.start])
    spanned = (clock or place.follows(*_DAY_SPANS)) and not place.after.startswith(THINGS)
    if place.match["separator"] == ".":
        if day > 12 and (holiday or spanned):
            return place.said(said)
        told = day > 12 and place.after.startswith(("tại ", "ở ", *DATE_AFTER))
        return place.said(said, doubt=uncertain.TAKEN_FOR_DATE) if spanned or told else None
    if spanned and day <= 12:
        downward = day > month_number
        doubt = uncertain.TAKEN_FOR_DATE if downward else uncertain.MAYBE_DAYS
        return place.said(said, doubt=doubt)
    called = day > month_number and " ngày " in place.before and not place.follows(*SCORE_WORDS)
    namesake = place.follows(*NAMED_AFTER_DAYS)  # công viên 29-3
    named = (holiday and (day > 12 or called or namesake)) or (namesake and day > 12)
    return place.said(said) if named or spanned else None


def _full(name: str) -> str:
    return _FULL.replace("{0}", name)


def _year_first(name: str) -> str:
    return rf"{YEAR}(?P<{name}y>[-/.]){MONTH}(?P={name}y){_DAY}"


DATE_RULES = (
    rule("date range", rf"(?P<one>{_full('a')}){DASH}(?P<other>{_full('b')}){END}", _full_dates),
    rule("date", _full("a") + END, _full_date),
    rule(
        "date range",
        rf"(?P<one>{_year_first('a')}){DASH}(?P<other>{_year_first('b')}){END}",
        _full_dates,
    ),
    rule("date", _year_first("a") + END, _full_date),
    rule(
        "date range",
        rf"(?P<first>{_DAY}){DASH}(?P<rest>{_DAY}(?P<s>[/.-]){MONTH}(?:(?P=s){YEAR})?){END}",
        _days_of_month,
    ),
    rule(
        "date range",
        rf"(?P<one>{_DAY}(?P<s>[/.]){MONTH}){DASH}(?P<other>{_DAY}(?P=s){MONTH}(?:"
        rf"(?P=s){YEAR})?){END}",
        _day_months,
    ),
)
DAY_RULES = (rule("day and month", rf"{_DAY}(?P<separator>[/.-]){MONTH}{END}", _day_month),)
