"""What a language's writers put a full stop after in the middle of a sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Breaks:
    """Words of a language, in small letters, that decide where its sentences end.

    ``abbreviations`` keep their full stop and are followed by a name or a number; those of
    ``before_number`` do so before figures alone, those of ``days`` (with their capital) before a
    date. ``people`` stand before a name that is no more than a letter. ``begins`` tells of a word
    with a capital whether it is sooner the first of a sentence than a part of a name.
    """

    abbreviations: frozenset[str]
    before_number: frozenset[str]
    begins: Callable[[str], bool]
    days: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()


def either(one: Breaks, other: Breaks) -> Breaks:
    """Give what holds in copy that may be in either of two languages."""
    return Breaks(
        abbreviations=one.abbreviations | other.abbreviations,
        before_number=one.before_number | other.before_number,
        begins=lambda word: one.begins(word) or other.begins(word),
        days=one.days | other.days,
        people=one.people | other.people,
    )
