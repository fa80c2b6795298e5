"""Servers that lie, drop, fill up, forbid and rename badly: what is put is whole, or it is told."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import asyncssh
import pytest

from broadcast.delivery import kinds, to_ftps, to_sftp, to_webdav
from broadcast.delivery.faults import HostError
from broadcast.delivery.host import Destination, Host
from broadcast.delivery.order import BESIDE
from broadcast.delivery.steady import SteadyHost
from real_servers import ftps, sftp, webdav
from test_hosts import WORDS, login, put, target

OLD = b"<rss>old</rss>"


class NoExtensions(asyncssh.SFTPServer):
    """A server without OpenSSH's rename, which by the draft replaces nothing."""

    def posix_rename(self, oldpath: bytes, newpath: bytes) -> None:
        raise asyncssh.SFTPOpUnsupported("no")


class Full(asyncssh.SFTPServer):
    """A server on a disk without room."""

    def write(self, file_obj: object, offset: int, data: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


class Forbids(asyncssh.SFTPServer):
    """A server that lets nobody write."""

    def open(self, path: bytes, pflags: int, attrs: object) -> object:
        if pflags & asyncssh.FXF_WRITE:
            raise asyncssh.SFTPPermissionDenied("no")
        return super().open(path, pflags, attrs)


class Loses(asyncssh.SFTPServer):
    """A server that says yes to every piece, and keeps but the first."""

    def write(self, file_obj: object, offset: int, data: bytes) -> int:
        return len(data) if offset else super().write(file_obj, offset, data)


class Drops(asyncssh.SFTPServer):
    """A server that hangs up in the middle of a file, twice."""

    left = 2

    def write(self, file_obj: object, offset: int, data: bytes) -> int:
        if offset and Drops.left:
            Drops.left -= 1
            self.channel.get_connection().abort()
        return super().write(file_obj, offset, data)


@contextmanager
def over_sftp(tmp_path: Path, files: type) -> Iterator[tuple[Host, Callable[[str], bytes | None]]]:
    with sftp(tmp_path / "server", files) as server:
        place = target(server, tmp_path)
        host = SteadyHost(lambda: kinds.connect(place, login(tmp_path)), lambda s, error: None)
        (tmp_path / "server" / "www" / "feed.xml").write_bytes(OLD)
        yield host, server.read
        host.close()


def test_a_server_that_cannot_rename_over_a_file_gets_the_new_one_all_the_same(
    tmp_path: Path,
) -> None:
    with over_sftp(tmp_path, NoExtensions) as (host, read):
        put(host, tmp_path, "feed.xml" + BESIDE, WORDS)
        host.move("feed.xml" + BESIDE, "feed.xml")
        assert read("feed.xml") == WORDS
        assert host.list("") == {"feed.xml": len(WORDS)}


@pytest.mark.parametrize(
    ("files", "code"),
    [(Full, "upload.no-room"), (Forbids, "upload.forbidden"), (Loses, "upload.half")],
)
def test_what_a_server_does_not_take_is_told_by_its_reason_and_the_old_stays(
    tmp_path: Path, files: type, code: str
) -> None:
    with over_sftp(tmp_path, files) as (host, read):
        with pytest.raises(HostError) as refused:
            put(host, tmp_path, "feed.xml" + BESIDE, WORDS)
        assert refused.value.message.code == code
        assert refused.value.hint
        assert read("feed.xml") == OLD


def test_a_connection_that_drops_in_the_middle_of_a_file_is_made_anew(tmp_path: Path) -> None:
    Drops.left = 2
    with over_sftp(tmp_path, Drops) as (host, read):
        assert put(host, tmp_path, "media/a.mp3", WORDS) == len(WORDS)
        assert read("media/a.mp3") == WORDS
    assert Drops.left == 0


class NeverOver:
    """FTP as IIS has it: a name that is taken cannot be given."""

    def ftp_RNTO(self, path: str) -> None:  # noqa: N802
        if Path(path).exists():
            self.respond("550 File exists.")  # type: ignore[attr-defined]
        else:
            super().ftp_RNTO(path)  # type: ignore[misc]


class FullFtp:
    """FTP on a disk without room."""

    def ftp_STOR(self, file: str, mode: str = "w") -> None:  # noqa: N802
        self.respond("552 Quota exceeded.")  # type: ignore[attr-defined]


def test_an_ftp_server_that_cannot_rename_over_a_file_gets_the_new_one(tmp_path: Path) -> None:
    with ftps(tmp_path / "server", NeverOver) as server:
        host = kinds.connect(target(server, tmp_path), login(tmp_path))
        put(host, tmp_path, "feed.xml", OLD)
        put(host, tmp_path, "feed.xml" + BESIDE, WORDS)
        host.move("feed.xml" + BESIDE, "feed.xml")
        assert server.read("feed.xml") == WORDS
        assert server.paths() == {"feed.xml"}
        host.close()


class LosesFtp:
    """FTP that says yes to a file and keeps a part of it."""

    def on_file_received(self, file: str) -> None:
        os.truncate(file, 100)


class ForbidsFtp:
    """FTP that lets nobody write."""

    def ftp_STOR(self, file: str, mode: str = "w") -> None:  # noqa: N802
        self.respond("550 Permission denied.")  # type: ignore[attr-defined]


class DropsFtp:
    """FTP that hangs up at the first file, twice."""

    left = 2

    def ftp_STOR(self, file: str, mode: str = "w") -> None:  # noqa: N802
        if DropsFtp.left:
            DropsFtp.left -= 1
            self.close()  # type: ignore[attr-defined]
        else:
            super().ftp_STOR(file, mode)  # type: ignore[misc]


@pytest.mark.parametrize(
    ("worse", "code"),
    [
        (FullFtp, "upload.no-room"),
        (ForbidsFtp, "upload.forbidden"),
        (LosesFtp, "upload.half"),
    ],
)
def test_what_an_ftp_server_does_not_take_is_told_by_its_reason(
    tmp_path: Path, worse: type, code: str
) -> None:
    with ftps(tmp_path / "server", worse) as server:
        host = kinds.connect(target(server, tmp_path), login(tmp_path))
        (tmp_path / "server" / "www" / "feed.xml").write_bytes(OLD)
        with pytest.raises(HostError) as refused:
            put(host, tmp_path, "feed.xml" + BESIDE, WORDS)
        assert refused.value.message.code == code
        assert server.read("feed.xml") == OLD
        host.close()


def test_an_ftp_server_that_hangs_up_is_connected_to_anew(tmp_path: Path) -> None:
    DropsFtp.left = 2
    with ftps(tmp_path / "server", DropsFtp) as server:
        place = target(server, tmp_path)
        host = SteadyHost(lambda: kinds.connect(place, login(tmp_path)), lambda s, error: None)
        assert put(host, tmp_path, "media/a.mp3", WORDS) == len(WORDS)
        assert server.read("media/a.mp3") == WORDS
        host.close()
    assert DropsFtp.left == 0


@pytest.mark.parametrize("at_once", [False, True])
def test_where_the_other_kind_of_ftps_is_spoken_both_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: bool
) -> None:
    monkeypatch.setattr(to_ftps, "ANSWERS_WITHIN_S", 0.5)
    with ftps(tmp_path / "server", at_once=at_once) as server:
        other = replace(target(server, tmp_path), implicit_tls=not at_once)
        with pytest.raises(HostError) as failed:
            kinds.connect(other, login(tmp_path))
    assert failed.value.message.code == "upload.other-tls"
    assert "990" in str(failed.value.hint)
    assert not failed.value.passes


class Overheard:
    """Before wsgidav: keeps how its users log in, and asks anew who sends the first file."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self.logins: list[str] = []
        self.challenge = ""

    def __call__(self, environ: dict[str, Any], start: Any) -> Any:
        self.logins.append(environ.get("HTTP_AUTHORIZATION", ""))
        if environ["REQUEST_METHOD"] == "PUT" and self.challenge:
            environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
            start("401 Unauthorized", [("WWW-Authenticate", self.challenge)])
            self.challenge = ""
            return [b""]

        def started(status: str, headers: list[tuple[str, str]], *further: Any) -> Any:
            self.challenge = dict(headers).get("WWW-Authenticate", self.challenge)
            return start(status, headers, *further)

        return self.app(environ, started)


def test_by_digest_no_password_goes_and_a_file_goes_again_where_the_server_asks_anew(
    tmp_path: Path,
) -> None:
    heard: list[Overheard] = []

    def before(app: Any) -> Any:
        heard.append(Overheard(app))
        return heard[0]

    with webdav(tmp_path / "server", plain=True, before=before) as server:
        host = kinds.connect(target(server, tmp_path), login(tmp_path))
        assert put(host, tmp_path, "media/a.mp3", WORDS) == len(WORDS)
        assert server.read("media/a.mp3") == WORDS
        host.close()
    assert heard[0].challenge == ""
    assert {one.partition(" ")[0] for one in heard[0].logins} == {"", "Digest"}


class Worse:
    """Before wsgidav: answers one method by a status of its own, so many times; or lies of it."""

    def __init__(self, app: Any, method: str, status: str, times: int) -> None:
        self.app, self.method, self.status, self.left = app, method, status, times

    def __call__(self, environ: dict[str, Any], start: Any) -> Any:
        if environ["REQUEST_METHOD"] != self.method or not self.left:
            return self.app(environ, start)
        self.left -= 1
        if environ.get("CONTENT_LENGTH"):
            data = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
            if self.status.startswith("201"):
                environ.update({"wsgi.input": BytesIO(data[:100]), "CONTENT_LENGTH": "100"})
                return self.app(environ, start)
        start(self.status, [("Content-Length", "0")])
        return [b""]


@contextmanager
def over_webdav(
    tmp_path: Path, method: str, status: str, times: int = 99
) -> Iterator[tuple[Host, Callable[[str], bytes | None]]]:
    with webdav(
        tmp_path / "server", before=lambda app: Worse(app, method, status, times)
    ) as server:
        place = target(server, tmp_path)
        host = SteadyHost(lambda: kinds.connect(place, login(tmp_path)), lambda s, error: None)
        (tmp_path / "server" / "www" / "feed.xml").write_bytes(OLD)
        yield host, server.read
        host.close()


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("507 Insufficient Storage", "upload.no-room"),
        ("403 Forbidden", "upload.forbidden"),
        ("423 Locked", "upload.forbidden"),
        ("201 Created", "upload.half"),
        ("502 Bad Gateway", "upload.disturbed"),
        ("503 Service Unavailable", "upload.disturbed"),
        ("418 I am a teapot", "upload.refused"),
    ],
)
def test_what_a_webdav_server_does_not_take_is_told_by_its_reason(
    tmp_path: Path, status: str, code: str
) -> None:
    with over_webdav(tmp_path, "PUT", status) as (host, read):
        with pytest.raises(HostError) as refused:
            put(host, tmp_path, "feed.xml" + BESIDE, WORDS)
        assert refused.value.message.code == code
        assert read("feed.xml") == OLD


def test_a_webdav_server_that_fails_for_a_moment_gets_it_all_the_same(tmp_path: Path) -> None:
    with over_webdav(tmp_path, "PUT", "503 Service Unavailable", 2) as (host, read):
        assert put(host, tmp_path, "media/a.mp3", WORDS) == len(WORDS)
        assert read("media/a.mp3") == WORDS


@pytest.mark.parametrize("status", ["409 Conflict", "412 Precondition Failed", "500 Oh"])
def test_a_webdav_server_that_cannot_rename_over_a_file_gets_the_new_one(
    tmp_path: Path, status: str
) -> None:
    with over_webdav(tmp_path, "MOVE", status, 1) as (host, read):
        put(host, tmp_path, "feed.xml" + BESIDE, WORDS)
        host.move("feed.xml" + BESIDE, "feed.xml")
        assert read("feed.xml") == WORDS
        assert host.list("") == {"feed.xml": len(WORDS)}


@pytest.mark.parametrize("kind", ["sftp", "ftps", "webdav"])
def test_a_host_that_says_nothing_is_left_after_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    for module in (to_ftps, to_sftp, to_webdav):
        monkeypatch.setattr(module, "ANSWERS_WITHIN_S", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        place = Destination(kind, "127.0.0.1", "www", f"{kind}://127.0.0.1/www", port, "dai")
        with pytest.raises(HostError) as failed:
            kinds.connect(place, login(tmp_path))
    assert failed.value.message.code == (
        "upload.other-tls" if kind == "ftps" else "upload.disturbed"
    )
