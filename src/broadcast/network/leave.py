"""A station about to build many episodes → its user's leave, asked before anything is sent."""

from __future__ import annotations

from contextlib import suppress

from broadcast.errors import BroadcastError
from broadcast.production.desk.progress import Reporter
from broadcast.production.desk.read_station import station_of
from broadcast.production.desk.trust import leave_of
from broadcast.production.voicing.voices import engine_named, wanted_of
from broadcast.workspace import Workspace


def ask_first(
    workspace: Workspace, engine: str | None, reporter: Reporter, *, offline: bool
) -> None:
    """Ask what the engines that may speak want to be allowed, each once, if there is anybody.

    ``engine`` is the one that is asked for. What is wrong with the station its episodes tell.
    """
    with suppress(BroadcastError):
        station = station_of(workspace)
        further = () if engine is None else (engine,)
        may_speak = further or station.engines
        for one in wanted_of(workspace, station, further):
            if one.engine not in may_speak or not one.pending:
                continue
            if offline and engine_named(one.engine, workspace, station).online:
                continue
            leave_of(one, reporter)
