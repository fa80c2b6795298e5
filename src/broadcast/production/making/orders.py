"""What a build is asked for, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from broadcast.messages import Message
from broadcast.production.desk.draft import Draft
from broadcast.production.desk.draft_record import AskedFor


@dataclass(frozen=True, slots=True)
class Orders:
    """What the user asked of a build, and what comes in from outside.

    No ``formats``, no ``running_time_ms``, no ``day``: as last time. ("mp3",) is that alone, 0 no
    running time. ``jobs`` pieces are made at once, and ``beside`` is how many episodes are: an
    online voice speaks for one of them at a time, with as many requests. ``is_new``: it is another
    episode than one whose script is gone, though it has the same words. ``agrees`` to what would
    be asked; ``undisclosed_at``: it was, so long ago. ``spoken_by`` is the engine that has spoken
    what only its user's own machine may send, so that no other is tried.
    """

    now: datetime
    new_guid: str
    offline: bool = False
    engine: str | None = None
    jobs: int = 2
    beside: int = 1
    formats: tuple[str, ...] = ()
    running_time_ms: int | None = None
    is_new: bool = False
    day: date | None = None
    agrees: bool = False
    undisclosed_at: datetime | None = None
    spoken_by: str | None = None

    @property
    def asked(self) -> tuple[object, ...]:
        """What of it decides what is built; JSON can hold it."""
        day = self.day.isoformat() if self.day else None
        return (self.engine, self.formats, self.running_time_ms, day)

    @property
    def asked_for(self) -> AskedFor:
        """What of it the draft remembers for the next time."""
        return AskedFor(
            formats=self.formats,
            running_time_ms=self.running_time_ms,
            day=self.day,
            undisclosed_at=self.undisclosed_at,
        )

    def as_last_time(self, draft: Draft | None) -> tuple[Orders, tuple[Message, ...]]:
        """Give the orders with what was asked for last time where nothing is now; and what that is.

        So a swap makes the same files as the build before it.
        """
        last = draft.record.asked if draft else AskedFor()
        orders, held = replace(self, undisclosed_at=last.undisclosed_at), []
        if not self.formats and last.formats:
            orders = replace(orders, formats=last.formats)
            held += [Message("asked.format", "--format {name}", name=name) for name in last.formats]
        if self.running_time_ms is None and last.running_time_ms is not None:
            orders = replace(orders, running_time_ms=last.running_time_ms)
            held.append(
                Message(
                    "asked.running-time",
                    "--running-time {length:clock}",
                    length=last.running_time_ms,
                )
            )
        if self.day is None and last.day is not None:
            orders = replace(orders, day=last.day)
            held.append(Message("asked.on", "--on {day}", day=last.day.isoformat()))
        return orders, tuple(held)


@dataclass(frozen=True, slots=True)
class Built:
    """A draft, and why it was made again (no reasons: it was up to date)."""

    name: str
    draft: Draft
    reasons: tuple[Message, ...]
