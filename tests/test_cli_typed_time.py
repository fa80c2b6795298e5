"""A time is typed as Vietnamese write it, as the program shows it, or as computers have it."""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta

import pytest

from broadcast.cli.typed_time import moment_typed
from broadcast.errors import UsageError

SEVEN = datetime(2025, 9, 6, 7).astimezone()


@pytest.mark.parametrize(
    "typed",
    [
        "7:00 6/9/2025",
        "07:00 ngày 06/09/2025",
        unicodedata.normalize("NFD", "lúc 7 giờ ngày 6/9/2025"),
        "6/9/2025 7:00",
        "06-09-2025 7:00:00",
        "6.9.2025, 7h00",
        "2025-09-06 7:00",
        "2025-09-06T07:00",
        "20250906T0700",
    ],
)
def test_one_time_is_typed_in_many_ways(typed: str) -> None:
    assert moment_typed(typed) == SEVEN


def test_the_ninth_of_june_is_not_the_sixth_of_september() -> None:
    assert moment_typed("9/6/2025") == datetime(2025, 6, 9).astimezone()


def test_a_zone_that_is_given_is_kept() -> None:
    assert moment_typed("2025-09-06T07:30+09:00").utcoffset() == timedelta(hours=9)


@pytest.mark.parametrize("day", ["31/2/2026", "9/30/2025", "2025-13-01", "29-02-2025"])
def test_a_day_that_no_calendar_has_is_named(day: str) -> None:
    with pytest.raises(UsageError, match=f"There is no such day: {day}"):
        moment_typed(f"7:00 {day}")


@pytest.mark.parametrize("typed", ["", "7:00", "25:00 6/9/2025", "7:60 6/9/2025", "6/9/1825", "x"])
def test_what_is_no_time_is_told_with_how_to_write_one(typed: str) -> None:
    with pytest.raises(UsageError, match="is not a time") as error:
        moment_typed(typed)
    assert "7:00 6/9/2025" in str(error.value.hint)
