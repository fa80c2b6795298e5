"""A station in a fresh folder, the command line as a user runs it, and the samples."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

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
            env={**os.environ, "PYTHONUTF8": "1", "COLUMNS": "200", **(environment or {})},
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

    def episode(self, name: str) -> dict[str, Any]:
        """Read an episode.json."""
        document: dict[str, Any] = json.loads(
            (self.root / "episodes" / name / "episode.json").read_text("utf-8")
        )
        return document


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


@pytest.fixture(scope="session")
def built_station(tmp_path_factory: pytest.TempPathFactory) -> StationFolder:
    """A station whose sample interview was built and published; tests only read it."""
    made = new_station(tmp_path_factory.mktemp("built") / "station")
    made.run("build", "scripts/bien-sach-van-hai.txt")
    made.run("publish", "bien-sach-van-hai", "--at", "2025-09-06T07:00+07:00")
    return made


@pytest.fixture
def copy_of_built_station(built_station: StationFolder, tmp_path: Path) -> StationFolder:
    """The built station for a test that changes it; what was spoken is in its cache."""
    shutil.copytree(built_station.root, tmp_path / "copy")
    return StationFolder(tmp_path / "copy")
