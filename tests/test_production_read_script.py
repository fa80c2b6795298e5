"""The date of an episode: the script's own, the first build's, today's."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from broadcast.errors import BroadcastError
from broadcast.model import FrontMatter, Script
from broadcast.production.desk.read_script import day_of
from productions_by_hand import MORNING

DRAFTED = date(2025, 9, 1)


def script(written: str | None) -> Script:
    return Script(Path("s.txt"), "vi", "Mùa biển", (), front=FrontMatter(date=written))


@pytest.mark.parametrize(
    "written", ["2025-03-02", "2/3/2025", "02-03-2025", "2.3.2025", " 2/3/2025 "]
)
def test_the_scripts_own_date_goes_before_all_others(written: str) -> None:
    assert day_of(script(written), DRAFTED, MORNING) == date(2025, 3, 2)


def test_without_one_it_is_the_first_builds_and_before_that_todays() -> None:
    assert day_of(script(None), DRAFTED, MORNING) == DRAFTED
    assert day_of(script(None), None, MORNING) == date(2025, 9, 6)


@pytest.mark.parametrize("written", ["hôm nay", "31/2/2025", "2025", "", "3/25/2025"])
def test_what_is_no_date_is_an_error_in_the_head_of_the_script(written: str) -> None:
    with pytest.raises(BroadcastError, match="is no date") as error:
        day_of(script(written), DRAFTED, MORNING)
    assert (error.value.file, error.value.line) == (Path("s.txt"), 1)
    assert repr(written) in str(error.value.message)
