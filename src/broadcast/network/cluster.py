"""Several episodes → made by the workers of a Dask cluster over a folder that all of them see.

One episode is one task. A worker that dies loses nothing but time: its task goes to another one,
which finds what was kept in the cache and a draft that is old or new, never half.
"""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from queue import SimpleQueue
from typing import TYPE_CHECKING

from broadcast.errors import BroadcastError, OutsideError, StoppedError
from broadcast.messages import Message
from broadcast.network.batch import BuildOutcome, Order, each_name_once
from broadcast.network.task import Report, make_episode, task_for
from broadcast.production.desk.draft import read_draft
from broadcast.production.desk.find_script import name_of
from broadcast.production.desk.progress import Reporter
from broadcast.production.making.orders import Built, Orders
from broadcast.workers import in_parallel, next_of

if TYPE_CHECKING:
    from distributed import Client, Future

LOCAL = "local"
_CONNECT_S = 10
# Dask lets its workers give every freed page back at once: a third of a build's time went there.
_OWN_WORKERS = {
    "distributed.nanny.pre-spawn-environ": {
        f"{library}_NUM_THREADS": 1 for library in ("OMP", "MKL", "OPENBLAS")
    }
}


def build_on_cluster(
    orders: Sequence[Order],
    address: str,
    at_once: int,
    reporter_of: Callable[[Order, Callable[[], None]], Reporter],
    tell: Callable[[BuildOutcome], None],
) -> None:
    """Build episodes on the cluster at ``address``; "local" makes one here, of ``at_once`` workers.

    What goes over the network, or needs its user's leave, is spoken here before: no worker sends
    words or keys. Raises OutsideError where nobody answers there, or Dask is not installed.
    """
    from broadcast.production.making.speak_ahead import speak_ahead

    with _connected(address, at_once) as client:
        begun: dict[Future, Order] = {}
        done: SimpleQueue[Future] = SimpleQueue()
        ready: dict[Order, Orders | Exception] = {}

        def speak(order: Order) -> None:
            try:
                reporter = reporter_of(order, lambda: None)
                ready[order] = speak_ahead(order.workspace, order.file, order.orders, reporter)
            except StoppedError:
                raise
            except Exception as error:  # noqa: BLE001  it holds up no other
                ready[order] = error

        def submit(order: Order) -> None:
            try:
                if isinstance(orders := ready.pop(order), Exception):
                    raise orders
                task = task_for(order.workspace, order.file, orders)
            except Exception as error:  # noqa: BLE001  it holds up no other
                tell(BuildOutcome(order, error=error))
            else:
                future = client.submit(make_episode, task, pure=False)
                begun[future] = order
                future.add_done_callback(done.put)

        wanted, refused = each_name_once(orders)
        for outcome in refused:
            tell(outcome)
        try:
            in_parallel(speak, wanted, at_once, lambda _, __, order: submit(order))
            while begun:
                future = next_of(done)
                tell(_outcome(begun.pop(future), future, reporter_of))
        finally:
            client.cancel(list(begun))


def _outcome(
    order: Order, future: Future, reporter_of: Callable[[Order, Callable[[], None]], Reporter]
) -> BuildOutcome:
    from distributed import KilledWorker

    try:
        report: Report = future.result()
    except KilledWorker:
        died = OutsideError(
            Message("cluster.killed", "Every worker that it was given to died."),
            file=order.file,
            hint=Message(
                "cluster.killed.hint",
                "Look whether the workers have memory enough, then try again.",
            ),
        )
        return BuildOutcome(order, error=died)
    except Exception as error:  # noqa: BLE001  whatever the worker raised
        return BuildOutcome(order, error=error)
    reporter = reporter_of(order, lambda: None)
    for sentence in report.said:
        reporter.say(sentence)
    for file, problem in report.problems:
        reporter.problem(order.workspace.root / file, problem)
    if (failed := report.error) is not None:
        if failed.file is not None:
            failed.file = order.workspace.root / failed.file
        return BuildOutcome(order, error=failed)
    try:
        name = name_of(order.workspace, order.file)
        draft = read_draft(order.workspace.draft(name))
    except BroadcastError as wrong:
        return BuildOutcome(order, error=wrong)
    if draft is None:
        return BuildOutcome(order, error=_unseen(order))
    return BuildOutcome(order, Built(name, draft, report.reasons))


def _unseen(order: Order) -> OutsideError:
    return OutsideError(
        Message(
            "cluster.unseen", "A worker made it, and it is not here: another folder is shared."
        ),
        file=order.workspace.root,
    )


@contextmanager
def _connected(address: str, at_once: int) -> Iterator[Client]:
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
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
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
        except (OSError, TimeoutError, ValueError) as error:
            raise OutsideError(
                Message("cluster.nobody", "No cluster answers at {address}.", address=address),
                hint=Message(
                    "cluster.nobody.hint",
                    "Give the address that “dask scheduler” tells, such as tcp://10.0.0.5:8786, "
                    "or: “--cluster local”",
                ),
            ) from error
        yield client


@contextmanager
def _deaf_children() -> Iterator[None]:
    """Let processes that are started here not hear Ctrl-C: who pressed it meant the command."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
