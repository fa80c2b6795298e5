"""A script written anew among the station's: where it goes, and that none is ever overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcast.errors import BroadcastError, UsageError
from broadcast.production.desk.import_script import clean_script
from broadcast.workspace import Workspace
from productions_by_hand import SETTINGS, write

MESSY = "  CHUYỆN LÀNG  \n\n\n-  Phóng viên :Vui không?\n\n\n -  Ông Lâm :  Vui.\n"


@pytest.fixture
def station(tmp_path: Path) -> Workspace:
    made = Workspace(tmp_path / "station")
    made.scripts.mkdir(parents=True)
    write(made.station_file, SETTINGS.replace('"tones"', '"espeak"'))
    return made


@pytest.fixture
def messy(tmp_path: Path) -> Path:
    return write(tmp_path / "Chuyện làng.txt", MESSY)


def scripts(station: Workspace) -> dict[str, str]:
    return {file.name: file.read_text("utf-8") for file in station.scripts.iterdir()}


def test_a_script_goes_among_the_stations_under_its_name(station: Workspace, messy: Path) -> None:
    script, output = clean_script(station, str(messy), None)
    assert output == station.scripts / "chuyen-lang.txt"
    assert [(turn.speaker, turn.text) for turn in script.turns] == [
        ("Phóng viên", "Vui không?"),
        ("Ông Lâm", "Vui."),
    ]
    assert list(scripts(station)) == ["chuyen-lang.txt"]
    again, _ = clean_script(station, str(output), station.scripts / "again.txt")
    assert [turn.id for turn in again.turns] == [turn.id for turn in script.turns]
    assert len(set(scripts(station).values())) == 1
    assert messy.read_text("utf-8") == MESSY


@pytest.mark.parametrize("named", [True, False])
def test_a_script_that_is_there_is_not_overwritten(
    station: Workspace, messy: Path, named: bool
) -> None:
    there = write(station.scripts / "chuyen-lang.txt", "Bản cũ.\n")
    with pytest.raises(UsageError, match="no script is overwritten"):
        clean_script(station, str(messy), there if named else None)
    assert scripts(station) == {"chuyen-lang.txt": "Bản cũ.\n"}


def test_what_comes_from_standard_input_needs_a_name(station: Workspace) -> None:
    with pytest.raises(UsageError, match="needs a name"):
        clean_script(station, "-", None)


def test_a_text_in_which_nobody_speaks_is_refused_by_its_name(
    station: Workspace, tmp_path: Path
) -> None:
    silent = write(tmp_path / "thơ.txt", "Chiều trên biển.\n")
    with pytest.raises(BroadcastError, match="Nobody is seen to speak") as error:
        clean_script(station, str(silent), None)
    assert error.value.file == silent
    assert scripts(station) == {}


@pytest.mark.parametrize("output", [None, "X.txt", "x.md"])
def test_a_script_of_the_station_gets_no_second_one_for_its_episode(
    station: Workspace, output: str | None
) -> None:
    there = write(station.scripts / "X.md", MESSY)
    with pytest.raises(UsageError, match="would make the same episode") as error:
        clean_script(station, str(there), station.scripts / output if output else None)
    assert "-o" in str(error.value.hint)
    assert scripts(station) == {"X.md": MESSY}


def test_a_name_that_another_script_has_is_refused_too(station: Workspace, messy: Path) -> None:
    write(station.scripts / "Chuyện làng.html", "<p>Bản cũ.</p>")
    with pytest.raises(UsageError, match="would make the same episode"):
        clean_script(station, str(messy), None)


def test_a_clean_copy_may_go_elsewhere(station: Workspace, tmp_path: Path) -> None:
    there = write(station.scripts / "X.md", MESSY)
    for output in (station.scripts / "x-2.txt", tmp_path / "x.txt"):
        assert clean_script(station, str(there), output)[1] == output
