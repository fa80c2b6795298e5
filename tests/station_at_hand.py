"""A small station made from the one of version 0.1.0, and commands run on it in this process."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
import typer
from click.testing import CliRunner, Result

from broadcast.cli.commands import app
from broadcast.errors import BroadcastError
from broadcast.feed.published import read_published, read_sentences
from broadcast.model import Problem
from broadcast.production.desk.status import status
from broadcast.production.making.build import build
from broadcast.production.making.orders import Orders
from broadcast.production.public.feed import write_feed
from broadcast.production.public.publish import publish
from broadcast.production.public.withdraw import withdraw
from broadcast.workspace import Workspace
from conftest import made_once

STATION = Path(__file__).parent / "data" / "station-0.1"
DRAFTS = ("cau-xom-ben", "cho-que", "lop-boi", "vu-he-thu")
NAME, OTHER = "lop-boi", "cho-que"
NOW = datetime(2025, 9, 20, 12, 0, tzinfo=timezone(timedelta(hours=7)))
COMMAND = typer.main.get_command(app)
DRAFT = f"episodes/{NAME}/episode.json"
PUBLISHED = f"episodes/{NAME}/published/published.json"
SENTENCES = f"episodes/{NAME}/published/sentences.json"
APPROVAL = f"episodes/{NAME}/approval.json"
TAKES = f"recordings/{NAME}/takes.json"
SITE = "feed.json"


class Silent:
    """A reporter that nobody listens to."""

    def say(self, sentence: str) -> None: ...
    def problem(self, file: Path, problem: Problem) -> None: ...
    def step(self, stage: str, done: int, total: int, what: str = "") -> None: ...
    def go_on(self) -> None: ...


@dataclass(frozen=True)
class Station:
    """A station in a folder, and what the commands do there, run in this process."""

    root: Path

    @property
    def workspace(self) -> Workspace:
        return Workspace(self.root)

    def run(self, *arguments: str) -> Result:
        """Run a command line to its end; whatever comes out of it is a BroadcastError."""
        done = CliRunner().invoke(COMMAND, [*arguments, "--station", str(self.root), "--debug"])
        error = done.exception
        assert error is None or isinstance(error, BroadcastError | SystemExit), (arguments, error)
        return done

    def done(self, *arguments: str) -> None:
        done = self.run(*arguments)
        assert done.exit_code == 0, (arguments, done.exception, done.output)

    def recording(self, name: str) -> Path:
        return self.root / "recordings" / NAME / name

    def document(self, record: str) -> Any:
        return json.loads((self.root / record).read_bytes())

    def stamps(self) -> dict[str, tuple[int, int]]:
        """Tell when each file was last written that is more than cache and locks."""
        return {
            str(file): (file.stat().st_size, file.stat().st_mtime_ns)
            for file in self.root.rglob("*")
            if ".broadcast" not in file.relative_to(self.root).parts
        }

    def files(self) -> dict[Path, bytes]:
        here = (file for file in self.root.rglob("*") if file.is_file())
        return {
            file: file.read_bytes()
            for file in here
            if ".broadcast" not in file.relative_to(self.root).parts
        }

    def put_back(self, files: dict[Path, bytes]) -> None:
        """Make the station as it was when its ``files`` were read."""
        now = self.files()
        for file in now.keys() - files.keys():
            file.unlink()
        for file, data in files.items():
            if now.get(file) != data:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(data)


def put(file: Path, data: bytes) -> None:
    """Write a file anew: to write over one, some file systems wait for the disk."""
    file.unlink(missing_ok=True)
    file.write_bytes(data)


def older_station(folder: Path) -> Station:
    """Copy two episodes of the station that version 0.1.0 left."""
    shutil.copytree(STATION, folder)
    for other in ("cau-xom-ben", "vu-he-thu"):
        shutil.rmtree(folder / "episodes" / other)
        (folder / "scripts" / f"{other}.txt").unlink()
    shutil.rmtree(folder / "recordings" / "cau-xom-ben")
    return Station(folder)


def made_station(factory: pytest.TempPathFactory) -> Station:
    """Give the same with its episodes built, one published anew, by this version; only read it.

    The one has a cover of its own and is published twice, so that its records have every field.
    """

    def make(folder: Path) -> None:
        station = older_station(folder)
        script = folder / "scripts" / f"{NAME}.md"
        text = script.read_text("utf-8")
        script.write_text(text.replace("---\n", "---\ncover: cover.png\n", 1), "utf-8")
        station.done("build", NAME)
        station.done("publish", NAME, "--yes")
        answer = str(station.recording("04 thich-lam.mp3"))
        station.done("swap", NAME, "4", answer, "--in", "0.2", "--out", "4.8", "--force")
        station.done("build", OTHER)
        station.done("approve", NAME, "--by", "Bà Lan")
        station.done("publish", NAME, "--yes")

    return Station(made_once(factory, "records", make).root)


def copy_of(station: Station, folder: Path) -> Station:
    """Copy a station into a folder, to be changed."""
    shutil.copytree(station.root, folder / "station")
    return Station(folder / "station")


Ask = Callable[[Station], None]


def ask_status(station: Station) -> None:
    (damage,) = (each.damage for each in status(station.workspace, NOW) if each.name == NAME)
    if damage:
        raise damage


def ask_publish(station: Station) -> None:
    publish(station.workspace, NAME, None, NOW, Silent())


def ask_withdraw(station: Station) -> None:
    withdraw(station.workspace, NAME, NOW, Silent())


def ask_feed(station: Station) -> None:
    write_feed(station.workspace, NOW, Silent())


def ask_build(station: Station) -> None:
    script = next((station.root / "scripts").glob(f"{NAME}.*"))
    build(station.workspace, script, Orders(now=NOW, new_guid="a-new-one"), Silent())


def ask_takes(station: Station) -> None:
    done = station.run("takes", NAME)
    if isinstance(done.exception, BroadcastError):
        raise done.exception


def ask_swap(station: Station) -> None:
    done = station.run("swap", NAME, "2", str(station.recording("02 co-khue.ogg")), "--force")
    if isinstance(done.exception, BroadcastError):
        raise done.exception


def changed(station: Station, record: str, **changes: object) -> bytes:
    """Write a record with other fields (``a__b`` is b in a) and give its bytes."""
    document = station.document(record)
    for path, value in changes.items():
        *outer, last = path.split("__")
        inside = document
        for step in outer:
            inside = inside[int(step) if step.isdigit() else step]
        inside[last] = value
    data = json.dumps(document).encode()
    put(station.root / record, data)
    return data


def told(ask: Ask, station: Station) -> str:
    with pytest.raises(BroadcastError) as raised:
        ask(station)
    return str(raised.value.message)


def hold_to_what_can_be_read(station: Station) -> None:
    """Hold what listeners are given to being read again: no later command is at a loss."""
    for folder in (station.root / "episodes").glob("*/published"):
        episode = read_published(folder)
        assert episode is not None
        read_sentences(folder, episode)
