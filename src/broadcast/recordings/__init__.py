"""The voices that people recorded: found, paired with turns, judged and chosen."""

from broadcast.recordings.choose import (
    with_choice,
    with_confirmed_words,
    with_take,
    without_choice,
)
from broadcast.recordings.find import Found, Row, StalePolicy, found_recordings
from broadcast.recordings.swap import doubts_before_swap, swapped
from broadcast.recordings.takes_file import KnownTake, Part, Takes, read_takes, write_takes

__all__ = [
    "Found",
    "KnownTake",
    "Part",
    "Row",
    "StalePolicy",
    "Takes",
    "doubts_before_swap",
    "found_recordings",
    "read_takes",
    "swapped",
    "with_choice",
    "with_confirmed_words",
    "with_take",
    "without_choice",
    "write_takes",
]
