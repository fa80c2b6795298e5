"""Listeners read in words what somebody does in a programme; scripts and records keep letters."""

from __future__ import annotations

from pathlib import Path

import mutagen
import pytest
import webvtt
from lxml import html

from broadcast.messages.listeners import part_in_full
from broadcast.production.public import publish
from productions_by_hand import MORNING, NAME, Production, new_production

SCRIPT = """\
Cầu mới qua sông Vân

MC: Mời quý vị nghe phóng viên của đài hỏi chuyện ông Lâm.

PV Hồng Tú: Thưa ông, bao giờ cầu thông xe?

Ông Đỗ Văn Lâm: Cầu thông xe đúng ngày lễ.
"""
TOLD = ["Người dẫn chương trình", "Phóng viên Hồng Tú", "Ông Đỗ Văn Lâm"]


@pytest.fixture
def station(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Production:
    made = new_production(tmp_path / "station", monkeypatch)
    made.write(SCRIPT)
    made.build()
    return made


def test_captions_page_and_tags_say_parts_in_words(station: Production) -> None:
    publish.publish_all(station.workspace, [NAME], None, MORNING, station.reporter)
    feed = station.root / "feed"
    (captions,) = feed.rglob("*.vtt")
    voices = [cue.voice for cue in webvtt.read(str(captions))]
    assert list(dict.fromkeys(voices)) == TOLD
    page = html.parse(feed / "episodes" / f"{NAME}.html", html.HTMLParser(encoding="utf-8"))
    names = [each.text.strip() for each in page.xpath("//h3") if each.text]
    assert [name for name in names if name in TOLD] == TOLD
    assert "PV" not in "".join(page.xpath("//body//text()"))
    copies = [*feed.rglob("*.mp3")]
    assert len(copies) == 2  # the small one too
    for audio in copies:
        lyrics = str(mutagen.File(audio).tags.getall("USLT")[0])
        assert "Phóng viên Hồng Tú (giọng đọc tổng hợp): Thưa ông" in lyrics


def test_turns_are_called_and_known_as_the_script_has_them(station: Production) -> None:
    turns = [station.turn(n) for n in (1, 2, 3)]
    assert [turn["speaker"] for turn in turns] == ["MC", "PV Hồng Tú", "Ông Đỗ Văn Lâm"]
    station.write(SCRIPT.replace("PV Hồng", "Phóng viên Hồng"))
    station.build()
    # Who is named is known by the name: recordings stay with their words.
    assert station.turn(2)["id"] == turns[1]["id"]
    assert station.turn(1)["id"] == turns[0]["id"]


@pytest.mark.parametrize(
    ("name", "vietnamese", "english"),
    [
        ("BTV", "Biên tập viên", "Editor"),
        ("pv", "Phóng viên", "Reporter"),
        ("P.V", "Phóng viên", "Reporter"),
        ("PTV Thu Hà", "Phát thanh viên Thu Hà", "Presenter Thu Hà"),
        ("PV2", "Phóng viên 2", "Reporter 2"),
        ("Hồng Tú (PV)", "Hồng Tú (phóng viên)", "Hồng Tú (reporter)"),
        ("PVN", "PVN", "PVN"),
        ("Mc Donald", "Mc Donald", "Mc Donald"),
        ("BTV Online", "BTV Online", "BTV Online"),
        ("Phóng viên", "Phóng viên", "Phóng viên"),
        ("Ông Mạc Văn Cầu", "Ông Mạc Văn Cầu", "Ông Mạc Văn Cầu"),
    ],
)
def test_a_part_in_letters_is_said_in_the_programmes_language(
    name: str, vietnamese: str, english: str
) -> None:
    assert [part_in_full(name, language) for language in ("vi", "en")] == [vietnamese, english]
