"""A night's pile of scripts built side by side, and the state of a network of stations.

Usage: batch.py [EPISODES [TIMES [STATIONS]]] (150, 1 and 150 unless told). Episodes of three
minutes are spoken once; each run begins with that speech and nothing else made. Against them
stands the script a user would write, run once for each episode with the same speech. Without
Dask (the extra ``cluster``) its line is left out, and said to be.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

import soundfile

from build import _forget_all_but_speech, _turns
from feed import station_of
from measure import Run, in_turn, run
from plain_pydub import about_baseline

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "scripts" / "bien-sach-van-hai.txt"
BROADCAST = Path(sys.executable).with_name("broadcast")
PLAIN = Path(__file__).with_name("plain_pydub.py")
EPISODES_OF_A_STATION = 20
CACHE_MB = 20_000
"""An episode leaves 30 MB: of 150, what the first left would push out the speech of the last."""


def main() -> None:
    given = [int(one) for one in sys.argv[1:]]
    episodes, times, stations = [*given, *(150, 1, 150)[len(given) :]]
    with tempfile.TemporaryDirectory() as folder:
        batch(Path(folder), episodes, times)
    with tempfile.TemporaryDirectory() as folder:
        network(Path(folder), stations)


def batch(folder: Path, episodes: int, times: int) -> None:
    spoken, station = folder / "spoken", folder / "station"
    run([BROADCAST, "init", spoken])
    (spoken / "scripts" / SAMPLE.name).unlink()
    settings = spoken / "station.toml"
    text = settings.read_text("utf-8").replace("[cache]\n", f"[cache]\nlimit_mb = {CACHE_MB}\n")
    settings.write_text(text, "utf-8")
    for number in range(episodes):
        (spoken / "scripts" / f"bai-{number:03}.txt").write_text(words(number), "utf-8")
    run([BROADCAST, "build", "--all", "--offline"], cwd=spoken)
    first = spoken / "episodes" / "bai-000" / "bai-000.mp3"
    turns = _turns(first, folder)
    print(f"{episodes} episodes of {soundfile.info(first).duration:.0f} s, speech made", flush=True)
    shutil.rmtree(spoken / "episodes")
    _forget_all_but_speech(spoken / ".broadcast" / "cache")

    def built(*how: str) -> Run:
        shutil.rmtree(station, ignore_errors=True)
        shutil.copytree(spoken, station, copy_function=os.link)
        return run([BROADCAST, "build", "--all", "--offline", *how], cwd=station)

    def plain() -> Run:
        began = time.perf_counter()
        runs = [run([sys.executable, PLAIN, folder / "p.mp3", *turns]) for _ in range(episodes)]
        return Run(time.perf_counter() - began, max(one.peak_bytes for one in runs))

    ways = {
        "--jobs 1": lambda: built("--jobs", "1"),
        "--jobs 2": lambda: built("--jobs", "2"),
        "plain pydub": plain,
    }
    if find_spec("distributed"):
        ways["Dask, 2 workers"] = lambda: built("--cluster", "local", "--jobs", "2")
    else:
        print("no Dask here: it is not measured")
    found = dict(zip(ways, in_turn(times, *ways.values()), strict=True))
    for name, one in found.items():
        print(f"{name:18}{one.seconds:9.1f} s{one.peak_bytes / 1e6:9.0f} MB")
    two = found["--jobs 2"].seconds
    print(f"--jobs 2 is {found['--jobs 1'].seconds / two:.2f} times as fast as --jobs 1 (>= 1.8)")
    print(f"--jobs 2 takes {two / found['plain pydub'].seconds:.2f} of plain pydub (<= 0.65)")
    if "Dask, 2 workers" in found:
        ratio = found["Dask, 2 workers"].seconds / two
        print(f"Dask takes {ratio:.2f} of --jobs 2 (<= 1.25)")
    print(about_baseline())


def words(number: int) -> str:
    """Give the sample with its words in another order, so that no two programmes share any."""
    order = random.Random(number)
    paragraphs = []
    for paragraph in SAMPLE.read_text("utf-8").split("\n\n"):
        label, colon, said = (
            paragraph.rpartition(": ") if ": " in paragraph else ("", "", paragraph)
        )
        sentences = re.split(r"(?<=[.?!;]) ", said)
        for at, sentence in enumerate(sentences):
            inner = sentence.split(" ")
            middle = inner[1:-1]
            order.shuffle(middle)
            sentences[at] = " ".join([*inner[:1], *middle, *inner[1:][-1:]])
        paragraphs.append(f"{label}{colon}{' '.join(sentences)}")
    return "\n\n".join(paragraphs)


def network(folder: Path, stations: int) -> None:
    first = station_of(folder / "xa-000", EPISODES_OF_A_STATION)
    names = [f"xa-{number:03}" for number in range(stations)]
    for name in names[1:]:
        shutil.copytree(first, folder / name)
    (folder / "network.txt").write_text("\n".join(names) + "\n", "utf-8")
    for what in ("first", "again"):
        one = run([BROADCAST, "network", "status"], cwd=folder)
        print(
            f"network status of {stations} stations, {what}: {one.seconds:.2f} s (<= 3)", flush=True
        )


if __name__ == "__main__":
    main()
