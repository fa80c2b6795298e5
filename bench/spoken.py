"""Measures the reading of written text: characters per second of processor time, import, cases.

    python bench/spoken.py [FOLDER]

FOLDER holds test_cases_*.txt files of written~spoken lines, as NVIDIA's NeMo text processing has
them (Apache-2.0; tests/nemo_text_processing/vi/data_text_normalization); without it that part is
left out.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from broadcast.spoken import Style, built_in_lexicon, northern, say
from broadcast.text import folded

ROOT = Path(__file__).parent.parent
TABLES = {"vi": "spoken_vi_newsroom.tsv", "en": "spoken_en_newsroom.tsv"}
PLAIN = "Công tác dân vận được tập trung triển khai, nhiều hoạt động sôi nổi diễn ra. " * 12
IMPORT = (
    "import time; start = time.process_time(); import broadcast.spoken\n"
    "print(time.process_time() - start)"
)


def characters_per_second(lines: list[str], language: str) -> float:
    lexicon = built_in_lexicon(language)
    say("1", language=language, lexicon=lexicon, style=northern)
    characters, started = 0, time.process_time()
    while time.process_time() - started < 1:
        for line in lines:
            say(line, language=language, lexicon=lexicon, style=northern)
            characters += len(line)
    return characters / (time.process_time() - started)


def import_ms() -> float:
    """The least of ten, each in a Python of its own."""
    command = [sys.executable, "-c", IMPORT]
    runs = [
        subprocess.run(command, capture_output=True, check=True, text=True).stdout
        for _ in range(10)
    ]
    return 1000 * min(map(float, runs))


def passed(file: Path, style: Style) -> tuple[int, int]:
    lexicon = built_in_lexicon("vi")
    pairs = [line.split("~", 1) for line in file.read_text("utf-8").splitlines() if "~" in line]
    right = sum(
        folded(say(written, language="vi", lexicon=lexicon, style=style).text) == folded(spoken)
        for written, spoken in pairs
    )
    return right, len(pairs)


def main() -> None:
    print(f"import broadcast.spoken   {import_ms():9.0f} ms")
    print(f"plain Vietnamese          {characters_per_second([PLAIN], 'vi'):9.0f} characters/s")
    for language, name in TABLES.items():
        rows = (ROOT / "tests" / name).read_text("utf-8").splitlines()[1:]
        lines = [row.split("\t")[0] for row in rows]
        speed = characters_per_second(lines, language)
        print(f"nothing but hard cases, {language} {speed:8.0f} characters/s")
    if len(sys.argv) > 1:
        for file in sorted(Path(sys.argv[1]).glob("test_cases_*.txt")):
            right, of = passed(file, Style(year_hundreds=False))
            print(f"{file.stem.removeprefix('test_cases_'):25} {right:4} of {of}")


if __name__ == "__main__":
    main()
