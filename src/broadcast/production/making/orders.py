"""What a build is asked for, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from broadcast.messages import Message
from broadcast.production.desk.draft import Draft


@dataclass(frozen=True, slots=True)
class Orders:
    """What the user asked of a build, and what comes in from outside."""

    now: datetime
    new_guid: str
    offline: bool = False
    engine: str | None = None
    jobs: int = 2
    formats: tuple[str, ...] = ()
    running_time_ms: int | None = None

    @property
    def asked(self) -> tuple[object, ...]:
        """What of it decides what is built; JSON can hold it."""
        return (self.engine, self.formats, self.running_time_ms)


@dataclass(frozen=True, slots=True)
class Built:
    """A draft, and why it was made again (no reasons: it was up to date)."""

    name: str
    draft: Draft
    reasons: tuple[Message, ...]
