"""What a test knows of a server that runs on this machine, and who may log in there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import trustme

USER, PASSWORD = "dai", "mat-khau-Rieng-7391"
AUTHORITY = trustme.CA()


@dataclass
class Server:
    """A running server: the address for [upload] to, and what of it lies where.

    ``read`` gives the bytes of a path, None where there is nothing; ``paths`` all there are;
    ``settings`` are further lines for [upload]. ``secret`` logs in, ``wrong`` looks like one.
    ``head`` gives type and cache time of a path, where it is the server that gives it to listeners.
    """

    kind: str
    to: str
    read: Callable[[str], bytes | None]
    paths: Callable[[], set[str]]
    settings: str = ""
    web: str = ""
    folder: Path | None = None
    secret: str = PASSWORD
    wrong: str = "not-the-password"
    head: Callable[[str], tuple[str, str]] | None = None


def of_folder(folder: Path) -> tuple[Callable[[str], bytes | None], Callable[[], set[str]]]:
    """Give what reads a folder, and what lists it."""

    def read(path: str) -> bytes | None:
        file = folder / path
        return file.read_bytes() if file.is_file() else None

    def paths() -> set[str]:
        return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}

    return read, paths
