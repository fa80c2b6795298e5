"""The English grammar: dates, years, times, telephone numbers and names, and the table of rules."""

from __future__ import annotations

import re
import unicodedata

from broadcast.spoken.english_numbers import cardinal, decade, digits, ordinal, year
from broadcast.spoken.english_quantities import MONEY_RULES, PER_RULES, QUANTITY_RULES, SIGN_RULES
from broadcast.spoken.grammar import Grammar, Place, Rule, Said
from broadcast.spoken.numbers import roman_value
from broadcast.spoken.symbols import NUMERALS, SYMBOL_START
from broadcast.spoken.web import WEB_START

_MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]  # fmt: skip
_MONTH = rf"(?:{'|'.join(_MONTHS)}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?)(?!\w)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_YEAR = r"(?:1[0-9]|20|21)\d\d"
_HALF = r"(?:[ \u00a0]?(?P<half>[AaPp])\.?[Mm](?:\.|(?!\w)))"
_FIGURES = re.compile(r"\d+")
_YEAR_BEFORE = (
    " in", " since", " by", " from", " until", " till", " year", " of", " during", " before", " after",
    " to", " late", " early", " mid", " between", " and", " through", " spring", " summer", " fall",
    " autumn", " winter", " year of", " around", " circa", " election", " class of", " copyright",
    *(f" {month.lower()}" for month in _MONTHS),
)  # fmt: skip
_SCORE_BEFORE = (
    " won", " beat", " lost", " win", " victory", " score", " defeat", " draw", " defeated", " led",
    " leading", " by", " drew", " ended", " final score", " score of", " loss", " score was",
)  # fmt: skip
_CALLED = (
    " call",
    " dial",
    " phone",
    " hotline",
    " number",
    " called",
    " calling",
    " ring",
    " text",
)
_ROMAN_BEFORE = (
    " war", " chapter", " part", " volume", " act", " phase", " title", " type", " class", " article",
    " book", " section", " stage", " level", " schedule", " bowl", " appendix", " tier", " region",
    " grade", " vatican", " congress", " apollo", " rocky", " elizabeth ii", " mark", " division",
)  # fmt: skip
_SAID_SIGNS = {
    "&": "and", "+": "plus", "=": "equals", "±": "plus or minus", "×": "times", "÷": "divided by",
    "%": "percent", "½": "one half", "¼": "one quarter", "¾": "three quarters", "≥": "at least",
    "≤": "at most", ">": "more than", "<": "less than", "~": "about", "≈": "about", "@": "at",
    "°": "degrees", "§": "section", "$": "dollars", "£": "pounds", "€": "euros", "#": "number",
    "№": "number", "²": "squared", "³": "cubed",
}  # fmt: skip


def _month_name(written: str) -> str:
    return next(month for month in _MONTHS if month.startswith(written.rstrip(".")[:3]))


def _month_first(place: Place) -> str:
    """March 5, 2024; Feb. 3; March 5-7."""
    said = f"{_month_name(place.match['month'])} {_nth(place.match['day'])}"
    if place.match["to"]:
        said += f" to {_nth(place.match['to'])}"
    return f"{said}, {year(int(place.match['year']))}" if place.match["year"] else said


def _day_first(place: Place) -> str:
    """5 March 2024, 5-7 March."""
    said = f"the {_nth(place.match['day'])}"
    if place.match["to"]:
        said += f" to the {_nth(place.match['to'])}"
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


def _decade(place: Place) -> str:
    return decade(int(place.match["number"]))


def _ordinal(place: Place) -> str:
    return ordinal(int(place.match["number"].replace(",", "")))


def _year(place: Place) -> Said | None:
    """A number of four figures that is not a count."""
    number = int(place.match[0])
    following = place.after.split()
    counted = bool(following) and (
        following[0] in ("people", "men", "women", "children", "feet", "staff", "sheep", "fish")
        or following[0].endswith("s")
    ) and following[0] not in (
        "was", "s", "is", "has", "as", "games", "elections", "olympics", "does", "this",
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


def _hours(place: Place) -> str:
    """9-11 a.m.: the first hour without its half of the day."""
    return f"{cardinal(int(place.match['one']))} to {_clock(int(place.match['hour']), int(place.match['minute']) if place.match['minute'] else None, place.match['half'])}{_stop(place)}"


def _phone(place: Place) -> Said | None:
    written = place.match[0]
    figures = _FIGURES.findall(written)
    if not 7 <= len("".join(figures)) <= 13:
        return None
    said = ", ".join(digits(group) for group in figures)
    return place.said(f"plus {said}" if written[0] == "+" else said)


def _called(place: Place) -> Said | None:
    if len(place.match[0]) == 3 and not place.follows(" call", " dial", " hotline", " called"):
        return None
    return place.said(digits(place.match[0])) if place.follows(*_CALLED) else None


def _score(place: Place) -> Said | None:
    if not place.follows(*_SCORE_BEFORE):
        return None
    one, other = (cardinal(int(part)) for part in _FIGURES.findall(place.match[0]))
    return place.said(f"{one} {other}")


def _route(place: Place) -> Said | None:
    """Flight 370, Boeing 747: the first figure, then the other two."""
    if not place.follows(" flight", " boeing", " airbus", " route", " highway", " room"):
        return None
    first, rest = place.match[0][0], place.match[0][1:]
    if rest == "00":
        return None
    tail = f"oh {cardinal(int(rest))}" if rest[0] == "0" else cardinal(int(rest))
    return place.said(f"{cardinal(int(first))} {tail}")


def _code(place: Place) -> str:
    """COVID-19, A4, 5G, F-16, U23: figures as a number up to two, else one by one."""
    said = []
    for run in re.findall(r"\d+(?:\.\d+)?|[^\W\d_]+", place.match[0]):
        if run[0].isdecimal():
            whole = run.replace(".", " point ")
            single = len(run) > 2 and "." not in run
            said.append(
                digits(run) if single else " ".join(
                    part if part == "point" else cardinal(int(part)) for part in whole.split()
                )
            )  # fmt: skip
        else:
            said.append(run)
    return " ".join(said)


def _version(place: Place) -> str:
    return " point ".join(cardinal(int(part)) for part in place.match[0].split("."))


def _roman(place: Place) -> Said | None:
    written = place.match[0]
    number = roman_value(written)
    if number is None:
        return None
    if place.follows(*_ROMAN_BEFORE):
        return place.said(cardinal(number))
    name = re.search(r"(?<!\w)[A-Z][a-z]+ $", place.text[: place.start])
    if not name or len(written) < 2 or not set(written) <= set("IVX"):
        return None
    return place.said(f"the {ordinal(number)}", doubt="taken for a Roman numeral")


def _web(place: Place) -> Said:
    written = place.match[0].rstrip("/.,;:!?")
    end = place.start + len(written) + place.text.startswith("/", place.start + len(written))
    bare = re.sub(r"^https?://", "", written)
    bare = re.sub(r"^www\.", "w w w.", bare)
    names = {".": "dot", "@": "at", "/": "slash", "-": "dash", "_": "underscore", "+": "plus"}
    said = [
        digits(part) if part.isdecimal() else names.get(part, part if part.isalpha() else "")
        for part in re.findall(r"\d+|[^\W\d_]+|\S|_", bare)
    ]
    return place.said(" ".join(filter(None, said)), end=end)


def _tag(place: Place) -> Said | None:
    words = re.findall(r"\d+|[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[^\W\d_]+", place.match["words"])
    said = " ".join(cardinal(int(word)) if word.isdecimal() else word for word in words)
    sign = "number" if place.match["words"].isdecimal() else "hashtag"
    return place.said(f"{'at' if place.match[0][0] == '@' else sign} {said}")


_WEEKDAY = re.compile(r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\.?$")
_WEEKDAY_AFTER = re.compile(r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)")


def _dash(place: Place) -> Said:
    left, right = place.text[: place.start].rstrip(), place.text[place.end :].lstrip()
    if not left or left[-1] in '\n([“"' or not right:
        return place.said("", end=len(place.text) - len(right))
    if _WEEKDAY.search(left) and _WEEKDAY_AFTER.match(right):
        return place.said(" to ")
    joined = place.text[place.start - 1].isalnum() and place.text[place.end].isalnum()
    return place.said(" " if joined and place.match[0] in "-‑" else ",")


def _sign(place: Place) -> Said:
    words = _SAID_SIGNS.get(place.match[0])
    if words is None and place.match[0].isnumeric():
        words = cardinal(int(unicodedata.numeric(place.match[0])))
    return place.said(
        words or "",
        doubt="" if words or place.match[0] in "*_•|·" else "dropped: a sign that is not said",
    )


_PHONES = (
    Rule("phone", re.compile(r"\(\d{2,4}\)[ -]?\d{3,4}[ -]\d{3,4}(?!\d)|\+\d{1,3}(?:[ .-]?\(?\d{1,4}\)?){2,5}(?!\d)"), _phone),
)  # fmt: skip
ENGLISH = Grammar(
    language="en",
    starts={
        "web": WEB_START,
        "digit": r"\d",
        "symbol": SYMBOL_START + r"|\((?=\d{2,4}\)[ -]?\d)|'(?=\d0s(?!\w))",
        "letter": rf"(?<!\w)(?=[^\W\d_]{{0,12}}-?\d|[IVXLC]+(?!\w)|(?:US|A|S|C|HK)\$|(?:VND|USD|EUR|GBP|JPY|AUD|SGD|CNY|THB)[ ]?\d|{_MONTH})",
    },
    rules={
        "web": (Rule("web", re.compile(r"(?:https?://)?(?:[\w.+-]+@)?[\w-]+(?:\.[\w-]+)+(?:/[\w%&=?#.+~@:-]*)*"), _web),),
        "digit": (
            Rule("phone", re.compile(r"1[- ]8\d\d[- ]\d{3}[- ]\d{4}(?!\d)|\d{3}[-. ]\d{3}[-. ]\d{4}(?!\d)|\d{3}-\d{4}(?![\d-])|0\d{1,4}(?:[ .-]\d{3,4}){2,3}(?!\d)|0\d{8,10}(?!\d)|1[89]00 \d{4}(?!\d)"), _phone),
            Rule("phone", re.compile(r"\d{3}(?!\d|[.,-]\d|%)|\d{7,11}(?!\d|[.,]\d)"), _called),
            Rule("date", re.compile(r"\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)(?![\d/])|\d{4}-\d\d-\d\d(?!\d)|\d{1,2}[.-]\d{1,2}[.-]\d{4}(?!\d)"), _figures_date),
            Rule("date", re.compile(rf"(?P<day>{_DAY})(?:[ ]?[-–][ ]?(?P<to>{_DAY}))?(?: of)? (?P<month>{_MONTH})(?:,? (?P<year>{_YEAR})(?!\d))?"), _day_first),
            Rule("time", re.compile(rf"(?P<one>\d{{1,2}})[ ]?[-–][ ]?(?P<hour>[01]?\d)(?::(?P<minute>[0-5]\d))?{_HALF}"), _hours),
            Rule("time", re.compile(r"\d{1,2}:[0-5]\d:[0-5]\d(?![\d:])"), _lasting),
            Rule("time", re.compile(rf"(?P<h1>[01]?\d)(?::(?P<m1>[0-5]\d))?{_HALF.replace('half', 'half1')}[ ]?[-–][ ]?(?P<hour>[01]?\d)(?::(?P<minute>[0-5]\d))?{_HALF}"), _times),
            Rule("time", re.compile(rf"(?P<h1>[01]?\d|2[0-3]):(?P<m1>[0-5]\d){_HALF.replace('half', 'half1')}?[ ]?[-–][ ]?(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?:{_HALF}|(?![\d:]))"), _times),
            Rule("time", re.compile(rf"(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d){_HALF}"), _time),
            Rule("time", re.compile(r"(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?P<half>)(?![\d:])"), _time),
            Rule("time", re.compile(rf"(?P<hour>[01]?\d)(?P<minute>){_HALF}"), _time),
            Rule("decade", re.compile(r"(?P<number>1\d\d0|20\d0|[2-9]0)'?s(?!\w)"), _decade),
            Rule("ordinal", re.compile(r"(?P<number>\d{1,3}(?:,\d{3})+|\d+)(?:st|nd|rd|th)(?!\w)"), _ordinal),
            Rule("score", re.compile(r"\d{1,3}[-–]\d{1,3}(?![\d%-]|[.,]\d|\w)"), _score),
            Rule("version", re.compile(r"\d{1,3}(?:\.\d{1,3}){2,}(?!\d)"), _version),
            Rule("year", re.compile(rf"{_YEAR}(?![\d%]|[.,:/-]\d|[–-]\d|\w| (?:million|billion|trillion|thousand|hundred|km|kg|m|ha|mm|cm|tons|tonnes|percent)\b)"), _year),
            Rule("flight", re.compile(r"\d{3}(?!\d|[.,-]\d)"), _route),
            *QUANTITY_RULES[:-2],
            Rule("code", re.compile(r"\d+[A-Z]{1,2}(?!\w)"), lambda place: None if place.match[0].endswith(("MB", "GB", "TB", "KB", "MW", "GW", "W", "V", "K")) else _code(place)),
            *QUANTITY_RULES[-2:],
        ),
        "symbol": (
            *_PHONES,
            Rule("decade", re.compile(r"'(?P<number>\d0)s"), _decade),
            *SIGN_RULES,
            Rule("tag", re.compile(r"[#@](?P<words>\w+)"), _tag),
            Rule("dash", re.compile(r"--+|[-–—−‑]"), _dash),
            *PER_RULES,
            Rule("stroke", re.compile(r"/"), lambda place: ","),
            Rule("sign", re.compile(rf"(?:[^\w\s]|[_{NUMERALS}])\ufe0f?"), _sign),
        ),
        "letter": (
            *MONEY_RULES,
            Rule("date", re.compile(rf"(?P<month>{_MONTH}) (?P<day>{_DAY})(?!\d|:\d)(?:[ ]?[-–][ ]?(?P<to>{_DAY})(?!\d))?(?:,? (?P<year>{_YEAR})(?!\d))?"), _month_first),
            Rule("date", re.compile(rf"(?P<month>{_MONTH})(?: of)?,? (?P<year>{_YEAR})(?!\d)"), _month_year),
            Rule("date", re.compile(_MONTH), _month_alone),
            Rule("roman", re.compile(r"[IVXLC]+(?![\w&'’.]|-[A-Z])|[IVXLC]+(?=['’.])"), _roman),
            Rule("code", re.compile(r"[^\W\d_]{1,12}-?\d+(?:\.\d+)?[A-Z]?\d*(?!\w)|[^\W\d_]{1,12}\d\w*"), _code),
        ),
    },
)  # fmt: skip
