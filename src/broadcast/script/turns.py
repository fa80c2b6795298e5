"""The possible labels of a script, weighed against each other: which of them begin a turn."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from itertools import pairwise

from broadcast.script import vocabulary
from broadcast.script.entries import Entry
from broadcast.script.label_forms import Sureness, without_asides
from broadcast.script.labels import Label, label_of
from broadcast.script.names import Words, has_full_name
from broadcast.text import folded

_ASKERS = {"presenter", "reporter"}
_AMOUNT = re.compile(r"\W*\d[\d.,]*\s*(?:%|\w+(?:\s+\w+){0,4})?\W*")


def take_labels(entries: Sequence[Entry], declared: Collection[str]) -> list[Entry]:
    """Set ``label`` on the entries that begin a turn.

    Gives the entries whose label could be a speaker's but is not borne out by the script.
    """
    possible = _possible(entries, declared)
    taken = {at for at, label in possible.items() if _is_taken_alone(label, entries[at])}
    _drop_lone_letters(possible, taken)
    taken |= _recurring(possible, taken)
    taken |= _answering(possible, taken, entries)
    _drop_title(possible, taken, entries)
    _drop_quotations(possible, taken, entries)
    for at in taken:
        entries[at].label = possible[at]
    return [
        entries[at]
        for at, label in possible.items()
        if at not in taken and label.form.sureness is Sureness.LIKELY
    ]


def _possible(entries: Sequence[Entry], declared: Collection[str]) -> dict[int, Label]:
    possible = {}
    for at, entry in enumerate(entries):
        if entry.heading == 1 or not entry.text or entry.verbatim:
            continue
        label = label_of(entry.line, declared)
        if label is None:
            continue
        if label.form.sureness < Sureness.SURE and entry.furniture is not None:
            continue
        if not declared_or_said(label, entry):
            continue
        possible[at] = label
    return possible


def declared_or_said(label: Label, entry: Entry) -> bool:
    """Whether what follows the label can be somebody's words: not an amount, not a post."""
    rest = entry.text[label.rest :]
    if label.form.family or not rest:
        return True
    if len(rest.split()) <= 6 and _AMOUNT.fullmatch(rest):
        return False
    return entry.ends_sentence or not Words.of(rest).opening(vocabulary.JOBS | vocabulary.DEGREES)


def _key(label: Label) -> str:
    return folded(without_asides(label.text))


def _is_taken_alone(label: Label, entry: Entry) -> bool:
    form = label.form
    if form.sureness is Sureness.SURE:
        return True
    return form.sureness is Sureness.LIKELY and has_full_name(Words.of(form.person))


def _drop_lone_letters(possible: dict[int, Label], taken: set[int]) -> None:
    """ "A:" answers only where somebody asks; elsewhere it is a list of choices."""
    asked = any(possible[at].form.family == "question" for at in taken)
    for at in list(taken):
        if _key(possible[at]) in {"a", "q"} and not (
            asked and any(possible[other].form.family == "answer" for other in taken)
        ):
            taken.discard(at)


def _recurring(possible: dict[int, Label], taken: set[int]) -> set[int]:
    """Labels that come back with somebody else's between them."""
    places = defaultdict(list)
    for at, label in possible.items():
        places[_key(label)].append(at)
    again = {
        key: found for key, found in places.items() if len(found) >= 2 and not set(found) <= taken
    }
    speakers = {_key(possible[at]) for at in taken} | set(again)
    if len(speakers) < 2:
        return set()
    others = sorted(taken | {at for found in again.values() for at in found})
    accepted: set[int] = set()
    for key, found in again.items():
        order = [_key(possible[at]) for at in others if found[0] <= at <= found[-1]]
        changes = sum(one == key != other for one, other in pairwise(order))
        if changes >= 1:
            accepted.update(found)
    return accepted


def _answering(possible: dict[int, Label], taken: set[int], entries: Sequence[Entry]) -> set[int]:
    """Labels that come directly after a question of the reporter or presenter."""
    accepted: set[int] = set()
    keys: set[str] = set()
    asker = None
    for at in range(len(entries)):
        if at in taken:
            asker = at if possible[at].form.role in _ASKERS else None
        elif at in possible and asker is not None and at - asker <= 4:
            if any(entry.asks for entry in entries[asker:at]) and entries[at].ends_sentence:
                accepted.add(at)
                keys.add(_key(possible[at]))
            asker = None
    # Who has answered once is a speaker wherever the same label comes back.
    return accepted | {at for at, label in possible.items() if _key(label) in keys}


def _drop_title(possible: dict[int, Label], taken: set[int], entries: Sequence[Entry]) -> None:
    """ "Bí thư Phạm Văn Nam: Vì một thành phố xanh" at the head is the title."""
    first = next(
        (at for at, entry in enumerate(entries) if entry.text and not entry.furniture),
        None,
    )
    if first not in taken or len(taken) < 2:
        return
    entry, label = entries[first], possible[first]
    rest = entry.text[label.rest :].strip()
    quoted = rest[:1] in {"“", '"', "«", "'", "‘"} and rest[-1:] in {"”", '"', "»", "'", "’"}
    if label.form.role is None and rest and (quoted or rest[-1] not in ".?!…:;”\"’'"):
        taken.discard(first)


def _drop_quotations(possible: dict[int, Label], taken: set[int], entries: Sequence[Entry]) -> None:
    """A lone "Ông An: “…”" inside somebody's words is a quotation."""
    order = sorted(taken)
    keys = [_key(possible[at]) for at in order]
    for place, at in enumerate(order):
        label = possible[at]
        rest = entries[at].text[label.rest :].strip()
        if label.form.family or rest[:1] not in {"“", '"', "«"} or rest[-1:] not in {"”", '"', "»"}:
            continue
        before = possible[order[place - 1]].form.role if place else None
        if keys.count(keys[place]) == 1 and place and before not in _ASKERS:
            taken.discard(at)
