"""What a reporter asks, without address, courtesies and thanks: tests/data/questions.tsv."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcast.model import Paragraph, Turn
from broadcast.script.parse import parse
from broadcast.script.question_core import question_of
from broadcast.script.read import read_document

ROWS = [
    row.split("\t")[1:]
    for row in (Path(__file__).parent / "data" / "questions.tsv").read_text("utf-8").splitlines()
    if not row.startswith("#")
]


def asked(text: str) -> Turn:
    return Turn("turn", "Phóng viên", "reporter", (Paragraph(1, text),), "a1", 1)


@pytest.mark.parametrize(("language", "text", "core"), ROWS, ids=lambda part: part[:40])
def test_the_core_of_a_question(language: str, text: str, core: str) -> None:
    found = question_of(asked(text))
    assert (found.turn, found.core) == ("a1", core)
    assert found.text in text


def test_a_script_knows_what_its_reporters_ask(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(
        "Nước về thôn\n\nPhóng viên: Thưa ông, nước có sạch không?\n\n"
        "Ông Bùi Văn Sơn: Nước sạch.\n\nPhóng viên: Xin cảm ơn ông.\n",
        "utf-8",
    )
    script = parse(read_document(file), language="vi")
    first, thanks = script.questions
    assert (first.turn, first.core) == (script.turns[0].id, "Nước có sạch không?")
    assert first.text == "Thưa ông, nước có sạch không?"
    assert thanks.turn == script.turns[2].id


@pytest.mark.parametrize(
    ("sentence", "core"),
    [
        ("Xin ông cho biết việc làm được trong năm là gì?", "Việc làm được trong năm là gì?"),
        # What looks like a courtesy and is the question itself.
        ("Bà cho con học ở đâu?", "Bà cho con học ở đâu?"),
        ("Ông nói gì với cầu thủ?", "Ông nói gì với cầu thủ?"),
        ("Trình độ của thợ, theo ông, ra sao?", "Trình độ của thợ, ra sao?"),
        ("Can you see the bridge from here?", "Can you see the bridge from here?"),
        ("Ông có thể sống bằng nghề này không?", "Ông có thể sống bằng nghề này không?"),
        ("Học sinh, phụ huynh nghĩ sao về giờ học?", "Học sinh, phụ huynh nghĩ sao về giờ học?"),
    ],
)
def test_what_is_asked_is_left(sentence: str, core: str) -> None:
    assert question_of(asked(sentence)).core == core


@pytest.mark.parametrize("words", ["?", "…", "Thưa ông?", "Xin cảm ơn.", "“”", "(cười)"])
def test_a_turn_that_says_little_has_some_core(words: str) -> None:
    assert question_of(asked(words)).core
