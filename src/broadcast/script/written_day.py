"""A day as people write it, 2025-09-06 or 6/9/2025, into a date."""

from __future__ import annotations

from datetime import date, datetime

_ORDERS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")


def date_of(written: str) -> date | None:
    """Give the day that is written as 2025-09-06 or 6/9/2025, None if that is no day."""
    for order in _ORDERS:
        try:
            return datetime.strptime(written.strip(), order).date()
        except ValueError:
            continue
    return None
