"""What a build tells in another process → told on where somebody sits before it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from broadcast.messages import Message
from broadcast.model import Problem
from broadcast.production.desk.progress import Reporter


@dataclass(frozen=True, slots=True)
class Remark:
    """A plain sentence."""

    sentence: Message

    def tell_on(self, reporter: Reporter) -> None:
        """Say it to somebody else."""
        reporter.say(self.sentence)


@dataclass(frozen=True, slots=True)
class Noticed:
    """Something about an input file."""

    file: Path
    problem: Problem

    def tell_on(self, reporter: Reporter) -> None:
        """Tell it to somebody else."""
        reporter.problem(self.file, self.problem)


@dataclass(frozen=True, slots=True)
class Step:
    """How far a stage is."""

    stage: Message
    done: int
    total: int
    what: str

    def tell_on(self, reporter: Reporter) -> None:
        """Tell it to somebody else."""
        reporter.step(self.stage, self.done, self.total, self.what)


Told = Remark | Noticed | Step
"""What a reporter is told."""


class FarReporter:
    """The reporter of a build in another process: ``send`` takes what is told to where it is heard.

    ``go_on`` raises StoppedError once nobody is to be told any more. Nobody is asked: leave was
    given where the command runs.
    """

    def __init__(self, send: Callable[[Told], None], go_on: Callable[[], None]) -> None:
        self._send, self.go_on = send, go_on

    def say(self, sentence: Message) -> None:
        """Tell one plain sentence."""
        self._send(Remark(sentence))

    def problem(self, file: Path, problem: Problem) -> None:
        """Tell something about an input file."""
        self._send(Noticed(file, problem))

    def step(self, stage: Message, done: int, total: int, what: str = "") -> None:
        """Tell how far a stage is, and end it here when the work is to end."""
        self.go_on()
        self._send(Step(stage, done, total, what))

    def allows(self, engine: str, wanted: Sequence[Message]) -> None:
        """Nobody sits there."""

    def agrees(self, question: Message) -> None:
        """Nobody sits there."""
