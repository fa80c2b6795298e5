"""This machine's clock, and the latest time a station has seen → what may be done by the time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from broadcast.errors import OutsideError
from broadcast.messages import Message

LEAP = timedelta(days=30)
"""How far a clock may go forward between two writings of the feed without being asked about."""
_NOTICEABLE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class StationTime:
    """What time it is by this machine's clock (``now``), and the latest that was ``seen`` here.

    ``noted``: whether somebody noted it when the feed was written; else it is the last change's.
    ``believed``: the user says that the clock is right.
    """

    now: datetime
    seen: datetime | None
    noted: bool = True
    believed: bool = False

    @property
    def is_behind(self) -> bool:
        """Whether the clock went back: then time takes nothing from listeners."""
        return self.seen is not None and self.now < self.seen

    @property
    def leaps(self) -> bool:
        """Whether the clock went so far forward that it may be wrong."""
        return (
            self.noted
            and not self.believed
            and self.seen is not None
            and self.now - self.seen > LEAP
        )

    @property
    def date(self) -> datetime:
        """The date of what is done now: no earlier than what was done before."""
        return self.seen if self.is_behind and self.seen and not self.believed else self.now

    @property
    def latest(self) -> datetime:
        """The latest time seen, this one with it."""
        return self.seen if self.is_behind and self.seen else self.now

    def stopped(self) -> StationTime:
        """Give the time as it was last seen: nothing comes or goes by it."""
        return StationTime(self.seen or self.now, self.seen, self.noted)

    def leap(self) -> OutsideError:
        """Give what is said of a clock that ``leaps``."""
        seen = self.seen or self.now
        return OutsideError(
            Message(
                "clock.leaps",
                "This computer's clock says {now:moment}: {days} days after the feed was last "
                "written, at {seen:moment}.",
                now=self.now.astimezone().isoformat(),
                days=(self.now - seen).days,
                seen=seen.astimezone().isoformat(),
            ),
            hint=Message(
                "clock.leaps.hint",
                "If the clock is wrong, set it first: dates that listeners get are for ever. "
                "If it is right, say so with --yes.",
            ),
        )

    def told(self) -> Message | None:
        """Say what a clock that went back means; None where there is nothing to say."""
        if not self.is_behind or self.seen is None or self.seen - self.now < _NOTICEABLE:
            return None
        return Message(
            "clock.behind",
            "This computer's clock says {now:moment}, but the feed was written at {seen:moment} "
            "already. Nothing is taken from listeners for that, and what waits for its time waits "
            "on. Please set the clock.",
            now=self.now.astimezone().isoformat(),
            seen=self.seen.astimezone().isoformat(),
        )
