"""A script's cues and the station's music → what is played where, beside and under the turns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from broadcast.cache import file_digest
from broadcast.errors import BroadcastError
from broadcast.messages import Message
from broadcast.model import Cue, Insert, Music, Problem, Script, Turn
from broadcast.production.desk.cues_meant import USUAL_PAUSE_MS, meanings
from broadcast.workspace import STATION_FILE


@dataclass(frozen=True, slots=True)
class BedUnderTurns:
    """Music under the turns from ``first`` up to, not including, ``end``."""

    first: int
    end: int
    music: Insert


@dataclass(frozen=True, slots=True)
class Played:
    """What is played, by the index of a turn in order of air.

    ``before`` are inserts before a turn (the number of turns: at the end), ``beds`` the music under
    stretches of turns, in order and apart, ``pauses_ms`` the pauses asked for after a turn.
    ``problems`` say which cues do nothing.
    """

    before: Mapping[int, tuple[Insert, ...]] = field(default_factory=dict)
    beds: tuple[BedUnderTurns, ...] = ()
    pauses_ms: Mapping[int, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def made_from(self) -> list[object]:
        """Name what decides how it sounds; JSON can hold it."""
        inserts = [
            [at, one.kind, one.key, one.start_ms, one.end_ms]
            for at, several in sorted(self.before.items())
            for one in several
        ]
        beds = [
            [bed.first, bed.end, bed.music.key, bed.music.start_ms, bed.music.end_ms]
            for bed in self.beds
        ]
        return [inserts, beds, sorted(self.pauses_ms.items())]


def played(script: Script, music: Music, turns: Sequence[Turn], root: Path) -> Played:
    """Decide what is played where; ``turns`` are all turns in order of air.

    Files in cues are named from the station's folder, ``root``. Raises BroadcastError naming a
    music file that is not there.
    """
    before: dict[int, list[Insert]] = {}
    pauses_ms: dict[int, int] = {}
    meant = tuple(meanings(script, music, root))
    beds = _kinds_with_bed(music, turns)
    for number, (cue, meaning) in enumerate(zip(script.cues, meant, strict=True)):
        at = _place(cue, turns)
        if cue.kind == "pause":
            pause_ms = cue.end_ms or USUAL_PAUSE_MS
            pauses_ms[at - 1] = pauses_ms.get(at - 1, 0) + pause_ms
        if meaning.file is None:
            continue
        insert = _insert("clip" if cue.kind == "clip" else "music", meaning.file, script.file, cue)
        if cue.kind == "bed":
            for under in range(at, _end_of_bed(script.cues[number + 1 :], at, turns)):
                beds[under] = insert
        else:
            before.setdefault(at, []).append(insert)
    if music.sting:
        for at in range(1, len(turns)):
            asks = turns[at].role == "reporter" and turns[at].kind == "turn"
            if asks and turns[at - 1].role == "official" and at not in before and at not in beds:
                before[at] = [_of_station(music.sting)]
    replaced = {meaning.replaces for meaning in meant}
    if music.intro and "intro" not in replaced:
        before.setdefault(0, []).insert(0, _of_station(music.intro))
    if music.outro and "outro" not in replaced:
        before.setdefault(len(turns), []).append(_of_station(music.outro))
    return Played(
        {at: tuple(inserts) for at, inserts in before.items()},
        _stretches(beds, before),
        pauses_ms,
        tuple(meaning.problem for meaning in meant if meaning.problem is not None),
    )


def _kinds_with_bed(music: Music, turns: Sequence[Turn]) -> dict[int, Insert]:
    """Give the station's bed for the turns that it shall be under."""
    if music.bed is None:
        return {}
    bed = _of_station(music.bed)
    return {at: bed for at, turn in enumerate(turns) if turn.kind in music.bed_under}


def _end_of_bed(following: Sequence[Cue], at: int, turns: Sequence[Turn]) -> int:
    """Give where a bed ends that a cue begins before turn ``at``: where the script says so.

    A script that does not say so has it under one turn.
    """
    end = next((cue for cue in following if cue.kind in ("bed", "bed end")), None)
    if end is None or end.kind == "bed":
        return min(at + 1, len(turns))
    return max(_place(end, turns), min(at + 1, len(turns)))


def _stretches(
    beds: Mapping[int, Insert], before: Mapping[int, object]
) -> tuple[BedUnderTurns, ...]:
    """Join turns with the same bed that follow each other, with nothing played between them."""
    joined: list[BedUnderTurns] = []
    for at, bed in sorted(beds.items()):
        last = joined[-1] if joined else None
        if last and last.end == at and last.music == bed and at not in before:
            joined[-1] = BedUnderTurns(last.first, at + 1, bed)
        else:
            joined.append(BedUnderTurns(at, at + 1, bed))
    return tuple(joined)


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
            Message("music.no-file", "There is no music file {file}.", file=file),
            file=named_in,
            line=cue.line if cue else None,
            hint=Message(
                "music.no-file.hint",
                "Put it there, or mend its name: names begin at the station's folder.",
            ),
        )
    return Insert(
        kind,
        file,
        file_digest(file),
        cue.start_ms if cue else None,
        cue.end_ms if cue else None,
        named_in,
        cue.line if cue else None,
    )
