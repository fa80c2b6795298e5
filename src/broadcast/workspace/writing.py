"""Files and folders written whole or not at all, whatever ends the program meanwhile."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

_INCOMING = ".incoming"
_READY = ".ready"
_PART = ".part"


def write_atomic(path: Path, data: bytes | bytearray) -> None:
    """Write a file whole or not at all: beside it, onto the disk, then renamed over it."""
    with writing_atomic(path) as stream:
        stream.write(data)


@contextmanager
def writing_atomic(path: Path) -> Iterator[BinaryIO]:
    """Give a stream whose bytes are a file's, all of them or none, as ``write_atomic`` does.

    An OSError within is taken for one of that file.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.urandom(4).hex()}{_PART}")
    try:
        with part.open("wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    except OSError as error:
        error.filename, error.filename2 = str(path), None  # no user knows of the other name
        raise
    finally:
        with suppress(OSError):  # a disk that cannot be written to says so once
            part.unlink(missing_ok=True)


@contextmanager
def preparing(folder: Path) -> Iterator[Path]:
    """Give an empty folder to write files into, for ``bring_in`` to put into ``folder``.

    One at a time may prepare for a folder. What is not brought in is gone afterwards.
    """
    incoming = folder / _INCOMING
    shutil.rmtree(incoming, ignore_errors=True)
    incoming.mkdir(parents=True)
    try:
        yield incoming
    finally:
        shutil.rmtree(incoming, ignore_errors=True)


def onto_disk(folder: Path) -> None:
    """Wait until the files of a folder are on the disk."""
    for file in folder.iterdir():
        with file.open("rb+") as stream:
            os.fsync(stream.fileno())


def bring_in(folder: Path) -> None:
    """Put the files that were prepared for ``folder`` into it as one change.

    One rename decides that they are the new ones: a command killed before it leaves the old
    files, one killed after it is finished by the next ``finish_replacing``.
    """
    finish_replacing(folder)
    (folder / _INCOMING).rename(folder / _READY)
    finish_replacing(folder)


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """Give an empty folder to write files into; they then come into ``folder`` as one change."""
    with preparing(folder) as incoming:
        yield incoming
        onto_disk(incoming)
        bring_in(folder)


def is_half_replaced(folder: Path) -> bool:
    """Whether files were decided for ``folder`` that are not all in it: one is at work, or was."""
    return (folder / _READY).is_dir()


def finish_replacing(folder: Path) -> None:
    """Finish what a killed command had decided for ``folder``, with the station held."""
    for part in folder.glob(f".*{_PART}"):
        part.unlink(missing_ok=True)
    ready = folder / _READY
    if ready.is_dir():
        for file in sorted(ready.iterdir()):
            file.replace(folder / file.name)
        ready.rmdir()
