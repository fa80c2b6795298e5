"""Files whose names say nothing are laid over the turns by order and length."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcast.recordings.plan_folder import plan_folder
from interview_turns import HOA, LAN, script

TURNS = script(
    (LAN, "Câu hỏi thứ nhất?"),
    (HOA, "Trả lời thứ nhất."),
    (LAN, "Câu hỏi thứ hai?"),
    (HOA, "Trả lời thứ hai."),
    (LAN, "Câu hỏi thứ ba?"),
    (HOA, "Trả lời thứ ba."),
    (LAN, "Xin cảm ơn bà."),
)
EXPECTED_S = (6, 40, 9, 12, 5, 25, 2)


def planned(**lengths_s: float) -> list[int | None]:
    files = {Path(f"{name}.wav"): round(1000 * seconds) for name, seconds in lengths_s.items()}
    expected_ms = {turn.id: s * 1000 for turn, s in zip(TURNS, EXPECTED_S, strict=True)}
    plan = plan_folder(list(files), TURNS, files, expected_ms)
    return [entry.turn.n if entry.turn else None for entry in plan]


@pytest.mark.parametrize("pace", [0.7, 1.0, 1.5])
def test_one_speakers_recordings_are_for_that_speakers_turns(pace: float) -> None:
    assert planned(a=40 * pace, b=12 * pace, c=25 * pace) == [2, 4, 6]
    assert planned(a=6 * pace, b=9 * pace, c=5 * pace, d=2 * pace) == [1, 3, 5, 7]


def test_one_speakers_recordings_go_to_no_other_whose_turn_is_as_long() -> None:
    assert planned(a=40, b=5, c=25) == planned(a=40, b=9, c=25) == [2, 4, 6]
    assert planned(a=6, b=12, c=5, d=2) == [1, 3, 5, 7]


@pytest.mark.parametrize("pace", [0.7, 1.0, 1.5])
def test_everything_that_was_recorded_is_in_order(pace: float) -> None:
    lengths = {f"file{n}": seconds * pace for n, seconds in enumerate(EXPECTED_S)}
    assert planned(**lengths) == [1, 2, 3, 4, 5, 6, 7]


def test_files_may_be_left_over_and_turns_left_out() -> None:
    assert planned(a=39, b=0.8, c=12, d=26) == [2, None, 4, 6]
    assert planned(a=41, b=25) == [2, 6]
    assert planned(a=600) == [None]


def test_names_go_before_order() -> None:
    assert planned(**{"04": 12, "x": 38, "y": 24}) == [4, 2, 6]
