"""The site on the web, as listeners' programs get it → what is wrong with it, or not as here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from urllib.parse import quote, unquote, urlsplit

from lxml import etree

from broadcast.delivery.as_seen import Listener, Seen, certificate_ends
from broadcast.delivery.faults import HostError
from broadcast.errors import OutsideError
from broadcast.feed.addresses import FEED, url
from broadcast.feed.served_types import type_of
from broadcast.feed.site_record import read_site_record, site_head
from broadcast.messages import Message
from broadcast.model import Level, Problem
from broadcast.production.desk.progress import Reporter
from broadcast.production.desk.read_station import station_of
from broadcast.production.public.upload_check import doubts, fault_of
from broadcast.workspace import Workspace

_LARGEST = 64 << 20
_ENDS_WITHIN = timedelta(days=21)
"""Hosts renew certificates of 90 days when a third is left: whoever has less renews none."""
_NOBODYS = ("feed.json", "delivery.json", "station.toml", "lexicon.tsv", ".broadcast.json")
_PRIVATE = (*_NOBODYS, ".git/config", ".env", ".broadcast/last-errors.json")
_NOT_THERE = "no-such-file-7f3a.mp3"
_LOOKING = Message("upload.looking", "looking")
_UPLOAD = Message("live.upload", "Upload: broadcast upload, or copy feed/ again.")
_TEACH = Message(
    "live.teach",
    "Teach the host: broadcast feed --host-files writes rules for it; a bucket has settings for "
    "it.",
)
_HEAD = Message("live.head", "Ask your host to answer HEAD as it answers GET.")


def public_address(workspace: Workspace) -> str:
    """Give the feed's address on the web."""
    return url(station_of(workspace).show, FEED)


def check_live(workspace: Workspace, now: datetime, reporter: Reporter) -> tuple[Problem, ...]:
    """Give what is wrong with the public site, from feed.xml on: what is missing there, older than
    here or public though it should not be; types, parts, leave for other sites, and certificate.

    Raises OutsideError where nobody answers.
    """
    listener = Listener()
    try:
        return tuple(_Live(workspace, now, reporter, listener).problems())
    except HostError as error:
        hint = Message(
            "live.unreachable.hint",
            "Check base_url in station.toml and the connection, then try again.",
        )
        raise OutsideError(error.message, hint=hint) from error
    finally:
        listener.close()


@dataclass
class _Live:
    """One look at the public site: faults that were ``told``, endings that were ``looked`` at."""

    workspace: Workspace
    now: datetime
    reporter: Reporter
    listener: Listener
    told: set[str] = field(default_factory=set)
    looked: set[str] = field(default_factory=set)

    def problems(self) -> Iterator[Problem]:
        self.show = station_of(self.workspace).show
        self.base = url(self.show)
        self.folder = self.workspace.feed
        yield from self._certificate()
        seen, feed = self.listener.fetch(self.base + FEED, _LARGEST)
        if seen.status != 200:
            yield _wrong("error", _missing(self.base + FEED, seen.status), _UPLOAD)
            return
        here = self.folder / FEED
        if here.is_file() and here.read_bytes() != feed:
            told = Message("live.other-feed", "The feed on the web is not the one in feed/.")
            yield _wrong("error", told, _UPLOAD)
        yield from self._led_on(seen)
        yield from self._files(feed)
        yield from self._private()

    def _certificate(self) -> Iterator[Problem]:
        parts = urlsplit(self.base)
        if parts.scheme != "https":
            return
        ends = certificate_ends(parts.hostname or "", parts.port or 443)
        if ends - self.now < _ENDS_WITHIN:
            told = Message(
                "live.certificate-ends",
                "The host's certificate ends on {at:moment}.",
                at=ends.astimezone(self.now.tzinfo).isoformat(),
            )
            yield _wrong("warning", told, Message("live.certificate-ends.hint", "Have it renewed."))

    def _led_on(self, seen: Seen) -> Iterator[Problem]:
        if seen.hops:
            told = Message(
                "live.led-on",
                "The feed's address leads on to {address} ({statuses:and}).",
                address=seen.address,
                statuses=tuple(str(one) for one in seen.hops),
            )
            hint = Message(
                "live.led-on.hint", "If that is where it is to stay, write it as base_url."
            )
            yield _wrong("warning", told, hint)

    def _files(self, feed: bytes) -> Iterator[Problem]:
        """Look at what the feed names, its archives too, and at what is in feed/ besides."""
        record = read_site_record(self.folder).files
        waiting = [FEED, *self._named(feed), *record]
        looked: set[str] = set()
        while waiting:
            path = waiting.pop(0)
            if path in looked:
                continue
            looked.add(path)
            self.reporter.step(_LOOKING, len(looked), len(looked | set(waiting)), path)
            if path.endswith(".xml") and path != FEED:
                _, archive = self.listener.fetch(url(self.show, path), _LARGEST)
                waiting += self._named(archive)
            yield from self._file(path)

    def _file(self, path: str) -> Iterator[Problem]:
        address, wanted = url(self.show, path), type_of(path)
        is_audio, ending = wanted.startswith("audio/"), PurePosixPath(path).suffix
        asks_part = is_audio and ending not in self.looked
        seen = self.listener.look(address, part=asks_part)
        if seen.status != 200:
            yield _wrong("error", _missing(address, seen.status), _UPLOAD)
            return
        here = self.folder / path
        if here.is_file() and seen.size not in (-1, here.stat().st_size):
            told = Message(
                "live.other-size",
                "{address} has {size} bytes, the file here {wanted}.",
                address=address,
                size=seen.size,
                wanted=here.stat().st_size,
            )
            yield _wrong("error", told, _UPLOAD)
        for told in doubts(address, path, wanted, seen):
            if told.code == "upload.no-parts" and not asks_part:
                continue
            is_worse = told.code == "upload.other-kind" and is_audio
            is_worse = is_worse and not seen.kind.startswith("audio/")
            if (fault := fault_of(told, ending)) not in self.told:
                self.told.add(fault)
                hint = _HEAD if told.code == "upload.no-head" else _TEACH
                yield _wrong("error" if is_worse else "warning", told, hint)
        self.looked.add(ending)

    def _named(self, feed: bytes) -> list[str]:
        """Give the paths below the site that a feed leads to."""
        try:
            root = etree.fromstring(feed, etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError:
            return []
        found = [
            value
            for element in root.iter()
            for value in (
                *(element.get(key, "") for key in ("url", "href", "uri")),
                (element.text or "").strip() if element.tag == "link" else "",
            )
        ]
        below = (one.removeprefix(self.base) for one in found if one.startswith(self.base))
        paths = (unquote(one.partition("#")[0].partition("?")[0]) for one in below)
        return list(dict.fromkeys(path for path in paths if path))

    def _private(self) -> Iterator[Problem]:
        """Look for what nobody should find there, if the host tells what is not there."""
        if self.listener.look(self.base + _NOT_THERE, part=False).status == 200:
            told = Message(
                "live.always-there",
                "The host answers 200 also for what is not there: {address}",
                address=self.base + _NOT_THERE,
            )
            hint = Message("live.always-there.hint", "Let it answer 404 there.")
            yield _wrong("warning", told, hint)
            return
        for path in (*_PRIVATE, *sorted(site_head(self.folder).removed)):
            try:
                seen = self.listener.look(self.base + quote(path), part=False)
            except HostError:
                continue
            if seen.status == 200:
                told = Message(
                    "live.public",
                    "Everybody can fetch {address}.",
                    address=self.base + quote(path),
                )
                hint = Message("live.public.hint", "Delete it on the host.")
                yield _wrong("error" if path in _PRIVATE else "warning", told, hint)


def _missing(address: str, status: int) -> Message:
    return Message(
        "live.missing",
        "Listeners do not get {address}: the host answers {status}.",
        address=address,
        status=status,
    )


def _wrong(level: Level, told: Message, hint: Message) -> Problem:
    return Problem(None, level, told, hint)
