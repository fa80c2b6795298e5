"""How long the studio's script screen takes for 1,000 turns, and its memory over a day of work.

    python bench/studio.py [TURNS] [EDITS]

Each figure is the studio's processor time, the least of several (the machine's other work is no
news), and its ratio to reading the same script as `check` does, in a process of its own and imports
aside; then the wall-clock time that a page waited. The day is
EDITS edits, a build for every ten of them, and the programme heard after each build, all on one
server; its memory is the highest proportional set size that was seen.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

import psutil

from script import interview

SETTINGS = """\
[show]
title = "Tiếng nói Vân Hải"
language = "vi"
author = "Đài Vân Hải"
email = "dai@vanhai.example.vn"
base_url = "https://radio.vanhai.example.vn/"

[voices]
engines = ["espeak"]
"""
SHORT = (
    "Chợ mới\n\nPhóng viên: Thưa bà, chợ đã họp chưa?\n\n"
    "Bà Trần Thị Út: Chợ họp từ 6 giờ. Bà con rất vui.\n"
)
CHECK = """
import sys, time
from pathlib import Path
from broadcast.production.desk.check_script import check
from broadcast.production.desk.check_script import check_understood
from broadcast.script.parse import parse
from broadcast.script.read import read_text_document
from broadcast.workspace import Workspace
parse(read_text_document("Phóng viên: A?", Path("a.txt")), language="vi")
folder, file = Path(sys.argv[1]), Path(sys.argv[2])
begun = time.process_time()
check(Workspace(folder), file, readings=True)
print(time.process_time() - begun)
"""
REPEATS = 5
GIVEN = ("Hoa", "Mai", "Cúc", "Đào", "Sen", "Lan", "Nga")


class Studio:
    """A studio that runs, asked as its own pages ask it."""

    def __init__(self, station: Path) -> None:
        command = [sys.executable, "-m", "broadcast", "studio", "--port", "0", "--no-browser"]
        self.process = subprocess.Popen(
            [*command, "--station", str(station)], stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        told = self.process.stdout.readline() + self.process.stdout.readline()
        found = re.search(r"(http://127\.0\.0\.1:\d+)/\?token=\S+", told)
        assert found is not None, told
        self.origin = found[1]
        self._opener: OpenerDirector = build_opener(HTTPCookieProcessor(CookieJar()))
        page = self._opener.open(found[0]).read().decode()
        change = re.search('name="studio-change" content="([^"]+)"', page)
        assert change is not None
        self._change = change[1]

    def get(self, path: str) -> bytes:
        """What a page or a sound is."""
        return bytes(self._opener.open(self.origin + path).read())

    def post(self, path: str, **fields: str) -> dict[str, object]:
        """Ask for a change."""
        request = Request(
            self.origin + path,
            json.dumps(fields).encode(),
            {"origin": self.origin, "x-studio-change": self._change},
        )
        return dict(json.loads(self._opener.open(request).read()))

    def seconds(self, work: Callable[[], object]) -> tuple[float, float]:
        """The processor time that it takes for work, and the wall-clock time."""
        process = psutil.Process(self.process.pid)
        before, begun = process.cpu_times(), time.perf_counter()
        work()
        took, after = time.perf_counter() - begun, process.cpu_times()
        return after.user - before.user + after.system - before.system, took

    @property
    def megabytes(self) -> float:
        """Its memory now."""
        return float(psutil.Process(self.process.pid).memory_full_info().pss / 1e6)

    def end(self) -> None:
        """End it, as Ctrl-C does."""
        self.process.send_signal(2)
        self.process.wait()


class Page:
    """A script's page: what it has seen, and the rows that it has."""

    def __init__(self, studio: Studio, name: str) -> None:
        self.studio, self.name = studio, name
        self.show("rows")

    def show(self, what: str, **fields: str) -> None:
        """Ask, and take what comes."""
        given = self.studio.post(f"/programmes/{self.name}/{what}", **fields)
        self.seen = str(given["seen"])
        rows = given["rows"]
        assert isinstance(rows, list)
        self.has = " ".join(row["key"] for row in rows)

    def mend(self, **fields: str) -> None:
        """Change the script."""
        self.show("mend", seen=self.seen, has=self.has, **fields)

    def undo(self) -> None:
        """Take the last change back."""
        self.show("undo", seen=self.seen, has=self.has)


def checked(station: Path, file: Path) -> float:
    """The seconds that reading a script takes as `check` does it."""
    told = subprocess.run(
        [sys.executable, "-c", CHECK, station, file], capture_output=True, check=True, text=True
    )
    return float(told.stdout)


def edits(page: Page, turns: int) -> dict[str, Callable[[int], None]]:
    """The edits that are measured, each at another turn every time."""

    def said_by(at: int) -> None:
        turn = str(turns // 2 + 2 * at + 1)
        page.mend(act="said-by", turn=turn, paragraph="0", words="0", name="Bà Lê Thị Hoa")

    def words(at: int) -> None:
        turn = str(turns // 4 + 2 * at)
        text = f"Thưa ông, xã {at} có bao nhiêu km đường mới?"
        page.mend(act="word", turn=turn, paragraph="0", words="0", text=text)

    def split(at: int) -> None:
        page.mend(
            act="said-by", turn=str(5 * at + 1), paragraph="0", words="15", name="Bà Lê Thị Hoa"
        )

    def reading(at: int) -> None:
        page.mend(act="read", name=f"{at} công trình", other=f"công trình {at}", where="script")

    def undo(at: int) -> None:
        page.undo()

    return {
        "another speaker": said_by,
        "other words": words,
        "a turn parted": split,
        "a reading": reading,
        "taken back": undo,
    }


def speed(station: Path, turns: int) -> None:
    """Measure the script screen."""
    file = station / "scripts/dai.txt"
    text = interview(turns, 1)
    file.write_text(text, "utf-8")
    size = f"{turns} turns, {len(text.encode()) / 1e6:.2f} MB"
    base = min(checked(station, file) for _ in range(3))
    print(f"{size}: read as check does in {base:.2f} s")
    first = []
    for _ in range(3):
        studio = Studio(station)
        # Whoever opens the station looks at its board before a script.
        time.sleep(1)
        first.append(studio.seconds(lambda: studio.get("/programmes/dai/script")))  # noqa: B023
        studio.end()
    tell("first screen", first, base)
    studio = Studio(station)
    page = Page(studio, "dai")
    for name, edit in edits(page, turns).items():
        times = [studio.seconds(partial(edit, at)) for at in range(REPEATS)]
        tell(name, times, base)
    print(f"memory with it: {studio.megabytes:.0f} MB")
    studio.end()


def tell(name: str, times: list[tuple[float, float]], base: float) -> None:
    """Print the least of some times."""
    processor, waited = min(times)[0], min(waited for _, waited in times)
    print(f"{name:16} {processor:5.2f} s  ×{processor / base:.2f}  waited {waited:.2f} s")


def day(station: Path, turns: int, count: int) -> None:
    """Work on one server as over a day: edits, builds, hearings."""
    (station / "scripts/ngan.txt").write_text(SHORT, "utf-8")
    (station / "scripts/dai.txt").write_text(interview(turns, 1), "utf-8")
    studio = Studio(station)
    begun = studio.megabytes
    pages = [Page(studio, "dai"), Page(studio, "ngan")]
    most, builds = begun, 0
    for at in range(count):
        page = pages[at % 2]
        turn = str(2 * (at % 40) + 1) if page.name == "dai" else "1"
        page.mend(
            act="said-by",
            turn=turn,
            paragraph="0",
            words="0",
            name=f"Bà Lê Thị {GIVEN[at // 2 % 7]}",
        )
        if at % 3 == 2:
            page.undo()
        if at % 10 == 9:
            studio.post("/programmes/ngan/build")
            told = studio.get("/programmes/ngan/progress").decode()
            assert '"state": "done"' in told, told
            builds += 1
            shown = studio.get("/programmes/ngan/script").decode()
            sound = re.search('src="(/programmes/ngan/audio/[^"]+)"', shown)
            assert sound is not None
            studio.get(sound[1])
            studio.get("/")
        most = max(most, studio.megabytes)
    print(
        f"a day: {count} edits, {builds} builds and hearings: {begun:.0f} MB at first, "
        f"{most:.0f} MB at most, {studio.megabytes:.0f} MB at last"
    )
    studio.end()


def main(turns: int, count: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        station = Path(folder)
        (station / "scripts").mkdir()
        (station / "station.toml").write_text(SETTINGS, "utf-8")
        speed(station, turns)
        day(station, turns, count)


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:]]
    main(*given, *(1_000, 300)[len(given) :])
