"""An empty folder → a station that builds at once."""

from __future__ import annotations

import json
import re
import tempfile
import tomllib
from collections.abc import Mapping
from importlib.resources import as_file, files
from pathlib import Path

from broadcast.errors import BroadcastError, UsageError
from broadcast.language import Language
from broadcast.messages import Message
from broadcast.messages.rendering import Renderer, renderer_for
from broadcast.production.desk.read_station import station_of
from broadcast.production.desk.settings_comments import commented, explained
from broadcast.workspace import LEXICON_FILE, STATION_FILE, Workspace
from broadcast.workspace.writing import write_atomic

_PLACES = ("scripts", "recordings", "episodes", "feed")


def is_station(folder: Path) -> bool:
    """Whether a folder is a station, which is never made anew."""
    return (folder / STATION_FILE).is_file()


def init(
    folder: Path, interface: str = "", own: Mapping[str, str] | None = None
) -> tuple[Path, ...] | None:
    """Make ``folder`` a station and give the files written; None: it is one, nothing was changed.

    The station speaks to its people in the language ``interface`` ("": in the sample's), in which
    station.toml and lexicon.tsv say what they are for. ``own`` is what stands in place of the
    sample's title, author and email. Files that are there already are kept as they are.
    station.toml is written last: a folder is a station only when all of it is
    there. Raises UsageError for what no setting may be, BroadcastError when ``folder`` or something
    on the way to it is a file.
    """
    if is_station(folder):
        return None
    sample = files("broadcast") / "new_station"
    lexicon = explained((sample / LEXICON_FILE).read_text("utf-8"), _renderer(interface))
    told = {
        STATION_FILE: settings_with(own or {}, interface),
        LEXICON_FILE: lexicon.encode(),
    }
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
    with as_file(sample) as template:
        names = sorted(path.relative_to(template) for path in template.rglob("*") if path.is_file())
        for named in sorted(names, key=lambda named: named.name == STATION_FILE):
            target = folder / named
            if not target.exists():
                write_atomic(target, told.get(named.name) or (template / named).read_bytes())
                written.append(target)
    for name in _PLACES:
        (folder / name).mkdir(exist_ok=True)
    return tuple(written)


def settings_with(own: Mapping[str, str], interface: str = "") -> bytes:
    """Give a new station's station.toml, with its own title, author, email and approval as given.

    Raises UsageError for a value that a station may not have.
    """
    sample = _sample_settings()
    for key, value in {**own, **({"interface": interface} if interface else {})}.items():
        before, _, after = re.split(rf'(?m)^((?:# )?{key} = "[^"]*")', sample, maxsplit=1)
        sample = f"{before}{key} = {_quoted(value.strip())}{after}"
    written = commented(sample, _renderer(interface))
    with tempfile.TemporaryDirectory() as place:
        judged = Workspace(Path(place))
        judged.station_file.write_bytes(written.encode())
        try:
            station_of(judged)
        except BroadcastError as error:
            raise UsageError(error.message, hint=error.hint) from None
    return written.encode()


def _renderer(interface: str) -> Renderer:
    """Give what puts messages into the language ``interface``, or into the sample's."""
    own = interface or tomllib.loads(_sample_settings())["station"]["interface"]
    return renderer_for(Language.tagged(own))


def _sample_settings() -> str:
    return (files("broadcast") / "new_station" / STATION_FILE).read_text("utf-8")


def _quoted(text: str) -> str:
    """Write a text as TOML does, whose escapes are those of JSON but for one sign."""
    is_text = not re.search("[\ud800-\udfff]", text)  # else bytes of a command line in no UTF-8
    return json.dumps(text, ensure_ascii=not is_text).replace("\x7f", "\\u007f")
