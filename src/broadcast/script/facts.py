"""The lines of a document → what is known of each before anything is decided: its facts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from broadcast.model import Person
from broadcast.script.apart import Apart, apart_of, repeated_in
from broadcast.script.asking import is_question
from broadcast.script.bindings import bindings
from broadcast.script.credits import is_signature, names_staff
from broadcast.script.entries import WrittenLine
from broadcast.script.label_forms import Sureness
from broadcast.script.labels import Declared, Label
from broadcast.script.line_signs import (
    CLOSING_QUOTES,
    OPENING_QUOTES,
    look_of,
    signs_of,
)
from broadcast.script.names import Words, has_full_name, has_words, is_vietnamese
from broadcast.script.place_signs import beside, looked, placed, together
from broadcast.script.recurring import (
    AMOUNT,
    Recurring,
    could_speak,
    in_quotation,
    possible_labels,
    recurring_in,
)
from broadcast.script.tags import Tag
from broadcast.script.vocabulary import OUTLETS
from broadcast.text import folded


@dataclass(frozen=True, slots=True)
class Facts:
    """One line as the decoder sees it.

    ``signs`` are the names of all that holds of it, by itself and by where it stands: what the
    weights are about. ``apart`` says why it may be left out, by place; a place without a reason
    does not let the line go. ``asks`` says whether who stands in its label is one who asks.
    ``bound`` are the only tags that what the user says outright leaves.
    """

    line: WrittenLine
    label: Label | None
    asks: bool
    thanks: bool
    apart: Apart
    signs: frozenset[str]
    bound: frozenset[Tag] | None = None


def facts_of(
    entries: Sequence[WrittenLine], people: Sequence[Person] = (), title: str | None = None
) -> tuple[Facts, ...]:
    """Give the facts of each line with words, in order.

    ``people`` are those whom the station and the front matter name, ``title`` the one given.
    """
    # First, so that a line's words are parted once for all its tests.
    own = [signs_of(entry) for entry in entries]
    possible = possible_labels(entries, _declared(people))
    looks = [look_of(entry) for entry in entries]
    puts = ["puts-question" in signs for signs in own]
    recurring = recurring_in(entries, possible, people, looks, puts)
    quoted = in_quotation(entries)
    certain: set[int] = set()
    labels = [
        label if label and (at in recurring.borne_out or could_speak(entries[at], label)) else None
        for at, label in enumerate(possible)
    ]
    for at, label in enumerate(possible):
        if label is not None:
            own[at] |= _of_label(entries[at], at, label, recurring)
            if at in quoted:
                own[at].add("label:in-quotation")
            elif at in recurring.borne_out and _is_certain(entries[at], at, label, recurring):
                certain.add(at)
    bound = bindings(entries, labels, title, certain)
    around = _of_document(own, recurring)
    if not is_vietnamese("vi", (entry.text for entry in entries)):
        around.add("text:english")
    of_labels = next(sign for sign in around if sign in _OF_LABELS)
    between = _between(labels, recurring)
    passed = _passed(entries, own)
    counts = [len(entry.text.split()) for entry in entries]
    found: list[Facts] = []
    for at, (entry, label) in enumerate(zip(entries, labels, strict=True)):
        signs = own[at] | around | passed[at] | {between[at]}
        if at in quoted:
            signs.add("in-quotation")
        signs.update(beside(own, at), looked(looks[at], recurring), placed(counts, at))
        signs.update(together(signs, of_labels, between[at]))
        found.append(
            Facts(
                entry,
                label,
                recurring.asks[at],
                "thanks" in signs,
                bound.apart.get(at) or apart_of(entry, signs),
                frozenset(signs),
                bound.tags.get(at),
            )
        )
    return tuple(found)


def _declared(people: Sequence[Person]) -> Declared:
    return {
        folded(name): person.role
        for person in reversed(people)
        for name in (person.name, *person.aliases)
    }


def _passed(entries: Sequence[WrittenLine], own: Sequence[set[str]]) -> list[set[str]]:
    """What each line comes after: the thanks, a byline, the head of a list or of a box."""
    repeated = repeated_in(entries)
    thanked = signed = listed = boxed = greeted = False
    result = []
    for at, signs in enumerate(own):
        result.append(
            {
                name
                for name, holds in (
                    ("after-thanks", thanked),
                    ("after-byline", signed),
                    ("in-list", listed),
                    ("in-box", boxed),
                    ("after-farewell", greeted),
                    ("repeated", at in repeated),
                )
                if holds
            }
        )
        thanked = thanked or "thanks" in signs
        signed = signed or ("byline" in signs and at > len(entries) // 2)
        greeted = greeted or ("farewell" in signs and at > len(entries) // 2)
        boxed = (boxed or "box" in signs) and signs.isdisjoint(("label", "puts-question"))
        ended = "asks" in signs or "label" in signs
        ended = ended or ("ends" in signs and "words:11-18" not in signs)
        listed = "section" in signs or (listed and not ended)
    return result


def _of_label(entry: WrittenLine, at: int, label: Label, recurring: Recurring) -> set[str]:
    """What holds of the label that a line may begin with."""
    form, rest = label.form, entry.text[label.rest :].strip()
    speaker = recurring.speakers[at]
    assert speaker is not None, "who has a label is a speaker"
    signs = {"label", f"label:{form.sureness.name.lower()}", f"label:{form.role or 'no-role'}"}
    signs.add("label:asker" if recurring.asks[at] else "label:answerer")
    signs.add("label:again" if recurring.count[speaker] > 1 else "label:once")
    signs.update(
        f"label:{name}"
        for name, holds in (
            ("borne-out", at in recurring.borne_out),
            ("alternates", speaker in recurring.alternating),
            ("among-others", len(recurring.alternating) > 1),
            ("declared", form.declared),
            ("part", form.says_part),
            ("title", form.title),
            ("full-name", has_full_name(Words.of(form.person))),
            ("job", form.job),
            ("alone", not rest),
            ("then-small", rest[:1].islower()),
            ("then-quote", _is_quoted(rest)),
            ("then-short", len(rest.split()) <= 3),
            ("then-amount", len(rest) <= 80 and rest != "" and AMOUNT.fullmatch(rest)),
            ("no-colon", not _is_set_apart(entry, label)),
        )
        if holds
    )
    return signs


_CLOCK = re.compile(r"\d:\d\d")
_BROKEN_OFF = frozenset("-–—")
"""What ends the words of somebody who is interrupted."""


def _is_certain(entry: WrittenLine, at: int, label: Label, recurring: Recurring) -> bool:
    """Whether a label is a speaker's beyond doubt: a sure one of several that take turns."""
    speaker, form = recurring.speakers[at], label.form
    rest = entry.text[label.rest :].strip()
    if not rest and form.says_part and _CLOCK.search(entry.text):
        return True
    if rest and not has_words(rest) and _is_set_apart(entry, label):
        return True
    whole = not rest or entry.ends_sentence or rest[-1:] in _BROKEN_OFF
    usual = whole or speaker not in recurring.finished or recurring.count[speaker] < 2
    if usual and _says_its_part(entry, label, rest):
        return True
    if form.sureness is Sureness.SURE and form.person and usual and _is_asked(at, recurring):
        return _is_set_apart(entry, label)
    if speaker not in recurring.alternating or len(recurring.alternating) < 2:
        return False
    if speaker in recurring.finished and (not whole or _is_quoted(rest)):
        return False
    doubted = form.sureness is not Sureness.SURE and not form.says_part and rest != ""
    if doubted and recurring.count[speaker] < (2 if recurring.dense else 3):
        return False
    return _is_set_apart(entry, label) or not rest


def _is_asked(at: int, recurring: Recurring) -> bool:
    """Whether the line above begins with the label of one who asks."""
    return at > 0 and recurring.speakers[at - 1] is not None and recurring.asks[at - 1]


def _says_its_part(entry: WrittenLine, label: Label, rest: str) -> bool:
    """Whether "PV: …" stands before words: no "PV: Hồng Tú", no heading, no list of choices."""
    form = label.form
    if form.sureness is not Sureness.SURE or not form.says_part or entry.text.isupper():
        return False
    if form.family in ("question", "answer") or not _is_set_apart(entry, label):
        return False
    if Words.of(label.text).opening(OUTLETS) and not is_question(rest):
        return False
    return not (names_staff(entry.text) or entry.is_byline or is_signature(rest))


def _is_set_apart(entry: WrittenLine, label: Label) -> bool:
    """Whether signs part the label from what is said: "PV:", "Q.", "[HOST]"."""
    written = entry.text[: label.rest]
    return (
        ":" in written or "\t" in written.strip(" ") or written.rstrip(" \t*_")[-1:] in {".", "]"}
    )


def _is_quoted(words: str) -> bool:
    return words[:1] in OPENING_QUOTES and words[-1:] in CLOSING_QUOTES


def _between(labels: Sequence[Label | None], recurring: Recurring) -> list[str]:
    """Say between whose labels each line stands: those that come again, or say the part."""
    names = [
        (speaker, "r" if recurring.asks[at] else "o")
        if (speaker := recurring.speakers[at]) is not None
        and (label := labels[at]) is not None
        and (recurring.count[speaker] > 1 or label.form.sureness is Sureness.SURE)
        else None
        for at in range(len(labels))
    ]
    below: list[tuple[int, str] | None] = [None] * len(labels)
    after: tuple[int, str] | None = None
    for at in range(len(labels) - 1, -1, -1):
        below[at] = after
        after = names[at] or after
    result: list[str] = []
    before: tuple[int, str] | None = None
    for at in range(len(labels)):
        one, other = before, below[at]
        same = "-same" if one and other and one[0] == other[0] else ""
        result.append(f"between:{one[1] if one else '-'}{other[1] if other else '-'}{same}")
        before = names[at] or before
    return result


_OF_LABELS = frozenset(("text:labels-both", "text:labels-one", "text:labels-few", "text:no-labels"))


def _of_document(own: Sequence[set[str]], recurring: Recurring) -> set[str]:
    """What holds of the document as a whole."""
    both = {
        asks
        for asks, speaker in zip(recurring.asks, recurring.speakers, strict=True)
        if speaker in recurring.alternating
    }
    labelled = sum(speaker is not None for speaker in recurring.speakers)
    free = sum("asks" in signs and "label" not in signs for signs in own)
    signs = {"text:asks-free" if free * 2 > labelled else "text:asks-labelled"}
    if len(both) == 2:
        signs.add("text:labels-both")
    elif both:
        signs.add("text:labels-one")
    else:
        signs.add("text:labels-few" if labelled else "text:no-labels")
    return signs
