"""A question and its answer on one line are two turns; what is told within an answer is one."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcast.script.parse import parse
from broadcast.script.read import read_text_document

Turns = list[tuple[str, str]]

TWO_ON_A_LINE: list[tuple[str, Turns]] = [
    (
        "Hỏi: Đất này bán được không? Đáp: Được, anh ạ.\n\nHỏi: Bao giờ? Đáp: Sang năm.",
        [
            ("reporter", "Đất này bán được không?"),
            ("official", "Được, anh ạ."),
            ("reporter", "Bao giờ?"),
            ("official", "Sang năm."),
        ],
    ),
    (
        (
            "PV: Thưa ông, xã còn mấy hộ nghèo? Ông Lê Văn Tám: Còn 12 hộ.\n"
            "PV: Bao giờ hết? Ông Lê Văn Tám: Sang năm."
        ),
        [
            ("reporter", "Thưa ông, xã còn mấy hộ nghèo?"),
            ("official", "Còn 12 hộ."),
            ("reporter", "Bao giờ hết?"),
            ("official", "Sang năm."),
        ],
    ),
    (
        "Q: How old is the mill? A: It is two hundred years old.\nQ: Who runs it? A: My son does.",
        [
            ("reporter", "How old is the mill?"),
            ("official", "It is two hundred years old."),
            ("reporter", "Who runs it?"),
            ("official", "My son does."),
        ],
    ),
    (
        "Hỏi: Một vụ hay hai vụ? Đáp: Một chứ. Hỏi: Vì sao? Đáp: Vì thiếu nước.",
        [
            ("reporter", "Một vụ hay hai vụ?"),
            ("official", "Một chứ."),
            ("reporter", "Vì sao?"),
            ("official", "Vì thiếu nước."),
        ],
    ),
    (
        (
            "1. Cháu đau cổ tay, phải làm sao? (Thu Dung, 24 tuổi) – Bác sĩ Vân: Nghỉ tay đi.\n"
            "2. Tôi ho mãi, uống gì? (Bảy) – Bác sĩ Vân: Uống nước ấm."
        ),
        [
            ("reporter", "Cháu đau cổ tay, phải làm sao? (Thu Dung, 24 tuổi)"),
            ("official", "Nghỉ tay đi."),
            ("reporter", "Tôi ho mãi, uống gì? (Bảy)"),
            ("official", "Uống nước ấm."),
        ],
    ),
]

ONE = "PV: Rồi sao ạ?\n\nÔng Lê Văn Tám: {told}\n\nPV: Vui nhỉ?\n\nÔng Lê Văn Tám: Vui."
TOLD = [
    "Tôi kể “Tôi hỏi: Đi đâu? - Ông Bảy: Về nhà” rồi cười.",
    "Tôi hỏi: Đi đâu? Bà Hoa: Về nhà. Thế là tôi về.",
    "Làm sao tôi biết? Tôi chỉ nhớ một điều: Phải đi.",
    "Ai làm? Ông Bảy: làm mộc, bà Hoa: làm nón.",
]


@pytest.mark.parametrize(("text", "turns"), TWO_ON_A_LINE)
def test_a_question_and_its_answer_on_one_line_are_two_turns(text: str, turns: Turns) -> None:
    script = parse(read_text_document(text, Path("a.txt")), language="vi")
    assert [(turn.role, turn.text) for turn in script.turns] == turns


@pytest.mark.parametrize("told", TOLD)
def test_what_is_told_within_an_answer_stays_in_it(told: str) -> None:
    script = parse(read_text_document(ONE.format(told=told), Path("a.txt")), language="vi")
    assert [turn.text for turn in script.turns] == ["Rồi sao ạ?", told, "Vui nhỉ?", "Vui."]


def test_both_turns_keep_the_number_of_their_line() -> None:
    text = "Chuyện đất\n\nHỏi: Bán được không? Đáp: Được.\n\nHỏi: Bao giờ? Đáp: Sang năm."
    script = parse(read_text_document(text, Path("a.txt")), language="vi")
    assert [turn.line for turn in script.of_kind("turn")] == [3, 3, 5, 5]
