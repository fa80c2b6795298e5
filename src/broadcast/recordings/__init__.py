"""The voices that people recorded: found, paired with turns, judged and chosen."""

from broadcast.recordings.choose import (
    with_choice,
    with_confirmed_words,
    with_take,
    without_choice,
)
from broadcast.recordings.find import Found, Row, StalePolicy, found_recordings
from broadcast.recordings.plan_folder import FolderPlan, Placed, accepted, plan_folder
from broadcast.recordings.record_sheet import record_sheet_html
from broadcast.recordings.sheet import (
    Totals,
    first_words,
    take_place,
    takes_document,
    totals,
    what_changed,
)
from broadcast.recordings.swap import doubts_before_swap, swapped
from broadcast.recordings.takes_file import KnownTake, Part, Takes, read_takes, write_takes

__all__ = [
    "FolderPlan",
    "Found",
    "KnownTake",
    "Part",
    "Placed",
    "Row",
    "StalePolicy",
    "Takes",
    "Totals",
    "accepted",
    "doubts_before_swap",
    "first_words",
    "found_recordings",
    "plan_folder",
    "read_takes",
    "record_sheet_html",
    "swapped",
    "take_place",
    "takes_document",
    "totals",
    "what_changed",
    "with_choice",
    "with_confirmed_words",
    "with_take",
    "without_choice",
    "write_takes",
]
