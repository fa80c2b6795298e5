"""Builds and publishes killed at many points: what a reader finds is whole, and work goes on."""

from __future__ import annotations

import json
import random
import re
import shutil
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

import feedparser
import pytest

from conftest import StationFolder, made_once, new_station
from killed_at import assert_is_one_of, files, own_files, points, run_to

NAME = "cau-moi"
SCRIPT = """\
Cầu mới qua sông Vân

Phóng viên: Thưa ông, bao giờ cầu thông xe?

Ông Đỗ Văn Lâm: {answer}

Phóng viên: Xin cảm ơn ông.
"""
ANSWERS = ["Cầu thông xe ngày 2/9 tới.", "Cầu thông xe cuối tháng 12, chậm 3 tháng."]
FIRST_PUBLISHED = "2025-09-06T07:00+07:00"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> StationFolder:
    """A station whose episode was published; tests take copies."""

    def make(folder: Path) -> None:
        made = new_station(folder)
        for script in (made.root / "scripts").iterdir():
            script.unlink()
        write(made, 0)
        made.run("build", NAME, "--on", "2025-09-06")
        made.run("publish", NAME, "--at", FIRST_PUBLISHED)

    return made_once(tmp_path_factory, "killed", make)


@pytest.fixture
def bridge(published: StationFolder, tmp_path: Path) -> StationFolder:
    return published.copied_to(tmp_path / "station")


def write(station: StationFolder, version: int) -> None:
    text = SCRIPT.format(answer=ANSWERS[version])
    (station.root / "scripts" / f"{NAME}.txt").write_text(text, encoding="utf-8", newline="\n")


def drafted(station: StationFolder) -> dict[str, bytes]:
    return own_files(station.root / "episodes" / NAME)


def served(station: StationFolder) -> feedparser.FeedParserDict:
    """The one entry of the feed, whose media are there as it says, under its first date."""
    site = station.root / "feed"
    xml = (site / "feed.xml").read_bytes()
    parsed = feedparser.parse(xml)
    assert not parsed.bozo
    named = re.findall(r'(?:url|href)="http://127\.0\.0\.1:8000/([^"#]+)', xml.decode())
    assert len(named) > 4
    assert [place for place in named if not (site / place).is_file()] == []
    (entry,) = parsed.entries
    (enclosure,) = entry.enclosures
    media = site / enclosure.href.removeprefix("http://127.0.0.1:8000/")
    assert media.stat().st_size == int(enclosure.length)
    first = datetime.fromisoformat(FIRST_PUBLISHED)
    assert parsedate_to_datetime(entry.published) == first
    return entry


@pytest.mark.parametrize("speech", ["kept", "forgotten"])
def test_a_build_killed_anywhere_leaves_old_or_new_and_the_next_goes_on(
    bridge: StationFolder, tmp_path: Path, speech: str
) -> None:
    old = drafted(bridge)
    write(bridge, 1)
    if speech == "forgotten":
        shutil.rmtree(bridge.root / ".broadcast")
    whole = bridge.copied_to(tmp_path / "whole")
    run = run_to("0", whole.root, "build", NAME)
    assert run.status == 0
    new = drafted(whole)
    assert all(new[name] != old[name] for name in (f"{NAME}.mp3", f"{NAME}.vtt", "episode.json"))
    for point, where in points(run, in_cache=4 if speech == "kept" else 10).items():
        if speech == "forgotten" and not point.startswith("cache"):
            continue  # the others are the same as where it was kept
        station = bridge.copied_to(tmp_path / point)
        assert run_to(point, station.root, "build", NAME).was_killed, where
        assert_is_one_of([old, new], station.root / "episodes" / NAME, where)
        if (station.root / "episodes" / NAME / ".ready").is_dir():
            station.run("publish", NAME)  # what was decided is what is published
            assert drafted(station) == new, where
        station.run("build", NAME)
        assert drafted(station) == new, where


def test_a_publish_killed_anywhere_leaves_a_feed_that_serves_what_it_names(
    bridge: StationFolder, tmp_path: Path
) -> None:
    write(bridge, 1)
    bridge.run("build", NAME)
    whole = bridge.copied_to(tmp_path / "whole")
    run = run_to("0", whole.root, "publish", NAME)
    assert run.status == 0
    assert served(whole).enclosures != served(bridge).enclosures
    frozen = f"episodes/{NAME}/published"
    assert files(whole.root / frozen).keys() != files(bridge.root / frozen).keys()
    for point, where in points(run, in_cache=0).items():
        station = bridge.copied_to(tmp_path / point)
        assert run_to(point, station.root, "publish", NAME).was_killed, where
        entry = served(station)
        assert entry.enclosures in (served(bridge).enclosures, served(whole).enclosures), where
        station.run("publish", NAME)
        assert served(station).enclosures == served(whole).enclosures, where
        for folder in ("feed", frozen):
            assert files(station.root / folder).keys() == files(whole.root / folder).keys(), where
        record = json.loads((station.root / frozen / "published.json").read_text("utf-8"))
        assert record["guid"] == station.episode(NAME)["guid"] == entry.id, where


def test_a_rename_killed_anywhere_leaves_one_name_and_the_next_command_goes_on(
    bridge: StationFolder, tmp_path: Path
) -> None:
    new = "cau-van"
    whole = bridge.copied_to(tmp_path / "whole")
    run = run_to("0", whole.root, "rename", NAME, new)
    assert run.status == 0
    kept = ("scripts", "episodes", "feed")
    old, renamed = ([files(one.root / place) for place in kept] for one in (bridge, whole))
    for point, where in points(run, in_cache=0).items():
        station = bridge.copied_to(tmp_path / point)
        assert run_to(point, station.root, "rename", NAME, new).was_killed, where
        served(station)
        station.run("feed")
        found = [files(station.root / place) for place in kept]
        assert found in (old, renamed), where
        if found == old:
            station.run("rename", NAME, new)
        assert [files(station.root / place) for place in kept] == renamed, where


def test_work_that_is_killed_again_and_again_goes_on(bridge: StationFolder) -> None:
    draft = bridge.root / "episodes" / NAME
    versions = [drafted(bridge)]
    write(bridge, 1)
    places = list(run_to("0", bridge.root, "build", NAME).points)
    versions.append(drafted(bridge))
    chance = random.Random(1)
    for step in range(6):
        version = chance.randrange(2)
        write(bridge, version)
        command = chance.choice(["build", "publish"])
        point = chance.choice(places)
        run_to(point, bridge.root, command, NAME)
        where = f"step {step}: {command} killed at point {point}"
        assert_is_one_of(versions, draft, where)
        served(bridge)
        if step % 4 == 3:
            bridge.run("build", NAME)
            assert drafted(bridge) == versions[version], where
            bridge.run("publish", NAME)
            published = files(draft / "published")
            assert versions[version][f"{NAME}.mp3"] in published.values(), where
