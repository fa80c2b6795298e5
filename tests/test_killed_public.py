"""What listeners are given, by commands killed at any change: nothing is missed, and it goes on.

`make kills` ends each command at every change; else it is some, the same each time.
"""

from __future__ import annotations

import os
import random
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import feedparser
import pytest

from broadcast.feed.published import read_published, read_sentences
from broadcast.feed.site_record import read_site_record
from broadcast.production.public.feed import write_feed
from broadcast.production.public.publish import publish
from broadcast.production.public.withdraw import withdraw
from file_changes import points_asked
from killed_within import dying
from productions_by_hand import MORNING, SETTINGS, Notebook, Production, new_production

BASE = "http://127.0.0.1:8000/"
COUNT, ITEMS = 12, 10
CORRECTED, WITHDRAWN, NEW = "so-11", "so-3", "so-12"
KILLS_OF_EACH = 6
DAY = timedelta(days=1)
LATER = MORNING + 20 * DAY
TEXT = "Số {n}\n\nPhóng viên: Có gì mới?\n\nÔng Đỗ Văn Lâm: {answer}.\n"


def build(station: Production, name: str, answer: str) -> None:
    station.write(TEXT.format(n=name, answer=answer), name)
    station.build(name)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Production]:
    """A station with twelve episodes, so that there is an archive; one was corrected just now."""
    with pytest.MonkeyPatch.context() as patching:
        station = new_production(tmp_path_factory.mktemp("killed") / "begun", patching)
        station.script().unlink()
        station.set(feed_table(ITEMS))
        for n in range(COUNT):
            build(station, f"so-{n}", f"Việc thứ {n}")
            publish(station.workspace, f"so-{n}", None, MORNING + n * DAY, Notebook())
        build(station, CORRECTED, "Xin đính chính")
        publish(station.workspace, CORRECTED, None, LATER - DAY / 2, Notebook())
        yield station


def publish_new(station: Production) -> None:
    publish(station.workspace, NEW, None, LATER, Notebook())


def publish_corrected(station: Production) -> None:
    publish(station.workspace, CORRECTED, None, LATER, Notebook())


def withdraw_archived(station: Production) -> None:
    withdraw(station.workspace, WITHDRAWN, LATER, Notebook())


def feed(station: Production) -> None:
    write_feed(station.workspace, LATER, Notebook())


def feed_days_later(station: Production) -> None:
    write_feed(station.workspace, LATER + 2 * DAY, Notebook())


def feed_table(items: int) -> str:
    return f"[feed]\nitems = {items}\nkeep_days = 1\n"


def have_other_settings(station: Production) -> None:
    """Let the show have another name and another cover, and the feed more items."""
    (cover,) = (station.workspace.feed / "assets").glob("cover-*")
    other_cover = station.root / f"bia{cover.suffix}"
    other_cover.write_bytes(cover.read_bytes() + b"\0")
    station.workspace.station_file.unlink()
    other = SETTINGS.replace("Vân Hải", "Vân Hồ")
    other = other.replace("[show]", f'[show]\ncover = "{other_cover.name}"')
    station.set(feed_table(ITEMS + 1), other)


Command = Callable[[Production], None]
COMMANDS: dict[Command, Callable[[Production], None]] = {
    publish_new: lambda station: build(station, NEW, "Việc cuối"),
    publish_corrected: lambda station: build(station, CORRECTED, "Lại đính chính"),
    withdraw_archived: lambda station: None,
    feed: have_other_settings,
    feed_days_later: lambda station: None,
}
"""Each command whose kills are looked at, and what is done before it."""


@dataclass(frozen=True)
class Public:
    """What listeners and the next command find in a station."""

    site: dict[str, bytes]
    recorded: dict[str, bytes]


def public(station: Production) -> Public:
    published = {
        file.relative_to(station.root).as_posix(): file.read_bytes()
        for file in station.root.glob("episodes/*/published/**/*")
        if file.is_file()
    }
    return Public(site(station), published)


def site(station: Production) -> dict[str, bytes]:
    folder = station.workspace.feed
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


def assert_serves_what_it_names(folder: Path, where: str) -> None:
    """Follow the feed and its archives: every file they lead to is there, as long as they say."""
    document = "feed.xml"
    while document:
        xml = (folder / document).read_bytes()
        parsed = feedparser.parse(xml)
        assert not parsed.bozo, where
        named = re.findall(rf'(?:(?:url|href)="|<link>){BASE}([^"<#]+)', xml.decode())
        assert len(named) > len(parsed.entries)
        missing = [place for place in named if not (folder / place).is_file()]
        assert missing == [], (document, where)
        for entry in parsed.entries:
            (audio,) = entry.enclosures
            file = folder / audio.href.removeprefix(BASE)
            assert file.stat().st_size == int(audio.length), (file.name, where)
        links = [link.href for link in parsed.feed.links if link.rel == "prev-archive"]
        document = links[0].removeprefix(BASE) if links else ""


def assert_keeps_its_records(station: Production, known: Mapping[str, bytes], where: str) -> None:
    """Hold every record to being read, and the files that it names to being ``known`` ones."""
    for name in station.workspace.published_names():
        folder = station.workspace.published(name)
        episode = read_published(folder)
        if episode is None:
            assert name == NEW, where
            continue
        read_sentences(folder, episode)
        for file in episode.files.values():
            path = folder / file.name
            assert path.read_bytes() == known[path.relative_to(station.root).as_posix()], where


def linked(station: Production, root: Path) -> Production:
    """The station in another folder, at once: nothing writes into a file that is there."""
    without_cache = shutil.ignore_patterns(".broadcast")
    shutil.copytree(station.root, root, copy_function=os.link, ignore=without_cache)
    return Production(root, station.engine)


def kills(changes: list[str], name: str) -> list[int]:
    every = range(1, len(changes) + 1)
    some = min(points_asked(KILLS_OF_EACH), len(every))
    return sorted(random.Random(name).sample(every, some))


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.__name__)
def test_killed_anywhere_it_serves_what_it_names_and_goes_on(
    begun: Production, tmp_path: Path, command: Command
) -> None:
    before = begun.copied_to(tmp_path / "before")
    COMMANDS[command](before)
    undone = before.copied_to(tmp_path / "undone")
    again = feed_days_later if command is feed_days_later else feed
    again(undone)
    whole = before.copied_to(tmp_path / "whole")
    with dying(whole.root) as life:
        command(whole)
    assert len(life.changes) > 5, life.changes
    untouched = public(before)
    known = {**untouched.recorded, **public(whole).recorded}
    for number in kills(life.changes, command.__name__):
        where = f"killed at change {number}, {life.changes[number - 1]}"
        station = linked(before, tmp_path / "killed")
        with dying(station.root, number) as first:
            command(station)
        assert first.is_over, where
        assert_serves_what_it_names(station.workspace.feed, where)
        with dying(station.root, 1 + number % 9):
            again(station)
        assert_serves_what_it_names(station.workspace.feed, where)
        again(station)
        assert site(station) in (site(undone), site(whole)), where
        assert_keeps_its_records(station, known, where)
        command(station)
        assert public(station) == public(whole), where
        record = read_site_record(station.workspace.feed)
        assert record.files.keys() == site(station).keys(), where
        shutil.rmtree(station.root)
    assert public(before) == untouched


def test_what_a_killed_feed_left_goes_when_the_settings_are_put_back(
    begun: Production, tmp_path: Path
) -> None:
    before = begun.copied_to(tmp_path / "before")
    feed(before)
    whole = linked(before, tmp_path / "whole")
    have_other_settings(whole)
    with dying(whole.root) as life:
        feed(whole)
    assert site(whole).keys() - site(before).keys()
    for number in kills(life.changes, "put back")[-6:]:
        station = linked(before, tmp_path / "killed")
        have_other_settings(station)
        with dying(station.root, number):
            feed(station)
        station.set(feed_table(ITEMS))
        feed(station)
        assert site(station) == site(before), life.changes[number - 1]
        shutil.rmtree(station.root)
