"""A station, a script and its recordings → what an episode is made from, read once."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import Path

from broadcast.cache import Cache
from broadcast.model import Script
from broadcast.production.desk.expected_length import expected_ms
from broadcast.production.desk.find_script import name_of
from broadcast.production.desk.progress import Reporter, waiting
from broadcast.production.desk.read_station import station_of
from broadcast.production.desk.remembered_script import Said, known_script, remembering
from broadcast.production.desk.station_cache import cache_of
from broadcast.production.desk.touched import Stamps, recordings_seen, seen, settled
from broadcast.recordings.folder import has_staged
from broadcast.recordings.standing import Standing, finish_copies, takes_standing
from broadcast.station import Station
from broadcast.workspace import Workspace, locked


@dataclass(frozen=True, slots=True)
class Inputs:
    """What an episode is made from, as it was when it was read; ``began_s`` tells when.

    ``said`` gives the sentences of a turn, ``standing`` the takes as they stand with the script.
    ``beside`` are cover, music and clips: the files that the station or the script name.
    ``stamps`` are those of all files that were read, looked at before; ``settled``: a change of
    any of them will show there.
    """

    workspace: Workspace
    file: Path
    name: str
    station: Station
    script: Script
    said: Said
    cache: Cache
    standing: Standing
    beside: tuple[Path, ...]
    began_s: float
    stamps: Stamps
    settled: bool

    def expected_ms(self) -> dict[str, int]:
        """Give how long each turn's words take to say, by its id."""
        pauses = self.station.sound.pauses
        return {
            turn.id: expected_ms(self.said(turn), self.script.language, pauses)
            for turn in self.script.turns
        }

    def seen_now(self) -> Stamps:
        """Look at all that was read as it is now; other than ``stamps``: something was touched."""
        return {
            **seen(self.workspace, self.file, self.beside),
            **recordings_seen(self.workspace, self.name),
        }

    def has_same_recordings(self) -> bool:
        """Whether the recordings and the decisions about them were not touched since."""
        now = recordings_seen(self.workspace, self.name)
        return now == {p: s for p, s in self.stamps.items() if _is_in(p, self.standing.folder)}

    def with_takes(self, standing: Standing) -> Inputs:
        """Give the inputs with takes as they stand since a decision about them was committed."""
        looked_s = time.time()
        now = recordings_seen(self.workspace, self.name)
        kept = {path: s for path, s in self.stamps.items() if not _is_in(path, standing.folder)}
        return replace(
            self,
            standing=standing,
            stamps={**kept, **now},
            settled=self.settled and settled(now, looked_s),
        )


def read_inputs(workspace: Workspace, file: Path, reporter: Reporter) -> Inputs:
    """Read what an episode is made from. Nothing is held meanwhile: ``seen_now`` tells of changes.

    Raises BroadcastError when the station, the script or takes.json cannot be read.
    """
    began_s = time.time()
    name = name_of(workspace, file)
    folder = workspace.recordings(name)
    if has_staged(folder):  # a swap was killed before its copies could be seen
        with locked(workspace, waiting(reporter)):
            finish_copies(folder)
    first = {**seen(workspace, file), **recordings_seen(workspace, name)}
    station = station_of(workspace)
    cache = cache_of(workspace, station)
    script = known_script(station, file, cache)
    beside = _beside(workspace, station, script)
    stamps = {**seen(workspace, file, beside), **first}
    return Inputs(
        workspace=workspace,
        file=file,
        name=name,
        station=station,
        script=script,
        said=remembering(workspace, station, script, cache),
        cache=cache,
        standing=takes_standing(folder, script.turns, cache),
        beside=beside,
        began_s=began_s,
        stamps=stamps,
        settled=settled(stamps, began_s),
    )


def _beside(workspace: Workspace, station: Station, script: Script) -> tuple[Path, ...]:
    music = station.sound.music
    named = (station.show.cover, music.intro, music.outro, music.sting, music.bed)
    cued = (workspace.root / cue.file for cue in script.cues if cue.file)
    return tuple(dict.fromkeys([*filter(None, named), *cued]))


def _is_in(path: str, folder: Path) -> bool:
    return Path(path).parent == folder
