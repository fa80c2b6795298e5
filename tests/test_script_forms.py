"""Which lines begin a turn: the forms of labels, and what only looks like one."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from broadcast.model import Line, Script
from broadcast.script.chat import is_chat_note
from broadcast.script.label_forms import RULES, form_of, label_key
from broadcast.script.label_parts import BRACKETS, beside, parted
from broadcast.script.labels import label_of
from broadcast.script.names import Words
from broadcast.script.no_labels import REFUSALS
from broadcast.script.parse import parse
from broadcast.script.read import read_document, read_text_document
from broadcast.script.text_file import clean
from word_files import paragraph, run, word_file

FORMS = Path(__file__).parent / "data" / "speaker_forms.tsv"
MORE = Path(__file__).parent / "data" / "more_forms.tsv"
LINES = Path(__file__).parent / "data" / "label_lines.tsv"


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
    assert not {"script.maybe-speaker", "script.lone-label"} & {one.code for one in script.problems}
    said = "\n".join([script.title or "", *(turn.text for turn in script.turns)])
    listed = [one.line for one in script.dropped if one.line in (3, 9, 17)]
    assert said.count(line) + len(listed) == 3


# ── lines and labels by themselves ─────────────────────────────────────────────────────────────


def label_lines() -> list[tuple[str, str, str]]:
    """How sure it is, the label, and the line, in which ⇥ stands for a tab."""
    with LINES.open(encoding="utf-8", newline="") as table:
        reader = csv.reader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(reader)
        return [(sureness, label, line.replace("⇥", "\t")) for sureness, label, line in reader]


@pytest.mark.parametrize(("sureness", "label", "line"), label_lines())
def test_a_line_begins_with_its_label_and_no_other(sureness: str, label: str, line: str) -> None:
    found = label_of(Line(1, clean(line)))
    said = ("", "") if found is None else (found.form.sureness.name.lower(), found.text)
    assert said == (sureness, label)


def examples(rule: object) -> list[str]:
    """The examples in quotation marks with which a rule's docstring begins."""
    return re.findall(r'"([^"]+)"', (rule.__doc__ or "").partition(":")[0])


@pytest.mark.parametrize(
    ("rule", "example"),
    [(rule, one) for _, rules in RULES for rule in rules for one in examples(rule)],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_every_rule_of_labels_takes_its_own_examples(rule: object, example: str) -> None:
    assert form_of(example) is not None
    head, job = parted(BRACKETS.sub(" ", example))
    words = Words.of(re.sub(r"([^\W\d_]{2})(\d)$", r"\1 \2", head))
    first = next(
        one
        for begins, rules in RULES
        if begins(words)
        for one in rules
        if one(words, beside(example, job)) is not None
    )
    assert first is rule


@pytest.mark.parametrize(
    ("refuses", "example"),
    [(refuses, one) for refuses in REFUSALS for one in examples(refuses)],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_every_refusal_refuses_its_own_examples(refuses: object, example: str) -> None:
    assert form_of(example) is None


def test_every_rule_and_refusal_has_an_example() -> None:
    every = [*(rule for _, rules in RULES for rule in rules), *REFUSALS]
    assert [one.__name__ for one in every if not examples(one)] == []


@pytest.mark.parametrize(
    ("label", "role", "person"),
    [
        ("Câu hỏi của ông Trịnh Văn Ngoạn, thôn Khe Gầm", "reporter", "Trịnh Văn Ngoạn"),
        ("Trả lời của bà Hoàng Thị Mận, công chức địa chính", "official", "Hoàng Thị Mận"),
        ("Chủ trì (ông Đàm Quốc Khải)", "presenter", "Đàm Quốc Khải"),
        ("Ông Trịnh Văn Ngoạn hỏi thêm", "reporter", "Trịnh Văn Ngoạn"),
        ("KM1", "official", ""),
        ("Radio Sông Lam", "reporter", ""),
        ("Báo Sông Trầu (chị Kim Thoa)", "reporter", "Kim Thoa"),
        ("RadioSôngLam", "reporter", ""),
        ("Khe Sim TV", "reporter", ""),
        ("SPEAKER (Dr Jane Pike)", "official", "Jane Pike"),
        ("C. Hoa", None, "Hoa"),
    ],
)
def test_a_form_says_part_and_person(label: str, role: str | None, person: str) -> None:
    form = form_of(label)
    assert form is not None
    assert (form.role, form.person) == (role, person)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Câu hỏi của ông Trịnh Văn Ngoạn", "Ông Trịnh Văn Ngoạn hỏi thêm"),
        ("Trả lời của bà Hoàng Thị Mận", "Bà Hoàng Thị Mận"),
        ("MC đọc", "MC"),
        ("PV (hỏi từ cuối phòng)", "PV"),
        ("P/V", "P.v."),
    ],
)
def test_two_labels_of_one_speaker_are_one(one: str, other: str) -> None:
    assert label_key(one) == label_key(other)


@pytest.mark.parametrize(
    "note",
    [
        "05/03/2024, 10:20 - Messages and calls are end-to-end encrypted. Tap to learn more.",
        "05/03/2024, 10:20 - Tin nhắn và cuộc gọi được mã hóa đầu cuối.",
        "[05/03/2024, 10:22:01] Lan: <Media omitted>",
        "05/03/2024, 10:22 - Lan: Hình ảnh bị bỏ qua",
        "<Media omitted>",
        "Tin nhắn đã được thu hồi",
        "[Hình ảnh]",
        "05/03/2024, 10:23 - Lan added Owen Teal",
        "05/03/2024, 10:23 - Lan đã rời khỏi nhóm",
        "10:21",
        "10:21 05/03/2024",
        "Hôm nay, 10:21",
        "Missed voice call",
    ],
)
def test_what_the_chat_program_wrote_is_a_note_and_no_label(note: str) -> None:
    assert is_chat_note(note)
    assert label_of(Line(1, note)) is None


@pytest.mark.parametrize(
    "words",
    [
        "05/03/2024, 10:21 - Lan: Dạ, trạm mở cửa lúc 7:30.",
        "Lan đã rời khỏi nhóm từ năm ngoái.",
        "Đã gửi thư cho huyện rồi.",
        "Chúng tôi mất hình ảnh bị bỏ qua trong kho.",
        "Lúc 10:21 thì nước về.",
        "Hình ảnh",
        "",
    ],
)
def test_what_people_wrote_in_a_chat_is_no_note(words: str) -> None:
    assert not is_chat_note(words)


def test_a_label_in_capitals_by_format_is_read_in_capitals(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="character" w:styleId="Nhan"><w:name w:val="nhan"/>'
        "<w:rPr><w:caps/></w:rPr></w:style>"
    )
    body = "".join(
        (
            paragraph(run("chuyện làng tôi", "<w:caps/>")),
            paragraph(run("phóng viên", "<w:smallCaps/>"), run(": Bao giờ có điện?")),
            paragraph(run("ông tám: ", "<w:caps/>"), run("Tháng sau.")),
            paragraph(run("phóng viên:", '<w:rStyle w:val="Nhan"/>'), run(" Chắc chưa?")),
            paragraph(run("ông tám: ", '<w:caps w:val="0"/>'), run("Chắc.")),
        )
    )
    file = tmp_path / "a.docx"
    file.write_bytes(word_file(body, styles=styles))
    assert [line.text for line in read_document(file).lines if line.text] == [
        "chuyện làng tôi",
        "PHÓNG VIÊN: Bao giờ có điện?",
        "ÔNG TÁM: Tháng sau.",
        "PHÓNG VIÊN: Chắc chưa?",
        "ông tám: Chắc.",
    ]


def test_who_speaks_in_brackets_is_no_cue() -> None:
    text = "[HOST] Good morning.\n\n[MINISTER] Hello.\n\n[HOST] Why?\n\n[MINISTER] Wind.\n"
    turns = split(text).of_kind("turn")
    assert [(one.speaker, one.text) for one in turns] == [
        ("HOST", "Good morning."),
        ("MINISTER", "Hello."),
        ("HOST", "Why?"),
        ("MINISTER", "Wind."),
    ]
