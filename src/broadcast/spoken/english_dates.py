"""Written English dates, years and times → words."""

from __future__ import annotations

import re

from broadcast.spoken.english_numbers import cardinal, decade, ordinal, year
from broadcast.spoken.english_units import before_noun
from broadcast.spoken.grammar import Place, Said, rule

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
MONTH = rf"(?:{'|'.join(_MONTHS)}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?)(?!\w)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_YEAR = r"(?:1[0-9]|20|21)\d\d"
_HALF = r"(?:[ \u00a0]?(?P<half>[AaPp])\.?[Mm](?:\.|(?!\w)))"
_FIRST_HALF = _HALF.replace("half", "half1")
_TIME = r"(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)"
_HOUR = r"(?P<hour>[01]?\d)(?::(?P<minute>[0-5]\d))?"
_AT_TIME = (" at", " until", " till", " by", " before", " after", " from", " around", " to")
_FIGURES = re.compile(r"\d+")
_YEAR_BEFORE = (
    " in", " since", " by", " from", " until", " till", " year", " of", " during", " before",
    " after", " to", " late", " early", " mid", " between", " and", " through", " spring",
    " summer", " fall", " autumn", " winter", " year of", " around", " circa", " election",
    " class of", " copyright", " ad", " a.d",
    *(f" {month.lower()}" for month in _MONTHS),
)  # fmt: skip


def _month_name(written: str) -> str:
    return next(month for month in _MONTHS if month.startswith(written.rstrip(".")[:3]))


def _month_first(place: Place) -> str:
    """March 5, 2024; Feb. 3; March 5-7."""
    said = f"{_month_name(place.match['month'])} {_nth(place.match['day'])}"
    if place.match["to"]:
        link = place.match["link"].strip(" -–—") or "to"
        said += f" {link} {_nth(place.match['to'])}"
    return f"{said}, {year(int(place.match['year']))}" if place.match["year"] else said


def _day_first(place: Place) -> str:
    """5 March 2024, 5-7 March."""
    said = f"the {_nth(place.match['day'])}"
    if place.match["to"]:
        link = (place.match["link"] or "to").strip(" -–—")
        said += f" {link or 'to'} the {_nth(place.match['to'])}"
    if place.follows(" the", " on the"):
        said = said.removeprefix("the ")
    said += f" of {_month_name(place.match['month'])}"
    return f"{said}, {year(int(place.match['year']))}" if place.match["year"] else said


def _month_year(place: Place) -> str:
    return f"{_month_name(place.match['month'])} {year(int(place.match['year']))}"


def _month_alone(place: Place) -> Said | None:
    written = place.match[0]
    return place.said(_month_name(written)) if written.endswith(".") else None


def _nth(written: str) -> str:
    return ordinal(int(_FIGURES.findall(written)[0]))


def _figures_date(place: Place) -> Said | None:
    """3/5/2024 with the month first, unless it can only be second; 2024-03-05."""
    parts = [int(part) for part in _FIGURES.findall(place.match[0])]
    if parts[0] > 31:
        number, month, day = parts
    else:
        month, day, number = parts
        if month > 12:
            month, day = day, month
    if number < 100:
        number += 2000 if number < 50 else 1900
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    both = parts[0] <= 12 and 12 >= parts[1] != parts[0]
    doubt = "could also be the day before the month" if both and parts[0] <= 31 else ""
    return place.said(f"{_MONTHS[month - 1]} {ordinal(day)}, {year(number)}", doubt=doubt)


def _day_and_month(place: Place) -> Said | None:
    """On 3/4: a date, with the month first unless it can only be second."""
    month, day = (int(part) for part in _FIGURES.findall(place.match[0]))
    if month > 12:
        month, day = day, month
    if not place.follows(" on", " dated") or not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    said = f"{_MONTHS[month - 1]} {ordinal(day)}"
    return place.said(said, doubt="could also be the day before the month, or a fraction")


def _decade(place: Place) -> str:
    return decade(int(place.match["number"]))


def _short_year(place: Place) -> Said | None:
    """The class of '68, summer of '05."""
    if not place.follows(" of", " in", " since", " summer", " spring", " winter", " autumn"):
        return place.said(place.match[0][0], end=place.start + 1)
    written = place.match["number"]
    return place.said(f"{'oh ' if written[0] == '0' else ''}{cardinal(int(written))}")


def _year(place: Place) -> Said | None:
    """A number of four figures that is not a count."""
    number = int(place.match[0])
    following = place.after.split()
    counted = bool(following) and (
        following[0] in ("people", "men", "women", "children", "feet", "staff", "sheep", "fish")
        or following[0].endswith("s")
    ) and following[0] not in (
        "was", "s", "is", "has", "as", "games", "elections", "olympics", "does", "this", "levels",
        "prices", "rates", "figures", "standards", "results", "talks", "protests", "riots",
        "floods", "fires", "attacks", "accords", "polls", "rules", "laws", "finals", "series",
        "census", "crisis", "championships", "awards", "negotiations", "riots", "wars",
    )  # fmt: skip
    if place.follows(*_YEAR_BEFORE) and not (counted and not place.follows(" in", " since")):
        return place.said(year(number))
    return None if counted or not 1500 <= number < 2100 else place.said(year(number))


def _clock(hour: int, minute: int | None, half: str | None) -> str:
    said = cardinal(hour)
    if minute:
        said += f" {'oh ' if minute < 10 else ''}{cardinal(minute)}"
    if half:
        return f"{said} {half.lower()} m"
    if minute == 0:
        return f"{said} hundred" if hour > 12 or hour == 0 else f"{said} o'clock"
    return said


def _time(place: Place) -> str:
    """7:30, 7:30 p.m., 7 p.m., 19:45."""
    minute = place.match["minute"]
    return _clock(
        int(place.match["hour"]), int(minute) if minute else None, place.match["half"]
    ) + _stop(place)


def _stop(place: Place) -> str:
    """Keep the full stop of "p.m." where it ends the sentence too."""
    ends = place.match[0].endswith(".") and not place.text[place.end :].strip("\"”')] ")
    return "." if ends else ""


def _times(place: Place) -> str:
    """8:00-11:30, 8:00 a.m. – 5:30 p.m."""
    minute = place.match["m1"]
    one = _clock(int(place.match["h1"]), int(minute) if minute else None, place.match["half1"])
    return f"{one} to {_time(place)}"


def _lasting(place: Place) -> str:
    """2:01:09: hours, minutes and seconds."""
    numbers = [int(part) for part in _FIGURES.findall(place.match[0])]
    names = ("hour", "minute", "second")
    return " ".join(
        f"{cardinal(number)} {name}{'' if number == 1 else 's'}"
        for number, name in zip(numbers, names, strict=True)
    )


def _lasts(place: Place) -> str:
    """A 1h30 film; but at 7h30."""
    hours, minutes = int(place.match["hours"]), place.match["minutes"]
    if place.follows(*_AT_TIME):
        return _clock(hours, int(minutes), None)
    hour = "hour" if hours == 1 or before_noun(place.before, place.after) else "hours"
    return f"{cardinal(hours)} {hour}" + (f" {cardinal(int(minutes))}" if int(minutes) else "")


def _military(place: Place) -> str:
    """0600 hours, 1830 hrs."""
    hour, minute = place.match["hour"], place.match["minute"]
    said = f"{'oh ' if hour[0] == '0' else ''}{cardinal(int(hour))}"
    if minute == "00":
        return f"{said} hundred hours"
    return f"{said} {'oh ' if minute[0] == '0' else ''}{cardinal(int(minute))} hours"


def _at_four_figures(place: Place) -> str | None:
    """At 0630: a time of day only after a word that calls for one."""
    if not place.follows(*_AT_TIME):
        return None
    return (
        _military(place).removesuffix(" hours")
        if place.match["minute"] != "00"
        else (_military(place))
    )


def _hours(place: Place) -> str:
    """9-11 a.m.: the first hour without its half of the day."""
    return f"{cardinal(int(place.match['one']))} to {_time(place)}"


DATE_RULES = (
    rule("date", r"\d{1,2}/\d{1,2}(?![\d/]|[.,]\d)(?! of)", _day_and_month),
    rule(
        "date",
        r"\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)(?![\d/])|\d{4}-\d\d-\d\d(?!\d)"
        r"|\d{1,2}[.-]\d{1,2}[.-]\d{4}(?!\d)",
        _figures_date,
    ),
    rule(
        "date",
        rf"(?P<day>{_DAY})(?:(?P<link>[ ]?[-–—][ ]?| (?:to|and|or|until|till) )(?P<to>{_DAY}))?"
        rf"(?: of)? (?P<month>{MONTH})"
        rf"(?:,? (?P<year>{_YEAR})(?!\d))?",
        _day_first,
    ),
)
TIME_RULES = (
    rule(
        "time",
        r"(?P<hours>\d{1,2})[ ]?h(?:rs?)?[ ]?(?P<minutes>[0-5]\d)(?:m(?:in)?s?)?(?!\w)",
        _lasts,
    ),
    rule("time", r"(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d) ?(?:hours|hrs)(?!\w)", _military),
    rule("time", r"(?P<hour>0\d)(?P<minute>[0-5]\d)(?![\w%]|[.,/-]\d)", _at_four_figures),
    rule("time", rf"(?P<one>\d{{1,2}})[ ]?[-–][ ]?{_HOUR}{_HALF}", _hours),
    rule("time", r"\d{1,2}:[0-5]\d:[0-5]\d(?![\d:])", _lasting),
    rule(
        "time",
        rf"(?P<h1>[01]?\d)(?::(?P<m1>[0-5]\d))?{_FIRST_HALF}[ ]?[-–][ ]?{_HOUR}{_HALF}",
        _times,
    ),
    rule(
        "time",
        rf"(?P<h1>[01]?\d|2[0-3]):(?P<m1>[0-5]\d){_FIRST_HALF}?[ ]?[-–][ ]?{_TIME}"
        rf"(?:{_HALF}|(?![\d:]))",
        _times,
    ),
    rule("time", rf"{_TIME.replace(':', '[:.]', 1)}{_HALF}", _time),
    rule("time", rf"{_TIME}(?P<half>)(?![\d:])", _time),
    rule("time", rf"(?P<hour>[01]?\d)(?P<minute>){_HALF}", _time),
)
DECADE_RULES = (
    rule("year", r"['’‘](?P<number>\d\d)(?![\w'’])", _short_year),
    rule("decade", r"(?P<number>1\d\d0|20\d0|[1-9]0)['’]?s(?!\w)", _decade),
    rule("decade", r"['’‘](?P<number>\d0)s", _decade),
)
YEAR_RULES = (
    rule(
        "year",
        rf"{_YEAR}(?![\d%]|[.,:/-]\d|[–-]\d|\w| (?:million|billion|trillion|thousand|hundred|km|kg"
        r"|m|ha|mm|cm|tons|tonnes|percent)\b)",
        _year,
    ),
)
_DAY_NAME = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
MONTH_RULES = (
    rule(
        "dash",
        rf"(?P<one>{_DAY_NAME}|{'|'.join(_MONTHS)})[ ]?[-–—][ ]?(?={_DAY_NAME}|{MONTH})",
        lambda place: f"{place.match['one']} to ",
    ),
    rule(
        "date",
        rf"(?P<month>{MONTH}) (?P<day>{_DAY})(?!\d|:\d)"
        r"(?:(?P<link>[ ]?[-–—][ ]?| (?:to|and|or|through) "
        r"(?!\d+ (?!in|on|at|to|for|as|when|after|before)[a-z]))"
        rf"(?P<to>{_DAY})(?![\d:]|[ ]?[ap]\.?m|%|[.,]\d))?"
        rf"(?:,? (?P<year>{_YEAR})(?!\d))?",
        _month_first,
    ),
    rule("date", rf"(?P<month>{MONTH})(?: of)?,? (?P<year>{_YEAR})(?!\d)", _month_year),
    rule("date", MONTH, _month_alone),
)
