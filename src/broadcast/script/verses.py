"""Lines one below the other, told to be a poem: they are regular, and break nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_FEWEST = 4
_LONGEST = 44
_WORDS = range(4, 9)
_ENDS_WITHIN = re.compile(r"[.?!…]\s+\S")


def verses_in(lines: Sequence[tuple[bool, str]]) -> frozenset[int]:
    """Give the places of verses among lines, of each of which it is told if a gap is before it.

    A stanza has four lines or more, each of the same number of words, or of six and eight in turn
    (lục bát), and no sentence ends within one.
    """
    return frozenset(
        at
        for places in _stanzas(lines)
        if _is_verse([lines[at][1] for at in places])
        for at in places
    )


def _stanzas(lines: Sequence[tuple[bool, str]]) -> Iterator[range]:
    begin = 0
    for at in range(1, len(lines) + 1):
        if at == len(lines) or lines[at][0]:
            yield range(begin, at)
            begin = at


def _is_verse(texts: Sequence[str]) -> bool:
    if len(texts) < _FEWEST or any(len(text) > _LONGEST for text in texts):
        return False
    counts = [len(text.split()) for text in texts]
    even, odd = set(counts[::2]), set(counts[1::2])
    return (
        (len(even | odd) == 1 or (even, odd) in (({6}, {8}), ({8}, {6})))
        and all(count in _WORDS for count in even | odd)
        and not any(_ENDS_WITHIN.search(text) for text in texts)
    )
