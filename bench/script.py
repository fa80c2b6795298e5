"""How long the splitter takes, as a multiple of reading the same file and one regex per line.

    python bench/script.py [REPEATS]

Each case prints its megabytes per second, its turns, the ratio to the baseline and the peak of
Python's memory; the last lines give the growth from half a script to a whole one (2 is linear).
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

from broadcast.script.canonical import canonical_text
from broadcast.script.parse import parse
from broadcast.script.read import read_document

ASKED = "Thưa ông, năm nay xã {at} đã làm những gì để người dân có nước sạch dùng quanh năm?"
ANSWERED = (
    "Năm qua, xã đã đầu tư 12,5 tỷ đồng xây {at} công trình cấp nước. Bà con rất phấn khởi. "
    "Trước đây mỗi khối nước phải mua với giá 80.000 đồng, nay chỉ còn 6.500 đồng. "
)


def interview(turns: int, paragraphs: int) -> str:
    """A labelled interview with ``paragraphs`` long paragraphs to each answer."""
    lines = ["Nước sạch về thôn Đồng Mới", ""]
    for at in range(turns // 2):
        lines += [f"Phóng viên: {ASKED.format(at=at)}", ""]
        answer = ANSWERED.format(at=at)
        lines += ["Ông Lê Quang Hạnh - Giám đốc Trung tâm Nước sạch: " + answer, ""]
        lines += [line for _ in range(paragraphs - 1) for line in (answer * 3, "")]
    return "\n".join(lines)


def unlabelled(turns: int) -> str:
    """An interview that is told by its questions alone."""
    return "\n\n".join(
        ASKED.format(at=at) if at % 2 == 0 else ANSWERED.format(at=at) for at in range(turns)
    )


def baseline(file: Path) -> int:
    """What any splitter must do: read, part into lines, one regex on each."""
    label = re.compile(r"\s*([^:]{1,80}):")
    return sum(label.match(line) is not None for line in file.read_text("utf-8").splitlines())


def split(file: Path) -> int:
    """Read and split a script; its number of turns."""
    return len(parse(read_document(file), language="vi").turns)


def split_and_write(file: Path) -> int:
    """Read and split a script and write it clean."""
    return len(canonical_text(parse(read_document(file), language="vi")))


def seconds(work: Callable[[Path], int], file: Path, repeats: int) -> float:
    """The least processor time of ``repeats`` runs: the machine's other work is no news."""
    best = float("inf")
    for _ in range(repeats):
        begun = time.process_time()
        work(file)
        best = min(best, time.process_time() - begun)
    return best


def peak_megabytes(work: Callable[[Path], int], file: Path) -> float:
    """The peak of Python's own allocations."""
    tracemalloc.start()
    work(file)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


def main(repeats: int) -> None:
    """Measure and print."""
    cases = {
        "an interview": interview(20, 6),
        "long answers": interview(400, 12),
        "20,000 turns": interview(20_000, 1),
        "20,000 unlabelled": unlabelled(20_000),
    }
    with tempfile.TemporaryDirectory() as folder:
        for name, text in cases.items():
            file = Path(folder) / "script.txt"
            file.write_text(text, encoding="utf-8", newline="\n")
            taken = seconds(split, file, repeats)
            ratio = taken / seconds(baseline, file, repeats)
            size = file.stat().st_size / 1e6
            print(
                f"{name:18} {size:6.2f} MB  {taken:6.2f} s  {size / taken:6.2f} MB/s"
                f"  {split(file):6} turns  ×{ratio:5.0f} baseline"
                f"  {peak_megabytes(split, file):5.0f} MB peak"
                f"  {seconds(split_and_write, file, 1) - taken:5.2f} s to write clean"
            )
        for name, make in {"labelled": lambda n: interview(n, 1), "unlabelled": unlabelled}.items():
            times = []
            for turns in (10_000, 20_000):
                file = Path(folder) / "script.txt"
                file.write_text(make(turns), encoding="utf-8", newline="\n")
                times.append(seconds(split, file, repeats))
            print(f"{name}: twice the turns take ×{times[1] / times[0]:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
