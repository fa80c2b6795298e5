"""A station held for a commit or an upload, and an episode while it is made."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from broadcast.errors import OutsideError
from broadcast.messages import Message
from broadcast.messages.system_reasons import system_reason
from broadcast.workspace import Workspace
from broadcast.workspace.moving import finish_moving
from broadcast.workspace.writing import finish_replacing

if TYPE_CHECKING:
    from filelock import FileLock

_LOOK_AGAIN_S = 0.05


@contextmanager
def locked(workspace: Workspace, on_wait: Callable[[], None]) -> Iterator[None]:
    """Hold the station alone, for a commit; ``on_wait`` is called while another command has it.

    What a killed command had decided to move is moved first. Raises OutsideError when the station's
    folder cannot be written to, and what ``on_wait`` raises.
    """
    with _held(workspace, workspace.lock_file, on_wait):
        with _refused(workspace):
            finish_moving(workspace.root)
        yield


@contextmanager
def uploading(workspace: Workspace, on_wait: Callable[[], None]) -> Iterator[None]:
    """Hold the station's uploads: two at once would overtake each other. Raises as ``locked``."""
    with _held(workspace, workspace.upload_lock, on_wait):
        yield


@contextmanager
def watching(workspace: Workspace) -> Iterator[bool]:
    """Hold the watch over a station, if nobody has it; say whether it is held.

    Raises OutsideError when the station's folder cannot be written to.
    """
    lock = _lock(workspace, workspace.watch_lock)
    if not _acquired(workspace, lock):
        yield False
        return
    try:
        yield True
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
        _let_go(workspace, lock)


def _let_go(workspace: Workspace, lock: FileLock) -> None:
    """Give an episode back, and take its file away where nobody can just be asking for it.

    Else there would be a file for every episode that was ever made, and each build would look at
    all of them.
    """
    station = _lock(workspace, workspace.lock_file)
    is_alone = False
    with suppress(OutsideError):
        is_alone = _acquired(workspace, station)
    lock.release()
    if is_alone:
        with suppress(OSError):
            Path(lock.lock_file).unlink()
        station.release()


def makes_alone(workspace: Workspace, name: str) -> bool:
    """Whether no other episode than ``name`` is being made, in a station that the caller holds.

    It stays so while it is held. Raises OutsideError when its folder cannot be written to.
    """
    own = workspace.making_file(name)
    for file in own.parent.glob(f"*{own.suffix}"):
        if file == own:
            continue
        lock = _lock(workspace, file)
        if not _acquired(workspace, lock):
            return False
        lock.release()
        with suppress(OSError):  # its maker was killed
            file.unlink()
    return True


@contextmanager
def _held(workspace: Workspace, file: Path, on_wait: Callable[[], None]) -> Iterator[None]:
    lock = _lock(workspace, file)
    while not _acquired(workspace, lock):
        on_wait()
        time.sleep(_LOOK_AGAIN_S)
    try:
        yield
    finally:
        lock.release()


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
                reason=system_reason(error),
            ),
            file=workspace.root,
            hint=Message(
                "station.not-writable.hint",
                "Check that the disk is there and that you may write in this folder.",
            ),
        ) from error
