"""Builds and publishes killed at many points: what a reader finds is whole, and work goes on."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

import feedparser
import pytest

from conftest import StationFolder, new_station

NAME = "cau-moi"
SCRIPT = """\
Cầu mới qua sông Vân

Phóng viên: Thưa ông, bao giờ cầu thông xe?

Ông Đỗ Văn Lâm: {answer}

Phóng viên: Xin cảm ơn ông.
"""
ANSWERS = ["Cầu thông xe ngày 2/9 tới.", "Cầu thông xe cuối tháng 12, chậm 3 tháng."]
KILLED = 50
MOST_TRIES = 150
FIRST_PUBLISHED = datetime.fromisoformat("2025-09-06T07:00+07:00")


@pytest.fixture
def bridge(tmp_path: Path) -> StationFolder:
    station = new_station(tmp_path / "station")
    for script in (station.root / "scripts").iterdir():
        script.unlink()
    write(station, 0)
    station.run("build", NAME)
    station.run("publish", NAME, "--at", "2025-09-06T07:00+07:00")
    return station


def write(station: StationFolder, version: int) -> None:
    text = SCRIPT.format(answer=ANSWERS[version])
    (station.root / "scripts" / f"{NAME}.txt").write_text(text, encoding="utf-8", newline="\n")


def files(folder: Path) -> dict[str, bytes]:
    """What a reader finds in a folder: files that do not hide."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    }


def killed_after(station: StationFolder, seconds: float, *arguments: str) -> bool:
    """Run a command and kill it; give whether it had ended before."""
    process = subprocess.Popen(
        [sys.executable, "-m", "broadcast", *arguments],
        cwd=station.root,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return False
    return True


def fractions() -> Iterator[float]:
    """Spread moments evenly over a command's run, however many are taken."""
    for point in range(1, MOST_TRIES + 1):
        yield point * 0.6180339887 % 1


def timed(station: StationFolder, *arguments: str) -> float:
    began = time.perf_counter()
    station.run(*arguments)
    return time.perf_counter() - began


def test_a_build_killed_anywhere_leaves_old_or_new_and_the_next_goes_on(
    bridge: StationFolder,
) -> None:
    draft = bridge.root / "episodes" / NAME
    whole = []
    for version in (1, 0):
        write(bridge, version)
        seconds = timed(bridge, "build", NAME)
        whole.append({name: data for name, data in files(draft).items() if "published" not in name})
    new, old = whole
    killed = 0
    for point, fraction in enumerate(fractions()):
        moment = fraction * seconds
        write(bridge, (point + 1) % 2)
        # Speech is kept from before: forget it now and then, so that speaking is killed too.
        if point % 3 == 0:
            for file in (bridge.root / ".broadcast" / "cache").rglob("*"):
                if file.is_file():
                    file.unlink()
        killed += not killed_after(bridge, moment, "build", NAME)
        found = {name: data for name, data in files(draft).items() if "published" not in name}
        assert found.keys() == old.keys()
        for name, data in found.items():
            assert data in (old[name], new[name]), f"{name} after {moment:.3f} s"
        if point % 4 == 3:
            bridge.run("build", NAME)
            now = {name: data for name, data in files(draft).items() if "published" not in name}
            assert now == (new, old)[point % 2]
        if killed == KILLED:
            break
    assert killed == KILLED


def test_a_publish_killed_anywhere_leaves_a_feed_that_serves_what_it_names(
    bridge: StationFolder,
) -> None:
    site = bridge.root / "feed"
    write(bridge, 1)
    bridge.run("build", NAME)
    seconds = timed(bridge, "publish", NAME)
    killed = 0
    for point, fraction in enumerate(fractions()):
        moment = fraction * seconds
        if point % 2 == 0:
            write(bridge, point // 2 % 2)
            bridge.run("build", NAME)
        killed += not killed_after(bridge, moment, "publish", NAME)
        parsed = feedparser.parse((site / "feed.xml").read_bytes())
        assert not parsed.bozo
        (entry,) = parsed.entries
        (enclosure,) = entry.enclosures
        media = site / enclosure.href.removeprefix("http://127.0.0.1:8000/")
        assert media.stat().st_size == int(enclosure.length)
        assert parsedate_to_datetime(entry.published) == FIRST_PUBLISHED
        if killed == KILLED:
            break
    assert killed == KILLED
    bridge.run("publish", NAME)
    published = json.loads(
        (bridge.root / "episodes" / NAME / "published" / "published.json").read_text("utf-8")
    )
    assert published["guid"] == bridge.episode(NAME)["guid"] == entry.guid
