"""How several pieces of work go at once: a bar for each on a terminal, else a line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from broadcast.cli.console import err, shortened
from broadcast.cli.interface import text_of
from broadcast.cli.telling import bar_on, draws_bars
from broadcast.messages import Message

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_LONGEST_NAME = 24


class ManyBars:
    """Shows each piece that is worked on by its name, and how many of all are done."""

    def __init__(self, total: int) -> None:
        self._total, self._done = total, 0
        self._screen = err()
        self._bar: Progress | None = None
        self._tasks: dict[str, TaskID] = {}
        if draws_bars(self._screen):
            self._bar = bar_on(self._screen.console)
            self._all = self._bar.add_task(
                text_of(Message("batch.all", "all")), total=total, what=""
            )
            self._bar.start()

    def step(self, name: str, stage: Message, done: int, total: int, what: str) -> None:
        """Show that ``done`` of ``total`` pieces of a stage of one are done."""
        if self._bar is None:
            return
        told = " ".join(filter(None, (text_of(stage), what)))
        if name not in self._tasks:
            short = shortened(name, _LONGEST_NAME)
            self._tasks[name] = self._bar.add_task(short, total=total, what=told)
        self._bar.update(self._tasks[name], completed=done, total=total, what=told)

    def ended(self, name: str) -> None:
        """Show that one is done."""
        self._done += 1
        if self._bar is not None:
            if (task := self._tasks.pop(name, None)) is not None:
                self._bar.remove_task(task)
            self._bar.update(self._all, completed=self._done)
            return
        self._screen.say(
            Message(
                "progress",
                "{stage}: {done} of {total}",
                stage=name,
                done=self._done,
                total=self._total,
            )
        )

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Take the bars away while something is written."""
        if self._bar is not None:
            self._bar.stop()
        try:
            yield
        finally:
            if self._bar is not None:
                self._bar.start()

    def close(self) -> None:
        """Take the bars away for good."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None
