"""A script's cues and the station's music → what is played where, beside and under the turns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from broadcast.cache import file_digest
from broadcast.errors import BroadcastError
from broadcast.model import Cue, Insert, Music, Script, Turn, TurnKind
from broadcast.workspace import STATION_FILE

_USUAL_PAUSE_MS = 2_000


@dataclass(frozen=True, slots=True)
class Played:
    """What is played, by the index of a turn in order of air.

    ``before`` are inserts before a turn (the number of turns: at the end), ``beds`` the music under
    a kind of turn, ``pauses_ms`` the pauses asked for after a turn. ``notes`` say what could not
    be done.
    """

    before: Mapping[int, tuple[Insert, ...]] = field(default_factory=dict)
    beds: Mapping[TurnKind, Insert] = field(default_factory=dict)
    pauses_ms: Mapping[int, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def made_from(self) -> list[object]:
        """Name what decides how it sounds; JSON can hold it."""
        inserts = [
            [at, one.kind, one.key, one.start_ms, one.end_ms]
            for at, several in sorted(self.before.items())
            for one in several
        ]
        beds = sorted((kind, bed.key) for kind, bed in self.beds.items())
        return [inserts, beds, sorted(self.pauses_ms.items())]


def played(script: Script, music: Music, turns: Sequence[Turn], root: Path) -> Played:
    """Decide what is played where; ``turns`` are all turns in order of air.

    Files in cues are named from the station's folder, ``root``. Raises BroadcastError naming a
    music file that is not there.
    """
    before: dict[int, list[Insert]] = {}
    pauses_ms: dict[int, int] = {}
    notes: list[str] = []
    for cue in script.cues:
        at = _place(cue, turns)
        if cue.kind == "pause":
            pause_ms = cue.end_ms or _USUAL_PAUSE_MS
            pauses_ms[at - 1] = pauses_ms.get(at - 1, 0) + pause_ms
            continue
        file = root / Path(cue.file) if cue.file else music.sting or music.intro
        if file is None:
            notes.append(
                f"line {cue.line}: no music is named, and station.toml has none: nothing is played"
            )
            continue
        insert = _insert("clip" if cue.kind == "clip" else "music", file, script.file, cue)
        before.setdefault(at, []).append(insert)
    if music.sting:
        for at in range(1, len(turns)):
            asks = turns[at].role == "reporter" and turns[at].kind == "turn"
            if asks and turns[at - 1].role == "official" and at not in before:
                before[at] = [_of_station(music.sting)]
    if music.intro:
        before.setdefault(0, []).insert(0, _of_station(music.intro))
    if music.outro:
        before.setdefault(len(turns), []).append(_of_station(music.outro))
    beds = {kind: _of_station(music.bed) for kind in music.bed_under} if music.bed else {}
    return Played(
        {at: tuple(inserts) for at, inserts in before.items()}, beds, pauses_ms, tuple(notes)
    )


def _place(cue: Cue, turns: Sequence[Turn]) -> int:
    """Give the index of the turn that a cue comes before."""
    for index, turn in enumerate(turns):
        if cue.after == 0 and turn.kind == "turn":
            return index
        if turn.n is not None and turn.n == cue.after:
            return index + 1
    return len(turns)


def _of_station(file: Path) -> Insert:
    return _insert("music", file, Path(STATION_FILE), None)


def _insert(kind: Literal["music", "clip"], file: Path, named_in: Path, cue: Cue | None) -> Insert:
    if not file.is_file():
        raise BroadcastError(
            f"There is no music file {file}.",
            file=named_in,
            line=cue.line if cue else None,
            hint="Put it there, or mend its name: names begin at the station's folder.",
        )
    return Insert(
        kind,
        file,
        file_digest(file),
        cue.start_ms if cue else None,
        cue.end_ms if cue else None,
    )
