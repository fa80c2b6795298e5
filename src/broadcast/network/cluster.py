"""Orders → built by the workers of a Dask cluster over a folder that all of them see.

One episode is one task. A worker that dies loses nothing but time: its task goes to another one,
which finds what was kept in the cache and a draft that is old or new, never half.
"""

from __future__ import annotations

import logging
import pickle
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING
from uuid import uuid4

from broadcast.errors import OutsideError, StoppedError
from broadcast.messages import Message
from broadcast.network.far import Noticed, Step
from broadcast.network.task import Report, Task, make_episode, task_for
from broadcast.production.desk.draft import read_draft
from broadcast.production.desk.find_script import name_of
from broadcast.production.desk.progress import Reporter
from broadcast.production.making.orders import Built, Orders
from broadcast.workers import next_of
from broadcast.workspace import Workspace

if TYPE_CHECKING:
    from distributed import Client, Future

LOCAL = "local"
_CONNECT_S = 10
_STEP_S = 0.2
"""How often a worker tells how far it is: its scheduler hands on what all of them tell."""
# Dask lets its workers give every freed page back at once: a third of a build's time went there.
_OWN_WORKERS = {
    "distributed.nanny.pre-spawn-environ": {
        f"{library}_NUM_THREADS": 1 for library in ("OMP", "MKL", "OPENBLAS")
    }
}


class Cluster:
    """The workers of the cluster that ``client`` is connected to.

    ``at_once`` episodes are begun here at a time; as many as a cluster of Kubernetes may have
    workers are given to it, and wait there for one that is free.
    """

    most = 256

    def __init__(self, client: Client, at_once: int) -> None:
        self.at_once = at_once
        self._client = client
        self._topic = f"broadcast-{uuid4()}"
        self._reporters: dict[str, Reporter] = {}
        client.subscribe_topic(self._topic, self._stepped)

    @property
    def has_workers(self) -> bool:
        """Whether anybody is there to build."""
        return bool(self._client.nthreads())

    def build(self, workspace: Workspace, file: Path, orders: Orders, reporter: Reporter) -> Built:
        """Build an episode by one of the workers.

        Raises what the build raises, and OutsideError where no worker can.
        """
        from distributed import KilledWorker
        from distributed.client import ClosedClientError

        task = task_for(workspace, file, orders)
        try:
            report = self._report(task, reporter)
        except KilledWorker as killed:
            raise _died(file) from killed
        except (CancelledError, ClosedClientError) as lost:
            raise _lost(file) from lost
        for told in report.told:
            if isinstance(told, Noticed):
                reporter.problem(workspace.root / told.file, told.problem)
            else:
                told.tell_on(reporter)
        if (failed := report.error) is not None:
            if failed.file is not None:
                failed.file = workspace.root / failed.file
            raise failed
        name = name_of(workspace, file)
        if (draft := read_draft(workspace.draft(name))) is None:
            raise _unseen(workspace)
        return Built(name, draft, report.reasons)

    def _report(self, task: Task, reporter: Reporter) -> Report:
        future = self._client.submit(_make, task, self._topic, pure=False)
        self._reporters[future.key] = reporter
        done: SimpleQueue[Future] = SimpleQueue()
        future.add_done_callback(done.put)
        try:
            report: Report = next_of(done, reporter.go_on).result()
        finally:
            del self._reporters[future.key]
            future.cancel()
        return report

    def _stepped(self, event: tuple[float, tuple[str, bytes]]) -> None:
        """Tell how far a worker is: called by Dask, in a thread of its own."""
        _, (key, told) = event
        if (reporter := self._reporters.get(key)) is not None:
            with suppress(StoppedError):  # who waits for it is told as well
                pickle.loads(told).tell_on(reporter)


def _make(task: Task, topic: str) -> Report:
    """Make an episode in a worker's process, which tells how far it is now and then."""
    from distributed import get_worker

    worker = get_worker()
    key = worker.get_current_task()
    told_s = 0.0

    def step(told: Step) -> None:
        nonlocal told_s
        if (now := time.monotonic()) - told_s > _STEP_S:
            told_s = now
            worker.log_event(topic, (key, pickle.dumps(told)))

    return make_episode(task, step)


def _died(file: Path) -> OutsideError:
    return OutsideError(
        Message("cluster.killed", "Every worker that it was given to died."),
        file=file,
        hint=Message(
            "cluster.killed.hint",
            "Look whether the workers have memory enough, then try again.",
        ),
    )


def _lost(file: Path) -> OutsideError:
    return OutsideError(
        Message("cluster.lost", "The cluster no longer answers."),
        file=file,
        hint=Message(
            "cluster.lost.hint",
            "When its scheduler runs again, the same command goes on from there.",
        ),
    )


def _unseen(workspace: Workspace) -> OutsideError:
    return OutsideError(
        Message(
            "cluster.unseen", "A worker made it, and it is not here: another folder is shared."
        ),
        file=workspace.root,
    )


def _nobody(address: str) -> OutsideError:
    if address.startswith("tls://"):
        hint = Message(
            "cluster.nobody.tls-hint",
            "Look whether Dask’s settings here name certificates that this cluster knows, under "
            "distributed.comm.tls.",
        )
    else:
        hint = Message(
            "cluster.nobody.hint",
            "Give the address that “dask scheduler” tells, such as tcp://10.0.0.5:8786, "
            "or: “--cluster local”",
        )
    return OutsideError(
        Message("cluster.nobody", "No cluster answers at {address}.", address=address), hint=hint
    )


@contextmanager
def connected(address: str, at_once: int) -> Iterator[Cluster]:
    """Connect to the cluster at ``address``; "local" makes one here, of ``at_once`` workers.

    Raises OutsideError where nobody answers there, or Dask is not installed.
    """
    try:
        import dask
        from distributed import Client, LocalCluster
    except ModuleNotFoundError as missing:
        raise OutsideError(
            Message("cluster.not-installed", "What a cluster needs is not installed."),
            hint=Message(
                "cluster.not-installed.hint",
                'Install it: python -m pip install "broadcast[cluster]"',
            ),
        ) from missing
    _silence()
    with ExitStack() as held:
        try:
            if address == LOCAL:
                with _deaf_children(), dask.config.set(_OWN_WORKERS):
                    workers = LocalCluster(
                        n_workers=at_once,
                        threads_per_worker=1,
                        dashboard_address=None,
                        silence_logs=logging.CRITICAL,
                    )
                cluster = held.enter_context(workers)
                client = held.enter_context(Client(cluster))
            else:
                client = held.enter_context(Client(address, timeout=_CONNECT_S))
        # Dask says by a TypeError that it has no certificate, by a RuntimeError that it needs one.
        except (OSError, TimeoutError, ValueError, TypeError, RuntimeError) as error:
            raise _nobody(address) from error
        yield Cluster(client, at_once)


def _silence() -> None:
    """Let Dask write nothing onto the terminal: what a user needs of it is told in words."""
    for name in ["distributed", *logging.root.manager.loggerDict]:
        if name.partition(".")[0] == "distributed":  # it gives most of them a level of their own
            logging.getLogger(name).setLevel(logging.CRITICAL)


@contextmanager
def _deaf_children() -> Iterator[None]:
    """Let processes that are started here not hear Ctrl-C: who pressed it meant the command.

    Dask starts them in threads of its own, which a mask of this one does not reach.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
