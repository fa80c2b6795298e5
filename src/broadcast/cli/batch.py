"""What became of each of several scripts → the one sentence at the end that sums it up."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from broadcast.cli.console import err
from broadcast.errors import BroadcastError
from broadcast.messages import Message


@dataclass(slots=True)
class Batch:
    """The ``files`` of scripts that are built one after another, and how far that has come."""

    files: tuple[Path, ...]
    built: int = 0
    failures: list[Message] = field(default_factory=list)

    def failed(self, file: Path, error: BroadcastError) -> None:
        """Note that a script could not be built, and why."""
        reason = Message("batch.failure", "{name} ({why})", name=file.name, why=error.message)
        self.failures.append(reason)

    def tell_failures(self) -> None:
        """Say which of several failed, if any did."""
        if not self.failures or len(self.files) == 1:
            return
        left = len(self.files) - self.built - len(self.failures)
        facts = {"built": self.built, "failed": len(self.failures)}
        failures = tuple(self.failures)
        if left:
            told = Message(
                "batch.stopped",
                "{built} built, {left} not begun, {failed} failed: {failures}",
                left=left,
                failures=failures,
                **facts,
            )
        else:
            told = Message(
                "batch.failed",
                "{built} built, {failed} failed: {failures}",
                failures=failures,
                **facts,
            )
        err().say(told)
