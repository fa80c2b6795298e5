"""The folder that installs on Windows without internet: all wheels are there, and what is clicked.

Windows itself is not run here: what it would be told is looked at instead.
"""

from __future__ import annotations

import importlib.util
import re
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import pytest
from packaging.utils import canonicalize_name, parse_wheel_filename

from doc_pages import ROOT, spans_in, text_of

BUNDLE = ROOT / "bundle"


def module(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, BUNDLE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    sys.modules[name] = made
    spec.loader.exec_module(made)
    return made


wheels = module("windows_wheels")
installer = module("cai_dat")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("built")
    try:
        wheels.built_here(folder)
    except wheels.NoIndexError:
        pytest.skip("the package index cannot be reached")
    return folder


def test_what_is_there_as_source_alone_is_all_python(built: Path) -> None:
    names = {}
    for file in built.glob("*.whl"):
        name, _, _, tags = parse_wheel_filename(file.name)
        names[name] = {str(tag) for tag in tags}
    assert set(names) == wheels.ONLY_AS_SOURCE
    assert all("py3-none-any" in tags for tags in names.values())


@pytest.mark.parametrize("python", wheels.PYTHONS)
def test_everything_that_is_needed_has_a_wheel_for_windows(python: str, built: Path) -> None:
    found = wheels.needed(python, built)
    assert [one.file for one in found if not one.fits(python)] == []
    assert {"starlette", "uvicorn"} <= {one.name for one in found}
    names = {one.name: one for one in found}
    for package in found:
        for wanted in wheels._applying(package.requires, python):
            version = names[canonicalize_name(wanted.name)].version
            assert wanted.specifier.contains(version, prereleases=True), f"{package.name}: {wanted}"
    assert "colorama" in names  # which only Windows wants
    assert ("audioop-lts" in names) == (python == "3.13")
    assert len(names) > 25


@pytest.mark.parametrize(
    ("file", "python", "fits"),
    [
        ("x-1-cp312-abi3-win_amd64.whl", "3.13", True),
        ("x-1-cp312-abi3-win_amd64.whl", "3.11", False),
        ("x-1-cp313-cp313-win_amd64.whl", "3.12", False),
        ("x-1-cp311-cp311-manylinux_2_17_x86_64.whl", "3.11", False),
        ("x-1-cp311-cp311-win32.whl", "3.11", False),
        ("x-1-py2.py3-none-any.whl", "3.11", True),
    ],
)
def test_a_wheel_of_another_machine_is_none(file: str, python: str, fits: bool) -> None:
    assert wheels.Wanted("x", "1", file, ()).fits(python) is fits


def test_what_is_clicked_is_read_by_any_code_page() -> None:
    data = (BUNDLE / "cai-dat.cmd").read_bytes()
    text = data.decode("ascii")
    assert text.count("\r\n") == text.count("\n")
    assert all(version in text for version in wheels.PYTHONS)
    assert re.findall(r"(?<!\")%~dp0", text) == []  # a path may have blanks


@pytest.mark.parametrize(
    "folder",
    [
        *(r"D:\con", "aux", r"C:\dai\nul.txt", "COM1", "lpt9.xa"),
        *("dai?", 'd"ai', r"D:\dai.", "dai ", "D:\\" + "x" * 200),
    ],
)
def test_a_name_that_windows_does_not_take_is_refused(folder: str) -> None:
    assert installer.why_not(folder)


@pytest.mark.parametrize("folder", [r"D:\Đài Xã Tân Lộc", "console", r"..\dai", r"C:\com10\auxi"])
def test_a_name_that_windows_takes_is_taken(folder: str) -> None:
    assert installer.why_not(folder) is None


def test_the_longest_path_is_that_of_the_deepest_file(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a-1-py3-none-any.whl", "w") as wheel:
        wheel.writestr("a/b.py", "")
        wheel.writestr("a/" + "c" * 100 + ".py", "")
    short, long = (
        installer.longest_path(tmp_path, target) for target in ("C:\\b", "C:\\" + "b" * 120)
    )
    assert 105 < short < installer.LONGEST < long


class Recorded:
    """Runs nothing, notes what would be run; ``fails`` says at which words one fails."""

    def __init__(self, fails: str = "") -> None:
        self.commands: list[Sequence[str]] = []
        self.environments: list[dict[str, str]] = []
        self.fails = fails

    def __call__(self, command: Sequence[str], environment: dict[str, str]) -> int:
        self.commands.append(command)
        self.environments.append(environment)
        return int(bool(self.fails) and self.fails in command)


def test_it_is_installed_from_the_folder_alone(tmp_path: Path) -> None:
    run = Recorded()
    assert installer.install(tmp_path, tmp_path / "wheels", run)
    (pip,) = (command for command in run.commands if "pip" in command)
    assert "--no-index" in pip
    assert pip[-1] == "broadcast[studio]"
    assert pip[pip.index("--find-links") + 1] == str(tmp_path / "wheels")
    for file, begins in (("mo-dai.cmd", "broadcast studio"), ("go-lenh.cmd", "broadcast status")):
        opened = (tmp_path / file).read_bytes().decode("ascii")
        assert "chcp 65001" in opened
        assert '"PATH=%~dp0venv\\Scripts;%PATH%"' in opened
        assert opened.endswith(f"\r\n{begins}\r\n")
    assert not installer.install(tmp_path, tmp_path, Recorded(fails="pip"))


def test_no_sign_in_a_path_means_anything_to_the_start_entries(tmp_path: Path) -> None:
    run = Recorded()
    station = tmp_path / "Đài 'Xã' $(x) `y`"
    assert installer.start_entries(tmp_path, station, tmp_path / "menu", run)
    assert len(run.commands) == 2
    for command, environment in zip(run.commands, run.environments, strict=True):
        assert not any("Đài" in word for word in command)
        assert environment["BC_FOLDER"] == str(station)
        assert set(re.findall(r"\$env:(BC_\w+)", command[-1])) == set(environment)
    opened = [environment["BC_ARGUMENTS"] for environment in run.environments]
    assert opened == [f'/k ""{tmp_path / file}""' for file in ("mo-dai.cmd", "go-lenh.cmd")]
    links = [Path(environment["BC_LINK"]).name for environment in run.environments]
    assert links == ["broadcast.lnk", "broadcast - go lenh.lnk"]
    refused = Recorded(fails="powershell")
    assert not installer.start_entries(tmp_path, station, tmp_path / "menu", refused)


@pytest.mark.parametrize(
    ("answers", "made"),
    [(["D:\\con", ""], "dai-phat-thanh"), (["k"], None), (['"D:\\Đài"'], "Đài")],
)
def test_a_station_is_made_where_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answers: list[str], made: str | None
) -> None:
    (tmp_path / "bundle" / "wheels").mkdir(parents=True)
    with zipfile.ZipFile(tmp_path / "bundle" / "wheels" / "a-1-py3-none-any.whl", "w") as wheel:
        wheel.writestr("a.py", "")
    monkeypatch.setattr(installer, "HERE", tmp_path / "bundle")
    monkeypatch.setattr(sys, "argv", ["cai_dat.py", "--target", str(tmp_path / "b")])
    monkeypatch.setattr("builtins.input", lambda _: answers.pop(0))
    run = Recorded()
    assert installer.main(run) == 0
    stations = [command for command in run.commands if "init" in command]
    if made is None:
        assert stations == []
    else:
        (command,) = stations
        assert command[command.index("init") + 1].endswith(made)
        assert command[-2:] == ["--lang", "vi"]
    assert run.commands[-1][0] == "powershell"


def test_the_page_names_what_is_in_the_folder_and_says_what_was_not_tried() -> None:
    page = text_of("docs/vi/bo-cai.md")
    in_the_folder = {"cai-dat.cmd", "cai_dat.py", "wheels", "huong-dan.txt"}
    assert in_the_folder <= set(spans_in(page))
    makes = (BUNDLE / "make.py").read_text("utf-8")
    assert all(f'"{name}"' in makes for name in in_the_folder)
    assert "chưa ai thử" in page
    shown = (BUNDLE / "cai_dat.py").read_text("utf-8") + (BUNDLE / "cai-dat.cmd").read_text("ascii")
    told = page.partition("## Gặp trở ngại")[2].partition("##")[0]
    for words in re.findall(r"\*(?:… )?([^*…]+?)(?: …)?\*", told):
        assert words in shown, words
