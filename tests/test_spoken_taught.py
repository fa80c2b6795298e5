"""A script that explains an abbreviation once is read with its words from there on."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcast.model import Paragraph, Turn
from broadcast.production.desk.check_script import check
from broadcast.production.desk.read_script import script_of
from broadcast.production.desk.read_station import station_of
from broadcast.production.desk.remembered_script import readings_key
from broadcast.spoken import Spoken, built_in_lexicon, northern, say, taught_by, taught_lexicon
from broadcast.workspace import Workspace

STATION = """[show]
title = "Đài"
language = "vi"
author = "Đài"
email = "dai@example.vn"
category = "News"
base_url = "http://127.0.0.1:8000/"
"""


def turn(*lines: str) -> Turn:
    paragraphs = tuple(Paragraph(text=line, line=at) for at, line in enumerate(lines, start=1))
    return Turn("turn", "A", "official", paragraphs, "t", n=1)


def said(line: str, *, language: str = "vi", explained: str = "") -> Spoken:
    taught = taught_lexicon(taught_by([turn(explained or line)]), language)
    lexicon = built_in_lexicon(language).taught(taught)
    return say(line, language=language, lexicon=lexicon, style=northern)


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        (
            "Cảnh sát nhân dân (CSND) trẻ. CSND vui.",
            "Cảnh sát nhân dân trẻ. Cảnh sát nhân dân vui.",
        ),
        ("Khiếu nại (KN), tố cáo (TC): đơn KN, TC.", "Khiếu nại, tố cáo: đơn Khiếu nại, tố cáo."),
        ("RCAĐ (rào chắn ao đìa) xong. RCAĐ tốt.", "rào chắn ao đìa xong. rào chắn ao đìa tốt."),
        ("Sở Văn hóa và Du lịch (VHDL): VHDL", "Sở Văn hóa và Du lịch: Văn hóa và Du lịch"),
        ("Viện Rau quả (gọi tắt là VRQ) mở. VRQ lớn.", "Viện Rau quả mở. Viện Rau quả lớn."),
        ("tổ bảo vệ rừng - biển (TBVRB). TBVRB", "tổ bảo vệ rừng, biển. tổ bảo vệ rừng biển"),
    ],
)
def test_what_a_script_explains_is_said_in_full_and_not_twice(written: str, spoken: str) -> None:
    heard = said(written)
    assert heard.text == spoken
    assert not any(each.doubt for each in heard.readings)
    assert any(each.rule == "taught" for each in heard.readings)


def test_words_that_have_a_letter_too_many_or_behind_are_taken_with_a_doubt() -> None:
    for written in ("thu hồi đất vườn (TĐV)", "Công ty Khai thác thủy lợi tỉnh (KTTL)"):
        assert all(each.doubt for each in said(written).readings)
    assert said("Giao TĐV", explained="thu hồi đất vườn (TĐV)").text == "Giao thu hồi đất vườn"


@pytest.mark.parametrize(
    "written",
    ["tổng sản phẩm (GDP)", "anh Tâm (PV)", "hai lần (II)", "Bến Tre (Nam Bộ)", "chợ. Cá (CC)"],
)
def test_brackets_that_explain_nothing_teach_nothing(written: str) -> None:
    assert taught_by([turn(written)]) == ()


def test_the_words_of_another_language_keep_their_letters() -> None:
    explained = "Farm Watch Office (FWO)"
    assert said("FWO họp", explained=explained).text.startswith("ép vê kép o")
    line = "The National Health Service (NHS) said the NHS is open."
    assert said(line, language="en").text == "The National Health Service said the NHS is open."
    joined = "Royal Society for the Protection of Birds (RSPB)"
    assert said(joined, language="en").text == joined.removesuffix(" (RSPB)")


def test_what_is_explained_in_two_ways_is_sure_no_more() -> None:
    first, second = taught_by([turn("trung tâm (TT)", "thị trấn (TT)")]), turn("trung tâm (TT)")
    assert [(one.words, one.line, one.sure) for one in first] == [("trung tâm", 1, False)]
    assert taught_by([second, second]) == taught_by([second])


def test_a_station_wins_over_what_a_script_explains() -> None:
    taught = taught_lexicon(taught_by([turn("tố cáo (TC)")]), "vi")
    for lexicon in (
        built_in_lexicon("vi").extended({"TC": "tê xê"}).taught(taught),
        built_in_lexicon("vi").taught(taught).extended({"TC": "tê xê"}),
    ):
        assert say("đơn TC", language="vi", lexicon=lexicon, style=northern).text == "đơn tê xê"


def test_a_check_shows_what_is_explained_and_every_reading(tmp_path: Path) -> None:
    (tmp_path / "station.toml").write_text(STATION, "utf-8")
    file = tmp_path / "a.txt"
    file.write_text(
        "PV: Thưa ông, nông vụ xã (NVX) lo gì?\nÔng Nam: NVX lo 3 việc, với QRT.\n", "utf-8"
    )
    document = check(Workspace(tmp_path), file, readings=True).document()
    assert document["taught"] == [
        {"line": 1, "written": "NVX", "words": "nông vụ xã", "sure": True}
    ]
    assert [
        (one["turn"], one["written"], one["said"], one["sure"]) for one in document["spoken"]
    ] == [
        (1, "(NVX)", "", True),
        (2, "NVX", "nông vụ xã", True),
        (2, "3", "ba", True),
        (2, "QRT", "quy rờ tê", False),
    ]
    assert "spoken" not in check(Workspace(tmp_path), file, readings=False).document()


def test_a_bracket_that_explains_is_in_the_key_of_what_is_said(tmp_path: Path) -> None:
    (tmp_path / "station.toml").write_text(STATION, "utf-8")
    station, file = station_of(Workspace(tmp_path)), tmp_path / "a.txt"

    def key(lead: str) -> str:
        file.write_text(f"PV: {lead}\nÔng Nam: NVX lo ba việc.\n", "utf-8")
        return readings_key(station, script_of(station, file), None, "rules")

    assert key("Chào ông ạ!") == key("Chào bà ạ!")
    assert key("Chào nông vụ xã (NVX)!") != key("Chào nông vụ xóm (NVX)!")
