"""Several episodes, a few side by side → what became of each, told as it ends."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from broadcast.errors import BroadcastError, StoppedError
from broadcast.production.desk.find_script import two_scripts
from broadcast.production.desk.progress import Reporter
from broadcast.production.making.begin import begin
from broadcast.production.making.orders import Built, Orders
from broadcast.workers import in_parallel
from broadcast.workspace import Workspace, episode_name


@dataclass(frozen=True, slots=True)
class Order:
    """One episode to build: its station, its script, and what is asked of it."""

    workspace: Workspace
    file: Path
    orders: Orders


@dataclass(frozen=True, slots=True)
class BuildOutcome:
    """What became of an order: what was built, else the ``error`` that kept it from being so."""

    order: Order
    built: Built | None = None
    error: Exception | None = None


class Builders(Protocol):
    """Whoever builds episodes elsewhere: processes of this machine, or those of a cluster.

    ``at_once`` are begun here at a time, and ``most`` are under way.
    """

    at_once: int
    most: int

    def build(self, workspace: Workspace, file: Path, orders: Orders, reporter: Reporter) -> Built:
        """Build an episode; threads call it side by side.

        Raises what a build raises, OutsideError where none of them can, and what ``reporter`` does.
        """


def build_side_by_side(
    orders: Sequence[Order],
    builders: Builders,
    reporter_of: Callable[[Order, Callable[[], None]], Reporter],
    tell: Callable[[BuildOutcome], None],
) -> None:
    """Build episodes, several side by side, in their order.

    Words are sent and leave is asked for in this process alone, where every episode finds what the
    others know: the leave of its user, the pace of a service. ``reporter_of`` gives who is told of
    an episode, and is handed what raises StoppedError once the work is to end; ``tell`` is called
    by the thread that waits. One that fails, in whatever way, holds up no other. Ctrl-C ends all at
    their next piece of work: nothing half is committed.
    """
    stopped = threading.Event()
    beginning = threading.Semaphore(builders.at_once)
    outcomes: dict[Order, BuildOutcome] = {}

    def go_on() -> None:
        if stopped.is_set():
            raise StoppedError

    def make(order: Order) -> None:
        try:
            go_on()
            reporter = reporter_of(order, go_on)
            with beginning:
                go_on()
                built = begin(order.workspace, order.file, order.orders, reporter)
            if not isinstance(built, Built):
                built = builders.build(order.workspace, order.file, built, reporter)
            outcomes[order] = BuildOutcome(order, built)
        except StoppedError:
            raise
        except Exception as error:  # noqa: BLE001  a night's work does not end at one of them
            outcomes[order] = BuildOutcome(order, error=error)

    wanted, refused = _each_name_once(orders)
    for outcome in refused:
        tell(outcome)
    try:
        in_parallel(
            make,
            wanted,
            builders.most,
            lambda _, __, order: tell(outcomes.pop(order)),
            stop=stopped.set,
        )
    finally:  # some may have been done while the rest was stopped
        for outcome in outcomes.values():
            tell(outcome)


def _each_name_once(orders: Sequence[Order]) -> tuple[list[Order], list[BuildOutcome]]:
    """Take each script once, and refuse another one that would make the same episode."""
    first: dict[tuple[Path, str], Order] = {}
    refused = []
    for order in orders:
        try:
            name = episode_name(order.file)
        except BroadcastError as error:
            refused.append(BuildOutcome(order, error=error))
            continue
        known = first.setdefault((order.workspace.root, name), order)
        if known.file.resolve() != order.file.resolve():
            refused.append(BuildOutcome(order, error=two_scripts([known.file, order.file])))
    return list(first.values()), refused
