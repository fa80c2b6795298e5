"""What a long piece of work tells while it runs; the command line shows it."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from broadcast.model import Problem


class Reporter(Protocol):
    """Somebody who is told how the work goes."""

    def say(self, sentence: str) -> None:
        """Tell one plain sentence."""

    def problem(self, file: Path, problem: Problem) -> None:
        """Tell something about an input file that a producer should know."""

    def step(self, stage: str, done: int, total: int, what: str = "") -> None:
        """Tell that ``done`` of ``total`` pieces of a stage are done, and what is being done."""
