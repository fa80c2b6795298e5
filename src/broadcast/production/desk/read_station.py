"""A station's folder → the station: what every command starts from."""

from __future__ import annotations

from broadcast.errors import BroadcastError
from broadcast.speech import ENGINES
from broadcast.station import Station, read_station
from broadcast.station.source import line_of_setting
from broadcast.workspace import Workspace


def station_of(workspace: Workspace) -> Station:
    """Read who the station is.

    Raises BroadcastError naming the line for a setting that is wrong.
    """
    station = read_station(workspace.station_file, engines=ENGINES)
    for key, value in station.spoken.items():
        from broadcast.spoken.style import style_from  # few stations have such settings

        try:
            style_from({key: value})
        except BroadcastError as error:
            line = line_of_setting(workspace.station_file, "spoken", key)
            raise BroadcastError(
                error.message, file=workspace.station_file, line=line, hint=error.hint
            ) from error
    return station
