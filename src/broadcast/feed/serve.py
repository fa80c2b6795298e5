"""The folder feed/ into a web server on this machine, as podcast programs expect one."""

from __future__ import annotations

import ipaddress
import os
import re
import socketserver
import stat
import sys
from email.utils import formatdate, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import IO
from urllib.parse import quote, unquote, urlsplit

from broadcast.errors import OutsideError
from broadcast.feed.addresses import ASSETS, INDEX, MEDIA
from broadcast.feed.served_types import is_read_from_other_sites, type_of
from broadcast.messages import Message
from broadcast.messages.system_reasons import system_reason

# All that the pages show and run comes from here; nobody shows them inside a page of theirs.
_POLICY = (
    "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "object-src 'none'"
)
LOOPBACK = "127.0.0.1"
_ANSWERED = "GET, HEAD, OPTIONS"
_HOST = re.compile(r"(\[[0-9a-fA-F:.]+\]|[^\s:\[\]/@]+)(?::[0-9]*)?")
_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})", re.IGNORECASE)
_CHUNK = 64 * 1024


def serve(folder: Path, port: int, host: str = LOOPBACK) -> FeedServer:
    """Give a server bound to the port (0: any free one); its ``serve_forever`` answers until ended.

    Raises OutsideError when the port cannot be had.
    """
    try:
        return FeedServer(folder, port, host)
    except (OSError, OverflowError) as error:
        raise OutsideError(
            _unusable(port, host, error),
            hint=Message(
                "port.unusable.hint",
                "Give another one with --port; 0 takes a free one.",
            ),
        ) from error


def _unusable(port: int, host: str, error: OSError | OverflowError) -> Message:
    if isinstance(error, OSError):
        return Message(
            "port.unusable",
            "Port {port} on {host} cannot be used ({reason}).",
            port=port,
            host=host,
            reason=system_reason(error),
        )
    return Message(
        "port.no-such",
        "Port {port} on {host} cannot be used (ports are numbered 0 to 65535).",
        port=port,
        host=host,
    )


class FeedServer(ThreadingHTTPServer):
    """Answers GET and HEAD for the files of one folder, each request in a thread of its own."""

    daemon_threads = True
    # Windows would let two programs share the port.
    allow_reuse_address = os.name != "nt"
    # A web player asks for much at once; with five places some would wait a second to be heard.
    request_queue_size = 128

    def __init__(self, folder: Path, port: int, host: str) -> None:
        self.folder = folder.resolve()
        super().__init__((host, port), _RequestHandler)

    @property
    def url(self) -> str:
        """The address to open in a browser."""
        return f"http://{self.server_address[0]!s}:{self.server_port}/"

    def server_bind(self) -> None:
        """Bind without asking the network for this machine's name, which can take seconds."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), self.server_address[1]

    def handle_error(self, request: object, client_address: object) -> None:
        """Stay quiet about listeners who hung up; anything else is a bug and is shown."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _RequestHandler(BaseHTTPRequestHandler):
    """One request (RFC 9110: conditions in 13, ranges in 14)."""

    server: FeedServer
    protocol_version = "HTTP/1.1"
    server_version = "broadcast"
    sys_version = ""
    timeout = 60
    # A short answer is not kept back for the client's next word.
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def do_OPTIONS(self) -> None:
        """Say what may be asked, also to a page of another site that asks before it fetches."""
        if not self._is_for_us():
            return
        self.send_response(HTTPStatus.NO_CONTENT)
        self.send_header("Allow", _ANSWERED)
        if is_read_from_other_sites(urlsplit(self.path).path):
            self.send_header("Access-Control-Allow-Origin", "*")
            self.send_header("Access-Control-Allow-Methods", _ANSWERED)
            self.send_header("Access-Control-Allow-Headers", "Range")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name in http.server
        """Say nothing: what listeners fetch is not the reporter's concern."""

    def end_headers(self) -> None:
        """Tell a client of HTTP/1.0 that asked for it that the connection stays."""
        if self.request_version == "HTTP/1.0" and not self.close_connection:
            self.send_header("Connection", "keep-alive")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Content-Security-Policy", _POLICY)
        super().end_headers()

    def _answer(self, *, with_body: bool) -> None:
        if set(self.headers.keys()) & {"Content-Length", "Transfer-Encoding"}:
            self.close_connection = True  # what it sends along is not its next request
        if not self._is_for_us():
            return
        try:
            path = unquote(urlsplit(self.path).path)
            place = self._place(path)
            if place.is_dir() and not path.endswith("/"):
                self._redirect(quote(path) + "/")
                return
            file = self._place(path + INDEX) if path.endswith("/") else place
            opened = _opened(file)
        except (OSError, ValueError):  # nothing there, or a name that no file can have
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        with opened:
            self._send(file, opened, with_body=with_body)

    def _is_for_us(self) -> bool:
        """Whether this machine is meant by its own name; else the request is refused.

        A page anywhere can let its own name lead here and read what comes (DNS rebinding): only
        the name tells it from the user's browser (RFC 9110, 15.5.20).
        """
        named = self.headers.get_all("Host") or []
        whole = re.match("https?://([^/?#[]+)", self.path, re.IGNORECASE)
        if len(named) <= 1 and all(
            map(self._is_ours, [*named, *(whole.groups() if whole else ())])
        ):
            return True
        self.close_connection = True
        self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
        return False

    def _is_ours(self, written: str) -> bool:
        host = _HOST.fullmatch(written.strip())
        if host is None:
            return False
        name = host[1].strip("[]").casefold()
        if name in ("localhost", str(self.server.server_address[0])):
            return True
        try:
            return ipaddress.ip_address(name).is_loopback
        except ValueError:
            return False

    def _place(self, path: str) -> Path:
        """Give where a path leads. Raises ValueError when that may not be seen."""
        parts = [part for part in path.split("/") if part]
        # A leading dot covers "..", the site's record and files not yet finished.
        if any(part.startswith(".") or set(part) & set("\\:\0") for part in parts):
            raise ValueError(path)
        place = self.server.folder.joinpath(*parts).resolve()
        # A link may lead out of the folder, or to what is hidden in it.
        if any(part.startswith(".") for part in place.relative_to(self.server.folder).parts):
            raise ValueError(path)
        return place

    def _send(self, file: Path, opened: IO[bytes], *, with_body: bool) -> None:
        state = os.fstat(opened.fileno())
        size, tag = state.st_size, etag(state)
        modified = formatdate(state.st_mtime, usegmt=True)
        unchanged = self._unchanged(tag, int(state.st_mtime))
        span = self._span(size, tag, modified) if with_body and not unchanged else None
        start, end = span or (0, size)
        if unchanged:
            self.send_response(HTTPStatus.NOT_MODIFIED)
        elif start >= end and span:
            self.send_response(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
            self.send_header("Content-Range", f"bytes */{size}")
            start = end = 0
        elif span:
            self.send_response(HTTPStatus.PARTIAL_CONTENT)
            self.send_header("Content-Range", f"bytes {start}-{end - 1}/{size}")
        else:
            self.send_response(HTTPStatus.OK)
        if not unchanged:
            self.send_header("Content-Type", type_of(file.name))
            self.send_header("Content-Length", str(end - start))
        self.send_header("ETag", tag)
        self.send_header("Last-Modified", modified)
        self.send_header("Accept-Ranges", "bytes")
        named_by_content = file.parent.name in (MEDIA, ASSETS)
        self.send_header(
            "Cache-Control",
            "public, max-age=31536000, immutable" if named_by_content else "no-cache",
        )
        if is_read_from_other_sites(file.name):
            self.send_header("Access-Control-Allow-Origin", "*")
        self.end_headers()
        if with_body and not unchanged:
            opened.seek(start)
            self._copy(opened, end - start)

    def _copy(self, opened: IO[bytes], left: int) -> None:
        while left > 0 and (chunk := opened.read(min(_CHUNK, left))):
            self.wfile.write(chunk)
            left -= len(chunk)

    def _unchanged(self, etag: str, modified: int) -> bool:
        """Say whether the client has this very file (If-None-Match goes before the date)."""
        known = self.headers.get("If-None-Match")
        if known is not None:
            tags = {tag.strip().removeprefix("W/") for tag in known.split(",")}
            return "*" in tags or etag in tags
        since = self.headers.get("If-Modified-Since")
        if since is None:
            return False
        try:
            return modified <= parsedate_to_datetime(since).timestamp()
        except (ValueError, OverflowError):
            return False

    def _span(self, size: int, etag: str, modified: str) -> tuple[int, int] | None:
        """Give the bytes asked for, empty when there are none such; None: send everything.

        Several ranges at once, and what is no range, may be ignored (RFC 9110, 14.2).
        """
        asked = _RANGE.fullmatch(self.headers.get("Range", "").strip())
        if asked is None or asked[0] == "bytes=-":
            return None
        if self.headers.get("If-Range", etag).strip() not in (etag, modified):
            return None
        if not asked[1]:
            return (max(0, size - int(asked[2])), size) if int(asked[2]) else (size, size)
        start = int(asked[1])
        end = min(int(asked[2]) + 1, size) if asked[2] else size
        if asked[2] and int(asked[2]) < start:
            return None
        return (start, end) if start < size else (size, size)

    def _redirect(self, place: str) -> None:
        self.send_response(HTTPStatus.MOVED_PERMANENTLY)
        # A path that begins with two slashes would name another host.
        self.send_header("Location", "/" + place.lstrip("/"))
        self.send_header("Content-Length", "0")
        self.end_headers()


def etag(state: os.stat_result) -> str:
    """Give what tells a file from what it was before, in quotes (RFC 9110, 8.8.3)."""
    return f'"{state.st_size:x}-{state.st_mtime_ns:x}"'


def _opened(file: Path) -> IO[bytes]:
    """Open a file to read. Raises OSError also for what is none: a pipe or a device would hold."""
    opened = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        if not stat.S_ISREG(os.fstat(opened).st_mode):
            raise FileNotFoundError(file)
        return os.fdopen(opened, "rb")
    except OSError:
        os.close(opened)
        raise
