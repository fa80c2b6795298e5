"""Servers that lie, drop, fill up, forbid and rename badly: what is put is whole, or it is told."""

from __future__ import annotations

import errno
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import asyncssh
import pytest

from broadcast.delivery import kinds
from broadcast.delivery.faults import HostError
from broadcast.delivery.host import Destination, Host
from broadcast.delivery.order import BESIDE
from broadcast.delivery.steady import SteadyHost
from real_servers import USER, ftps, sftp
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


def test_an_ftp_server_without_room_is_told_as_such(tmp_path: Path) -> None:
    with ftps(tmp_path / "server", FullFtp) as server:
        host = kinds.connect(target(server, tmp_path), login(tmp_path))
        with pytest.raises(HostError) as refused:
            put(host, tmp_path, "feed.xml", WORDS)
        assert refused.value.message.code == "upload.no-room"
        host.close()


@contextmanager
def s3_that_says(status: int, code: str) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """A service that answers everything with one of S3's errors, and keeps what it was asked."""
    asked: list[dict[str, str]] = []

    class Says(BaseHTTPRequestHandler):
        def answer(self) -> None:
            asked.append({name.lower(): value for name, value in self.headers.items()})
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            words = f"<Error><Code>{code}</Code><Message>no</Message></Error>".encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(words)))
            self.end_headers()
            self.wfile.write(words)

        do_GET = do_PUT = do_POST = answer  # noqa: N815

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Says)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize(
    ("status", "says", "code"),
    [
        (403, "InvalidAccessKeyId", "upload.login"),
        (403, "SignatureDoesNotMatch", "upload.login"),
        (403, "AccessDenied", "upload.forbidden"),
        (403, "RequestTimeTooSkewed", "upload.clock"),
        (404, "NoSuchBucket", "upload.no-place"),
        (400, "QuotaExceeded", "upload.no-room"),
        (503, "SlowDown", "upload.disturbed"),
    ],
)
def test_what_s3_says_is_told_with_what_to_do(
    tmp_path: Path, status: int, says: str, code: str
) -> None:
    with s3_that_says(status, says) as (endpoint, asked):
        place = Destination(
            "s3", "podcast", "", "s3://podcast", user=USER, endpoint=endpoint, region="auto"
        )
        host = kinds.connect(place, login(tmp_path))
        with pytest.raises(HostError) as refused:
            put(host, tmp_path, "feed.xml", b"<rss/>")
    assert refused.value.message.code == code
    assert refused.value.passes == (code == "upload.disturbed")
    # R2 and others refuse checksums beside the signature (boto3#4392).
    assert not [name for one in asked for name in one if "checksum" in name or "trailer" in name]
    assert all("content-type" in one for one in asked)
