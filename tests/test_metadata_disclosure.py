"""Synthetic answers are said to be synthetic; recorded ones take the words away."""

from __future__ import annotations

import pytest

from broadcast.metadata.disclosure import (
    description_line,
    notice_words,
    synthetic_officials,
)
from broadcast.model import Turn
from timelines_by_hand import GUEST, interview_turns, turn


def spoken(recorded: set[int]) -> tuple[tuple[Turn, bool], ...]:
    return tuple((each, each.n not in recorded) for each in interview_turns())


def test_only_officials_turns_count() -> None:
    assert [each.n for each in synthetic_officials(spoken(set()))] == [2, 4]


def test_everything_is_empty_when_every_answer_is_recorded() -> None:
    real = spoken({2, 4})
    assert synthetic_officials(real) == ()
    assert notice_words("vi", real) == ""
    assert notice_words("vi", real, own="Giọng máy.") == ""
    assert description_line("vi", real) == ""


@pytest.mark.parametrize(("language", "word"), [("vi", "tổng hợp"), ("en", "computer-generated")])
def test_the_notice_names_the_guest_in_each_language(language: str, word: str) -> None:
    words = notice_words(language, spoken(set()))
    assert GUEST in words
    assert word in words


def test_the_notice_says_so_when_only_some_answers_are_synthetic() -> None:
    assert "phần trả lời" in notice_words("vi", spoken(set()))
    assert "một số câu trả lời" in notice_words("vi", spoken({2}))
    assert "some of the answers" in notice_words("en", spoken({4}))


def test_a_station_may_give_its_own_words() -> None:
    own = "Lời của {guest} do máy đọc."
    assert notice_words("vi", spoken(set()), own) == f"Lời của {GUEST} do máy đọc."


def test_two_guests_are_both_named() -> None:
    second = turn("turn", "official", "Lê Văn Bình", "Tôi đồng ý.", 6)
    words = notice_words("vi", (*spoken(set()), (second, True)))
    assert f"{GUEST} và Lê Văn Bình" in words


def test_the_description_gives_the_turns() -> None:
    assert "(lượt 2, 4)" in description_line("vi", spoken(set()))
    assert "(turns 2, 4)" in description_line("en", spoken(set()))
    assert "(turn 4)" in description_line("en", spoken({2}))


def test_an_unknown_language_gets_the_english_words() -> None:
    assert notice_words("fr", spoken(set())) == notice_words("en", spoken(set()))
