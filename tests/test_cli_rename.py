"""The command line about a script's new name: asked on a terminal, refused without one, told."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from broadcast.cli import other_name
from productions_by_hand import FIRST, NAME, Production, new_production, record
from station_at_hand import COMMAND

RENAMED, NEW = "Cầu mới (bản cuối)", "cau-moi-ban-cuoi"


@pytest.fixture
def bridge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Production:
    """A station with a draft whose script was called otherwise since."""
    made = new_production(tmp_path / "station", monkeypatch)
    made.build()
    made.script().rename(made.script(RENAMED))
    return made


def run(station: Production, *arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(COMMAND, [*arguments, "--station", str(station.root)], input=typed)


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(other_name, "on_terminal", lambda: True)


@pytest.mark.usefixtures("terminal")
def test_a_yes_renames_and_builds(bridge: Production) -> None:
    guid = bridge.episode()["guid"]
    done = run(bridge, "build", str(bridge.script(RENAMED)), typed="có\ny\n")
    assert done.exit_code == 0, done.output
    assert f"Is this {NAME} under a new name?" in done.output
    assert f"{NAME} is called {NEW} now, with its draft." in done.output
    assert bridge.episode(NEW)["guid"] == guid
    assert not bridge.workspace.draft(NAME).exists()


@pytest.mark.usefixtures("terminal")
def test_a_no_makes_another_programme(bridge: Production) -> None:
    done = run(bridge, "build", str(bridge.script(RENAMED)), typed="n\n")
    assert done.exit_code == 0, done.output
    assert bridge.episode(NEW)["guid"] != bridge.episode()["guid"]


@pytest.mark.usefixtures("terminal")
def test_where_nobody_answers_nothing_is_made(bridge: Production) -> None:
    done = run(bridge, "build", str(bridge.script(RENAMED)))
    assert done.exit_code == 1
    assert f'broadcast rename {NAME} "' in done.output
    assert not (bridge.workspace.draft(NEW) / "episode.json").exists()


@pytest.mark.usefixtures("terminal")
def test_swap_asks_too(bridge: Production, tmp_path: Path) -> None:
    audio = record(tmp_path / "trả lời.wav", FIRST)
    done = run(bridge, "swap", str(bridge.script(RENAMED)), "2", str(audio), typed="y\n")
    assert done.exit_code == 0, done.output
    assert bridge.turn(2, NEW)["take"]["kind"] == "recorded"


@pytest.mark.parametrize(
    "line",
    [("build",), ("takes",), ("swap", "2", "x.wav"), ("unswap", "2")],
    ids=lambda line: line[0],
)
def test_without_a_terminal_it_ends_with_the_commands_to_type(
    bridge: Production, line: tuple[str, ...]
) -> None:
    command, *rest = line
    done = run(bridge, command, str(bridge.script(RENAMED)), *rest)
    assert done.exit_code == 1
    assert f'broadcast rename {NAME} "' in done.output
    assert "--new" in done.output


def test_new_makes_another_one_unasked(bridge: Production) -> None:
    done = run(bridge, "build", str(bridge.script(RENAMED)), "--new")
    assert done.exit_code == 0, done.output
    assert bridge.episode(NEW)["guid"] != bridge.episode()["guid"]


def test_one_that_is_perhaps_renamed_does_not_hold_up_the_others(bridge: Production) -> None:
    other = bridge.write("Phóng viên: Nước về chưa?\n\nÔng Ba: Về từ hôm qua rồi.\n", "nuoc")
    done = run(bridge, "build", str(bridge.script(RENAMED)), str(other))
    assert done.exit_code == 1
    assert bridge.episode("nuoc")["guid"]


def test_what_a_stopped_rename_left_is_finished_by_any_command_and_told(
    bridge: Production, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename_file = Path.rename

    def stopped(path: Path, target: Path) -> Path:
        if path == bridge.workspace.draft(NAME):
            raise KeyboardInterrupt
        return rename_file(path, target)

    monkeypatch.setattr(Path, "rename", stopped)
    assert run(bridge, "rename", NAME, str(bridge.script(RENAMED))).exit_code == 130
    monkeypatch.undo()
    done = run(bridge, "spoken", "Chào.")
    assert "where they belong" in done.output
    assert bridge.episode(NEW)["name"] == NEW
