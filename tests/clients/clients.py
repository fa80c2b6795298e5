"""Podcast programs that strangers wrote, each run for a listener who has a home of their own.

Each is one function: subscribe to an address, or look again where the home has subscribed already,
fetch what is new, and tell what the program knows and has.
"""

from __future__ import annotations

import json
import os
import pty
import re
import select
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NoReturn

import pytest

from web import Web

OWN_PROGRAMS = Path(__file__).parents[2] / ".clients"
"""Where `make clients` puts what Debian does not have."""
MOST_WAIT_S = 60


def fail_or_skip(told: str) -> NoReturn:
    """End a test that lacks a program: it fails where all are asked for, as in CI."""
    if os.environ.get("BROADCAST_CLIENTS") == "all":
        pytest.fail(told)
    pytest.skip(told)


@dataclass(frozen=True, slots=True)
class Has:
    """What a listener has: files by name; titles and guids where the program tells them."""

    files: dict[str, bytes]
    titles: tuple[str, ...] = ()
    guids: tuple[str, ...] = ()
    told: str = ""


@dataclass(slots=True)
class Home:
    """A listener's own folder, and the web that they reach; ``line_breaks``: not always whole."""

    folder: Path
    web: Web
    line_breaks: bool = False

    @property
    def media(self) -> Path:
        return self.folder / "media"

    def environment(self) -> dict[str, str]:
        return {
            "HOME": str(self.folder),
            "PATH": f"{OWN_PROGRAMS / 'bin'}:{os.environ['PATH']}",
            "LANG": "C.UTF-8",
            "TERM": "xterm",
            "http_proxy": self.web.proxy,
        }

    def run(self, *command: str | Path) -> str:
        """Run a program to its end and give what it told; it has nothing to complain of."""
        self.media.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            timeout=MOST_WAIT_S,
            check=False,
        )
        assert self.line_breaks or done.returncode == 0, done.stdout
        return done.stdout

    def write(self, place: str, text: str) -> None:
        file = self.folder / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def files(self) -> dict[str, bytes]:
        return {file.name: file.read_bytes() for file in sorted(self.media.rglob("*.mp3"))}


def gpo(address: str, home: Home) -> Has:
    """gPodder, by its command line."""
    known = home.folder / "gPodder" / "Database"
    if not known.is_file():
        home.write("gPodder/.keep", "")
        (home.folder / "gPodder" / "Downloads").symlink_to(home.media, target_is_directory=True)
        home.run("gpo", "subscribe", address)
    told = home.run("gpo", "update") + home.run("gpo", "download")
    told += home.run("gpo", "resume") if list(home.media.rglob("*.partial")) else ""
    rows = _rows(known, "SELECT title, guid FROM episode WHERE state != 2")
    return Has(home.files(), *_columns(rows), told)


def newsboat(address: str, home: Home) -> Has:
    """newsboat reads the feed and leaves what is to be fetched to podboat."""
    queue = home.folder / ".newsboat" / "queue"
    home.write("urls", f"{address}\n")
    home.write(
        ".newsboat/config",
        f'podcast-auto-enqueue yes\ndownload-path "{home.media}"\ndownload-filename-format "%u"\n',
    )
    files = ("-u", "urls", "-c", "cache.db", "-C", ".newsboat/config")
    told = home.run("newsboat", *files, "-x", "reload")
    if queue.is_file():
        told += _podboat(home, queue)
    rows = _rows(home.folder / "cache.db", "SELECT title, guid FROM rss_item WHERE deleted = 0")
    return Has(home.files(), *_columns(rows), told)


def _podboat(home: Home, queue: Path) -> str:
    """Let podboat fetch its queue: it draws on a terminal and ends when it is told to."""
    due = re.findall(r'^(\S+) "([^"]+)"$', queue.read_text("utf-8"), re.MULTILINE)
    terminal, its_side = pty.openpty()
    told, begun, before = b"", time.monotonic(), len(home.web.asked)

    def has_failed(address: str) -> bool:
        return home.line_breaks and address in [one.address for one in home.web.asked[before:]]

    with (
        os.fdopen(terminal, "r+b", buffering=0) as shown,
        os.fdopen(its_side, "r+b", buffering=0) as its,
        subprocess.Popen(
            ["podboat", "-C", ".newsboat/config", "-q", str(queue), "-a"],
            cwd=home.folder,
            env=home.environment(),
            stdin=its,
            stdout=its,
            stderr=its,
        ) as process,
    ):
        while process.poll() is None:
            if time.monotonic() - begun > MOST_WAIT_S:
                process.kill()
                raise TimeoutError(told)
            if select.select([shown], [], [], 0.2)[0]:
                told += shown.read(65536)
            elif all(Path(file).exists() or has_failed(address) for address, file in due):
                shown.write(b"q")
    return told.decode("utf-8", "replace")


def podget(address: str, home: Home) -> Has:
    """podget, a shell script around wget."""
    settings = home.folder / "podget"
    # Else two listeners on one machine would be in each other's way.
    command = ("podget", "--dir_config", settings, "--dir_session", home.folder)
    if not settings.is_dir():
        settings.mkdir(parents=True)
        home.run(*command, "--create-config", "podgetrc")
        home.write("podget/serverlist", f"{address} vanhai Van Hai\n")
        written = (settings / "podgetrc").read_text("utf-8")
        # It would rather not fetch onto a disk that has less than 600 MB left.
        home.write("podget/podgetrc", re.sub(r"MIN_SPACE=\d+", "MIN_SPACE=0", written))
    told = home.run(*command, "--library", home.media, "-vv")
    return Has(home.files(), told=told)


def podcast_archiver(address: str, home: Home) -> Has:
    """podcast-archiver, which keeps every episode of a feed."""
    told = home.run("podcast-archiver", "--feed", address, "--dir", "media", "--write-info-json")
    notes = [json.loads(note.read_bytes()) for note in sorted(home.media.rglob("*.info.json"))]
    return Has(home.files(), tuple(note["title"] for note in notes), told=told)


def greg(address: str, home: Home) -> Has:
    """greg, which fetches what is newer than what it fetched last."""
    command = ("greg", "-cf", "greg.conf", "-dtd", "greg")
    told = ""
    if not (home.folder / "greg.conf").is_file():
        home.write("greg.conf", "[DEFAULT]\nfirstsync = all\ndownload directory = media\n")
        told += home.run(*command, "add", "vanhai", address)
    told += home.run(*command, "sync")
    return Has(home.files(), told=told)


def poddl(address: str, home: Home) -> Has:
    """poddl, which fetches what it has no file of."""
    told = home.run("poddl", "--url", address, "--destination", "media")
    return Has(home.files(), told=told)


def _rows(database: Path, question: str) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(database)) as opened:
        return opened.execute(question).fetchall()


def _columns(rows: Iterable[tuple[str, str]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    listed = list(rows)
    return tuple(title for title, _ in listed), tuple(guid for _, guid in listed)


@dataclass(frozen=True, slots=True)
class Client:
    """A podcast program: the commands it ``needs``, where they come from, and what it is able to.

    ``goes_on``: it asks again for what broke off, "rest" for what is missing alone.
    ``takes_corrections``: it fetches an episode again that has other audio, ``at_any_address``:
    also one that only moved.
    """

    fetch: Callable[[str, Home], Has]
    needs: tuple[str, ...]
    package: str
    goes_on: Literal["rest", "whole", "never"] = "whole"
    takes_corrections: bool = False
    at_any_address: bool = False

    def missing(self) -> str:
        """The commands that are not on this machine."""
        path = f"{OWN_PROGRAMS / 'bin'}:{os.environ['PATH']}"
        return ", ".join(each for each in self.needs if shutil.which(each, path=path) is None)


def name_of(client: Client) -> str:
    """What a program is called where its tests are listed."""
    return client.fetch.__name__


CLIENTS = (
    Client(gpo, ("gpo",), "Debian's gpodder", goes_on="rest"),
    Client(newsboat, ("newsboat", "podboat"), "Debian's newsboat"),
    Client(
        podget,
        ("podget", "wget"),
        "Debian's podget",
        goes_on="rest",
        takes_corrections=True,
        at_any_address=True,
    ),
    Client(podcast_archiver, ("podcast-archiver",), "podcast-archiver", takes_corrections=True),
    Client(greg, ("greg",), "greg", goes_on="never"),
    Client(poddl, ("poddl",), "poddl", goes_on="never"),
)
