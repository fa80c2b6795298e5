"""Somebody who is told how short work goes, and to whom nobody listens."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from broadcast.messages import Message
from broadcast.model import Problem


class Quiet:
    """A reporter of work that is done before anybody could read of it."""

    def say(self, sentence: Message) -> None:
        """Tell nobody."""

    def problem(self, file: Path, problem: Problem) -> None:
        """Tell nobody: the screen has the problems itself."""

    def step(self, stage: Message, done: int, total: int, what: str = "") -> None:
        """Tell nobody."""

    def allows(self, engine: str, wanted: Sequence[Message]) -> bool | None:
        """Say that there is nobody to ask."""

    def agrees(self, question: Message) -> bool | None:
        """Say that there is nobody to ask."""

    def go_on(self) -> None:
        """Return: it is soon done."""
