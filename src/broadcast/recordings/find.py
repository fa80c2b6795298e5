"""A recordings folder and a script's turns → the recordings that are heard, and their doubts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from broadcast.cache import Cache
from broadcast.errors import BroadcastError
from broadcast.model import Problem, Recording, Turn
from broadcast.recordings.choose import used_take
from broadcast.recordings.folder import digests_in
from broadcast.recordings.judge import called, doubts_of_shared_files, take_doubts, unusable
from broadcast.recordings.listen import known_digest
from broadcast.recordings.pair import Pairing, is_stale, pair
from broadcast.recordings.sounds import Sound, sound_of
from broadcast.recordings.takes_file import KnownTake, Takes, read_takes

StalePolicy = Literal["use", "synthetic"]


@dataclass(frozen=True, slots=True)
class Row:
    """A turn as the record sheet shows it.

    ``take`` is the one that stands for it, ``recording`` what is heard of it; a take without a
    recording is stale or cannot be used, and the words are spoken by the synthetic voice.
    ``expected_ms`` is how long its words would take, ``length_ms`` how long what is heard does.
    """

    turn: Turn
    takes: tuple[KnownTake, ...]
    take: KnownTake | None
    recording: Recording | None
    expected_ms: int
    length_ms: int
    level_dbfs: float | None = None
    doubts: tuple[Problem, ...] = ()

    @property
    def stale(self) -> bool:
        """Whether the take that stands for the turn was recorded for other words."""
        return self.take is not None and is_stale(self.take, self.turn)


@dataclass(frozen=True, slots=True)
class Found:
    """The recordings that are heard, by turn id, and all that was noticed on the way.

    ``takes`` are to be written to takes.json where they differ from what ``known`` says was there.
    """

    recordings: Mapping[str, Recording]
    takes: Takes
    known: Takes
    rows: tuple[Row, ...]
    orphans: tuple[KnownTake, ...]
    unpaired: tuple[str, ...]
    problems: tuple[Problem, ...]


def found_recordings(
    folder: Path,
    turns: Sequence[Turn],
    *,
    expected_ms: Mapping[str, int],
    stale_policy: StalePolicy,
    cache: Cache,
    takes: Takes | None = None,
) -> Found:
    """Find, pair, judge and choose the recordings of a script; nothing is written.

    ``expected_ms`` is how long each turn's words would take, by turn id. ``takes`` stand for what
    takes.json says, to see what a decision would lead to. A recording that cannot be used is an
    error among the problems. Raises BroadcastError when takes.json cannot be understood,
    OutsideError when the folder cannot be read.
    """
    known = read_takes(folder)
    files = digests_in(folder, lambda file: known_digest(file, cache))
    pairing = pair(known if takes is None else takes, turns, files)
    performed = [_performed(turn, pairing, folder, stale_policy, cache) for turn in turns]
    shared = doubts_of_shared_files([(p.turn, p.sounds) for p in performed if p.sounds])
    rows = tuple(_row(p, expected_ms[p.turn.id], shared.get(p.turn.id, ())) for p in performed)
    recordings = {row.turn.id: row.recording for row in rows if row.recording}
    problems = [*_of_folder(pairing), *(doubt for row in rows for doubt in row.doubts)]
    return Found(
        recordings=recordings,
        takes=pairing.takes,
        known=known,
        rows=rows,
        orphans=pairing.orphans,
        unpaired=pairing.unpaired,
        problems=tuple(problems),
    )


@dataclass(frozen=True, slots=True)
class _Performed:
    """A turn, the take that stands for it, and its sounds where they are to be heard."""

    turn: Turn
    takes: tuple[KnownTake, ...]
    take: KnownTake | None
    sounds: tuple[Sound, ...]
    doubts: tuple[Problem, ...]


def _performed(
    turn: Turn, pairing: Pairing, folder: Path, stale_policy: StalePolicy, cache: Cache
) -> _Performed:
    takes = pairing.takes.of_turn(turn.id)
    doubts = [
        Problem(
            turn.line,
            "warning",
            f"{called(turn)}: {part.file} is missing",
            "Put the file back; until then this take is not used.",
        )
        for part in dict.fromkeys(part for take in takes if take.use for part in take.files)
        if part in pairing.missing
    ]
    take = used_take([t for t in takes if pairing.missing.isdisjoint(t.files)], turn)
    sounds: list[Sound] = []
    if take is not None and is_stale(take, turn):
        doubts.append(_stale_doubt(turn, take, stale_policy))
    if take is not None and not (stale_policy == "synthetic" and is_stale(take, turn)):
        for part in take.files:
            try:
                sounds.append(sound_of(folder / part.file, part.in_ms, part.out_ms, cache))
            except BroadcastError as error:
                doubts.append(unusable(turn, error, part.file))
        if len(sounds) < len(take.files):
            sounds = []
    return _Performed(turn, takes, take, tuple(sounds), tuple(doubts))


def _row(performed: _Performed, expected_ms: int, shared: tuple[Problem, ...]) -> Row:
    turn, take, sounds = performed.turn, performed.take, performed.sounds
    row = Row(turn, performed.takes, take, None, expected_ms, expected_ms, doubts=performed.doubts)
    if take is None or not sounds:
        return row
    doubts = take_doubts(turn, sounds, take.heard, expected_ms, forced=take.forced)
    levels = [s.heard.speech.level_dbfs for s in sounds if s.heard.speech]
    row = replace(
        row,
        level_dbfs=min(levels, default=None),
        doubts=(*row.doubts, *doubts, *shared),
    )
    if any(doubt.level == "error" for doubt in doubts):
        return row
    stale = is_stale(take, turn)
    recording = Recording(
        stretches=tuple(sound.stretch for sound in sounds),
        words=take.heard if stale else turn.text,
        stale=stale,
        number=performed.takes.index(take) + 1,
        count=len(performed.takes),
    )
    length_ms = sum(sound.duration_ms for sound in sounds)
    return replace(row, recording=recording, length_ms=length_ms)


def _stale_doubt(turn: Turn, take: KnownTake, stale_policy: StalePolicy) -> Problem:
    names = " and ".join(part.file for part in take.files)
    used = "is used all the same" if stale_policy == "use" else "is not used"
    return Problem(
        turn.line,
        "warning",
        f"{called(turn)}: the words have changed since {names} was recorded; it {used}",
        "Record it again, or, if the new words are what is heard, confirm it: "
        "broadcast takes … --confirm " + called(turn).removeprefix("turn "),
    )


def _of_folder(pairing: Pairing) -> list[Problem]:
    problems = [
        Problem(
            None,
            "warning",
            f"{name} is not used: its name says no turn of this script",
            "Name it by the turn's number (03.wav), or use: broadcast swap … TURN " + f'"{name}"',
        )
        for name in pairing.unpaired
    ]
    problems += [
        Problem(None, "warning", f"{name} holds another sound than when it was paired")
        for name in pairing.replaced
    ]
    return problems
