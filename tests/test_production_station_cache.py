"""Where a station's cache lies, and how several stations share one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import broadcast
from broadcast.cache import Cache, key_of
from broadcast.model import Script
from broadcast.production.desk.read_station import station_of
from broadcast.production.desk.remembered_script import known_script
from broadcast.production.desk.station_cache import cache_of
from broadcast.workspace import Workspace
from conftest import SAMPLE, StationFolder

SOURCE = Path(broadcast.__file__).parent


def place_of(station: StationFolder, folder: str) -> Path:
    settings = station.root / "station.toml"
    settings.write_text(settings.read_text("utf-8") + f"\n[cache]\nfolder = {folder!r}\n", "utf-8")
    workspace = Workspace(station.root)
    return cache_of(workspace, station_of(workspace)).root


@pytest.fixture
def station(station: StationFolder) -> StationFolder:
    settings = station.root / "station.toml"
    settings.write_text(settings.read_text("utf-8").replace("[cache]\n", ""), "utf-8")
    return station


def test_it_lies_in_the_stations_folder_unless_it_is_named(station: StationFolder) -> None:
    assert place_of(station, "") == station.root / ".broadcast" / "cache"


def test_a_setting_names_it_from_the_stations_folder(station: StationFolder) -> None:
    assert place_of(station, "../kept").resolve() == station.root.parent / "kept"


def test_the_variable_goes_before_the_setting(
    station: StationFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROADCAST_CACHE", str(tmp_path / "of-the-user"))
    assert place_of(station, "kept") == tmp_path / "of-the-user"


def test_stations_that_share_a_folder_speak_a_sentence_once(
    station: StationFolder, tmp_path: Path
) -> None:
    other = station.copied_to(tmp_path / "other")
    shared = tmp_path / "shared"
    environment = {"BROADCAST_CACHE": str(shared)}
    script = station.root / "scripts" / SAMPLE.name
    station.run("build", script, environment=environment)
    kept = {file: file.stat().st_ino for file in shared.rglob("*") if file.is_file()}
    other.run("build", other.root / "scripts" / SAMPLE.name, environment=environment)
    new = [file for file in shared.rglob("*") if file.is_file() and file not in kept]
    assert all(file.stat().st_ino == kept[file] for file in kept)
    # It found the sound and the script; nothing of either was made for it.
    assert sum(file.stat().st_size for file in new) < 100_000
    assert not (other.root / ".broadcast" / "cache").exists()


def test_a_station_deletes_what_it_made_and_nothing_of_others(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    one = Cache(shared, 100, made=tmp_path / "one" / "made")
    other = Cache(shared, 10_000, made=tmp_path / "other" / "made")
    mine, theirs = key_of("mine"), key_of("theirs")
    one.put(mine, bytes(1_000))
    other.put(theirs, bytes(1_000))
    (shared / "letter.txt").write_text("somebody's own")
    for file in shared.rglob("*"):
        os.utime(file, (1_000, 1_000))
    one.trim(used_since=2_000)
    assert one.find(mine) is None
    assert one.find(theirs) is not None
    other.trim(used_since=2_000)
    assert other.find(theirs) is not None
    assert (shared / "letter.txt").exists()


def test_a_list_of_what_was_made_names_no_other_file(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(bytes(1_000))
    os.utime(victim, (1_000, 1_000))
    (tmp_path / "made").write_text(f"../victim\n{victim}\n{'a' * 31}\n")
    Cache(tmp_path / "shared", 0, made=tmp_path / "made").trim(used_since=2_000)
    assert victim.exists()


def test_a_station_that_is_moved_knows_its_script(station: StationFolder, tmp_path: Path) -> None:
    def known(root: Path) -> Script:
        cache = Cache(tmp_path / "cache", 1 << 30)
        return known_script(station_of(Workspace(root)), root / "scripts" / SAMPLE.name, cache)

    before = known(station.root)
    kept = sorted((tmp_path / "cache").rglob("*"))
    moved = shutil.move(station.root, tmp_path / "moved")
    after = known(Path(moved))
    assert sorted((tmp_path / "cache").rglob("*")) == kept
    assert after.turns == before.turns
    assert after.file == Path(moved) / "scripts" / SAMPLE.name


def test_the_record_sheet_is_shown_when_the_program_lies_in_a_zip(
    station: StationFolder, tmp_path: Path
) -> None:
    with zipfile.ZipFile(tmp_path / "program.zip", "w") as program:
        for file in SOURCE.rglob("*"):
            if file.is_file() and "__pycache__" not in file.parts:
                program.write(file, Path("broadcast") / file.relative_to(SOURCE))
    done = subprocess.run(
        [sys.executable, "-m", "broadcast", "takes", SAMPLE.stem],
        cwd=station.root,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "program.zip")},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "of 7 turns real" in done.stdout or "turns real" in done.stdout
