"""What is heard in a recording: the facts that listening to it finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from broadcast.messages import Message

Side = Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class Heard:
    """What is heard in a file; times in milliseconds.

    ``start_ms`` and ``end_ms`` enclose the speech (None: none stands out from the noise),
    ``level_dbfs`` is the mean level between them. ``clipped`` are the places where it was recorded
    too loud. ``damage`` says what of it could not be read, ``silent`` which of two channels has
    nothing on it, ``cancels`` that both together have next to nothing. ``fault`` says what makes it
    unusable, None when it can be used.
    """

    duration_ms: int
    start_ms: int | None = None
    end_ms: int | None = None
    level_dbfs: float = -120.0
    clipped: int = 0
    rate_hz: int = 0
    damage: tuple[Message, ...] = ()
    silent: Side | None = None
    cancels: bool = False
    fault: Message | None = None
