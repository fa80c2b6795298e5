"""A feed that was with another host: its guids and dates are taken over; nothing comes twice."""

from __future__ import annotations

import json
import re
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import feedparser
import lxml.etree
import pytest
from click.testing import CliRunner, Result

from broadcast.cli import adopting
from broadcast.feed import foreign_feed as foreign
from station_at_hand import COMMAND, NAME, OTHER, Station, older_station, put

GUID = "c1f0e1a4-6c52-5d0e-9a0e-2f6c3b0c7b11"
AIR = "Fri, 13 Jun 2025 23:30:00 GMT"  # the next morning in Hà Nội
PODCASTS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")  # as the namespace's page has it
PODCAST = "https://podcastindex.org/namespace/1.0"


def item(title: str, guid: str | None, date: str = AIR, length: str = "", more: str = "") -> str:
    known = "" if guid is None else f'<guid isPermaLink="false">{guid}</guid>'
    return (
        f"<item><title>{title}</title>{known}<pubDate>{date}</pubDate>"
        f"<itunes:duration>{length}</itunes:duration>{more}</item>"
    )


def feed(*items: str, guid: str = GUID, head: str = "", link: str = "") -> bytes:
    known = f"<podcast:guid>{guid}</podcast:guid>" if guid else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<rss version="2.0" '
        'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
        f'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:podcast="{PODCAST}">'
        f"<channel><title>Đài cũ</title>{link}{known}{''.join(items)}</channel></rss>"
    ).encode()


@pytest.fixture
def station(tmp_path: Path) -> Station:
    """A station with two drafts, neither of them published."""
    station = older_station(tmp_path / "station")
    for name in (NAME, OTHER):
        folder = station.root / "episodes" / name / "published"
        for file in folder.iterdir():
            file.unlink()
        folder.rmdir()
    for file in sorted((station.root / "feed").rglob("*"), reverse=True):
        file.unlink() if file.is_file() else file.rmdir()
    return station


@pytest.fixture
def public(tmp_path: Path) -> Station:
    """A station with an episode that is out, and one that was withdrawn."""
    station = older_station(tmp_path / "public")
    station.done("feed")
    return station


def title_of(station: Station, name: str = NAME) -> str:
    return str(station.document(f"episodes/{name}/episode.json")["title"])


def guid_of(station: Station, name: str = NAME) -> str:
    return str(station.document(f"episodes/{name}/episode.json")["guid"])


def adopt(station: Station, data: bytes, *more: str, status: int = 0) -> str:
    done = station.run("feed", "--adopt", str(put_beside(station, data)), *more)
    assert status_of(done) == status, (done.output, done.exception)
    return " ".join((done.output + str(done.exception or "")).split())


def status_of(done: Result) -> int:
    """The exit status of a command, or what that of its error would be."""
    return int(getattr(done.exception, "exit_status", done.exit_code))


def published(station: Station) -> list[tuple[str, str]]:
    parsed = feedparser.parse((station.root / "feed" / "feed.xml").read_bytes())
    assert not parsed.bozo
    return [(entry.id, entry.published) for entry in parsed.entries]


def feed_guid(station: Station) -> str | None:
    tree = lxml.etree.parse(station.root / "feed" / "feed.xml")
    return tree.findtext(f"channel/{{{PODCAST}}}guid")


def test_a_draft_takes_the_guid_and_the_date_by_which_subscribers_know_it(station: Station) -> None:
    title = title_of(station).upper() + " !"  # as another host may have typed it
    said = adopt(station, feed(item(title, "anchor-1"), item("Số khác", "anchor-2")), "--yes")
    assert "Đài cũ: 2 entries." in said
    assert "Taken over: 1 episode has" in said
    assert guid_of(station) == "anchor-1"
    told = station.run("publish", NAME, "--yes")
    assert "the entry that subscribers know" in told.output
    assert published(station) == [("anchor-1", "Fri, 13 Jun 2025 23:30:00 +0000")]
    assert feed_guid(station) == GUID


def test_what_is_published_later_under_a_title_takes_its_entry(station: Station) -> None:
    said = adopt(station, feed(item("Số khác", "anchor-2")), "--yes")
    assert "1 is no episode here yet" in said
    assert "Số khác" in said
    record = station.root / "episodes" / OTHER / "episode.json"
    put(record, json.dumps({**json.loads(record.read_bytes()), "title": "SỐ KHÁC"}).encode())
    station.done("publish", OTHER, "--yes")
    assert [guid for guid, _ in published(station)] == ["anchor-2"]


def test_no_entry_is_given_to_two_episodes(station: Station) -> None:
    adopt(station, feed(item(title_of(station), "anchor-1")), "--yes")
    record = station.root / "episodes" / OTHER / "episode.json"
    same = {**json.loads(record.read_bytes()), "title": title_of(station)}
    put(record, json.dumps(same).encode())
    station.done("publish", OTHER, NAME, "--yes")
    guids = [guid for guid, _ in published(station)]
    assert len(set(guids)) == 2
    assert station.document(f"episodes/{NAME}/published/published.json")["guid"] == "anchor-1"


def test_the_date_of_the_old_feed_is_fixed(station: Station) -> None:
    adopt(station, feed(item(title_of(station), "anchor-1")), "--yes")
    done = station.run("publish", NAME, "--yes", "--at", "7:00 1/1/2031")
    assert status_of(done) == 2
    assert "that time is fixed" in done.output + str(done.exception)


@pytest.mark.parametrize(("length", "fits"), [("0:20", True), ("24", True), ("0:40", False)])
def test_under_another_title_it_is_known_by_its_day_and_length(
    station: Station, length: str, fits: bool
) -> None:
    air = station.document(f"episodes/{NAME}/episode.json")["date"]
    year, month, day = air.split("-")
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    date = f"{day} {months[int(month) - 1]} {year} 06:45:00 +0700"
    said = adopt(station, feed(item("Bản tin", "anchor-1", date, length)), "--yes")
    assert ("day and length" in said) is fits
    assert (guid_of(station) == "anchor-1") is fits


def test_two_entries_of_one_title_decide_nothing(station: Station) -> None:
    before = guid_of(station)
    title = title_of(station)
    said = adopt(station, feed(item(title, "anchor-1"), item(title, "anchor-2")), "--yes")
    assert "Several entries are called" in said
    assert "kept in adopted.json" in said
    station.done("publish", NAME, "--yes")
    assert [guid for guid, _ in published(station)] == [before]


def test_an_episode_that_is_out_keeps_its_guid_unless_somebody_says_so(
    public: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = published(public)
    data = feed(item(title_of(public), "anchor-1"))
    said = adopt(public, data, "--yes")
    assert "show it a second time" in said
    assert "That was left as it is." in said
    assert published(public) == before

    monkeypatch.setattr(adopting, "agreed", lambda question: True)
    adopt(public, data)
    assert published(public) == [("anchor-1", "Fri, 13 Jun 2025 23:30:00 +0000")]
    assert feed_guid(public) == GUID
    assert guid_of(public) == "anchor-1"
    assert "nothing new" in adopt(public, data)


def test_what_is_out_on_this_machine_alone_nobody_has(tmp_path: Path) -> None:
    station = older_station(tmp_path / "here")
    file = station.root / "station.toml"
    here = file.read_text("utf-8").replace("https://tanlach.example.vn", "http://127.0.0.1:8000")
    put(file, here.encode())
    station.done("feed")
    said = adopt(station, feed(item(title_of(station), "anchor-1")), "--yes")
    assert "second time" not in said
    assert "127.0.0.1" not in said
    assert [guid for guid, _ in published(station)] == ["anchor-1"]


def test_stations_that_try_it_out_here_have_no_identity_in_common(station: Station) -> None:
    file = station.root / "station.toml"
    here = file.read_text("utf-8").replace("https://tanlach.example.vn", "http://127.0.0.1:8000")
    put(file, here.encode())
    station.done("publish", NAME, "--yes")
    mine = feed_guid(station)
    assert mine == str(uuid.uuid5(PODCASTS, guid_of(station)))
    put(file, here.replace("http://127.0.0.1:8000", "https://moi.example.vn").encode())
    station.done("feed")
    assert feed_guid(station) == mine


def test_what_stops_anywhere_is_finished_by_the_same_command_and_the_feed(
    public: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adopting, "agreed", lambda question: True)
    before, data = public.files(), feed(item(title_of(public), "anchor-1"))
    command = ["feed", "--adopt", str(put_beside(public, data))]
    rename, is_stopped = Path.replace, True
    stops = 0
    while is_stopped:
        public.put_back(before)
        left, is_stopped = stops, False

        def stop(file: Path, target: Path) -> Path:
            nonlocal left, is_stopped
            left -= 1
            if left < 0:
                is_stopped = True
                raise OSError(28, "No space left on device", str(target))
            return rename(file, target)

        with monkeypatch.context() as full:
            full.setattr(Path, "replace", stop)
            CliRunner().invoke(COMMAND, [*command, "--station", str(public.root)])
        public.done("feed")
        adopt(public, data)
        assert published(public) == [("anchor-1", "Fri, 13 Jun 2025 23:30:00 +0000")]
        assert guid_of(public) == "anchor-1"
        stops += 1
    assert stops > 5


def put_beside(station: Station, data: bytes) -> Path:
    file = station.root.with_name("cu.xml")
    put(file, data)
    return file


def test_nothing_is_taken_over_where_nobody_agrees(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = station.files()
    data = feed(item(title_of(station), "anchor-1"))
    said = adopt(station, data, status=2)
    assert "nobody answered" in said
    monkeypatch.setattr(adopting, "agreed", lambda question: False)
    assert "Nothing was changed." in adopt(station, data)
    assert station.files() == before


def test_a_guid_that_is_here_already_is_told_and_given_to_no_other(public: Station) -> None:
    ((guid, _),) = published(public)
    before = guid_of(public, OTHER)
    said = adopt(public, feed(item(title_of(public, OTHER), guid)), "--yes")
    assert "1 of them has its episode here already" in said
    assert guid_of(public, OTHER) == before


def test_the_stations_own_guid_stays_and_the_line_to_write_is_shown(station: Station) -> None:
    own = str(uuid.uuid4())
    file = station.root / "station.toml"
    put(file, file.read_text("utf-8").replace("[show]", f'[show]\nguid = "{own}"', 1).encode())
    said = adopt(station, feed(item(title_of(station), "anchor-1")), "--yes")
    assert f'guid = "{GUID}"' in said
    station.done("publish", NAME, "--yes")
    assert feed_guid(station) == own


def test_a_feed_without_a_guid_has_the_one_that_its_address_gives(station: Station) -> None:
    link = '<atom:link rel="self" href="https://cu.example.vn/feed/podcast/"/>'
    adopt(station, feed(item(title_of(station), "anchor-1"), guid="", link=link), "--yes")
    station.done("publish", NAME, "--yes")
    assert feed_guid(station) == str(uuid.uuid5(PODCASTS, "cu.example.vn/feed/podcast"))


def test_entries_without_a_guid_are_counted(station: Station) -> None:
    said = adopt(
        station, feed(item("Một", None), item("Hai", " "), item("Ba", "anchor-3")), "--yes"
    )
    assert "2 more have no guid" in said


def test_a_second_feed_adds_to_the_first(station: Station) -> None:
    adopt(station, feed(item("Một", "anchor-1")), "--yes")
    adopt(station, feed(item("Hai", "anchor-2"), guid=""), "--yes")
    record = station.document("adopted.json")
    assert record["guid"] == GUID
    assert {one["guid"] for one in record["items"]} == {"anchor-1", "anchor-2"}


LAUGHS = (
    "<!DOCTYPE rss ["
    + "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9)).replace("&l0;", "ha")
    + "]>"
)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "not XML"),
        (b"PK\x03\x04", "not XML"),
        (b"\x00" * 100, "not XML"),
        (feed(item("a &nbsp; b", "1")), "not XML"),
        (feed(item("a", "1"))[:-40], "not XML"),
        (b"<html><body>404</body></html>", "not the RSS feed"),
        (b"<rss/>", "not the RSS feed"),
        (feed(item("&l9;", "1"), head=LAUGHS), "entities|not XML"),
        (feed(item("&f;", "1"), head='<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/hostname">]>'),
         "entities"),
        (b"<rss><channel>" + b"<a>" * 100_000, "not XML"),
    ],
)  # fmt: skip
def test_what_is_no_feed_is_refused_and_changes_nothing(
    station: Station, data: bytes, told: str
) -> None:
    before = station.files()
    assert re.search(told, adopt(station, data, "--yes", status=1))
    assert station.files() == before


@pytest.mark.parametrize(
    ("date", "length"),
    [("", ""), ("x", "x"), ("Fri, 99 Jun 2025 23:30:00 GMT", "1:2:3:4"), ("0", "-1"),
     ("Fri, 13 Jun 1700 23:30:00 GMT", "99999999999"), (AIR.replace("2025", "9999"), "1e9")],
)  # fmt: skip
def test_a_date_or_a_length_that_is_none_is_passed_over(
    station: Station, date: str, length: str
) -> None:
    adopt(station, feed(item(title_of(station), "anchor-1", date, length)), "--yes")
    assert guid_of(station) == "anchor-1"
    assert station.document("adopted.json")["items"][0].get("published") is None
    assert station.document("adopted.json")["items"][0].get("duration_ms") is None


def test_a_file_that_is_larger_than_any_feed_is_refused(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = feed(item("a", "1"))
    for module in ("broadcast.feed.foreign_feed", "broadcast.production.public.fetch_feed"):
        monkeypatch.setattr(f"{module}.MOST_BYTES", len(data) - 1)
    assert "larger than any feed" in adopt(station, data, "--yes", status=1)


def test_a_file_that_is_not_there_is_named(station: Station) -> None:
    done = station.run("feed", "--adopt", "khong-co.xml")
    assert status_of(done) == 1
    assert "no such file" in done.output + str(done.exception)


@contextmanager
def web(answers: dict[str, tuple[int, dict[str, str], bytes]]) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, data = answers[self.path]
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_feed_is_read_from_its_address_and_from_nowhere_that_it_leads_to_but_the_web(
    station: Station, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "secret.xml"
    put(secret, feed(item("bí mật", "secret")))
    good = feed(item(title_of(station), "anchor-1"))
    answers: dict[str, tuple[int, dict[str, str], bytes]] = {
        "/old": (301, {"Location": "/feed"}, b""),
        "/feed": (200, {}, good),
        "/file": (302, {"Location": secret.as_uri()}, b""),
        "/gone": (404, {}, b""),
        "/huge": (200, {}, good + b" " * 10_000),
    }
    monkeypatch.setattr("broadcast.production.public.fetch_feed.MOST_BYTES", len(good) + 1_000)
    with web(answers) as at:
        for path, status in (("/file", 3), ("/gone", 3), ("/huge", 1)):
            assert status_of(station.run("feed", "--adopt", at + path, "--yes")) == status
        assert not (station.root / "adopted.json").exists()
        station.done("feed", "--adopt", f"{at}/old", "--yes")
    assert guid_of(station) == "anchor-1"


def test_ten_thousand_entries_are_read() -> None:
    items = [item(f"Số {n}", f"anchor-{n}", length=str(n)) for n in range(10_000)]
    found = foreign.foreign_feed(feed(*items), "feed.xml")
    assert len(found.feed.items) == 10_000
    assert found.twice == ()
