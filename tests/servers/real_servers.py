"""Real servers on this machine, one of each kind that feed/ is uploaded to, none of them ours.

Each serves a folder that a test can read by itself, and refuses a wrong password.
"""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from cloud_servers import azure, google, s3
from served import AUTHORITY, PASSWORD, USER, Server, of_folder


@contextmanager
def sftp(folder: Path, files: type | None = None) -> Iterator[Server]:
    """asyncssh's server; ``files`` is a class of its SFTPServer that is worse than it."""
    import asyncssh

    made = files or asyncssh.SFTPServer

    place = folder / "www"
    place.mkdir(parents=True)
    key = asyncssh.generate_private_key("ssh-ed25519")

    class Door(asyncssh.SSHServer):
        def begin_auth(self, username: str) -> bool:
            return True

        def password_auth_supported(self) -> bool:
            return True

        def validate_password(self, username: str, password: str) -> bool:
            return (username, password) == (USER, PASSWORD)

    loop = asyncio.new_event_loop()
    started = threading.Event()
    ports: list[int] = []
    servers: list[asyncssh.SSHAcceptor] = []

    async def serve() -> None:
        server = await asyncssh.create_server(
            Door,
            "127.0.0.1",
            0,
            server_host_keys=[key],
            sftp_factory=lambda channel: made(channel, chroot=os.fspath(folder)),
        )
        servers.append(server)
        ports.append(server.sockets[0].getsockname()[1])
        started.set()

    def run() -> None:
        asyncio.set_event_loop(loop)
        loop.run_until_complete(serve())
        loop.run_forever()

    thread = threading.Thread(target=run)
    thread.start()
    assert started.wait(30)
    try:
        to = f"sftp://{USER}@127.0.0.1:{ports[0]}/www"
        yield Server("sftp", to, *of_folder(place), folder=place)
    finally:

        async def end() -> None:
            servers[0].close()
            await servers[0].wait_closed()
            loop.call_soon(loop.stop)

        asyncio.run_coroutine_threadsafe(end(), loop)
        thread.join(30)
        loop.close()


@contextmanager
def ftps(folder: Path, worse: type | None = None, *, at_once: bool = False) -> Iterator[Server]:
    """pyftpdlib with TLS on both connections; ``worse`` comes before its handler's class.

    ``at_once``: TLS comes before its first word (implicit), as pyftpdlib's own examples have it.
    """
    from pyftpdlib.authorizers import DummyAuthorizer
    from pyftpdlib.handlers import TLS_FTPHandler
    from pyftpdlib.servers import ThreadedFTPServer

    place = folder / "www"
    place.mkdir(parents=True)
    pem = folder / "server.pem"
    AUTHORITY.issue_cert("127.0.0.1", "localhost").private_key_and_cert_chain_pem.write_to_path(pem)
    users = DummyAuthorizer()
    users.add_user(USER, PASSWORD, str(folder), perm="elradfmwMT")

    class Handler(*filter(None, [worse]), TLS_FTPHandler):  # type: ignore[misc]
        authorizer = users
        certfile = str(pem)
        tls_control_required = True
        tls_data_required = True

        def handle(self) -> None:
            if at_once:
                self.secure_connection(self.ssl_context)
            else:
                super().handle()

        def ftp_AUTH(self, arg: str) -> None:  # noqa: N802
            if at_once:
                self.respond("550 TLS is here already.")
            else:
                super().ftp_AUTH(arg)

        def handle_ssl_established(self) -> None:
            if at_once:
                super().handle()

    server = ThreadedFTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        to = f"ftps://{USER}@localhost:{server.address[1]}/www"
        settings = "implicit_tls = true\n" if at_once else ""
        yield Server("ftps", to, *of_folder(place), settings=settings, folder=place)
    finally:
        server.close_all()
        thread.join(30)


@contextmanager
def webdav(
    folder: Path, *, plain: bool = False, before: Callable[[Any], Any] = lambda app: app
) -> Iterator[Server]:
    """wsgidav on cheroot, over TLS, with Basic; or ``plain``, with Digest.

    ``before`` gives what hears requests before it.
    """
    from cheroot import wsgi
    from cheroot.ssl.builtin import BuiltinSSLAdapter
    from wsgidav.wsgidav_app import WsgiDAVApp

    place = folder / "www"
    place.mkdir(parents=True)
    pem = folder / "server.pem"
    AUTHORITY.issue_cert("localhost").private_key_and_cert_chain_pem.write_to_path(pem)
    app = WsgiDAVApp(
        {
            "provider_mapping": {"/dav": str(folder)},
            "simple_dc": {"user_mapping": {"*": {USER: {"password": PASSWORD}}}},
            "http_authenticator": {
                "accept_basic": not plain,
                "accept_digest": plain,
                "default_to_digest": plain,
            },
            "verbose": 0,
            "logging": {"enable": False},
        }
    )
    server = wsgi.Server(("127.0.0.1", 0), before(app))
    if not plain:
        server.ssl_adapter = BuiltinSSLAdapter(str(pem), str(pem))
    server.prepare()
    thread = threading.Thread(target=server.serve)
    thread.start()
    try:
        kind = "webdav" if plain else "webdavs"
        to = f"{kind}://{USER}@localhost:{server.bind_addr[1]}/dav/www"
        yield Server(kind, to, *of_folder(place), folder=place)
    finally:
        server.stop()
        thread.join(30)


KINDS: dict[str, Callable[[Path], AbstractContextManager[Server]]] = {
    "sftp": sftp,
    "ftps": ftps,
    "ftps, TLS first": partial(ftps, at_once=True),
    "webdavs": webdav,
    "webdav, Digest": partial(webdav, plain=True),
    "s3": s3,
    "az": azure,
    "gs": google,
}


@contextmanager
def running(kind: str, folder: Path) -> Iterator[Server]:
    """Run a server of a kind over a fresh folder."""
    with ExitStack() as stack:
        yield stack.enter_context(KINDS[kind](folder))
