"""A script in, a finished programme out: read back by programs that did not write it."""

from __future__ import annotations

import itertools
import json
import math
from pathlib import Path

import av
import av.filter
import mutagen.id3
import mutagen.mp3
import numpy as np
import pytest
import soundfile
import webvtt

from conftest import REAL_INTERVIEW, StationFolder, new_station

NAME = "bien-sach-van-hai"


def decoded(file: Path) -> np.ndarray:
    """Decode with PyAV into (samples, channels) float."""
    with av.open(str(file)) as container:
        frames = [frame.to_ndarray() for frame in container.decode(audio=0)]
    return np.concatenate(frames, axis=1).T.astype(np.float64)


def ebur128(file: Path) -> tuple[float, float]:
    """Measure integrated loudness (mono as on two loudspeakers) and true peak with libavfilter."""
    with av.open(str(file)) as container:
        stream = container.streams.audio[0]
        graph = av.filter.Graph()
        source = graph.add_abuffer(template=stream)
        meter = graph.add("ebur128", "metadata=1:peak=true:dualmono=true")
        sink = graph.add("abuffersink")
        source.link_to(meter)
        meter.link_to(sink)
        graph.configure()
        integrated, peak = -math.inf, -math.inf
        for frame in container.decode(stream):
            graph.push(frame)
            while True:
                try:
                    measured = graph.pull()
                except (av.error.BlockingIOError, av.error.EOFError):
                    break
                integrated = float(measured.metadata["lavfi.r128.I"])
                peak = max(
                    peak,
                    *(float(v) for k, v in measured.metadata.items() if "true_peaks_ch" in k),
                )
    return integrated, 20 * math.log10(peak)


@pytest.fixture(scope="session")
def draft(built_station: StationFolder) -> Path:
    return built_station.root / "episodes" / NAME


def test_it_is_a_48_khz_mono_mp3_of_the_length_that_was_told(
    built_station: StationFolder, draft: Path
) -> None:
    samples = decoded(draft / f"{NAME}.mp3")
    told_ms = built_station.episode(NAME)["duration_ms"]
    tags = mutagen.mp3.MP3(draft / f"{NAME}.mp3")
    assert samples.shape[1] == 1
    assert (tags.info.sample_rate, tags.info.bitrate) == (48_000, 96_000)
    assert samples.shape[0] % 1152 == 0
    assert samples.shape[0] / 48 == pytest.approx(told_ms, abs=1)
    assert tags.info.length * 1000 == pytest.approx(told_ms, abs=30)
    assert soundfile.info(draft / f"{NAME}.mp3").duration * 1000 == pytest.approx(told_ms, abs=30)


def test_it_is_as_loud_as_a_podcast_should_be(built_station: StationFolder, draft: Path) -> None:
    integrated, peak = ebur128(draft / f"{NAME}.mp3")
    told = built_station.episode(NAME)["loudness"]["podcast"]
    assert integrated == pytest.approx(-16, abs=0.5)
    assert peak <= -1
    assert told["integrated_lufs"] == pytest.approx(integrated, abs=0.2)
    assert told["true_peak_dbtp"] == pytest.approx(peak, abs=0.3)


def test_turns_are_heard_one_after_another_and_silence_is_between(
    built_station: StationFolder, draft: Path
) -> None:
    turns = built_station.episode(NAME)["turns"]
    samples = decoded(draft / f"{NAME}.mp3")[:, 0]
    kinds = [turn["kind"] for turn in turns]
    assert kinds == ["opening", "notice", "lead", *["turn"] * 7, "byline", "closing"]
    for turn, following in itertools.pairwise(turns):
        spoken = samples[turn["start_ms"] * 48 : turn["end_ms"] * 48]
        pause = samples[(turn["end_ms"] + 30) * 48 : (following["start_ms"] - 10) * 48]
        assert np.sqrt(np.mean(spoken**2)) > 10 ** (-26 / 20), turn["text"]
        assert np.max(np.abs(pause)) < 10 ** (-60 / 20), turn["text"]


def test_no_digit_or_sign_reaches_the_voice(built_station: StationFolder) -> None:
    for turn in built_station.episode(NAME)["turns"]:
        assert not any(character.isdigit() or character in "%/" for character in turn["spoken"])


def test_captions_say_every_word_at_its_time_with_its_speaker(
    built_station: StationFolder, draft: Path
) -> None:
    turns = built_station.episode(NAME)["turns"]
    captions = webvtt.read(str(draft / f"{NAME}.vtt")).captions
    for turn in turns:
        inside = [
            caption
            for caption in captions
            if turn["start_ms"] - 1 <= caption.start_in_seconds * 1000 + _ms(caption.start)
            and caption.end_in_seconds * 1000 + _ms(caption.end) <= turn["end_ms"] + 1
        ]
        said = " ".join(caption.text for caption in inside).split()
        assert said == turn["text"].split()
        assert {caption.voice for caption in inside} == {turn["speaker"]}


def _ms(stamp: str) -> int:
    return int(stamp.rpartition(".")[2])


def test_tags_tell_what_players_show(built_station: StationFolder, draft: Path) -> None:
    tags = mutagen.id3.ID3(draft / f"{NAME}.mp3")
    episode = built_station.episode(NAME)
    assert tags.version == (2, 4, 0)
    assert tags["TIT2"].text == [episode["title"]]
    assert tags["TALB"].text == ["Tiếng nói Vân Hải"]
    assert tags["TPE1"].text == ["Đài Truyền thanh Vân Hải"]
    assert tags["TCON"].genres == ["Podcast"]
    assert tags["TLAN"].text == ["vie"]
    assert str(tags["TDRC"].text[0]) == episode["date"]
    assert len(tags.getall("APIC")) == 1
    transcript = tags.getall("USLT")[0].text
    assert all(
        paragraph in transcript
        for turn in episode["turns"]
        for paragraph in [turn["text"].split("\n")[0].split(". ")[0]]
    )


def test_chapters_are_the_lead_and_each_question_in_time_order(
    built_station: StationFolder, draft: Path
) -> None:
    tags = mutagen.id3.ID3(draft / f"{NAME}.mp3")
    (contents,) = tags.getall("CTOC")
    chapters = [tags[f"CHAP:{child}"] for child in contents.child_element_ids]
    questions = [
        turn["start_ms"]
        for turn in built_station.episode(NAME)["turns"]
        if turn["kind"] == "turn" and turn["role"] == "reporter" and "?" in turn["text"]
    ]
    assert [chapter.start_time for chapter in chapters] == [0, *questions]
    assert [chapter.end_time for chapter in chapters[:-1]] == questions
    assert chapters[-1].end_time == built_station.episode(NAME)["duration_ms"]


def test_building_again_says_at_once_that_nothing_changed(
    copy_of_built_station: StationFolder,
) -> None:
    folder = copy_of_built_station.root / "episodes" / NAME
    before = {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}
    told = copy_of_built_station.run("build", "scripts/bien-sach-van-hai.txt")
    assert "up to date" in told.stdout
    assert "speaking" not in told.stderr
    assert before == {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


def test_the_same_inputs_give_the_same_bytes(copy_of_built_station: StationFolder) -> None:
    folder = copy_of_built_station.root / "episodes" / NAME
    before = {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}
    (folder / f"{NAME}.mp3").unlink()
    copy_of_built_station.run("build", NAME)
    assert before == {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


def test_after_one_edited_sentence_only_that_sentence_is_spoken(
    copy_of_built_station: StationFolder,
) -> None:
    script = copy_of_built_station.root / "scripts" / f"{NAME}.txt"
    text = script.read_text("utf-8")
    assert text.count("dài 6 km") == 1
    script.write_text(text.replace("dài 6 km", "dài 7 km"), encoding="utf-8", newline="\n")
    told = copy_of_built_station.run("build", f"scripts/{NAME}.txt", "--explain")
    assert "speaking: 1 of 1" in told.stderr
    assert "why: 2: words changed" in told.stdout
    assert told.stdout.count("why: ") == 1


def test_another_voice_is_explained(copy_of_built_station: StationFolder) -> None:
    settings = copy_of_built_station.root / "station.toml"
    text = settings.read_text("utf-8")
    own = '[[people]]\nname = "Phóng viên"\nrole = "reporter"\nvoices = { espeak = "vi+m5" }\n'
    settings.write_text(text + own, encoding="utf-8", newline="\n")
    told = copy_of_built_station.run("build", NAME, "--explain").stdout
    assert [line.split(": ")[1:] for line in told.splitlines() if "why: " in line] == [
        [n, "another voice"] for n in "1357"
    ]


def test_engines_and_presenter_reporter_and_official_sound_different(
    built_station: StationFolder,
) -> None:
    voices = {turn["role"]: turn["take"]["voice"] for turn in built_station.episode(NAME)["turns"]}
    assert len(set(voices.values())) == 3


def test_the_real_interview_is_built_offline(tmp_path: Path) -> None:
    if not REAL_INTERVIEW.exists():
        pytest.skip("the real interview is kept beside the repository, and is not here")
    station = new_station(tmp_path / "station")
    script = station.root / "scripts" / "phan-thiet-2024.txt"
    script.write_bytes(REAL_INTERVIEW.read_bytes())
    checked = json.loads(station.run("check", script, "--json").stdout)
    assert [turn["role"] for turn in checked["turns"]] == [
        *["reporter", "official"] * 3,
        "reporter",
    ]
    assert checked["byline"] == "Hồng Tú thực hiện."
    text = REAL_INTERVIEW.read_text("utf-8-sig").splitlines()
    (counter,) = (line for line, words in enumerate(text, 1) if "Thống kê truy cập" in words)
    furniture = {line for line, words in enumerate(text, 1) if line >= counter and words.strip()}
    assert len(furniture) == 7
    assert {dropped["line"] for dropped in checked["dropped"]} == furniture
    assert all(dropped["text"] in text[dropped["line"] - 1] for dropped in checked["dropped"])
    assert checked["title"] == text[0].strip()
    assert checked["lead"] == text[2].strip()
    words = " ".join(" ".join(turn["text"].split()) for turn in checked["turns"])
    for written in text[6:42]:
        line = " ".join(written.split())
        said = line.split(":", 1)[1] if line.startswith(("Phóng viên:", "Bí thư")) else line
        assert said.strip(" -•") in words
    station.run("build", script, "--offline")
    episode = station.episode("phan-thiet-2024")
    assert episode["duration_ms"] == pytest.approx(checked["estimated_ms"], rel=0.1)
    assert not any(character.isdigit() for turn in episode["turns"] for character in turn["spoken"])
    integrated, peak = ebur128(
        station.root / "episodes" / "phan-thiet-2024" / "phan-thiet-2024.mp3"
    )
    assert integrated == pytest.approx(-16, abs=0.5)
    assert peak <= -1
