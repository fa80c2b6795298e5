"""A list of stations, and the commands over all of it: a station that fails holds up no other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from click.testing import CliRunner, Result

from broadcast.cli.commands import app
from broadcast.errors import BroadcastError, UsageError
from broadcast.network.publish import publish_new
from broadcast.network.stations import find_list, listed_stations
from broadcast.production.public.withdraw import withdraw
from productions_by_hand import MORNING, NAME, SCRIPT, Notebook, Production, new_production
from station_at_hand import older_station


@pytest.fixture
def communes(tmp_path: Path) -> Path:
    """Two stations, the second one with a settings file that is none, and a folder that is none."""
    for name in ("an", "xa/binh"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        older_station(tmp_path / name)
    (tmp_path / "xa" / "hong").mkdir()
    return tmp_path


def written(folder: Path, text: str) -> Path:
    file = folder / "network.txt"
    file.write_text(text, "utf-8")
    return file


def run(file: Path, *words: str) -> Result:
    program = typer.main.get_command(app)
    environment = {"BROADCAST_LANG": "en"}
    return CliRunner(mix_stderr=False).invoke(
        program, ["network", *words, "--list", str(file)], env=environment
    )


def test_a_list_names_folders_as_they_lie_from_it(communes: Path) -> None:
    file = written(communes, "\ufeff# Các xã\r\n\r\nan\r\n  xa/binh/ \r\n")
    stations = listed_stations(file, ())
    assert [(one.name, one.line) for one in stations] == [("an", 3), ("xa/binh/", 4)]
    assert [one.workspace().root for one in stations] == [communes / "an", communes / "xa/binh"]
    assert [one.line for one in listed_stations(file, ["binh"])] == [4]
    assert [one.line for one in listed_stations(file, ["xa/binh", "an"])] == [4, 3]


def test_the_list_is_found_from_within_a_station(
    communes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = written(communes, "an\n")
    assert find_list(None, communes / "an" / "scripts") == file
    with pytest.raises(UsageError, match="no list of stations"):
        find_list(communes / "khac.txt", communes)


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("an\nxa/../an\n", 2, "stands here and in line 1"),
        ("# nothing\n", None, "No station stands"),
        ("an\nxa/hong\n", 2, "is no station"),
        ("khong-co\n", 1, "is no station"),
    ],
)
def test_what_is_wrong_with_a_list_is_told_with_its_line(
    communes: Path, text: str, line: int | None, told: str
) -> None:
    file = written(communes, text)
    with pytest.raises(BroadcastError, match=told) as wrong:
        for one in listed_stations(file, ()):
            one.workspace()
    assert (wrong.value.file, wrong.value.line) == (file, line)


def test_a_list_in_another_encoding_is_told(communes: Path) -> None:
    file = communes / "network.txt"
    file.write_bytes("xã an".encode("utf-16"))
    with pytest.raises(BroadcastError, match="UTF-8"):
        listed_stations(file, ())


def test_a_station_is_named_by_what_tells_it_apart(communes: Path) -> None:
    (communes / "binh").mkdir()
    file = written(communes, "an\nxa/binh\nhuyen/binh\n")
    with pytest.raises(UsageError, match="xa/binh or huyen/binh"):
        listed_stations(file, ["binh"])
    with pytest.raises(UsageError, match="no station 'dong'"):
        listed_stations(file, ["dong"])


def test_status_counts_the_others_beside_a_station_that_is_none(communes: Path) -> None:
    file = written(communes, "xa/hong\nan\nxa/binh\n")
    done = run(file, "status", "--json")
    assert done.exit_code == 1
    document = json.loads(done.stdout)
    assert {name: len(found) for name, found in document["stations"].items()} == {
        "an": 2,
        "xa/binh": 2,
    }
    assert "network.txt:1: xa/hong is no station" in str(document["errors"]["xa/hong"])
    assert "2 stations, 1 failed:" in done.stderr
    table = run(file, "status", "an").stdout
    assert [line.split() for line in table.splitlines() if line.strip().startswith("an")] == [
        ["an", "1", "1", "0", "0"]
    ]


def test_upload_goes_on_after_a_station_that_fails(communes: Path, tmp_path: Path) -> None:
    settings = communes / "xa/binh/station.toml"
    host = tmp_path / "host"
    host.mkdir()
    settings.write_text(f'{settings.read_text("utf-8")}\n[upload]\nto = "{host}"\n', "utf-8")
    done = run(written(communes, "an\nxa/binh\n"), "upload")
    assert done.exit_code == 2
    assert "an: This station names no host" in done.stderr
    assert "xa/binh: " in done.stderr.partition("failed:")[2]


def test_drafts_that_listeners_lack_are_published_and_withdrawn_ones_stay_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    station = new_production(tmp_path / "station", monkeypatch)

    def publish() -> list[str]:
        done = publish_new(station.workspace, MORNING, Notebook(), agrees=False)
        assert done is None or done.refused == {}
        return [one.episode.name for one in done.outcomes] if done else []

    assert publish() == []
    station.build()
    assert [publish(), publish()] == [[NAME], []]
    station.write(SCRIPT.replace("đúng ngày lễ", "trước ngày lễ"))
    station.build()
    assert publish() == [NAME]
    withdraw(station.workspace, NAME, MORNING, Notebook())
    station.write(SCRIPT)
    station.build()
    assert publish() == []


def test_a_draft_that_leaves_a_doubt_is_refused_until_somebody_agrees(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    station: Production = new_production(tmp_path / "station", monkeypatch)
    station.record("99 khong-ai.wav", "Không có trong kịch bản nào cả.")
    station.build()
    refused = publish_new(station.workspace, MORNING, Notebook(), agrees=False)
    assert refused is not None
    assert "leave a doubt" in str(refused.refused[NAME])
    agreed = publish_new(station.workspace, MORNING, Notebook(), agrees=True)
    assert agreed is not None
    assert [one.episode.name for one in agreed.outcomes] == [NAME]
