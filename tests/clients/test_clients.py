"""What a station publishes is fetched by the podcast programs that listeners have.

Where BROADCAST_CLIENTS is "all", as in CI, a program that is not there fails.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from clients import CLIENTS, Client, Has, Home, name_of
from stations import HOUSE, LATER, NEW_HOUSE, TITLES, WITH_LATER, Station


@dataclass
class Listener:
    """Somebody with one podcast program, who subscribed to one address."""

    client: Client
    home: Home
    address: str = f"{HOUSE}feed.xml"

    def looks(self) -> Has:
        """Subscribe, or look whether there is anything new, and fetch it."""
        return self.client.fetch(self.address, self.home)


@pytest.fixture
def listener(client: Client, station: Station, tmp_path: Path) -> Listener:
    return Listener(client, Home(tmp_path / "home", station.web))


def assert_has(has: Has, *contents: bytes) -> None:
    """Hold the files to be these, byte for byte, none twice and none besides."""
    assert sorted(has.files.values()) == sorted(contents), (sorted(has.files), has.told)


def test_all_episodes_come_whole_with_their_titles(station: Station, listener: Listener) -> None:
    has = listener.looks()
    assert_has(has, *station.media().values())
    assert len(station.media()) == len(TITLES)
    if has.titles:
        assert sorted(has.titles) == sorted(TITLES.values())
    if has.guids:
        assert sorted(has.guids) == sorted(map(station.guid, TITLES))
    assert {each.status for each in station.web.asked} <= {200, 206, 304}, station.web.asked


def test_a_new_episode_comes_once(station: Station, listener: Listener) -> None:
    listener.looks()
    station.web.fetched()
    listener.looks()
    assert station.web.fetched() == []
    station.write(LATER)
    station.publish(LATER)
    assert_has(listener.looks(), *station.media().values())
    assert station.web.fetched() == [station.audio_of(LATER)]
    listener.looks()
    assert station.web.fetched() == []


def test_corrected_audio_breaks_nothing(station: Station, listener: Listener) -> None:
    name = "cho-que"
    listener.looks()
    station.web.fetched()
    before, old = station.media(), station.audio_of(name)
    station.write(name, "Xin đính chính: cầu thông xe chậm ba tháng.")
    station.publish(name)
    new = station.audio_of(name)
    assert new != old
    assert station.media() == {**before, new: station.media()[new]}
    assert station.web.status_of(f"{HOUSE}media/{old}") == 200
    station.web.fetched()
    has = listener.looks()
    assert station.web.fetched() == ([new] if listener.client.takes_corrections else [])
    assert set(has.files.values()) <= set(station.media().values())
    assert set(has.files.values()) >= {data for file, data in before.items() if file != old}
    assert len(has.guids) in (0, len(TITLES))
    assert len(has.titles) in (0, len(TITLES))


def test_who_has_the_feed_of_yesterday_still_gets_its_audio(
    station: Station, listener: Listener, tmp_path: Path
) -> None:
    before, feed = station.media(), (station.feed / "feed.xml").read_bytes()
    station.write("cho-que", "Xin đính chính: cầu thông xe chậm ba tháng.")
    station.publish("cho-que")
    (station.feed / "feed.xml").write_bytes(feed)  # as a cache between has it
    assert_has(listener.looks(), *before.values())


def test_a_station_that_moved_is_followed(station: Station, listener: Listener) -> None:
    listener.looks()
    station.web.fetched()
    station.move_to(NEW_HOUSE)
    feed = (station.feed / "feed.xml").read_text("utf-8")
    assert f"<itunes:new-feed-url>{NEW_HOUSE}feed.xml</itunes:new-feed-url>" in feed
    assert HOUSE not in feed
    listener.looks()
    again = station.web.fetched()
    assert sorted(again) == (sorted(station.media()) if listener.client.at_any_address else [])
    station.write(LATER)
    station.publish(LATER)
    has = listener.looks()
    assert set(has.files.values()) == set(station.media().values())
    assert station.web.fetched() == [station.audio_of(LATER)]
    assert len(has.guids) in (0, len(WITH_LATER))


def test_a_withdrawn_episode_is_gone_and_nothing_else(
    station: Station, listener: Listener, tmp_path: Path
) -> None:
    early = Listener(listener.client, Home(tmp_path / "early", station.web))
    early.looks()
    before, gone = station.media(), station.audio_of("cho-que")
    station.withdraw("cho-que")
    kept = {file: data for file, data in before.items() if file != gone}
    assert station.media() == kept
    assert station.web.status_of(f"{HOUSE}media/{gone}") == 404
    has = listener.looks()
    assert_has(has, *kept.values())
    assert TITLES["cho-que"] not in has.titles
    station.web.fetched()
    assert set(early.looks().files.values()) >= set(kept.values())
    assert station.web.fetched() == []


# The others take what they have got for the whole, whoever serves it.
@pytest.mark.parametrize(
    "client", [one for one in CLIENTS if one.goes_on != "never"], indirect=True, ids=name_of
)
def test_a_broken_download_goes_on(station: Station, listener: Listener) -> None:
    file = station.audio_of("cho-que")
    some = len(station.media()[file]) // 3
    station.web.cut[f"{HOUSE}media/{file}"] = some
    listener.home.line_breaks = True
    listener.looks()
    listener.home.line_breaks = False
    assert_has(listener.looks(), *station.media().values())
    spans = [each.span for each in station.web.asked if each.address.endswith(file)]
    assert spans == ["", f"bytes={some}-" if listener.client.goes_on == "rest" else ""]
