"""A script whose episode nothing is known of → the episodes of other names that have its words.

An office gives a script another name and means the same programme ("bài (bản cuối).docx"). Its
words are found again as a recording finds its turn when a script was edited (``recordings/pair``);
what stands in a name is no sign of anything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import msgspec

from broadcast.errors import BroadcastError
from broadcast.feed.published import read_published, read_sentences
from broadcast.messages import Message
from broadcast.model import Problem, Turn
from broadcast.production.desk.draft import DRAFT_FILE
from broadcast.production.desk.find_script import scripts_of
from broadcast.production.desk.first_met import is_first_met
from broadcast.production.desk.known import drafted_names
from broadcast.production.desk.progress import Reporter
from broadcast.production.desk.read_station import station_of
from broadcast.production.desk.remembered_script import known_script
from broadcast.production.desk.station_cache import cache_of
from broadcast.recordings.pair import SIMILAR, pair
from broadcast.recordings.takes_file import KnownTake, TakePart, Takes, read_takes
from broadcast.text import folded
from broadcast.workspace import TAKES_JSON, Workspace, episode_name, here

_FEWEST_WORDS = 8
"""So many words in common are a passage: fewer may be anybody's."""
_PAIRS, _PAIRS_IN_COMMON = 60, 0.1
"""So many pairs of words are looked for; texts of which half the words are alike share more."""
_NO_FILE = (TakePart("-"),)


@dataclass(frozen=True, slots=True)
class Namesake:
    """An episode that has a script's words; ``is_gone``: its own script is no longer there."""

    name: str
    is_gone: bool
    likeness: float


class _TurnWords(msgspec.Struct):
    id: str
    kind: str
    speaker: str
    text: str


class _DraftWords(msgspec.Struct):
    """What of an episode.json of any format tells its words."""

    script: str
    turns: tuple[_TurnWords, ...]


def namesakes(workspace: Workspace, file: Path, turns: Sequence[Turn]) -> tuple[Namesake, ...]:
    """Give the episodes that have the words of a script, those whose script is gone first.

    None where something of the script's own episode is known: it has its name then. A record that
    is damaged has no words.
    """
    if not is_first_met(workspace, file):
        return ()
    own = episode_name(file)
    said = [turn for turn in turns if not turn.is_standing]
    pairs = _pairs(said)
    found = (
        _namesake(workspace, name, file, said, pairs) for name in _names(workspace) if name != own
    )
    return tuple(
        sorted(filter(None, found), key=lambda one: (not one.is_gone, -one.likeness, one.name))
    )


def known_namesakes(workspace: Workspace, file: Path) -> tuple[Namesake, ...]:
    """Give the same of a script that is not read yet. Raises as reading it does."""
    if not is_first_met(workspace, file):
        return ()
    station = station_of(workspace)
    script = known_script(station, file, cache_of(workspace, station))
    return namesakes(workspace, file, script.turns)


def refuse_other_name(
    workspace: Workspace, file: Path, turns: Sequence[Turn], reporter: Reporter
) -> None:
    """Tell whose words a script has that is met for the first time.

    Raises BroadcastError where that is an episode whose own script is gone: a second one would be
    made of it, without its recordings.
    """
    found = namesakes(workspace, file, turns)
    gone = tuple(one.name for one in found if one.is_gone)
    if gone:
        raise BroadcastError(
            Message(
                "renamed.refused",
                "This script has the words of {names:or}, whose own script is gone: a second "
                "programme would be made, without the recordings and the place in the feed.",
                names=gone,
            ),
            file=file,
            hint=Message(
                "renamed.refused.hint",
                'If it is the same programme: broadcast rename {name} "{file}"\n'
                'If it is another one: broadcast build "{file}" --new',
                name=gone[0],
                file=here(file),
            ),
        )
    for problem in copies_told(file, found):
        reporter.problem(file, problem)


def renamed_told(file: Path, found: Sequence[Namesake]) -> Iterator[Problem]:
    """Tell, where nothing is made of a script, that it is perhaps an episode under another name."""
    for one in found:
        if one.is_gone:
            yield Problem(
                None,
                "warning",
                Message(
                    "renamed.perhaps",
                    "These are the words of {name}, whose own script is gone.",
                    name=one.name,
                ),
                _same_one(one, file),
            )


def copies_told(file: Path, found: Sequence[Namesake]) -> Iterator[Problem]:
    """Tell of the episodes that have a script's words and a script of their own."""
    for one in found:
        if not one.is_gone:
            yield Problem(
                None,
                "warning",
                Message(
                    "renamed.copy",
                    "Another programme, {name}, has these words or nearly these, "
                    "and its own script.",
                    name=one.name,
                ),
                _same_one(one, file),
            )


def _same_one(one: Namesake, file: Path) -> Message:
    return Message(
        "renamed.same-one.hint",
        'If it is the same programme: broadcast rename {name} "{file}"',
        name=one.name,
        file=here(file),
    )


def _names(workspace: Workspace) -> list[str]:
    """Name every episode that anything is known of."""
    recorded = workspace.names_with("recordings", TAKES_JSON)
    return sorted({*drafted_names(workspace), *workspace.published_names(), *recorded})


def _namesake(
    workspace: Workspace, name: str, file: Path, turns: Sequence[Turn], pairs: Sequence[str]
) -> Namesake | None:
    words: tuple[KnownTake, ...]
    is_gone, whole = True, True
    if (draft := _draft_words(workspace.draft(name) / DRAFT_FILE)) is not None:
        is_gone = not _is_another(workspace.root / draft.script, file)
        same = {turn.id for turn in draft.turns}.intersection(turn.id for turn in turns)
        if not (same or (is_gone and _may_be(draft.turns, pairs))):
            return None  # there may be thousands: what is to be told of them is told soon
        words = tuple(
            KnownTake(_NO_FILE, turn.speaker, turn.text, turn.id)
            for turn in draft.turns
            if turn.text.strip() and turn.kind not in ("opening", "notice", "closing")
        )
    else:
        words, whole = _other_words(workspace, name)
    likeness = _likeness(words, turns, whole=whole)
    if likeness < SIMILAR:
        return None
    return Namesake(name, is_gone and not scripts_of(workspace, name), likeness)


def _pairs(turns: Sequence[Turn]) -> list[str]:
    """Give some of the pairs of words that stand side by side, from all over a script."""
    pairs = [" ".join(both) for turn in turns for both in pairwise(turn.text.split())]
    return pairs[:: max(1, len(pairs) // _PAIRS)]


def _may_be(had: Sequence[_TurnWords], pairs: Sequence[str]) -> bool:
    text = "\n".join(turn.text for turn in had)
    return sum(one in text for one in pairs) >= _PAIRS_IN_COMMON * len(pairs)


def _is_another(script: Path, file: Path) -> bool:
    with suppress(OSError):
        return not script.samefile(file)
    return False  # it is gone


def _draft_words(file: Path) -> _DraftWords | None:
    with suppress(OSError, msgspec.DecodeError, UnicodeDecodeError):
        return msgspec.json.decode(file.read_bytes(), type=_DraftWords)
    return None


def _other_words(workspace: Workspace, name: str) -> tuple[tuple[KnownTake, ...], bool]:
    """Give what listeners heard, else what was recorded, and whether that is all of its words."""
    folder = workspace.published(name)
    with suppress(BroadcastError):
        if (episode := read_published(folder)) is not None:
            said: dict[tuple[str, str], list[str]] = {}
            for one in read_sentences(folder, episode):
                said.setdefault((one.turn or one.text, one.speaker), []).append(one.text)
            return tuple(
                KnownTake(_NO_FILE, speaker, " ".join(texts), turn)
                for (turn, speaker), texts in said.items()
            ), True
    with suppress(BroadcastError):
        takes = {take.turn: take for take in read_takes(workspace.recordings(name)).takes}
        return tuple(takes.values()), False
    return (), False


def _likeness(words: Sequence[KnownTake], turns: Sequence[Turn], *, whole: bool) -> float:
    """Give how much of the words is with a turn: 2·common / all, as turns are compared.

    Of an episode of which not the ``whole`` is known, it is common / known.
    """
    had, has = _count(take.heard for take in words), _count(turn.text for turn in turns)
    all_words = (had.total() + has.total()) / 2 if whole else had.total()
    fewest = max(_FEWEST_WORDS, SIMILAR * all_words)
    if (had & has).total() < fewest:
        return 0.0
    ids = {turn.id for turn in turns}
    carried = (
        take for take in pair(Takes(tuple(words)), turns, {}).takes.takes if take.turn in ids
    )
    common = _count(take.heard for take in carried).total()
    return common / all_words if common >= fewest else 0.0


def _count(texts: Iterator[str]) -> Counter[str]:
    return Counter(word for text in texts for word in folded(text).split())
