"""A folder that FTP reaches over TLS (FTPS), as a host: TLS on request (RFC 4217) or at once."""

from __future__ import annotations

import ftplib
import re
import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from broadcast.delivery import faults
from broadcast.delivery.host import ANSWERS_WITHIN_S, PIECE, Destination, Login, Sent

_NO_SUCH = "550"
_FULL = ("452", "552")
_PORT_OF_IMPLICIT_TLS = 990
"""Where TLS comes first and FTP then (IANA: ftps)."""


class FtpsHost:
    """A folder there; RNTO replaces at once on most servers, and else what is there is deleted."""

    puts_whole = False

    def __init__(self, client: _Client, target: Destination) -> None:
        self._client = client
        self._top = f"/{target.place}" if target.place else ""
        self._where = target.shown
        self._made: set[str] = set()

    def list(self, folder: str) -> Mapping[str, int]:
        """Give the files of a folder: by MLSD, where a server lacks it by names alone."""
        with self._told(folder):
            try:
                found = list(self._client.mlsd(self._at(folder), ["type", "size"]))
            except ftplib.error_perm as error:
                if str(error).startswith(_NO_SUCH):
                    return {}
                if not re.match("50[0-4]", str(error)):
                    raise
                return self._listed_by_names(folder)
            return {
                name: int(facts.get("size", -1))
                for name, facts in found
                if facts.get("type", "file") == "file"
            }

    def put(self, path: str, file: Path, kind: str, cache: str, sent: Sent) -> None:
        """Copy a file; the web server decides type and cache."""
        with self._told(path):
            self._make_folders(path)
            with file.open("rb") as stream:
                self._client.storbinary(
                    f"STOR {self._at(path)}", stream, PIECE, lambda piece: sent(len(piece))
                )
            size, wanted = self._size(path), file.stat().st_size
        if size not in (wanted, -1):
            raise faults.half(self._where, path, size, wanted)

    def move(self, old: str, new: str) -> None:
        """Rename."""
        with self._told(new):
            try:
                self._client.rename(self._at(old), self._at(new))
            except ftplib.error_perm:
                if self._size(old) < 0:
                    raise
                self._client.delete(self._at(new))
                self._client.rename(self._at(old), self._at(new))

    def remove(self, path: str) -> None:
        """Delete a file."""
        with self._told(path):
            try:
                self._client.delete(self._at(path))
            except ftplib.error_perm:
                folder, _, name = path.rpartition("/")
                if name in self.list(folder):
                    raise

    def close(self) -> None:
        """Take leave, or break off."""
        with suppress(*ftplib.all_errors):
            self._client.quit()
        with suppress(OSError):
            self._client.close()

    def _at(self, path: str) -> str:
        return f"{self._top}/{path}".rstrip("/") or "/"

    def _size(self, path: str) -> int:
        """Give a file's size; -1 where it is not there or the server does not tell."""
        try:
            size = self._client.size(self._at(path))
        except ftplib.error_perm:
            return -1
        return -1 if size is None else size

    def _listed_by_names(self, folder: str) -> Mapping[str, int]:
        try:
            names = self._client.nlst(self._at(folder))
        except ftplib.error_perm:
            return {}
        names = [name.rpartition("/")[2] for name in names]
        sized = {name: self._size(f"{folder}/{name}".lstrip("/")) for name in names}
        return {name: size for name, size in sized.items() if size >= 0}

    def _make_folders(self, path: str) -> None:
        parts = path.split("/")[:-1]
        for depth in range(1, len(parts) + 1):
            folder = "/".join(parts[:depth])
            if folder not in self._made:
                # It is most often there; if it was not made, STOR tells.
                with suppress(ftplib.error_perm):
                    self._client.mkd(self._at(folder))
                self._made.add(folder)

    @contextmanager
    def _told(self, path: str) -> Iterator[None]:
        try:
            yield
        except ftplib.error_perm as error:
            raise _refused(self._where, path, str(error)) from error
        except ftplib.error_temp as error:
            if str(error).startswith(_FULL):
                raise faults.no_room(self._where) from error
            raise faults.disturbed(self._where, error) from error
        except (ftplib.Error, EOFError, OSError) as error:
            raise faults.disturbed(self._where, error) from error


class _Client(ftplib.FTP_TLS):
    """Python's own, which goes on with the session of its orders where files go.

    vsftpd, FileZilla and others refuse data otherwise, so that nobody else can take its place.
    """

    def connect_in_tls(self, host: str, port: int) -> None:
        """Connect where nothing is said before TLS."""
        self.host, self.port = host, port
        plain = socket.create_connection((host, port), ANSWERS_WITHIN_S)
        self.af = plain.family
        self.sock = self.context.wrap_socket(plain, server_hostname=host)
        self.file = self.sock.makefile("r", encoding=self.encoding)
        self.welcome = self.getresp()

    def ntransfercmd(self, cmd: str, rest: int | str | None = None) -> tuple[socket.socket, int]:
        """Open the connection for a file's data."""
        plain, size = ftplib.FTP.ntransfercmd(self, cmd, rest)
        orders = self.sock
        session = orders.session if isinstance(orders, ssl.SSLSocket) else None
        wrapped = self.context.wrap_socket(plain, server_hostname=self.host, session=session)
        return wrapped, size or 0


def connect(target: Destination, login: Login) -> FtpsHost:
    """Log in over TLS and give the folder. Raises HostError."""
    context = ssl.create_default_context()
    # A session of TLS 1.3 serves once only, and servers want it for every file.
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    client = _Client(context=context, timeout=ANSWERS_WITHIN_S)
    host = FtpsHost(client, target)
    try:
        _connect(client, target)
        client.login(target.user, login.secret.value if login.secret else "")
        client.prot_p()
    except ftplib.error_perm as error:
        client.close()
        raise (
            faults.wrong_login(target.shown)
            if str(error).startswith("53")
            else _refused(target.shown, "/", str(error))
        ) from error
    except (ftplib.Error, EOFError, OSError) as error:
        client.close()
        raise faults.disturbed(target.shown, error) from error
    except faults.HostError:
        client.close()
        raise
    try:
        client.cwd(host._at(""))
    except ftplib.error_perm as error:
        host.close()
        raise faults.no_place(target.shown) from error
    return host


def _connect(client: _Client, target: Destination) -> None:
    try:
        if target.implicit_tls or target.port == _PORT_OF_IMPLICIT_TLS:
            client.connect_in_tls(target.host, target.port or _PORT_OF_IMPLICIT_TLS)
        else:
            client.connect(target.host, target.port or ftplib.FTP_PORT)
    except ssl.SSLError as error:
        if error.reason != "WRONG_VERSION_NUMBER":
            raise
        raise faults.other_tls(target.shown) from error
    except TimeoutError as error:
        if client.sock is None:  # nobody is there at all
            raise
        raise faults.other_tls(target.shown) from error


def _refused(where: str, path: str, words: str) -> faults.HostError:
    if words.startswith("530"):
        return faults.wrong_login(where)
    if words.startswith(_FULL) or re.search("no space|quota", words, re.IGNORECASE):
        return faults.no_room(where)
    if words.startswith(("550", "553", "532")):
        return faults.forbidden(where, path or "/")
    return faults.refused(where, path, words)
