"""A station in a fresh folder, the command line as a user runs it, and the samples."""

from __future__ import annotations

import functools
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from hypothesis import settings

from broadcast.feed.artwork import drawn
from feeds_by_hand import Shelf

# What the program says is compared in English; a test of another language says so.
os.environ["BROADCAST_LANG"] = "en"
os.environ["BROADCAST_VOICES"] = "/no-voices"  # what a developer has downloaded is no test's
# What a test allows a station holds in its own run alone, not for whoever runs it.
_CONFIGURATION = tempfile.TemporaryDirectory(prefix="broadcast-configuration-")
os.environ["XDG_CONFIG_HOME"] = _CONFIGURATION.name
# Each worker has a core: threads of the arithmetic library would only be in the others' way.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# The same examples each time, on any machine; --hypothesis-profile=search looks for new ones.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("search", deadline=None)
settings.load_profile("same")

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "scripts" / "bien-sach-van-hai.txt"
REAL_INTERVIEW = ROOT.parent / "shared" / "cases" / "phan-thiet-2024.txt"


@dataclass(frozen=True, slots=True)
class StationFolder:
    """A station's folder and the command line run in it."""

    root: Path

    def run(
        self, *arguments: str | Path, status: int = 0, environment: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a command to its end and hold it to its exit status; a traceback is always wrong."""
        done = subprocess.run(
            [sys.executable, "-m", "broadcast", *map(str, arguments)],
            cwd=self.root,
            env=_environment(environment),
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )
        told = done.stdout + done.stderr
        assert "Traceback" not in told, told
        assert done.returncode == status, told
        return done

    @contextmanager
    def started(
        self, *arguments: str | Path, environment: Mapping[str, str] | None = None
    ) -> Iterator[subprocess.Popen[str]]:
        """Start a command and leave it running; whatever comes, it does not outlive the test."""
        with subprocess.Popen(
            [sys.executable, "-m", "broadcast", *map(str, arguments)],
            cwd=self.root,
            env=_environment(environment),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        ) as process:
            try:
                yield process
            finally:
                process.kill()

    def copied_to(self, folder: Path) -> StationFolder:
        """Copy the station with all that is in it."""
        shutil.copytree(self.root, folder)
        return StationFolder(folder)

    def episode(self, name: str) -> dict[str, Any]:
        """Read an episode.json."""
        document: dict[str, Any] = json.loads(
            (self.root / "episodes" / name / "episode.json").read_text("utf-8")
        )
        return document


def _environment(further: Mapping[str, str] | None) -> dict[str, str]:
    return {**os.environ, "PYTHONUTF8": "1", "COLUMNS": "200", **(further or {})}


@pytest.fixture(autouse=True, scope="session")
def covers_drawn_once() -> None:
    """Draw each cover once in a test process: many episodes have the same words."""
    drawn.show_cover = functools.cache(drawn.show_cover)
    drawn.episode_cover = functools.cache(drawn.episode_cover)


def pytest_sessionstart() -> None:
    """Let Ctrl-C reach what the tests start: in a shell's background it would be ignored."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def station(tmp_path: Path) -> StationFolder:
    """A new station that never goes online, with the sample script alone."""
    return new_station(tmp_path / "station")


def new_station(folder: Path) -> StationFolder:
    """Make a station as `init` does, with the offline voice alone."""
    folder.mkdir(parents=True)
    made = StationFolder(folder)
    made.run("init", ".")
    settings = folder / "station.toml"
    text = settings.read_text("utf-8").replace('["gtts", "espeak"]', '["espeak"]')
    settings.write_text(text, encoding="utf-8", newline="\n")
    return made


def made_once(
    factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]
) -> StationFolder:
    """Let the first test process that comes ``make`` a station; the others find it. Only read it.

    With pytest-xdist each process has a folder of its own below one that they share.
    """
    shared = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    made = shared / name
    with FileLock(shared / f"{name}.lock"):
        if not made.exists():
            half = factory.mktemp(name) / "station"
            make(half)
            half.rename(made)
    return StationFolder(made)


@pytest.fixture(scope="session")
def built_station(tmp_path_factory: pytest.TempPathFactory) -> StationFolder:
    """A station whose sample interview was built and published; tests only read it."""

    def make(folder: Path) -> None:
        made = new_station(folder)
        made.run("build", "scripts/bien-sach-van-hai.txt", "--on", "2025-09-06")
        made.run("publish", "bien-sach-van-hai", "--at", "2025-09-06T07:00+07:00")

    return made_once(tmp_path_factory, "built", make)


@pytest.fixture
def copy_of_built_station(built_station: StationFolder, tmp_path: Path) -> StationFolder:
    """The built station for a test that changes it; what was spoken is in its cache."""
    return built_station.copied_to(tmp_path / "copy")


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "shelf")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return tmp_path / "feed"
