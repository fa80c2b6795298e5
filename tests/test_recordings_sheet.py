"""One glance tells what is still synthetic: the record sheet, for eyes, programs and the studio."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from broadcast.messages import verbatim
from broadcast.model import Paragraph, Problem, Recording, Stretch, Turn
from broadcast.recordings.choose import used_take, with_choice, without_choice
from broadcast.recordings.find import FoundTakes
from broadcast.recordings.judge import about
from broadcast.recordings.listen import Heard
from broadcast.recordings.pair import is_stale, pair
from broadcast.recordings.sheet import Sheet, changed_words, record_sheet, record_sheet_html
from broadcast.recordings.standing import Standing
from broadcast.recordings.takes_file import Takes
from takes_by_hand import turn

LAN, HOA, MINH = "Phóng viên Lan", "Bà Nguyễn Thị Hoa", "Ông Trần <Minh> & con"
TURNS = [
    turn(["Mở đầu."], 1, LAN, "lead"),
    turn(["Thưa bà, bãi biển năm nay ra sao?"], 1, LAN),
    turn(["Phường đã trồng hai nghìn cây dừa dọc bờ biển."], 2, HOA),
    turn(["Còn ngư dân thì sao, thưa ông?"], 3, LAN),
    turn(['Giá cá < 100.000 đồng & "còn giảm".', "Bà con yên tâm."], 4, MINH),
    turn(["Xin cảm ơn bà con."], 5, HOA),
]
TURNS[0] = replace(TURNS[0], n=None)
EXPECTED_MS = {one.id: 10_000 for one in TURNS} | {TURNS[0].id: 5_000}


def sheet_of(
    files: Sequence[str], turns: Sequence[Turn] = TURNS, takes: Takes | None = None
) -> Sheet:
    """The sheet of a script whose folder holds these files, each 20 s at −24 dBFS."""
    digests = {name: f"sound of {name}" for name in files}
    pairing = pair(takes or Takes(), turns, digests)
    recordings = {}
    for one in turns:
        of_turn = pairing.takes.of_turn(one.id)
        take = used_take(of_turn, one)
        if take is not None:
            stretches = tuple(Stretch(Path(p.file), p.digest, 1_000, 21_000) for p in take.files)
            number = of_turn.index(take) + 1
            recordings[one.id] = Recording(
                stretches, take.heard, is_stale(take, one), number, len(of_turn)
            )
    heard = {name: Heard(30_000, 1_000, 21_000, -24.0) for name in files}
    problems = (
        about(TURNS[2], "warning", verbatim("02.wav is clipped in 3 places")),
        about(TURNS[0], "warning", verbatim("lead.wav is very quiet")),
        Problem(None, "warning", verbatim("x.wav belongs to no turn")),
    )
    standing = Standing(Path("recordings"), tuple(turns), digests, Takes(), pairing)
    found = FoundTakes(standing, recordings, heard, problems)
    return record_sheet(turns, found, {**EXPECTED_MS, "reworded": 10_000})


def document(sheet: Sheet) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(json.dumps(sheet.document(), default=str))
    return read


def rows_by_number(sheet: Sheet) -> dict[int | None, dict[str, Any]]:
    return {row["n"]: row for row in document(sheet)["turns"]}


def test_the_document_says_of_every_turn_what_is_heard() -> None:
    sheet = sheet_of(["02.wav", "02 retake.wav", "x.wav"])
    rows = document(sheet)["turns"]
    assert [row["id"] for row in rows] == [one.id for one in TURNS]
    needed = {"n", "id", "speaker", "kind", "stale", "file", "takes", "doubts"}
    assert all(needed <= row.keys() for row in rows)
    second = rows_by_number(sheet)[2]
    assert second["speaker"] == HOA
    assert (second["kind"], second["stale"], second["file"]) == ("recorded", False, "02 retake.wav")
    assert (second["take"], second["takes"]) == (2, ["02.wav", "02 retake.wav"])
    assert (second["length_ms"], second["level_dbfs"]) == (20_000, -24.0)
    assert second["doubts"] == ["02.wav is clipped in 3 places"]


def test_a_turn_nobody_recorded_is_synthetic_with_its_expected_length() -> None:
    row = rows_by_number(sheet_of(["02.wav"]))[4]
    assert (row["kind"], row["file"], row["take"], row["takes"]) == ("synthetic", None, None, [])
    assert (row["length_ms"], row["level_dbfs"], row["doubts"]) == (10_000, None, [])


def test_the_lead_has_no_number() -> None:
    row = rows_by_number(sheet_of(["lead.wav"]))[None]
    assert (row["kind_of_turn"], row["file"]) == ("lead", "lead.wav")


def test_what_is_doubted_of_the_lead_stands_with_it() -> None:
    assert rows_by_number(sheet_of(["lead.wav"]))[None]["doubts"] == ["lead.wav is very quiet"]


def test_what_belongs_to_no_turn_is_a_note() -> None:
    assert document(sheet_of(["02.wav"]))["notes"] == ["x.wav belongs to no turn"]


def test_takes_put_aside_are_listed_and_not_heard() -> None:
    takes = pair(Takes(), TURNS, {"02.wav": "sound of 02.wav"}).takes
    row = rows_by_number(sheet_of(["02.wav"], takes=without_choice(takes, TURNS[2])))[2]
    assert (row["kind"], row["takes"]) == ("synthetic", ["02.wav"])
    row = rows_by_number(sheet_of(["02.wav"], takes=with_choice(takes, TURNS[2], 1)))[2]
    assert (row["kind"], row["file"]) == ("recorded", "02.wav")


def test_a_stale_take_shows_which_words_changed() -> None:
    takes = pair(Takes(), TURNS, {"02.wav": "sound of 02.wav"}).takes
    words = TURNS[2].text.replace("hai", "ba")
    after = [
        replace(one, paragraphs=(Paragraph(1, words),), id="reworded") if one.n == 2 else one
        for one in TURNS
    ]
    row = rows_by_number(sheet_of(["02.wav"], after, takes))[2]
    assert (row["kind"], row["stale"]) == ("recorded", True)
    assert "[hai → ba]" in row["change"]


def test_a_deleted_turns_take_is_an_orphan_with_its_words() -> None:
    takes = pair(Takes(), TURNS, {"02.wav": "sound of 02.wav"}).takes
    after = [one for one in TURNS if one.n != 2]
    (orphan,) = document(sheet_of(["02.wav"], after, takes))["orphans"]
    assert orphan == {"speaker": HOA, "words": TURNS[2].text, "files": ["02.wav"], "turns": []}


@pytest.mark.parametrize(
    ("files", "total"),
    [
        ([], "0 of 5 turns real, 0 % of airtime"),
        (["02.wav"], "1 of 5 turns real, 31 % of airtime"),
        (["02.wav", "lead.wav"], "1 of 5 turns real, 50 % of airtime"),
        (["2.wav", "4.wav", "5.wav"], "3 of 5 turns real, 71 % of airtime"),
        ([f"{n}.wav" for n in range(1, 6)], "5 of 5 turns real, 95 % of airtime"),
        (
            ["lời dẫn.wav", *(f"{n}.wav" for n in range(1, 6))],
            "5 of 5 turns real, 100 % of airtime",
        ),
    ],
)
def test_the_total_counts_turns_and_airtime(files: list[str], total: str) -> None:
    assert document(sheet_of(files))["total"] == total


@pytest.mark.parametrize(
    ("before", "now", "shown"),
    [
        ("dài 6 km", "dài 7 km", "dài [6 → 7] km"),
        ("dài 6 km", "dài hơn 6 km", "dài [· → hơn] 6 km"),
        ("dài gần 6 km", "dài 6 km", "dài [gần → ·] 6 km"),
        ("Hoà bình.", "hòa bình", "hòa bình"),
        ("a b c d e f g h i", "a b c d e f g h k", "a b c … f g h [i → k]"),
    ],
)
def test_changed_words_stand_beside_each_other(before: str, now: str, shown: str) -> None:
    assert changed_words(before, now) == shown


def test_in_a_long_turn_of_words_that_return_the_change_alone_is_shown() -> None:
    words = "con cá bơi ra biển lớn " * 60
    shown = changed_words(f"{words}hôm qua {words}", f"{words}hôm nay {words}")
    assert shown == "con cá bơi … biển lớn hôm [qua → nay] con cá bơi … ra biển lớn"


def page(sheet: Sheet, title: str = "Biển xanh") -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(record_sheet_html(sheet, title, "vi").encode("utf-8"))


def texts(elements: Iterable[lxml.html.HtmlElement]) -> list[str]:
    return [element.text_content() for element in elements]


def test_the_page_for_the_studio_holds_what_is_still_to_record_by_speaker() -> None:
    read = page(sheet_of(["02.wav"]))
    assert texts(read.iter("h2")) == [LAN, MINH, HOA]
    turns = [
        [header.split(" · ")[0] for header in texts(section.iter("header"))]
        for section in read.iter("section")
    ]
    assert turns == [["Lượt 1", "Lượt 3"], ["Lượt 4"], ["Lượt 5"]]
    assert texts(read.iter("header"))[0] == "Lượt 1 · khoảng 0:10"
    assert TURNS[2].text not in read.text_content()


@pytest.mark.parametrize(
    ("length_ms", "shown"),
    [
        (4_600, "0:05"),
        (59_400, "0:59"),
        (59_600, "1:00"),
        (125_000, "2:05"),
        (600_400, "10:00"),
        (600_600, "10:01"),
    ],
)
def test_a_length_is_shown_in_minutes_and_whole_seconds(length_ms: int, shown: str) -> None:
    (row, *_) = sheet_of([], [TURNS[1]]).rows
    read = page(Sheet((replace(row, length_ms=length_ms),), (), ()))
    assert texts(read.iter("header")) == [f"Lượt 1 · khoảng {shown}"]


def test_a_turn_whose_recording_was_put_aside_is_to_record_again() -> None:
    takes = pair(Takes(), TURNS, {"02.wav": "sound of 02.wav"}).takes
    read = page(sheet_of(["02.wav"], takes=without_choice(takes, TURNS[2])))
    assert TURNS[2].text in read.text_content()


def test_signs_in_words_and_names_are_text_not_markup() -> None:
    read = page(sheet_of([]), title="<script>alert(1)</script> & biển")
    assert not list(read.iter("script", "minh"))
    assert texts(read.iter("h1")) == ["<script>alert(1)</script> & biển"]
    assert TURNS[4].text in "\n".join(texts(read.iter("p")))


def test_a_paragraph_of_a_turn_is_a_paragraph_on_the_page() -> None:
    two = replace(TURNS[2], paragraphs=(Paragraph(1, "Một."), Paragraph(2, "Hai.")))
    read = page(sheet_of([], [two]))
    (article,) = read.iter("article")
    assert texts(article.iter("p")) == ["Một.", "Hai."]


def test_when_every_turn_is_recorded_the_page_says_so() -> None:
    read = page(sheet_of([f"{n}.wav" for n in range(1, 6)]))
    assert not list(read.iter("article"))
    assert "Mọi lượt đều đã có bản thu." in read.text_content()


def test_the_page_speaks_the_scripts_language() -> None:
    sheet = sheet_of([])
    english = lxml.html.document_fromstring(record_sheet_html(sheet, "The sea", "en-GB"))
    assert english.get("lang") == "en-GB"
    assert texts(english.iter("header"))[0] == "Turn 1 · about 0:10"
