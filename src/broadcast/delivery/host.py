"""What every kind of host promises, so that what listeners have is never half.

To add a kind: write a file with a class that keeps what ``Host`` promises and a function that
connects to it; name both in ``kinds.py``; tell its errors by ``faults.py``; let it pass
tests/servers/test_hosts.py, with a real server on this machine.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote

Sent = Callable[[int], None]
"""Is called with the number of bytes that went since it was called before."""
ANSWERS_WITHIN_S = 30
"""How long a host may be silent."""
PIECE = 1 << 15
"""Bytes sent at once: what every server of SFTP takes (draft-ietf-secsh-filexfer-02, 3)."""


@dataclass(frozen=True, slots=True)
class Secret:
    """A password or a secret key, which nothing shows by accident."""

    value: str

    def __repr__(self) -> str:
        """Give nothing of it."""
        return "Secret(…)"

    __str__ = __repr__

    @property
    def parts(self) -> tuple[str, ...]:
        """All that would give it away, longest first: the whole, keys in it, signatures in it."""
        lines = self.value.replace("\\n", "\n")  # as JSON has the lines of a key
        keys = re.findall(r"[A-Za-z0-9+/=]{40,}", lines)
        signatures = re.findall(r"\bsig=([^&\s]+)", self.value)
        found = {self.value, *keys, *signatures, *map(unquote, signatures)}
        return tuple(sorted(filter(None, found), key=len, reverse=True))


@dataclass(frozen=True, slots=True)
class Destination:
    """Where feed/ goes: the kind of host, its name, who logs in, and the folder there.

    ``place`` is a folder's path without slashes at its ends (of ``file`` and ``sftp`` it may begin
    with one). ``shown`` is the address for people and records: it never holds a secret.
    ``implicit_tls``: of FTPS, TLS comes before the first word.
    ``is_plain``: nothing is encrypted, and it leads away from this machine.
    """

    kind: str
    host: str
    place: str
    shown: str
    port: int | None = None
    user: str = ""
    endpoint: str = ""
    region: str = ""
    implicit_tls: bool = False
    is_plain: bool = False


@dataclass(frozen=True, slots=True)
class Login:
    """How somebody logs in: a password or secret key, a key's file, and host keys that are known.

    ``known_hosts`` is where host keys are kept that the user accepted; with ``accepts`` one that is
    unknown is accepted now.
    """

    secret: Secret | None = None
    key_file: Path | None = None
    known_hosts: Path | None = None
    accepts: bool = False


class Host(Protocol):
    """A folder on a host. Paths are below it, with slashes; what fails raises HostError.

    ``puts_whole`` says that nobody ever sees a part of what is put: it need not be put beside and
    moved. ``put`` returns when the host has told that it has every byte; cut short before, it may
    leave a part of the file at its path, unless ``puts_whole``. It makes the folders it needs.
    ``move`` puts a file in the place of another; where the host cannot do that at once, the other
    is missing for the moment between two orders. ``remove`` is content with what is gone already.
    ``list`` gives the files of one folder with their sizes (-1: the host does not tell), and none
    where there is no such folder.
    """

    @property
    def puts_whole(self) -> bool:
        """Whether nobody ever sees a part of what is put."""

    def list(self, folder: str) -> Mapping[str, int]:
        """Give the names of the files in a folder ("": the top) and their sizes in bytes."""

    def put(self, path: str, file: Path, kind: str, cache: str, sent: Sent) -> None:
        """Copy a file there; ``kind`` is its content type, ``cache`` its Cache-Control."""

    def move(self, old: str, new: str) -> None:
        """Put the file ``old`` in the place of ``new``."""

    def remove(self, path: str) -> None:
        """Delete a file."""

    def close(self) -> None:
        """Leave the host; never raises."""
