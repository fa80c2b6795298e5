"""The possible labels of a script, weighed against each other: which of them begin a turn."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from broadcast.script import reasons, vocabulary
from broadcast.script.entries import WrittenLine
from broadcast.script.label_forms import Sureness, form_of, label_key
from broadcast.script.labels import LIST_MARK, Declared, Label, label_of
from broadcast.script.names import Words, has_full_name, name_at_end
from broadcast.script.speakers import is_question
from broadcast.text import folded

_ASKERS = {"presenter", "reporter"}
_AMOUNT = re.compile(r"\W*\d[\d.,]*\s*(?:%|\w+(?:\s+\w+){0,4})?\W*")


def take_labels(entries: Sequence[WrittenLine], declared: Declared) -> list[WrittenLine]:
    """Set ``label`` on the entries that begin a turn.

    Gives the entries whose label could be a speaker's but is not borne out by the script.
    """
    possible = _possible(entries, declared)
    amounts = {at for at, label in possible.items() if _is_amount(entries[at], label)}
    speech = {at: label for at, label in possible.items() if at not in amounts}
    taken = {at for at, label in speech.items() if _is_taken_alone(label, entries[at])}
    _drop_lone_letters(speech, taken)
    taken |= _recurring(speech, taken, entries)
    taken |= _answering(possible, taken, entries, amounts)
    taken |= _shortened(possible, taken) - amounts
    alone = _standing_alone(entries, {_key(possible[at]) for at in taken})
    possible |= alone
    taken |= set(alone)
    for at in _within_quotation(possible, taken, entries):
        del possible[at]
        taken.discard(at)
    _drop_title(possible, taken, entries)
    _drop_quotations(possible, taken, entries)
    for at in taken:
        entries[at].label = possible[at]
    # Labels of one script are set alike: another mark before a line makes it a point of a list.
    marks = {"", *(_mark(entries[at]) for at in taken)}
    return [
        entries[at]
        for at, label in possible.items()
        if at not in taken
        and at not in amounts
        and (_mark(entries[at]) in marks)
        and _could_speak(entries[at], label)
    ]


def _possible(entries: Sequence[WrittenLine], declared: Declared) -> dict[int, Label]:
    possible = {}
    for at, entry in enumerate(entries):
        if entry.heading == 1 or not entry.text or entry.verbatim or entry.why_dropped:
            continue
        label = label_of(entry.line, declared)
        if label is None:
            continue
        if label.form.sureness < Sureness.SURE and entry.furniture is not None:
            continue
        if entry.furniture is reasons.TABLE_HEAD:
            continue
        if not _can_be_said(label, entry):
            continue
        possible[at] = label
    return possible


def _can_be_said(label: Label, entry: WrittenLine) -> bool:
    """Whether what follows the label can be somebody's words and is no post."""
    rest = entry.text[label.rest :]
    if label.form.family == "guest" and not entry.ends_sentence:
        # "Khách mời: Ông Lê Văn Năm – Trưởng thôn" tells who comes.
        named = form_of(rest.strip())
        return named is None or not named.person
    if label.form.says_part or not rest:
        return True
    return entry.ends_sentence or not Words.of(rest).opening(vocabulary.JOBS | vocabulary.DEGREES)


def _rest(entry: WrittenLine, label: Label) -> str:
    return entry.text[label.rest :].strip()


def _is_amount(entry: WrittenLine, label: Label) -> bool:
    """Whether a list of amounts has this line: "Ông Tư: 5 triệu đồng"."""
    rest = _rest(entry, label)
    return (
        not label.form.says_part
        and "\t" not in entry.text[: label.rest]
        and len(rest) <= 80
        and 0 < len(rest.split()) <= 6
        and _AMOUNT.fullmatch(rest) is not None
    )


def _key(label: Label) -> str:
    return label_key(label.text)


def _is_taken_alone(label: Label, entry: WrittenLine) -> bool:
    form = label.form
    if form.sureness is Sureness.SURE:
        # "Ông Lê Văn Hai: hiến 200 m2 đất" is an entry of a list: speech begins with a capital.
        return form.says_part or not _rest(entry, label)[:1].islower()
    if form.role == "reporter" and is_question(entry.text[label.rest :]):
        return True
    return form.sureness is Sureness.LIKELY and has_full_name(Words.of(form.person))


def _could_speak(entry: WrittenLine, label: Label) -> bool:
    """Whether a line that began with a doubtful label names a person and goes on as speech does."""
    form, rest = label.form, _rest(entry, label)
    if form.sureness is Sureness.MAYBE and not (form.person or form.title):
        return False
    begins = rest[:1].isupper() and name_at_end(Words.of(rest.split(",")[0])) is None
    return begins and entry.ends_sentence and len(entry.text.split()) >= 3


def _mark(entry: WrittenLine) -> str:
    found = LIST_MARK.match(entry.text)
    return "" if found is None else re.sub(r"[\w\s]", "", found[0])


def _drop_lone_letters(possible: dict[int, Label], taken: set[int]) -> None:
    """ "A:" answers only where somebody asks; elsewhere it is a list of choices."""
    if {"question", "answer"} <= {possible[at].form.family for at in taken}:
        return
    for at in list(taken):
        if _key(possible[at]) in {"a", "q"} and not possible[at].form.declared:
            taken.discard(at)


def _recurring(
    possible: dict[int, Label], taken: set[int], entries: Sequence[WrittenLine]
) -> set[int]:
    """Labels that come back, with other words, and with somebody else's between them."""
    whose = _joined({_key(label) for label in possible.values() if _is_bare(label)})
    places = defaultdict(list)
    for at, label in possible.items():
        places[whose.get(_key(label), _key(label))].append(at)
    again = {
        key: found
        for key, found in places.items()
        if not set(found) <= taken and len({_rest(entries[at], possible[at]) for at in found}) >= 2
    }
    speakers = {_key(possible[at]) for at in taken} | set(again)
    if len(speakers) < 2:
        return set()
    others = sorted(taken | {at for found in again.values() for at in found})
    accepted: set[int] = set()
    for key, found in again.items():
        order = [
            whose.get(_key(possible[at]), _key(possible[at]))
            for at in others
            if found[0] <= at <= found[-1]
        ]
        changes = sum(one == key != other for one, other in pairwise(order))
        if changes >= 1:
            accepted.update(found)
    return accepted


def _is_bare(label: Label) -> bool:
    return not label.form.family and not label.form.title


def _joined(names: set[str]) -> dict[str, str]:
    """For each bare name the full one it is a part of: "Okafor" is "Tom Okafor"."""
    ends: dict[str, list[str]] = defaultdict(list)
    for name in names:
        parts = name.split()
        # By the first name too: "Tom" is "Tom Hale".
        for end in {parts[0], *(" ".join(parts[at:]) for at in range(len(parts)))}:
            ends[end].append(name)
    return {name: max(ends[name], key=len) for name in names if len(ends[name]) <= 2}


def _answering(
    possible: dict[int, Label], taken: set[int], entries: Sequence[WrittenLine], amounts: set[int]
) -> set[int]:
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
    return accepted | {
        at for at, label in possible.items() if _key(label) in keys and at not in amounts
    }


def _standing_alone(entries: Sequence[WrittenLine], speakers: set[str]) -> dict[int, Label]:
    """Labels without a colon on a line of their own: known ones, or two that come back."""
    found: dict[int, Label] = {}
    for at, entry in enumerate(entries[:-1]):
        if entry.verbatim or entry.heading or not 0 < len(entry.text) <= 80 or entry.ends_sentence:
            continue
        form = form_of(entry.text)
        if form is not None and form.sureness is Sureness.SURE and entry.furniture is None:
            found[at] = Label(entry.text, len(entry.text), form)
    count = Counter(_key(label) for label in found.values())
    again = {key for key, times in count.items() if times >= 2}
    known = speakers | (again if len(again) >= 2 else set())
    return {at: label for at, label in found.items() if _key(label) in known and at > 0}


def _shortened(possible: dict[int, Label], taken: set[int]) -> set[int]:
    """Labels that are the first or last name of somebody who speaks under the full one."""
    names = [folded(possible[at].form.person).split() for at in taken]
    ends = {end for name in names if len(name) >= 2 for end in (name[0], name[-1])}
    return {at for at, label in possible.items() if folded(label.form.person) in ends}


def _drop_title(
    possible: dict[int, Label], taken: set[int], entries: Sequence[WrittenLine]
) -> None:
    """The title is "Bí thư Phạm Văn Nam: Vì một thành phố xanh", "PHÓNG VIÊN HỎI - DÂN ĐÁP"."""
    first = next(
        (at for at, entry in enumerate(entries) if entry.text and not entry.furniture),
        None,
    )
    if first not in taken or len(taken) < 2:
        return
    label = possible[first]
    entry = entries[first]
    if (label.form.role is None or entry.text.isupper()) and is_like_title(_rest(entry, label)):
        taken.discard(first)


def is_like_title(words: str) -> bool:
    """Whether ``words`` after the first name of a script are set as in a title: no full stop."""
    quoted = words[:1] in {"“", '"', "«", "'", "‘"} and words[-1:] in {"”", '"', "»", "'", "’"}
    return words != "" and (quoted or words[-1] not in ".?!…:;”\"’'")


def _within_quotation(
    possible: dict[int, Label], taken: set[int], entries: Sequence[WrittenLine]
) -> set[int]:
    """Labels between “ on a line above and ” further down, with no sure turn between."""
    within: set[int] = set()
    waiting: set[int] | None = None
    for at, entry in enumerate(entries):
        if at in taken:
            if possible[at].form.says_part or waiting is None:
                waiting = None
            else:
                waiting.add(at)
        opens, closes = entry.text.rfind("“"), entry.text.rfind("”")
        if opens > closes:
            waiting = set()
        elif closes > opens and waiting is not None:
            if "“" not in entry.text[:closes]:
                within |= waiting
            waiting = None
    return within


def _drop_quotations(
    possible: dict[int, Label], taken: set[int], entries: Sequence[WrittenLine]
) -> None:
    """A lone "Ông An: “…”" inside somebody's words is a quotation."""
    order = sorted(taken)
    keys = [_key(possible[at]) for at in order]
    for place, at in enumerate(order):
        label = possible[at]
        rest = entries[at].text[label.rest :].strip()
        if (
            label.form.says_part
            or rest[:1] not in {"“", '"', "«"}
            or rest[-1:] not in {"”", '"', "»"}
        ):
            continue
        before = possible[order[place - 1]].form.role if place else None
        if keys.count(keys[place]) == 1 and place and before not in _ASKERS:
            taken.discard(at)
