"""The program as it is installed and run: its catalogues come along, and another is a file more."""

from __future__ import annotations

import fnmatch
import os
import runpy
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from catalogues_by_hand import POLISH, ROOT, write_catalogue
from conftest import StationFolder

CATALOGUE = "broadcast/messages/locale/vi/LC_MESSAGES/broadcast.mo"
IN_ANOTHER_FOLDER = (
    "import sys, pathlib\n"
    "from broadcast.messages import rendering\n"
    "rendering.LOCALE = pathlib.Path(sys.argv.pop(1))\n"
    "from broadcast.cli import main\n"
    "sys.argv[0] = 'broadcast'\n"
    "main()\n"
)


def run(station: Path, locale: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command in Polish, with a folder of catalogues in the place of the program's own."""
    return subprocess.run(
        [sys.executable, "-c", IN_ANOTHER_FOLDER, str(locale), *arguments],
        cwd=station,
        env={**os.environ, "BROADCAST_LANG": "pl", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def test_a_language_is_one_file_more_and_no_code(station: StationFolder, tmp_path: Path) -> None:
    locale = tmp_path / "locale"
    write_catalogue(locale, "pl", POLISH)
    helped = run(station.root, locale, "check", "--help")
    assert helped.returncode == 0
    assert "Pokaż, jak rozumiany jest scenariusz." in helped.stdout
    assert "Wypisz jeden dokument JSON." in helped.stdout
    assert "Warnings fail too." in helped.stdout  # not translated: in English
    listed = run(station.root, locale, "--help").stdout
    assert "Pokaż, jak rozumiany jest scenariusz." in listed
    refused = run(station.root, locale, "check", "nigdzie")
    assert refused.returncode == 2
    assert refused.stderr.splitlines()[0] == "błąd: Nie ma scenariusza 'nigdzie'."
    assert refused.stdout == ""


def copied_source(folder: Path) -> Path:
    """Copy what the package is built from, without what was compiled."""
    for name in (
        "pyproject.toml",
        "hatch_build.py",
        "README.md",
        "LICENSE",
        "THIRD-PARTY.md",
        ".gitignore",
    ):
        shutil.copy(ROOT / name, folder / name)
    shutil.copytree(
        ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("*.mo", "__pycache__")
    )
    return folder


def test_the_wheel_has_the_catalogues(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=copied_source(source), check=True, timeout=300)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as files:
        assert CATALOGUE in files.namelist()


def test_what_runs_before_a_build_compiles_the_catalogues_that_the_package_takes_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = copied_source(tmp_path)
    plugin = ModuleType("hatchling.builders.hooks.plugin.interface")
    plugin.BuildHookInterface = SimpleNamespace  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, plugin.__name__, plugin)
    hook = runpy.run_path(str(source / "hatch_build.py"))["CompileCatalogues"](root=str(source))
    hook.initialize("standard", {})
    compiled = [file.relative_to(source).as_posix() for file in source.rglob("*.mo")]
    assert f"src/{CATALOGUE}" in compiled
    build = tomllib.loads((source / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]
    assert "custom" in build["hooks"]
    for file in compiled:  # git leaves them out
        assert any(fnmatch.fnmatch(file, pattern) for pattern in build["artifacts"])
