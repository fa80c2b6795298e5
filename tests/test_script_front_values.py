"""What the head of a script says, and every value of it that YAML reads otherwise than it looks."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcast.model import Document
from broadcast.script.read import read_text_document


def head(front: str) -> Document:
    return read_text_document(f"---\n{front}\n---\nPV: Sao?\nÔng An: Vậy.\n", Path("a.txt"))


def told(front: str) -> list[tuple[int | None, str, str, str]]:
    return [(one.line, one.level, str(one.message), str(one.hint)) for one in head(front).problems]


@pytest.mark.parametrize(
    ("line", "better"),
    [
        ("title: Phỏng vấn: nước sạch", 'title: "Phỏng vấn: nước sạch"'),
        ('title: "Gặp" một người', 'title: "\\"Gặp\\" một người"'),
        ("title: @doan_xa", 'title: "@doan_xa"'),
        ("title: %5 số hộ", 'title: "%5 số hộ"'),
        ("title: [Phỏng vấn", 'title: "[Phỏng vấn"'),
        ("title: 'Nước sạch", 'title: "Nước sạch"'),
        ("title: - Nước sạch", 'title: "- Nước sạch"'),
        ("description: Một: hai # ba", 'description: "Một: hai # ba"'),
    ],
)
def test_a_value_that_wants_quotes_is_shown_in_quotes(line: str, better: str) -> None:
    ((at, level, message, hint),) = told(f"season: 1\n{line}\nepisode: 2")
    assert (at, level) == (3, "error")
    assert "quotes" in message
    assert hint == f"Write: {better}"
    assert not head(better).problems


@pytest.mark.parametrize(
    ("line", "title", "lost"),
    [
        ("title: Số #1", "Số", "#1"),
        ("title: #nuocsach", None, "#nuocsach"),
        ("title: Nước # sạch", "Nước", "# sạch"),
    ],
)
def test_what_yaml_takes_for_a_comment_is_told(line: str, title: str | None, lost: str) -> None:
    assert head(line).front.title == title
    ((at, level, message, hint),) = told(line)
    assert (at, level) == (2, "warning")
    assert lost in message
    assert "quotes" in message
    assert not head(hint.removeprefix("Write: ")).problems


@pytest.mark.parametrize(
    "line", ["date: 2024-01-02 # ngày phát", 'title: "Số #1"', "title: Số#1", "# title: Một"]
)
def test_a_comment_that_is_meant_is_not_told(line: str) -> None:
    assert told(line) == []


@pytest.mark.parametrize("written", ["2024-13-45", "31/02/2024", "hôm qua", "2024"])
def test_a_date_that_is_none_is_an_error_on_its_line(written: str) -> None:
    ((at, level, message, _),) = told(f"title: Một\ndate: {written}")
    assert (at, level) == (3, "error")
    assert written in message
    assert head(f"date: {written}").front.date is None


@pytest.mark.parametrize("written", ["2024-12-05", "5/12/2024", "05-12-2024", "5.12.2024"])
def test_a_date_is_kept_as_written(written: str) -> None:
    assert (head(f"date: {written}").front.date, told(f"date: {written}")) == (written, [])


@pytest.mark.parametrize("line", ["title: !Tin gấp", "title: *một", "title: {một}"])
def test_signs_of_yaml_swallow_no_word_unsaid(line: str) -> None:
    ((at, level, message, hint),) = told(line)
    assert (at, level) == (2, "error")
    assert "quotes" in message + hint


@pytest.mark.parametrize("key", ["expires", "hết hạn", "Hết hạn"])
def test_the_last_day_may_be_named_in_vietnamese(key: str) -> None:
    assert (head(f"{key}: 1/3/2026").front.expires, told(f"{key}: 1/3/2026")) == ("1/3/2026", [])


def test_a_last_day_stands_once_is_a_day_and_not_before_the_programmes_own() -> None:
    ((at, level, message, _),) = told("expires: 1/3/2026\nhết hạn: 2/3/2026")
    assert (at, level) == (3, "warning")
    assert "twice" in message
    ((at, level, message, _),) = told("date: 2026-03-02\nexpires: 1/3/2026")
    assert (at, level) == (3, "error")
    assert "1/3/2026, before its date" in message
    assert told("date: 2026-03-01\nexpires: 1/3/2026") == []
    ((_, level, message, _),) = told("expires: mai")
    assert (level, "“mai” is no date" in message) == ("error", True)
