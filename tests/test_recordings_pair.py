"""A take stays with its words, whatever happens to the script and to the files' names."""

from __future__ import annotations

import unicodedata

import pytest

from broadcast.errors import UsageError
from broadcast.model import Paragraph, Turn, TurnKind
from broadcast.recordings.choose import (
    used_take,
    with_choice,
    with_confirmed_words,
    with_take,
    without_choice,
)
from broadcast.recordings.file_names import called_turn, named_turn
from broadcast.recordings.pair import Pairing, is_stale, new_take, pair
from broadcast.recordings.takes_file import KnownTake, TakePart, Takes
from interview_turns import ASK, HOA, LAN, SCHOOL, THANKS, TREES, TREES_2, script


def names(pairing: Pairing, turn: Turn) -> list[str]:
    return [part.file for take in pairing.takes.of_turn(turn.id) for part in take.files]


def standing(kind: TurnKind) -> Turn:
    return Turn(kind, LAN, "presenter", (Paragraph(0, "Kính chào quý vị."),), id=kind)


INTERVIEW = script(
    (LAN, ASK), (HOA, TREES), (LAN, THANKS), lead="Mời nghe.", byline="Lan thực hiện."
)


@pytest.mark.parametrize(
    ("called", "kind", "n"),
    [
        ("2", "turn", 2),
        ("02", "turn", 2),
        ("lượt 2", "turn", 2),
        ("LUOT 2", "turn", 2),
        ("turn2", "turn", 2),
        ("lead", "lead", None),
        ("Lời dẫn", "lead", None),
        (unicodedata.normalize("NFD", "ký tên"), "byline", None),
        ("KY TEN", "byline", None),
        ("chào đầu", "opening", None),
        ("chao-ket", "closing", None),
    ],
)
def test_a_producer_calls_a_turn_by_what_is_shown(
    called: str, kind: TurnKind, n: int | None
) -> None:
    turn = called_turn(called, [standing("opening"), *INTERVIEW, standing("closing")])
    assert turn is not None
    assert (turn.kind, turn.n) == (kind, n)


@pytest.mark.parametrize(
    "called", ["", "9", "-2", "2 3", "2 retake", "lượt", "lời dẫn 2", "notice"]
)
def test_what_calls_no_turn_of_the_script_or_says_more_gives_none(called: str) -> None:
    assert called_turn(called, INTERVIEW) is None


@pytest.mark.parametrize(
    ("file", "kind", "n"),
    [
        ("2.wav", "turn", 2),
        ("02.wav", "turn", 2),
        ("002 retake.m4a", "turn", 2),
        ("2-official.MP3", "turn", 2),
        ("02_bà Hoa.opus", "turn", 2),
        ("02b.wav", "turn", 2),
        ("Turn 2.flac", "turn", 2),
        ("turn02.ogg", "turn", 2),
        ("lead.wav", "lead", None),
        ("Lead (2).wav", "lead", None),
        ("byline.m4a", "byline", None),
        ("lời dẫn.wav", "lead", None),
        ("LỜI DẪN - MC Thu Hằng.wav", "lead", None),
        ("loi_dan 2.mp3", "lead", None),
        ("00 lời dẫn.wav", "lead", None),
        ("01_loi_dan.wav", "lead", None),
        ("LoiDan.m4a", "lead", None),
        ("dẫn.wav", "lead", None),
        (unicodedata.normalize("NFD", "Lời dẫn (bản cuối).wav"), "lead", None),
        ("ký tên.wav", "byline", None),
        ("ky-ten.wav", "byline", None),
        (unicodedata.normalize("NFD", "Kí tên.opus"), "byline", None),
        ("lời chào đầu.wav", "opening", None),
        ("Mở_đầu lần 2.wav", "opening", None),
        ("opening retake.wav", "opening", None),
        ("loi chao ket.wav", "closing", None),
        ("kết.wav", "closing", None),
        ("99 kết thúc.wav", "closing", None),
        ("Thông báo.wav", "notice", None),
        ("02 kết quả trồng rừng.wav", "turn", 2),
        ("2 lời kết luận của chủ tịch.wav", "turn", 2),
    ],
)
def test_a_name_says_the_turn(file: str, kind: str, n: int | None) -> None:
    turn = named_turn(
        file, (*INTERVIEW, *(standing(one) for one in ("opening", "closing", "notice")))
    )
    assert turn is not None
    assert (turn.kind, turn.n) == (kind, n)


@pytest.mark.parametrize(
    "file",
    [
        "9.wav",
        "0.wav",
        "New Recording 2.m4a",
        "2024.wav",
        "2-3-2024.m4a",
        "2024-01-02.m4a",
        "leader.wav",
        "turn.wav",
        "20240102_0915.m4a",
        "Bản ghi 2.m4a",
        "2nd try.wav",
        "kết quả.wav",
        "lời chào mừng của bí thư.wav",
        "dẫn chứng.wav",
        "thông báo số 5 của xã.wav",
        "lời chào.wav",
    ],
)
def test_a_name_that_says_no_turn_is_left_for_the_producer(file: str) -> None:
    pairing = pair(Takes(), INTERVIEW, {file: "d"})
    assert pairing.unpaired == (file,)
    assert pairing.takes.takes == ()


def test_a_file_is_remembered_by_the_words_of_the_turn_it_was_named_for() -> None:
    (take,) = pair(Takes(), INTERVIEW, {"02.wav": "d"}).takes.takes
    assert (take.words, take.speaker, take.files) == (TREES, HOA, (TakePart("02.wav", "d"),))


def test_a_number_counts_only_when_the_file_is_first_seen() -> None:
    takes = pair(Takes(), INTERVIEW, {"02.wav": "d"}).takes
    longer = script((LAN, "Xin chào bà."), (HOA, "Chào chị."), (LAN, ASK), (HOA, TREES))
    pairing = pair(takes, longer, {"02.wav": "d"})
    assert names(pairing, longer[3]) == ["02.wav"]
    assert names(pairing, longer[1]) == []


def test_case_punctuation_and_tone_placement_are_no_change() -> None:
    takes = pair(Takes(), script((HOA, "Hoà bình, thưa chị!")), {"1.wav": "d"}).takes
    again = script((HOA, "hòa bình thưa chị"))
    (take,) = pair(takes, again, {"1.wav": "d"}).takes.of_turn(again[0].id)
    assert not is_stale(take, again[0])


def test_changed_words_make_the_take_stale_and_changing_them_back_makes_it_fresh() -> None:
    files = {"1.wav": "d"}
    before, after = script((HOA, TREES), (HOA, SCHOOL)), script((HOA, TREES_2), (HOA, SCHOOL))
    first = pair(Takes(), before, files)
    second = pair(first.takes, after, files)
    (take,) = second.takes.of_turn(after[0].id)
    assert is_stale(take, after[0])
    assert take.words == TREES
    third = pair(second.takes, before, files)
    (take,) = third.takes.of_turn(before[0].id)
    assert not is_stale(take, before[0])


def test_a_deleted_turns_take_never_moves_to_a_similar_turn_that_was_there_before() -> None:
    files = {"1.wav": "d"}
    takes = pair(Takes(), script((HOA, TREES), (HOA, TREES_2)), files).takes
    after = script((HOA, TREES_2))
    pairing = pair(takes, after, files)
    assert [take.words for take in pairing.orphans] == [TREES]
    assert pairing.takes.of_turn(after[0].id) == ()


def test_an_orphan_comes_back_with_its_words() -> None:
    files = {"1.wav": "d"}
    takes = pair(Takes(), script((HOA, TREES), (LAN, THANKS)), files).takes
    takes = pair(takes, script((LAN, THANKS)), files).takes
    takes = pair(takes, script((LAN, THANKS), (LAN, ASK)), files).takes
    back = script((LAN, THANKS), (LAN, ASK), (HOA, TREES))
    assert names(pair(takes, back, files), back[2]) == ["1.wav"]


def test_another_speakers_turn_is_never_taken_for_the_changed_one() -> None:
    takes = pair(Takes(), script((HOA, TREES), (LAN, THANKS)), {"1.wav": "d"}).takes
    after = script((LAN, TREES_2), (HOA, SCHOOL), (LAN, THANKS))
    pairing = pair(takes, after, {"1.wav": "d"})
    assert len(pairing.orphans) == 1


def test_a_speaker_whose_name_was_mended_keeps_the_takes() -> None:
    takes = pair(Takes(), script((HOA, TREES), (LAN, THANKS)), {"1.wav": "d"}).takes
    after = script(("Bà Nguyễn Thị Hoa, Chủ tịch phường", TREES), (LAN, THANKS))
    takes = pair(takes, after, {"1.wav": "d"}).takes
    changed = script(("Bà Nguyễn Thị Hoa, Chủ tịch phường", TREES_2), (LAN, THANKS))
    pairing = pair(takes, changed, {"1.wav": "d"})
    assert names(pairing, changed[0]) == ["1.wav"]


def test_all_takes_of_a_changed_turn_go_with_it() -> None:
    files = {"1.wav": "d", "1 retake.wav": "e"}
    takes = pair(Takes(), script((HOA, TREES)), files).takes
    after = script((HOA, TREES_2))
    assert names(pair(takes, after, files), after[0]) == ["1.wav", "1 retake.wav"]


def test_equal_turns_keep_their_own_takes() -> None:
    files = {"1.wav": "d", "3.wav": "e"}
    twice = script((HOA, "Vâng."), (LAN, ASK), (HOA, "Vâng."))
    takes = pair(Takes(), twice, files).takes
    once = script((LAN, ASK), (HOA, "Vâng."))
    pairing = pair(takes, once, files)
    assert names(pairing, once[1]) == ["1.wav"]
    assert [take.files[0].file for take in pairing.orphans] == ["3.wav"]
    back = pair(pairing.takes, twice, files)
    assert [names(back, turn) for turn in twice] == [["1.wav"], [], ["3.wav"]]


def test_a_renamed_file_is_followed_by_its_sound() -> None:
    takes = pair(Takes(), INTERVIEW, {"02.wav": "d", "03.wav": "e"}).takes
    pairing = pair(takes, INTERVIEW, {"03.wav": "d", "lan cảm ơn.wav": "e"})
    assert [names(pairing, turn) for turn in INTERVIEW[2:4]] == [["03.wav"], ["lan cảm ơn.wav"]]
    assert (pairing.missing, pairing.replaced, pairing.unpaired) == (frozenset(), (), ())


def test_a_file_that_is_gone_is_missing_but_remembered() -> None:
    takes = pair(Takes(), INTERVIEW, {"02.wav": "d"}).takes
    pairing = pair(takes, INTERVIEW, {})
    assert pairing.missing == {TakePart("02.wav", "d")}
    assert pairing.takes == takes


def test_a_file_recorded_over_stays_with_its_words_and_is_reported() -> None:
    takes = pair(Takes(), INTERVIEW, {"02.wav": "d"}).takes
    pairing = pair(takes, INTERVIEW, {"02.wav": "new"})
    assert pairing.replaced == ("02.wav",)
    assert pairing.takes.takes[0].files == (TakePart("02.wav", "new"),)
    assert pair(pairing.takes, INTERVIEW, {"02.wav": "new"}).replaced == ()


def test_a_file_overwritten_with_another_takes_sound_is_not_taken_for_it() -> None:
    takes = pair(Takes(), INTERVIEW, {"02.wav": "d", "03.wav": "e"}).takes
    pairing = pair(takes, INTERVIEW, {"02.wav": "e", "03.wav": "e"})
    assert pairing.missing == {TakePart("02.wav", "d")}


def test_an_entry_by_hand_finds_its_turn_and_digest() -> None:
    by_hand = Takes((KnownTake((TakePart("a.wav"),), HOA, TREES),))
    (take,) = pair(by_hand, INTERVIEW, {"a.wav": "d"}).takes.takes
    assert (take.turn, take.files) == (INTERVIEW[2].id, (TakePart("a.wav", "d"),))


# ── which take is used ─────────────────────────────────────────────────────────────────────────


def used(takes: Takes, turn: Turn) -> str | None:
    take = used_take(takes.of_turn(turn.id), turn)
    return take and take.files[0].file


def test_the_newest_take_is_used_and_another_can_be_chosen() -> None:
    turns = script((HOA, TREES))
    takes = pair(Takes(), turns, {"1.wav": "d", "1 retake.wav": "e"}).takes
    assert used(takes, turns[0]) == "1 retake.wav"
    takes = with_choice(takes, turns[0], 1)
    assert used(takes, turns[0]) == "1.wav"
    takes = with_take(takes, new_take(turns[0], [TakePart("better.m4a", "f")]))
    assert used(takes, turns[0]) == "better.m4a"


def test_a_turn_goes_back_to_the_synthetic_voice_and_the_file_stays() -> None:
    turns = script((HOA, TREES))
    takes = pair(Takes(), turns, {"1.wav": "d"}).takes
    back = without_choice(takes, turns[0])
    assert used(back, turns[0]) is None
    assert back.files() == {"1.wav"}
    assert used(pair(back, turns, {"1.wav": "d"}).takes, turns[0]) is None
    assert used(with_choice(back, turns[0], 1), turns[0]) == "1.wav"


def test_a_take_with_the_turns_own_words_goes_before_a_newer_one_with_others() -> None:
    before, after = script((HOA, TREES)), script((HOA, TREES_2))
    takes = pair(Takes(), before, {"1.wav": "d"}).takes
    takes = with_take(
        pair(takes, after, {"1.wav": "d"}).takes, new_take(after[0], [TakePart("2.wav", "e")])
    )
    assert used(takes, after[0]) == "2.wav"
    takes = pair(takes, before, {"1.wav": "d", "2.wav": "e"}).takes
    assert len(takes.of_turn(before[0].id)) == 2
    assert used(takes, before[0]) == "1.wav"


@pytest.mark.parametrize("number", [0, 2, -1])
def test_a_take_that_is_not_there_cannot_be_chosen(number: int) -> None:
    turns = script((HOA, TREES))
    takes = pair(Takes(), turns, {"1.wav": "d"}).takes
    with pytest.raises(UsageError, match=f"take {number}"):
        with_choice(takes, turns[0], number)


def test_confirmed_words_are_the_words_heard_and_the_recorded_ones_are_kept() -> None:
    before, after = script((HOA, TREES)), script((HOA, TREES_2))
    takes = pair(Takes(), before, {"1.wav": "d"}).takes
    takes = with_confirmed_words(pair(takes, after, {"1.wav": "d"}).takes, after[0])
    (take,) = takes.takes
    assert (take.words, take.heard) == (TREES, TREES_2)
    assert not is_stale(take, after[0])
    again = pair(takes, before, {"1.wav": "d"}).takes
    assert is_stale(again.takes[0], before[0])
    assert with_confirmed_words(again, before[0]).takes[0].confirmed is None


def test_without_a_recording_there_is_nothing_to_confirm() -> None:
    with pytest.raises(UsageError, match="nothing to confirm"):
        with_confirmed_words(Takes(), INTERVIEW[1])


LONG = "Chúng tôi sẽ đặt thùng rác ở từng ngõ và trả lương cho người gom."
WHY = "Vì sao đến nay mới làm, thưa bà?"
CHAIR = "Chủ tịch phường"


def spoken(*parts: str) -> str:
    return "\n".join(parts)


def with_old_split(*said: tuple[str, str]) -> tuple[Takes, dict[str, str]]:
    """Takes of every turn, as they were paired when the script was split like this."""
    files = {f"{n}.wav": f"sound {n}" for n in range(1, len(said) + 1)}
    return pair(Takes(), script(*said), files).takes, files


def test_a_take_whose_words_are_several_turns_now_is_with_none_of_them() -> None:
    takes, files = with_old_split((LAN, ASK), (HOA, spoken(TREES, WHY, LONG)))
    now = script((LAN, ASK), (HOA, TREES), (LAN, WHY), (HOA, LONG))
    pairing = pair(takes, now, files)
    assert [names(pairing, turn) for turn in now] == [["1.wav"], [], [], []]
    assert [take.words for take in pairing.orphans] == [spoken(TREES, WHY, LONG)]
    once = script((LAN, ASK), (HOA, spoken(TREES, WHY, LONG)))
    assert names(pair(pairing.takes, once, files), once[1]) == ["2.wav"]


def test_a_take_of_an_answer_with_the_next_question_in_it_is_not_used_for_the_answer() -> None:
    takes, files = with_old_split((HOA, spoken(TREES, WHY)), (HOA, LONG))
    now = script((HOA, TREES), (LAN, WHY), (HOA, LONG))
    assert [names(pair(takes, now, files), turn) for turn in now] == [[], [], ["2.wav"]]


def test_a_take_with_a_line_that_is_in_no_turn_now_is_stale() -> None:
    takes, files = with_old_split((HOA, spoken(TREES, "Hàng dừa bên bờ biển chiều hôm qua")))
    now = script((HOA, TREES))
    (take,) = pair(takes, now, files).takes.of_turn(now[0].id)
    assert is_stale(take, now[0])


def test_takes_that_make_one_turn_together_are_each_with_none() -> None:
    takes, files = with_old_split((HOA, TREES), (LAN, LONG), (HOA, SCHOOL))
    now = script((HOA, spoken(TREES, LONG)), (HOA, SCHOOL))
    pairing = pair(takes, now, files)
    assert [names(pairing, turn) for turn in now] == [[], ["3.wav"]]
    assert [take.words for take in pairing.orphans] == [TREES, LONG]


def test_words_that_are_another_speakers_now_keep_their_take_and_whose_it_was() -> None:
    takes, files = with_old_split((LAN, ASK), (LAN, TREES), (LAN, THANKS))
    now = script((LAN, ASK), (HOA, TREES), (LAN, THANKS))
    (take,) = pair(takes, now, files).takes.of_turn(now[1].id)
    assert (take.files[0].file, take.speaker) == ("2.wav", LAN)


def test_a_word_or_two_that_another_speaker_says_now_are_not_the_same_turn() -> None:
    takes, files = with_old_split((LAN, ASK), (LAN, "Vâng, đúng thế."), (HOA, TREES))
    now = script((LAN, ASK), (HOA, "Vâng, đúng thế."), (HOA, TREES))
    assert names(pair(takes, now, files), now[1]) == []


def test_words_that_another_speaker_said_before_too_keep_their_own_take() -> None:
    takes, files = with_old_split((LAN, TREES), (HOA, TREES))
    now = script((HOA, TREES))
    assert names(pair(takes, now, files), now[0]) == ["2.wav"]


def test_a_stale_take_goes_along_with_the_one_that_has_the_words() -> None:
    far = "Tôi đã nói rồi, phường chưa làm được gì nhiều."
    takes, files = with_old_split((HOA, TREES), (LAN, THANKS))
    turn = script((HOA, TREES))[0]
    takes = with_take(takes, KnownTake((TakePart("far.wav", "far"),), HOA, far, turn.id))
    now = script((CHAIR, TREES), (LAN, THANKS))
    pairing = pair(takes, now, {**files, "far.wav": "far"})
    assert names(pairing, now[0]) == ["1.wav", "far.wav"]
    used = used_take(pairing.takes.of_turn(now[0].id), now[0])
    assert used is not None
    assert used.files[0].file == "1.wav"
