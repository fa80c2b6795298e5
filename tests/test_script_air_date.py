"""The day on which a script says that it is broadcast is the episode's date, and that is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from broadcast.model import Script
from broadcast.script.air_date import air_date_of
from broadcast.script.canonical import canonical_text
from broadcast.script.parse import parse
from broadcast.script.read import read_text_document

TURNS = "\n\nPV: Thưa ông, lúa năm nay thế nào ạ?\n\nÔng Lê Văn Tám: Được mùa, cháu ạ.\n"
DAY = date(2026, 11, 22)


def split(text: str) -> Script:
    return parse(read_text_document(text, Path("a.txt")), language="vi")


@pytest.mark.parametrize(
    "line",
    [
        "Phát sóng: 17h30 ngày 22/11/2026",
        "Ngày phát: 22/11/2026",
        "Ngày phát sóng: 22.11.2026",
        "Thời gian phát sóng: 5 giờ 30 phút, ngày 22 tháng 11 năm 2026",
        "(Phát trong chương trình thời sự trưa ngày 22/11/2026)",
        "Phát lúc 17h30 ngày 22-11-2026, phát lại 5h30 ngày 23-11-2026",
        "Chuyên mục Nhịp sống quê nhà, phát sóng ngày 22/11/2026",
        "LÊN SÓNG: 22/11/2026",
        "Air date: 22 November 2026",
        "Air date: November 22, 2026, 9 a.m.",
        "Broadcast: Sunday 22 Nov 2026 at 10.00",
        "Aired November 22nd, 2026 – 9:00 a.m. ET",
        "TX: 2026-11-22",
        "Air date: 11/22/2026",
    ],
)
def test_a_line_that_tells_when_it_is_on_air_gives_the_day(line: str) -> None:
    assert air_date_of(line) == DAY


@pytest.mark.parametrize(
    "line",
    [
        "Ngày phỏng vấn: 22/11/2026",
        "Thực hiện ngày 22/11/2026",
        "Thu âm ngày 22/11/2026",
        "Phát lại: 22/11/2026",
        "Phát sóng: thứ Hai hằng tuần, 17h30",
        "Phát sóng: ngày 22/11",
        "Phát sóng: 31/2/2026",
        "Phát biểu ngày 22/11/2026, ông Tám nói về vụ lúa",
        "Phát hành ngày 22/11/2026",
        "Số phát sóng: 12/2026",
        "Recorded: 22 November 2026",
        "Broadcasting House, 22 November 2026",
        "Airport opens on 22 November 2026",
    ],
)
def test_other_days_are_none_of_being_on_air(line: str) -> None:
    assert air_date_of(line) is None


def test_the_episode_has_the_date_and_is_told_so() -> None:
    script = split(f"Chuyện lúa\n\nPhát sóng: 17h30 ngày 22/11/2026{TURNS}")
    assert script.front.date == "2026-11-22"
    assert (3, "note", "script.air-date") in [
        (one.line, one.level, one.code) for one in script.problems
    ]
    assert [one.text for one in script.dropped] == ["Phát sóng: 17h30 ngày 22/11/2026"]
    assert split(canonical_text(script)).front.date == "2026-11-22"


def test_the_front_matter_comes_before_it() -> None:
    script = split(f"---\ndate: 1/2/2027\n---\nPhát sóng: ngày 22/11/2026{TURNS}")
    assert script.front.date == "1/2/2027"
    assert not [one for one in script.problems if one.level == "note"]


def test_what_somebody_says_of_a_broadcast_is_no_date() -> None:
    script = split(f"Chuyện lúa{TURNS}\nPV: Phát sóng ngày 22/11/2026 bác nhé?\n")
    assert script.front.date is None
