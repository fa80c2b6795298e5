"""An empty folder → a station that builds at once."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path

from broadcast.errors import BroadcastError
from broadcast.workspace import STATION_FILE, write_atomic


def init(folder: Path) -> tuple[Path, ...] | None:
    """Make ``folder`` a station and give the files written; None: it is one, nothing was changed.

    Files that are there already are kept as they are. station.toml is written last: a folder is
    a station only when all of it is there. Raises BroadcastError when ``folder`` is a file.
    """
    if (folder / STATION_FILE).exists():
        return None
    if folder.exists() and not folder.is_dir():
        raise BroadcastError("This is a file, not a folder.", file=folder, hint="Name a folder.")
    written = []
    with as_file(files("broadcast") / "new_station") as template:
        names = sorted(path.relative_to(template) for path in template.rglob("*") if path.is_file())
        for name in sorted(names, key=lambda name: name.name == STATION_FILE):
            target = folder / name
            if not target.exists():
                write_atomic(target, (template / name).read_bytes())
                written.append(target)
    for place in ("scripts", "recordings", "episodes", "feed"):
        (folder / place).mkdir(exist_ok=True)
    return tuple(written)
