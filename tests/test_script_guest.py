"""The guest is whom title, lead, captions or questions name; who is merely mentioned is nobody."""

from __future__ import annotations

import csv
import time
from pathlib import Path

import pytest

from broadcast.messages import Message
from broadcast.script.form import Form
from broadcast.script.guest import Surroundings, guest_of
from broadcast.script.mentions import mentions
from broadcast.script.parse import parse
from broadcast.script.read import read_text_document

SIGN = Message("sign.bold", "questions in bold, answers in plain letters")
NOBODY = "Khách mời"


def named_guest(lead: str, sign: Message, otherwise: str) -> tuple[str, Form]:
    """The guest as a lead alone names them."""
    return guest_of(Surroundings(lead=(lead,)), sign, otherwise)


def leads() -> list[dict[str, str]]:
    with (Path(__file__).parent / "data" / "guests_named.tsv").open(
        encoding="utf-8", newline=""
    ) as table:
        return list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


def guest(**around: object) -> tuple[str, str, str]:
    """The label, the name and how it is known."""
    label, form = guest_of(Surroundings(**around), SIGN, NOBODY)  # type: ignore[arg-type]
    return label, form.person, form.known_by.code


@pytest.mark.parametrize("case", leads(), ids=lambda case: case["lead"][:60])
def test_a_lead_names_the_guest_or_nobody(case: dict[str, str]) -> None:
    label, form = named_guest(case["lead"], SIGN, NOBODY)
    assert form.person == (case["person"] or "")
    assert (label == NOBODY) == (not case["person"])


@pytest.mark.parametrize(
    ("lead", "label"),
    [
        ("Đài hỏi chuyện tiến sĩ xã hội học Đỗ Quý Toàn.", "Tiến sĩ xã hội học Đỗ Quý Toàn"),
        ("Ông Toàn kể về chuyện xe buýt. TS Đỗ Quý Toàn đã trả lời báo.", "TS Đỗ Quý Toàn"),
        ("Góc HLV Thế Vinh. Mai Thế Vinh trả lời báo nhà về chặng 9.", "Mai Thế Vinh"),
        ("Chúng tôi gặp A Brưn ở làng.", "A Brưn"),
    ],
)
def test_the_label_is_the_fullest_name_with_its_title(lead: str, label: str) -> None:
    assert named_guest(lead, SIGN, NOBODY)[0] == label


def test_a_line_that_is_a_name_stands_under_a_portrait() -> None:
    lead = ("Vườn tốt là điều nhà nông nào cũng mơ tới.",)
    found = guest(lead=lead, captions=("PGS.TS.Lâm Quốc Bình",))
    assert found == ("PGS.TS.Lâm Quốc Bình", "Lâm Quốc Bình", "guest.in-caption")
    seen = ("Em Đào Thị Bông nhặt rác ở bãi Sậy", "Xe chết máy trước Trường THCS Nguyễn Du")
    assert guest(lead=lead, captions=seen) == (NOBODY, "", "sign.bold")


def test_questions_tell_which_of_several_is_asked() -> None:
    lead = ("Ông Nguyễn Văn Nho và ông Trần Bá Thạo là hai người thợ cuối cùng.",)
    assert guest(lead=lead)[0] == NOBODY
    asked = guest(lead=lead, questions=("Thưa ông Thạo, lò còn đỏ được bao lâu?",))
    assert asked[:2] == ("Ông Trần Bá Thạo", "Trần Bá Thạo")
    alone = guest(questions=("Chú Tám ơi, chuột năm nay nhiều không?",))
    assert alone == ("Chú Tám", "Tám", "guest.addressed")
    english = guest(
        lead=("Sheila Drummond runs the vans.",), questions=("Sheila, where do they stop?",)
    )
    assert english[1] == "Sheila Drummond"


def test_a_guest_may_say_the_name() -> None:
    answers = ("Tôi là Lò Văn Chừng, trưởng bản. Năm nay được mùa.", "Tôi là người Thái.")
    assert guest(answers=answers) == ("Lò Văn Chừng", "Lò Văn Chừng", "guest.introduced")


def test_who_was_met_comes_before_who_stands_in_a_picture() -> None:
    found = guest(
        title="Giữ nước cho vườn",
        lead=("Phóng viên đã gặp bà Vi Thị Hòa ở đầu kênh.",),
        captions=("Ông Bế Văn Hưng",),
        questions=("Thưa ông Bế Văn Hưng, nước về chưa?",),
    )
    assert found == ("Bà Vi Thị Hòa", "Vi Thị Hòa", "label.in-lead")


def test_a_title_that_quotes_somebody_names_the_guest() -> None:
    found = guest(title="HLV Phan Tiến Đạt: “Thắng 3-2 mà tôi già đi ba tuổi”")
    assert found == ("HLV Phan Tiến Đạt", "Phan Tiến Đạt", "guest.in-title")


def test_one_who_is_only_named_is_a_guess_and_is_told_as_one() -> None:
    assert guest(lead=("Ở tuổi 82, NSND Đào Bích Liên vẫn lên lớp.",))[2] == "guest.named"
    assert guest(lead=("Thủ tướng Lê Văn Chừng vừa ký nghị định.",))[0] == NOBODY


def test_streets_schools_and_bodies_are_nobody() -> None:
    text = (
        "Đường Lê Lợi, phường Trần Phú, Trường THCS Nguyễn Du và Công ty Nguyễn Hoàng cùng Hạt"
        " trưởng Hạt Kiểm lâm, Giám đốc Trạm Khuyến nông, Chủ tịch Quốc hội."
    )
    assert mentions(text) == []


def test_a_text_of_any_kind_takes_no_long_time() -> None:
    for piece in ("Ông Lò Văn Tám nói với phóng viên, ", "ông ", "A A ", "Giám đốc Sở Y tế Lâm "):
        begun = time.process_time()
        named_guest(piece * (40_000 // len(piece)), SIGN, NOBODY)
        assert time.process_time() - begun < 10, piece


def test_the_speaker_has_the_name_and_the_title() -> None:
    text = (
        "Sách hay\n\nĐài đã gặp Đại sứ Na Uy Hilde Sørensen trước ngày bà về nước.\n\n"
        "- Thưa bà, bà nhớ gì nhất ở Việt Nam?\n\n- Tôi nhớ những phiên chợ nổi.\n"
    )
    speakers = parse(read_text_document(text, Path("a.txt")), language="vi").speakers
    assert ("Hilde Sørensen", "Đại sứ Na Uy") in [(one.person, one.title) for one in speakers]
