"""A recordings folder and a script's turns → takes as they stand, and as a decision leaves them.

It is read once. Decisions are made on it in memory, each giving the takes as they then stand, and
what was decided is written once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from broadcast.cache import Cache
from broadcast.model import Turn
from broadcast.recordings.choose import used_take
from broadcast.recordings.folder import digests_in, drop_staged, has_staged, show_staged
from broadcast.recordings.listen import digest
from broadcast.recordings.pair import Pairing, pair
from broadcast.recordings.takes_file import KnownTake, Takes, read_takes, write_takes

StalePolicy = Literal["use", "synthetic"]
"""What becomes of a recording whose words have changed: it is heard, or the synthetic voice is."""
_NO_FILES: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Standing:
    """Takes as they stand with a script's ``turns`` and the ``files`` in ``folder``.

    ``files`` gives the digest of each by its name, ``before`` is what takes.json says.
    """

    folder: Path
    turns: tuple[Turn, ...]
    files: Mapping[str, str]
    before: Takes
    pairing: Pairing

    @property
    def takes(self) -> Takes:
        """What takes.json shall remember from now on."""
        return self.pairing.takes

    @property
    def is_news(self) -> bool:
        """Whether takes.json is to be written: something was found, moved or decided."""
        return self.takes != self.before and bool(self.takes.takes or self.before.takes)


def takes_standing(folder: Path, turns: Sequence[Turn], cache: Cache) -> Standing:
    """Read how takes stand; nothing is written. Raises BroadcastError when takes.json is wrong."""
    before = read_takes(folder)
    files = digests_in(folder, lambda file: digest(file, cache), before.files())
    return Standing(folder, tuple(turns), files, before, pair(before, turns, files))


def used_takes(standing: Standing) -> dict[str, KnownTake]:
    """Give the takes that are heard, by the turn's id."""
    of_turn = standing.takes.by_turn()
    chosen = ((turn.id, used_take(of_turn.get(turn.id, ()), turn)) for turn in standing.turns)
    return {turn_id: take for turn_id, take in chosen if take is not None}


def recorded_turns(standing: Standing, stale: StalePolicy) -> frozenset[str]:
    """Give the ids of the turns in which a recording is heard, as far as names and words tell."""
    words = {turn.id: turn.text for turn in standing.turns}
    return frozenset(
        turn_id
        for turn_id, take in used_takes(standing).items()
        if not standing.pairing.missing.intersection(take.files)
        and (stale == "use" or take.says(words[turn_id]))
    )


def decided(standing: Standing, takes: Takes, arrived: Mapping[str, str] = _NO_FILES) -> Standing:
    """Give how takes stand once ``takes`` is decided; ``arrived`` are files that came with it."""
    files = {**standing.files, **arrived}
    return replace(standing, files=files, pairing=pair(takes, standing.turns, files))


def among_turns(standing: Standing, turns: Sequence[Turn]) -> Standing:
    """Give how the same takes stand with other turns."""
    turns = tuple(turns)
    differ = set(turns) ^ set(standing.turns)
    concerned = standing.pairing.unpaired or any(
        not turn.is_standing or standing.takes.of_turn(turn.id) for turn in differ
    )
    pairing = pair(standing.takes, turns, standing.files) if concerned else standing.pairing
    return replace(standing, turns=turns, pairing=pairing)


def commit_takes(standing: Standing) -> Standing:
    """Write what was decided, let the copies it speaks of be seen, and give how takes stand then.

    First remembered, then seen: killed between, a take of several files is one take still.
    """
    if standing.is_news:
        write_takes(standing.folder, standing.takes)
    finish_copies(standing.folder, standing.takes)
    return replace(standing, before=standing.takes)


def finish_copies(folder: Path, takes: Takes | None = None) -> None:
    """Let those copies be seen that takes.json speaks of, also after a command was killed.

    Others that it left are removed; the station is held, so nobody is at work on them.
    """
    if has_staged(folder):
        takes = read_takes(folder) if takes is None else takes
        expected = {p.file: p.digest for take in takes.takes for p in take.files}
        show_staged(folder, expected)
        drop_staged(folder, expected)
