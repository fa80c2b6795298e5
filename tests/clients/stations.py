"""A station that publishes day by day, and moves house, as its listeners find it on the web."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import feedparser

from broadcast.production.public.feed import write_feed
from broadcast.production.public.publish import publish
from broadcast.production.public.withdraw import withdraw
from productions_by_hand import FIRST, SCRIPT, SETTINGS, Notebook, Production
from web import Web

HOUSE, NEW_HOUSE = "http://vanhai.example/phat-thanh/", "http://dai.example/van-hai/"
TITLES = {
    "cau-moi": "Cầu mới qua sông Vân",
    "cho-que": "Chợ quê: “Đắt” < rẻ & phở 3/4?",
    "lop-boi": "Lớp bơi của trẻ em thôn Đoài, nghề dệt chiếu ở Nghĩa Hưng",
}
LATER = "truong-hoc"
WITH_LATER = {**TITLES, LATER: "Trường học mới"}


@dataclass
class Station:
    """A station that publishes day by day; its listeners find it on the web."""

    production: Production
    web: Web
    now: datetime
    given: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        if (self.feed / "feed.xml").is_file():
            self.given.update(self._enclosures())

    def write(self, name: str, answer: str = FIRST) -> None:
        text = SCRIPT.replace(TITLES["cau-moi"], WITH_LATER[name])
        self.production.write(text.replace(FIRST, f"{answer} {name.replace('-', ' ')}."), name)

    def publish(self, name: str) -> None:
        """Publish a day after what was done last."""
        self.now += timedelta(days=1)
        self.production.build(name)
        publish(self.production.workspace, name, None, self.now, Notebook())
        self._is_of_now()

    def withdraw(self, name: str) -> None:
        self.now += timedelta(days=1)
        withdraw(self.production.workspace, name, self.now, Notebook())
        self._is_of_now()

    def move_to(self, house: str) -> None:
        """Have another address, as somebody does who keeps the old host's redirects."""
        self.now += timedelta(days=1)
        self.production.set("", settings(house))
        write_feed(self.production.workspace, self.now, Notebook())
        self._is_of_now()
        self.web.moved = dict.fromkeys(self.web.houses, house)
        self.web.houses = {house}

    def _is_of_now(self) -> None:
        """Let the feed be as old as it says: newsboat takes two of one second for the same."""
        os.utime(self.feed / "feed.xml", (self.now.timestamp(),) * 2)
        self.given.update(self._enclosures())

    def guid(self, name: str) -> str:
        return f"guid-of-{name}"

    def seconds(self, name: str) -> float:
        """How long an episode's audio is."""
        return self.production.draft(name).record.duration_ms / 1000

    @property
    def feed(self) -> Path:
        return self.production.workspace.feed

    def media(self) -> dict[str, bytes]:
        """What is served of the audio that any feed so far led to, by its name."""
        served = {name: self.feed / "media" / name for name in self.given}
        return {name: file.read_bytes() for name, file in served.items() if file.is_file()}

    def audio_of(self, name: str) -> str:
        """The file that listeners are given for an episode now, as the feed names it."""
        (found,) = (file for file in self._enclosures() if file.startswith(f"{name}-"))
        return found

    def _enclosures(self) -> list[str]:
        entries = feedparser.parse((self.feed / "feed.xml").read_bytes()).entries
        return [entry.enclosures[0].href.rpartition("/")[2] for entry in entries]


def settings(house: str) -> str:
    """station.toml of a station that is found at an address."""
    return SETTINGS.replace("http://127.0.0.1:8000/", house)
