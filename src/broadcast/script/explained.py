"""A line of a script → why it was taken for what it is: the signs that decided, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from broadcast.errors import BroadcastError
from broadcast.messages import Message
from broadcast.model import Document, Person
from broadcast.script.decoder import BEGIN, Decision, committed, decide, kind_of, passage_signs
from broadcast.script.doubtful_lines import is_close
from broadcast.script.facts import Facts
from broadcast.script.parse import read_lines
from broadcast.script.sign_words import part_said, words_of
from broadcast.script.tags import TAGS, State, Tag, part_of

Sure = Literal["certain", "sure", "likely", "close"]
SURE_MARGIN = 300.0
"""From here on a line is sure to be what it was taken for.

Measured by ``python bench/train_decoder.py --folds 5 --seeds 2``: of the lines above it, in no
fold's training, 3 in 100 are wrong; of those below that are not close, 19.
"""
CERTAIN_MARGIN = 1e3
"""The margin of a line that can be nothing else."""
MOST_SIGNS = 6
"""As many signs are told on each side."""

LEAST_WEIGHT = 1.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sign that holds of a line, and by how much it speaks for what the line was taken for."""

    sign: str
    words: Message
    weight: float


@dataclass(frozen=True, slots=True)
class Explained:
    """A line, what it was taken for, how surely, what it could be, and the weightiest signs."""

    line: int
    text: str
    tag: Tag
    taken_for: Message
    sure: Sure
    margin: float
    rival: Message | None
    speaking_for: tuple[Evidence, ...]
    speaking_against: tuple[Evidence, ...]


def explained_line(
    document: Document, people: tuple[Person, ...], number: int
) -> tuple[Explained, ...]:
    """Explain all that stands in a line; a page's file may have many paragraphs in one.

    Raises BroadcastError when the line has no words.
    """
    facts = read_lines(document, people).facts
    found = []
    state = next(iter(BEGIN))
    for one, what in zip(facts, decide(facts), strict=True):
        if number in one.line.numbers:
            found.append(_explained(one, what, state))
        state = (what.tag, what.who)
    if not found:
        raise _no_words(document, facts, number)
    return tuple(found)


def _no_words(document: Document, facts: tuple[Facts, ...], number: int) -> BroadcastError:
    numbers = [each for one in facts for each in one.line.numbers]
    if not numbers:
        message = Message("check.explain.nothing", "There are no words to explain in this script.")
        return BroadcastError(message, file=document.file)
    message = Message(
        "check.explain.no-words",
        "Line {line} has no words to explain; words stand in lines {first} to {last}.",
        line=number,
        first=min(numbers),
        last=max(numbers),
    )
    return BroadcastError(message, file=document.file)


def _explained(facts: Facts, what: Decision, above: State) -> Explained:
    taken = (what.tag, what.who)
    certain = what.margin >= CERTAIN_MARGIN or part_of(taken) == part_of(what.rival)
    weighed = sorted(_weighed(facts, what, above), key=lambda one: -abs(one.weight))
    speaking_for = [one for one in weighed if one.weight > 0]
    against = [one for one in weighed if one.weight < 0]
    return Explained(
        facts.line.number,
        facts.line.text,
        what.tag,
        part_said(taken),
        "certain" if certain else how_sure(what),
        what.margin,
        None if certain else part_said(what.rival),
        () if certain else tuple(speaking_for[:MOST_SIGNS]),
        () if certain else tuple(against[:MOST_SIGNS]),
    )


def how_sure(what: Decision) -> Sure:
    """Say how surely a line that could be something else is what it was taken for."""
    if is_close(what):
        return "close"
    return "sure" if what.margin >= SURE_MARGIN else "likely"


def _weighed(facts: Facts, what: Decision, above: State) -> Iterator[Evidence]:
    """Give every sign with how much more it weighs for what was taken than for the rival."""
    weights, _ = committed()
    taken, rival = TAGS.index(what.tag), TAGS.index(what.rival[0])
    for sign in (*sorted(facts.signs), *passage_signs(above, kind_of(facts))):
        row = weights.get(sign)
        if row is not None and abs(row[taken] - row[rival]) >= LEAST_WEIGHT:
            yield Evidence(sign, words_of(sign), row[taken] - row[rival])
