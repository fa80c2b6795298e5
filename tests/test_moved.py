"""A feed that moves house: who has the old address is led on, and loses nothing."""

from __future__ import annotations

import json
import re
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from urllib.error import HTTPError

import feedparser
import lxml.html
import pytest

from broadcast.feed.addresses import same_address, same_place
from hosts_by_hand import Host, Kind, Web, web_of
from station_at_hand import NAME, OTHER, Station, older_station, put

FIRST = "https://tanlach.example.vn/phat-thanh/"
OLD, NEW = "http://cu.example.vn/phat-thanh/", "http://moi.example.vn/kenh%20moi/"
ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
SELF = "{http://www.w3.org/2005/Atom}link"


@pytest.fixture
def station(tmp_path: Path) -> Station:
    """A station with one episode that is out, and one that was withdrawn."""
    station = older_station(tmp_path / "station")
    set_address(station, OLD)
    shutil.rmtree(station.root / "feed")  # nobody had it at the address of its example
    station.done("feed")
    return station


def set_address(station: Station, address: str) -> None:
    file = station.root / "station.toml"
    text, count = re.subn(
        '(?m)^base_url = ".*?"', f'base_url = "{address}"', file.read_text("utf-8")
    )
    assert count == 1
    put(file, text.encode())


def move(station: Station, address: str) -> str:
    set_address(station, address)
    done = station.run("feed")
    assert done.exit_code == 0, done.output
    return " ".join(done.output.split())


def new_address(station: Station) -> str | None:
    tree = lxml.etree.parse(station.root / "feed" / "feed.xml")
    return tree.findtext(f"channel/{ITUNES}new-feed-url")


def moved(station: Station) -> dict[str, bytes]:
    folder = station.root / "moved"
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def hosts(station: Station, tmp_path: Path, kind: Kind) -> dict[str, Host]:
    """The old host as it was, with what lies in moved/ copied over it, and the new one."""
    old, new = tmp_path / "old", tmp_path / "new"
    shutil.copytree(station.root / "feed", new / "kenh moi", dirs_exist_ok=True)
    shutil.copytree(station.root / "moved" / "cu.example.vn", old, dirs_exist_ok=True)
    return {"cu.example.vn": Host(old, kind), "moi.example.vn": Host(new)}


def entries(web: Web, address: str) -> list[tuple[str, str]]:
    parsed = feedparser.parse(address, handlers=[web.handler])
    assert not parsed.bozo
    assert parsed.status in (200, 301)
    return [(entry.id, entry.enclosures[0].href) for entry in parsed.entries]


@pytest.mark.parametrize("kind", ["apache", "netlify", "cloudflare"])
def test_a_host_that_knows_rules_sends_everything_on_for_ever(
    station: Station, tmp_path: Path, kind: Kind
) -> None:
    shutil.copytree(station.root / "feed", tmp_path / "old" / "phat-thanh")
    put(tmp_path / "old" / "tin.html", b"the station's own news")
    paths = [
        file.relative_to(station.root / "feed") for file in (station.root / "feed").rglob("*.*")
    ]
    before = {path.as_posix() for path in paths if path.as_posix() != "feed.xml"}
    said = move(station, NEW)
    assert "moved/cu.example.vn" in said
    with web_of(hosts(station, tmp_path, kind)) as web:
        parsed = feedparser.parse(OLD + "feed.xml", handlers=[web.handler])
        assert (parsed.status, parsed.href) == (301, NEW + "feed.xml")
        assert entries(web, OLD + "feed.xml") == entries(web, NEW + "feed.xml")
        for path in before:
            ended, data = web.open(OLD + path)
            assert ended in (NEW + path, NEW if path == "index.html" else "")
            assert data == (station.root / "feed" / path).read_bytes()
        assert web.open(OLD)[0] == NEW
        assert web.open("http://cu.example.vn/tin.html")[1] == b"the station's own news"


def test_a_host_of_plain_files_gives_the_feed_itself_and_pages_that_lead_on(
    station: Station, tmp_path: Path
) -> None:
    shutil.copytree(station.root / "feed", tmp_path / "old" / "phat-thanh")
    move(station, NEW)
    with web_of(hosts(station, tmp_path, "plain")) as web:
        assert entries(web, OLD + "feed.xml") == entries(web, NEW + "feed.xml")
        for path in ("index.html", f"episodes/{NAME}.html", f"episodes/{OTHER}.html"):
            page = lxml.html.fromstring(web.open(OLD + path)[1].decode())
            (refresh,) = page.xpath("//meta[@http-equiv='refresh']/@content")
            to = refresh.removeprefix("0; url=")
            assert to == page.xpath("//link[@rel='canonical']/@href")[0] or path == "index.html"
            assert to in page.xpath("//main//a/@href")
            assert web.open(to)[1] == (station.root / "feed" / path).read_bytes()
            for address in page.xpath("//link[@rel='stylesheet' or @rel='icon']/@href"):
                assert web.open(address)[1]
        old_audio = [file.name for file in (tmp_path / "old").rglob("*.mp3")]
        assert old_audio
        for name in old_audio:  # what a program with yesterday's feed asks for
            assert web.open(f"{OLD}media/{name}")[1]


def test_of_a_withdrawn_episode_nothing_is_said_where_it_was(station: Station) -> None:
    title = station.document(f"episodes/{OTHER}/published/published.json")["title"]
    move(station, NEW)
    page = moved(station)[f"cu.example.vn/phat-thanh/episodes/{OTHER}.html"].decode()
    assert title not in page


def test_the_feed_says_its_new_address_and_keeps_every_identity(station: Station) -> None:
    before = feedparser.parse((station.root / "feed" / "feed.xml").read_bytes())
    assert new_address(station) is None
    move(station, NEW)
    after = feedparser.parse((station.root / "feed" / "feed.xml").read_bytes())
    assert new_address(station) == NEW + "feed.xml"
    assert after.feed.podcast_guid == before.feed.podcast_guid
    assert [(one.id, one.published) for one in after.entries] == [
        (one.id, one.published) for one in before.entries
    ]


def test_it_is_told_once_and_written_again_to_the_same_bytes(station: Station) -> None:
    assert "has moved" in move(station, NEW)
    first = moved(station), (station.root / "feed.json").read_bytes()
    assert "has moved" not in move(station, NEW)
    assert moved(station) == first[0]
    shutil.rmtree(station.root / "moved")
    assert "has moved" not in move(station, NEW)
    assert moved(station) == first[0]


def test_an_episode_that_was_never_at_the_old_address_has_no_page_there(station: Station) -> None:
    move(station, NEW)
    before = set(moved(station))
    station.done("publish", OTHER)  # under its first date
    assert set(moved(station)) == before
    (record,) = [station.root / "episodes" / NAME / "published" / "published.json"]
    later = (datetime.now().astimezone() + timedelta(seconds=-1)).isoformat()
    put(record, json.dumps({**json.loads(record.read_bytes()), "published": later}).encode())
    left = {
        **station.document("feed.json"),
        "moved_from": {OLD + "feed.xml": "2026-01-01T00:00:00Z"},
    }
    put(station.root / "feed.json", json.dumps(left).encode())
    station.done("feed")
    assert before - set(moved(station)) == {f"cu.example.vn/phat-thanh/episodes/{NAME}.html"}


def test_a_real_host_after_this_machine_is_no_move(station: Station, tmp_path: Path) -> None:
    fresh = older_station(tmp_path / "fresh")
    shutil.rmtree(fresh.root / "feed")
    for address in ("http://127.0.0.1:8000/", "http://localhost/x/", NEW):
        assert "has moved" not in move(fresh, address)
    assert new_address(fresh) is None
    assert not (fresh.root / "moved").exists()
    assert not (fresh.root / "moved.json").exists()


def test_https_in_the_place_of_http_is_a_move_that_the_host_itself_answers(
    station: Station,
) -> None:
    said = move(station, OLD.replace("http:", "https:"))
    assert f"has moved from {OLD}feed.xml to" in said
    assert "301" in said
    assert new_address(station) == OLD.replace("http:", "https:") + "feed.xml"
    assert not moved(station)


def test_a_host_written_in_capitals_or_with_the_usual_port_is_the_same(station: Station) -> None:
    move(station, "http://CU.example.vn:80/phat-thanh/")
    assert new_address(station) is None
    assert not moved(station)


def test_moving_back_ends_it_for_the_present_address_and_leads_from_the_other(
    station: Station,
) -> None:
    move(station, NEW)
    move(station, OLD)
    assert new_address(station) == OLD + "feed.xml"
    assert {path.split("/")[0] for path in moved(station)} == {"moi.example.vn"}
    assert {file.name for file in (station.root / "moved").iterdir()} == {"moi.example.vn"}


def test_a_station_of_before_moves_though_nobody_noted_its_address(tmp_path: Path) -> None:
    old = older_station(tmp_path / "old")
    move(old, NEW)
    assert new_address(old) == NEW + "feed.xml"
    assert "tanlach.example.vn/phat-thanh/feed.xml" in moved(old)


def test_a_lost_record_loses_no_address(station: Station) -> None:
    move(station, NEW)
    before = moved(station)
    (station.root / "feed.json").unlink()
    move(station, NEW)
    assert moved(station) == before
    assert new_address(station) == NEW + "feed.xml"


def test_a_record_lost_at_the_move_itself_is_made_good_by_the_feed(station: Station) -> None:
    (station.root / "feed.json").unlink()
    move(station, NEW)
    assert "cu.example.vn/phat-thanh/feed.xml" in moved(station)


def test_several_addresses_each_lead_straight_to_the_present_one(
    station: Station, tmp_path: Path
) -> None:
    middle = "http://giua.example.vn:8080/"
    move(station, middle)
    move(station, NEW)
    folders = {"cu.example.vn": "phat-thanh/", "giua.example.vn_8080": ""}
    for host, inner in folders.items():
        rule = moved(station)[f"{host}/{inner}.htaccess"].decode()
        assert "moi.example.vn/kenh\\%20moi/$1" in rule
        assert (
            f"/{inner}feed.xml {NEW}feed.xml 301" in moved(station)[f"{host}/_redirects"].decode()
        )
        assert (
            moved(station)[f"{host}/{inner}feed.xml"]
            == (station.root / "feed" / "feed.xml").read_bytes()
        )


def test_two_addresses_on_one_host_have_their_rules_in_one_file(
    station: Station, tmp_path: Path
) -> None:
    shutil.copytree(station.root / "feed", tmp_path / "old" / "phat-thanh")
    move(station, "http://cu.example.vn/")
    shutil.copytree(station.root / "feed", tmp_path / "old", dirs_exist_ok=True)
    move(station, NEW)
    for kind in ("apache", "netlify", "cloudflare"):
        with web_of(hosts(station, tmp_path, kind)) as web:  # type: ignore[arg-type]
            for address in (OLD, "http://cu.example.vn/"):
                for path in ("feed.xml", f"episodes/{NAME}.html"):
                    assert web.open(address + path)[0] == NEW + path


@pytest.mark.parametrize("inner", ["podcast", "media", "phat-thanh/moi"])
@pytest.mark.parametrize("kind", ["apache", "netlify", "cloudflare"])
def test_a_new_place_within_the_old_one_is_not_led_in_a_circle(
    station: Station, tmp_path: Path, kind: Kind, inner: str
) -> None:
    top = "http://cu.example.vn/"
    move(station, top)
    old = tmp_path / "old"
    shutil.copytree(station.root / "feed", old)
    move(station, f"{top}{inner}/")
    shutil.copytree(station.root / "feed", old / inner, dirs_exist_ok=True)
    shutil.copytree(station.root / "moved" / "cu.example.vn", old, dirs_exist_ok=True)
    with web_of({"cu.example.vn": Host(old, kind)}) as web:
        assert web.open(top + "feed.xml")[0] == f"{top}{inner}/feed.xml"
        assert len(web.asked) == 2
        for _, audio in entries(web, f"{top}{inner}/feed.xml"):
            assert web.open(audio)[0] == audio


def test_after_a_year_it_goes(station: Station) -> None:
    move(station, NEW)
    record = station.document("feed.json")
    long_ago = dict.fromkeys(record["moved_from"], "2024-01-01T00:00:00Z")
    for name in ("feed.json", "moved.json"):
        put(
            station.root / name,
            json.dumps({**station.document(name), "moved_from": long_ago}).encode(),
        )
    move(station, NEW)
    assert not (station.root / "moved").exists()
    assert not (station.root / "moved.json").exists()
    assert new_address(station) is None


def test_what_is_not_the_programs_own_in_moved_stays(station: Station) -> None:
    move(station, NEW)
    own = station.root / "moved" / "cu.example.vn" / "ghi-chu.txt"
    put(own, b"ours")
    move(station, OLD)
    assert own.read_bytes() == b"ours"


def test_what_the_new_address_does_not_have_is_not_found_there_either(
    station: Station, tmp_path: Path
) -> None:
    shutil.copytree(station.root / "feed", tmp_path / "old" / "phat-thanh")
    move(station, NEW)
    with web_of(hosts(station, tmp_path, "apache")) as web, pytest.raises(HTTPError, match="404"):
        web.open(OLD + "media/khong-co.mp3")


def test_addresses_are_compared_as_hosts_do() -> None:
    assert same_address("http://A.vn:80/x", "http://a.vn/x")
    assert not same_address("http://a.vn/x", "https://a.vn/x")
    assert same_place("http://a.vn/x", "https://a.vn:443/x")
    assert not same_place("http://a.vn:8080/x", "http://a.vn/x")
    assert not same_place("http://a.vn/x", "http://a.vn/X")
