"""The record of feed/ → the files that went from it, which a web host may have still."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from msgspec.structs import replace

from broadcast.feed.site_record import read_site_record, site_head, write_site_record
from broadcast.production.desk.progress import Reporter, waiting
from broadcast.production.desk.read_station import station_of
from broadcast.workspace import Workspace
from broadcast.workspace.locks import locked


@dataclass(frozen=True, slots=True)
class LeftOnHost:
    """Paths below feed/ that are gone from it, sorted, and those that went ``lately``."""

    paths: tuple[str, ...]
    lately: tuple[str, ...]


def left_on_host(workspace: Workspace) -> LeftOnHost:
    """Give what a host may have still, so far as nobody said that it is deleted there.

    What went before ``keep_days`` is told no more by itself: who copies feed/ so that hosts lose
    what it has not will never say so.
    """
    record = site_head(workspace.feed)
    told = timedelta(days=max(1, station_of(workspace).feed.keep_days))
    seen = record.seen
    lately = (path for path, at in record.removed.items() if seen and seen - at < told)
    return LeftOnHost(tuple(sorted(record.removed)), tuple(sorted(lately)))


def note_deleted(workspace: Workspace, reporter: Reporter) -> int:
    """Record that the host has none of these any more, and give how many they were."""
    with locked(workspace, waiting(reporter)):
        record = read_site_record(workspace.feed)
        if record.removed:
            write_site_record(workspace.feed, replace(record, removed={}))
        return len(record.removed)
