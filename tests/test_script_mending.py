"""A script mended by what somebody wants: that alone changes, and the other lines byte by byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcast.model import Script
from broadcast.script.mending import Mending, mended
from broadcast.script.mending_head import Called, HasRole, InLanguage, Named, OnePerson, ReadAs
from broadcast.script.mending_lines import AsUnderstood, AsWords, KeptLine, LeftOut, Worded
from broadcast.script.mending_turns import Joined, SaidBy, TakenFor
from broadcast.script.parse import parse
from broadcast.script.read import read_text_document
from broadcast.script.written_text import CannotMendError, ScriptPlace, WrittenText

ASKER, LAN = "Phóng viên", "Bà Trần Thị Lan"
LABELLED = """\
Đường làng mới

Phóng viên: Thưa bà, đường làng đã xong chưa ạ? Đường đã xong từ tháng trước.

Bà Trần Thị Lan: Còn một đoạn qua chợ.

Đoạn ấy tháng sau làm tiếp.

Phóng viên: Bà con góp công ra sao?

Bà Trần Thị Lan: Nhà nào cũng góp.
"""


def understood(text: str, name: str = "a.txt") -> Script:
    return parse(read_text_document(text, Path(name)), language="vi", people=())


def mend(text: str, change: Mending, name: str = "a.txt") -> str:
    written = WrittenText(text, understood(text, name), name.endswith(".md"))
    return mended(written, change, lambda tried: understood(tried, name)).text


def said(text: str, name: str = "a.txt") -> list[tuple[str, str]]:
    return [(turn.speaker, turn.text) for turn in understood(text, name).turns]


def touched(before: str, after: str) -> set[str]:
    """The lines of one text that are not in the other."""
    return set(before.splitlines()) ^ set(after.splitlines())


def test_a_turn_is_said_by_somebody_else() -> None:
    after = mend(LABELLED, SaidBy(ScriptPlace(2), LAN))
    assert said(after)[1:] == [
        (LAN, "Còn một đoạn qua chợ.\nĐoạn ấy tháng sau làm tiếp."),
        (LAN, "Bà con góp công ra sao?"),
        (LAN, "Nhà nào cũng góp."),
    ]
    assert touched(LABELLED, after) == {
        "Phóng viên: Bà con góp công ra sao?",
        "Bà Trần Thị Lan: Bà con góp công ra sao?",
        # By itself it would be taken for the question before that answer.
        "Đoạn ấy tháng sau làm tiếp.",
        "\\Đoạn ấy tháng sau làm tiếp.",
    }


def test_a_turn_is_said_by_somebody_new() -> None:
    after = mend(LABELLED, SaidBy(ScriptPlace(3), "Ông Đỗ Văn Lâm"))
    assert said(after)[3] == ("Ông Đỗ Văn Lâm", "Nhà nào cũng góp.")
    assert after.startswith(LABELLED[: LABELLED.rindex("Bà Trần")])


def test_a_wrong_split_is_mended_before_a_sentence() -> None:
    after = mend(LABELLED, SaidBy(ScriptPlace(0, words=8), LAN))
    assert said(after)[0] == (ASKER, "Thưa bà, đường làng đã xong chưa ạ?")
    assert said(after)[1] == (LAN, "Đường đã xong từ tháng trước.")
    assert said(after)[2][0] == LAN


def test_a_paragraph_becomes_another_speaker_s() -> None:
    after = mend(LABELLED, SaidBy(ScriptPlace(1, paragraph=1), ASKER))
    assert said(after)[1] == (LAN, "Còn một đoạn qua chợ.")
    assert said(after)[2][0] == ASKER
    assert touched(LABELLED, after) == {
        "Đoạn ấy tháng sau làm tiếp.",
        "Phóng viên: Đoạn ấy tháng sau làm tiếp.",
    }


def test_a_turn_is_joined_to_the_one_above() -> None:
    after = mend(LABELLED, Joined(ScriptPlace(2)))
    assert [who for who, _ in said(after)] == [ASKER, LAN, LAN]
    assert said(after)[1][1].endswith("làm tiếp.\nBà con góp công ra sao?")


def test_what_is_left_out_stays_in_the_file_and_can_be_kept_again() -> None:
    after = mend(LABELLED, LeftOut(ScriptPlace(1, paragraph=1)))
    assert said(after)[1] == (LAN, "Còn một đoạn qua chợ.")
    (dropped,) = understood(after).dropped
    assert dropped.text == "Đoạn ấy tháng sau làm tiếp."
    assert mend(after, KeptLine(dropped.line)) == LABELLED


def test_markdown_has_its_own_sign_for_what_is_left_out() -> None:
    after = mend(LABELLED, LeftOut(ScriptPlace(1, paragraph=1)), "a.md")
    assert "~~Đoạn ấy tháng sau làm tiếp.~~" in after
    assert mend(after, KeptLine(7), "a.md") == LABELLED


def test_a_line_that_was_left_out_wrongly_is_kept() -> None:
    text = LABELLED + "\nẢnh: Minh Hải\n"
    (dropped,) = understood(text).dropped
    after = mend(text, KeptLine(dropped.line))
    assert said(after)[-1][1].endswith("Ảnh: Minh Hải")
    assert touched(text, after) == {"Ảnh: Minh Hải", "\\Ảnh: Minh Hải"}


def test_ends_of_lines_stay_as_they_are() -> None:
    text = LABELLED.replace("\n", "\r\n")
    after = mend(text, SaidBy(ScriptPlace(0, words=8), LAN))
    assert "\n" not in after.replace("\r\n", "")


def test_a_label_on_a_line_of_its_own_is_changed_there() -> None:
    text = LABELLED.replace("Phóng viên: Bà con", "Phóng viên:\nBà con")
    after = mend(text, SaidBy(ScriptPlace(2), LAN))
    assert said(after)[2] == (LAN, "Bà con góp công ra sao?")
    assert "Phóng viên:\n" not in after


def test_a_paragraph_over_several_lines_is_parted_within() -> None:
    text = LABELLED.replace("tháng sau làm tiếp.", "tháng sau\nlàm tiếp. Sẽ xong\ntrước Tết.")
    after = mend(text, SaidBy(ScriptPlace(1, paragraph=1, words=6), ASKER))
    assert [who for who, _ in said(after)] == [ASKER, LAN, ASKER, ASKER, LAN]
    assert said(after)[2][1].split() == ["Sẽ", "xong", "trước", "Tết."]


@pytest.mark.parametrize(
    "change",
    [
        SaidBy(ScriptPlace(9), LAN),
        SaidBy(ScriptPlace(-1), LAN),
        SaidBy(ScriptPlace(0, paragraph=5), LAN),
        SaidBy(ScriptPlace(0, words=89), LAN),
        Joined(ScriptPlace(0)),
        LeftOut(ScriptPlace(7)),
        KeptLine(0),
        KeptLine(99),
        KeptLine(2),
    ],
)
def test_what_is_not_there_cannot_be_changed(change: Mending) -> None:
    with pytest.raises(CannotMendError):
        mend(LABELLED, change)


def test_nothing_is_written_that_would_change_more_than_was_wanted() -> None:
    with pytest.raises(CannotMendError):
        mend(LABELLED, SaidBy(ScriptPlace(2), "Thứ nhất"))


HEADED = "---\ntitle: Tên cũ\nlexicon:\n  ODA: ô đê a\n---\n\n" + LABELLED.partition("\n\n")[2]


@pytest.mark.parametrize(
    "title", ["Đường làng: việc chung", '"Đường" \\ & <làng>', "# Đường", "- Đường", "2025", "no"]
)
@pytest.mark.parametrize("text", [LABELLED, HEADED, HEADED.replace("\n", "\r\n")])
def test_a_programme_gets_another_title_and_date(text: str, title: str) -> None:
    after = mend(text, Called(title, "6/9/2025"))
    again = understood(after)
    assert (again.title, again.front.date) == (title, "6/9/2025")
    assert said(after) == said(text)
    assert again.front.lexicon == understood(text).front.lexicon


def test_a_title_alone_is_changed_in_its_own_line() -> None:
    after = mend(LABELLED, Called("Đường làng mở rộng", ""))
    assert after == LABELLED.replace("Đường làng mới", "Đường làng mở rộng", 1)


def test_a_date_is_taken_away() -> None:
    dated = mend(HEADED, Called("Tên cũ", "6/9/2025"))
    assert understood(mend(dated, Called("Tên cũ", ""))).front.date is None


def parts(text: str) -> list[tuple[str, str]]:
    return [(turn.kind, turn.text) for turn in understood(text).turns]


def test_a_sentence_is_left_out_and_the_rest_of_its_paragraph_stays() -> None:
    after = mend(LABELLED, LeftOut(ScriptPlace(0, words=8), count=6))
    assert said(after)[0] == (ASKER, "Thưa bà, đường làng đã xong chưa ạ?")
    (dropped,) = understood(after).dropped
    assert dropped.text == "Đường đã xong từ tháng trước."
    assert mend(after, KeptLine(dropped.line)) == LABELLED


def test_the_first_paragraph_is_left_out_and_the_next_still_has_its_speaker() -> None:
    after = mend(LABELLED, LeftOut(ScriptPlace(1)))
    assert said(after)[1] == (LAN, "Đoạn ấy tháng sau làm tiếp.")


def test_a_paragraph_becomes_the_lead_and_a_lead_becomes_a_speaker_s() -> None:
    text = LABELLED.replace("\n\n", "\n\nLàng vừa có đường mới.\n\n", 1)
    assert parts(text)[0] == ("lead", "Làng vừa có đường mới.")
    spoken = mend(text, SaidBy(ScriptPlace(0), LAN))
    assert said(spoken)[0] == (LAN, "Làng vừa có đường mới.")
    assert parts(mend(spoken, TakenFor(ScriptPlace(0), "lead"))) == parts(text)


def test_a_paragraph_becomes_the_byline() -> None:
    line = "Người viết là chị Thắm ở xóm Đông."
    text = f"{LABELLED}\n{line}\n"
    assert said(text)[3][1].endswith(line)
    after = mend(text, TakenFor(ScriptPlace(3, paragraph=1), "byline"))
    assert parts(after)[-1] == ("byline", line)
    assert touched(text, after) == {line, f"Ký tên: {line}"}


def test_words_are_mended_and_no_other_word_of_their_paragraph_is_touched() -> None:
    text = LABELLED.replace("Còn một đoạn", "Còn  *một* đoạn")
    after = mend(text, Worded(ScriptPlace(1), "Còn một quãng qua chợ."), "a.md")
    assert after == text.replace("*một* đoạn", "*một* quãng")


def test_a_reading_stands_in_the_head_and_goes_from_it_again() -> None:
    after = mend(LABELLED, ReadAs("1/8", "mồng một tháng tám"))
    assert understood(after).front.lexicon == {"1/8": "mồng một tháng tám"}
    assert after.endswith(LABELLED)
    more = mend(after, ReadAs("ODA: 2", 'ô "đê" a'))
    assert understood(more).front.lexicon["ODA: 2"] == 'ô "đê" a'
    assert understood(mend(more, ReadAs("1/8", ""))).front.lexicon == {"ODA: 2": 'ô "đê" a'}


HEADS = [
    "people:\n- name: Bà Trần Thị Lan  # chủ tịch\n  role: reporter\n",
    'people:\n  - "Phóng viên"\n  - {name: Bà Trần Thị Lan, role: reporter}\n',
    "people: [{name: Bà Trần Thị Lan, gender: woman}]\ntitle: Đường\n",
    "title: Đường\nlexicon:\n  ODA: ô đê a\n",
    "people:\n    - name: Ông Ba\n      role: official\nlanguage: vi\n",
]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize(
    "change",
    [
        HasRole(LAN, "presenter"),
        ReadAs("ODA", "vốn vay"),
        ReadAs("UBND", "ủy ban"),
        Called("Tên: mới", "6/9/2025"),
        OnePerson(LAN, "Chị Lan"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_head_of_any_form_keeps_all_else_that_it_says(
    head: str, change: Mending, newline: str
) -> None:
    words = LABELLED.partition("\n\n")[2].replace("Đoạn ấy tháng sau làm tiếp.\n\n", "")
    words += "\nChị Lan: Đúng thế.\n"
    text = f"---\n{head}---\n\n{words}".replace("\n", newline)
    after = mend(text, change)
    assert "\n" not in after.replace(newline, "")
    before, front = understood(text).front, understood(after).front
    assert [one for one in front.people if one.name != LAN] == [
        one for one in before.people if one.name != LAN
    ]
    kept = {word: said for word, said in before.lexicon.items() if word != "ODA"}
    assert kept.items() <= front.lexicon.items()
    assert front.language == before.language
    assert after.endswith(words.replace("\n", newline))


def test_a_guest_who_asks_is_the_reporter() -> None:
    after = mend(LABELLED, HasRole(LAN, "presenter"))
    roles = {one.name: one.role for one in understood(after).speakers}
    assert roles == {ASKER: "reporter", LAN: "presenter"}


def test_two_names_are_one_person_s() -> None:
    text = LABELLED.replace("Bà Trần Thị Lan: Nhà nào", "Trần T. Lan: Nhà nào")
    after = mend(text, OnePerson(LAN, "Trần T. Lan"))
    assert [who for who, _ in said(after)] == [ASKER, LAN, ASKER, LAN]


def test_the_script_is_read_in_its_own_language() -> None:
    after = mend(LABELLED, InLanguage("en"))
    assert understood(after).language == "en"


def test_the_remedies_of_a_script_s_doubts_do_what_they_say() -> None:
    text = LABELLED.replace(
        "Nhà nào cũng góp.", "Nhà nào cũng góp.\n\nCán bộ thôn: Nhà tôi góp năm công."
    )
    (problem,) = [one for one in understood(text).problems if one.code == "script.lone-label"]
    assert [one.does for one in problem.remedies] == ["as-words", "speaker"]
    assert problem.line is not None
    words = mend(text, AsWords(problem.line))
    assert said(words)[3] == (LAN, "Nhà nào cũng góp.\nCán bộ thôn: Nhà tôi góp năm công.")
    named = mend(text, Named(problem.remedies[1].name))
    assert said(named)[4] == ("Cán bộ thôn", "Nhà tôi góp năm công.")
    assert not [one for one in understood(named).problems if one.code == "script.lone-label"]


def test_what_was_doubtful_and_right_is_so_without_doubt() -> None:
    text = LABELLED.replace("tháng sau làm tiếp.", "tháng sau làm tiếp. Ai mà chẳng mong?")
    doubted = {one.line for one in understood(text).problems if one.level == "warning"}
    for line in doubted:
        assert line is not None
        after = mend(text, AsUnderstood(line))
        assert said(after) == said(text)
        assert len(understood(after).problems) < len(understood(text).problems)
