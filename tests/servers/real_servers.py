"""Real servers on this machine, one of each kind that feed/ is uploaded to, none of them ours.

Each serves a folder (S3: a bucket) that a test can read by itself, and refuses a wrong password.
"""

from __future__ import annotations

import asyncio
import json
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests
import trustme

USER, PASSWORD = "dai", "mat-khau-Rieng-7391"
BUCKET = "podcast"


@dataclass
class Server:
    """A running server: the address for [upload] to, and what of it lies where.

    ``read`` gives the bytes of a path, None where there is nothing; ``paths`` all there are;
    ``settings`` are further lines for [upload].
    """

    kind: str
    to: str
    read: Callable[[str], bytes | None]
    paths: Callable[[], set[str]]
    settings: str = ""
    web: str = ""
    folder: Path | None = None


def _of_folder(folder: Path) -> tuple[Callable[[str], bytes | None], Callable[[], set[str]]]:
    def read(path: str) -> bytes | None:
        file = folder / path
        return file.read_bytes() if file.is_file() else None

    def paths() -> set[str]:
        return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}

    return read, paths


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
        yield Server("sftp", to, *_of_folder(place), folder=place)
    finally:

        async def end() -> None:
            servers[0].close()
            await servers[0].wait_closed()
            loop.call_soon(loop.stop)

        asyncio.run_coroutine_threadsafe(end(), loop)
        thread.join(30)
        loop.close()


@contextmanager
def ftps(folder: Path, worse: type | None = None) -> Iterator[Server]:
    """pyftpdlib with TLS on both connections; ``worse`` comes before its handler's class."""
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

    server = ThreadedFTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        to = f"ftps://{USER}@localhost:{server.address[1]}/www"
        yield Server("ftps", to, *_of_folder(place), folder=place)
    finally:
        server.close_all()
        thread.join(30)


@contextmanager
def webdav(folder: Path) -> Iterator[Server]:
    """wsgidav on cheroot, over TLS."""
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
            "http_authenticator": {"accept_basic": True, "accept_digest": False},
            "verbose": 0,
            "logging": {"enable": False},
        }
    )
    server = wsgi.Server(("127.0.0.1", 0), app)
    server.ssl_adapter = BuiltinSSLAdapter(str(pem), str(pem))
    server.prepare()
    thread = threading.Thread(target=server.serve)
    thread.start()
    try:
        to = f"webdavs://{USER}@localhost:{server.bind_addr[1]}/dav/www"
        yield Server("webdavs", to, *_of_folder(place), folder=place)
    finally:
        server.stop()
        thread.join(30)


@contextmanager
def s3(folder: Path) -> Iterator[Server]:
    """moto's server of S3; what lies there is read by boto3."""
    import boto3
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    client = boto3.client(
        "s3",
        endpoint_url=endpoint,
        aws_access_key_id=USER,
        aws_secret_access_key=PASSWORD,
        region_name="us-east-1",
    )
    requests.post(f"{endpoint}/moto-api/reset", timeout=10).raise_for_status()
    client.create_bucket(Bucket=BUCKET)

    readers = {
        "Effect": "Allow",
        "Principal": "*",
        "Action": ["s3:GetObject"],
        "Resource": [f"arn:aws:s3:::{BUCKET}/*"],
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [readers]})
    client.put_bucket_policy(Bucket=BUCKET, Policy=policy)

    def read(path: str) -> bytes | None:
        try:
            answer = client.get_object(Bucket=BUCKET, Key=f"www/{path}")
        except client.exceptions.NoSuchKey:
            return None
        body: bytes = answer["Body"].read()
        return body

    def paths() -> set[str]:
        pages = client.get_paginator("list_objects_v2").paginate(Bucket=BUCKET, Prefix="www/")
        return {
            one["Key"].removeprefix("www/") for page in pages for one in page.get("Contents", ())
        }

    settings = f'user = "{USER}"\nendpoint = "{endpoint}"\nregion = "us-east-1"\n'
    try:
        web = f"{endpoint}/{BUCKET}/www/"
        yield Server("s3", f"s3://{BUCKET}/www", read, paths, settings, web)
    finally:
        client.close()
        server.stop()


AUTHORITY = trustme.CA()
KINDS = {"sftp": sftp, "ftps": ftps, "webdavs": webdav, "s3": s3}


@contextmanager
def running(kind: str, folder: Path) -> Iterator[Server]:
    """Run a server of a kind over a fresh folder."""
    with ExitStack() as stack:
        yield stack.enter_context(KINDS[kind](folder))
