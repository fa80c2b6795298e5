"""Text as it is compared."""

from __future__ import annotations

import unicodedata

import pytest

from broadcast.text import folded, same_tone_placement


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("hòa", "hoà"),
        ("Thành ủy", "Thành uỷ"),
        ("HÒA BÌNH", "HOÀ BÌNH"),
        ("khỏe", "khoẻ"),
        ("thủy", "thuỷ"),
        ("Ủy viên", "Uỷ viên"),
    ],
)
def test_old_and_new_tone_placement_are_one(old: str, new: str) -> None:
    assert same_tone_placement(old) == same_tone_placement(new) == new


@pytest.mark.parametrize("word", ["quý", "của", "toàn", "khoán", "quỳnh", "mùa", "thuế", "Huỳnh"])
def test_other_words_keep_their_tone_where_it_is(word: str) -> None:
    assert same_tone_placement(word) == word


def test_decomposed_letters_are_composed() -> None:
    assert same_tone_placement(unicodedata.normalize("NFD", "Phóng viên")) == "Phóng viên"


def test_case_punctuation_and_spaces_do_not_count() -> None:
    assert folded("  Thành ủy,  “PHAN THIẾT”! ") == folded("thành uỷ phan thiết")
    assert folded("một hai") != folded("mộthai")
