"""A station's folder, looked at again and again → the programmes whose files came, and are whole.

A file that is still being copied grows, or its time goes on; so a programme is ready when nothing
of it has changed for a while and all of it can be opened. What was made of it is remembered: it is
ready again when a file of it is another.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from broadcast.production.desk.draft import DRAFT_FILE
from broadcast.production.desk.find_script import scripts_by_name
from broadcast.recordings.folder import is_audio_name
from broadcast.workspace import SETTLED_S, TAKES_JSON, Workspace

STEADY_S = 2 * SETTLED_S
"""How long nothing may have changed: twice what FAT rounds a file's time to."""
_LONG_S = 60.0
Stamps = Mapping[str, tuple[int, int]]
"""Files by path, each with its size in bytes and its time of change in nanoseconds."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A programme that has a script, and the files it is made of as they were last seen."""

    name: str
    script: Path
    stamps: Stamps


@dataclass(slots=True)
class _SeenSoFar:
    stamps: Stamps
    since_s: float
    made_of: Stamps | None = None
    is_told: bool = False


@dataclass(slots=True)
class Arrivals:
    """What is known of each programme; ``begin`` first, then ``ready`` as often as one likes."""

    known: dict[str, _SeenSoFar] = field(default_factory=dict)

    def begin(self, workspace: Workspace, now_s: float) -> None:
        """Take for made what has a draft that is newer than all its files.

        Raises OSError when the folder cannot be looked at.
        """
        for one in programmes_in(workspace):
            draft = workspace.draft(one.name) / DRAFT_FILE
            made = _came_ns(draft) > max(map(_came_ns, map(Path, one.stamps)), default=0)
            # What lay there before needs no further wait than another look.
            self.known[one.name] = _SeenSoFar(one.stamps, now_s, one.stamps if made else None)

    def ready(self, workspace: Workspace, now_s: float) -> tuple[Arrived, ...]:
        """Look, and give the programmes that are to be made now, in the order of their names.

        ``now_s`` is a clock that only goes forward. Raises OSError when it cannot be looked.
        """
        found = {one.name: one for one in programmes_in(workspace)}
        for name in self.known.keys() - found.keys():
            del self.known[name]
        return tuple(one for one in found.values() if self._is_ready(one, now_s))

    def halves(self, now_s: float) -> Iterator[tuple[str, Path]]:
        """Give, once, what has not changed for a minute and is not whole, by its programme."""
        for name, known in self.known.items():
            waits = known.made_of != known.stamps and not known.is_told
            if waits and now_s - known.since_s >= _LONG_S:
                half = next((file for file in map(Path, known.stamps) if not is_whole(file)), None)
                known.is_told = True
                if half is not None:
                    yield name, half

    def made(self, workspace: Workspace, one: Arrived) -> None:
        """Remember what a programme was made of; what a build wrote itself is no news."""
        own = str(workspace.recordings(one.name) / TAKES_JSON)
        stamps = {path: stamp for path, stamp in one.stamps.items() if path != own}
        if (now := _stamp(own)) is not None:
            stamps[own] = now
        self.known[one.name].made_of = stamps

    def _is_ready(self, one: Arrived, now_s: float) -> bool:
        known = self.known.get(one.name)
        if known is None or known.stamps != one.stamps:
            made_of = known.made_of if known else None
            self.known[one.name] = _SeenSoFar(one.stamps, now_s, made_of)
            return False
        if known.made_of == one.stamps or now_s - known.since_s < STEADY_S:
            return False
        return all(is_whole(Path(path)) for path in one.stamps)


def programmes_in(workspace: Workspace) -> Iterator[Arrived]:
    """Give the station's programmes that have a script, with their files, by their names.

    Of two scripts that would make one episode the first is given: the build refuses it in words.
    Raises OSError when the folder cannot be looked at: a drive that is gone is no empty one.
    """
    os.stat(workspace.station_file)  # noqa: PTH116  a Path would not be asked otherwise
    for name, scripts in sorted(scripts_by_name(workspace).items()):
        files = [*scripts, *_recordings(workspace.recordings(name))]
        stamps = ((str(file), _stamp(file)) for file in files)
        yield Arrived(
            name, scripts[0], {path: stamp for path, stamp in stamps if stamp is not None}
        )


def is_whole(file: Path) -> bool:
    """Whether a file can be opened and has something in it: as long as it is copied, it may not."""
    try:
        with file.open("rb") as stream:
            if file.suffix.casefold() == ".docx":
                return zipfile.is_zipfile(stream)  # its list of parts stands at its end
            return bool(stream.read(1))
    except OSError:
        return False


def _recordings(folder: Path) -> list[Path]:
    with suppress(FileNotFoundError, NotADirectoryError):
        files = (folder / name for name in os.listdir(folder))  # noqa: PTH208  there are hundreds
        return sorted(file for file in files if is_audio_name(file) or file.name == TAKES_JSON)
    return []


def _stamp(file: Path | str) -> tuple[int, int] | None:
    try:
        facts = os.stat(file)  # noqa: PTH116
    except OSError:
        return None
    return facts.st_size, facts.st_mtime_ns


def _came_ns(file: Path) -> int:
    """Give when a file came to lie there: a copy may have kept the time of its original."""
    try:
        facts = file.stat()
    except OSError:
        return 0
    return max(facts.st_mtime_ns, facts.st_ctime_ns)
