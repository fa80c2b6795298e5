"""How fast the embedded voice speaks a long programme: the whole command, with two workers.

    python bench/voice.py [TURNS]

Nothing is kept from before, so that every sentence is spoken. Seconds are the median of three
runs, from the call of `broadcast build` to its end, with levelling and encoding in them; memory is
the proportional set size of the whole process tree at its peak. Processor seconds are those of all
its processes: where others use the machine, two free processors would need half as many.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import soundfile

from measure import Run, median, run

BROADCAST = Path(sys.executable).with_name("broadcast")
TIMES = 3
_ASKED = "Thưa ông, chuyến biển số {n} về bến lúc mấy giờ, và bà con chờ ở đâu?"
_ANSWERED = (
    "Chuyến {n} về bến lúc năm giờ sáng, khi nước lớn. Bà con chờ ở cầu cảng số hai, nơi có mái "
    "che và nước uống. Hôm nào biển động thì loa phường báo trước một ngày, để không ai phải đi "
    "lại mất công. Năm ngoái có {n} hộ được vay vốn đóng tàu, lãi suất 3,5% một năm."
)


def main() -> None:
    turns = int(sys.argv[1]) if len(sys.argv) > 1 else 120
    with tempfile.TemporaryDirectory() as folder:
        station = Path(folder) / "station"
        run([BROADCAST, "init", station])
        script = station / "scripts" / "interview.txt"
        script.write_text("\n\n".join(_script(turns)), encoding="utf-8")
        before_s = _processor_s()
        spoken = median([_cold(station) for _ in range(TIMES)])
        processor_s = (_processor_s() - before_s) / TIMES
        seconds = soundfile.info(station / "episodes" / "interview" / "interview.mp3").duration
        print(f"{turns} turns, {seconds:.0f} s of programme, all of it spoken by eSpeak NG")
        print(f"{spoken.seconds:.1f} s ({processor_s:.1f} of processors)", end=", ")
        print(f"peak {spoken.peak_bytes / 1e6:.0f} MB")
        print(f"x{seconds / spoken.seconds:.0f} real time")


def _script(turns: int) -> Iterator[str]:
    """Give the paragraphs: every sentence is another one, so that none is spoken for two."""
    yield "Chuyện ở bến cá"
    questions = (
        text
        for n in range(1, turns + 1)
        for text in (f"PV: {_ASKED.format(n=n)}", f"Ông Lê Văn Tám: {_ANSWERED.format(n=n)}")
    )
    yield from islice(questions, turns)


def _processor_s() -> float:
    """Give what all commands so far took of processors."""
    times = os.times()
    return times.children_user + times.children_system


def _cold(station: Path) -> Run:
    shutil.rmtree(station / "episodes" / "interview", ignore_errors=True)
    shutil.rmtree(station / ".broadcast", ignore_errors=True)
    build = [BROADCAST, "build", "scripts/interview.txt", "--offline", "--jobs", "2"]
    return run(build, cwd=station)


if __name__ == "__main__":
    main()
