"""An empty folder → a station that builds at once."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path

from broadcast.errors import BroadcastError
from broadcast.messages import Message
from broadcast.workspace import STATION_FILE, write_atomic

_INTERFACE = b'interface = "vi"'
_PLACES = ("scripts", "recordings", "episodes", "feed")


def init(folder: Path, interface: str = "") -> tuple[Path, ...] | None:
    """Make ``folder`` a station and give the files written; None: it is one, nothing was changed.

    The station speaks to its people in the language ``interface`` ("": in the show's). Files that
    are there already are kept as they are. station.toml is written last: a folder is
    a station only when all of it is there. Raises BroadcastError when ``folder`` or something on
    the way to it is a file.
    """
    if (folder / STATION_FILE).is_file():
        return None
    for place in (*folder.parents, folder, *map(folder.joinpath, _PLACES)):
        if (place.exists() or place.is_symlink()) and not place.is_dir():
            raise BroadcastError(
                Message("init.file-in-the-way", "This is a file, and a folder is wanted there."),
                file=place,
                hint=Message(
                    "init.file-in-the-way.hint", "Name another folder, or put the file away."
                ),
            )
    if (folder / STATION_FILE).is_dir():
        raise BroadcastError(
            Message(
                "init.folder-in-the-way",
                "This is a folder, and the station's settings are wanted there.",
            ),
            file=folder / STATION_FILE,
            hint=Message(
                "init.folder-in-the-way.hint", "Name another folder, or put this one away."
            ),
        )
    written = []
    with as_file(files("broadcast") / "new_station") as template:
        names = sorted(path.relative_to(template) for path in template.rglob("*") if path.is_file())
        for named in sorted(names, key=lambda named: named.name == STATION_FILE):
            target = folder / named
            if not target.exists():
                data = (template / named).read_bytes()
                if named.name == STATION_FILE and interface:
                    data = data.replace(_INTERFACE, f'interface = "{interface}"'.encode())
                write_atomic(target, data)
                written.append(target)
    for name in _PLACES:
        (folder / name).mkdir(exist_ok=True)
    return tuple(written)
