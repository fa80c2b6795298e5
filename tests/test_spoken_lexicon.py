"""The lexicon, the station's style, and the sentences of a turn."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcast.errors import BroadcastError
from broadcast.model import Paragraph, Turn
from broadcast.spoken import (
    Lexicon,
    built_in_lexicon,
    doubts,
    northern,
    read_lexicon,
    say,
    sentences,
    southern,
    split,
    style_from,
    unknown_words,
)

VI = built_in_lexicon("vi")


def said(text: str, lexicon: Lexicon = VI) -> str:
    return say(text, language="vi", lexicon=lexicon, style=northern).text


def table(folder: Path, *rows: str) -> Path:
    file = folder / "lexicon.tsv"
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return file


def test_a_station_wins_over_the_built_in_and_a_script_over_both(tmp_path: Path) -> None:
    station = read_lexicon(table(tmp_path, "written\tspoken", "PCI\tpê xê i", "Messi\tmét xi"))
    both = VI.extended(station)
    assert said("chỉ số PCI, Messi", both) == "chỉ số pê xê i, mét xi"
    script = both.extended({"PCI": "năng lực cạnh tranh", "24/7": "cả ngày cả đêm"})
    assert (
        said("chỉ số PCI, trực 24/7", script) == "chỉ số năng lực cạnh tranh, trực cả ngày cả đêm"
    )


def test_the_longest_match_wins_and_words_are_whole(tmp_path: Path) -> None:
    own = VI.extended({"Hàm Tiến": "Hàm Tiền", "Hàm": "Hám"})
    assert said("phường Hàm Tiến, xã Hàm Mỹ", own) == "phường Hàm Tiền, xã Hám Mỹ"
    assert said("Hàmlet", own) == "Hàmlet"


def test_neighbours_language_and_case_decide(tmp_path: Path) -> None:
    file = table(
        tmp_path,
        "# comments are not read",
        "written\tspoken\tbefore\tafter\tlanguage\tcase",
        "XB\txuất bản\tnhà\t\t\t",
        "XB\txe buýt",
        "covid\tcô vít\t\t\tvi\tany",
        "covid\tkoh-vid\t\t\tEnglish\tany",
    )
    own = VI.extended(read_lexicon(file))
    assert said("nhà XB, tuyến XB, COVID", own) == "nhà xuất bản, tuyến xe buýt, cô vít"
    english = say("Covid", language="en", lexicon=own, style=northern)
    assert english.text == "koh-vid"


def test_old_tone_placement_matches_the_new() -> None:
    assert said("Nguyễn Thị Hoà", VI.extended({"Hòa": "Hoa"})) == "Nguyễn Thị Hoa"


@pytest.mark.parametrize(
    ("rows", "line", "part"),
    [
        (["written\tspoken", "ABC\t"], 2, "spoken form"),
        (["written\tspoken", "ABC\ta bê\tnhà\t\tx"], 2, "columns"),
        (["written\tspoken", "ABC\ta bê", "ABC\ta xê"], 3, "line 2"),
        (["from\tto", "ABC\ta bê"], 1, "heading"),
        (["written\tspoken", "G7\tgờ 7"], 2, "figures"),
        (["written\tspoken\tbefore\tafter\tlanguage\tcase", "A\ta\t\t\t\tbig"], 2, "case"),
        (["written\tspoken\tlanguage", "A\ta\ttiếg Việt"], 2, "not a language"),
    ],
)
def test_a_bad_row_is_named_with_file_and_line(
    tmp_path: Path, rows: list[str], line: int, part: str
) -> None:
    file = table(tmp_path, *rows)
    with pytest.raises(BroadcastError) as caught:
        read_lexicon(file)
    assert (caught.value.file, caught.value.line) == (file, line)
    assert part in str(caught.value.message)
    assert caught.value.hint


def test_settings_make_a_style() -> None:
    assert style_from({}) == northern
    assert style_from({"preset": "southern"}) == southern
    assert style_from({"preset": "southern", "thousand": "nghìn"}).thousand == "nghìn"
    assert style_from({"letter_names": {"s": "ét xì"}}).letter_names == {"S": "ét xì"}


@pytest.mark.parametrize(
    "settings", [{"thousands": "ngàn"}, {"thousand": "mille"}, {"minutes": "yes"}, {"preset": "x"}]
)
def test_an_unknown_setting_is_named(settings: dict[str, object]) -> None:
    with pytest.raises(BroadcastError) as caught:
        style_from(settings)
    assert next(iter(settings)) in str(caught.value) + str(caught.value.hint)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Ông sống ở TP. HCM. Bà cũng vậy.", 2),
        ("PGS.TS. Nguyễn Văn An nói. Mọi người nghe.", 2),
        ("Có 1.250 người. Tất cả đều vui!", 2),
        ("Cam, quýt, v.v. Đều bán hết.", 1),
        ("1. Mở đầu của bài. Rồi đến thân bài.", 2),
        ("II. Kết quả đạt được", 1),
        ("“Đi đâu?” Anh hỏi. Chị đáp: “Về nhà.” Rồi họ đi…", 4),
        ("Thật không? có chứ! Vâng… tôi nghĩ vậy.", 2),
        ("Bác sĩ khuyên dùng vitamin C. Sau đó nghỉ ngơi.", 2),
        ("J. K. Rowling gặp Nguyễn Văn A. Rồi họ về P. 5, Q. 3. Hết.", 3),
        ("Mua từ 7.500 đồng đến 1.000.000 đồng", 1),
    ],
)
def test_where_sentences_end(text: str, count: int) -> None:
    found = list(split(text))
    assert len(found) == count
    assert "".join("".join(found).split()) == "".join(text.split())


def turn(*paragraphs: str) -> Turn:
    lines = tuple(Paragraph(10 + n, text) for n, text in enumerate(paragraphs))
    return Turn("turn", "Phạm Văn Nam", "official", lines, "id", 1)


def test_sentences_of_a_turn_keep_the_words_their_paragraph_and_line() -> None:
    told = turn("Năm 2023 đạt 98,7%. UBND đã họp.", "- Tập trung rà soát.")
    found = sentences(told, language="vi", lexicon=VI, style=northern)
    assert [(each.written, each.paragraph, each.line) for each in found] == [
        ("Năm 2023 đạt 98,7%.", 0, 10),
        ("UBND đã họp.", 0, 10),
        ("- Tập trung rà soát.", 1, 11),
    ]
    assert [each.spoken for each in found] == [
        "Năm hai nghìn không trăm hai mươi ba đạt chín mươi tám phẩy bảy phần trăm.",
        "Ủy ban nhân dân đã họp.",
        "Tập trung rà soát.",
    ]


def test_unknown_words_and_doubts_come_with_their_lines() -> None:
    told = turn("Dự án QWRT bắt đầu.", "Kết quả 3/5 tại QWRT.")
    unknown = unknown_words([told], language="vi", lexicon=VI, style=northern)
    assert [(each.written, each.lines) for each in unknown] == [("QWRT", (10, 11))]
    found = doubts(sentences(told, language="vi", lexicon=VI, style=northern), turn=4)
    assert [(each.line, each.level, each.code, each.turn) for each in found] == [
        (10, "warning", "spoken.said-so", 4),
        (11, "warning", "spoken.said-so", 4),
        (11, "warning", "spoken.said-so", 4),
    ]
    assert (
        str(found[1].message) == '"3/5" is said "ba trên năm": could also be a date or a fraction.'
    )


def test_a_sign_that_is_not_said_is_told_as_left_out() -> None:
    told = sentences(turn("Chúc mừng 👍!"), language="vi", lexicon=VI, style=northern)
    assert [str(each.message) for each in doubts(told)] == [
        '"👍" is left out: a sign that is not said.'
    ]
