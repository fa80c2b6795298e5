"""Real voices take the place of synthetic ones, turn by turn, and nothing real is ever lost."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path
from typing import Any

import feedparser
import numpy as np
import pytest
import soundfile
import webvtt

from broadcast.cache import file_digest
from conftest import StationFolder, made_once, new_station
from killed_at import assert_is_one_of, files, own_files, points, run_to
from takes_by_hand import speech

NAME = "cau-moi"
ASK, FIRST, SECOND = (
    "Thưa ông, bao giờ cầu thông xe?",
    "Cầu thông xe đúng ngày hai tháng chín, sớm hơn dự kiến một tháng.",
    "Xin cảm ơn đài, và mời bà con đến dự lễ khánh thành.",
)
SCRIPT = f"""\
Cầu mới qua sông Vân

Phóng viên: {ASK}

Ông Đỗ Văn Lâm: {FIRST}

Phóng viên: Ông muốn nói gì với bà con?

Ông Đỗ Văn Lâm: {SECOND}
"""


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> StationFolder:
    """A station whose episode was published with synthetic voices alone; tests take copies."""

    def make(folder: Path) -> None:
        made = new_station(folder)
        for script in (made.root / "scripts").iterdir():
            script.unlink()
        write(made, SCRIPT)
        made.run("build", NAME, "--on", "2025-09-06")
        made.run("publish", NAME, "--at", "2025-09-06T07:00+07:00")

    return made_once(tmp_path_factory, "swapped", make)


@pytest.fixture
def bridge(published: StationFolder, tmp_path: Path) -> StationFolder:
    return published.copied_to(tmp_path / "station")


@pytest.fixture
def phone(tmp_path: Path) -> Path:
    """A folder with what a reporter's phone recorded."""
    folder = tmp_path / "phone"
    folder.mkdir()
    return folder


def write(station: StationFolder, script: str) -> None:
    file = station.root / "scripts" / f"{NAME}.txt"
    file.write_text(script, encoding="utf-8", newline="\n")


def record(file: Path, words: str, voice: str = "vi+f2") -> Path:
    """Let another voice record words, with half a second of silence around them."""
    samples, rate_hz = soundfile.read(speech(words, file.parent.parent, voice), dtype="float32")
    soundfile.write(file, np.pad(samples, rate_hz // 2), rate_hz)
    return file


def digests(folder: Path) -> dict[str, str]:
    return {file.name: file_digest(file) for file in folder.glob("*.wav")}


def recordings(station: StationFolder) -> Path:
    return station.root / "recordings" / NAME


def take_of(station: StationFolder, n: int) -> dict[str, Any]:
    """What the draft says of a turn's voice."""
    (turn,) = [turn for turn in station.episode(NAME)["turns"] if turn["n"] == n]
    take: dict[str, Any] = turn["take"]
    return take


def row_of(station: StationFolder, n: int) -> dict[str, Any]:
    """What the record sheet says of a turn."""
    document = json.loads(station.run("takes", NAME, "--json").stdout)
    (row,) = [row for row in document["turns"] if row["n"] == n]
    found: dict[str, Any] = row
    return found


def test_swap_copies_the_recording_in_and_builds_with_it(
    bridge: StationFolder, phone: Path
) -> None:
    source = record(phone / "Bản ghi 7.wav", FIRST)
    before = digests(phone)
    told = bridge.run("swap", NAME, "2", source).stdout
    assert f"recordings/{NAME}/02 Bản ghi 7.wav" in told
    assert digests(phone) == before
    assert digests(recordings(bridge)) == {"02 Bản ghi 7.wav": before["Bản ghi 7.wav"]}
    assert take_of(bridge, 2)["kind"] == "recorded"
    assert take_of(bridge, 4)["kind"] == "synthetic"
    row = row_of(bridge, 2)
    assert (row["kind"], row["file"], row["stale"]) == ("recorded", "02 Bản ghi 7.wav", False)


def test_retakes_live_side_by_side_and_another_can_be_chosen(
    bridge: StationFolder, phone: Path
) -> None:
    bridge.run("swap", NAME, "2", record(phone / "a.wav", FIRST))
    bridge.run("swap", NAME, "2", record(phone / "b.wav", FIRST, "vi+m3"))
    assert take_of(bridge, 2)["file"].endswith("02 b.wav")
    bridge.run("takes", NAME, "--use", "2", "1")
    row = row_of(bridge, 2)
    assert (row["file"], row["take"]) == ("02 a.wav", 1)
    assert row["takes"] == ["02 a.wav", "02 b.wav"]
    bridge.run("build", NAME)
    assert take_of(bridge, 2)["file"].endswith("02 a.wav")
    told = bridge.run("takes", NAME, "--use", "2", "3", status=2).stderr
    assert "There is no take 3 of this turn" in told
    bridge.run("swap", NAME, "2", phone / "b.wav")
    assert digests(recordings(bridge)).keys() == {"02 a.wav", "02 b.wav"}
    assert take_of(bridge, 2)["file"].endswith("02 b.wav")


def test_unswap_goes_back_to_the_very_same_programme_and_keeps_the_file(
    bridge: StationFolder, phone: Path
) -> None:
    draft = bridge.root / "episodes" / NAME
    before = file_digest(draft / f"{NAME}.mp3")
    bridge.run("swap", NAME, "2", record(phone / "a.wav", FIRST))
    kept = digests(recordings(bridge))
    assert file_digest(draft / f"{NAME}.mp3") != before
    bridge.run("unswap", NAME, "2")
    assert digests(recordings(bridge)) == kept
    assert take_of(bridge, 2)["kind"] == "synthetic"
    assert file_digest(draft / f"{NAME}.mp3") == before
    assert "already" in bridge.run("unswap", NAME, "2").stdout


def captions(station: StationFolder) -> str:
    """The words of the draft's captions."""
    read = webvtt.read(str(station.root / "episodes" / NAME / f"{NAME}.vtt"))
    return " ".join(" ".join(caption.text for caption in read).split())


def test_a_new_wording_makes_the_take_stale_until_it_is_confirmed(
    bridge: StationFolder, phone: Path
) -> None:
    bridge.run("swap", NAME, "2", record(phone / "a.wav", FIRST))
    write(bridge, SCRIPT.replace("một tháng", "hai tháng"))
    told = bridge.run("build", NAME)
    assert "turn 2: 02 a.wav was recorded for other words" in told.stdout + told.stderr
    assert take_of(bridge, 2)["stale"]
    assert "sớm hơn dự kiến một tháng." in captions(bridge)
    assert "[một → hai]" in row_of(bridge, 2)["change"]
    bridge.run("takes", NAME, "--confirm", "2")
    assert not row_of(bridge, 2)["stale"]
    bridge.run("build", NAME)
    assert "sớm hơn dự kiến hai tháng." in captions(bridge)


def test_in_and_out_points_take_one_answer_from_a_long_recording(
    bridge: StationFolder, phone: Path
) -> None:
    source = record(phone / "all.wav", f"{FIRST} {SECOND}")
    end_s = soundfile.info(source).duration
    middle_s = round(end_s / 2, 3)
    bridge.run("swap", NAME, "2", source, "--in", "0:00,5", "--out", str(middle_s))
    bridge.run("swap", NAME, "4", source, "--in", str(middle_s))
    assert digests(recordings(bridge)).keys() == {"02 all.wav"}
    row = row_of(bridge, 2)
    assert row["length_ms"] == pytest.approx(middle_s * 1000 - 500, abs=2)
    assert row["doubts"] == []
    told = bridge.run("swap", NAME, "4", source, "--in", "5:00", status=1).stderr
    assert "it has no such stretch" in told
    told = bridge.run("swap", NAME, "4", source, "--in", "soon", status=2).stderr
    assert "'soon' is not a time" in told


def test_one_answer_in_two_files_is_one_take(bridge: StationFolder, phone: Path) -> None:
    halves = [record(phone / f"{n}.wav", words) for n, words in enumerate(FIRST.split(", "))]
    bridge.run("swap", NAME, "2", *halves)
    row = row_of(bridge, 2)
    assert row["takes"] == ["02 0.wav + 02 1.wav"]
    (turn,) = [turn for turn in bridge.episode(NAME)["turns"] if turn["n"] == 2]
    assert 0 <= turn["end_ms"] - turn["start_ms"] - row["length_ms"] <= 1_000


def test_a_folder_is_paired_by_name_and_by_length(bridge: StationFolder, phone: Path) -> None:
    record(phone / "02.wav", FIRST)
    record(phone / "tạm biệt.wav", SECOND)
    before = digests(phone)
    bridge.run("swap", NAME, "--folder", phone, "--yes")
    assert digests(phone) == before
    names = [Path(take_of(bridge, n)["file"]).name for n in (2, 4)]
    assert names == ["02.wav", "04 tạm biệt.wav"]


@pytest.mark.parametrize("forced", [False, True])
def test_a_recording_of_quite_another_length_is_refused_unless_forced(
    bridge: StationFolder, phone: Path, forced: bool
) -> None:
    source = record(phone / "a.wav", " ".join([FIRST] * 6))
    if forced:
        bridge.run("swap", NAME, "2", source, "--force")
        assert take_of(bridge, 2)["kind"] == "recorded"
        return
    told = bridge.run("swap", NAME, "2", source, status=1)
    assert "turn 2: a.wav is" in told.stderr
    assert "--force" in told.stderr
    assert not recordings(bridge).exists()
    assert take_of(bridge, 2)["kind"] == "synthetic"


@pytest.mark.parametrize(
    ("content", "status", "said"),
    [
        (b"", 1, "The file is empty"),
        ("không phải âm thanh".encode(), 1, "not an audio file"),
        (None, 2, "There is no file"),
    ],
)
def test_what_cannot_be_used_is_not_copied(
    bridge: StationFolder, phone: Path, content: bytes | None, status: int, said: str
) -> None:
    if content is not None:
        (phone / "a.wav").write_bytes(content)
    assert said in bridge.run("swap", NAME, "2", phone / "a.wav", status=status).stderr
    assert not recordings(bridge).exists()


def test_a_folder_in_which_one_file_is_refused_copies_none(
    bridge: StationFolder, phone: Path
) -> None:
    record(phone / "02.wav", FIRST)
    record(phone / "04.wav", " ".join([SECOND] * 8))
    told = bridge.run("swap", NAME, "--folder", phone, "--yes", status=1).stderr
    assert "turn 4: 04.wav is" in told
    assert not recordings(bridge).exists()


def test_a_damaged_recording_stops_the_build_until_it_is_unswapped(
    bridge: StationFolder, phone: Path
) -> None:
    recordings(bridge).mkdir(parents=True)
    (recordings(bridge) / "02.wav").write_bytes(b"half a")
    told = bridge.run("build", NAME, status=1)
    assert "turn 2: 02.wav" in told.stderr
    bridge.run("unswap", NAME, "2")
    assert take_of(bridge, 2)["kind"] == "synthetic"
    assert (recordings(bridge) / "02.wav").read_bytes() == b"half a"


def test_a_wrong_turn_is_a_wrong_command(bridge: StationFolder, phone: Path) -> None:
    source = record(phone / "a.wav", FIRST)
    for command in (["swap", NAME, "9", source], ["unswap", NAME, "9"]):
        assert "There is no turn “9”" in bridge.run(*command, status=2).stderr
    assert "which recordings" in bridge.run("swap", NAME, "2", status=2).stderr


def disclosed(station: StationFolder) -> tuple[bool, bool, bool]:
    """Whether the notice is spoken, the description says it, and the feed says it to machines."""
    station.run("publish", NAME)
    feed = (station.root / "feed" / "feed.xml").read_text("utf-8")
    (entry,) = feedparser.parse(feed).entries
    kinds = {turn["kind"] for turn in station.episode(NAME)["turns"]}
    return "notice" in kinds, "tổng hợp" in entry.summary, 'purpose="ai-content"' in feed


def test_the_disclosure_goes_with_the_last_synthetic_answer_and_comes_back(
    bridge: StationFolder, phone: Path
) -> None:
    (before,) = feedparser.parse((bridge.root / "feed" / "feed.xml").read_bytes()).entries
    assert disclosed(bridge) == (True, True, True)
    bridge.run("swap", NAME, "2", record(phone / "a.wav", FIRST))
    assert disclosed(bridge) == (True, True, True)
    bridge.run("swap", NAME, "4", record(phone / "b.wav", SECOND))
    assert disclosed(bridge) == (False, False, False)
    (after,) = feedparser.parse((bridge.root / "feed" / "feed.xml").read_bytes()).entries
    assert (after.id, after.published) == (before.id, before.published)
    assert after.enclosures[0].href != before.enclosures[0].href
    bridge.run("unswap", NAME, "4")
    assert disclosed(bridge) == (True, True, True)


def test_what_is_published_changes_only_with_publish(bridge: StationFolder, phone: Path) -> None:
    site = files(bridge.root / "feed")
    bridge.run("swap", NAME, "2", record(phone / "a.wav", FIRST))
    assert files(bridge.root / "feed") == site


def drafted(station: StationFolder) -> dict[str, bytes]:
    return own_files(station.root / "episodes" / NAME)


def takes_kept(station: StationFolder) -> dict[str, bytes]:
    """The recordings that are seen, beside a takes.json that is whole if it is there."""
    found = files(recordings(station))
    if "takes.json" in found:
        json.loads(found.pop("takes.json"))
    return found


@pytest.mark.parametrize("first", [True, False], ids=["the first take", "a retake"])
def test_a_swap_killed_anywhere_keeps_what_was_recorded_and_work_goes_on(
    bridge: StationFolder, phone: Path, tmp_path: Path, first: bool
) -> None:
    sources = [record(phone / "a.wav", FIRST), record(phone / "b.wav", FIRST, "vi+m3")]
    contents = {source.name: source.read_bytes() for source in sources}
    if not first:
        bridge.run("swap", NAME, "2", sources[1])
    before, kept = drafted(bridge), takes_kept(bridge)
    whole = bridge.copied_to(tmp_path / "whole")
    swap = ["swap", NAME, "2", str(sources[0]), "--in", "0:00,3"]
    run = run_to("0", whole.root, *swap)
    assert run.status == 0
    after, site = drafted(whole), files(whole.root / "feed")
    assert after[f"{NAME}.mp3"] != before[f"{NAME}.mp3"]
    assert takes_kept(whole) == {**kept, "02 a.wav": contents["a.wav"]}
    for point, where in points(run, in_cache=4).items():
        station = bridge.copied_to(tmp_path / point)
        assert run_to(point, station.root, *swap).was_killed, where
        assert takes_kept(station) in (kept, takes_kept(whole)), where
        assert_is_one_of([before, after], station.root / "episodes" / NAME, where)
        if "recordings/" in where:
            station.run("build", NAME)  # with its point, or not at all
            assert drafted(station) in (before, after), where
        station.run(*swap)
        assert takes_kept(station) == takes_kept(whole), where
        assert drafted(station) == after, where
        assert files(station.root / "feed") == site, where
    assert {source.name: source.read_bytes() for source in sources} == contents


def test_swaps_that_are_killed_again_and_again_lose_nothing(
    bridge: StationFolder, phone: Path
) -> None:
    sources = [record(phone / "a.wav", FIRST), record(phone / "b.wav", FIRST, "vi+m3")]
    contents = [source.read_bytes() for source in sources]
    site, versions = files(bridge.root / "feed"), [drafted(bridge)]
    places: list[str] = []
    for source in sources:
        places += run_to("0", bridge.root, "swap", NAME, "2", source).points
        versions.append(drafted(bridge))
    chance = random.Random(1)
    for step in range(6):
        if step % 4 == 0:
            shutil.rmtree(recordings(bridge))  # so that copying in is killed too
        take, point, kept = chance.randrange(2), chance.choice(places), takes_kept(bridge)
        run_to(point, bridge.root, "swap", NAME, "2", sources[take])
        where = f"step {step}: take {take} killed at point {point}"
        found = takes_kept(bridge)
        assert all(data in contents for data in found.values()), where
        assert found.items() >= kept.items(), where
        assert_is_one_of(versions, bridge.root / "episodes" / NAME, where)
        if step % 4 == 3:
            bridge.run("swap", NAME, "2", sources[take])
            assert drafted(bridge) == versions[1 + take], where
    assert [source.read_bytes() for source in sources] == contents
    assert files(bridge.root / "feed") == site


def test_what_cannot_be_meant_is_wrong_usage(bridge: StationFolder, phone: Path) -> None:
    answer = str(record(phone / "2.wav", FIRST))
    for arguments, said in (
        (["2", answer, "--in", "20", "--out", "10"], "--out 10 is not after --in 20"),
        (["2", "--folder", str(phone)], "or a folder of them"),
        (["--folder", str(phone), "--in", "1"], "not for a folder"),
        (["2", str(phone)], "is a folder"),
        (["--folder", str(phone)], "nobody answered"),
    ):
        told = bridge.run("swap", NAME, *arguments, status=2)
        assert said in told.stderr
    assert not recordings(bridge).exists()


def test_a_recording_is_used_whatever_its_names_ending(bridge: StationFolder, phone: Path) -> None:
    film = speech(FIRST, phone, "vi").rename(phone / "IMG 7.dat")
    bridge.run("swap", NAME, "02", film)
    (turn,) = (t for t in bridge.episode(NAME)["turns"] if t["n"] == 2)
    assert turn["take"]["kind"] == "recorded"
    assert (recordings(bridge) / "02 IMG 7.dat").read_bytes() == film.read_bytes()
