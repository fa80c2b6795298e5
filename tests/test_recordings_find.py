"""Every recording is judged against its turn before it is heard, and every doubt names both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from msgspec.structs import replace as changed

from broadcast.cache import Cache, file_digest
from broadcast.model import Paragraph, Turn
from broadcast.recordings.choose import with_choice, with_confirmed_words, with_take
from broadcast.recordings.find import FoundTakes, found_in
from broadcast.recordings.pair import new_take, pair
from broadcast.recordings.standing import StalePolicy, decided, takes_standing
from broadcast.recordings.takes_file import KnownTake, TakePart, Takes, write_takes
from takes_by_hand import WORDS, speech, turn

HOA = "Bà Nguyễn Thị Hoa"
TURNS = [turn([words], n, HOA) for n, words in enumerate(WORDS, 1)]
SECOND, THIRD = TURNS[1], TURNS[2]
EXPECTED_MS = {one.id: 300 * len(one.text.split()) for one in TURNS}
Samples = np.ndarray[Any, np.dtype[np.float32]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "recordings"
    made.mkdir()
    return made


def say(file: Path, words: str, level_db: float = 0) -> Path:
    samples, rate_hz = soundfile.read(speech(words, file.parent.parent), dtype="float32")
    silence = np.zeros(rate_hz // 2, np.float32)
    soundfile.write(
        file, np.concatenate([silence, samples * 10 ** (level_db / 20), silence]), rate_hz
    )
    return file


def find(
    folder: Path,
    turns: Sequence[Turn] = TURNS,
    stale: StalePolicy = "use",
    takes: Takes | None = None,
    **expected_ms: int,
) -> FoundTakes:
    cache = Cache(folder.parent / "cache", 1 << 24)
    standing = takes_standing(folder, turns, cache)
    if takes is not None:
        standing = decided(standing, takes)
    return found_in(standing, expected_ms={**EXPECTED_MS, **expected_ms}, stale=stale, cache=cache)


def told(found: FoundTakes) -> list[str]:
    return [f"{problem.level}: {problem.placed}" for problem in found.problems]


def take_of(one: Turn, *parts: TakePart, forced: bool = False) -> Takes:
    return with_take(Takes(), changed(new_take(one, parts), forced=forced))


def part(file: Path, in_ms: int | None = None, out_ms: int | None = None) -> TakePart:
    return TakePart(file.name, file_digest(file), in_ms, out_ms)


def reworded(one: Turn, words: str) -> Turn:
    return replace(one, paragraphs=(Paragraph(1, words),), id="reworded")


def test_a_file_named_for_a_turn_is_its_recording_from_first_to_last_word(folder: Path) -> None:
    file = say(folder / "03.wav", WORDS[2])
    found = find(folder)
    (stretch,) = found.recordings[THIRD.id].stretches
    length_ms = soundfile.info(file).duration * 1000
    assert (stretch.file, stretch.digest) == (file, file_digest(file))
    assert 250 <= stretch.start_ms <= 500
    assert length_ms - 500 <= stretch.end_ms <= length_ms - 200
    assert told(found) == []
    assert found.standing.is_news
    assert list(found.recordings) == [THIRD.id]


def test_finding_writes_nothing_and_what_is_remembered_is_no_news(folder: Path) -> None:
    say(folder / "03.wav", WORDS[2])
    found = find(folder)
    assert [file.name for file in folder.iterdir()] == ["03.wav"]
    write_takes(folder, found.standing.takes)
    assert not find(folder).standing.is_news


def test_four_seconds_for_an_answer_of_five_minutes_are_refused(folder: Path) -> None:
    say(folder / "03.wav", WORDS[2])
    found = find(folder, **{THIRD.id: 300_000})
    (message,) = told(found)
    assert message.startswith("error: turn 3: 03.wav is 5 s long; these words take about 5:00 min")
    assert "--force" in (str(found.problems[0].hint or ""))


def test_what_the_producer_forces_is_only_doubted(folder: Path) -> None:
    takes = take_of(THIRD, part(say(folder / "03.wav", WORDS[2])), forced=True)
    found = find(folder, takes=takes, **{THIRD.id: 300_000})
    (message,) = told(found)
    assert message.startswith("warning: turn 3: 03.wav is 5 s long")
    assert THIRD.id in found.recordings


@pytest.mark.parametrize(
    ("expected_ms", "level"), [(5_000, None), (10_000, "warning"), (60_000, "error")]
)
def test_the_more_a_length_is_wrong_the_more_it_is_doubted(
    folder: Path, expected_ms: int, level: str | None
) -> None:
    say(folder / "03.wav", WORDS[2])
    found = find(folder, **{THIRD.id: expected_ms})
    assert [problem.level for problem in found.problems] == ([level] if level else [])


def test_a_short_answer_may_take_its_time(folder: Path) -> None:
    say(folder / "02.wav", WORDS[2])
    assert told(find(folder, **{SECOND.id: 1_000})) == []


def test_silence_is_an_error(folder: Path) -> None:
    soundfile.write(folder / "03.wav", np.zeros(48_000), 48_000)
    found = find(folder)
    assert told(found) == ["error: turn 3: 03.wav: There is only silence in this file."]
    assert not found.recordings


def test_noise_without_speech_is_an_error_unless_forced(folder: Path) -> None:
    noise = np.random.default_rng(0).normal(0, 0.02, 5 * 48_000)
    file = folder / "03.wav"
    soundfile.write(file, noise, 48_000)
    assert told(find(folder)) == ["error: turn 3: no speech is heard in 03.wav"]
    found = find(folder, takes=take_of(THIRD, part(file), forced=True))
    (stretch,) = found.recordings[THIRD.id].stretches
    assert (stretch.start_ms, stretch.end_ms) == (0, 5_000)


def test_a_very_quiet_recording_is_used_and_doubted(folder: Path) -> None:
    say(folder / "03.wav", WORDS[2], level_db=-36)
    (message,) = told(find(folder))
    assert message.startswith("warning: turn 3: 03.wav is very quiet (-")


def test_clipping_is_told_with_its_places(folder: Path) -> None:
    file = say(folder / "03.wav", WORDS[2])
    samples, rate_hz = soundfile.read(file)
    for second in (1, 2, 3):
        samples[second * rate_hz : second * rate_hz + 20] = 1.0
    soundfile.write(file, samples, rate_hz)
    expected = "warning: turn 3: 03.wav is clipped in 3 places: it was recorded too loud"
    assert told(find(folder)) == [expected]


def test_clipping_in_one_place_is_told_as_one(folder: Path) -> None:
    file = say(folder / "03.wav", WORDS[2])
    samples, rate_hz = soundfile.read(file)
    samples[rate_hz : rate_hz + 20] = 1.0
    soundfile.write(file, samples, rate_hz)
    expected = "warning: turn 3: 03.wav is clipped in 1 place: it was recorded too loud"
    assert told(find(folder)) == [expected]


@pytest.mark.parametrize(
    ("left", "right", "doubt"),
    [
        (1, 0, "has a silent right channel; the left one is used"),
        (0, 1, "has a silent left channel; the right one is used"),
        (1, -1, "has two channels that cancel each other; one of them is used"),
    ],
)
def test_a_channel_that_is_not_used_is_told(
    folder: Path, left: int, right: int, doubt: str
) -> None:
    file = say(folder / "03.wav", WORDS[2])
    samples, rate_hz = soundfile.read(file)
    soundfile.write(file, np.stack([samples * left, samples * right], axis=1), rate_hz)
    assert told(find(folder)) == [f"warning: turn 3: 03.wav {doubt}"]


def test_a_recording_that_was_cut_off_is_used_and_told_as_damaged(folder: Path) -> None:
    file = say(folder / "03.wav", WORDS[2])
    file.write_bytes(file.read_bytes()[:-1_000])
    (message,) = told(find(folder))
    assert message == "warning: turn 3: 03.wav is damaged: it breaks off before its end"


def test_the_same_stretch_heard_in_two_turns_is_doubted(folder: Path) -> None:
    file = say(folder / "03.wav", WORDS[2])
    (folder / "04.wav").write_bytes(file.read_bytes())
    found = find(folder)
    assert told(found) == ["warning: turn 4: 04.wav is the sound that turn 3 has too"]
    assert set(found.recordings) == {THIRD.id, TURNS[3].id}


def test_one_file_serves_two_turns_by_its_points(folder: Path) -> None:
    file = say(folder / "long.wav", " ".join(WORDS[2:]))
    end_ms = round(soundfile.info(file).duration * 1000)
    takes = take_of(THIRD, part(file, 0, end_ms // 2))
    takes = with_take(takes, new_take(TURNS[3], [part(file, end_ms // 2, None)]))
    found = find(folder, takes=takes)
    assert told(found) == []
    (first,) = found.recordings[THIRD.id].stretches
    (second,) = found.recordings[TURNS[3].id].stretches
    assert (first.start_ms, first.end_ms) == (0, end_ms // 2)
    assert second.start_ms == end_ms // 2
    assert second.end_ms <= end_ms - 200


@pytest.mark.parametrize(
    ("in_ms", "out_ms"), [(60_000, None), (60_000, 65_000), (0, 90_000), (None, 90_000)]
)
def test_points_outside_the_file_are_an_error(
    folder: Path, in_ms: int | None, out_ms: int | None
) -> None:
    file = say(folder / "03.wav", WORDS[2])
    found = find(folder, takes=take_of(THIRD, part(file, in_ms, out_ms)))
    (message,) = told(found)
    assert message.startswith("error: turn 3: 03.wav is 5.3 s long")
    assert message.endswith(": it has no such stretch")
    assert not found.recordings


def test_an_in_point_after_the_last_word_plays_what_is_there(folder: Path) -> None:
    file = say(folder / "02.wav", WORDS[1])
    end_ms = round(soundfile.info(file).duration * 1000)
    found = find(folder, takes=take_of(SECOND, part(file, end_ms - 100)))
    (stretch,) = found.recordings[SECOND.id].stretches
    assert (stretch.start_ms, stretch.end_ms) == (end_ms - 100, end_ms)


def test_an_out_point_before_the_first_word_plays_what_is_there(folder: Path) -> None:
    file = say(folder / "02.wav", WORDS[1])
    found = find(folder, takes=take_of(SECOND, part(file, None, 100)))
    (stretch,) = found.recordings[SECOND.id].stretches
    assert (stretch.start_ms, stretch.end_ms) == (0, 100)


def test_several_files_make_one_take(folder: Path) -> None:
    files = [say(folder / "03 a.wav", WORDS[2]), say(folder / "03 b.wav", WORDS[3])]
    found = find(folder, takes=take_of(THIRD, *map(part, files)), **{THIRD.id: 10_000})
    recording = found.recordings[THIRD.id]
    assert [stretch.file for stretch in recording.stretches] == files
    assert (recording.number, recording.count) == (1, 1)
    assert told(found) == []


def test_the_newest_take_is_used_and_another_can_be_chosen(folder: Path) -> None:
    say(folder / "03.wav", WORDS[2])
    say(folder / "03 retake.wav", WORDS[2], level_db=-6)
    newest = find(folder)
    assert newest.recordings[THIRD.id].stretches[0].file.name == "03 retake.wav"
    assert (newest.recordings[THIRD.id].number, newest.recordings[THIRD.id].count) == (2, 2)
    chosen = find(folder, takes=with_choice(newest.standing.takes, THIRD, 1))
    assert chosen.recordings[THIRD.id].stretches[0].file.name == "03.wav"


CHANGED = WORDS[2].replace("tháng trước", "tuần trước")


def test_a_stale_take_is_used_with_a_warning_and_says_its_own_words(folder: Path) -> None:
    say(folder / "03.wav", WORDS[2])
    after = [*TURNS[:2], reworded(THIRD, CHANGED), TURNS[3]]
    found = find(folder, after, takes=find(folder).standing.takes, reworded=5_000)
    recording = found.recordings["reworded"]
    assert (recording.words, recording.stale) == (WORDS[2], True)
    assert told(found) == ["warning: turn 3: 03.wav was recorded for other words: it is used"]


def test_a_stale_take_is_not_used_where_the_station_says_so(folder: Path) -> None:
    say(folder / "03.wav", WORDS[2])
    after = [*TURNS[:2], reworded(THIRD, CHANGED), TURNS[3]]
    found = find(folder, after, "synthetic", find(folder).standing.takes, reworded=5_000)
    assert not found.recordings
    assert told(found) == ["warning: turn 3: 03.wav says other words: not used"]
    assert found.standing.takes.of_turn("reworded")


def test_a_take_that_is_not_used_hides_no_later_one(folder: Path) -> None:
    for n in (1, 3, 4):
        say(folder / f"{n:02}.wav", WORDS[n - 1])
    takes = find(folder).standing.takes
    after = [*TURNS[:2], reworded(THIRD, CHANGED), TURNS[3]]
    found = find(folder, after, "synthetic", takes, reworded=5_000)
    assert list(found.recordings) == [TURNS[0].id, TURNS[3].id]
    (folder / "03.wav").unlink()
    assert list(find(folder, takes=takes).recordings) == [TURNS[0].id, TURNS[3].id]


def test_a_take_is_judged_by_the_words_it_says_not_by_those_written_since(folder: Path) -> None:
    say(folder / "03.wav", WORDS[2])
    longer = reworded(THIRD, WORDS[2] + " Cảm ơn bà con, và xin chúc mọi người mạnh khỏe." * 2)
    after = [*TURNS[:2], longer, TURNS[3]]
    found = find(folder, after, takes=find(folder).standing.takes, reworded=14_000)
    assert told(found) == ["warning: turn 3: 03.wav was recorded for other words: it is used"]


def test_a_missing_file_is_named_and_the_synthetic_voice_speaks(folder: Path) -> None:
    say(folder / "03.wav", WORDS[2])
    takes = find(folder).standing.takes
    (folder / "03.wav").unlink()
    found = find(folder, takes=takes)
    assert told(found) == ["warning: turn 3: 03.wav is gone; the synthetic voice speaks"]
    assert not found.recordings
    assert found.standing.takes == takes


def test_an_earlier_take_is_not_heard_in_place_of_a_missing_one(folder: Path) -> None:
    say(folder / "03.wav", WORDS[2])
    say(folder / "03 retake.wav", WORDS[2], level_db=-6)
    takes = find(folder).standing.takes
    (folder / "03 retake.wav").unlink()
    found = find(folder, takes=takes)
    assert told(found) == ["warning: turn 3: 03 retake.wav is gone; the synthetic voice speaks"]


def test_a_file_of_next_to_nothing_is_an_error_that_says_so(folder: Path) -> None:
    soundfile.write(folder / "03.wav", np.sin(np.arange(400)), 48_000)
    (message,) = told(find(folder))
    assert message.startswith("error: turn 3: 03.wav: It is 0.01 s long, too short")


def test_a_file_recorded_over_is_used_and_told(folder: Path) -> None:
    takes_before = pair(Takes(), TURNS, {"03.wav": "another sound"}).takes
    say(folder / "03.wav", WORDS[2])
    found = find(folder, takes=takes_before)
    (message,) = told(found)
    assert message.startswith("warning: 03.wav holds another sound than when it was paired")
    assert THIRD.id in found.recordings


def test_a_file_whose_name_says_nothing_is_reported(folder: Path) -> None:
    say(folder / "Bản ghi mới.wav", WORDS[2])
    found = find(folder)
    (message,) = told(found)
    assert message.startswith("warning: Bản ghi mới.wav belongs to no turn")
    assert not found.recordings


def test_a_file_that_is_no_audio_is_an_error_that_names_it(folder: Path) -> None:
    (folder / "03.wav").write_text("không phải âm thanh", encoding="utf-8")
    found = find(folder)
    assert told(found) == ["error: turn 3: 03.wav: This is not an audio file that can be read."]


def test_a_take_put_aside_is_not_judged(folder: Path) -> None:
    (folder / "03.wav").write_text("không phải âm thanh", encoding="utf-8")
    take = KnownTake((part(folder / "03.wav"),), HOA, WORDS[2], THIRD.id, use=False)
    assert told(find(folder, takes=Takes((take,)))) == []


def test_without_a_folder_there_is_nothing_to_find(tmp_path: Path) -> None:
    found = find(tmp_path / "recordings")
    assert (dict(found.recordings), found.problems) == ({}, ())
    assert not (tmp_path / "recordings").exists()


def test_what_is_doubtful_about_a_take_is_not_told_once_that_very_sound_is_confirmed(
    folder: Path,
) -> None:
    file = say(folder / "03.wav", WORDS[2], level_db=-30)
    assert any("very quiet" in one for one in told(find(folder)))
    takes = with_confirmed_words(find(folder).standing.takes, THIRD)
    write_takes(folder, takes)
    assert told(find(folder)) == []
    assert THIRD.id in find(folder).recordings
    assert any("very quiet" in one for one in told(find(folder, takes=stretched(takes))))
    say(file, WORDS[2] + " " + WORDS[2], level_db=-30)  # another sound under the same name
    assert any("very quiet" in one for one in told(find(folder)))


def stretched(takes: Takes) -> Takes:
    """The same takes, cut otherwise."""
    (take,) = takes.takes
    (file,) = take.files
    return changed(takes, takes=(changed(take, files=(changed(file, in_ms=100),)),))


def test_a_retake_has_doubts_of_its_own_and_an_error_is_told_whatever_was_confirmed(
    folder: Path,
) -> None:
    say(folder / "03.wav", WORDS[2], level_db=-30)
    write_takes(folder, with_confirmed_words(find(folder).standing.takes, THIRD))
    say(folder / "03 b.wav", WORDS[2], level_db=-32)
    assert [one for one in told(find(folder)) if "03 b.wav is very quiet" in one]
    (folder / "03 b.wav").unlink()
    takes = find(folder).standing.takes
    confirmed = with_confirmed_words(with_choice(takes, THIRD, 1), THIRD)
    errors = told(find(folder, takes=confirmed, **{THIRD.id: 900_000}))
    assert [one.partition(":")[0] for one in errors] == ["error"]
