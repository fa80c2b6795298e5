"""A folder of files and a script's turns → which file is for which turn, to be accepted or not.

Names decide where they say a turn. Files whose names say nothing are taken in their order and
given to the turns in theirs, so that lengths agree best with what the words would take.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Literal

from broadcast.cache import Cache
from broadcast.errors import BroadcastError
from broadcast.model import Problem, Turn
from broadcast.recordings.folder import audio_files
from broadcast.recordings.judge import called, take_doubts
from broadcast.recordings.pair import named_turn
from broadcast.recordings.sounds import Sound, sound_of
from broadcast.recordings.swap import swapped
from broadcast.recordings.takes_file import Takes

# A file and a turn are not paired when their lengths differ by more than a factor of e: leaving
# both out then costs less. Files are there because somebody recorded them; turns may be missing.
# A person's turns are mostly recorded together, so other people's are left out more lightly.
_FILE_LEFT_OVER, _TURN_LEFT_OUT, _OTHERS_TURN_LEFT_OUT = 0.7, 0.3, 0.1
_ABOUT_AS_GOOD = 0.1
# Added to both lengths: in a word or two, a second more is no sign of anything.
_SLACK_MS = 1_000


@dataclass(frozen=True, slots=True)
class Placed:
    """A file, the turn it is for, how that was found, and what is doubtful about it."""

    file: Path
    turn: Turn
    length_ms: int
    expected_ms: int
    by: Literal["name", "order"]
    doubts: tuple[Problem, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether it cannot be the turn's take, or not unless it is swapped in by force."""
        return any(doubt.level == "error" for doubt in self.doubts)


@dataclass(frozen=True, slots=True)
class FolderPlan:
    """What would be done with a folder: files in order of their turns, and what is left.

    ``known`` are files whose sound is in use already, ``left_over`` those that fit no turn;
    ``without`` are the turns that no file is for.
    """

    placed: tuple[Placed, ...]
    known: tuple[Path, ...]
    left_over: tuple[Path, ...]
    without: tuple[Turn, ...]
    problems: tuple[Problem, ...]


def plan_folder(
    source: Path,
    turns: Sequence[Turn],
    takes: Takes,
    *,
    expected_ms: Mapping[str, int],
    cache: Cache,
) -> FolderPlan:
    """Plan which file of a folder becomes a take of which turn; nothing is copied.

    Raises BroadcastError when there is no audio file in the folder.
    """
    files = audio_files(source)
    if not files:
        hint = "Name the folder that holds the recordings themselves."
        raise BroadcastError("There are no audio files in this folder.", file=source, hint=hint)
    sounds, problems = _heard(files, cache)
    turn_of = {part.digest: take.turn for take in takes.takes for part in take.files}
    known = [file for file, sound in sounds.items() if sound.stretch.digest in turn_of]
    named = {
        file: turn
        for file in sounds
        if file not in known and (turn := named_turn(file.name, turns))
    }
    taken = {turn.id for turn in named.values()}
    taken |= {turn_of[sounds[file].stretch.digest] for file in known}
    free = [turn for turn in turns if turn.id not in taken]
    unnamed = [file for file in sounds if file not in known and file not in named]
    lengths = [sounds[file].duration_ms for file in unnamed]
    ordered = _by_order(lengths, free, expected_ms)

    placed = []
    for file, turn in named.items():
        placed.append(_placed(file, turn, sounds[file], expected_ms[turn.id], "name"))
    for index, place in ordered.items():
        turn, sound = free[place], sounds[unnamed[index]]
        rival = _rival(index, lengths[index], ordered, free, expected_ms)
        placed.append(
            _placed(unnamed[index], turn, sound, expected_ms[turn.id], "order", rival=rival)
        )
    places = {turn.id: place for place, turn in enumerate(turns)}
    filled = taken | {entry.turn.id for entry in placed}
    return FolderPlan(
        placed=tuple(sorted(placed, key=lambda entry: places[entry.turn.id])),
        known=tuple(known),
        left_over=tuple(file for index, file in enumerate(unnamed) if index not in ordered),
        without=tuple(turn for turn in turns if turn.id not in filled),
        problems=tuple(problems),
    )


def accepted(plan: FolderPlan, takes: Takes, folder: Path, *, forced: bool = False) -> Takes:
    """Copy a plan's files into a recordings folder and give takes in which they are the newest.

    Refused files are left out unless ``forced``. takes.json is not written. Raises OutsideError
    when the disk refuses.
    """
    for entry in plan.placed:
        if forced or not entry.refused:
            takes = swapped(takes, entry.turn, [entry.file], folder, forced=forced)
    return takes


def _heard(files: Sequence[Path], cache: Cache) -> tuple[dict[Path, Sound], list[Problem]]:
    sounds: dict[Path, Sound] = {}
    problems: list[Problem] = []
    for file in files:
        try:
            sound = sound_of(file, None, None, cache)
        except BroadcastError as error:
            message = f"{file.name} cannot be used: {error.message}"
            problems.append(Problem(None, "warning", message, error.hint))
            continue
        if sound.heard.speech is None:
            message = f"{file.name} is left out: nobody is heard speaking in it"
            problems.append(Problem(None, "warning", message))
        else:
            sounds[file] = sound
    return sounds, problems


def _placed(
    file: Path,
    turn: Turn,
    sound: Sound,
    expected_ms: int,
    by: Literal["name", "order"],
    *,
    rival: Turn | None = None,
) -> Placed:
    doubts = take_doubts(turn, [sound], turn.text, expected_ms)
    if rival is not None:
        message = f"{called(turn)}: by its length, {file.name} could be {called(rival)} as well"
        doubts = (*doubts, Problem(turn.line, "warning", message, "Listen to it."))
    return Placed(file, turn, sound.duration_ms, expected_ms, by, doubts)


def _by_order(
    lengths: Sequence[int], turns: Sequence[Turn], expected_ms: Mapping[str, int]
) -> dict[int, int]:
    """Give index of a length → index of its turn.

    Each speaker's turns alone are tried as well as all turns. People speak at their own pace: once
    it is known from a first assignment, it is allowed for in a second.
    """
    everything = list(range(len(turns)))
    speakers = dict.fromkeys(turn.speaker for turn in turns)
    choices = [everything, *([i for i in everything if turns[i].speaker == s] for s in speakers)]
    best: tuple[float, dict[int, int]] = (math.inf, {})
    for choice in choices:
        expected = [expected_ms[turns[i].id] for i in choice]
        _, first = _assignment(lengths, expected)
        paces = [math.log(_ratio(lengths[i], expected[j])) for i, j in first.items()]
        pace = math.exp(median(paces)) if len(paces) > 2 else 1.0
        cost, second = _assignment(lengths, [round(ms * pace) for ms in expected])
        cost += _OTHERS_TURN_LEFT_OUT * (len(turns) - len(choice))
        found = (cost, {i: choice[j] for i, j in second.items()})
        best = min(best, found, key=lambda one: one[0])
    return best[1]


def _assignment(lengths: Sequence[int], expected: Sequence[int]) -> tuple[float, dict[int, int]]:
    """Give the least cost of assigning lengths to expected ones in order, and that assignment."""
    rows, columns = len(lengths) + 1, len(expected) + 1
    cost = [[0.0] * columns for _ in range(rows)]
    came: list[list[tuple[int, int]]] = [[(0, 0)] * columns for _ in range(rows)]
    for i in range(rows):
        for j in range(columns):
            ways = []
            if i and j:
                fit = cost[i - 1][j - 1] + _misfit(lengths[i - 1], expected[j - 1])
                ways.append((fit, (i - 1, j - 1)))
            if i:
                ways.append((cost[i - 1][j] + _FILE_LEFT_OVER, (i - 1, j)))
            if j:
                ways.append((cost[i][j - 1] + _TURN_LEFT_OUT, (i, j - 1)))
            if ways:
                cost[i][j], came[i][j] = min(ways)
    assigned: dict[int, int] = {}
    at = (rows - 1, columns - 1)
    while at != (0, 0):
        before = came[at[0]][at[1]]
        if before == (at[0] - 1, at[1] - 1):
            assigned[before[0]] = before[1]
        at = before
    return cost[-1][-1], dict(sorted(assigned.items()))


def _rival(
    index: int,
    length_ms: int,
    ordered: Mapping[int, int],
    turns: Sequence[Turn],
    expected_ms: Mapping[str, int],
) -> Turn | None:
    """Give a turn without a file that would fit a file about as well, in order too."""
    place = ordered[index]
    before = max((p for i, p in ordered.items() if i < index), default=-1)
    after = min((p for i, p in ordered.items() if i > index), default=len(turns))
    fit = _misfit(length_ms, expected_ms[turns[place].id])
    for other in range(before + 1, after):
        same_speaker = turns[other].speaker == turns[place].speaker
        misfit = _misfit(length_ms, expected_ms[turns[other].id])
        if other != place and same_speaker and misfit < fit + _ABOUT_AS_GOOD:
            return turns[other]
    return None


def _misfit(length_ms: int, expected_ms: int) -> float:
    return math.log(_ratio(length_ms, expected_ms)) ** 2


def _ratio(length_ms: int, expected_ms: int) -> float:
    return (length_ms + _SLACK_MS) / (expected_ms + _SLACK_MS)
