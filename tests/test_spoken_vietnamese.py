"""Written Vietnamese is said as a newsreader says it."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcast.spoken import Spoken, Style, built_in_lexicon, northern, say, southern, split
from broadcast.spoken.grammar import Grammar
from broadcast.spoken.numerals import roman_value
from broadcast.spoken.vi.numbers import cardinal, year
from broadcast.text import folded

HERE = Path(__file__).parent
LEXICON = built_in_lexicon("vi")


def said(text: str, style: Style = northern) -> Spoken:
    return say(text, language="vi", lexicon=LEXICON, style=style)


def cases(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


NEWSROOM = cases("spoken_vi_newsroom.tsv")
INTERVIEWS = cases("spoken_vi_interviews.tsv")


@pytest.mark.parametrize("case", cases("spoken_vi.tsv"), ids=lambda case: case["context"][:50])
def test_the_cases_of_a_real_interview_and_their_like(case: dict[str, str]) -> None:
    context, written = case["context"], case["written"]
    wanted = [case["spoken"], *filter(None, case["alternatives"].split("|"))]
    whole = [
        folded(context.replace(written, f" {'' if one == '(silent)' else one} ", 1))
        for one in wanted
    ]
    assert folded(said(context).text) in whole


@pytest.mark.parametrize("case", NEWSROOM, ids=lambda case: case["written"][:50])
def test_what_newsrooms_write(case: dict[str, str]) -> None:
    assert said(case["written"]).text == case["spoken"]


@pytest.mark.parametrize("case", NEWSROOM, ids=lambda case: case["written"][:50])
def test_what_was_said_is_said_again_unchanged(case: dict[str, str]) -> None:
    once = said(case["written"])
    assert said(once.text).text == once.text
    assert not re.search(r"[\d%/&@#$€£°+=<>*|_~]", once.text)
    for reading in once.readings:
        assert case["written"][reading.start : reading.end] == reading.written


@pytest.mark.parametrize("case", INTERVIEWS, ids=lambda case: case["written"][:50])
def test_what_interviews_write_is_said_right_or_doubted(case: dict[str, str]) -> None:
    """``doubt`` names what is told as uncertain, with | between."""
    spoken = said(case["written"])
    assert spoken.text == case["spoken"]
    doubted = dict.fromkeys(each.written for each in spoken.readings if each.doubt)
    assert "|".join(doubted) == case["doubt"]


# An independent reader: words back to a number, knowing nothing of how they were made.
NAMES = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
UNITS = {name: value for value, name in enumerate(NAMES)} | {"mốt": 1, "tư": 4, "lăm": 5}


def number_of(words: str) -> int:
    total = group = 0
    digit: int | None = None
    for word in words.split():
        if word in UNITS:
            digit = UNITS[word]
        elif word == "mười":
            group, digit = group + 10, None
        elif word == "mươi":
            group, digit = group + 10 * (digit or 0), None
        elif word == "trăm":
            group, digit = group + 100 * (digit or 0), None
        elif word in ("linh", "lẻ"):
            digit = None
        else:
            scale = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9}[word]
            group, digit = group + (digit or 0), None
            if scale == 10**9:
                total, group = (total + group) * scale, 0
            else:
                total, group = total + group * scale, 0
    return total + group + (digit or 0)


def test_every_number_to_a_hundred_thousand_is_understood() -> None:
    for style in (northern, southern):
        wrong = [n for n in range(100_001) if number_of(cardinal(n, style)) != n]
        assert wrong == []


@given(st.integers(0, 10**15))
def test_large_numbers_are_understood(number: int) -> None:
    assert number_of(cardinal(number, northern)) == number


@given(st.integers(1, 3999))
def test_roman_numerals_have_one_correct_form(number: int) -> None:
    values = [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L")]
    values += [(40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]
    written, rest = "", number
    for value, letters in values:
        written += letters * (rest // value)
        rest %= value
    assert roman_value(written) == number
    assert roman_value(written + "IIII") is None


@settings(max_examples=300, deadline=None)
@given(
    st.text(
        st.sampled_from("0123456789/-.,%:+ hmk²°€$đ&@#()ABXIVTừngà'\"–→👍_|<>=*~½"), max_size=25
    )
)
def test_no_figure_and_no_lone_sign_is_ever_left(text: str) -> None:
    for language in ("vi", "en"):
        spoken = say(text, language=language, lexicon=built_in_lexicon(language), style=northern)
        assert not re.search(r"[\d%/&@#$€°+=<>*~|_→²½👍]", spoken.text)


SYLLABLES = (
    "thành", "phố", "phường", "xã", "đảng", "ủy", "công", "tác", "kết", "quả", "tổ", "chức",
    "nhân", "dân", "phát", "triển", "kinh", "tế", "văn", "hóa", "giáo", "dục", "y", "tế", "quốc",
    "phòng", "an", "ninh", "xuân", "hòa", "khỏe", "thủy", "sản", "biển", "đảo", "song", "sông",
    "bố", "bổ", "Đức", "Long", "Mũi", "Né", "Phan", "Thiết", "Bình", "Thuận", "và", "của", "là",
    "có", "được", "trong", "ngoài", "năm", "tháng", "ngày", "tư", "bốn", "linh", "lẻ",
)  # fmt: skip


@given(st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=40))
def test_plain_words_are_never_touched(words: list[str]) -> None:
    line = " ".join(words) + "."
    assert said(line) == Spoken(line)


def test_ten_thousand_lines_of_plain_words_are_never_touched() -> None:
    for n in range(10_000):
        line = " ".join(SYLLABLES[(n * 7 + k * (n % 11 + 1)) % len(SYLLABLES)] for k in range(8))
        assert said(line).text == line


def test_the_words_of_headlines_are_never_touched() -> None:
    for n in range(0, 2_000, 7):
        line = " ".join(SYLLABLES[(n + k * (n % 11 + 1)) % len(SYLLABLES)] for k in range(8))
        assert said(line.upper()).text == line.upper()


def test_spaces_that_the_web_and_word_leave_are_spaces() -> None:
    for case in NEWSROOM:
        if not case["written"].startswith("84 "):  # held together, that is a number
            hard = said(case["written"].replace(" ", "\u00a0")).text
            assert folded(hard) == folded(case["spoken"])


def test_old_and_new_tone_placement_are_the_same_word() -> None:
    for khoa in ("khóa", "khoá"):
        assert said(f"Quốc hội {khoa} XV").text == f"Quốc hội {khoa} mười lăm"


def test_a_station_chooses_its_style() -> None:
    assert said("24.105 người", southern).text == "hai mươi bốn ngàn một trăm lẻ năm người"
    assert said("năm 2024", Style(year_hundreds=False)).text == "năm hai nghìn hai mươi tư"
    assert year(2005, Style(year_hundreds=False)) == "hai nghìn linh năm"
    expanded = Style(document_letters="expanded")
    assert said("703-KL/TU", expanded).text == "bảy trăm linh ba, kết luận, tỉnh ủy"
    assert said("10-15 người", Style(ranges="pause")).text == "mười, mười lăm người"
    assert said("lúc 7h30", Style(minutes=True)).text == "lúc bảy giờ ba mươi phút"
    assert said("số nhà 15/3", southern).text == "số nhà mười lăm xẹt ba"
    assert said("khối 9S", Style(letter_names={"S": "ét xì"})).text == "khối chín ét xì"


def test_an_ambiguous_reading_says_so() -> None:
    assert [str(each.doubt) for each in said("kết quả 3/5").readings] == [
        "could also be a date or a fraction"
    ]
    assert said("ngày 5-7").readings[0].doubt


def test_unknown_capitals_are_listed_and_headlines_are_not() -> None:
    unknown = [each.written for each in said("Ông ở NAFTA và QWRT.").readings]
    assert unknown == ["NAFTA", "QWRT"]
    assert said("TIN TỨC THỜI SỰ, VI PHẠM, XI MĂNG").readings == ()


@pytest.mark.parametrize(
    "written", ["ko", "dc", "vs", "ntn", "đc", "mng", "trc", "bh", "mn", "nx", "sdt", "Vk"]
)
def test_the_shorthand_of_messages_is_told(written: str) -> None:
    (reading,) = said(f"Bà con {written} biết").readings
    assert (reading.written, reading.rule) == (written, "unknown")
    assert reading.doubt


def test_a_letter_is_shorthand_between_words_alone() -> None:
    assert said("Có j đâu mà k nói").text == "Có gì đâu mà không nói"
    assert said("Theo điểm k khoản 1").readings[-1].written == "1"
    assert said("Vận tốc tính theo km, mỗi kg, hm, brr").leftovers == ()
    assert not any(each.doubt for each in said("Hm, giá mỗi kg là 50k").readings)


def test_what_a_comma_parts_is_told_where_its_neighbours_do_not() -> None:
    for sure in ("12,500 người", "1,000 hộ", "4,375%", "35,000 đồng", "0,125 ha"):
        assert not any(each.doubt for each in said(sure).readings), sure
    for unsure in ("3,125 kg", "1,200 tỷ đồng", "3,200 tấn"):
        assert any(
            each.doubt and "comma" in each.doubt.template for each in said(unsure).readings
        ), unsure


def test_stars_are_no_end_of_words_made_to_stand_out() -> None:
    assert said("khách sạn 5*").text == "khách sạn năm sao"
    assert "sao" not in said("*lớp 5* và **tổ 4**").text


def test_a_number_without_end_is_said_figure_by_figure() -> None:
    spoken = said("Số " + "7" * 4301 + " là mã.")
    assert spoken.text == "Số " + "bảy " * 4301 + "là mã."


# Signs of one kind that go on and on, as pasted tables and broken files have them.
ENDLESS = (
    "1/2/", "1-2-", "1.234.", "1,2,", "7", "12 345 ", "1 - ", "1' ", "0912 345 ", "II-", "A-1-",
    "👍", "* ", "5 -> ", "T2-", "lớp 1/2, ", "ko ", "a.vn/", "(084)", "“", "thắng 1-1, ",
)  # fmt: skip


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("sign", ENDLESS)
def test_twice_the_text_is_at_most_twice_the_work(
    sign: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = 0
    read = Grammar._read

    def counted(self: Grammar, text: str, *rest: Any) -> Any:
        nonlocal shown
        shown += len(text)
        return read(self, text, *rest)

    monkeypatch.setattr(Grammar, "_read", counted)
    work = []
    for length in (5_000, 10_000):
        shown = 0
        say((sign * length)[:length], language=language, lexicon=LEXICON, style=northern)
        work.append(shown)
    assert work[1] <= 2.2 * work[0] + 5_000
    assert work[1] <= 10_000 * 1_500


def test_a_long_text_is_read_as_its_sentences_are() -> None:
    sentences = [case["written"].rstrip(".") + ". " for case in NEWSROOM[:300]]
    sentences = [each for each in sentences if "'" not in each and '"' not in each]
    whole = said("Thưa bà con. ".join(["", *sentences])).text
    for each in sentences[::7]:
        assert said(f"Thưa bà con. {each}Thưa").text.removesuffix("Thưa") in whole


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_nothing_that_can_be_written_fails(text: str) -> None:
    for language in ("vi", "en", "fr"):
        lexicon = built_in_lexicon(language)
        for sentence in split(text, language):
            say(sentence, language=language, lexicon=lexicon, style=northern)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            (
                "lớp",
                "9/2",
                "CN",
                "T7",
                "1800-5678",
                "3-1",
                "5*",
                "->",
                "ko",
                "V.",
                "A.",
                "12,500",
                "người",
                "TCVN",
                "2019-04",
                "P.205",
                "K41/15",
                "tanan.vn",
                "(84.252)",
                "3821",
                "3km5",
                "2024/2025",
                "👍",
                "*",
                "Nguyễn",
                "thắng",
                ",",
                "và",
            )
        ),
        max_size=12,
    )
)
def test_words_are_never_lost(written: list[str]) -> None:
    spoken = said(" ".join(written)).text.split()
    for word in ("lớp", "người", "Nguyễn", "thắng"):
        assert [each.strip(",.") for each in spoken].count(word) == written.count(word)
    assert bool(spoken) or not any(each.isalnum() for each in "".join(written))


def test_pictures_are_dropped_with_a_note() -> None:
    spoken = said("Chúc mừng 👍!")
    assert spoken.text == "Chúc mừng!"
    assert spoken.readings[0].doubt
