"""Makes dist/broadcast-windows/: a folder that installs the program on Windows without internet.

Run by `make bundle`. What is in it: wheels for every Python it may meet, cai-dat.cmd to click on.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from windows_wheels import ONLY_AS_SOURCE, PYTHONS, ROOT, Wanted, built_here, for_windows, needed

HERE = Path(__file__).parent
TARGET = ROOT / "dist" / "broadcast-windows"


def main() -> None:
    """Make the folder anew."""
    shutil.rmtree(TARGET, ignore_errors=True)
    wheels = TARGET / "wheels"
    wheels.mkdir(parents=True)
    _pip("wheel", "--no-deps", "--wheel-dir", wheels, ROOT)
    built_here(wheels)
    for python in PYTHONS:
        packages = needed(python, wheels)
        wrong = [one.file for one in packages if not one.fits(python)]
        if wrong:
            raise SystemExit(f"no wheel for Windows and Python {python}: {', '.join(wrong)}")
        _fetch(packages, python, wheels)
    for name in ("cai-dat.cmd", "cai_dat.py"):
        shutil.copy(HERE / name, TARGET / name)
    shutil.copy(ROOT / "docs" / "vi" / "bo-cai.md", TARGET / "huong-dan.txt")
    size = sum(file.stat().st_size for file in wheels.iterdir())
    sys.stdout.write(f"{TARGET}: {len(list(wheels.iterdir()))} wheels, {size / 1e6:.0f} MB\n")


def _fetch(packages: Iterable[Wanted], python: str, wheels: Path) -> None:
    ready = [one.pinned for one in packages if one.name not in ONLY_AS_SOURCE]
    _pip("download", "--no-deps", "--only-binary", ":all:", "--dest", wheels,
         *for_windows(python), *ready)  # fmt: skip
    strange = [file.name for file in wheels.iterdir() if "linux" in file.name]
    if strange:
        raise SystemExit(f"built for this machine alone: {', '.join(strange)}")


def _pip(*arguments: str | Path) -> None:
    quiet = ("--quiet", "--disable-pip-version-check")
    subprocess.run([sys.executable, "-m", "pip", *arguments, *quiet], check=True)


if __name__ == "__main__":
    main()
