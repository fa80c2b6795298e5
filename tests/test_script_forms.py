"""Which lines begin a turn: the forms of labels, and what only looks like one."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from broadcast.model import Script
from broadcast.script.parse import parse
from broadcast.script.read import read_text_document

FORMS = Path(__file__).parent / "data" / "speaker_forms.tsv"
MORE = Path(__file__).parent / "data" / "more_forms.tsv"


def rows(file: Path) -> list[tuple[str, str]]:
    with file.open(encoding="utf-8", newline="") as table:
        reader = csv.reader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(reader)
        return [(expected, line) for expected, line in reader]


ROWS = rows(FORMS) + rows(MORE)


def split(text: str) -> Script:
    return parse(read_text_document(text, Path("a.txt")), language="vi")


@pytest.mark.parametrize("line", [line for expected, line in ROWS if expected == "reporter"])
def test_a_question_is_the_reporters(line: str) -> None:
    answer = "Chúng tôi đã có kế hoạch cụ thể."
    mark = "- " if line.startswith("- Thưa") else "Ông Trần Văn Bình: "
    script = split(f"{line}\n\n{mark}{answer}\n\n{line}\n\n{mark}{answer}\n")
    assert [turn.role for turn in script.of_kind("turn")] == ["reporter", "official"] * 2


@pytest.mark.parametrize("line", [line for expected, line in ROWS if expected == "official"])
def test_an_answer_is_the_guests(line: str) -> None:
    mark = "- " if line.startswith("- Chúng") else "PV: "
    script = split(
        f"{mark}Thưa ông, vì sao ạ?\n\n{line}\n\n{mark}Thưa ông, bao giờ xong?\n\n{line}\n"
    )
    assert [turn.role for turn in script.of_kind("turn")] == ["reporter", "official"] * 2


@pytest.mark.parametrize("line", [line for expected, line in ROWS if expected == "presenter"])
def test_a_presenter_is_told_by_the_label(line: str) -> None:
    script = split(f"{line}\n\nÔng Trần Văn Bình: Vâng, xin chào.\n\nPV: Thưa ông, vì sao?\n")
    assert [turn.role for turn in script.of_kind("turn")] == ["presenter", "official", "reporter"]


@pytest.mark.parametrize("line", [line for expected, line in ROWS if "unlabelled" in expected])
def test_an_unlabelled_question_is_the_reporters_and_the_doubt_is_said(line: str) -> None:
    script = split(f"{line}\n\nChúng tôi đã có kế hoạch.\n\n{line}\n\nTháng sau sẽ xong.\n")
    assert [turn.role for turn in script.of_kind("turn")] == ["reporter", "official"] * 2
    assert "warning" in {problem.level for problem in script.problems}


@pytest.mark.parametrize("line", [line for expected, line in ROWS if expected == "not a speaker"])
def test_what_is_no_label_begins_no_turn(line: str) -> None:
    script = split(
        f"Tựa bài phỏng vấn đầu năm\n\n{line}\n\nPV: Thưa ông, vì sao ạ?\n\n"
        f"Ông Trần Văn Bình: Trước hết, xin nói về kết quả.\n\n{line}\n\nChúng tôi sẽ làm tiếp.\n\n"
        f"PV: Còn gì nữa?\n\nÔng Trần Văn Bình: Hết rồi.\n\n{line}\n"
    )
    assert [turn.role for turn in script.of_kind("turn")] == ["reporter", "official"] * 2
    assert [speaker.name for speaker in script.speakers] == ["PV", "Ông Trần Văn Bình"]
    assert script.problems == ()
    said = "\n".join([script.title or "", *(turn.text for turn in script.turns)])
    listed = [one.line for one in script.dropped if one.line in (3, 9, 17)]
    assert said.count(line) + len(listed) == 3
