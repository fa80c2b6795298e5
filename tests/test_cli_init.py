"""``init`` puts a station's own words into its settings: as options, or asked for on a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from broadcast.cli import beginning, interface
from broadcast.model import Show
from broadcast.production.desk.read_station import station_of
from broadcast.production.desk.sample_values import sample_show
from broadcast.workspace import Workspace
from station_at_hand import COMMAND

SAMPLE = sample_show()


def init(folder: Path, *options: str, answers: str = "") -> Result:
    done = CliRunner().invoke(COMMAND, ["init", str(folder), *options], input=answers)
    assert done.exit_code == 0, done.output
    return done


def show_of(folder: Path) -> Show:
    return station_of(Workspace(folder)).show


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody sits there, and reads English."""
    monkeypatch.setattr(beginning, "on_terminal", lambda: True)
    monkeypatch.setenv("BROADCAST_LANG", "en")


@pytest.mark.usefixtures("terminal")
def test_options_are_taken_and_nothing_is_asked_beside_them(tmp_path: Path) -> None:
    told = init(tmp_path, "--title", 'Đài "Vân"', "--email", "a@b.vn").output
    show = show_of(tmp_path)
    assert (show.title, show.author, show.email) == ('Đài "Vân"', SAMPLE["author"], "a@b.vn")
    assert "Still the sample's: author, description" in told
    assert "Enter" not in told


@pytest.mark.usefixtures("terminal")
def test_a_wrong_answer_is_asked_for_again_and_enter_keeps_the_samples(tmp_path: Path) -> None:
    told = init(tmp_path, answers="Tiếng Vân\n\nnowhere\na@b.vn\n").output
    show = show_of(tmp_path)
    assert (show.title, show.author, show.email) == ("Tiếng Vân", SAMPLE["author"], "a@b.vn")
    assert "'nowhere' is not an e-mail address" in told
    assert told.count("Its e-mail address") == 2
    assert "Still the sample's: author, description" in told


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize(
    ("answer", "approval"), [("\n", "official"), ("n\n", "official"), ("y\n", "off"), ("", "off")]
)
def test_a_synthetic_official_needs_approval_unless_one_says_otherwise(
    tmp_path: Path, answer: str, approval: str
) -> None:
    told = init(tmp_path, answers=f"\n\n\n{answer}").output
    assert "May a synthetic voice say an official's words on air" in told
    assert station_of(Workspace(tmp_path)).approval == approval


@pytest.mark.usefixtures("terminal")
def test_a_station_that_is_there_is_asked_nothing(tmp_path: Path) -> None:
    init(tmp_path, "--title", "Một")
    assert "Enter" not in init(tmp_path, answers="Hai\n").output
    assert show_of(tmp_path).title == "Một"


def test_where_nobody_sits_nothing_is_asked(tmp_path: Path) -> None:
    assert "Enter" not in init(tmp_path, answers="Hai\n").output
    assert show_of(tmp_path).title == SAMPLE["title"]


@pytest.mark.usefixtures("terminal")
def test_the_language_that_is_asked_for_is_spoken_at_once_and_from_then_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(interface, "_asked_for", [])
    told = init(tmp_path / "vi", "--lang", "tiếng Việt").output
    assert "Đã tạo đài mới" in told
    assert "[Enter: giữ của bài mẫu" in told
    assert 'interface = "vi"' in (tmp_path / "vi" / "station.toml").read_text("utf-8")
    refused = CliRunner().invoke(COMMAND, ["init", str(tmp_path / "no"), "--lang", "klingon"])
    assert refused.exit_code == 2
    assert not (tmp_path / "no").exists()
    interface.language.cache_clear()
