"""A station → the cache it works with: its own, or one that it shares with others."""

from __future__ import annotations

import os
from pathlib import Path

from broadcast.cache import Cache
from broadcast.station import Station
from broadcast.workspace import Workspace

_VARIABLE = "BROADCAST_CACHE"


def cache_of(workspace: Workspace, station: Station) -> Cache:
    """Give the cache in the folder that BROADCAST_CACHE or ``[cache] folder`` names.

    Without either it lies in the station's folder and is the station's alone.
    """
    limit_bytes = station.cache_limit_mb * 1_000_000
    named = os.environ.get(_VARIABLE, "").strip() or station.cache_folder
    if not named:
        return Cache(workspace.cache, limit_bytes)
    folder = workspace.root / Path(named).expanduser()
    return Cache(folder, limit_bytes, made=workspace.made_file)
