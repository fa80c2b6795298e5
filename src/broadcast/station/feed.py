"""The table [feed] → FeedSettings: how much the feed holds, and for how long."""

from __future__ import annotations

from broadcast.model import FeedSettings
from broadcast.station.table import Table


def read_feed(table: Table) -> FeedSettings:
    """Read and check the table. Raises BroadcastError naming the line of what is wrong."""
    default = FeedSettings()
    settings = FeedSettings(
        items=table.whole("items", default.items, 10, 100_000),
        keep_days=table.whole("keep_days", default.keep_days, 0, 365),
    )
    table.done()
    return settings
