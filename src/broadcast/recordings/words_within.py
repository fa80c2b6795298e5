"""The words heard in a take and the turns of a script → the turns that the words stand in now.

A better reading of a script, or an editor, can make three turns of one, or one of three. Words are
then found again in runs, as they were written; single words that many turns have tell nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from broadcast.text import folded

_RUN_WORDS = 4
"""So many words in a row that two texts share are no chance; of a shorter text, all of it."""
_SHORTEST_WORDS = 2
_PASSAGE_WORDS = 8


def turns_within(words: str, texts: Sequence[str]) -> tuple[int, ...]:
    """Give which of ``texts``, the words of turns in their order, are heard in ``words``.

    They stand side by side, as what was one turn is seldom scattered: a form of words that comes
    back elsewhere is no part of it. One is heard when a passage of it is, or half of it, or when it
    has half of ``words``; one that stands apart, like a byline, when all of it is a passage.
    """
    said = folded(words).split()
    found = [_found(said, folded(text).split()) for text in texts]
    lengths = [len(folded(text).split()) for text in texts]
    first = max(range(len(texts)), key=lambda at: len(found[at]), default=None)
    if first is None or not _is_much(len(found[first]), lengths[first], len(said)):
        return ()
    heard, claimed = [first], set(found[first])
    for step in (-1, 1):
        at = first + step
        while 0 <= at < len(texts):
            new = found[at] - claimed
            if len(new) >= _PASSAGE_WORDS or (new and 2 * len(new) >= lengths[at]):
                heard.append(at)
                claimed |= new
            elif lengths[at] >= _RUN_WORDS:
                break
            at += step
    for at in set(range(len(texts))).difference(heard):
        new = found[at] - claimed
        if lengths[at] >= _PASSAGE_WORDS and len(new) >= lengths[at]:
            heard.append(at)
            claimed |= new
    return tuple(sorted(heard))


def takes_within(words: str, takes: Sequence[str]) -> tuple[int, ...]:
    """Give which of ``takes``, the words heard in each, the ``words`` of one turn are made of.

    They are in the order in which they stand there.
    """
    said = folded(words).split()
    parts = [folded(take).split() for take in takes]
    found = [_found(said, part) for part in parts]
    claimed: set[int] = set()
    first_of: dict[int, int] = {}
    for at in sorted(range(len(takes)), key=lambda at: -len(found[at])):
        new = found[at] - claimed
        if new and 2 * len(new) >= len(parts[at]):
            claimed |= new
            first_of[at] = min(new)
    return tuple(sorted(first_of, key=lambda at: first_of[at]))


def _is_much(common: int, of_text: int, of_words: int) -> bool:
    return common > 0 and (common >= _PASSAGE_WORDS or 2 * common >= min(of_text, of_words))


def _found(said: Sequence[str], part: Sequence[str]) -> set[int]:
    """Give the places in ``said`` where words of ``part`` stand in runs, or all of it."""
    length = min(_RUN_WORDS, len(part))
    if length < _SHORTEST_WORDS:
        return set()
    runs = set(_runs(part, length))
    return {
        place
        for start, run in enumerate(_runs(said, length))
        if run in runs
        for place in range(start, start + length)
    }


def _runs(words: Sequence[str], length: int) -> Iterator[tuple[str, ...]]:
    return (tuple(words[at : at + length]) for at in range(len(words) - length + 1))
