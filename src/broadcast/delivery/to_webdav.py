"""A folder that WebDAV reaches (Nextcloud, shared hosts), as a host."""

from __future__ import annotations

import ssl
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import httpx
from webdav4.client import (
    BadGatewayError,
    Client,
    ClientError,
    HTTPError,
    InsufficientStorage,
    MultiStatusError,
    ResourceAlreadyExists,
    ResourceConflict,
    ResourceNotFound,
)

from broadcast.delivery import faults
from broadcast.delivery.host import ANSWERS_WITHIN_S, PIECE, Destination, Login, Sent
from broadcast.delivery.reading import Counted


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
                self._client.request(
                    "PUT",
                    path,
                    content=_Body(Counted(stream, sent)),
                    headers={"Content-Type": kind, "Content-Length": str(size)},
                )
            there = _size(self._client.content_length(path))
        if there not in (size, -1):
            raise faults.half(self._where, path, there, size)

    def move(self, old: str, new: str) -> None:
        """Rename; a server that does not replace is asked to delete first."""
        with self._told(new):
            try:
                self._client.move(old, new, overwrite=True)
            except (
                HTTPError,
                ResourceAlreadyExists,
                ResourceConflict,
                MultiStatusError,
            ) as error:
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
        except (httpx.TransportError, BadGatewayError, TimeoutError) as error:
            raise faults.disturbed(self._where, error) from error
        except (ClientError, HTTPError, httpx.HTTPError) as error:
            raise _refused(self._where, path, error) from error


def connect(target: Destination, login: Login) -> WebdavHost:
    """Give the collection. Raises HostError where it is not there or lets nobody in."""
    scheme = "https" if target.kind == "webdavs" else "http"
    host = f"[{target.host}]" if ":" in target.host else target.host
    port = f":{target.port}" if target.port else ""
    client = Client(
        f"{scheme}://{host}{port}/{quote(target.place)}",
        auth=_AsAsked(target.user, login.secret.value if login.secret else ""),
        verify=ssl.create_default_context(),
        timeout=ANSWERS_WITHIN_S,
        retry=False,
        trust_env=True,
    )
    made = WebdavHost(client, target.shown)
    with made._told(""):
        try:
            found = client.exists("/")
        except (KeyError, NotImplementedError) as error:  # httpx, of what it does not speak
            raise faults.refused(target.shown, "/", f"Digest: {error}") from error
        if not found:
            raise faults.no_place(target.shown)
    return made


class _AsAsked(httpx.Auth):  # type: ignore[misc]  # httpx is an extra's
    """Logs in as the server asks: by Digest where it can, which keeps the password, else by Basic.

    Nothing is sent before the server asked.
    """

    def __init__(self, user: str, password: str) -> None:
        self._digest = httpx.DigestAuth(user, password)
        self._basic = httpx.BasicAuth(user, password)
        self._asked: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if self._asked is None:
            answer = yield request
            if answer.status_code != 401:
                return
            ways = answer.headers.get_list("WWW-Authenticate")
            has_digest = any(way.lower().startswith("digest ") for way in ways)
            self._asked = self._digest if has_digest else self._basic
        yield from self._asked.auth_flow(request)


@dataclass(frozen=True)
class _Body:
    """A file that goes again from its beginning where the server asks anew who sends it."""

    file: Counted

    def __iter__(self) -> Iterator[bytes]:
        self.file.seek(0)
        while piece := self.file.read(PIECE):
            yield piece


def _size(told: object) -> int:
    return -1 if told is None else int(str(told))


def _status(error: BaseException | None) -> int:
    """Give the status that an error tells of, itself or what it was made from; 0: none."""
    while error is not None:
        response = getattr(error, "response", None)
        if response is not None:
            return int(response.status_code)
        error = error.__cause__
    return 0


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
