"""The language that the program speaks, where somebody only types: click's words too."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import click
import pytest
import typer

from broadcast.cli.click_words import PLURALS, WORDS
from broadcast.production.desk.new_station import init
from conftest import StationFolder

CLICK = "".join(
    file.read_text("utf-8")
    for package in (click, typer)
    for file in Path(str(package.__file__)).parent.glob("*.py")
)


@pytest.fixture
def station(station: StationFolder) -> StationFolder:
    """A station whose people want to be spoken to in Vietnamese."""
    settings = station.root / "station.toml"
    text = settings.read_text("utf-8")
    assert 'interface = "en"' in text  # as the tests are
    settings.write_text(text.replace('interface = "en"', 'interface = "vi"'), "utf-8")
    return station


@pytest.mark.parametrize("words", [*WORDS, *(form for forms in PLURALS for form in forms)])
def test_the_words_are_those_that_click_looks_up(words: str) -> None:
    assert f'"{words}"' in CLICK or f"'{words}'" in CLICK


def test_a_command_put_wrongly_is_told_in_the_language_of_the_station(
    station: StationFolder,
) -> None:
    told = station.run("build", status=2, environment={"BROADCAST_LANG": ""}).stderr
    assert "Cách dùng: " in told
    assert "lỗi: Thiếu tham số" in told
    told = station.run("swap", "--nope", status=2, environment={"BROADCAST_LANG": "en"}).stderr
    assert "No such option: --nope" in told


def test_help_is_in_the_language_of_the_station(station: StationFolder) -> None:
    told = station.run("build", "--help", environment={"BROADCAST_LANG": ""}).stdout
    assert "Dựng chương trình từ kịch bản" in told
    assert "Tùy chọn:" in told
    assert "Options" not in told


@pytest.mark.parametrize(("wish", "written"), [("", "vi"), ("en", "en"), ("fr", "fr")])
def test_a_new_station_speaks_as_its_maker_is_spoken_to(
    tmp_path: Path, wish: str, written: str
) -> None:
    init(tmp_path / "station", wish)
    settings = tomllib.loads((tmp_path / "station" / "station.toml").read_text("utf-8"))
    assert settings["station"]["interface"] == written


def test_what_works_is_told_in_the_language_of_the_station(station: StationFolder) -> None:
    told = station.run("doctor", "--offline", environment={"BROADCAST_LANG": ""}).stdout
    assert not re.search(r"^(ok|missing)\b", told, re.MULTILINE)
    assert re.search(r"^tốt +bộ đọc espeak$", told, re.MULTILINE)
