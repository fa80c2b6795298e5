"""What can go wrong, said so that a reporter can mend it.

BroadcastError           exit status 1: the input is wrong
├── UsageError           exit status 2: the command was put wrongly
├── OutsideError         exit status 3: the network, the disk or a missing program failed
│   └── EngineUnavailableError    a speech engine cannot work here; another one may
└── StoppedError         exit status 130: somebody stopped the work; nothing of it is committed
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadcast.messages import Message

if TYPE_CHECKING:
    from pathlib import Path


class BroadcastError(Exception):
    """Something a user can mend: what is wrong, where, and what to do about it.

    ``file`` and ``line`` (1-based) say where; ``hint`` says what to do.
    """

    exit_status = 1

    def __init__(
        self,
        message: Message,
        *,
        file: Path | str | None = None,
        line: int | None = None,
        hint: Message | None = None,
    ) -> None:
        super().__init__(message, file, line, hint)
        self.message = message
        self.file = file
        self.line = line
        self.hint = hint

    @property
    def is_of_input(self) -> bool:
        """Whether what was given is wrong; else the disk, the network or a program failed."""
        return self.exit_status == BroadcastError.exit_status

    def __reduce__(self) -> tuple[object, ...]:
        """Let it come from another process as it is."""
        return (_again, (type(self), self.message, self.file, self.line, self.hint))

    def __str__(self) -> str:
        """Give place and message in English: for a traceback, a log, a test."""
        return str(self.placed)

    @property
    def placed(self) -> Message:
        """The message with its place before it."""
        if self.file is None:
            return self.message
        where = str(self.file) if self.line is None else f"{self.file}:{self.line}"
        return Message("error.placed", "{where}: {what}", where=where, what=self.message)


class UsageError(BroadcastError):
    """The command was given something it cannot act on (a turn that does not exist, say)."""

    exit_status = 2


class OutsideError(BroadcastError):
    """The network, the disk, or a program or service we depend on failed."""

    exit_status = 3


class EngineUnavailableError(OutsideError):
    """A speech engine cannot be used on this machine at this moment."""


class StoppedError(BroadcastError):
    """The work was stopped from outside before it was done; what is public or kept is as it was."""

    exit_status = 130

    def __init__(self) -> None:
        super().__init__(
            Message("stopped", "Stopped."),
            hint=Message("stopped.goes-on", "The same command goes on from there."),
        )


def _again(
    kind: type[BroadcastError],
    message: Message,
    file: Path | str | None,
    line: int | None,
    hint: Message | None,
) -> BroadcastError:
    if kind is StoppedError:
        return StoppedError()
    return kind(message, file=file, line=line, hint=hint)
