"""A folder that SSH's file transfer (SFTP) reaches, as a host; its key must be known."""

from __future__ import annotations

import base64
import errno
import hashlib
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import paramiko

from broadcast.delivery import faults
from broadcast.delivery.host import ANSWERS_WITHIN_S, PIECE, Destination, Login, Sent


class SftpHost:
    """A folder there; what is put is moved as one change where the server can (posix-rename)."""

    puts_whole = False

    def __init__(self, client: paramiko.SSHClient, target: Destination) -> None:
        self._client = client
        self._files = client.open_sftp()
        channel = self._files.get_channel()
        if channel is not None:
            channel.settimeout(ANSWERS_WITHIN_S)
        self._top = target.place.rstrip("/")
        self._where = target.shown
        self._made: set[str] = set()

    def list(self, folder: str) -> Mapping[str, int]:
        """Give the files of a folder."""
        with self._told(folder):
            try:
                found = self._files.listdir_attr(self._at(folder))
            except FileNotFoundError:
                return {}
            return {
                one.filename: -1 if one.st_size is None else one.st_size
                for one in found
                if one.st_mode is None or stat.S_ISREG(one.st_mode)
            }

    def put(self, path: str, file: Path, kind: str, cache: str, sent: Sent) -> None:
        """Copy a file; the web server decides type and cache."""
        with self._told(path):
            self._make_folders(path)
            with file.open("rb") as source, self._files.open(self._at(path), "wb") as stream:
                stream.set_pipelined(True)
                while piece := source.read(PIECE):
                    stream.write(piece)
                    sent(len(piece))
            size, wanted = self._files.stat(self._at(path)).st_size, file.stat().st_size
            if size is not None and size < wanted:
                self._ask_why(path, file, size)
        if size is not None and size != wanted:
            raise faults.half(self._where, path, size, wanted)

    def move(self, old: str, new: str) -> None:
        """Rename: at once where the server has OpenSSH's extension, else after deleting."""
        with self._told(new):
            source, goal = self._at(old), self._at(new)
            try:
                self._files.posix_rename(source, goal)
                return
            except PermissionError:
                raise
            except FileNotFoundError:
                raise
            except OSError:
                pass  # a server without the extension, or one that does not replace
            try:
                self._files.rename(source, goal)
            except OSError:
                self._files.remove(goal)
                self._files.rename(source, goal)

    def remove(self, path: str) -> None:
        """Delete a file."""
        with self._told(path), suppress(FileNotFoundError):
            self._files.remove(self._at(path))

    def close(self) -> None:
        """End the connection."""
        with suppress(OSError, EOFError, paramiko.SSHException):
            self._client.close()

    def _at(self, path: str) -> str:
        return f"{self._top}/{path}".rstrip("/") if self._top else path or "."

    def _ask_why(self, path: str, file: Path, size: int) -> None:
        """Raise what the server says to the first byte that is missing, if it says anything.

        Of pieces that were sent without waiting for each answer, no error reaches us.
        """
        with file.open("rb") as source, self._files.open(self._at(path), "r+b") as stream:
            source.seek(size)
            stream.seek(size)
            stream.write(source.read(PIECE))
            stream.flush()

    def _make_folders(self, path: str) -> None:
        parts = path.split("/")[:-1]
        for depth in range(1, len(parts) + 1):
            folder = "/".join(parts[:depth])
            if folder in self._made:
                continue
            try:
                self._files.stat(self._at(folder))
            except FileNotFoundError:
                self._files.mkdir(self._at(folder))
            self._made.add(folder)

    @contextmanager
    def _told(self, path: str) -> Iterator[None]:
        try:
            yield
        except PermissionError as error:
            raise faults.forbidden(self._where, path or "/") from error
        except FileNotFoundError as error:
            raise faults.no_place(f"{self._where} ({path or '/'})") from error
        except (EOFError, paramiko.SSHException, TimeoutError, ConnectionError) as error:
            raise faults.disturbed(self._where, error) from error
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT) or _is_full(str(error)):
                raise faults.no_room(self._where) from error
            if error.errno is None and str(error) != "Socket is closed":
                raise faults.refused(self._where, path, str(error)) from error
            raise faults.disturbed(self._where, error) from error


def connect(target: Destination, login: Login) -> SftpHost:
    """Log in and give the folder. Raises HostError, of a host whose key is not known with it."""
    client = paramiko.SSHClient()
    for known in (Path("~/.ssh/known_hosts").expanduser(), login.known_hosts):
        if known is not None and known.is_file():
            with suppress(paramiko.SSHException, ValueError):  # a damaged line: it knows no key
                client.load_system_host_keys(str(known))
    client.set_missing_host_key_policy(_KeyPolicy(target, login))
    try:
        client.connect(
            target.host,
            port=target.port or paramiko.config.SSH_PORT,
            username=target.user or None,
            password=login.secret.value if login.secret else None,
            key_filename=str(login.key_file) if login.key_file else None,
            passphrase=login.secret.value if login.secret and login.key_file else None,
            timeout=ANSWERS_WITHIN_S,
            banner_timeout=ANSWERS_WITHIN_S,
            auth_timeout=ANSWERS_WITHIN_S,
            channel_timeout=ANSWERS_WITHIN_S,
        )
        host = SftpHost(client, target)
    except paramiko.BadHostKeyException as error:
        client.close()
        raise faults.changed_key(
            target.shown, error.key.get_name(), fingerprint(error.key)
        ) from error
    except paramiko.AuthenticationException as error:
        client.close()
        raise faults.wrong_login(target.shown) from error
    except (OSError, EOFError, paramiko.SSHException) as error:
        client.close()
        raise faults.disturbed(target.shown, error) from error
    except faults.HostError:
        client.close()
        raise
    if target.place and not _is_folder(host, target):
        host.close()
        raise faults.no_place(target.shown)
    return host


def fingerprint(key: paramiko.PKey) -> str:
    """Give a key's fingerprint as OpenSSH shows it (RFC 4648 without padding)."""
    digest = hashlib.sha256(key.asbytes()).digest()
    return "SHA256:" + base64.b64encode(digest).decode("ascii").rstrip("=")


class _KeyPolicy:
    """What is done about a host whose key is not known: refused, unless its user accepts it now."""

    def __init__(self, target: Destination, login: Login) -> None:
        self._target = target
        self._login = login

    def missing_host_key(
        self, client: paramiko.SSHClient, hostname: str, key: paramiko.PKey
    ) -> None:
        kept = self._login.known_hosts
        if not self._login.accepts or kept is None:
            raise faults.unknown_key(self._target.shown, key.get_name(), fingerprint(key))
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with kept.open("a", encoding="ascii") as stream:
            stream.write(f"{hostname} {key.get_name()} {key.get_base64()}\n")


def _is_folder(host: SftpHost, target: Destination) -> bool:
    with host._told(""):
        try:
            found = host._files.stat(host._at(""))
        except FileNotFoundError:
            return False
        return found.st_mode is None or stat.S_ISDIR(found.st_mode)


def _is_full(words: str) -> bool:
    return any(sign in words.lower() for sign in ("no space", "quota", "disk full"))
