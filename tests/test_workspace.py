"""Where a station keeps things, and that nothing is ever half-written."""

from __future__ import annotations

import threading
import unicodedata
from pathlib import Path

import pytest

from broadcast.errors import BroadcastError
from broadcast.workspace import Workspace, episode_name, find_station
from broadcast.workspace.locks import locked
from broadcast.workspace.writing import finish_replacing, preparing, replacing, write_atomic


def test_the_station_is_found_by_looking_upward(tmp_path: Path) -> None:
    (tmp_path / "station.toml").touch()
    deep = tmp_path / "scripts" / "2024"
    deep.mkdir(parents=True)
    assert find_station(deep).root == tmp_path.resolve()


def test_without_a_station_the_error_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(BroadcastError) as caught:
        find_station(tmp_path)
    assert "broadcast init" in (str(caught.value.hint or ""))


@pytest.mark.parametrize(
    ("script", "name"),
    [
        ("xuân 2024.docx", "xuan-2024"),
        ("Đồng chí Bí thư.txt", "dong-chi-bi-thu"),
        (unicodedata.normalize("NFD", "Đồng chí Bí thư.txt"), "dong-chi-bi-thu"),
        ("con.txt", "con-episode"),
        ("../a/b C.md", "b-c"),
    ],
)
def test_an_episode_is_named_by_its_script(script: str, name: str) -> None:
    assert episode_name(Path(script)) == name


def test_a_name_without_letters_is_refused() -> None:
    with pytest.raises(BroadcastError, match="no letters or digits"):
        episode_name(Path("….txt"))


def test_a_failed_write_leaves_the_old_file_and_no_leftover(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "feed.xml"
    write_atomic(file, b"old")

    def disk_full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", disk_full)
    with pytest.raises(OSError, match="No space") as failed:
        write_atomic(file, b"new")
    assert failed.value.filename == str(file)
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


def test_files_replaced_together_come_together(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")
    with replacing(tmp_path) as incoming:
        (incoming / "a").write_text("new")
        (incoming / "b").write_text("new")
        assert (tmp_path / "a").read_text() == "old"
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"a": "new", "b": "new"}


def test_an_error_while_writing_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")
    with pytest.raises(RuntimeError), replacing(tmp_path) as incoming:
        (incoming / "a").write_text("half")
        raise RuntimeError
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"a": "old"}


def test_a_change_that_was_decided_is_finished_by_the_next_command(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")
    ready = tmp_path / ".ready"
    ready.mkdir()
    (ready / "a").write_text("new")
    finish_replacing(tmp_path)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"a": "new"}


def test_a_change_that_was_not_decided_is_forgotten(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")
    (tmp_path / ".incoming").mkdir()
    (tmp_path / ".incoming" / "a").write_text("half")
    (tmp_path / ".a.1234.part").write_text("half")
    finish_replacing(tmp_path)
    with preparing(tmp_path) as incoming:
        assert list(incoming.iterdir()) == []
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"a": "old"}


def test_a_second_command_says_that_it_waits_and_goes_on_after_the_first(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    waiting, order = threading.Event(), []

    def second() -> None:
        with locked(workspace, waiting.set):
            order.append("second")

    with locked(workspace, lambda: pytest.fail("nobody else is at work")):
        thread = threading.Thread(target=second)
        thread.start()
        assert waiting.wait(60)
        order.append("first")
    thread.join(60)
    assert order == ["first", "second"]
