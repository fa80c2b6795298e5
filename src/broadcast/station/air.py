"""The table [air] → AirSettings: what playout is given, for how long, and how urgent it is."""

from __future__ import annotations

from typing import get_args

from broadcast.model import AirSettings, Priority
from broadcast.station.table import Table

PRIORITIES: tuple[Priority, ...] = get_args(Priority)


def read_air(table: Table) -> AirSettings:
    """Read and check the table. Raises BroadcastError naming the line of what is wrong."""
    default = AirSettings()
    priority = table.choice("priority", PRIORITIES, default.priority)
    settings = AirSettings(
        deliver=table.flag("deliver", default=default.deliver),
        valid_days=table.whole("valid_days", default.valid_days, 0, 3_650),
        priority=next(known for known in PRIORITIES if known == priority),
    )
    table.done()
    return settings
