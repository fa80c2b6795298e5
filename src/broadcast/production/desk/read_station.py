"""A station's folder → the station: what every command starts from."""

from __future__ import annotations

from broadcast.errors import BroadcastError
from broadcast.model import Declaration
from broadcast.speech import ENGINES, all_offered, offered
from broadcast.station import Station, read_station
from broadcast.station.source import line_of_setting
from broadcast.workspace import Workspace


class EnginesOffered:
    """The engines there are, as station.toml is judged by them."""

    @property
    def built_in(self) -> tuple[str, ...]:
        """Name those that are there without any other package."""
        return tuple(ENGINES)

    def declared(self, name: str) -> Declaration | None:
        """Give what the engine of that name declares; None: there is no such engine."""
        found = offered(name)
        return found.declares if found else None

    def names(self) -> tuple[str, ...]:
        """Name every engine there is."""
        return tuple(one.name for one in all_offered())


def station_of(workspace: Workspace) -> Station:
    """Read who the station is.

    Raises BroadcastError naming the line for a setting that is wrong.
    """
    station = read_station(workspace.station_file, engines=EnginesOffered())
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
