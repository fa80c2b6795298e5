"""Orders → built by processes of this machine, each one episode at a time.

Threads of one process wait for Python's lock through a sixth of an episode's work; processes share
nothing but the station's files, which are made for many writers.
"""

from __future__ import annotations

import pickle
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeVar

from broadcast.errors import OutsideError, StoppedError
from broadcast.messages import Message
from broadcast.network.far import FarReporter, Told
from broadcast.production.desk.last_errors import with_places
from broadcast.production.desk.progress import Reporter
from broadcast.production.making.build import build
from broadcast.production.making.orders import Built, Orders
from broadcast.workspace import Workspace

Result = TypeVar("Result")

_ATTEMPTS = 3
"""How many processes an episode may cost: one that needs more memory than there is ends them all.

Dask's allowed-failures is three as well."""
_LOOK_S = 0.1
"""How often is looked whether the work is to go on while a process tells nothing."""
_END_S = 10
"""How long a process may take to its next piece of work once it is to end, before it is killed."""


class Processes:
    """Processes that build ``at_once`` episodes, begun as they are needed, kept to the end.

    A process ends as nobody holds the other end of its pipe, at its next piece of work: when this
    is closed, and when its owner was killed.
    """

    def __init__(self, at_once: int) -> None:
        self.at_once = self.most = at_once
        self._idle: list[_Process] = []

    def __enter__(self) -> Processes:
        return self

    def __exit__(self, *error: object) -> None:
        """End those that wait for work."""
        for process in self._idle:
            process.end()

    def build(self, workspace: Workspace, file: Path, orders: Orders, reporter: Reporter) -> Built:
        """Build an episode; a process that dies over it is replaced.

        Raises what the build raises, and OutsideError when every process died.
        """
        for _ in range(_ATTEMPTS):
            try:
                process = self._idle.pop()
            except IndexError:
                process = _Process()
            try:
                came = process.make((workspace, file, orders), reporter)
            except _DiedError:
                process.end()
                continue
            except BaseException:
                process.end()
                raise
            self._idle.append(process)
            if isinstance(came, Built):
                return came
            raise came
        raise OutsideError(
            Message(
                "processes.died",
                "{count} times the process that built it ended before it was done.",
                count=_ATTEMPTS,
            ),
            file=file,
            hint=Message(
                "processes.died.hint",
                "Look whether there is memory enough; fewer at once need less: --jobs 1",
            ),
        )


class _DiedError(Exception):
    """A process is gone."""


class _Process:
    def __init__(self) -> None:
        context = get_context("spawn")
        self._line, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
        with _deaf_to_ctrl_c():
            self._process.start()
        theirs.close()

    def make(self, order: tuple[Workspace, Path, Orders], reporter: Reporter) -> Built | Exception:
        """Give what comes of an order. Raises _DiedError, and what ``reporter`` raises."""
        self._over_the_line(lambda: self._line.send(order))
        while True:
            while not self._over_the_line(lambda: self._line.poll(_LOOK_S)):
                reporter.go_on()
            came: Told | Built | Exception = self._over_the_line(self._line.recv)
            if isinstance(came, Built | Exception):
                return came
            came.tell_on(reporter)

    def _over_the_line(self, do: Callable[[], Result]) -> Result:
        try:
            return do()
        except (EOFError, OSError) as error:
            raise _DiedError from error

    def end(self) -> None:
        """Let it go, and wait until it is gone."""
        self._line.close()
        self._process.join(_END_S)
        self._process.kill()
        self._process.join()


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Let a process that this thread starts not hear Ctrl-C: who pressed it meant the command."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows: it is deaf as soon as it serves
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(line: Connection) -> None:
    """Build what comes along the line, until nobody is at its other end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def send(told: Told) -> None:
        try:
            line.send(told)
        except OSError:
            raise StoppedError from None

    def go_on() -> None:
        with suppress(OSError):
            if not line.poll():
                return
        raise StoppedError  # nothing is sent amid an order: it was closed

    with suppress(EOFError, OSError, StoppedError):
        while True:
            workspace, file, orders = line.recv()
            line.send(_came_of(workspace, file, orders, send, go_on))


def _sendable(error: Exception) -> Exception:
    """Give an error as it can leave this process: another one for what holds what cannot."""
    error = with_places(error)
    try:
        pickle.dumps(error)
    except (TypeError, AttributeError, pickle.PicklingError):
        return with_places(RuntimeError(repr(error)).with_traceback(error.__traceback__))
    return error


def _came_of(
    workspace: Workspace,
    file: Path,
    orders: Orders,
    send: Callable[[Told], None],
    go_on: Callable[[], None],
) -> Built | Exception:
    try:
        return build(workspace, file, orders, FarReporter(send, go_on))
    except StoppedError:
        raise
    except Exception as error:  # noqa: BLE001  a mistake of the program's own is told as one
        return _sendable(error)
