"""What a station publishes is read by programs of the npm registry as it was meant."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from clients import MOST_WAIT_S, OWN_PROGRAMS, fail_or_skip
from stations import HOUSE, NEW_HOUSE, TITLES, Station

LIBRARIES = OWN_PROGRAMS / "node_modules" / "podcast-partytime"


def read(station: Station) -> dict[str, dict[str, Any]]:
    """What each reader finds in the feed; none has anything to complain of."""
    if shutil.which("node") is None or not LIBRARIES.is_dir():
        fail_or_skip("node with readers of feeds is not here: install Node.js and npm")
    done = subprocess.run(
        ["node", Path(__file__).with_name("readers.mjs")],
        env={"PATH": os.environ["PATH"], "READERS": str(LIBRARIES / "package.json")},
        input=(station.feed / "feed.xml").read_bytes(),
        capture_output=True,
        timeout=MOST_WAIT_S,
        check=True,
    )
    *complaints, found = done.stdout.decode().splitlines()
    assert (complaints, done.stderr) == ([], b"")
    document: dict[str, dict[str, Any]] = json.loads(found)
    assert len(document) == 2
    return document


def test_each_episode_has_its_title_guid_audio_and_people(station: Station) -> None:
    for feed in read(station).values():
        assert (feed["title"], feed["owner"]) == ("Tiếng nói Vân Hải", "dai@vanhai.example.vn")
        episodes = {each["title"]: each for each in feed["episodes"]}
        assert episodes.keys() == set(TITLES.values())
        for name, title in TITLES.items():
            file, episode = station.audio_of(name), episodes[title]
            assert episode["guid"] == station.guid(name)
            assert episode["audio"] == {
                "url": f"{HOUSE}media/{file}",
                "length": len(station.media()[file]),
                "type": "audio/mpeg",
            }
            assert episode["people"] == ["Đỗ Văn Lâm"]
            assert episode["duration"] == pytest.approx(station.seconds(name), abs=1)


def test_transcripts_and_chapters_are_where_they_are_said_to_be(station: Station) -> None:
    for feed in read(station).values():
        for each in feed["episodes"]:
            assert "text/vtt" in [one["type"] for one in each["transcripts"]]
            for one in (*each["transcripts"], each["chapters"]):
                assert station.web.status_of(one["url"]) == 200, one


def test_a_move_is_told(station: Station) -> None:
    assert {feed["moved"] for feed in read(station).values()} == {None}
    station.move_to(NEW_HOUSE)
    assert {feed["moved"] for feed in read(station).values()} == {f"{NEW_HOUSE}feed.xml"}


def test_withdrawn_and_corrected_episodes_are_as_they_are_now(station: Station) -> None:
    station.write("cho-que", "Xin đính chính: cầu thông xe chậm ba tháng.")
    station.publish("cho-que")
    station.withdraw("lop-boi")
    for feed in read(station).values():
        found = {each["guid"]: each["audio"]["url"] for each in feed["episodes"]}
        assert found == {
            station.guid(name): f"{HOUSE}media/{station.audio_of(name)}"
            for name in ("cau-moi", "cho-que")
        }
