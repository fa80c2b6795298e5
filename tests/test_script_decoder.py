"""All lines of an interview decided at once: nothing lost, what the user says holds, same bytes."""

from __future__ import annotations

import re
import sys
import unicodedata
from pathlib import Path

import pytest

from broadcast.model import Script
from broadcast.script.decoder import committed, decide
from broadcast.script.parse import parse, read_lines
from broadcast.script.read import read_document, read_text_document
from broadcast.script.tags import TAGS

DATA = Path(__file__).parent / "data" / "interviews"
TEXTS = sorted(DATA.glob("*/*.txt"))
BENCH = Path(__file__).parents[1] / "bench"


def split(text: str) -> Script:
    return parse(read_text_document(text, Path("a.txt")), language="vi")


def words(text: str) -> list[str]:
    """The words of a text, small, in NFC."""
    return re.findall(r"\w+", unicodedata.normalize("NFC", text).casefold())


def said_or_told(script: Script) -> set[str]:
    """Every word that is in a part of the programme, in a label, or told as left out."""
    told = [
        script.title or "",
        *(turn.text for turn in script.turns),
        *(label for speaker in script.speakers for label in speaker.labels),
        *(one.text for one in script.dropped),
        *(str(problem.message) for problem in script.problems),
        *(cue.written for cue in script.cues),
    ]
    return set(words("\n".join(told)))


@pytest.mark.parametrize("set_of", sorted({file.parent.name for file in TEXTS}))
def test_no_word_of_an_interview_is_lost(set_of: str) -> None:
    """A mark before a turn ("1.", "Câu 2") and the words of a label are no words said."""
    for file in TEXTS:
        if file.parent.name != set_of or file.name == "expected.txt":
            continue
        script = parse(read_document(file), language="vi")
        told = said_or_told(script)
        for line in file.read_text("utf-8").splitlines():
            lost = [word for word in words(line) if word not in told and not word.isdigit()]
            # A label is told by its plain form: without a time code, a verb, a name's initials.
            assert len(lost) <= 6 and (not lost or _could_be_label(line)), (file.name, line, lost)


def _could_be_label(line: str) -> bool:
    return bool(re.search(r"[:：﹕︓]|\d:\d\d|\]|\t| - ", line)) or len(line) < 80


def test_what_the_user_says_outright_holds() -> None:
    script = split(
        "Tiêu đề: Vì sao cá chết?\n\nLời dẫn: Phóng viên hỏi chuyện ông Sáu.\n\n"
        "Thưa ông, nước có sạch không?\n\nNước đục lắm.\n\n\\Ai mà biết được, thưa ông?\n\n"
        "Bao giờ thì trong, thưa ông?\n\nTháng sau.\n"
    )
    assert script.title == "Vì sao cá chết?"
    assert [turn.text for turn in script.of_kind("lead")] == ["Phóng viên hỏi chuyện ông Sáu."]
    assert [(turn.role, turn.text) for turn in script.of_kind("turn")] == [
        ("reporter", "Thưa ông, nước có sạch không?"),
        ("official", "Nước đục lắm.\nAi mà biết được, thưa ông?"),
        ("reporter", "Bao giờ thì trong, thưa ông?"),
        ("official", "Tháng sau."),
    ]


def test_one_accidental_label_does_not_hide_the_questions() -> None:
    text = (
        "Người gác chắn\n\nÔng Tư Đen gác chắn đã ba mươi năm. Chúng tôi gặp ông ở ga Nà Sầm.\n\n"
        "Ông gác từ năm nào?\n\nTừ năm tám mươi chín, tôi nhớ lắm.\n\n"
        "Có khi nào tàu trật bánh không, thưa ông?\n\nCó một bận, may mà chạy chậm.\n\n"
        "Minh Hà\n\nÔng Bảy Lụa: Cả đời tôi chỉ sợ mùa nước\n"
    )
    roles = [turn.role for turn in split(text).of_kind("turn")]
    assert roles == ["reporter", "official"] * 2


def test_every_decision_says_how_close_it_is_and_what_else_the_line_could_be() -> None:
    read = read_lines(read_document(DATA / "given" / "full_07.txt"))
    decisions = decide(read.facts)
    assert len(decisions) == len(read.facts)
    assert all(one.margin >= 0 for one in decisions)
    assert all(one.rival[0] in TAGS for one in decisions)


def test_a_line_is_left_out_only_for_a_named_reason() -> None:
    for file in TEXTS[::7]:
        if file.name == "expected.txt":
            continue
        script = parse(read_document(file), language="vi")
        assert all(one.why.code.startswith("dropped.") for one in script.dropped), file.name


def test_the_weights_are_a_table_that_a_person_can_read() -> None:
    weights, _ = committed()
    assert {"asks", "label", "thanks", "above:asks"} <= set(weights)
    thanks, label = weights["thanks"], weights["label"]
    assert thanks[TAGS.index("asks")] > thanks[TAGS.index("answers on")]
    assert label[TAGS.index("label")] > label[TAGS.index("lead")]


def test_the_same_interviews_teach_the_same_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BENCH))
    for name in ("interviews", "train_decoder"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    import interviews
    import train_decoder

    some = interviews.interviews(["given"])[:12]
    once = train_decoder.table_of(train_decoder.trained(some, (1, 2), 2), some)
    again = train_decoder.table_of(train_decoder.trained(some, (1, 2), 2), some)
    assert once == again
    assert once.count("\n") > 100
