"""What was said of a sentence is remembered as long as nothing that decides it is otherwise."""

from __future__ import annotations

import pytest

from broadcast.model import Paragraph, Turn
from broadcast.spoken import Lexicon, built_in_lexicon, northern, say, sentences, southern
from broadcast.text import remembering_texts

TEXTS = [
    "UBND xã Hòa Bình họp ngày 25/11, có 1.250 ha lúa và 12,5 tỷ đồng.",
    "Ban PCTT&TKCN, các CEOs và HĐND tỉnh Thanh Hoá đến ÐHQG.",
    "Từ 1/8 xã diễn tập hai lần; số 1900 1234 và 7h30 sáng T7.",
    "Ubnd xã không ghi tắt.",
]
ENTRIES = [
    {"UBND": "ủy ban"},
    {"ubnd": "ủy ban nhỏ"},
    {"Hòa Bình": "hòa bình nhỏ"},
    {"Thanh Hóa": "thanh hóa ta"},
    {"25/11": "hôm ấy"},
    {"CEO": "xi i âu", "TKCN": "tìm kiếm"},
    {"ĐHQG": "đại học"},
    {"1/8": "mồng một", "12,5 tỷ": "mười hai tỷ rưỡi"},
    {"7h30": "bảy rưỡi", "T7": "thứ bảy"},
    {"chữ không có": "lời không có"},
]


def turn_of(text: str) -> Turn:
    return Turn("turn", "A", "official", (Paragraph(1, text),), "x", 1)


@pytest.mark.parametrize("style", [northern, southern], ids=["northern", "southern"])
@pytest.mark.parametrize("text", TEXTS)
def test_each_lexicon_has_a_sentence_said_its_own_way(text: str, style: object) -> None:
    lexicons = [built_in_lexicon("vi"), *(built_in_lexicon("vi").extended(own) for own in ENTRIES)]
    lexicons += [lexicons[1].extended(ENTRIES[5]), Lexicon().extended(ENTRIES[0])]
    for lexicon in [*lexicons, *reversed(lexicons)]:
        said = sentences(turn_of(text), language="vi", lexicon=lexicon, style=style)  # type: ignore[arg-type]
        alone = [
            say(one.written, language="vi", lexicon=lexicon, style=style)  # type: ignore[arg-type]
            for one in said
        ]
        assert [(one.spoken, one.readings) for one in said] == [
            (one.text, one.readings) for one in alone
        ]


def test_an_entry_that_stands_in_no_sentence_changes_none() -> None:
    one, other = (built_in_lexicon("vi").extended(own) for own in (ENTRIES[0], ENTRIES[-1]))
    assert one.within(TEXTS[2]) == other.within(TEXTS[2])
    assert one.within(TEXTS[0]) != other.within(TEXTS[0])


def test_a_long_text_is_not_kept() -> None:
    asked = []

    @remembering_texts
    def length(text: str) -> int:
        asked.append(text)
        return len(text)

    for text in ("short", "short", "x" * 5_000, "x" * 5_000):
        assert length(text) == len(text)
    assert [len(text) for text in asked] == [5, 5_000, 5_000]
