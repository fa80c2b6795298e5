"""Pieces of work, a few at a time → their results, told as they are done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import TypeVar

Piece = TypeVar("Piece")
Result = TypeVar("Result")

Step = Callable[[int, int], None]
"""Told how many of how many pieces are done; what it raises stops the work."""


def in_parallel(
    work: Callable[[Piece], Result],
    pieces: Sequence[Piece],
    jobs: int,
    step: Step,
    *,
    size: Callable[[Piece], int] = lambda _: 0,
    known: Callable[[Piece], Result | None] = lambda _: None,
) -> list[Result]:
    """Do ``work`` on every piece, ``jobs`` at a time, the largest first; results in their order.

    So no worker waits for another at the end. What is ``known`` of a piece is taken in place of
    work, and is no progress to tell of: to hand it to a thread costs more than to look it up.
    Whatever is raised, by a piece or by ``step``, ends it: what was not begun is not begun then,
    and what was is waited for.
    """
    results = {at: found for at, one in enumerate(pieces) if (found := known(one)) is not None}
    order = [at for at in range(len(pieces)) if at not in results]
    if order:
        order.sort(key=lambda at: -size(pieces[at]))
        with ThreadPoolExecutor(jobs) as pool:
            try:
                begun = {at: pool.submit(work, pieces[at]) for at in order}
                for done, one in enumerate(as_completed(begun.values()), 1):
                    one.result()
                    step(done, len(order))
                results |= {at: one.result() for at, one in begun.items()}
            finally:
                pool.shutdown(wait=True, cancel_futures=True)
    return [results[at] for at in range(len(pieces))]
