"""A watched folder: what arrives whole is built once, and nothing that is wrong ends the watch."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from broadcast.cli.app import told_of
from broadcast.cli.watching import Log
from broadcast.errors import OutsideError, UsageError
from broadcast.messages import Message
from broadcast.network.arrivals import STEADY_S, is_whole
from broadcast.network.watch import AGAIN_S, Watch, watch
from broadcast.workspace.locks import making, watching
from productions_by_hand import (
    FIRST,
    MORNING,
    NAME,
    SCRIPT,
    Production,
    held,
    new_production,
    record,
    write,
)

OTHER = "nuoc-sach"


@dataclass
class Watched:
    """A station that is watched: each of ``events`` happens before a look, ``apart_s`` apart."""

    station: Production
    said: list[str] = field(default_factory=list)
    errors: list[Exception] = field(default_factory=list)
    now_s: float = 0.0

    def run(self, *events: Callable[[], object] | None, apart_s: float = STEADY_S) -> list[str]:
        """Watch from its beginning on; give what was said."""
        self.said.clear()

        def looks() -> Iterator[None]:
            for event in events:
                if event is not None:
                    event()
                yield
                self.now_s += apart_s

        asked = Watch(
            workspace=self.station.workspace,
            say=lambda message: self.said.append(str(message)),
            told_of=told_of,
            note=self.errors.append,
            clock_s=lambda: self.now_s,
            now=lambda: MORNING,
        )
        watch(asked, looks())
        return self.said


@pytest.fixture
def watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Watched:
    """A station with an engine and no script."""
    made = new_production(tmp_path / "station", monkeypatch)
    made.script().unlink()
    return Watched(made)


def arrives(watched: Watched, name: str = NAME, text: str = SCRIPT) -> Callable[[], object]:
    return lambda: watched.station.write(text, name)


def test_a_script_that_arrives_is_built_when_it_has_been_steady(watched: Watched) -> None:
    said = watched.run(None, arrives(watched), None, None, None)
    assert len(said) == 1
    assert said[0].startswith(f"{NAME}: draft built, 0:")
    assert said[0].endswith("0 of 4 turns are real voices.")
    assert watched.station.draft().record.name == NAME
    assert not watched.station.workspace.published(NAME).exists()


def test_what_is_still_copied_is_waited_for(watched: Watched) -> None:
    half, whole = SCRIPT[:80], SCRIPT

    def grow() -> None:
        with watched.station.script().open("a", encoding="utf-8") as file:
            file.write(whole[80:160])

    said = watched.run(
        arrives(watched, text=half), grow, arrives(watched, text=whole), None, apart_s=STEADY_S
    )
    assert len(said) == 1
    assert watched.station.words()[-1] == watched.station.episode()["turns"][-1]["text"]
    # Nothing is built before it has been steady for as long as that.
    other = watched.run(arrives(watched, OTHER), None, None, apart_s=STEADY_S / 3)
    assert other == []


def test_a_recording_that_arrives_is_heard(watched: Watched) -> None:
    watched.run(arrives(watched), None, None)
    said = watched.run(None, lambda: watched.station.record("02.wav", FIRST), None, None, None)
    assert len(said) == 1
    assert "1 of 4 turns are real voices" in said[0]
    assert watched.station.turn(2)["take"]["kind"] == "recorded"


def test_what_was_made_is_not_made_again(watched: Watched) -> None:
    watched.run(arrives(watched), None, None)
    watched.station.engine.spoken.clear()
    assert watched.run(None, None, None) == []
    assert watched.station.engine.spoken == []


def test_what_came_while_nobody_watched_is_built(watched: Watched) -> None:
    watched.station.write(SCRIPT)
    watched.station.build()
    old = watched.station.write(SCRIPT, OTHER)
    os.utime(old, (0, 0))  # copied with the time of its original
    assert {line.partition(":")[0] for line in watched.run(None, None)} == {OTHER}


@pytest.mark.parametrize(
    "name", ["~$cau-moi.docx", ".cau-moi.txt", "cau-moi.txt.part", "cau-moi.txt.crdownload"]
)
def test_what_a_program_keeps_for_itself_is_no_script(watched: Watched, name: str) -> None:
    file = watched.station.root / "scripts" / name
    assert watched.run(lambda: write(file, SCRIPT), None, None) == []
    assert not any((watched.station.root / "episodes").iterdir())


@pytest.mark.parametrize("name", ["02.wav.part", "02.wav.crdownload", ".02.wav", "ghi chú.txt"])
def test_nor_a_recording(watched: Watched, name: str) -> None:
    watched.run(arrives(watched), None, None)
    folder = watched.station.workspace.recordings(NAME)
    sound = record(folder.parent.parent / "x.wav", FIRST).read_bytes()

    def put() -> None:
        folder.mkdir(exist_ok=True)
        (folder / name).write_bytes(sound)

    assert watched.run(None, put, None, None) == []


def test_a_file_is_whole_when_it_opens_and_has_something_in_it(tmp_path: Path) -> None:
    assert not is_whole(tmp_path / "none.txt")
    assert not is_whole(write(tmp_path / "empty.txt", ""))
    assert is_whole(write(tmp_path / "a.txt", "a"))
    word = tmp_path / "a.docx"
    with zipfile.ZipFile(word, "w") as package:
        package.writestr("word/document.xml", "<a/>" * 99)
    assert is_whole(word)
    word.write_bytes(word.read_bytes()[:-30])
    assert not is_whole(word)


def test_what_never_becomes_whole_is_told_once(watched: Watched) -> None:
    empty = watched.station.script("trong")
    said = watched.run(lambda: write(empty, ""), None, None, None, None, apart_s=30)
    assert said == [
        "trong: trong.txt is empty, not whole or held by another program; waiting for it."
    ]


def test_an_error_in_a_script_is_told_once_and_others_go_on(watched: Watched) -> None:
    wrong = "---\nseason: no number\n---\n" + SCRIPT
    said = watched.run(
        arrives(watched, text=wrong), arrives(watched, OTHER), None, None, None, None, None
    )
    failures = [line for line in said if "not built" in line]
    assert len(failures) == 1
    assert failures[0].startswith(f"{NAME}: not built: scripts/{NAME}.txt: ")
    (error,) = [line for line in said if f"scripts/{NAME}.txt:2: " in line]
    assert said.index(error) == said.index(failures[0]) - 1
    assert len(watched.errors) == 1
    assert sum(line.startswith(f"{OTHER}: draft built") for line in said) == 1
    # The same content again is no news; mended, it is built.
    again = watched.run(None, None)
    assert any("not built" in line for line in again)
    touched = watched.run(
        None,
        None,
        lambda: os.utime(watched.station.script()),
        None,
        None,
        arrives(watched),
        None,
        None,
    )
    assert sum("not built" in line for line in touched) == 1
    assert sum(f"{NAME}.txt:2: " in line for line in touched) == 1
    assert sum("draft built" in line for line in touched) == 1


def test_what_fails_outside_is_tried_again_after_a_while_and_told_once(watched: Watched) -> None:
    def out_of_order(words: str) -> None:
        raise OutsideError(Message("test", "The line is dead."))

    def mended() -> None:
        watched.station.engine.before = lambda words: None

    watched.station.engine.before = out_of_order
    said = watched.run(arrives(watched), None, None, None, None, apart_s=AGAIN_S / 2)
    assert sum("not built" in line for line in said) == 1
    tries = len(watched.errors)
    said = watched.run(None, None, mended, None, None, apart_s=AGAIN_S)
    assert tries == 1
    assert sum("draft built" in line for line in said) == 1


def test_a_mistake_of_the_program_does_not_end_it(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("by hand")

    monkeypatch.setattr("broadcast.network.watch.build", broken)
    said = watched.run(arrives(watched), None, None, None)
    assert [line for line in said if "not built" in line] == [
        f"{NAME}: not built: broadcast itself failed: ZeroDivisionError: by hand"
    ]


def test_nothing_is_published_unless_the_station_says_so(watched: Watched) -> None:
    station = watched.station
    station.set("[watch]\npublish = true\n")
    said = watched.run(arrives(watched), None, None)
    assert said[-1] == f"{NAME}: published."
    assert station.workspace.published_names() == [NAME]
    feed = (station.root / "feed" / "feed.xml").read_text("utf-8")
    assert feed.count("<item>") == 1
    station.set('[watch]\npublish = true\n[publish]\napproval = "all"\n')
    said = watched.run(arrives(watched, OTHER), None, None)
    assert said[-1].startswith(f"{OTHER}: built, but not published: ")
    assert station.workspace.published_names() == [NAME]


def test_a_drive_that_vanishes_is_waited_for(watched: Watched) -> None:
    root = watched.station.root
    away = root.with_name("away")
    said = watched.run(
        arrives(watched),
        lambda: root.rename(away),
        None,
        None,
        lambda: away.rename(root),
        None,
        None,
        None,
    )
    assert sum("not there any more" in line for line in said) == 1
    assert said[1] == "The station's folder is there again."
    assert said[2].startswith(f"{NAME}: draft built")


def test_a_drive_that_vanishes_in_a_build_is_waited_for(watched: Watched) -> None:
    root = watched.station.root
    away = root.with_name("away")

    def vanish(words: str) -> None:
        watched.station.engine.before = lambda words: None
        root.rename(away)

    def come_back() -> None:
        shutil.rmtree(root, ignore_errors=True)  # what was written to the empty place meanwhile
        away.rename(root)

    watched.station.engine.before = vanish
    said = watched.run(arrives(watched), None, None, None, come_back, None, None, None)
    assert sum("not there any more" in line for line in said) == 1
    assert not any("not built" in line for line in said)
    assert said[-1].startswith(f"{NAME}: draft built")


def test_one_watches_a_station_and_a_second_says_who(watched: Watched) -> None:
    told: list[str] = []

    def second() -> None:
        with pytest.raises(UsageError) as error:
            Watched(watched.station).run(None)
        told.append(str(error.value))

    watched.run(second)
    assert len(told) == 1
    assert f"as process {os.getpid()}" in told[0]
    assert "2025-09-06" in told[0]
    with watching(watched.station.workspace) as is_held:
        assert is_held  # nobody has it any more
    assert not watched.station.workspace.watch_note.exists()


def test_a_build_of_somebody_else_is_waited_for(watched: Watched) -> None:
    station = watched.station
    station.write(SCRIPT)
    with held(making(station.workspace, NAME, lambda: None)):
        waited: list[str] = []

        def on_wait(line: str) -> None:
            waited.append(line)
            raise KeyboardInterrupt  # who waits can be ended

        watched.said = _Calling(on_wait)
        with pytest.raises(KeyboardInterrupt):
            watched.run(None, None)
    assert waited == [f"{NAME}: Another command is at work here; waiting."]


class _Calling(list[str]):
    def __init__(self, call: Callable[[str], None]) -> None:
        super().__init__()
        self._call = call

    def append(self, line: str) -> None:
        self._call(line)


def test_the_log_has_a_time_in_each_line_and_stays_small(tmp_path: Path) -> None:
    file = write(tmp_path / "station.toml", "").with_name("watch.log")
    log = Log(file)
    for number in range(4_000):
        log.say(Message("test", "line {number}\nof " + "many " * 20, number=number))
    text = file.read_text("utf-8")
    assert 100_000 < len(text) < 300_000
    lines = text.splitlines()
    assert lines[-1][19:].startswith("  line 3999 of many")
    assert all(line[4:5] == "-" and line[13:14] == ":" for line in lines)


def test_what_cannot_be_logged_now_is_logged_later(tmp_path: Path) -> None:
    file = tmp_path / "drive" / "watch.log"
    log = Log(file)
    file.parent.mkdir()  # where it was
    log.say(Message("test", "the drive is gone"))
    assert not file.exists()
    write(file.with_name("station.toml"), "")
    log.say(Message("test2", "it is back"))
    assert [line[21:] for line in file.read_text("utf-8").splitlines()] == [
        "the drive is gone",
        "it is back",
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
def test_it_watches_for_real_and_ctrl_c_ends_it(watched: Watched) -> None:
    root = watched.station.root
    write(root / "scripts" / "sai.txt", "---\nseason: no\n---\n" + SCRIPT)
    running = subprocess.Popen(
        [sys.executable, "-m", "broadcast", "watch", "--offline", "--station", str(root)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "BROADCAST_LANG": "vi", "PYTHONUTF8": "1"},
    )
    try:
        assert running.stdout is not None
        assert running.stdout.readline().strip().endswith(str(root) + ".")
        assert "  sai: " in running.stdout.readline()
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=30)
    finally:
        running.kill()
    assert (running.returncode, err) == (0, "")
    logged = (root / "watch.log").read_text("utf-8").splitlines()
    assert logged[-1].endswith(out.splitlines()[-1][21:])
    assert not (root / ".broadcast" / "watched-by.json").exists()
