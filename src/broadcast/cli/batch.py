"""What became of each of several episodes → a line for each, and what sums it up at the end."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import typer

from broadcast.cli.app import told_of
from broadcast.cli.console import err, print_error, print_problem
from broadcast.cli.many_bars import ManyBars
from broadcast.cli.noting import note
from broadcast.cli.telling import Telling
from broadcast.errors import BroadcastError
from broadcast.messages import Message
from broadcast.workspace import Workspace, episode_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from broadcast.model import Problem
    from broadcast.network.batch import Builders, BuildOutcome, Order
    from broadcast.production.making.orders import Orders


def build_many(
    files: Mapping[Workspace, Sequence[Path]],
    orders: Orders,
    at_once: int,
    *,
    explain: bool = False,
    called: Mapping[Workspace, str] = MappingProxyType({}),
    failed: Sequence[tuple[str, BroadcastError]] = (),
    cluster: str | None = None,
) -> None:
    """Build the scripts of stations side by side, each as ``orders`` has it; say what came of it.

    ``called`` is how stations are called, where there are several; ``failed`` are those that could
    not be looked at. Raises Exit with the gravest status of all that failed.
    """
    from broadcast.network.batch import build_side_by_side
    from broadcast.network.leave import ask_first

    wanted: list[Order] = []
    with Telling() as telling:
        for workspace, scripts in files.items():
            wanted += _orders_of(workspace, scripts, replace(orders, jobs=1, beside=at_once))
            ask_first(workspace, orders.engine, telling, offline=orders.offline)
    with (
        _builders(cluster, at_once) as builders,
        Batch(wanted, lambda order: _called(order, called), failed) as batch,
    ):

        def tell(outcome: BuildOutcome) -> None:
            batch.ended(outcome, explain=explain)

        build_side_by_side(wanted, builders, batch.reporter_of, tell)
    fail_as(error for _, error in batch.failures)


@contextmanager
def _builders(cluster: str | None, at_once: int) -> Iterator[Builders]:
    if cluster is None:
        from broadcast.network.processes import Processes

        with Processes(at_once) as processes:
            yield processes
    else:
        from broadcast.network.cluster import connected

        with connected(cluster, at_once) as workers:
            if not workers.has_workers:
                err().say(
                    Message("cluster.no-worker", "The cluster has no worker yet; waiting for one.")
                )
            yield workers


def _orders_of(workspace: Workspace, files: Sequence[Path], orders: Orders) -> Iterator[Order]:
    from uuid import uuid4

    from broadcast.cli.other_name import is_said_to_be_new
    from broadcast.network.batch import Order

    for file in files:
        is_new = orders.is_new or is_said_to_be_new(workspace, file)
        yield Order(workspace, file, replace(orders, new_guid=str(uuid4()), is_new=is_new))


def _called(order: Order, stations: Mapping[Workspace, str]) -> str:
    try:
        name = episode_name(order.file)
    except BroadcastError:
        name = order.file.name
    station = stations.get(order.workspace)
    return f"{station}/{name}" if station else name


class Batch:
    """Tells of several episodes that are built side by side: whose bar, whose sentence it is.

    Nothing is asked on the way: who sits before it may have gone home.
    """

    def __init__(
        self,
        orders: Sequence[Order],
        name: Callable[[Order], str],
        failed: Sequence[tuple[str, BroadcastError]] = (),
    ) -> None:
        self._name, self._total = name, len(orders)
        self._bars = ManyBars(len(orders))
        self._lock = threading.RLock()
        self._built = self._same = 0
        self._told = 0
        self.failures = [*failed]

    def __enter__(self) -> Batch:
        return self

    def __exit__(self, *error: object) -> None:
        """Say how many were built, and which were not, and why, however it ended."""
        self._bars.close()
        left = self._total - self._told
        counts = (
            (self._built, Message("batch.built", "{count} built", count=self._built)),
            (self._same, Message("batch.same", "{count} up to date", count=self._same)),
            (left, Message("batch.left", "{count} not finished", count=left)),
        )
        tell_summary([told for count, told in counts if count], self.failures)

    def reporter_of(self, order: Order, go_on: Callable[[], None]) -> OneOfMany:
        """Give who is told of one episode; ``go_on`` raises once the work is to end."""
        return OneOfMany(self, self._name(order), go_on)

    def say(self, name: str, sentence: Message) -> None:
        """Tell a sentence about an episode."""
        if sentence.code == "waiting":  # for one of ours most often, and not for long
            self.step(name, sentence, 0, 1, "")
            return
        told = Message("batch.says", "{name}: {what}", name=name, what=sentence)
        with self._lock, self._bars.aside():
            err().say(told)

    def problem(self, file: Path, problem: Problem) -> None:
        """Tell something about an input file."""
        with self._lock, self._bars.aside():
            print_problem(err(), file, problem)

    def step(self, name: str, stage: Message, done: int, total: int, what: str) -> None:
        """Tell how far a stage of an episode is."""
        with self._lock:
            self._bars.step(name, stage, done, total, what)

    def ended(self, outcome: BuildOutcome, *, explain: bool) -> None:
        """Tell what became of an episode."""
        from broadcast.cli.built import tell_shortly

        name = self._name(outcome.order)
        self._told += 1
        with self._lock, self._bars.aside():
            if outcome.built is not None:
                self._built += bool(outcome.built.reasons)
                self._same += not outcome.built.reasons
                tell_shortly(outcome.built, name, explain=explain)
            elif outcome.error is not None:
                note(outcome.error, outcome.order.workspace)
                error = told_of(outcome.error)
                self.failures.append((name, error))
                print_error(error)
            self._bars.ended(name)


def tell_summary(done: Sequence[Message], failures: Sequence[tuple[str, BroadcastError]]) -> None:
    """Say what was done and what failed, and why."""
    if not failures:
        if done:
            err().say(Message("batch.done", "{parts}.", parts=tuple(done)))
        return
    failed = Message("batch.failed", "{count} failed", count=len(failures))
    err().say(Message("batch.failures", "{parts}:", parts=(*done, failed)))
    for name, error in failures:
        reason = Message("batch.failure", "{name}: {why}", name=name, why=error.message)
        err().say(reason, indent=2)


def fail_as(errors: Iterable[BroadcastError]) -> None:
    """Raise Exit with the gravest status of errors, if there are any."""
    if status := max((error.exit_status for error in errors), default=0):
        raise typer.Exit(status)


class OneOfMany:
    """The reporter of one episode among several."""

    def __init__(self, batch: Batch, name: str, go_on: Callable[[], None]) -> None:
        self._batch, self._name, self.go_on = batch, name, go_on

    def say(self, sentence: Message) -> None:
        """Tell one plain sentence."""
        self._batch.say(self._name, sentence)

    def problem(self, file: Path, problem: Problem) -> None:
        """Tell something about an input file."""
        self._batch.problem(file, problem)

    def step(self, stage: Message, done: int, total: int, what: str = "") -> None:
        """Tell how far a stage is, and end it here when the work is to end."""
        self.go_on()
        self._batch.step(self._name, stage, done, total, what)

    def allows(self, engine: str, wanted: Sequence[Message]) -> None:
        """Nobody is asked on the way: leave is asked for before."""

    def agrees(self, question: Message) -> None:
        """Nobody is asked on the way: --yes agrees before."""
