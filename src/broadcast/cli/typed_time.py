"""A day or time as somebody types it → the day or moment: as Vietnamese write it, or ISO 8601."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time

from broadcast.errors import UsageError
from broadcast.messages import Message
from broadcast.script.written_day import date_of

_DAY = r"(?:ngày\s+)?(?P<day>\d{1,4}(?P<between>[-/.])\d{1,2}(?P=between)\d{1,4})"
_TIME = (
    r"(?:lúc\s+)?(?P<hour>\d{1,2})(?::(?P<minute>\d\d)(?::(?P<second>\d\d))?"
    r"|\s?(?:h|g|giờ)\s?(?P<minutes>\d{1,2})?)"
)
_ORDERS = (
    re.compile(rf"{_DAY}(?:(?:\s*,\s*|\s+|T){_TIME})?", re.IGNORECASE),
    re.compile(rf"{_TIME}(?:\s*,\s*|\s+){_DAY}", re.IGNORECASE),
)


def moment_typed(typed: str) -> datetime:
    """Give the moment that is typed as ``7:00 6/9/2025``, ``6-9-2025 7h30`` or ISO 8601 has it.

    A zone that was given is kept: the day that listeners read is the day there; without one it is
    this machine's. Raises UsageError for what is no time, also for a day that no calendar has.
    """
    from broadcast.feed.published import YEARS

    text = unicodedata.normalize("NFC", typed).strip()
    try:
        moment = (_written(text) or datetime.fromisoformat(text)).replace(microsecond=0)
        here = moment.astimezone()
        if moment.year not in YEARS:
            raise ValueError
    except (ValueError, OverflowError):
        raise UsageError(
            Message("publish.no-time", "{text!r} is not a time.", text=typed), hint=_AS
        ) from None
    return moment if moment.tzinfo else here


def day_typed(typed: str) -> date:
    """Give the day that is typed as ``6/9/2025``, ``6-9-2025`` or ``2025-09-06``.

    Raises UsageError for what is no day.
    """
    from broadcast.feed.published import YEARS

    text = unicodedata.normalize("NFC", typed).strip()
    day = date_of(re.sub(r"^ngày\s+", "", text, flags=re.IGNORECASE))
    if day is None or day.year not in YEARS:
        raise UsageError(
            Message("build.no-day", "{text!r} is not a day.", text=typed),
            hint=Message(
                "build.no-day.hint", "Write day, month and year: 6/9/2025; or 2025-09-06."
            ),
        )
    return day


_AS = Message(
    "publish.no-time.hint",
    "Write day, month and year: 7:00 6/9/2025; or as computers have it: 2025-09-06T07:00",
)


def _written(text: str) -> datetime | None:
    """Give what is written with day and clock apart, None for anything else.

    Raises ValueError for an hour that no clock has, UsageError for a day that there is not.
    """
    found = next((found for order in _ORDERS if (found := order.fullmatch(text))), None)
    if found is None:
        return None
    day = date_of(found["day"])
    if day is None:
        raise UsageError(
            Message("publish.no-day", "There is no such day: {day}", day=found["day"]), hint=_AS
        )
    parts = (found["hour"], found["minute"] or found["minutes"], found["second"])
    hour, minute, second = (int(part or 0) for part in parts)
    return datetime.combine(day, time(hour, minute, second))
