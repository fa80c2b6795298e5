"""What a web host may have still of what went from feed/, and the rules that it is to read."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from msgspec.structs import replace

from broadcast.feed.host_files import host_files
from broadcast.feed.site_record import read_site_record, site_head, write_site_record
from broadcast.production.desk.progress import Reporter, waiting
from broadcast.production.desk.read_station import station_of
from broadcast.workspace import Workspace
from broadcast.workspace.locks import locked
from broadcast.workspace.writing import write_atomic


@dataclass(frozen=True, slots=True)
class LeftOnHost:
    """Paths below feed/ that are gone from it, sorted, and those that went ``lately``.

    ``by_upload``: the station names a host, where the next upload deletes them.
    """

    paths: tuple[str, ...]
    lately: tuple[str, ...]
    by_upload: bool = False


def left_on_host(workspace: Workspace) -> LeftOnHost:
    """Give what a host may have still, so far as nobody said that it is deleted there.

    What went before ``keep_days`` is told no more by itself: who copies feed/ so that hosts lose
    what it has not will never say so.
    """
    record = site_head(workspace.feed)
    station = station_of(workspace)
    told = timedelta(days=max(1, station.feed.keep_days))
    seen = record.seen
    lately = (path for path, at in record.removed.items() if seen and seen - at < told)
    return LeftOnHost(tuple(sorted(record.removed)), tuple(sorted(lately)), bool(station.upload.to))


def note_deleted(
    workspace: Workspace, reporter: Reporter, paths: Collection[str] | None = None
) -> int:
    """Record that the host has none of these any more (None: of all); give how many they were."""
    with locked(workspace, waiting(reporter)):
        record = read_site_record(workspace.feed)
        left = {
            path: at
            for path, at in record.removed.items()
            if paths is not None and path not in paths
        }
        if left != record.removed:
            write_site_record(workspace.feed, replace(record, removed=left))
        return len(record.removed) - len(left)


def write_host_files(workspace: Workspace) -> Path:
    """Write what web hosts read into a folder beside feed/, and give it."""
    for name, text in host_files(station_of(workspace).show.base_url).items():
        write_atomic(workspace.host_files / name, text.encode("ascii"))
    return workspace.host_files
