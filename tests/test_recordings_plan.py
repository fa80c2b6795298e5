"""A folder of files is laid over a script's turns: names decide, else order and length."""

from __future__ import annotations

from pathlib import Path

from broadcast.model import Paragraph, Turn, TurnKind
from broadcast.recordings.plan_folder import plan_folder
from takes_by_hand import turn

EXPECTED_S = (4, 60, 5, 120, 6, 30)
TURNS = [turn([f"Câu số {n}."], n) for n in range(1, len(EXPECTED_S) + 1)]
EXPECTED_MS = {one.id: s * 1000 for one, s in zip(TURNS, EXPECTED_S, strict=True)}


def plan(**seconds: float) -> dict[str, int | None]:
    """Plan files of these lengths, in this order: name → the turn's number."""
    return {file: turn for file, (turn, _) in plan_with_doubts(**seconds).items()}


def plan_with_doubts(**seconds: float) -> dict[str, tuple[int | None, str]]:
    lengths_ms = {Path(f"{name}.wav"): round(s * 1000) for name, s in seconds.items()}
    planned = plan_folder(list(lengths_ms), TURNS, lengths_ms, EXPECTED_MS)
    assert [one.file for one in planned] == list(lengths_ms)
    return {
        one.file.stem: (one.turn.n if one.turn else None, "; ".join(map(str, one.doubts)))
        for one in planned
    }


def test_names_decide_whatever_the_lengths() -> None:
    assert plan(**{"04": 5, "02": 7, "1 retake": 80}) == {"04": 4, "02": 2, "1 retake": 1}


def test_a_length_that_speaks_against_a_name_is_doubted() -> None:
    planned = plan_with_doubts(**{"02": 7, "04": 110})
    assert planned["02"] == (2, "7 s long, and these words take about 60 s")
    assert planned["04"] == (4, "")


def test_of_two_files_named_for_a_turn_the_earlier_says_so_and_what_else_is_doubtful() -> None:
    planned = plan_with_doubts(**{"02": 60, "02 b": 7, "04": 20, "04 b": 120})
    assert planned["02"] == (2, "02 b.wav is a later take")
    assert planned["02 b"] == (2, "7 s long, and these words take about 60 s")
    later = "04 b.wav is a later take; 20 s long, and these words take about 2:00 min"
    assert planned["04"] == (4, later)
    assert planned["04 b"] == (4, "")


def test_one_file_for_each_turn_is_taken_in_order() -> None:
    planned = plan_with_doubts(a=4, b=50, c=6, d=140, e=5, f=25)
    assert [turn for turn, _ in planned.values()] == [1, 2, 3, 4, 5, 6]
    assert {doubt for _, doubt in planned.values()} == {"by order and length"}


def test_turns_that_were_not_recorded_are_left_out() -> None:
    assert plan(a=55, b=130, c=28) == {"a": 2, "b": 4, "c": 6}


def test_a_file_that_fits_no_turn_is_left_over() -> None:
    planned = plan_with_doubts(a=4, b=60, greeting=900, c=5, d=120, e=6, f=30)
    assert planned.pop("greeting") == (None, "fits no turn that is left; it is not used")
    assert [turn for turn, _ in planned.values()] == [1, 2, 3, 4, 5, 6]


def test_named_files_leave_their_turns_to_no_other() -> None:
    assert plan(**{"02": 60, "x": 125, "y": 31}) == {"02": 2, "x": 4, "y": 6}


def test_retakes_named_for_one_turn_both_go_there() -> None:
    assert plan(**{"02": 60, "02 retake": 55}) == {"02": 2, "02 retake": 2}


def test_more_files_than_turns_keep_their_order() -> None:
    twice = [length for s in EXPECTED_S[:4] for length in (s, s)] + list(EXPECTED_S[4:])
    planned = plan(**dict(zip("abcdefghij", twice, strict=True)))
    assert [turn for turn in planned.values() if turn is not None] == [1, 2, 3, 4, 5, 6]
    assert (planned["i"], planned["j"]) == (5, 6)


def test_no_files_and_no_turns_make_no_plan() -> None:
    assert plan() == {}
    (left,) = plan_folder([Path("a.wav")], [], {Path("a.wav"): 1_000}, {})
    assert left.turn is None


def test_speakers_who_are_slow_throughout_are_still_laid_in_order() -> None:
    slow = {letter: s * 1.5 for letter, s in zip("abcdef", EXPECTED_S, strict=True)}
    assert list(plan(**slow).values()) == [1, 2, 3, 4, 5, 6]


NAMED: tuple[TurnKind, ...] = ("lead", "byline")
PARTS = [
    Turn(kind, "Lan", "presenter", (Paragraph(1, "Mời nghe."),), id=f"the {kind}") for kind in NAMED
]


def with_parts(**seconds: float) -> dict[str, tuple[str, str]]:
    """Plan files for the interview, its lead and its byline: name → part, and the doubts."""
    lengths_ms = {Path(f"{name}.wav"): round(s * 1000) for name, s in seconds.items()}
    expected_ms = {**EXPECTED_MS, **{one.id: 5_000 for one in PARTS}}
    planned = plan_folder(list(lengths_ms), [PARTS[0], *TURNS, PARTS[1]], lengths_ms, expected_ms)
    return {
        one.file.stem: (
            str(one.turn.n or one.turn.kind) if one.turn else "",
            "; ".join(map(str, one.doubts)),
        )
        for one in planned
    }


def test_lead_and_byline_are_for_files_of_that_name_and_no_others() -> None:
    planned = with_parts(**{"lời dẫn": 5, "a": 4, "b": 62, "ký tên": 5})
    by_order = "by order and length"
    assert planned == {
        "lời dẫn": ("lead", ""),
        "a": ("1", by_order),
        "b": ("2", by_order),
        "ký tên": ("byline", ""),
    }


def test_a_part_that_the_programme_has_not_is_laid_over_no_turn() -> None:
    told = "its name says closing, and there is none; it is not used"
    assert with_parts(**{"lời kết": 30})["lời kết"] == ("", told)


def test_a_number_that_speaks_against_name_or_order_is_a_doubt() -> None:
    planned = with_parts(**{"01 lời dẫn": 5, "Bản ghi 5": 61, "07": 122, "lượt 6": 31})
    assert planned == {
        "01 lời dẫn": ("lead", "its name has the number 1"),
        "Bản ghi 5": ("2", "by order and length; its name has the number 5"),
        "07": ("4", "by order and length; its name has the number 7"),
        "lượt 6": ("6", ""),
    }


def test_numbers_that_count_files_and_not_turns_are_doubts() -> None:
    planned = plan_with_doubts(**{"01": 60, "02": 118, "03": 31})
    assert [turn for turn, _ in planned.values()] == [1, 2, 3]
    for (_, doubt), fits in zip(planned.values(), (2, 4, 6), strict=True):
        assert doubt.endswith(f"by order and length it is turn {fits}")
