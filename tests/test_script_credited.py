"""Whom a byline names, and what each of them did."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from broadcast.model import Credit
from broadcast.script import vocabulary
from broadcast.script.credited import credited, job_of

TABLE = tomllib.loads(Path(str(vocabulary.__file__)).with_suffix(".toml").read_text("utf-8"))
BEFORE = [" ".join(one.split()) for one in TABLE["credits_before"].split(",")]
AFTER = [" ".join(one.split()) for one in TABLE["credits_after"].split(",")]
OF_PICTURES = {"Quay phim", "Dựng phim", "Đồ họa", "Thiết kế", "Photos by", "Photography"}


@pytest.mark.parametrize(
    ("byline", "named"),
    [
        ("Biên tập: Ngọc Hà\nKỹ thuật: Minh Đức", "editor Ngọc Hà, engineer Minh Đức"),
        ("Thực hiện và biên tập: Hồng Vân", "producer Hồng Vân, editor Hồng Vân"),
        ("Phóng viên Hồng Tú thực hiện.", "reporter Hồng Tú"),
        ("Người thực hiện: PV Thanh Nga", "reporter Thanh Nga"),
        ("Bài, ảnh: Hoàng Yến", "author Hoàng Yến"),
        ("CHÍ NHÂN thực hiện", "producer Chí Nhân"),
        ("(Hải Yến – Thanh Duyên)", "author Hải Yến, author Thanh Duyên"),
        ("Nguyễn Văn A và Trần B thực hiện", "producer Nguyễn Văn A, producer Trần B"),
        ("Thể hiện: Thu Trang. Kỹ thuật: Văn Nam", "narrator Thu Trang, engineer Văn Nam"),
        ("Ký tên: BTV Lê Hà", "editor Lê Hà"),
        ("Mỹ Hạnh - ctv ấp Rạch Dừa", "author Mỹ Hạnh"),
        ("Hà Phương Theo Miền Ngược", "author Hà Phương"),
        ("By Martin Sleath for the Fellside Herald", "author Martin Sleath"),
        ("By Ann Lee, Gazette staff", "author Ann Lee"),
        ("Words: Ann Lee. Pictures: Tom Ray", "author Ann Lee"),
        ("Edited by Tom Ray and produced by Ann Lee", "editor Tom Ray, producer Ann Lee"),
        ("Interview by Anna Brook; editing by Jo Li", "reporter Anna Brook, editor Jo Li"),
        ("Photos by Tom Ray", ""),
        ("Nhóm PV thực hiện", ""),
        ("P.V (ghi)", ""),
        ("M.T (thực hiện)", ""),
        ("Đài Truyền thanh xã Tân Lập", ""),
        ("", ""),
    ],
)
def test_who_is_named_and_for_what(byline: str, named: str) -> None:
    assert ", ".join(f"{one.part} {one.name}" for one in credited(byline)) == named


@pytest.mark.parametrize("words", BEFORE)
def test_the_words_of_a_credit_stand_before_a_name(words: str) -> None:
    found = [credit.name for credit in credited(f"{words}: Nguyễn Thị Hạnh")]
    assert set(found) == (set() if words in OF_PICTURES else {"Nguyễn Thị Hạnh"})


@pytest.mark.parametrize("words", AFTER)
def test_the_words_of_a_credit_stand_behind_a_name(words: str) -> None:
    assert {one.name for one in credited(f"Nguyễn Thị Hạnh ({words.lower()})")} == {
        "Nguyễn Thị Hạnh"
    }


def test_every_part_of_the_table_is_one_that_a_credit_may_have() -> None:
    from msgspec import convert

    for part in set(TABLE["credited"]) - {"unheard"}:
        assert convert({"name": "An", "part": part}, Credit).part == part


@pytest.mark.parametrize(
    ("title", "job"),
    [
        ("Ông, Chủ tịch UBND xã Tân Lập", "Chủ tịch UBND xã Tân Lập"),
        ("Giám đốc Sở Y tế, bà", "Giám đốc Sở Y tế"),
        ("đồng chí, Bí thư Đảng ủy", "Bí thư Đảng ủy"),
        ("Bác sĩ CKII, Giám đốc Bệnh viện", "Bác sĩ CKII, Giám đốc Bệnh viện"),
        ("Mr., Harbour Master", "Harbour Master"),
        ("PGS.TS", "PGS.TS"),
        ("Phóng viên", ""),
        ("Bà", ""),
        ("", ""),
    ],
)
def test_an_office_is_what_stands_with_a_name_but_how_one_is_addressed(
    title: str, job: str
) -> None:
    assert job_of(title) == job
