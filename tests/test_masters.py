"""Air masters, music and running time through the command line."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import mutagen.mp3
import numpy as np
import pytest
import soundfile

from conftest import StationFolder
from meters import decoded, ebur128

NAME = "bien-sach-van-hai"


def draft(station: StationFolder) -> Path:
    return station.root / "episodes" / NAME


def set_in_station(station: StationFolder, section: str, settings: str) -> None:
    file = station.root / "station.toml"
    text = file.read_text("utf-8")
    head = next(line for line in text.splitlines() if line.startswith(f"[{section}]"))
    changed = text.replace(head, f"{head}\n{settings}")
    file.write_text(changed, encoding="utf-8", newline="\n")


def tune(station: StationFolder, name: str, seconds: float) -> None:
    time = np.arange(int(seconds * 48_000)) / 48_000
    chord = sum(np.cos(2 * np.pi * hz * time) for hz in (220, 277, 330)) / 5
    (station.root / "music").mkdir(exist_ok=True)
    soundfile.write(station.root / "music" / name, chord, 48_000)


def test_air_masters_are_made_on_request_and_removed_when_no_more_wanted(
    copy_of_built_station: StationFolder,
) -> None:
    station = copy_of_built_station
    told = station.run("build", NAME, "--format", "wav", "--format", "flac").stdout
    episode = station.episode(NAME)
    assert re.search(r"air: loudness -(?:23\.[01]|22\.9) LUFS", told)
    assert episode["files"]["air"] == f"{NAME}.wav"
    for ending in ("wav", "flac"):
        file = draft(station) / f"{NAME}.{ending}"
        assert soundfile.info(file).channels == 2
        assert soundfile.info(file).frames / 48 == pytest.approx(episode["duration_ms"], abs=1)
        assert ebur128(file)[0] == pytest.approx(-23, abs=0.2)
    assert episode["loudness"]["air"]["passes"]
    podcast = draft(station) / f"{NAME}.mp3"
    assert _level_db(podcast) - _level_db(file) == pytest.approx(7, abs=0.3)
    station.run("build", NAME, "--format", "mp3")
    assert not (draft(station) / f"{NAME}.wav").exists()
    assert (draft(station) / f"{NAME}.mp3").exists()


def test_an_mp3_for_air_is_a_copy_at_the_level_of_air(
    copy_of_built_station: StationFolder,
) -> None:
    station = copy_of_built_station
    set_in_station(station, "sound", 'formats = ["air-mp3"]\nair_mp3_kbps = 128')
    station.run("build", NAME)
    episode = station.episode(NAME)
    file = draft(station) / episode["files"]["air_mp3"]
    loudness_lufs, peak_dbtp = ebur128(file)
    assert file.name == f"{NAME}-air.mp3"
    assert loudness_lufs == pytest.approx(-23, abs=0.2)
    assert peak_dbtp <= -1
    tags = mutagen.mp3.MP3(file)
    assert (tags.info.channels, tags.info.bitrate) == (2, 128_000)
    assert tags.info.length * 1000 == pytest.approx(episode["duration_ms"], abs=1)
    assert tags["TIT2"].text == [episode["title"]]
    assert episode["loudness"]["air_mp3"]["passes"]


def test_air_may_be_louder_than_the_podcast(copy_of_built_station: StationFolder) -> None:
    station = copy_of_built_station
    set_in_station(station, "sound", 'formats = ["wav"]\nair_lufs = -14')
    station.run("build", NAME)
    for ending, target_lufs in (("wav", -14), ("mp3", -16)):
        loudness_lufs, peak_dbtp = ebur128(draft(station) / f"{NAME}.{ending}")
        assert loudness_lufs == pytest.approx(target_lufs, abs=0.2)
        assert peak_dbtp <= -1


def test_the_report_says_what_a_meter_reads_and_what_each_turn_has(
    copy_of_built_station: StationFolder,
) -> None:
    episode = copy_of_built_station.episode(NAME)
    report = (draft(copy_of_built_station) / episode["files"]["report"]).read_text("utf-8")
    head, _, turns = report.partition("Từng lượt")  # in the language of the show
    assert f"{NAME}.mp3: đạt" in head
    loudness_lufs, peak_dbtp = ebur128(draft(copy_of_built_station) / f"{NAME}.mp3")
    figures = re.findall(r"(-?[\d,]+) (?:LUFS|dBTP), đạt", head)
    read = [float(value.replace(",", ".")) for value in figures]
    assert read == pytest.approx([loudness_lufs, peak_dbtp], abs=0.2)
    assert len(turns.splitlines()) == 1 + len(episode["turns"])
    assert all(abs(turn["lufs"] - -16) < 0.7 for turn in episode["turns"])


def _level_db(file: Path) -> float:
    samples = decoded(file)[:, 0]
    return float(10 * np.log10((samples**2).mean()))


def test_an_unknown_format_is_refused(station: StationFolder) -> None:
    told = station.run("build", NAME, "--format", "ogg", status=2)
    assert "Known: mp3, wav, flac" in told.stderr


def test_pauses_fit_the_running_time(copy_of_built_station: StationFolder) -> None:
    station = copy_of_built_station
    natural_ms = station.episode(NAME)["duration_ms"]
    wanted_s = round(natural_ms / 1000) + 4
    station.run("build", NAME, "--running-time", f"{wanted_s // 60}:{wanted_s % 60:02}")
    assert station.episode(NAME)["duration_ms"] == pytest.approx(wanted_s * 1000, abs=20)
    told = station.run("build", NAME, "--running-time", "1:00").stderr
    assert "over its running time" in told
    assert "words too many" in told
    assert station.episode(NAME)["duration_ms"] > 60_000
    told = station.run("build", NAME, "--running-time", "soon", status=2).stderr
    assert "'soon' is not a running time" in told


def test_music_is_played_around_and_under_the_words(copy_of_built_station: StationFolder) -> None:
    station = copy_of_built_station
    before = {turn["id"]: turn for turn in station.episode(NAME)["turns"]}
    tune(station, "intro.wav", 5)
    tune(station, "bed.wav", 20)
    set_in_station(station, "music", 'intro = "music/intro.wav"\nbed = "music/bed.wav"')
    told = station.run("build", NAME, "--explain").stdout
    assert "music, clips or pauses changed" in told
    turns = station.episode(NAME)["turns"]
    assert turns[0]["start_ms"] == pytest.approx(5_000, abs=400)
    samples = decoded(draft(station) / f"{NAME}.mp3")[:, 0]
    assert len(samples) / 48 == pytest.approx(station.episode(NAME)["duration_ms"], abs=1)
    assert np.std(samples[48_000 : 3 * 48_000]) > 0.02
    assert np.abs(samples[:48]).max() < 0.2 * np.abs(samples[48_000:96_000]).max()  # faded in
    # The words are where the captions say, and as long as they were without music.
    lead = next(turn for turn in turns if turn["kind"] == "lead")
    was = before[lead["id"]]
    assert lead["end_ms"] - lead["start_ms"] == was["end_ms"] - was["start_ms"]
    loudness, peak = ebur128(draft(station) / f"{NAME}.mp3")
    assert loudness == pytest.approx(-16, abs=0.2)
    assert peak <= -1


def test_cues_in_a_script_are_played_in_their_place(station: StationFolder) -> None:
    tune(station, "clip.wav", 10)
    script = station.root / "scripts" / "nhac.txt"
    script.write_text(
        "Phóng viên: Mùa này bà con trồng gì?\n\n[clip: music/clip.wav 0:02-0:05]\n\n"
        "Ông Đỗ Văn Lâm: Bà con trồng rau.\n\n[nghỉ 4 giây]\n\nPhóng viên: Xin cảm ơn ông.\n",
        encoding="utf-8",
    )
    station.run("build", "nhac")
    turns = [turn for turn in station.episode("nhac")["turns"] if turn["kind"] == "turn"]
    first, second, third = turns
    assert second["start_ms"] - first["end_ms"] == pytest.approx(3_000 + 600, abs=60)
    assert third["start_ms"] - second["end_ms"] == pytest.approx(4_000, abs=30)


def test_a_marked_stretch_has_music_under_it_and_is_as_loud_as_it_shall_be(
    station: StationFolder,
) -> None:
    tune(station, "bed.wav", 10)
    tune(station, "intro.wav", 8)
    set_in_station(station, "music", 'intro = "music/intro.wav"')
    script = station.root / "scripts" / "nhac.txt"
    script.write_text(
        "Phóng viên: Mùa này bà con trồng gì?\n\n[nhạc nền: music/bed.wav]\n\n"
        "Ông Đỗ Văn Lâm: Bà con trồng rau, trồng dưa.\n\nPhóng viên: Còn lúa thì sao?\n\n"
        "[hết nhạc nền]\n\nÔng Đỗ Văn Lâm: Lúa đã gặt xong.\n",
        encoding="utf-8",
    )
    station.run("build", "nhac")
    samples = decoded(draft(station).with_name("nhac") / "nhac.mp3")[:, 0]
    turns = [turn for turn in station.episode("nhac")["turns"] if turn["kind"] == "turn"]
    gaps = [
        float(np.std(samples[(a["end_ms"] + 60) * 48 : (b["start_ms"] - 60) * 48]))
        for a, b in itertools.pairwise(turns)
    ]
    # The bed rises before the second turn, is soft between second and third, fades after the third.
    assert gaps[0] > gaps[1] > 0.003
    assert gaps[2] > gaps[1]
    loudness_lufs, peak_dbtp = ebur128(draft(station).with_name("nhac") / "nhac.mp3")
    assert loudness_lufs == pytest.approx(-16, abs=0.2)
    assert peak_dbtp <= -1


def test_music_that_cannot_be_read_is_named(station: StationFolder) -> None:
    (station.root / "music").mkdir()
    (station.root / "music" / "list.mp3").write_text("ffconcat version 1.0\nfile '/etc/passwd'\n")
    script = station.root / "scripts" / "nhac.txt"
    for cue in ("music", "bed", "clip"):
        script.write_text(
            f"Phóng viên: Xin chào ông.\n\n[{cue}: music/list.mp3]\n\nÔng Lâm: Chào cô.\n", "utf-8"
        )
        told = station.run("build", "nhac", status=1).stderr
        assert "list.mp3" in told
        assert "scripts/nhac.txt:3" in told.replace("\\", "/")


def test_music_that_is_not_there_is_named(station: StationFolder) -> None:
    set_in_station(station, "music", 'intro = "music/none.mp3"')
    told = station.run("build", NAME, status=1)
    assert "music/none.mp3" in told.stderr.replace("\\", "/")
    assert not (draft(station) / f"{NAME}.mp3").exists()
