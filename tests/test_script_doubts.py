"""What could be two things, or two persons', is told where it stands, with what to write."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcast.model import Problem, Script
from broadcast.script.decoder import Decision
from broadcast.script.doubt_words import Voices, taken_for, to_write
from broadcast.script.doubtful_lines import doubtful_lines
from broadcast.script.parse import parse, read_lines, understood
from broadcast.script.read import read_text_document
from broadcast.script.reasons import CAPTION
from broadcast.script.tags import TAGS, State, part_of

PARTS = ("asks", "answers", "left out", "title", "lead", "byline")
VOICES = Voices("Phóng viên", "PV", "Ông Lê Quang Hạnh", "Ông Hạnh")
FAR = 900.0


def split(text: str, name: str = "a.txt") -> Script:
    return parse(read_text_document(text, Path(name)), language="vi")


def told(text: str, *decided: tuple[State, float, State]) -> list[Problem]:
    """The doubts of a text whose lines are decided as given."""
    read = read_lines(read_text_document(text, Path("a.txt")))
    decisions = [Decision(*state, margin, rival) for state, margin, rival in decided]
    script = understood(read, decisions, language="vi")
    pairs = list(zip(read.facts, decisions, strict=True))
    return list(doubtful_lines(pairs, script.turns, script.speakers, "vi"))


ASKED = ("label", "asker"), FAR, ("lead", "titled")
ANSWERED = ("label", "answerer"), FAR, ("left out", "asker")
ON = ("answers on", "answerer")
ASKS = ("asks", "asker")
SCRIPT = (
    "PV: Thưa ông, mấy hộ?\nÔng Lê Quang Hạnh: Bốn trăm hộ.\nCòn ba thôn nữa.\nSang năm xong hết.\n"
)


def test_every_pair_of_parts_has_words_of_its_own() -> None:
    pairs = [(taken, rival) for taken in PARTS for rival in PARTS if taken != rival]
    said = [taken_for(*pair, VOICES, CAPTION if pair[0] == "left out" else None) for pair in pairs]
    assert len({one.code for one in said}) == len({str(one) for one in said}) == len(pairs)
    assert all(str(to_write(*pair, VOICES, vietnamese=True)) for pair in pairs)
    assert {part_of((tag, "asker")) for tag in TAGS} == {*PARTS} - {"answers"}


@pytest.mark.parametrize(("margin", "lines"), [(5.0, [3]), (FAR, [])])
def test_an_answer_that_could_be_a_question_is_told_at_its_line(
    margin: float, lines: list[int]
) -> None:
    problems = told(SCRIPT, ASKED, ANSWERED, (ON, margin, ASKS), (ON, FAR, ASKS))
    assert [one.line for one in problems] == lines
    for one in problems:
        assert "Ông Lê Quang Hạnh" in str(one.message)
        assert "“PV:”" in str(one.hint), "the label is the script's own"
        assert one.turn == 2


def test_lines_that_become_something_else_together_are_told_once() -> None:
    together = told(SCRIPT, ASKED, ANSWERED, (ON, 5.0, ASKS), (ON, 5.0, ASKS))
    assert [one.line for one in together] == [3]
    apart = told(SCRIPT, ASKED, ANSWERED, (ON, 5.0, ASKS), (ON, 6.0, ASKS))
    assert [one.line for one in apart] == [3, 4]


def test_a_line_left_out_by_a_hair_says_how_to_keep_it() -> None:
    text = SCRIPT.replace("Còn ba thôn nữa.", "Ông Hạnh bên trạm bơm (Ảnh: Văn Hai)")
    left_out = ("left out", "answerer")
    (one,) = told(text, ASKED, ANSWERED, (left_out, 5.0, ON), (ON, FAR, ASKS))
    assert (one.line, one.code, one.turn) == (3, "script.left-out-or-answer", None)
    assert "the caption of a picture" in str(one.message)
    assert "backslash" in str(one.hint)


def test_thanks_within_an_answer_are_told_whatever_the_margin() -> None:
    text = SCRIPT.replace("Sang năm xong hết.", "Xin cảm ơn ông đã trao đổi!")
    problems = told(text, ASKED, ANSWERED, (ON, FAR, ASKS), (ON, FAR, ASKS))
    assert [one.line for one in problems] == [4]


def test_a_question_within_an_answer_is_told_where_no_label_says_whose_it_is() -> None:
    asked, answers = (ASKS, FAR, ON), (("answers", "answerer"), FAR, ASKS)
    lines = ["Chị trồng rau từ khi nào?", "Từ mười năm trước.", "Ai mua chừng ấy rau?", "Chợ mua."]
    on = (ON, 400.0, ASKS)
    problems = told("\n".join(lines), asked, answers, on, on)
    assert [(one.line, one.code) for one in problems] == [(3, "script.question-in-answer")]
    rhetorical = "Tôi biết làm sao được?"
    assert not told("\n".join([*lines[:2], rhetorical, lines[3]]), asked, answers, on, on)
    labelled = "\n".join(
        f"{who}: {line}" for who, line in zip(("PV", "Chị Na"), lines[:2], strict=True)
    )
    more = f"{labelled}\nPV: Bán ở đâu?\nChị Na: Ở chợ.\n{lines[2]}"
    both = (ASKED, ANSWERED, ASKED, ANSWERED, on)
    assert not told(more, *both), "labels say whose it is"


def test_a_guest_who_opens_with_questions_is_told_once() -> None:
    script = split(
        "Miss Tan: Good evening. Where were you born?\nReporter: In a tram.\n"
        "Miss Tan: Which line was it?\nReporter: The six.\nMiss Tan: I see.\n"
    )
    roles = {one.name: one.role for one in script.speakers}
    assert roles["Miss Tan"] == "official", "else this test needs another script"
    (one,) = [one for one in script.problems if one.code == "script.guest-who-asks"]
    assert (one.line, one.turn) == (1, 1)
    assert "asks in 2 turns" in str(one.message)
    assert "role: reporter" in str(one.hint)


def test_where_nobody_asks_all_are_named_in_one_problem() -> None:
    script = split("Dom: It's raining.\nFliss: It is.\nDom: The roof leaks.\nFliss: It does.\n")
    (one,) = [one for one in script.problems if one.code == "script.nobody-asks"]
    assert str(one.message) == "nobody is seen to ask: Dom and Fliss are taken for guests"


PASTED = (
    "Chị trồng rau từ khi nào?\n\nTôi trồng từ mười năm trước, hồi chưa có đường.\n\n"
    "Vì sao chị chọn rau ngót?\n\nVì rau ngót dễ trồng, tôi làm một mình cũng được.\n"
)


def test_pasted_text_is_told_once_to_be_better_kept_with_its_bold() -> None:
    inferred = "script.speaker-inferred"
    hints = [one.hint for one in split(PASTED).problems if one.code == inferred]
    assert [hint.code for hint in hints if hint] == ["script.speaker-inferred.pasted"]
    (other,) = [one.hint for one in split(PASTED, "a.md").problems if one.code == inferred]
    assert other is not None
    assert other.code == "script.speaker-inferred.hint"
