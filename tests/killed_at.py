"""Runs a command and ends it at one of the points where it changes files, alike on any machine.

    python tests/killed_at.py SIGNAL POINT LOG build NAME

A point is a change as file_changes.py has them. (A killed process leaves the same files before
and after an fsync.) Those in the folder that the command runs in are numbered 1, 2, 3 …, those in
its cache, where threads are at work side by side, cache 1, cache 2 …; each is noted in LOG as it is
reached. At POINT the process gets the SIGNAL; there is no point 0.
"""

from __future__ import annotations

import builtins
import io
import itertools
import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from file_changes import changed_by, open_with, points_asked

# Windows has but one way to end a process, and calls it this.
KILL = getattr(signal, "SIGKILL", signal.SIGTERM)
KILLS_OF_EACH = 4
"""How many points of a command are tried where not all are: a process each."""


@dataclass(frozen=True, slots=True)
class Run:
    """The points that a command reached, in order, each with what it was about to do; its end."""

    points: dict[str, str]
    status: int
    told: str

    @property
    def was_killed(self) -> bool:
        """Whether it was still at work at the point it was to end at."""
        return self.status in (KILL, -KILL)


def run_to(
    point: str, root: Path, *arguments: str | Path, number: int = KILL, **environment: str
) -> Run:
    """Run a command of the program in a station's folder and end it at a point ("0": at none)."""
    log = root.with_name(f"{root.name}.points")
    done = subprocess.run(
        [sys.executable, __file__, str(int(number)), point, str(log), *map(str, arguments)],
        cwd=root,
        env={**os.environ, "PYTHONUTF8": "1", "COLUMNS": "200", **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    lines = log.read_text("utf-8").splitlines()
    reached = dict(line.split(": ", 1) for line in lines)
    assert len(reached) == len(lines)
    return Run(reached, done.returncode, done.stderr)


def points(run: Run, *, in_cache: int) -> dict[str, str]:
    """Choose points of a run, of a file's writes the first; of the cache's, ``in_cache``.

    `make kills` has every one besides the cache's, or so many; else it is some, the same each time.
    """
    every = {at: what for at, what in run.points.items() if not at.startswith("cache")}
    assert len(every) > 15
    once = {what: at for at, what in reversed(every.items()) if what.startswith("write")}
    chosen = [at for at, what in every.items() if once.get(what, at) == at]
    some = set(random.Random(7).sample(chosen, min(points_asked(KILLS_OF_EACH), len(chosen))))
    chosen = [at for at in chosen if at in some]
    chosen += random.Random(7).sample(sorted(run.points.keys() - every.keys()), in_cache)
    return {at: f"killed at point {at}, {run.points[at]}" for at in chosen}


def files(folder: Path) -> dict[str, bytes]:
    """What a reader finds in a folder: files that do not hide."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    }


def own_files(folder: Path) -> dict[str, bytes]:
    """Of those, the folder's own: not the ones in folders below it."""
    return {name: data for name, data in files(folder).items() if "/" not in name}


def assert_is_one_of(versions: Sequence[dict[str, bytes]], folder: Path, where: str) -> None:
    """Hold each file to be whole, and all of them, with what was decided, to be one version."""
    found = own_files(folder)
    for name, data in found.items():
        assert data in [version.get(name) for version in versions], f"{name} {where}"
    decided = folder / ".ready"
    if decided.is_dir():
        found |= own_files(decided)
    assert found in versions, where


def _run(number: int, point: str, log: int, arguments: Iterable[str]) -> None:
    root, count, count_in_cache = Path.cwd(), itertools.count(1), itertools.count(1)

    def reach(what: str, where: object) -> bool:
        """Note a point; say whether it is the last."""
        try:
            place = Path(os.fsdecode(where))  # type: ignore[arg-type]
            shown = (root / place).relative_to(root).as_posix()
        except (TypeError, ValueError):  # a descriptor, or a file elsewhere
            return False
        in_cache = shown.startswith(".broadcast/cache")
        at = f"cache {next(count_in_cache)}" if in_cache else str(next(count))
        os.write(log, f"{at}: {what} {shown}\n".encode())
        return at == point

    def end() -> None:
        os.kill(os.getpid(), number)

    def heard(event: str, details: tuple[Any, ...]) -> None:
        where = changed_by(event, details)
        if where is not None and reach(event.removeprefix("os."), where):
            end()

    class Halving(io.FileIO):
        def write(self, data: Any) -> int:
            if reach("write", self.name):
                super().write(memoryview(data).cast("B")[: len(data) // 2])
                end()
            return super().write(data)

    from broadcast.cli import main

    sys.dont_write_bytecode = True
    shutil._USE_CP_SENDFILE = False  # type: ignore[attr-defined]  # copies are writes, too
    io.open = builtins.open = open_with(Halving, io.open)  # type: ignore[assignment]
    sys.addaudithook(heard)
    sys.argv = ["broadcast", *arguments]
    main()


if __name__ == "__main__":
    ending, last, noted, *command = sys.argv[1:]
    _run(
        int(ending),
        last,
        os.open(noted, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND),
        command,
    )
