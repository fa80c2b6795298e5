"""A folder of files is paired with turns by name, and else by order and length."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile

from broadcast.cache import Cache
from broadcast.errors import BroadcastError
from broadcast.model import RATE_HZ
from broadcast.recordings import FolderPlan, Takes, accepted, plan_folder
from broadcast.recordings.folder import digest_of
from interview_turns import HOA, LAN, script
from spoken_rooms import spoken

TURNS = script(
    (LAN, "Câu hỏi thứ nhất?"),
    (HOA, "Trả lời thứ nhất."),
    (LAN, "Câu hỏi thứ hai?"),
    (HOA, "Trả lời thứ hai."),
    (LAN, "Câu hỏi thứ ba?"),
    (HOA, "Trả lời thứ ba."),
    (LAN, "Xin cảm ơn bà."),
    lead="Mời quý vị nghe.",
)
LENGTHS = {None: 15_000, 1: 6_000, 2: 40_000, 3: 9_000, 4: 12_000, 5: 5_000, 6: 25_000, 7: 2_000}
EXPECTED = {turn.id: LENGTHS[turn.n] for turn in TURNS}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    source = tmp_path / "from the phone"
    source.mkdir()
    return source


@pytest.fixture
def put(source: Path) -> Callable[[str, float], None]:
    syllable = spoken("Vâng.")[: RATE_HZ // 4]

    def putting(name: str, seconds: float) -> None:
        sound = np.resize(syllable, int(seconds * RATE_HZ))
        soundfile.write(source / name, sound[::3], RATE_HZ // 3, "PCM_16")

    return putting


@pytest.fixture
def plan(tmp_path: Path, source: Path) -> Callable[..., FolderPlan]:
    cache = Cache(tmp_path / "cache", 10**8)

    def planned(takes: Takes | None = None) -> FolderPlan:
        return plan_folder(source, TURNS, takes or Takes(), expected_ms=EXPECTED, cache=cache)

    return planned


Put = Callable[[str, float], None]
Plan = Callable[..., FolderPlan]


def places(plan: FolderPlan) -> dict[str, int | None]:
    return {entry.file.name: entry.turn.n for entry in plan.placed}


def test_names_decide_and_retakes_are_takes_of_one_turn(put: Put, plan: Plan) -> None:
    for name, seconds in [("lead.wav", 15), ("02.wav", 40), ("02 retake.wav", 42), ("7.wav", 2)]:
        put(name, seconds)
    planned = plan()
    assert places(planned) == {"lead.wav": None, "02.wav": 2, "02 retake.wav": 2, "7.wav": 7}
    assert {entry.by for entry in planned.placed} == {"name"}
    assert [turn.n for turn in planned.without] == [1, 3, 4, 5, 6]
    assert not any(entry.doubts for entry in planned.placed)


def test_the_answers_alone_are_given_to_the_one_who_answers(put: Put, plan: Plan) -> None:
    for name, seconds in [("New 9.wav", 44), ("New 10.wav", 13), ("New 11.wav", 27)]:
        put(name, seconds)
    planned = plan()
    assert places(planned) == {"New 9.wav": 2, "New 10.wav": 4, "New 11.wav": 6}
    assert {entry.by for entry in planned.placed} == {"order"}


def test_every_turn_in_order_at_a_slow_pace(put: Put, plan: Plan) -> None:
    for place, turn in enumerate(TURNS):
        put(f"{place + 20}.m.wav", EXPECTED[turn.id] * 1.5 / 1000)
    assert list(places(plan()).values()) == [turn.n for turn in TURNS]


def test_a_file_too_many_is_left_over(put: Put, plan: Plan) -> None:
    for name, seconds in [("a.wav", 39), ("b.wav", 0.8), ("c.wav", 12), ("d.wav", 26)]:
        put(name, seconds)
    planned = plan()
    assert places(planned) == {"a.wav": 2, "c.wav": 4, "d.wav": 6}
    assert [file.name for file in planned.left_over] == ["b.wav"]


def test_one_answer_that_was_never_recorded_is_left_out(put: Put, plan: Plan) -> None:
    put("a.wav", 41)
    put("b.wav", 25)
    planned = plan()
    assert places(planned) == {"a.wav": 2, "b.wav": 6}
    assert 4 in [turn.n for turn in planned.without]


def test_names_and_order_go_together(put: Put, plan: Plan) -> None:
    put("04.wav", 12)
    put("x.wav", 38)
    put("y.wav", 24)
    planned = plan()
    assert places(planned) == {"x.wav": 2, "04.wav": 4, "y.wav": 6}
    assert [entry.by for entry in planned.placed] == ["order", "name", "order"]


def test_a_length_that_fits_two_turns_is_doubted(put: Put, plan: Plan) -> None:
    put("a.wav", 5.5)
    (placed,) = plan().placed
    assert placed.turn.speaker == LAN
    assert any("could be turn" in doubt.message for doubt in placed.doubts)


def test_a_named_file_of_a_wrong_length_is_refused_unless_forced(
    tmp_path: Path, put: Put, plan: Plan
) -> None:
    put("02.wav", 4)
    put("04.wav", 12)
    planned = plan()
    assert [entry.refused for entry in planned.placed] == [True, False]
    takes = accepted(planned, Takes(), tmp_path / "in")
    assert [take.files[0].file for take in takes.takes] == ["04.wav"]
    takes = accepted(planned, Takes(), tmp_path / "in", forced=True)
    assert len(takes.takes) == 2


def test_nothing_is_copied_before_it_is_accepted_and_then_nothing_is_changed(
    tmp_path: Path, source: Path, put: Put, plan: Plan
) -> None:
    put("a.wav", 39)
    put("b.wav", 12)
    put("c.wav", 24)
    before = {file.name: digest_of(file) for file in source.iterdir()}
    planned = plan()
    assert not (tmp_path / "in").exists()
    takes = accepted(planned, Takes(), tmp_path / "in")
    assert sorted(file.name for file in (tmp_path / "in").iterdir()) == [
        "02 a.wav",
        "04 b.wav",
        "06 c.wav",
    ]
    assert {file.name: digest_of(file) for file in source.iterdir()} == before
    again = plan(takes)
    assert again.placed == ()
    assert len(again.known) == 3


def test_what_nobody_speaks_in_is_left_out_and_named(source: Path, put: Put, plan: Plan) -> None:
    put("a.wav", 40)
    soundfile.write(source / "pocket.wav", np.zeros(RATE_HZ), RATE_HZ)
    (source / "b.mp3").write_bytes(b"")
    planned = plan()
    assert [entry.file.name for entry in planned.placed] == ["a.wav"]
    assert [problem.message.split()[0] for problem in planned.problems] == ["b.mp3", "pocket.wav"]


def test_a_folder_without_recordings_is_an_error(plan: Plan) -> None:
    with pytest.raises(BroadcastError, match="no audio files"):
        plan()
