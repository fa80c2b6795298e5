"""A station, a script and its recordings → what an episode is made from, read once."""

from __future__ import annotations

import time
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from broadcast.cache import Cache
from broadcast.errors import BroadcastError
from broadcast.model import Script, Turn
from broadcast.production.desk.draft import read_draft
from broadcast.production.desk.expected_length import expected_ms
from broadcast.production.desk.find_script import name_of
from broadcast.production.desk.progress import Reporter, waiting
from broadcast.production.desk.read_script import day_of
from broadcast.production.desk.read_station import station_of
from broadcast.production.desk.remembered_script import SentencesOf, known_script, remembering
from broadcast.production.desk.same_words import refuse_other_name
from broadcast.production.desk.standing_words import in_order_of_air
from broadcast.production.desk.station_cache import cache_of
from broadcast.production.desk.touched import Stamps, recordings_seen, seen, settled
from broadcast.recordings.folder import has_staged
from broadcast.recordings.standing import (
    Standing,
    among_turns,
    finish_copies,
    recorded_turns,
    takes_standing,
)
from broadcast.station import Station
from broadcast.workspace import Workspace, episode_name
from broadcast.workspace.locks import locked


@dataclass(frozen=True, slots=True)
class Inputs:
    """What an episode is made from, as it was when it was read; ``began_s`` tells when.

    ``said`` gives the sentences of a turn, ``standing`` the takes as they stand with all turns that
    are heard on ``day``: the script's, and the station's opening, notice and closing.
    ``beside`` are covers, music and clips: the files that the station or the script name.
    ``stamps`` are those of all files that were read, looked at before; ``settled``: a change of
    any of them will show there.
    """

    workspace: Workspace
    file: Path
    name: str
    station: Station
    script: Script
    said: SentencesOf
    cache: Cache
    day: date
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
            for turn in self.standing.turns
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
            standing=_with_notice(standing, self.script, self.station, self.day),
            stamps={**kept, **now},
            settled=self.settled and settled(now, looked_s),
        )


def read_inputs(
    workspace: Workspace,
    file: Path,
    reporter: Reporter,
    now: datetime | None = None,
    on: date | None = None,
    *,
    is_new: bool = False,
) -> Inputs:
    """Read what an episode is made from. Nothing is held meanwhile: ``seen_now`` tells of changes.

    An episode that has no date yet gets that of ``now``; without it, that of this moment. ``on`` is
    the day that a build is asked for.
    Raises BroadcastError when the station, the script or takes.json cannot be read; and where the
    script has the words of an episode whose own is gone, unless it is said that ``is_new``.
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
    if not is_new:
        refuse_other_name(workspace, file, script.turns, reporter)
    beside = _beside(workspace, station, script)
    stamps = {**seen(workspace, file, beside), **first}
    day = on or _day(
        workspace, name, station, script, now or datetime.fromtimestamp(began_s).astimezone()
    )
    turns = _turns(script, station, day, ())
    standing = takes_standing(folder, turns, cache)
    return Inputs(
        workspace=workspace,
        file=file,
        name=name,
        station=station,
        script=script,
        said=remembering(workspace, station, script, cache),
        cache=cache,
        day=day,
        standing=_with_notice(standing, script, station, day),
        beside=beside,
        began_s=began_s,
        stamps=stamps,
        settled=settled(stamps, began_s),
    )


def _day(workspace: Workspace, name: str, station: Station, script: Script, now: datetime) -> date:
    """Give the episode's date; what is wrong with it, or with its draft, a build tells."""
    if "{date}" not in station.opening + station.closing:
        return now.date()  # nothing that is said depends on it
    draft = None
    with suppress(BroadcastError):
        draft = read_draft(workspace.draft(name))
    if draft and draft.record.asked.day:
        return draft.record.asked.day
    try:
        return day_of(script, draft.record.date if draft else None, now)
    except BroadcastError:
        return now.date()


def _turns(
    script: Script, station: Station, day: date, recorded: Collection[str]
) -> tuple[Turn, ...]:
    title = script.title or episode_name(script.file)
    return in_order_of_air(script, station, title=title, day=day, recorded=recorded)


def _with_notice(standing: Standing, script: Script, station: Station, day: date) -> Standing:
    """Give how takes stand with the notice that the synthetic voices among them call for."""
    recorded = recorded_turns(standing, station.stale)
    return among_turns(standing, _turns(script, station, day, recorded))


def _beside(workspace: Workspace, station: Station, script: Script) -> tuple[Path, ...]:
    music = station.sound.music
    named = (station.show.cover, music.intro, music.outro, music.sting, music.bed)
    own = [workspace.root / script.front.cover] if script.front.cover else []
    cued = (workspace.root / cue.file for cue in script.cues if cue.file)
    return tuple(dict.fromkeys([*filter(None, named), *own, *cued]))


def _is_in(path: str, folder: Path) -> bool:
    """Whether it is a recording: the episode's, in ``folder``, or the announcer's, beside it."""
    return Path(path).parent in (folder, folder.parent)
