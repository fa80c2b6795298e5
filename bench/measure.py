"""Runs a command and tells its wall-clock time and the peak memory of its whole process tree."""

from __future__ import annotations

import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

_EVERY_S = 0.02
_SHARE = 0.01  # of the time so far: looking at a tree's memory takes a processor 2 ms


@dataclass(frozen=True, slots=True)
class Run:
    """One run: seconds of wall-clock time, and bytes of proportional set size at the peak."""

    seconds: float
    peak_bytes: int


def run(command: Sequence[str | Path], *, cwd: Path | None = None) -> Run:
    """Run a command to its end; raises CalledProcessError when it fails."""
    began = time.perf_counter()
    with tempfile.TemporaryFile("w+", encoding="utf-8") as told:  # a full pipe would hold it up
        process = subprocess.Popen(
            command, cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=told
        )
        peak = 0
        tree = psutil.Process(process.pid)
        while process.poll() is None:
            peak = max(peak, _tree_bytes(tree))
            time.sleep(max(_EVERY_S, _SHARE * (time.perf_counter() - began)))
        seconds = time.perf_counter() - began
        if process.returncode:
            told.seek(0)
            raise subprocess.CalledProcessError(process.returncode, command, stderr=told.read())
    return Run(seconds, peak)


def median(runs: Sequence[Run]) -> Run:
    """Give the median time and the highest peak of several runs."""
    return Run(statistics.median(one.seconds for one in runs), max(one.peak_bytes for one in runs))


def in_turn(times: int, *commands: Callable[[], Run]) -> list[Run]:
    """Run commands A B A B …, so that a slower moment of the machine meets them all alike."""
    told: list[list[Run]] = [[] for _ in commands]
    for _ in range(times):
        for runs, command in zip(told, commands, strict=True):
            runs.append(command())
    return [median(runs) for runs in told]


def _tree_bytes(tree: psutil.Process) -> int:
    total = 0
    try:
        processes = [tree, *tree.children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0
    for process in processes:
        try:
            facts = process.memory_full_info()
        except (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
            continue
        total += getattr(facts, "pss", facts.uss)
    return total
