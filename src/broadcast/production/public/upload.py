"""feed/ as it stands → the same on the station's host: media first, the feed last."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from broadcast.delivery import kinds
from broadcast.delivery.faults import HostError
from broadcast.delivery.host import Destination, Secret
from broadcast.delivery.kept_secret import kept_secret, without_secret
from broadcast.delivery.order import Delivery, DeliveryOrders, Outgoing, is_media, orders
from broadcast.delivery.record import (
    DeliveryRecord,
    HostRecord,
    read_delivery,
    write_delivery,
)
from broadcast.delivery.steady import SteadyHost
from broadcast.errors import BroadcastError, OutsideError
from broadcast.feed.site_record import site_head
from broadcast.messages import Message, counted
from broadcast.production.desk.progress import Reporter, waiting
from broadcast.production.desk.read_station import station_of
from broadcast.production.desk.trust import Wanted, leave_of
from broadcast.production.public.on_host import note_deleted
from broadcast.production.public.outgoing import outgoing_of, taken_aside
from broadcast.production.public.upload_check import look_at_media
from broadcast.production.public.upload_target import login_of, target_of, wanted_of_upload
from broadcast.station import Station
from broadcast.workspace import Workspace
from broadcast.workspace.locks import uploading

_KEPT_EVERY_S = 2.0
_SENDING = Message("upload.sending", "sending, kB")


@dataclass(frozen=True, slots=True)
class Uploaded:
    """What was done, or with ``--dry-run`` would be: ``where`` it went, and the orders."""

    where: str
    orders: DeliveryOrders


def upload(
    workspace: Workspace,
    reporter: Reporter,
    *,
    dry_run: bool = False,
    accepts_key: bool = False,
    takes_over: bool = False,
) -> Uploaded:
    """Bring feed/ to the host that [upload] names; what is there already as it should be stays.

    ``accepts_key``: the host's key is accepted if it is unknown; ``takes_over``: files that
    somebody else put there under the same names are replaced unasked.

    Raises BroadcastError where there is nothing to upload or nobody allowed it, OutsideError when
    the host fails; then listeners have what they had, or all that is new.
    """
    station = station_of(workspace)
    target = target_of(workspace, station)
    for wanted in wanted_of_upload(workspace, station):
        _need_leave(wanted, reporter)
    login = login_of(workspace, station, target, accepts=accepts_key)
    if target.is_plain:
        reporter.say(_plain(target))
    with uploading(workspace, waiting(reporter)), kept_secret(login.secret):
        host = SteadyHost(lambda: kinds.connect(target, login), _waits(reporter, login.secret))
        try:
            return _Upload(workspace, station, target, host, reporter).run(
                dry_run=dry_run, takes_over=takes_over
            )
        finally:
            host.close()
            shutil.rmtree(workspace.outgoing, ignore_errors=True)


@dataclass
class _Upload:
    """One upload: the station, its host, and what is known of the host so far."""

    workspace: Workspace
    station: Station
    target: Destination
    host: SteadyHost
    reporter: Reporter
    record: DeliveryRecord = field(init=False)
    files: dict[str, str] = field(init=False)
    unseen: set[str] = field(init=False)
    written_at: float = 0.0

    def run(self, *, dry_run: bool, takes_over: bool) -> Uploaded:
        self.record = read_delivery(self.workspace.delivery_file)
        known = self.record.hosts.get(self.target.shown, HostRecord())
        self.files, self.unseen = dict(known.files), set(known.unseen)
        while True:
            outgoing = outgoing_of(self.workspace, self.reporter)
            given = orders(outgoing, self.files, self.host.list)
            if dry_run:
                return Uploaded(self.target.shown, given)
            if given.strangers and not takes_over:
                self._ask(given.strangers)
            texts = (*given.pages, *given.feeds)
            if taken_aside(self.workspace, self.reporter, texts):
                break
        self._carry_out(given, outgoing)
        self._note_what_is_gone()
        return Uploaded(self.target.shown, given)

    def _ask(self, strangers: tuple[str, ...]) -> None:
        question = counted(
            "upload.strangers",
            "{where} has {count} file that broadcast did not put there: {paths}. Take it over?",
            "{where} has {count} files that broadcast did not put there, such as {paths}. "
            "Take them over?",
            count=len(strangers),
            where=self.target.shown,
            paths=strangers[:5],
        )
        if not self.reporter.agrees(question):
            raise OutsideError(
                counted(
                    "upload.strangers.left",
                    "Nothing was uploaded: {where} has {count} file that broadcast did not put "
                    "there ({paths}).",
                    "Nothing was uploaded: {where} has {count} files that broadcast did not put "
                    "there (such as {paths}).",
                    count=len(strangers),
                    where=self.target.shown,
                    paths=strangers[:5],
                ),
                hint=Message(
                    "upload.strangers.hint",
                    "If they are this programme's own, copied by hand before: broadcast upload "
                    "--yes. Else name another folder in [upload] to.",
                ),
            )

    def _carry_out(self, given: DeliveryOrders, outgoing: Iterable[Outgoing]) -> None:
        sent, total = 0, max(1, given.size // 1000)
        current = ""

        def count(more: int) -> None:
            nonlocal sent
            sent += more
            self.reporter.step(_SENDING, min(sent // 1000, total), total, current)
            self.reporter.go_on()

        def begins(path: str) -> None:
            nonlocal current
            current = path
            self.reporter.go_on()

        work = Delivery(self._source, self.host, self._note, count, begins)
        try:
            work.carry_out(given, lambda: self._check(outgoing))
        except FileNotFoundError as error:
            raise OutsideError(
                Message("upload.changed", "feed/ was changed while it was uploaded."),
                file=error.filename,
                hint=Message("upload.changed.hint", "Upload again: broadcast upload"),
            ) from error
        finally:
            self._write()

    def _note_what_is_gone(self) -> None:
        """Tell no longer of files that went from feed/ what the host has not, whoever put it."""
        removed = site_head(self.workspace.feed).removed
        there = {
            folder: self.host.list(folder) for folder in {_parted(path)[0] for path in removed}
        }
        gone = [path for path in removed if _parted(path)[1] not in there[_parted(path)[0]]]
        if gone:
            note_deleted(self.workspace, self.reporter, gone)

    def _source(self, path: str) -> Path:
        aside = self.workspace.outgoing / path
        return aside if aside.is_file() else self.workspace.feed / path

    def _check(self, outgoing: Iterable[Outgoing]) -> None:
        """Look at the media that were put and not looked at yet, also by an upload before."""
        if self.station.upload.check:
            media = [one for one in outgoing if one.path in self.unseen]
            look_at_media(self.station.show, media, self.reporter)
        self.unseen.clear()

    def _note(self, changes: Mapping[str, str | None]) -> None:
        """Keep what is on the host now; what is about to be put is kept before it goes."""
        for path, digest in changes.items():
            if digest is None:
                self.files.pop(path, None)
            else:
                self.files[path] = digest
                if digest and is_media(path):
                    self.unseen.add(path)
        is_due = time.monotonic() - self.written_at > _KEPT_EVERY_S
        if "" in changes.values() or is_due:
            self._write()

    def _write(self) -> None:
        known = HostRecord(dict(self.files), tuple(sorted(self.unseen)))
        hosts = {**self.record.hosts, self.target.shown: known}
        write_delivery(self.workspace.delivery_file, DeliveryRecord(hosts=hosts))
        self.written_at = time.monotonic()


def _parted(path: str) -> tuple[str, str]:
    folder, _, name = path.rpartition("/")
    return folder, name


def _need_leave(wanted: Wanted, reporter: Reporter) -> None:
    """Raise BroadcastError unless the user allows that this folder copies feed/ there."""
    if not leave_of(wanted, reporter):
        raise BroadcastError(
            Message(
                "upload.not-allowed",
                "Nothing was uploaded: nobody has allowed this station to {what:and}.",
                what=wanted.told(),
            ),
            hint=Message(
                "upload.not-allowed.hint",
                "Allow it only if you know where that leads: broadcast trust",
            ),
        )


def _plain(target: Destination) -> Message:
    return Message(
        "upload.is-plain",
        "{where} is not encrypted: others can change on the way what goes, and read the password "
        "if the host does not ask for it by Digest.",
        where=target.shown,
    )


def _waits(reporter: Reporter, secret: Secret | None) -> Callable[[float, HostError], None]:
    def wait(seconds: float, error: HostError) -> None:
        reporter.go_on()
        reporter.say(
            Message(
                "upload.again",
                "{what} Trying again in {seconds:g} s.",
                what=without_secret(error.message, secret),
                seconds=seconds,
            )
        )
        time.sleep(seconds)

    return wait
