"""What went from feed/ is told until the web host has lost it too."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from station_at_hand import NAME, OTHER, Station, older_station, put

HOW = "When they are deleted there: broadcast feed --removed --done"


@pytest.fixture
def station(tmp_path: Path) -> Station:
    """A station with one episode that is out, and one that was withdrawn."""
    station = older_station(tmp_path / "station")
    station.done("feed")
    return station


def said(station: Station, *arguments: str, status: int = 0) -> str:
    done = station.run(*arguments)
    assert done.exit_code == status, done.output
    return done.output


def media(station: Station) -> set[str]:
    folder = station.root / "feed"
    return {file.relative_to(folder).as_posix() for file in (folder / "media").iterdir()}


def listed(station: Station) -> list[str]:
    return said(station, "feed", "--removed").splitlines()


def test_what_a_withdrawal_takes_is_told_and_listed_and_the_page_is_not(station: Station) -> None:
    before = media(station)
    told = said(station, "withdraw", NAME)
    gone = before - media(station)
    assert len(gone) == 3
    assert f"{len(listed(station))} files are no longer in feed/" in told
    assert set(told.splitlines()) >= {f"  {path}" for path in gone}
    assert HOW in told
    assert set(listed(station)) >= gone
    assert not [path for path in listed(station) if (station.root / "feed" / path).exists()]
    assert f"episodes/{NAME}.html" not in listed(station)  # a tombstone stands there


def test_feed_and_publish_tell_it_until_it_is_said_to_be_done(station: Station) -> None:
    said(station, "withdraw", NAME)
    assert HOW in said(station, "feed")
    count = len(listed(station))
    assert f"Noted: {count} files are deleted" in said(station, "feed", "--removed", "--done")
    assert HOW not in said(station, "feed")
    assert HOW not in said(station, "publish", OTHER, "--yes")
    assert listed(station) == []


def test_what_comes_back_is_no_longer_to_be_deleted(station: Station) -> None:
    said(station, "withdraw", NAME)
    gone = set(listed(station))
    said(station, "publish", NAME, "--yes")
    assert not set(listed(station)) & media(station)
    assert gone & media(station)


def test_after_the_days_that_replaced_files_are_kept_it_is_listed_but_not_told(
    station: Station,
) -> None:
    said(station, "withdraw", NAME)
    record = station.document("feed.json")
    then = (datetime.now(UTC) - timedelta(days=15)).isoformat()
    removed = dict.fromkeys(record["removed"], then)
    put(station.root / "feed.json", json.dumps({**record, "removed": removed}).encode())
    assert HOW not in said(station, "feed")
    assert set(listed(station)) == set(removed)


def test_many_are_told_by_their_folders(station: Station) -> None:
    record = station.document("feed.json")
    removed = dict.fromkeys((f"media/{n}.mp3" for n in range(30)), record["seen"])
    removed["episodes/x.html"] = record["seen"]
    put(station.root / "feed.json", json.dumps({**record, "removed": removed}).encode())
    told = said(station, "feed").splitlines()
    assert "31 files are no longer in feed/. Delete them on the web host too:" in told
    assert "  media/: 30 files" in told
    assert "  episodes/: 1 file" in told
    assert len(told) <= 10


def test_nobody_is_told_while_the_feed_is_on_this_machine_alone(tmp_path: Path) -> None:
    station = older_station(tmp_path / "station")
    file = station.root / "station.toml"
    here = file.read_text("utf-8").replace("https://tanlach.example.vn", "http://127.0.0.1:8000")
    put(file, here.encode())
    for page in (station.root / "feed").glob("*"):
        if page.is_file():
            page.unlink()  # nothing is left of the address of its example
    said(station, "feed")
    assert "web host too" not in said(station, "withdraw", NAME)
    assert listed(station) == []


def test_done_alone_says_nothing_of_what(station: Station) -> None:
    done = station.run("feed", "--done")
    assert done.exception is not None
    assert "--removed" in str(done.exception)
