"""Which files in scripts/ are scripts: what programs keep there, and nameless ones, stop none."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcast.errors import BroadcastError, UsageError
from broadcast.production.desk.find_script import name_of, script_file
from broadcast.workspace import Workspace
from productions_by_hand import SETTINGS, write

KEPT = ["~$goc.txt", "~$goc.docx", "._goc.txt", ".goc.txt", ".DS_Store", "Thumbs.db", "desktop.ini"]


@pytest.fixture
def station(tmp_path: Path) -> Workspace:
    made = Workspace(tmp_path)
    made.scripts.mkdir()
    write(made.station_file, SETTINGS)
    write(made.scripts / "goc.txt", "PV: Sao?\nÔng An: Vậy.\n")
    return made


@pytest.mark.parametrize("kept", [*KEPT, "🎤.txt", "….docx"])
def test_what_is_no_script_stops_none(station: Workspace, kept: str) -> None:
    write(station.scripts / kept, "x")
    goc = station.scripts / "goc.txt"
    assert script_file(station, "goc") == goc
    assert name_of(station, goc) == "goc"


def test_a_folder_is_no_script(station: Workspace) -> None:
    (station.scripts / "goc.docx").mkdir()
    assert name_of(station, station.scripts / "goc.txt") == "goc"


@pytest.mark.parametrize("kept", KEPT)
def test_what_a_program_keeps_is_refused_as_a_script(station: Workspace, kept: str) -> None:
    with pytest.raises(BroadcastError, match="no script"):
        name_of(station, write(station.scripts / kept, "x"))


def test_a_nameless_file_is_told_where_a_name_is_looked_for(station: Workspace) -> None:
    write(station.scripts / "🎤.txt", "x")
    write(station.scripts / "~$goc.docx", "x")
    with pytest.raises(UsageError) as error:
        script_file(station, "nix")
    assert "Scripts here: goc." in str(error.value.hint)
    assert "🎤.txt" in str(error.value.hint)
    assert "~$" not in str(error.value.hint)


def test_two_scripts_of_one_name_are_an_error(station: Workspace) -> None:
    other = write(station.scripts / "Gốc.md", "x")
    for file in (other, station.scripts / "goc.txt"):
        with pytest.raises(BroadcastError, match="Two scripts would make one episode"):
            name_of(station, file)


def test_captions_beside_a_script_are_its_transcript(station: Workspace) -> None:
    captions = write(station.scripts / "goc.vtt", "WEBVTT\n")
    assert script_file(station, "goc") == station.scripts / "goc.txt"
    assert name_of(station, station.scripts / "goc.txt") == "goc"
    with pytest.raises(BroadcastError, match="Two scripts"):
        name_of(station, captions)


def test_captions_alone_are_a_script(station: Workspace) -> None:
    captions = write(station.scripts / "ba.srt", "x")
    assert script_file(station, "ba") == captions
    assert name_of(station, captions) == "ba"
    write(station.scripts / "ba.csv", "x")
    with pytest.raises(BroadcastError, match="Two scripts"):
        name_of(station, captions)
