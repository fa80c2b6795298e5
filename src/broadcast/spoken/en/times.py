"""Written English times of day and durations → words."""

from __future__ import annotations

import re

from broadcast.spoken.en.numbers import cardinal
from broadcast.spoken.en.units import before_noun
from broadcast.spoken.grammar import Place, rule

_HALF = r"(?:[ \u00a0]?(?P<half>[AaPp])\.?[Mm](?:\.|(?!\w)))"
_FIRST_HALF = _HALF.replace("half", "half1")
_TIME = r"(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)"
_HOUR = r"(?P<hour>[01]?\d)(?::(?P<minute>[0-5]\d))?"
_AT_TIME = (" at", " until", " till", " by", " before", " after", " from", " around", " to")
_FIGURES = re.compile(r"\d+")


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
    ) + ends_with_stop(place)


def ends_with_stop(place: Place) -> str:
    """Give the full stop of an abbreviation where it ends the sentence too, else nothing."""
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
    rule(
        "time",
        rf"{_TIME.replace(':', '[.]', 1)}(?P<half>)(?= (?:on (?:the(?!\w)|[A-Z]\w*)|this|tomorrow"
        r"|today|tonight|yesterday|every|in the (?:morning|afternoon|evening)|local time)(?!\w))",
        lambda place: _time(place) if place.follows(*_AT_TIME) else None,
    ),
    rule("time", rf"{_TIME.replace(':', '[:.]', 1)}{_HALF}", _time),
    rule("time", rf"{_TIME}(?P<half>)(?![\d:])", _time),
    rule("time", rf"(?P<hour>[01]?\d)(?P<minute>){_HALF}", _time),
)
