"""Somebody who is told how work goes on takes: its problems are kept for where they are shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from broadcast.errors import BroadcastError
from broadcast.messages import Message
from broadcast.model import Problem
from broadcast.production.desk.progress import Reporter


@dataclass(frozen=True, slots=True)
class TakesTold:
    """A reporter that keeps problems, and tells all else to another one."""

    to: Reporter
    problems: list[Problem] = field(default_factory=list)

    def say(self, sentence: Message) -> None:
        """Tell it on."""
        self.to.say(sentence)

    def problem(self, file: Path, problem: Problem) -> None:
        """Keep it."""
        self.problems.append(problem)

    def step(self, stage: Message, done: int, total: int, what: str = "") -> None:
        """Tell it on; it may stop the work."""
        self.to.step(stage, done, total, what)

    def allows(self, engine: str, wanted: Sequence[Message]) -> bool | None:
        """Ask on."""
        return self.to.allows(engine, wanted)

    def agrees(self, question: Message) -> bool | None:
        """Ask on."""
        return self.to.agrees(question)

    def go_on(self) -> None:
        """Return if the work is to go on."""
        self.to.go_on()

    @property
    def can_be_forced(self) -> bool:
        """Whether all that stands against a take is that its length or its silence is doubtful."""
        errors = [one.code for one in self.problems if one.level == "error"]
        return bool(errors) and all(code in ("take.length", "take.no-speech") for code in errors)

    def said(self, error: BroadcastError) -> BroadcastError:
        """Give what went wrong, with why: what was told of the takes before it."""
        whys = [one.message for one in self.problems if one.level == "error"]
        if not whys:
            return error
        return BroadcastError(
            error.message,
            hint=Message("studio.takes.why", "{whys}", whys=tuple(dict.fromkeys(whys))),
        )
