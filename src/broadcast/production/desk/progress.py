"""What a long piece of work tells while it runs; the command line shows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from broadcast.messages import Message
from broadcast.model import Problem

LISTENING = Message("stage.listening", "listening")
SPEAKING = Message("stage.speaking", "speaking")
"""Stages of which several kinds of work tell."""


class Reporter(Protocol):
    """Somebody who is told how the work goes."""

    def say(self, sentence: Message) -> None:
        """Tell one plain sentence."""

    def problem(self, file: Path, problem: Problem) -> None:
        """Tell something about an input file that a producer should know."""

    def step(self, stage: Message, done: int, total: int, what: str = "") -> None:
        """Tell that ``done`` of ``total`` pieces of a stage are done, and what is being done."""

    def allows(self, engine: str, wanted: Sequence[Message]) -> bool | None:
        """Ask whether an engine may do what is ``wanted``; None: there is nobody to ask."""

    def agrees(self, question: Message) -> bool | None:
        """Ask for a yes or no; None: there is nobody to ask."""

    def go_on(self) -> None:
        """Return if the work is to go on; raise StoppedError when somebody stopped it.

        ``step`` may raise it too: whatever was not committed by then never is.
        """


def waiting(reporter: Reporter) -> Callable[[], None]:
    """Give what tells, once, that another command has what is needed; it may be stopped there."""
    told: list[bool] = []

    def wait() -> None:
        reporter.go_on()
        if not told:
            told.append(True)
            reporter.say(Message("waiting", "Another command is at work here; waiting."))

    return wait
