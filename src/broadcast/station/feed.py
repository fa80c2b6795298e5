"""The table [feed] → FeedSettings: what the feed holds, for how long, and its numbers."""

from __future__ import annotations

from broadcast.model import SMALL_KINDS, FeedSettings, Numbering
from broadcast.station.table import Table

NUMBERINGS: tuple[Numbering, ...] = ("off", "count", "year")


def read_feed(table: Table) -> FeedSettings:
    """Read and check the table. Raises BroadcastError naming the line of what is wrong."""
    default = FeedSettings()
    numbering = table.choice("numbering", NUMBERINGS, default.numbering)
    small = table.choice("small", (*SMALL_KINDS, "off"), default.small or "off")
    settings = FeedSettings(
        items=table.whole("items", default.items, 10, 100_000),
        keep_days=table.whole("keep_days", default.keep_days, 0, 365),
        numbering=next(known for known in NUMBERINGS if known == numbering),
        expires_days=table.whole("expires_days", default.expires_days, 0, 3_650),
        small=next((kind for kind in SMALL_KINDS if kind == small), None),
        apple=table.web_address("apple"),
        spotify=table.web_address("spotify"),
        youtube=table.web_address("youtube"),
    )
    table.done()
    return settings
