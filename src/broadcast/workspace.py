"""Where a station keeps things, safe names, and writing so that nothing is ever half-written."""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from broadcast.errors import BroadcastError, OutsideError
from broadcast.messages import Message

if TYPE_CHECKING:
    from filelock import FileLock

STATION_FILE = "station.toml"
# Names that Windows gives to devices: a folder cannot have them there.
_DEVICES = {"con", "prn", "aux", "nul"} | {
    f"{port}{n}" for port in ("com", "lpt") for n in range(10)
}
_IS_NAME = re.compile("[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_NAME = 80
_INCOMING = ".incoming"
_READY = ".ready"
_PART = ".part"
_LOOK_AGAIN_S = 0.05
SETTLED_S = 2.0
"""How long ago a file was last written whose next change shows: FAT rounds times to as much."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """The places of one station."""

    root: Path

    @property
    def station_file(self) -> Path:
        """Who we are."""
        return self.root / STATION_FILE

    @property
    def lexicon_file(self) -> Path:
        """How this station says names and abbreviations."""
        return self.root / "lexicon.tsv"

    @property
    def scripts(self) -> Path:
        """What people write."""
        return self.root / "scripts"

    @property
    def feed(self) -> Path:
        """The public site."""
        return self.root / "feed"

    @property
    def cache(self) -> Path:
        """What can be made again."""
        return self.root / ".broadcast" / "cache"

    @property
    def made_file(self) -> Path:
        """What this station has made in a cache that it shares with others."""
        return self.root / ".broadcast" / "made"

    def seen_file(self, name: str) -> Path:
        """What one episode's draft was made from, as it was seen then."""
        return self.root / ".broadcast" / "seen" / f"{name}.json"

    @property
    def lock_file(self) -> Path:
        """Held while a command commits what it did."""
        return self.root / ".broadcast" / "lock"

    def making_file(self, name: str) -> Path:
        """Held while one episode is made."""
        return self.root / ".broadcast" / "making" / f"{name}.lock"

    def recordings(self, name: str) -> Path:
        """Real voices for one script."""
        return self.root / "recordings" / name

    def draft(self, name: str) -> Path:
        """One episode as last built."""
        return self.root / "episodes" / name

    def published(self, name: str) -> Path:
        """One episode as listeners were given it."""
        return self.draft(name) / "published"

    def published_names(self) -> list[str]:
        """The episodes that were ever published, sorted."""
        return sorted(path.parent.name for path in (self.root / "episodes").glob("*/published"))

    def relative(self, path: Path) -> str:
        """Give ``path`` as the station names it, with forward slashes."""
        try:
            return path.resolve().relative_to(self.root.resolve()).as_posix()
        except ValueError:
            return path.as_posix()


def find_station(start: Path) -> Workspace:
    """Find the station that ``start`` lies in by looking upward for station.toml.

    Raises BroadcastError when there is none.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / STATION_FILE).is_file():
            return Workspace(folder)
    raise BroadcastError(
        Message(
            "station.none",
            "There is no station here: no {file} in {folder} or any folder above it.",
            file=STATION_FILE,
            folder=start,
        ),
        hint=Message(
            "station.none.hint",
            "Go into your station's folder, name it with --station, "
            "or make a new one with: broadcast init my-station",
        ),
    )


def episode_name(script: Path) -> str:
    """Give the episode's name for a script: its file name without ending as an ASCII slug.

    Raises BroadcastError when nothing of the file name can be kept.
    """
    name = script.stem
    if len(name) > _LONGEST_NAME or not _IS_NAME.fullmatch(name):
        from slugify import slugify  # its tables are slow to load, and few names need them

        name = slugify(name, max_length=_LONGEST_NAME, word_boundary=True)
    if not name:
        raise BroadcastError(
            Message(
                "script.no-name", "The file's name has no letters or digits to name an episode by."
            ),
            file=script,
            hint=Message(
                "script.no-name.hint", "Give the script a name such as phong-van-2024.txt."
            ),
        )
    return f"{name}-episode" if name in _DEVICES else name


def refuse_name_that_is_no_text(file: Path) -> None:
    """Raise BroadcastError for a name that no file of ours can hold: badly copied letters."""
    readable = os.fsencode(file.name).decode("utf-8", "replace")
    if readable != file.name:
        raise BroadcastError(
            Message(
                "file.unreadable-name",
                "The name of the file “{name}” cannot be read.",
                name=readable,
            ),
            hint=Message("file.unreadable-name.hint", "Give it a name in plain letters."),
        )


def write_atomic(path: Path, data: bytes) -> None:
    """Write a file whole or not at all: beside it, onto the disk, then renamed over it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.urandom(4).hex()}{_PART}")
    try:
        with part.open("wb") as stream:
            stream.write(data)
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


@contextmanager
def locked(workspace: Workspace, on_wait: Callable[[], None]) -> Iterator[None]:
    """Hold the station alone, for a commit; ``on_wait`` is called while another command has it.

    Raises OutsideError when the station's folder cannot be written to, and what ``on_wait`` raises.
    """
    lock = _lock(workspace, workspace.lock_file)
    while not _acquired(workspace, lock):
        on_wait()
        time.sleep(_LOOK_AGAIN_S)
    try:
        yield
    finally:
        lock.release()


@contextmanager
def making(workspace: Workspace, name: str, on_wait: Callable[[], None]) -> Iterator[None]:
    """Hold one episode alone while it is made; the station's others can be made meanwhile.

    What a killed command had decided for its draft is finished first. Raises as ``locked`` does.
    """
    lock = _lock(workspace, workspace.making_file(name))
    while True:
        # Within the station's lock, so that nobody begins while the cache is trimmed.
        with locked(workspace, on_wait):
            if _acquired(workspace, lock):
                finish_replacing(workspace.draft(name))
                break
        on_wait()
        time.sleep(_LOOK_AGAIN_S)
    try:
        yield
    finally:
        lock.release()


def makes_alone(workspace: Workspace, name: str) -> bool:
    """Whether no other episode than ``name`` is being made; it stays so while the station is held.

    Raises OutsideError when the station's folder cannot be written to.
    """
    own = workspace.making_file(name)
    for file in own.parent.glob(f"*{own.suffix}"):
        if file == own:
            continue
        lock = _lock(workspace, file)
        if not _acquired(workspace, lock):
            return False
        lock.release()
    return True


def _lock(workspace: Workspace, file: Path) -> FileLock:
    from filelock import FileLock  # help and errors hold nothing, and it is slow to import

    with _refused(workspace):
        file.parent.mkdir(parents=True, exist_ok=True)
    return FileLock(file)


def _acquired(workspace: Workspace, lock: FileLock) -> bool:
    try:
        with _refused(workspace):
            lock.acquire(timeout=0)
    except TimeoutError:
        return False
    return True


@contextmanager
def _refused(workspace: Workspace) -> Iterator[None]:
    try:
        yield
    except TimeoutError:
        raise  # the lock's own, and an OSError too
    except OSError as error:
        raise OutsideError(
            Message(
                "station.not-writable",
                "The station's folder cannot be written to: {reason}.",
                reason=error.strerror or str(error),
            ),
            file=workspace.root,
            hint=Message(
                "station.not-writable.hint",
                "Check that the disk is there and that you may write in this folder.",
            ),
        ) from error
