"""What the program needs → the wheels that a Windows machine installs, for each Python it may have.

pip picks for the machine it runs on, also where it is given another's platform: markers such as
``sys_platform == "win32"`` are read here, and pip is asked for one package after the other.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import canonicalize_name, parse_wheel_filename

ROOT = Path(__file__).parent.parent
PYTHONS = ("3.11", "3.12", "3.13")
PLATFORM = "win_amd64"
ONLY_AS_SOURCE = {"feedgen", "docopt"}
"""Packages that are there as source alone, all Python: their wheels are built here."""


class NoIndexError(Exception):
    """The package index cannot be reached."""


@dataclass(frozen=True)
class Wanted:
    """A package in the version that is taken, and the name of its file in the index."""

    name: str
    version: str
    file: str
    requires: tuple[str, ...]

    @property
    def pinned(self) -> str:
        """Name this very version to pip."""
        return f"{self.name}=={self.version}"

    def fits(self, python: str) -> bool:
        """Whether it is a wheel that a Python of Windows takes."""
        *_, tags = parse_wheel_filename(self.file)
        return bool(tags & tags_of(python))


def tags_of(python: str) -> frozenset[Tag]:
    """Give the tags of wheels that Windows' Python takes (PEP 425)."""
    version = tuple(map(int, python.split(".")))
    interpreter = "cp" + python.replace(".", "")
    return frozenset(
        [*cpython_tags(version, platforms=[PLATFORM]),
         *compatible_tags(version, interpreter, [PLATFORM])]
    )  # fmt: skip


def environment_of(python: str) -> dict[str, str]:
    """Give what markers are read by on a Windows machine."""
    return {
        **default_environment(),
        "os_name": "nt", "sys_platform": "win32", "platform_system": "Windows",
        "platform_machine": "AMD64", "python_version": python, "implementation_name": "cpython",
        "python_full_version": f"{python}.0", "platform_python_implementation": "CPython",
        "extra": "",
    }  # fmt: skip


def built_here(folder: Path) -> list[Path]:
    """Build the wheels of what is there as source alone into a folder, and give them."""
    _pip("wheel", "--no-deps", "--wheel-dir", folder, *sorted(ONLY_AS_SOURCE))
    return sorted(folder.glob("*.whl"))


def needed(python: str, built: Path) -> tuple[Wanted, ...]:
    """Give every package that program and studio need with that Python, in versions that fit.

    ``built`` is a folder that has what ``built_here`` builds. Raises NoIndexError where the index
    does not answer.
    """
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    everything = [*project["dependencies"], *project["optional-dependencies"]["studio"]]
    wanted = {str(one): one for one in _applying(everything, python)}
    while True:
        found = _resolved(wanted.values(), python, built)
        names = {one.name for one in found}
        left = {
            str(one): one
            for package in found
            for one in _applying(package.requires, python)
            if canonicalize_name(one.name) not in names
        }
        if not left:
            return found
        wanted |= left  # which this machine's markers left out


def _applying(requirements: Sequence[str], python: str) -> list[Requirement]:
    environment = environment_of(python)
    wanted = map(Requirement, requirements)
    return [one for one in wanted if one.marker is None or one.marker.evaluate(environment)]


def _resolved(wanted: Iterable[Requirement], python: str, built: Path) -> tuple[Wanted, ...]:
    plain = [f"{one.name}{one.specifier}" for one in wanted]
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "report.json"
        _pip("install", "--dry-run", "--report", told, "--ignore-installed", "--target", folder,
             "--only-binary", ":all:", "--find-links", built, *for_windows(python),
             *plain)  # fmt: skip
        report = json.loads(told.read_text("utf-8"))
    packages = [
        Wanted(
            canonicalize_name(one["metadata"]["name"]),
            one["metadata"]["version"],
            one["download_info"]["url"].rpartition("/")[2].partition("#")[0],
            tuple(one["metadata"].get("requires_dist", ())),
        )
        for one in report["install"]
    ]
    return tuple(sorted(packages, key=lambda package: package.name))


def _pip(*arguments: str | Path) -> None:
    quiet = ("--quiet", "--no-input", "--disable-pip-version-check")
    done = subprocess.run(
        [sys.executable, "-m", "pip", *arguments, *quiet],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        away = re.search("Failed to establish|Connection|Temporary failure", done.stderr)
        raise (NoIndexError if away else RuntimeError)(done.stderr)


def for_windows(python: str) -> tuple[str, ...]:
    """Give pip's options for what another machine installs."""
    return ("--platform", PLATFORM, "--python-version", python, "--implementation", "cp")
