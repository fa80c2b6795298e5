"""Takes that came from another station and those that are here → both, or where they disagree.

Turns are settled one by one. Of a turn, one side's takes and decisions follow on the other's where
they are the same with more takes after them, or where the other's are known to have been seen there
before; else both changed it, and somebody has to decide.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import msgspec
from msgspec.structs import replace

from broadcast.cache import data_digest
from broadcast.recordings.takes_file import KnownTake, Takes
from broadcast.text import folded

Group = tuple[KnownTake, ...]
"""The takes of one turn, oldest first."""


@dataclass(frozen=True, slots=True)
class JoinedTakes:
    """Takes with what both sides have; ``torn`` are the takes of each turn that both changed."""

    takes: Takes
    torn: tuple[Group, ...]


def joined(
    here: Takes, theirs: Takes, *, seen_here: Collection[str], seen_there: Collection[str]
) -> JoinedTakes:
    """Give the takes that are here with what the others have besides.

    ``seen_here`` and ``seen_there`` are ``digests_of`` what each side has handed out or got.
    """
    own, other = _among_same_turns(here, theirs)
    result, torn = list(own.takes), []
    ours = _groups(own)
    for turn, group in _groups(other).items():
        mine = ours.get(turn, ())
        follows = _follows(group, mine, seen_there)
        if follows == _follows(mine, group, seen_here):
            if _plain(group) != _plain(mine):
                torn.append(group)
        elif follows:
            result = [take for take in result if _turn(take) != turn]
            result += group
    return JoinedTakes(
        replace(own, takes=tuple(result), turns=here.turns or theirs.turns), tuple(torn)
    )


def digests_of(takes: Takes) -> tuple[str, ...]:
    """Name what is decided of each turn that has takes."""
    return tuple(_digest(group) for group in _groups(takes).values())


def _follows(later: Group, earlier: Group, seen_with_later: Collection[str]) -> bool:
    """Whether takes of a turn are what came of others, as far as anybody knows."""
    before, now = _plain(earlier), _plain(later)
    if now[: len(before)] == before:
        return True
    return bool(now) and _digest(earlier) in seen_with_later  # nothing decides nothing


def _among_same_turns(here: Takes, theirs: Takes) -> tuple[Takes, Takes]:
    """Let the same takes be with the same turns: one side may have no build behind it yet."""
    turns = {key: take.turn for key, take in _keyed(theirs).items() if take.turn}
    turns |= {key: take.turn for key, take in _keyed(here).items() if take.turn}

    def placed(takes: Takes) -> Takes:
        keyed = _keyed(takes)
        return replace(
            takes,
            takes=tuple(replace(take, turn=turns.get(key, "")) for key, take in keyed.items()),
        )

    return placed(here), placed(theirs)


def _keyed(takes: Takes) -> Mapping[tuple[object, ...], KnownTake]:
    """Give takes by the sound that is heard and the words it was recorded for, in their order."""
    times: Counter[tuple[object, ...]] = Counter()
    keyed: dict[tuple[object, ...], KnownTake] = {}
    for take in takes.takes:
        sound = tuple((part.file, part.in_ms, part.out_ms) for part in take.files)
        key = (sound, take.words)
        keyed[*key, times[key]] = take
        times[key] += 1
    return keyed


def _groups(takes: Takes) -> dict[str, Group]:
    groups: dict[str, Group] = {}
    for take in takes.takes:
        groups[_turn(take)] = (*groups.get(_turn(take), ()), take)
    return groups


def _turn(take: KnownTake) -> str:
    return take.turn or f"{folded(take.speaker)}: {folded(take.words)}"


def _plain(group: Group) -> list[KnownTake]:
    """Give takes without what a build fills in of itself."""
    return [
        replace(take, turn="", files=tuple(replace(part, digest="") for part in take.files))
        for take in group
    ]


def _digest(group: Group) -> str:
    return data_digest(msgspec.json.encode(_plain(group), order="deterministic"))
