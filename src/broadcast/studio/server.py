"""The studio → a web server on this machine alone, for as long as somebody wants it."""

from __future__ import annotations

import socket
from collections.abc import Callable

from broadcast.errors import OutsideError
from broadcast.messages import Message
from broadcast.messages.rendering import Renderer
from broadcast.messages.system_reasons import system_reason
from broadcast.studio.safety import LOOPBACK, Keys
from broadcast.workspace import Workspace

USUAL_PORT = 8010
_MOST_S_TO_END = 2


def run_studio(
    workspace: Workspace, renderer: Renderer, port: int | None, opened: Callable[[str], None]
) -> None:
    """Serve a station's studio until Ctrl-C; no port: the usual one, or a free one.

    ``opened`` is given the first address when the port is had. Raises OutsideError when it is not,
    or when what the studio needs is not installed.
    """
    try:
        import uvicorn

        from broadcast.studio.app import studio
        from broadcast.studio.jobs import Jobs
    except ModuleNotFoundError as missing:
        raise OutsideError(
            Message("studio.not-installed", "The studio is not installed."),
            hint=Message(
                "studio.not-installed.hint",
                'Install it: python -m pip install "broadcast[studio]"',
            ),
        ) from missing
    with _bound(port) as listening:
        keys, jobs = Keys(listening.getsockname()[1]), Jobs()
        settings = uvicorn.Config(
            studio(workspace, renderer, keys, jobs),
            lifespan="off",
            log_level="critical",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            ws="none",
            timeout_graceful_shutdown=_MOST_S_TO_END,
        )
        listening.listen()
        opened(keys.first_address)
        try:
            uvicorn.Server(settings).run(sockets=[listening])
        finally:
            jobs.end()


def _bound(port: int | None) -> socket.socket:
    if port is not None:
        return _bound_to(port)
    try:
        return _bound_to(USUAL_PORT)
    except OutsideError:
        return _bound_to(0)


def _bound_to(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.bind((LOOPBACK, port))
    except OSError as error:
        listening.close()
        raise OutsideError(
            Message(
                "studio.port-taken",
                "Port {port} cannot be had: {reason}.",
                port=port,
                reason=system_reason(error),
            ),
            hint=Message("studio.port-taken.hint", "Give another one with --port, or none."),
        ) from error
    return listening
