"""Written English dates and years → words."""

from __future__ import annotations

import re

from broadcast.spoken import uncertain
from broadcast.spoken.en.numbers import cardinal, decade, ordinal, year
from broadcast.spoken.en.times import ends_with_stop
from broadcast.spoken.grammar import Place, Said, rule

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
# Small letters are a month's too, but for "may" and "march", which are words of their own.
MONTH = (
    r"(?=[ADFJMNOSadfjmnos])(?:(?i:January|February|April|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?)|Mar(?:ch|\.)?|MAR(?:CH|\.)?|May|MAY)(?!\w)"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_YEAR = r"(?:1[0-9]|20|21)\d\d"
_FIGURES = re.compile(r"\d+")
_YEAR_BEFORE = (
    " in", " since", " by", " from", " until", " till", " year", " of", " during", " before",
    " after", " to", " late", " early", " mid", " between", " and", " through", " spring",
    " summer", " fall", " autumn", " winter", " year of", " around", " circa", " election",
    " class of", " copyright", " ad", " a.d",
    *(f" {month.lower()}" for month in _MONTHS),
)  # fmt: skip


def _month_name(written: str) -> str:
    return next(month for month in _MONTHS if month.startswith(written[:3].capitalize()))


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
    if not place.match["year"]:
        return said + ends_with_stop(place)
    return f"{said}, {year(int(place.match['year']))}"


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
    doubt = uncertain.MAYBE_DAY_FIRST if both and parts[0] <= 31 else None
    return place.said(f"{_MONTHS[month - 1]} {ordinal(day)}, {year(number)}", doubt=doubt)


def _numbered_month(place: Place) -> Said | None:
    """2019-04, 12/2023: a month and its year; 2008-09 is two years."""
    number, written = int(place.match["year"]), place.match["month"]
    season = (number + 1) % 100 == int(written)
    if season and place.match[0].startswith(place.match["year"]):
        return None
    if place.follows(" scale of", " scale", " ratio of", " odds of"):
        return None
    return place.said(f"{_MONTHS[int(written) - 1]} {year(number)}")


def _day_and_month(place: Place) -> Said | None:
    """On 3/4: a date, with the month first unless it can only be second."""
    month, day = (int(part) for part in _FIGURES.findall(place.match[0]))
    if month > 12:
        month, day = day, month
    if not place.follows(" on", " dated") or not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    said = f"{_MONTHS[month - 1]} {ordinal(day)}"
    return place.said(said, doubt=uncertain.MAYBE_DAY_FIRST_OR_FRACTION)


def _decade(place: Place) -> str:
    """1990s; 1960s-80s."""
    said = decade(int(place.match["number"]))
    last = re.search(r"[-–]['’]?(\d+)", place.match[0])
    return f"{said} to {decade(int(last[1]))}" if last else said


def _year_before_christ(place: Place) -> str:
    """753 BC, AD aside: three figures in pairs."""
    figures = place.match["number"]
    if len(figures) == 4 or figures.endswith("00"):
        return year(int(figures))
    tail = int(figures[1:])
    return f"{cardinal(int(figures[0]))} {'oh ' if tail < 10 else ''}{cardinal(tail)}"


def _short_year(place: Place) -> Said | None:
    """The class of '68, summer of '05."""
    if not place.follows(
        " of", " in", " since", " summer", " spring", " winter", " autumn",
        *(f" {month.casefold()}" for month in _MONTHS),
    ):  # fmt: skip
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


DATE_RULES = (
    rule("date", r"\d{1,2}/\d{1,2}(?![\d/]|[.,]\d)(?! of)", _day_and_month),
    rule(
        "date",
        r"\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)(?![\d/])|\d{4}-\d\d-\d\d(?!\d)|\d{4}/\d\d?/\d\d?(?![\d/])"
        r"|(?:19|20)\d\d\.\d\d?\.\d\d?(?![\d.]\d)"
        r"|\d{1,2}[.-]\d{1,2}[.-]\d{4}(?!\d)",
        _figures_date,
    ),
    rule(
        "date",
        r"(?P<year>(?:19|20)\d\d)-(?P<month>0[1-9]|1[0-2])(?![\w/%-]|[.,]\d)",
        _numbered_month,
    ),
    rule(
        "date",
        r"(?P<month>0?[1-9]|1[0-2])/(?P<year>(?:19|20)\d\d)(?![\w/%-]|[.,]\d)",
        _numbered_month,
    ),
    rule(
        "date",
        rf"(?P<day>{_DAY})(?:(?P<link>[ ]?[-–—][ ]?| (?:to|and|or|until|till) )(?P<to>{_DAY}))?"
        rf"(?: of |[ -])(?P<month>{MONTH})"
        rf"(?:(?:,? |-)(?P<year>{_YEAR})(?!\d))?",
        _day_first,
    ),
)
DECADE_RULES = (
    rule("year", r"['’‘](?P<number>\d\d)(?![\w'’])", _short_year),
    rule("decade", r"(?P<number>1\d\d0|20\d0|[1-9]0)['’]?s(?:[-–]['’]?\d{2,4}s)?(?!\w)", _decade),
    rule("decade", r"['’‘](?P<number>\d0)s", _decade),
)
YEAR_RULES = (
    rule("year", r"(?P<number>\d{3,4})(?= ?(?:B\.?C|A\.?D|C\.?E)(?!\w{2}))", _year_before_christ),
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
        rf"(?P<month>{MONTH})[ -](?P<day>{_DAY})(?!\d|:\d)"
        r"(?:(?P<link>[ ]?[-–—][ ]?| (?:to|and|or|through) "
        r"(?!\d+ (?!in|on|at|to|for|as|when|after|before)[a-z]))"
        rf"(?P<to>{_DAY})(?![\d:]|[ ]?[ap]\.?m|%|[.,]\d))?"
        rf"(?:,? (?P<year>{_YEAR})(?!\d))?",
        _month_first,
    ),
    rule("date", rf"(?P<month>{MONTH})(?: of)?,? (?P<year>{_YEAR})(?!\d)", _month_year),
    rule("date", MONTH, _month_alone),
)
