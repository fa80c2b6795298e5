"""The recordings of a script are found, judged, chosen and used as the producer would."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
import soundfile

from broadcast.cache import Cache
from broadcast.model import RATE_HZ, Problem, Turn
from broadcast.recordings import (
    Found,
    KnownTake,
    Part,
    Takes,
    doubts_before_swap,
    found_recordings,
    read_takes,
    swapped,
    with_choice,
    with_confirmed_words,
    with_take,
    without_choice,
    write_takes,
)
from interview_turns import ASK, HOA, LAN, SCHOOL, THANKS, TREES, TREES_2, script
from spoken_rooms import spoken

TURNS = script((LAN, ASK), (HOA, TREES), (LAN, THANKS))


def voice(words: str, *, before_s: float = 0.5, after_s: float = 0.5) -> np.ndarray:
    before, after = (np.zeros(int(seconds * RATE_HZ)) for seconds in (before_s, after_s))
    return np.concatenate([before, spoken(words), after])


def expected(turns: Sequence[Turn]) -> dict[str, int]:
    return {turn.id: round(len(spoken(turn.text)) / 48) for turn in turns}


Find = Callable[..., Found]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "recordings"
    folder.mkdir()
    return folder


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache", 10**8)


@pytest.fixture
def find(folder: Path, cache: Cache) -> Find:
    def found(
        turns: Sequence[Turn] = TURNS, policy: str = "use", takes: Takes | None = None
    ) -> Found:
        return found_recordings(
            folder,
            turns,
            expected_ms=expected(turns),
            stale_policy="synthetic" if policy == "synthetic" else "use",
            cache=cache,
            takes=takes,
        )

    return found


def record(folder: Path, name: str, samples: np.ndarray, rate_hz: int = RATE_HZ) -> Path:
    soundfile.write(folder / name, samples, rate_hz, "PCM_16")
    return folder / name


def said(problems: Sequence[Problem]) -> str:
    return "\n".join(f"{problem.level}: {problem.message}" for problem in problems)


def test_nothing_is_found_where_there_is_no_folder(tmp_path: Path, cache: Cache) -> None:
    found = found_recordings(
        tmp_path / "none", TURNS, expected_ms=expected(TURNS), stale_policy="use", cache=cache
    )
    assert (dict(found.recordings), found.problems, found.takes.takes) == ({}, (), ())
    assert [row.length_ms for row in found.rows] == list(expected(TURNS).values())


def test_a_file_named_by_its_turn_is_heard_there_without_its_silence(
    folder: Path, find: Find
) -> None:
    file = record(folder, "02.wav", voice(TREES, before_s=1, after_s=2))
    found = find()
    recording = found.recordings[TURNS[1].id]
    (stretch,) = recording.stretches
    assert (stretch.file, recording.words, recording.stale) == (file, TREES, False)
    assert stretch.digest == hashlib.sha256(file.read_bytes()).hexdigest()
    assert 850 <= stretch.start_ms <= 1_000
    assert -100 <= stretch.end_ms - 1_000 - len(spoken(TREES)) / 48 <= 150
    assert found.problems == ()
    assert found.rows[1].recording is recording
    assert found.rows[1].length_ms == stretch.end_ms - stretch.start_ms


def test_finding_writes_nothing(folder: Path, find: Find) -> None:
    record(folder, "02.wav", voice(TREES))
    find()
    assert [file.name for file in folder.iterdir()] == ["02.wav"]


def test_the_newest_take_is_heard_and_counted(folder: Path, find: Find) -> None:
    record(folder, "02.wav", voice(TREES))
    record(folder, "02 retake.wav", voice(TREES, before_s=0.7))
    found = find()
    recording = found.recordings[TURNS[1].id]
    assert (recording.stretches[0].file.name, recording.number, recording.count) == (
        "02 retake.wav",
        2,
        2,
    )
    again = find(takes=with_choice(found.takes, TURNS[1], 1))
    recording = again.recordings[TURNS[1].id]
    assert (recording.stretches[0].file.name, recording.number) == ("02.wav", 1)


def test_going_back_to_the_synthetic_voice_keeps_the_file(folder: Path, find: Find) -> None:
    record(folder, "02.wav", voice(TREES))
    found = find(takes=without_choice(find().takes, TURNS[1]))
    assert found.recordings == {}
    assert len(found.rows[1].takes) == 1
    assert found.problems == ()


def test_in_and_out_points_are_kept_and_several_files_are_one_take(
    folder: Path, find: Find
) -> None:
    record(folder, "a.wav", voice(TREES))
    record(folder, "b.wav", voice(TREES))
    half_ms = len(spoken(TREES)) // 96
    parts = [Part("a.wav", "", 200, 500 + half_ms), Part("b.wav", "", 500 + half_ms)]
    found = find(takes=with_take(Takes(), TURNS[1], parts))
    first, second = found.recordings[TURNS[1].id].stretches
    assert (first.start_ms, first.end_ms, second.start_ms) == (200, 500 + half_ms, 500 + half_ms)
    assert second.file.name == "b.wav"
    assert found.problems == ()


@pytest.mark.parametrize(
    ("in_ms", "out_ms", "kept"),
    [(100, None, 100), (None, 99_000, None), (None, 150, 0)],
)
def test_one_point_alone_will_do(
    folder: Path, find: Find, in_ms: int | None, out_ms: int | None, kept: int | None
) -> None:
    file = record(folder, "a.wav", voice(TREES))
    take = KnownTake((Part(file.name, "", in_ms, out_ms),), HOA, TREES, forced=True)
    (stretch,) = find(takes=Takes((take,))).recordings[TURNS[1].id].stretches
    assert kept is None or stretch.start_ms == kept
    assert stretch.end_ms <= soundfile.info(file).duration * 1000


def test_points_outside_the_file_are_an_error(folder: Path, find: Find) -> None:
    record(folder, "a.wav", voice(THANKS))
    found = find(takes=with_take(Takes(), TURNS[2], [Part("a.wav", "", 60_000)]))
    assert found.recordings == {}
    assert "error: turn 3: a.wav cannot be used" in said(found.problems)


# ── stale takes ────────────────────────────────────────────────────────────────────────────────


def test_a_stale_take_is_heard_with_its_own_words_until_it_is_confirmed(
    folder: Path, find: Find
) -> None:
    record(folder, "02.wav", voice(TREES))
    changed = script((LAN, ASK), (HOA, TREES_2), (LAN, THANKS))
    found = find(changed, takes=find().takes)
    recording = found.recordings[changed[1].id]
    assert (recording.words, recording.stale, found.rows[1].stale) == (TREES, True, True)
    assert "warning: turn 2: the words have changed since 02.wav" in said(found.problems)
    found = find(changed, takes=with_confirmed_words(found.takes, changed[1]))
    recording = found.recordings[changed[1].id]
    assert (recording.words, recording.stale, found.problems) == (TREES_2, False, ())


def test_a_stale_take_is_not_heard_where_the_station_says_so(folder: Path, find: Find) -> None:
    record(folder, "02.wav", voice(TREES))
    changed = script((LAN, ASK), (HOA, TREES_2), (LAN, THANKS))
    found = find(changed, "synthetic", takes=find().takes)
    assert found.recordings == {}
    assert found.rows[1].stale
    assert "it is not used" in said(found.problems)


def test_words_that_differ_in_punctuation_alone_are_the_turns_own(folder: Path, find: Find) -> None:
    record(folder, "02.wav", voice(TREES))
    changed = script((LAN, ASK), (HOA, TREES.replace(",", " –").upper()), (LAN, THANKS))
    recording = find(changed, takes=find().takes).recordings[changed[1].id]
    assert (recording.words, recording.stale) == (changed[1].text, False)


def test_the_take_of_a_deleted_turn_is_an_orphan(folder: Path, find: Find) -> None:
    record(folder, "02.wav", voice(TREES))
    found = find(script((LAN, ASK), (LAN, THANKS)), takes=find().takes)
    assert found.recordings == {}
    assert [take.words for take in found.orphans] == [TREES]


# ── doubts ─────────────────────────────────────────────────────────────────────────────────────


def test_a_few_seconds_for_a_long_answer_are_refused_unless_forced(
    folder: Path, cache: Cache
) -> None:
    record(folder, "02.wav", voice(THANKS))

    def found(takes: Takes | None = None) -> Found:
        lengths = {**expected(TURNS), TURNS[1].id: 300_000}
        return found_recordings(
            folder, TURNS, expected_ms=lengths, stale_policy="use", cache=cache, takes=takes
        )

    refused = found()
    assert refused.recordings == {}
    assert "error: turn 2: 02.wav lasts" in said(refused.problems)
    assert "about 5:00 min" in said(refused.problems)
    forced = found(with_take(Takes(), TURNS[1], [Part("02.wav")], forced=True))
    assert TURNS[1].id in forced.recordings
    assert said(forced.problems).startswith("warning: turn 2: 02.wav lasts")
    write_takes(folder, forced.takes)
    assert found().recordings == forced.recordings


def test_a_length_a_little_off_is_doubted_and_used(folder: Path, find: Find) -> None:
    record(folder, "02.wav", np.tile(voice(TREES), 3))
    found = find()
    assert TURNS[1].id in found.recordings
    assert "warning: turn 2: 02.wav lasts" in said(found.problems)


def test_a_recording_in_which_nobody_speaks_is_an_error(folder: Path, find: Find) -> None:
    noise = 0.01 * np.random.default_rng(1).standard_normal(len(spoken(TREES)))
    record(folder, "02.wav", noise)
    found = find()
    assert found.recordings == {}
    assert said(found.problems) == "error: turn 2: nobody is heard speaking in 02.wav"


def test_empty_and_unreadable_files_are_errors_that_name_the_turn(folder: Path, find: Find) -> None:
    (folder / "01.wav").write_bytes(b"")
    (folder / "02.mp3").write_bytes(b"this is no sound" * 100)
    found = find()
    assert found.recordings == {}
    assert "error: turn 1: 01.wav cannot be used: the file is empty" in said(found.problems)
    assert "error: turn 2: 02.mp3 cannot be used: this is not an audio file" in said(found.problems)


def test_clipping_is_counted_and_named(folder: Path, find: Find) -> None:
    loud = 0.5 * voice(TREES)
    burst = np.sign(np.sin(2 * np.pi * 200 * np.arange(480) / RATE_HZ))
    for place in range(14):
        start = RATE_HZ + place * RATE_HZ // 5
        loud[start : start + 480] = burst
    record(folder, "02.wav", loud)
    assert "warning: turn 2: 02.wav is clipped in 14 places" in said(find().problems)


def test_levels_channels_rate_and_noise_are_doubted(folder: Path, find: Find) -> None:
    sound = voice(TREES)
    record(folder, "02.wav", 0.01 * sound)
    assert "02.wav is very quiet" in said(find().problems)
    record(folder, "02.wav", np.stack([0.5 * sound, -0.5 * sound], axis=1))
    assert "the channels of 02.wav cancel each other" in said(find().problems)
    record(folder, "02.wav", np.stack([0.5 * sound, 0 * sound], axis=1))
    assert "one channel of 02.wav is dead" in said(find().problems)
    record(folder, "02.wav", 0.5 * sound[::6], 8_000)
    assert "the sound of a telephone (8 kHz)" in said(find().problems)
    noise = np.random.default_rng(1).standard_normal(len(sound))
    record(folder, "02.wav", 0.3 * sound + 0.02 * noise)
    assert "above the noise around it" in said(find().problems)


def test_the_same_stretch_in_two_turns_is_doubted_and_two_stretches_are_not(
    folder: Path, find: Find
) -> None:
    sound = np.concatenate([voice(ASK), voice(TREES)])
    record(folder, "all.wav", sound)
    border_ms = len(voice(ASK)) // 48

    def found(second: Part) -> Found:
        takes = with_take(Takes(), TURNS[0], [Part("all.wav", "", 0, border_ms)])
        return find(takes=with_take(takes, TURNS[1], [second]))

    apart = found(Part("all.wav", "", border_ms))
    assert (len(apart.recordings), apart.problems) == (2, ())
    overlapping = found(Part("all.wav", "", border_ms - 2_000))
    assert len(overlapping.recordings) == 2
    assert "warning: turn 2: all.wav is heard in turn 1 as well" in said(overlapping.problems)


def test_files_that_say_no_turn_and_files_that_are_gone_are_named(folder: Path, find: Find) -> None:
    record(folder, "New Recording 4.wav", voice(ASK))
    record(folder, "03.wav", voice(THANKS))
    takes = find().takes
    (folder / "03.wav").unlink()
    found = find(takes=takes)
    assert found.unpaired == ("New Recording 4.wav",)
    assert "New Recording 4.wav is not used" in said(found.problems)
    assert "warning: turn 3: 03.wav is missing" in said(found.problems)
    assert found.recordings == {}


def test_where_the_newest_take_is_missing_the_one_before_is_heard(folder: Path, find: Find) -> None:
    record(folder, "03.wav", voice(THANKS))
    record(folder, "03 retake.wav", voice(THANKS, before_s=0.8))
    takes = find().takes
    (folder / "03 retake.wav").unlink()
    recording = find(takes=takes).recordings[TURNS[2].id]
    assert recording.stretches[0].file.name == "03.wav"


# ── swapping in ────────────────────────────────────────────────────────────────────────────────


def test_files_from_outside_are_judged_before_they_are_copied(
    tmp_path: Path, folder: Path, cache: Cache, find: Find
) -> None:
    good = record(tmp_path, "Bà Hoa.wav", voice(TREES))
    empty = tmp_path / "empty.wav"
    empty.write_bytes(b"")
    length = expected(TURNS)[TURNS[1].id]
    assert doubts_before_swap(TURNS[1], [good], expected_ms=length, cache=cache) == ()
    problems = doubts_before_swap(TURNS[1], [good, empty], expected_ms=length, cache=cache)
    assert said(problems).startswith("error: turn 2: empty.wav cannot be used")
    assert list(folder.iterdir()) == []

    takes = swapped(find().takes, TURNS[1], [good], folder, in_ms=100)
    assert takes.takes[0].files[0].in_ms == 100
    assert [file.name for file in folder.iterdir()] == ["02 Bà Hoa.wav"]
    assert find(takes=takes).recordings[TURNS[1].id].stretches[0].start_ms == 100
    assert good.is_file()


def test_the_same_files_swapped_in_again_are_one_take(tmp_path: Path, folder: Path) -> None:
    good = record(tmp_path, "a.wav", voice(TREES))
    takes = swapped(Takes(), TURNS[1], [good], folder)
    again = swapped(takes, TURNS[1], [good], folder, forced=True)
    assert len(again.takes) == 1
    assert again.takes[0].forced


def test_a_decision_is_remembered(folder: Path, find: Find) -> None:
    record(folder, "02.wav", voice(TREES))
    write_takes(folder, without_choice(find().takes, TURNS[1]))
    found = find()
    assert found.recordings == {}
    assert found.takes == found.known == read_takes(folder)
    entry = json.loads((folder / "takes.json").read_text("utf-8"))["takes"][0]
    assert (entry["use"], "forced" in entry) == (False, False)


def test_a_turn_that_is_new_in_the_script_has_nothing(folder: Path, find: Find) -> None:
    record(folder, "02.wav", voice(TREES))
    longer = script((LAN, ASK), (HOA, SCHOOL), (HOA, TREES))
    assert set(find(longer, takes=find().takes).recordings) == {longer[2].id}
