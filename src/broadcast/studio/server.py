"""The studio → a web server on this machine alone, for as long as somebody wants it."""

from __future__ import annotations

import gc
import os
import socket
from collections.abc import Callable
from contextlib import suppress
from threading import Thread

from broadcast.errors import BroadcastError, OutsideError
from broadcast.messages import Message
from broadcast.messages.rendering import Renderer
from broadcast.messages.system_reasons import system_reason
from broadcast.studio.safety import LOOPBACK, Keys
from broadcast.workspace import Workspace

USUAL_PORT = 8010
_MOST_S_TO_END = 2
_SELDOM = (200_000, 20, 100)
_ANY_SCRIPT = "Phóng viên: Thưa ông, xã có 2 km đường mới?\n\nÔng Ba: Vâng."


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
        from broadcast.studio.incoming import clear_left_behind
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
        clear_left_behind(workspace)
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
        # A script of a thousand turns is half a million values that stay in mind: to look through
        # them for circles again and again took as long as to understand it.
        gc.set_threshold(*_SELDOM)
        Thread(target=_load_rules, args=(workspace,), daemon=True).start()
        opened(keys.first_address)
        try:
            uvicorn.Server(settings).run(sockets=[listening])
        finally:
            jobs.end()


def _load_rules(workspace: Workspace) -> None:
    """Load what understands scripts while the first page is on its way."""
    from broadcast.production.desk.check_script import check_understood
    from broadcast.production.desk.read_script import understood_in
    from broadcast.production.desk.read_station import station_of
    from broadcast.script.read import read_text_document

    with suppress(BroadcastError):  # the board says what is wrong
        document = read_text_document(_ANY_SCRIPT, workspace.scripts / "any.txt")
        script = understood_in(station_of(workspace), document)
        check_understood(workspace, script, readings=True)


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
        if os.name == "posix":  # elsewhere it would share the port with another program
            # What was killed left its connections behind, which keep the port for a minute.
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
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
