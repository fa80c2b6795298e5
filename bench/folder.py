"""A folder of recordings swapped in at once: what each file costs, of 20 and of 160.

Usage: folder.py. The recordings are MP3 of a few seconds of the offline voice, one for each answer
of an interview; the command is `swap NAME --folder DIR --yes`, from the files on the desk to the
draft. Ratios are within one run.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from audio import BROADCAST, recordings_in, station_of
from measure import Run, in_turn, run

FEW, MANY, TIMES = 20, 160, 3


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = recordings_in(folder, MANY, 0)

        def swapped(count: int) -> Run:
            desk, place = folder / "desk", folder / "station"
            for old in (desk, place):
                shutil.rmtree(old, ignore_errors=True)
            station = station_of(place, count)
            desk.mkdir()
            for n, file in enumerate(files[:count], 1):
                shutil.copy(file, desk / f"{n:03} trả lời.mp3")
            return run([BROADCAST, "swap", "long", "--folder", desk, "--yes"], cwd=station)

        few, many = in_turn(TIMES, lambda: swapped(FEW), lambda: swapped(MANY))
        for count, told in ((FEW, few), (MANY, many)):
            print(
                f"{count:4} files: {told.seconds:6.2f} s, {told.seconds / count * 1000:.0f} ms each"
            )
        print(
            f"each of {MANY} against each of {FEW}: {many.seconds / MANY / (few.seconds / FEW):.2f}"
        )


if __name__ == "__main__":
    main()
