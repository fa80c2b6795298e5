"""A station's own notice says that the voice is synthetic, or it is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcast.errors import BroadcastError
from broadcast.messages.listeners import all_words
from broadcast.production.desk.read_station import EnginesOffered
from broadcast.production.desk.standing_words import notice_unchecked
from broadcast.station import Station, read_station
from broadcast.station.notice import is_told

SHOW = """\
[show]
title = "Tiếng nói Vân Hải"
language = "{language}"
author = "Đài Vân Hải"
email = "dai@vanhai.example.vn"
base_url = "http://127.0.0.1:8000"

[words]
notice = "{notice}"
"""
SAY_SO = {
    "vi": (
        "Lời của {guest} do máy đọc.",
        "Phần trả lời của {guest} được thể hiện bằng giọng đọc tổng hợp, không phải giọng thật.",
        "Đây không phải giọng thật của {guest} mà là giọng máy.",
        "Vì chưa có bản thu nên lời của {guest} do GIỌNG ĐỌC AI thể hiện.",
        "Xin lưu ý: giọng  của máy, không phải của {guest}.",
        "Chương trình có dùng trí tuệ nhân tạo để đọc lời của {guest}.",
        "Giọng nói nhân tạo không phải giọng người.",
        "Giọng của {guest} đã được tạo bằng công nghệ chuyển văn bản thành giọng nói.",
    ),
    "en": (
        "The words of {guest} are read by a computer.",
        "You will hear a Synthetic Voice, not that of {guest}.",
        "This is not the real voice of {guest} but a computer-generated one.",
        "The answers were not recorded and are spoken by AI.",
        "{guest} is heard in text to speech.",
        "These answers don’t come from a recording: an AI voice reads them.",
    ),
}
SAY_NOTHING = {
    "vi": (
        "Chào {guest}.",
        "Giọng của {guest}.",
        "Đây là giọng ai? Mời quý vị nghe {guest}.",
        "Lời của {guest} không phải giọng máy.",
        "Chương trình này không dùng giọng tổng hợp hay trí tuệ nhân tạo.",
        "Giọng máy không được dùng ở đây.",
        "Bản tin tổng hợp do {guest} đọc.",
        "Đây là giọng thật, chẳng phải giọng đọc AI.",
        "Lời của {guest} được thu thật mà không qua giọng máy.",
        "Máy quay đặt ở nhà {guest}.",
    ),
    "en": (
        "Welcome, {guest}.",
        "This is the voice of {guest}.",
        "This is not a synthetic voice.",
        "No computer voice is heard here.",
        "AI voices are never used on this station.",
        "We do not use AI voices and synthetic speech.",
        "{guest} speaks of computers and machines.",
    ),
}


def read(folder: Path, notice: str, language: str) -> Station:
    file = folder / "station.toml"
    file.write_text(SHOW.replace("{notice}", notice).replace("{language}", language), "utf-8")
    return read_station(file, engines=EnginesOffered())


def each(table: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(language, notice) for language, notices in table.items() for notice in notices]


@pytest.mark.parametrize(("language", "notice"), each(SAY_SO))
def test_a_notice_that_says_so_is_taken(tmp_path: Path, language: str, notice: str) -> None:
    assert read(tmp_path, notice, language).notice == notice


@pytest.mark.parametrize(("language", "notice"), each(SAY_NOTHING))
def test_one_that_does_not_or_denies_it_is_refused_at_its_line(
    tmp_path: Path, language: str, notice: str
) -> None:
    with pytest.raises(BroadcastError, match="does not say that a synthetic voice") as caught:
        read(tmp_path, notice, language)
    assert caught.value.line == 9
    assert 'notice = "' in str(caught.value.hint)


def test_the_standard_notices_and_the_example_say_so_themselves() -> None:
    for words in all_words():
        for notice in (words.disclosure.notice_all, words.disclosure.notice_some):
            assert is_told(notice, words.language) is True


def test_of_a_language_without_a_list_it_is_told_that_nobody_could_check(tmp_path: Path) -> None:
    assert notice_unchecked(read(tmp_path, "Chào {guest}.".replace("Chào", "Suor sdei"), "km"))
    assert notice_unchecked(read(tmp_path, SAY_SO["vi"][0], "vi-VN")) is None
