"""The clean copy of every script there is reads back to the same turns, with few marks in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcast.model import Person, Script
from broadcast.script.canonical import canonical_text
from broadcast.script.parse import parse
from broadcast.script.read import read_document, read_text_document

INTERVIEWS = Path(__file__).parent / "data" / "interviews"
SETS = sorted(folder for folder in INTERVIEWS.iterdir() if folder.is_dir())


def split(text: str, people: tuple[Person, ...] = (), language: str = "vi") -> Script:
    return parse(read_text_document(text, Path("a.txt")), language=language, people=people)


def heard(script: Script) -> object:
    return (
        script.title,
        [(one.kind, one.n, one.speaker, one.role, one.text, one.id) for one in script.turns],
        [(one.kind, one.after, one.file, one.start_ms, one.end_ms) for one in script.cues],
    )


@pytest.mark.parametrize("folder", SETS, ids=lambda folder: folder.name)
def test_the_clean_copy_of_an_interview_reads_back_the_same(folder: Path) -> None:
    language = "en" if folder.name.startswith("english") else "vi"
    marks = paragraphs = 0
    for file in sorted(folder.glob("*.txt")):
        if file.name == "expected.txt":
            continue
        script = parse(read_document(file), language=language)
        if not script.of_kind("turn"):
            continue
        text = canonical_text(script)
        assert heard(split(text, language=language)) == heard(script), file.name
        marks += sum(line.startswith("\\") for line in text.splitlines())
        paragraphs += sum(len(turn.paragraphs) for turn in script.turns)
    assert paragraphs > 0
    assert marks * 5 <= paragraphs


def test_only_what_would_be_read_otherwise_is_marked() -> None:
    text = canonical_text(
        split(
            "PV: Thưa ông, vụ này xã được mùa không ạ?\n\n"
            "Ông Lê Văn Tám: Được mùa, cháu ạ.\n\n\\[nhạc: a.mp3] là tên tệp tôi ghi hôm ấy.\n"
        )
    )
    assert text.split("---\n")[-1] == (
        "\nPV: Thưa ông, vụ này xã được mùa không ạ?\n\nÔng Lê Văn Tám: Được mùa, cháu ạ.\n\n"
        "\\[nhạc: a.mp3] là tên tệp tôi ghi hôm ấy.\n"
    )


def test_words_that_the_station_would_take_for_a_label_are_marked() -> None:
    station = (Person("Bà Lê Thị Lụa", "official", ("Tổ trưởng nói",)),)
    script = split(
        "PV: Sao lại thế?\n\nÔng Lê Văn Tám: Tôi ghi lại hai câu.\n\n"
        "\\Tổ trưởng nói: cứ để đấy.\n\nPV: Rồi sao?\n\nÔng Lê Văn Tám: Rồi thôi.\n",
        station,
    )
    text = canonical_text(script, station)
    assert "\n\\Tổ trưởng nói: cứ để đấy.\n" in text
    assert heard(split(text, station)) == heard(script)


def test_a_lead_that_names_itself_is_one_whatever_stands_below() -> None:
    script = split("Lời dẫn: Chiều nay có gió.\n\nPV: Gió to không?\n\nÔng Lê Văn Tám: Vừa thôi.\n")
    assert [(turn.kind, turn.text) for turn in script.turns] == [
        ("lead", "Chiều nay có gió."),
        ("turn", "Gió to không?"),
        ("turn", "Vừa thôi."),
    ]


def test_a_byline_that_names_itself_is_one() -> None:
    script = split(
        "PV: Gió to không?\n\nÔng Lê Văn Tám: Vừa thôi.\n\nKý tên: Nhạc cắt\n\nKý tên: Văn Tuyên\n"
    )
    assert [turn.text for turn in script.of_kind("byline")] == ["Nhạc cắt\nVăn Tuyên"]
    assert len(script.of_kind("turn")) == 2


def test_a_presenter_called_as_the_lead_is_keeps_the_turns() -> None:
    script = split("PV: Đã xong chưa?\n\nLời dẫn: Chúng tôi đã xong.\n")
    assert heard(split(canonical_text(script))) == heard(script)


def test_letters_that_no_text_may_have_are_written_all_the_same() -> None:
    text = "PV: Sao?\n\nÔng Lê Văn Tám: Được."
    script = split(text)
    ruined = Script(
        script.file,
        script.language,
        "Tựa \ufffd",
        script.turns,
        script.speakers,
    )
    assert "\\Được." in canonical_text(ruined)
