"""feed/ → a web server on this machine, to hear it as listeners will."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Thread

from broadcast.errors import OutsideError, UsageError
from broadcast.feed.addresses import FEED, url
from broadcast.feed.serve import LOOPBACK, FeedServer, etag, serve
from broadcast.messages import Message
from broadcast.production.desk.read_station import station_of
from broadcast.workspace import Workspace
from broadcast.workspace.writing import write_atomic

USUAL_PORT = 8000
_MOST_WAIT_S = 1.0


@dataclass(frozen=True, slots=True)
class Preview:
    """Where feed/ can be seen now, and the address that the feed itself gives for its files."""

    address: str
    public: str


@contextmanager
def preview(workspace: Workspace, port: int | None) -> Iterator[Preview]:
    """Serve feed/ on the loopback while the context lasts; no port: the usual one, or a free one.

    Raises UsageError when there is no feed yet, OutsideError when the port is taken.
    """
    if not (workspace.feed / FEED).is_file():
        raise UsageError(
            Message("feed.none-yet", "There is no feed yet."),
            hint=Message("feed.none-yet.hint", "Publish an episode: broadcast publish NAME"),
        )
    public = url(station_of(workspace).show)
    server = _server(workspace.feed, port)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        with suppress(OSError, OutsideError):  # a folder that cannot be written to is served too
            write_atomic(workspace.served_file, str(server.server_port).encode())
        yield Preview(server.url, public)
    finally:
        with suppress(OSError):
            workspace.served_file.unlink(missing_ok=True)
        server.shutdown()
        server.server_close()
        thread.join()


def served_at(workspace: Workspace) -> str | None:
    """Give the address at which this station's feed/ is served by now; None: nowhere.

    One that was killed may have left its address to another program, so the feed is asked for.
    """
    try:
        # A station's folder cannot send us elsewhere: it says no more than a port of this machine.
        port = int(workspace.served_file.read_text("utf-8"))
        with closing(HTTPConnection(LOOPBACK, port, timeout=_MOST_WAIT_S)) as asked:
            asked.request("HEAD", f"/{FEED}")
            answer = asked.getresponse()
            is_ours = answer.headers["ETag"] == etag((workspace.feed / FEED).stat())
    except (OSError, ValueError, OverflowError, HTTPException):
        return None
    return f"http://{LOOPBACK}:{port}/" if is_ours else None


def _server(folder: Path, port: int | None) -> FeedServer:
    if port is not None:
        return serve(folder, port)
    try:
        return serve(folder, USUAL_PORT)
    except OutsideError:
        return serve(folder, 0)
