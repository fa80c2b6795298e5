"""A day, a length, a size → as the pages' listeners read it."""

from __future__ import annotations

from datetime import datetime

from broadcast.messages.listeners import ListenerWords


def date_in(words: ListenerWords, time: datetime) -> str:
    """Give the day as people write it."""
    month = words.dates.months[time.month - 1]
    return words.dates.read.format(day=time.day, month=month, year=time.year)


def length_in(words: ListenerWords, ms: int) -> str:
    """Give a duration in whole minutes, in seconds when it is shorter than one."""
    if ms < 60_000:
        return words.figures.seconds.format(n=round(ms / 1000))
    return words.figures.minutes.format(n=round(ms / 60_000))


def size_in(words: ListenerWords, length: int) -> str:
    """Give a file's size in megabytes."""
    size = f"{length / 1_000_000:.1f}".replace(".", words.figures.decimal_mark)
    return words.figures.megabytes.format(size=size)
