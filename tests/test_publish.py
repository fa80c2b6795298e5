"""Publishing as a producer does it: listeners keep one entry under its first name and date."""

from __future__ import annotations

import json
import os
import shutil
import signal
from datetime import datetime
from typing import Any

import feedparser
import pytest

from conftest import StationFolder

NAME = "bien-sach-van-hai"
SCRIPT = f"scripts/{NAME}.txt"
FIRST = "2025-09-06T07:00+07:00"


def entry(station: StationFolder) -> Any:
    (only,) = feedparser.parse((station.root / "feed" / "feed.xml").read_bytes()).entries
    return only


def published(station: StationFolder) -> dict[str, Any]:
    file = station.root / "episodes" / NAME / "published" / "published.json"
    document: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return document


def test_an_episode_keeps_its_identity_when_its_draft_is_lost(
    copy_of_built_station: StationFolder,
) -> None:
    before = entry(copy_of_built_station)
    for file in (copy_of_built_station.root / "episodes" / NAME).glob("*.*"):
        file.unlink()
    copy_of_built_station.run("build", SCRIPT)
    assert copy_of_built_station.episode(NAME)["guid"] == before.id
    copy_of_built_station.run("publish", NAME)
    after = entry(copy_of_built_station)
    assert (after.id, after.published) == (before.id, before.published)


def test_listeners_keep_the_guid_whatever_a_draft_says(
    copy_of_built_station: StationFolder,
) -> None:
    file = copy_of_built_station.root / "episodes" / NAME / "episode.json"
    before = entry(copy_of_built_station).id
    file.write_text(file.read_text("utf-8").replace(before, "another"), "utf-8")
    copy_of_built_station.run("publish", NAME)
    assert entry(copy_of_built_station).id == before


def test_a_time_of_publication_that_has_passed_is_fixed(
    copy_of_built_station: StationFolder,
) -> None:
    again = copy_of_built_station.run("publish", NAME, "--at", FIRST)
    assert "have this draft" in again.stdout
    # The same moment in another zone changes nothing either.
    copy_of_built_station.run("publish", NAME, "--at", "2025-09-06T00:00Z")
    assert published(copy_of_built_station)["published"] == f"{FIRST[:-6]}:00+07:00"
    refused = copy_of_built_station.run("publish", NAME, "--at", "2025-09-07T07:00", status=2)
    assert "that time is fixed" in refused.stderr


def test_the_day_that_listeners_read_is_the_day_where_the_time_was_given(
    copy_of_built_station: StationFolder,
) -> None:
    # 23:00 of the day before in Greenwich.
    (copy_of_built_station.root / "episodes" / NAME / "published" / "published.json").unlink()
    copy_of_built_station.run(
        "publish", NAME, "--at", "2025-09-06T06:00+07:00", environment={"TZ": "UTC"}
    )
    assert entry(copy_of_built_station).published == "Sat, 06 Sep 2025 06:00:00 +0700"
    page = copy_of_built_station.root / "feed" / "episodes" / f"{NAME}.html"
    assert "6 tháng 9, 2025" in page.read_text("utf-8")


@pytest.mark.parametrize("time", ["0001-01-01", "07:00"])
def test_what_is_no_time_is_named(built_station: StationFolder, time: str) -> None:
    assert "is not a time" in built_station.run("publish", NAME, "--at", time, status=2).stderr


def test_an_episode_waits_for_its_time_and_may_be_given_another(
    copy_of_built_station: StationFolder,
) -> None:
    file = copy_of_built_station.root / "episodes" / NAME / "published" / "published.json"
    waiting = file.read_text("utf-8").replace("2025-09-06", "2199-09-06")
    file.write_text(waiting, "utf-8")
    copy_of_built_station.run("feed")
    assert not list((copy_of_built_station.root / "feed").rglob("*.mp3"))
    told = json.loads(copy_of_built_station.run("status", "--json").stdout)["episodes"][0]
    assert (told["waits"], told["state"], told["draft_is_newer"]) == (True, "published", False)
    copy_of_built_station.run("publish", NAME, "--at", "2025-09-06T05:00+07:00")
    assert datetime(*entry(copy_of_built_station).published_parsed[:5]) == datetime(2025, 9, 5, 22)


def test_publishing_again_puts_lost_files_back_and_changes_nothing_else(
    copy_of_built_station: StationFolder,
) -> None:
    folder = copy_of_built_station.root / "episodes" / NAME / "published"
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    next(folder.glob("*.mp3")).unlink()
    assert "is missing" in copy_of_built_station.run("feed", "--check", status=1).stdout
    copy_of_built_station.run("publish", NAME)
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


def test_a_copied_folder_is_no_second_episode(copy_of_built_station: StationFolder) -> None:
    episodes = copy_of_built_station.root / "episodes"
    shutil.copytree(episodes / NAME, episodes / "ban-sao")
    told = copy_of_built_station.run("feed", status=1).stderr
    assert "ban-sao/published/published.json" in told.replace("\\", "/")
    assert f"the record of {NAME}" in told


def test_only_people_are_named_as_people(built_station: StationFolder) -> None:
    speakers = [each["name"] for each in built_station.episode(NAME)["people"]]
    assert "Phóng viên" in speakers  # whom the script names by the part alone
    people = [each["name"] for each in published(built_station)["people"]]
    assert people == ["Trần Thị Minh Nguyệt"]


def test_the_disclosure_is_kept_apart_from_the_description(built_station: StationFolder) -> None:
    document = published(built_station)
    assert document["disclosure"].startswith("Giọng đọc tổng hợp: lời của Chủ tịch")
    assert document["description"].endswith("\n\n" + document["disclosure"])


def test_the_description_is_the_lead_without_the_words_that_lead_over(
    built_station: StationFolder,
) -> None:
    said = [turn["text"] for turn in built_station.episode(NAME)["turns"] if turn["kind"] == "lead"]
    assert said[0].endswith("Sau đây là nội dung cuộc phỏng vấn:")
    about = published(built_station)["description"].split("\n\n")[0]
    assert about.endswith("xây dựng đô thị văn minh.")


@pytest.mark.skipif(os.name == "nt", reason="Windows sends Ctrl-C to a console, not to a process")
def test_serve_says_where_and_ends_with_ctrl_c(built_station: StationFolder) -> None:
    with built_station.started("serve", "--port", "0") as running:
        assert running.stdout
        assert "Listen at http://127.0.0.1:" in running.stdout.readline()
        # station.toml names port 8000, and this is another.
        assert "sends podcast programs to http://127.0.0.1:8000/" in running.stdout.readline()
        running.send_signal(signal.SIGINT)
        assert running.communicate(timeout=60)[1] == ""
    assert running.returncode == 0
