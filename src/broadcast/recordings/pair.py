"""Known takes, a script's turns and the files now in the folder → which take is with which turn.

A take stays with its words: with the turn that has exactly these, wherever it stands; else with
the turn it was last with, if that is still there; else with the most similar turn that is new in
the script, of the same speaker, whose name may have changed too. It is an orphan while there is
none, and comes back with its words; and so it is while its words stand in several turns, or make a
turn together with those of other takes. A number in a file's name counts only for a file that no
take has yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from msgspec.structs import replace

from broadcast.model import Turn
from broadcast.recordings.file_names import named_turn
from broadcast.recordings.takes_file import KnownTake, TakePart, Takes
from broadcast.recordings.words_within import takes_within, turns_within
from broadcast.text import folded

SIMILAR = 0.5
"""Words in common, in order, that make a turn the changed form of another: 2·common / all.

Paragraphs of one long interview by one speaker have up to 0.33 in common without being related.
"""
_OWN_WORDS = 4
"""So many words and they are one turn's own: a shorter "Vâng, đúng vậy." may be anybody's."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """Takes as they stand with a script's turns, and what was noticed on the way.

    ``unpaired`` are files that no take has and whose names say no turn, ``missing`` parts of takes
    whose sound is gone, ``replaced`` files that hold another sound than when they were paired.
    """

    takes: Takes
    unpaired: tuple[str, ...] = ()
    missing: frozenset[TakePart] = frozenset()
    replaced: tuple[str, ...] = ()

    @property
    def orphans(self) -> tuple[KnownTake, ...]:
        """The takes whose words are in no turn now."""
        return tuple(take for take in self.takes.takes if take.turn not in self.takes.turns)


def pair(takes: Takes, turns: Sequence[Turn], files: Mapping[str, str]) -> Pairing:
    """Pair takes and files (name → digest) with the turns of a script.

    New files become takes of the turns they are named by, in the order of ``files``.
    """
    takes, replaced = _found_again(takes, files)
    with_words = _with_their_words(takes, turns)
    known = takes.files()
    new = [name for name in files if name not in known]
    named = {name: turn for name in new if (turn := named_turn(name, turns))}
    arrived = tuple(new_take(turn, [TakePart(name, files[name])]) for name, turn in named.items())
    takes_now = with_words + arrived
    recorded = {take.turn for take in takes_now}
    # A station's standing words are remembered where somebody has recorded them.
    ids = sorted(turn.id for turn in turns if not turn.is_standing or turn.id in recorded)
    return Pairing(
        takes=Takes(takes_now, tuple(ids)),
        unpaired=tuple(name for name in new if name not in named),
        missing=frozenset(
            part
            for take in with_words
            for part in take.files
            if files.get(part.file) != part.digest
        ),
        replaced=replaced,
    )


def new_take(turn: Turn, files: Iterable[TakePart]) -> KnownTake:
    """A take just recorded for a turn's words."""
    return KnownTake(tuple(files), turn.speaker, turn.text, turn.id)


def is_stale(take: KnownTake, turn: Turn) -> bool:
    """Whether the words heard in a take are not those of the turn it is with."""
    return not take.says(turn.text)


def _found_again(takes: Takes, files: Mapping[str, str]) -> tuple[Takes, tuple[str, ...]]:
    """Follow renamed files by their digests; give the names of those whose sound was replaced."""
    name_of = {digest: name for name, digest in reversed(list(files.items()))}
    known = {part.digest for take in takes.takes for part in take.files}
    replaced = set()

    def now(part: TakePart) -> TakePart:
        digest = files.get(part.file)
        if digest == part.digest:
            return part
        if part.digest in name_of:
            return replace(part, file=name_of[part.digest])
        if digest is None or (part.digest and digest in known):
            return part
        if part.digest:
            replaced.add(part.file)
        return replace(part, digest=digest)

    followed = (replace(take, files=tuple(map(now, take.files))) for take in takes.takes)
    return replace(takes, takes=tuple(followed)), tuple(sorted(replaced))


def _with_their_words(takes: Takes, turns: Sequence[Turn]) -> tuple[KnownTake, ...]:
    exact = _exact_turns(takes, turns)
    changed = _changed_turns(takes, exact, turns)
    speakers = {folded(turn.speaker) for turn in turns}
    paired = []
    for take, turn in zip(takes.takes, exact, strict=True):
        if turn is not None:
            renamed = folded(take.speaker) not in speakers
            take = replace(take, turn=turn.id, speaker=turn.speaker if renamed else take.speaker)
        elif _origin(take) in changed and not is_of_several(take, turns):
            take = replace(take, turn=changed[_origin(take)])
        paired.append(take)
    return tuple(paired)


def _exact_turns(known: Takes, turns: Sequence[Turn]) -> tuple[Turn | None, ...]:
    """Give for each take the turn with its very words, one turn to the takes of one turn.

    A speaker who is no longer in the script was renamed: then the words alone decide. So they do
    where they are the words of one new turn alone, and their own turn is gone: it is another's now.
    """
    takes = known.takes
    speakers = {folded(turn.speaker) for turn in turns}
    present = {turn.id for turn in turns}
    saying: dict[str, list[Turn]] = {}
    for turn in turns:
        saying.setdefault(folded(turn.text), []).append(turn)

    def candidates(take: KnownTake) -> list[Turn]:
        speaker, words = folded(take.speaker), folded(take.heard)
        same_words = saying.get(words, [])
        if speaker not in speakers:
            return same_words
        its_own = [turn for turn in same_words if folded(turn.speaker) == speaker]
        is_anothers = (
            not its_own
            and take.turn not in present
            and len(words.split()) >= _OWN_WORDS
            and [turn.id in known.turns for turn in same_words] == [False]
        )
        return same_words if is_anothers else its_own

    possible = [candidates(take) for take in takes]
    holder = {  # turn id → the turn that its takes were with
        take.turn: _origin(take)
        for take, found in zip(takes, possible, strict=True)
        if any(turn.id == take.turn for turn in found)
    }

    def placed(take: KnownTake, found: list[Turn]) -> Turn | None:
        mine = [turn for turn in found if holder.get(turn.id) == _origin(take)]
        free = [turn for turn in found if turn.id not in holder]
        for turn in [*mine, *free][:1]:
            holder[turn.id] = _origin(take)
            return turn
        return None

    return tuple(placed(take, found) for take, found in zip(takes, possible, strict=True))


def _changed_turns(
    takes: Takes, exact: Sequence[Turn | None], turns: Sequence[Turn]
) -> dict[str, str]:
    """Give for turns that are gone the new turn that each became, the most similar pairs first.

    A turn that several of them became together is none's, and one that became several has none.
    """
    present = {turn.id for turn in turns}
    placed = [
        (take, turn)
        for take, turn in zip(takes.takes, exact, strict=True)
        if turn is not None and take.turn not in present
    ]
    changed = {_origin(take): turn.id for take, turn in placed}
    exactly = {turn.id for turn in exact if turn is not None}
    unplaced = [
        take
        for take, turn in zip(takes.takes, exact, strict=True)
        if turn is None and take.turn not in present
    ]
    speakers = {folded(turn.speaker) for turn in turns}

    def may_be(take: KnownTake, turn: Turn) -> bool:
        """Whether the turn can be the take's in other words: of its speaker, if that is there."""
        speaker = folded(take.speaker)
        return folded(turn.speaker) == speaker or speaker not in speakers

    alike = [
        (-likeness, _origin(take), turn.id)
        for turn in turns
        if not (turn.id in takes.turns or turn.is_standing or turn.id in exactly)
        for take in unplaced
        if may_be(take, turn)
        and (likeness := _similarity(take.heard, turn.text)) >= SIMILAR
        and not is_of_several(take, turns)
        and not _is_joined(turn, unplaced)
    ]
    for _, gone, became in sorted(alike):
        if gone not in changed and became not in changed.values():
            changed[gone] = became
    return changed


def is_of_several(take: KnownTake, turns: Sequence[Turn]) -> bool:
    """Whether the words heard in a take are those of several turns now."""
    return len(turns_within(take.heard, [turn.text for turn in turns if not turn.is_standing])) > 1


def _is_joined(turn: Turn, takes: Sequence[KnownTake]) -> bool:
    """Whether a turn's words are those of several turns together, which are gone."""
    within = takes_within(turn.text, [take.heard for take in takes])
    return len({_origin(takes[at]) for at in within}) > 1


def _origin(take: KnownTake) -> str:
    """What the takes of one turn have in common; an entry written by hand may have no turn yet."""
    return take.turn or folded(take.heard)


def _similarity(words: str, other: str) -> float:
    matcher = SequenceMatcher(None, folded(words).split(), folded(other).split(), autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= SIMILAR else 0.0
