"""feed/ → a web server on this machine, to hear it as listeners will."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from broadcast.errors import UsageError
from broadcast.feed.addresses import FEED
from broadcast.feed.serve import serve
from broadcast.workspace import Workspace


@contextmanager
def preview(workspace: Workspace, port: int) -> Iterator[str]:
    """Serve feed/ on the loopback while the context lasts, and give its address.

    Raises UsageError when there is no feed yet, OutsideError when the port is taken.
    """
    if not (workspace.feed / FEED).is_file():
        raise UsageError("There is no feed yet.", hint="Publish an episode: broadcast publish NAME")
    server = serve(workspace.feed, port)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.url
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
