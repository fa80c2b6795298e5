"""The language that the program speaks, where somebody only types: click's words too."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import click
import pytest
import typer
from click.testing import CliRunner

from broadcast import cli
from broadcast.cli.app import app
from broadcast.cli.click_words import PLACES, PLURALS, WORDS
from broadcast.production.desk.new_station import init
from conftest import StationFolder
from test_docs import commands

# Its own, for it is put into another language.
PROGRAM = typer.main.get_command(app)
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


def test_what_stands_for_what_is_typed_has_its_words_in_every_language() -> None:
    # Typed from their own source: a command that was asked for help speaks that user's language.
    source = Path(str(cli.__file__)).parent
    written = {
        place
        for file in source.glob("*.py")
        for place in re.findall(r'metavar="([^"]+)"', file.read_text("utf-8"))
    }
    assert {"NAME", "RECORDING..."} < written
    assert written - PLACES.keys() == {"FEED.xml"}


def test_a_command_put_wrongly_is_told_in_the_language_of_the_station(
    station: StationFolder,
) -> None:
    told = station.run("check", status=2, environment={"BROADCAST_LANG": ""}).stderr
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
    told = (tmp_path / "station" / "lexicon.tsv").read_text("utf-8").splitlines()[1]
    assert told.startswith("# Cách đọc tên" if written == "vi" else "# How this station")


def test_what_works_is_told_in_the_language_of_the_station(station: StationFolder) -> None:
    told = station.run("doctor", "--offline", environment={"BROADCAST_LANG": ""}).stdout
    assert not re.search(r"^(ok|missing)\b", told, re.MULTILINE)
    assert re.search(r"^tốt +bộ đọc espeak$", told, re.MULTILINE)


def wrong(*arguments: str, language: str) -> str:
    """Give what is told of a command line that is put wrongly, from this process."""
    done = CliRunner().invoke(PROGRAM, arguments, env={"BROADCAST_LANG": language})
    assert done.exit_code in (0, 2), done.output
    return done.output


@pytest.mark.parametrize(
    ("line", "vietnamese", "english"),
    [
        ("check", "Thiếu tham số 'KỊCH-BẢN'.", "Missing argument 'SCRIPT'."),
        ("--vers", "Có phải --version?", "Did you mean --version?"),
        ("build --form x", "Có phải --format?", "Did you mean --format?"),
        ("swap --nope", "Không có tùy chọn --nope.", "No such option: --nope. Did you mean"),
        ("biuld", "Không có lệnh “biuld”. Có phải build?", "'biuld'. Did you mean build?"),
        ("xyz", "Không có lệnh “xyz”.", "No such command 'xyz'."),
        ("check a b", "Thừa tham số: b", "Got unexpected extra argument (b)"),
        ("build a --jobs x", "“x” không phải là số nguyên.", "'x' is not a valid whole number."),
        ("build a --jobs 99", "99 không nằm trong khoảng 1 đến 64.", "range 1 to 64."),
        ("build a --engine", "--engine cần 1 giá trị.", "'--engine' requires an argument."),
        ("check a --json=3", "--json không nhận giá trị.", "'--json' does not take a value."),
    ],
)
def test_a_usage_error_is_one_sentence_in_the_users_language(
    line: str, vietnamese: str, english: str
) -> None:
    for _ in range(2):  # what was said to one is not said to the next
        told = wrong(*line.split(), language="vi")
        assert vietnamese in told
        assert not re.search("OPTION|SCRIPT|Error|Did you|Try|argument", told), told
        assert english in wrong(*line.split(), language="en")


@pytest.mark.parametrize("path", [path for path, _ in commands()])
def test_help_has_no_word_of_english_in_vietnamese(path: str) -> None:
    told = wrong(*path.split(), "--help", language="vi")
    assert told.startswith(f"Cách dùng: broadcast {path} [TÙY-CHỌN]")
    assert "-h, --help" in told
    own = re.sub(r"--?[a-z][\w-]*|\bbroadcast( [a-z]+){1,2}|http\S+", "", told)
    assert not re.search(
        r"\b(the|of|and|is|message|exit|OPTIONS|ARGS|SCRIPT|NAME|TURN|DIR|FILE|TEXT|LANG|TIME)\b",
        own,
    ), told
