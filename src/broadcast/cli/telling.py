"""How a long piece of work goes: a bar with time left on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from broadcast.cli.console import Screen, agreed, err, print_problem
from broadcast.cli.interface import text_of
from broadcast.messages import Message

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress, TaskID

    from broadcast.model import Problem


class Telling:
    """Tells how the work goes: a bar with time left on a terminal, plain lines elsewhere."""

    def __init__(self) -> None:
        self.screen = err()
        self._bar: Progress | None = None
        self._tasks: dict[str, TaskID] = {}
        self._told: dict[str, int] = {}

    def __enter__(self) -> Telling:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._bar:
            self._bar.stop()

    def say(self, sentence: Message) -> None:
        """Tell one plain sentence."""
        self.screen.say(sentence)

    def problem(self, file: Path, problem: Problem) -> None:
        """Tell something about an input file."""
        print_problem(self.screen, file, problem)

    def allows(self, engine: str, wanted: Sequence[Message]) -> bool | None:
        """Ask whether an engine may do what is wanted, if somebody sits at a terminal."""
        told = Message(
            "trust.wants", "The settings of this station's folder let {engine}:", engine=engine
        )
        question = Message("trust.ask", "Allow it only if you know why. Allow it, from now on?")
        return self._asked(question, told, *wanted)

    def agrees(self, question: Message) -> bool | None:
        """Ask for a yes or no, if somebody sits at a terminal."""
        return self._asked(question)

    def go_on(self) -> None:
        """Return: who wants it to end presses Ctrl-C."""

    def step(self, stage: Message, done: int, total: int, what: str = "") -> None:
        """Tell that ``done`` of ``total`` pieces of a stage are done."""
        name = text_of(stage)
        if self._bar is None and draws_bars(self.screen):
            self._bar = bar_on(self.screen.console)
            self._bar.start()
        if self._bar is None:
            self._tell_in_quarters(name, done, total)
            return
        if name not in self._tasks:
            self._tasks[name] = self._bar.add_task(name, total=total, what=what)
        self._bar.update(self._tasks[name], completed=done, total=total, what=what)

    def _asked(self, question: Message, *told: Message) -> bool | None:
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            return None
        if self._bar:
            self._bar.stop()
        for number, sentence in enumerate(told):
            self.screen.say(sentence, indent=2 if number else 0)
        answer = agreed(question)
        if self._bar:
            self._bar.start()
        return answer

    def _tell_in_quarters(self, stage: str, done: int, total: int) -> None:
        quarter = done * 4 // total
        if quarter > self._told.get(stage, 0):
            self._told[stage] = quarter
            self.screen.say(
                Message(
                    "progress", "{stage}: {done} of {total}", stage=stage, done=done, total=total
                )
            )


def draws_bars(screen: Screen) -> bool:
    """Whether a line can be drawn anew: not on a dumb terminal, nor in a pipe forced to colour."""
    return sys.stderr.isatty() and screen.console.is_interactive


def bar_on(console: Console) -> Progress:
    """Give what draws bars, one for each piece of work."""
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.table import Column

    # The figures stay whole on any terminal: bar and words get what room is left.
    rest = Column(ratio=1, no_wrap=True, overflow="ellipsis")
    return Progress(
        TextColumn("{task.description:>9}"),
        BarColumn(bar_width=max(4, min(24, (console.width - 30) // 2))),
        MofNCompleteColumn(table_column=Column(no_wrap=True)),
        TimeRemainingColumn(table_column=Column(no_wrap=True)),
        TextColumn("{task.fields[what]}", markup=False, table_column=rest),
        console=console,
        transient=True,
        expand=True,
    )
