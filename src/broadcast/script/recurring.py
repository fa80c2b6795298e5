"""The lines of a document → what comes back in it: its labels, and how its questions are set."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from broadcast.script import reasons, vocabulary
from broadcast.script.entries import WrittenLine
from broadcast.script.label_forms import Sureness, form_of, label_key
from broadcast.script.labels import Declared, Label, label_of
from broadcast.script.line_signs import Look
from broadcast.script.names import Words
from broadcast.script.set_phrases import ends_asking
from broadcast.script.speakers import is_question
from broadcast.text import folded

_LONGEST_ALONE = 80
_MOST_QUOTED = 12
"""Lines; no quotation is longer."""
AMOUNT = re.compile(r"\W*\d[\d.,]*\s*(?:%|\w+(?:\s+\w+){0,4})?\W*")
Labels = Sequence[Label | None]


def possible_labels(entries: Sequence[WrittenLine], declared: Declared) -> tuple[Label | None, ...]:
    """Give for each line the label it may begin with: by itself, or known from another line."""
    found = [_label(entry, declared) for entry in entries]
    known = {label_key(label.text) for label in found if label is not None}
    alone = {at: label for at, entry in enumerate(entries) if (label := _alone(entry)) is not None}
    again = Counter(label_key(label.text) for label in alone.values())
    often = {key for key, count in again.items() if count >= 2}
    for at, label in alone.items():
        key = label_key(label.text)
        if found[at] is None and (key in known or (key in often and len(often) >= 2)):
            found[at] = label
    return tuple(found)


def _label(entry: WrittenLine, declared: Declared) -> Label | None:
    if entry.heading == 1 or not entry.text or entry.verbatim:
        return None
    label = label_of(entry.line, declared)
    if label is None or entry.furniture is reasons.TABLE_HEAD:
        return None
    if label.form.sureness < Sureness.SURE and entry.furniture is not None:
        return None
    return label if _can_be_said(label, entry) else None


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


def _alone(entry: WrittenLine) -> Label | None:
    """The label that a line without a colon is."""
    if entry.verbatim or entry.heading or not 0 < len(entry.text) <= _LONGEST_ALONE:
        return None
    if entry.ends_sentence or entry.furniture is not None:
        return None
    form = form_of(entry.text)
    if form is None or form.sureness is not Sureness.SURE:
        return None
    return Label(entry.text, len(entry.text), form)


@dataclass(frozen=True, slots=True)
class Recurring:
    """What comes back in a document.

    ``key_of`` gives each label's key, that of the fullest form of the name; ``count`` how often
    each comes; ``alternating`` those with another's words between; ``asking`` those whose words
    mostly ask, or end as sentences do (``finished``); ``questions``, ``answers``: how they are set, where that tells them apart.
    """

    key_of: Mapping[str, str]
    count: Counter[str]
    alternating: frozenset[str]
    asking: frozenset[str]
    finished: frozenset[str]
    questions: Look | None
    answers: Look | None

    def key(self, label: Label) -> str:
        """The key under which a label's speaker is counted."""
        own = label_key(label.text)
        return self.key_of.get(own, own)


def recurring_in(
    entries: Sequence[WrittenLine], labels: Labels, looks: Sequence[Look], puts: Sequence[bool]
) -> Recurring:
    """Count what recurs; ``puts`` says which lines plainly put a question to somebody."""
    bare = {
        label_key(label.text)
        for label in labels
        if label is not None and not label.form.family and not label.form.title
    }
    key_of = _joined(bare)

    def key(label: Label) -> str:
        own = label_key(label.text)
        return key_of.get(own, own)

    order = [(at, key(label)) for at, label in enumerate(labels) if label is not None]
    words = {
        at: entries[at].text[label.rest :].strip() or _below(entries, at)
        for at, label in enumerate(labels)
        if label is not None
    }
    said: dict[str, set[str]] = defaultdict(set)
    for at, name in order:
        said[name].add(words[at])
    changes = Counter(one for (_, one), (_, other) in pairwise(order) if one != other)
    count = Counter(name for _, name in order)
    asks: Counter[str] = Counter(name for at, name in order if is_question(words[at]))
    alternating = frozenset(
        name
        for name, times in count.items()
        if times >= 2 and len(said[name]) >= 2 and changes[name] >= 1
    )
    asking = frozenset(name for name, times in count.items() if asks[name] * 2 > times)
    ends: Counter[str] = Counter(
        name
        for at, name in order
        if entries[at].ends_sentence or words[at] == _below(entries, at)
    )
    finished = frozenset(name for name, times in count.items() if ends[name] * 2 > times)
    questions, answers = _looks(entries, labels, looks, puts)
    return Recurring(key_of, count, alternating, asking, finished, questions, answers)


def _below(entries: Sequence[WrittenLine], at: int) -> str:
    return entries[at + 1].text if at + 1 < len(entries) else ""


def _joined(names: set[str]) -> dict[str, str]:
    """For each bare name the full one it is a part of: "Okafor" is "Tom Okafor"."""
    ends: dict[str, list[str]] = defaultdict(list)
    for name in names:
        parts = name.split()
        # By the first name too: "Tom" is "Tom Hale".
        for end in {parts[0], *(" ".join(parts[at:]) for at in range(len(parts)))}:
            ends[end].append(name)
    return {name: max(ends[name], key=len) for name in names if len(ends[name]) <= 2}


def _looks(
    entries: Sequence[WrittenLine], labels: Labels, looks: Sequence[Look], puts: Sequence[bool]
) -> tuple[Look | None, Look | None]:
    """How unlabelled questions are set, and how what stands below them is."""
    free = [at for at, label in enumerate(labels) if label is None]
    asking = Counter(looks[at] for at in free if puts[at])
    below = Counter(
        looks[at + 1] for at in free if puts[at] and at + 1 < len(entries) and not puts[at + 1]
    )
    others = Counter(looks[at] for at in free if not puts[at] and not _ends_asking(entries[at]))
    return _telling(asking, others), _telling(below, asking)


def _ends_asking(entry: WrittenLine) -> bool:
    return ends_asking(entry.text)


def _telling(those: Counter[Look], others: Counter[Look]) -> Look | None:
    """The look of most of those, if few of the others have it."""
    if not those:
        return None
    look, times = those.most_common(1)[0]
    few = others[look] * 4 <= others.total()
    return look if times * 5 >= those.total() * 3 and few and look != _PLAIN else None


_PLAIN: Look = ("", False, False, False)


def in_quotation(entries: Sequence[WrittenLine]) -> frozenset[int]:
    """The places of lines between “ on a line above and ” further down."""
    within: set[int] = set()
    waiting: set[int] | None = None
    for at, entry in enumerate(entries):
        if waiting is not None:
            waiting.add(at)
            if len(waiting) > _MOST_QUOTED:
                waiting = None
        opens, closes = entry.text.rfind("“"), entry.text.rfind("”")
        if opens > closes:
            waiting = set()
        elif closes > opens and waiting is not None:
            if "“" not in entry.text[:closes]:
                within |= waiting
            waiting = None
    return frozenset(within)
