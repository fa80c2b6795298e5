"""feed/ → a web server on this machine, to hear it as listeners will."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Thread

from broadcast.errors import UsageError
from broadcast.feed.addresses import FEED, url
from broadcast.feed.serve import serve
from broadcast.messages import Message
from broadcast.production.desk.read_station import station_of
from broadcast.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Preview:
    """Where feed/ can be seen now, and the address that the feed itself gives for its files."""

    address: str
    public: str


@contextmanager
def preview(workspace: Workspace, port: int) -> Iterator[Preview]:
    """Serve feed/ on the loopback while the context lasts.

    Raises UsageError when there is no feed yet, OutsideError when the port is taken.
    """
    if not (workspace.feed / FEED).is_file():
        raise UsageError(
            Message("feed.none-yet", "There is no feed yet."),
            hint=Message("feed.none-yet.hint", "Publish an episode: broadcast publish NAME"),
        )
    public = url(station_of(workspace).show)
    server = serve(workspace.feed, port)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Preview(server.url, public)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
