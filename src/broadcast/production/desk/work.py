"""What every stage of a long piece of work is done with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from broadcast.cache import Cache
from broadcast.messages import Message
from broadcast.production.desk.progress import Reporter


@dataclass(frozen=True, slots=True)
class Work:
    """Where what is made is kept, how many pieces are made at once, and who is told.

    ``beside`` is how many episodes are made at once.
    """

    cache: Cache
    jobs: int
    reporter: Reporter
    beside: int = 1

    def step_of(self, stage: Message) -> Callable[[int, int], None]:
        """Give what tells how many pieces of a stage are done, of how many."""
        return lambda done, total: self.reporter.step(stage, done, total)
