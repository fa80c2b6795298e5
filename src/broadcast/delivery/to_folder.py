"""A folder of this machine, or of one that it reaches as a folder, as a host."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from broadcast.delivery import faults
from broadcast.delivery.host import Destination, Login, Sent

_PIECE = 1 << 20


class FolderHost:
    """A folder; what is put is on the disk before it is moved."""

    puts_whole = False

    def __init__(self, target: Destination) -> None:
        self._top = Path(target.place)
        self._where = target.shown

    def list(self, folder: str) -> Mapping[str, int]:
        """Give the files of a folder."""
        with self._told(folder):
            try:
                with os.scandir(self._top / folder) as found:
                    return {one.name: one.stat().st_size for one in found if one.is_file()}
            except (FileNotFoundError, NotADirectoryError):
                return {}

    def put(self, path: str, file: Path, kind: str, cache: str, sent: Sent) -> None:
        """Copy a file; the folder's own web server decides type and cache."""
        with self._told(path):
            there = self._top / path
            there.parent.mkdir(parents=True, exist_ok=True)
            with file.open("rb") as source, there.open("wb") as stream:
                while piece := source.read(_PIECE):
                    stream.write(piece)
                    sent(len(piece))
                stream.flush()
                os.fsync(stream.fileno())

    def move(self, old: str, new: str) -> None:
        """Rename; the system replaces what is there at once."""
        with self._told(new):
            (self._top / old).replace(self._top / new)

    def remove(self, path: str) -> None:
        """Delete a file."""
        with self._told(path), suppress(FileNotFoundError, NotADirectoryError):
            (self._top / path).unlink()

    def close(self) -> None:
        """Do nothing: a folder is not left."""

    @contextmanager
    def _told(self, path: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise faults.no_room(self._where) from error
            if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
                raise faults.forbidden(self._where, path or "/") from error
            raise faults.disturbed(self._where, error) from error


def connect(target: Destination, login: Login) -> FolderHost:
    """Give the folder. Raises HostError where it is not there: a disk may be missing."""
    host = FolderHost(target)
    if not Path(target.place).is_dir():
        raise faults.no_place(target.shown)
    return host
