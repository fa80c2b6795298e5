"""Pieces of work, a few at a time → their results, told as they are done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from queue import Empty, SimpleQueue
from typing import TypeVar

Piece = TypeVar("Piece")
Result = TypeVar("Result")

Step = Callable[[int, int], None]
"""Told how many of how many pieces are done; what it raises stops the work."""

# How long Ctrl-C is kept waiting where nothing wakes a thread that waits: on Windows nothing does.
_STOPPABLE_S = 0.1


def in_parallel(
    work: Callable[[Piece], Result],
    pieces: Sequence[Piece],
    jobs: int,
    step: Callable[[int, int, Piece], None],
    *,
    size: Callable[[Piece], int] = lambda _: 0,
    known: Callable[[Piece], Result | None] = lambda _: None,
    stop: Callable[[], None] = lambda: None,
    go_on: Callable[[], None] = lambda: None,
) -> list[Result]:
    """Do ``work`` on every piece, ``jobs`` at a time, the largest first; results in their order.

    So no worker waits for another at the end. What is ``known`` of a piece is taken in place of
    work, and is no progress to tell of: to hand it to a thread costs more than to look it up.
    ``step`` is told how many of how many pieces are done, and which was done last; ``go_on`` is
    called now and then while they are waited for. Whatever is raised, by a piece, by either or by
    Ctrl-C, ends it: ``stop`` is called, what was not begun is not begun then, and what was is
    waited for.
    """
    results = {at: found for at, one in enumerate(pieces) if (found := known(one)) is not None}
    order = [at for at in range(len(pieces)) if at not in results]
    if order:
        order.sort(key=lambda at: -size(pieces[at]))
        finished: SimpleQueue[Future[Result]] = SimpleQueue()
        with ThreadPoolExecutor(jobs) as pool:
            try:
                begun: dict[Future[Result], int] = {}
                for at in order:
                    one = pool.submit(work, pieces[at])
                    begun[one] = at
                    one.add_done_callback(finished.put)
                for done in range(1, len(order) + 1):
                    one = next_of(finished, go_on)
                    results[begun[one]] = one.result()
                    step(done, len(order), pieces[begun[one]])
            except BaseException:
                stop()
                raise
            finally:
                pool.shutdown(wait=True, cancel_futures=True)
    return [results[at] for at in range(len(pieces))]


def next_of(finished: SimpleQueue[Result], go_on: Callable[[], None] = lambda: None) -> Result:
    """Wait for the next in a queue, so that Ctrl-C is heard; ``go_on`` is called now and then."""
    while True:
        try:
            return finished.get(timeout=_STOPPABLE_S)
        except Empty:
            go_on()
