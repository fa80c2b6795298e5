"""A folder that WebDAV reaches (Nextcloud, shared hosts), as a host."""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, cast
from urllib.parse import quote

import httpx
from webdav4.client import (
    Client,
    ClientError,
    HTTPError,
    InsufficientStorage,
    MultiStatusError,
    ResourceConflict,
    ResourceNotFound,
)

from broadcast.delivery import faults
from broadcast.delivery.host import ANSWERS_WITHIN_S, Destination, Login, Sent
from broadcast.messages import Message

_LOOPBACK = re.compile(r"localhost|127\.[\d.]+|::1")


class WebdavHost:
    """A collection; the server decides how a name changes, most do it at once."""

    puts_whole = False

    def __init__(self, client: Client, where: str) -> None:
        self._client = client
        self._where = where
        self._made: set[str] = set()

    def list(self, folder: str) -> Mapping[str, int]:
        """Give the files of a collection."""
        with self._told(folder):
            try:
                found = self._client.ls(folder or "/", detail=True)
            except ResourceNotFound:
                return {}
            return {
                str(one["name"]).rpartition("/")[2]: _size(one["content_length"])
                for one in found
                if isinstance(one, dict) and one["type"] == "file"
            }

    def put(self, path: str, file: Path, kind: str, cache: str, sent: Sent) -> None:
        """Copy a file; the web server decides how long it may be kept."""
        size = file.stat().st_size
        with self._told(path):
            self._make_folders(path)
            with file.open("rb") as stream:
                self._client.upload_fileobj(
                    cast(IO[bytes], stream),
                    path,
                    overwrite=True,
                    callback=sent,
                    size=size,
                    headers={"Content-Type": kind},
                )
            there = _size(self._client.content_length(path))
        if there not in (size, -1):
            raise faults.half(self._where, path, there, size)

    def move(self, old: str, new: str) -> None:
        """Rename; a server that does not replace is asked to delete first."""
        with self._told(new):
            try:
                self._client.move(old, new, overwrite=True)
            except (HTTPError, ResourceConflict, MultiStatusError) as error:
                if _status(error) not in (0, 409, 412, 500):
                    raise
                with suppress(ResourceNotFound):
                    self._client.remove(new)
                self._client.move(old, new, overwrite=True)

    def remove(self, path: str) -> None:
        """Delete a file."""
        with self._told(path), suppress(ResourceNotFound):
            self._client.remove(path)

    def close(self) -> None:
        """End the connection."""
        self._client.http.close()

    def _make_folders(self, path: str) -> None:
        parts = path.split("/")[:-1]
        for depth in range(1, len(parts) + 1):
            folder = "/".join(parts[:depth])
            if folder not in self._made and not self._client.exists(folder):
                self._client.mkdir(folder)
            self._made.add(folder)

    @contextmanager
    def _told(self, path: str) -> Iterator[None]:
        try:
            yield
        except InsufficientStorage as error:
            raise faults.no_room(self._where) from error
        except ResourceNotFound as error:
            raise faults.no_place(f"{self._where} ({path or '/'})") from error
        except (httpx.TransportError, TimeoutError) as error:
            raise faults.disturbed(self._where, error) from error
        except (ClientError, HTTPError, httpx.HTTPError) as error:
            raise _refused(self._where, path, error) from error


def connect(target: Destination, login: Login) -> WebdavHost:
    """Give the collection. Raises HostError where it is not there or lets nobody in."""
    if target.kind == "webdav" and not _LOOPBACK.fullmatch(target.host):
        raise faults.HostError(
            Message(
                "upload.plainly",
                "webdav:// would send the password to {host} so that others can read it.",
                host=target.host,
            ),
            Message("upload.plainly.hint", "Write webdavs:// in [upload] to."),
        )
    scheme = "https" if target.kind == "webdavs" else "http"
    host = f"[{target.host}]" if ":" in target.host else target.host
    port = f":{target.port}" if target.port else ""
    client = Client(
        f"{scheme}://{host}{port}/{quote(target.place)}",
        auth=(target.user, login.secret.value if login.secret else ""),
        verify=ssl.create_default_context(),
        timeout=ANSWERS_WITHIN_S,
        retry=False,
        trust_env=True,
    )
    made = WebdavHost(client, target.shown)
    with made._told(""):
        if not client.exists("/"):
            raise faults.no_place(target.shown)
    return made


def _size(told: object) -> int:
    return -1 if told is None else int(str(told))


def _status(error: Exception) -> int:
    response = getattr(error, "response", None)
    return int(getattr(response, "status_code", 0) or 0)


def _refused(where: str, path: str, error: Exception) -> faults.HostError:
    status = _status(error)
    if status == 401:
        return faults.wrong_login(where)
    if status in (403, 405, 423):
        return faults.forbidden(where, path or "/")
    if status == 507:
        return faults.no_room(where)
    if status in (408, 429, 500, 502, 503, 504):
        return faults.disturbed(where, error)
    return faults.refused(where, path, str(error))
