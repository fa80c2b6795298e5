"""What is heard in a recording: the facts that listening to it finds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heard:
    """What is heard in a file; times in milliseconds.

    ``start_ms`` and ``end_ms`` enclose the speech (None: none stands out from the noise),
    ``level_dbfs`` is the mean level between them. ``clipped`` are the places where it was recorded
    too loud. ``fault`` says what makes it unusable, "" when it can be used.
    """

    duration_ms: int
    start_ms: int | None = None
    end_ms: int | None = None
    level_dbfs: float = -120.0
    clipped: int = 0
    rate_hz: int = 0
    notes: tuple[str, ...] = ()
    fault: str = ""
