"""A list of stations' folders, one a line → those stations, each with its place in the list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from broadcast.errors import BroadcastError, UsageError
from broadcast.messages import Message
from broadcast.workspace import STATION_FILE, Workspace

LIST_FILE = "network.txt"


@dataclass(frozen=True, slots=True)
class ListedStation:
    """A station as a list names it: ``name`` is what stands there, in line ``line`` of ``file``."""

    name: str
    file: Path
    line: int

    def workspace(self) -> Workspace:
        """Give the station's places. Raises BroadcastError with the line where there is none."""
        folder = self.file.parent / self.name
        if not (folder / STATION_FILE).is_file():
            raise BroadcastError(
                Message(
                    "network.no-station",
                    "{folder} is no station: there is no {file} in it.",
                    folder=self.name,
                    file=STATION_FILE,
                ),
                file=self.file,
                line=self.line,
                hint=Message(
                    "network.no-station.hint",
                    "Write the station's folder as it lies from this file; a line that begins "
                    "with # is left out.",
                ),
            )
        return Workspace(folder.resolve())


def find_list(named: Path | None, start: Path) -> Path:
    """Give the list that is ``named``, else the one found by looking upward from ``start``.

    Raises UsageError when there is none.
    """
    if named is not None and named.is_file():
        return named
    start = start.resolve()
    for folder in () if named is not None else (start, *start.parents):
        if (folder / LIST_FILE).is_file():
            return folder / LIST_FILE
    raise UsageError(
        Message("network.none", "There is no list of stations: {file}.", file=named or LIST_FILE),
        hint=Message(
            "network.none.hint",
            "Write the stations' folders into a file {file}, one a line, or name one with --list.",
            file=LIST_FILE,
        ),
    )


def listed_stations(file: Path, wanted: Sequence[str]) -> tuple[ListedStation, ...]:
    """Read a list: one folder a line, as it lies from the file; empty lines and # are left out.

    ``wanted`` are the ones to give, by what stands in the list or by their folders' names; none:
    all. Raises UsageError for one that is not there, BroadcastError for a file that is no text or
    has no station, or one twice.
    """
    try:
        lines = file.read_text("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise BroadcastError(
            Message("network.no-text", "The list of stations is no text in UTF-8."), file=file
        ) from error
    stations: dict[Path, ListedStation] = {}
    for number, line in enumerate(lines, 1):
        name = line.strip()
        if not name or name.startswith("#"):
            continue
        folder = (file.parent / name).resolve()
        if (before := stations.get(folder)) is not None:
            raise BroadcastError(
                Message(
                    "network.twice",
                    "{folder} stands here and in line {line}.",
                    folder=name,
                    line=before.line,
                ),
                file=file,
                line=number,
                hint=Message("network.twice.hint", "Delete one of the two lines."),
            )
        stations[folder] = ListedStation(name, file, number)
    if not stations:
        raise BroadcastError(
            Message("network.empty", "No station stands in this list."),
            file=file,
            hint=Message("network.empty.hint", "Write one folder a line."),
        )
    return tuple(_named(one, stations, file) for one in wanted) or tuple(stations.values())


def _named(wanted: str, stations: dict[Path, ListedStation], file: Path) -> ListedStation:
    by_path = [one for one in stations.values() if one.name.strip("/\\") == wanted.strip("/\\")]
    found = by_path or [one for folder, one in stations.items() if folder.name == wanted]
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(
            Message(
                "network.ambiguous",
                "{name} may be {folders:or}.",
                name=wanted,
                folders=tuple(one.name for one in found),
            )
        )
    raise UsageError(
        Message(
            "network.unknown", "There is no station {name!r} in {file}.", name=wanted, file=file
        )
    )
