"""The lines of a document → what comes back in it: its labels, and how its questions are set."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from broadcast.model import Person
from broadcast.script import reasons, vocabulary
from broadcast.script.asking import is_question
from broadcast.script.entries import WrittenLine
from broadcast.script.label_forms import Sureness, form_of, label_key
from broadcast.script.labels import Declared, Label, is_letter_with_stop, label_of
from broadcast.script.line_signs import Look
from broadcast.script.names import Words, has_full_name, name_at_end
from broadcast.script.set_phrases import ends_asking
from broadcast.script.speakers import LabelledTurn, speakers_of

_LONGEST_ALONE = 80
_MOST_LINES_ASKED = 4
_FEWEST_ASKING = 2
_MOST_QUOTED = 12
"""Lines; no quotation is longer."""
_CLOCK = re.compile(r"\s*\d{1,2}[:h]\d{2}\s+\w")
AMOUNT = re.compile(r"\W*\d[\d.,]*\s*(?:%|\w+(?:\s+\w+){0,4})?\W*")
Labels = Sequence[Label | None]


def possible_labels(entries: Sequence[WrittenLine], declared: Declared) -> tuple[Label | None, ...]:
    """Give for each line the label it may begin with: by itself, or known from another line."""
    found = _without_lone_letters(entries, [_label(entry, declared) for entry in entries])
    known = {label_key(label.text) for label in found if label is not None}
    alone = {at: label for at, entry in enumerate(entries) if (label := _alone(entry)) is not None}
    again = Counter(label_key(label.text) for label in alone.values())
    often = {key for key, count in again.items() if count >= 2}
    for at, label in alone.items():
        key = label_key(label.text)
        comes_again = key in known or (key in often and len(often) >= 2)
        if found[at] is None and comes_again and not _is_surely_labelled(found, at + 1):
            found[at] = label
    return tuple(found)


def _is_surely_labelled(labels: Labels, at: int) -> bool:
    """Whether another's words begin here: a name alone on the line above says nothing then."""
    label = labels[at] if at < len(labels) else None
    return label is not None and label.form.sureness is Sureness.SURE


def _without_lone_letters(entries: Sequence[WrittenLine], found: Labels) -> list[Label | None]:
    """Leave out "Q. Bình Thạnh": a letter with a full stop asks where others ask and answer so."""
    lettered = {
        at
        for at, label in enumerate(found)
        if label is not None and is_letter_with_stop(entries[at].text, label)
    }
    asking = sum(label is not None and label.form.family == "question" for label in found)
    alone = asking < _FEWEST_ASKING
    return [None if at in lettered and alone else one for at, one in enumerate(found)]


def _label(entry: WrittenLine, declared: Declared) -> Label | None:
    if entry.heading == 1 or not entry.text or entry.verbatim:
        return None
    label = label_of(entry.line, declared)
    if label is None or entry.furniture is reasons.TABLE_HEAD:
        return None
    if label.form.sureness < Sureness.SURE and entry.furniture is not None:
        return None
    if _CLOCK.match(entry.text, label.rest):
        # "VTV1: 19:00 Thời sự" tells when something is on.
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


def could_speak(entry: WrittenLine, label: Label) -> bool:
    """Whether a line with a doubtful label names somebody and goes on as speech does."""
    form, rest = label.form, entry.text[label.rest :].strip()
    if form.sureness is Sureness.MAYBE and not (form.person or form.title):
        return False
    begins = rest[:1].isupper() and name_at_end(Words.of(rest.split(",")[0])) is None
    return begins and entry.ends_sentence and len(entry.text.split()) >= 3


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
    """What comes back in a document, by line.

    ``speakers`` are those whose label a line may begin with, numbered (None: no label), ``asks``
    whether such a one asks. ``borne_out`` are the lines whose label the script bears out.
    ``count`` is how often each speaker comes, ``dense`` whether most lines have a label;
    ``alternating`` are those with another's words
    between, ``finished`` those whose lines mostly end as sentences do. ``questions`` and
    ``answers`` are how those without labels are set, where that tells them apart.
    """

    speakers: tuple[int | None, ...]
    asks: tuple[bool, ...]
    borne_out: frozenset[int]
    count: Counter[int]
    dense: bool
    alternating: frozenset[int]
    finished: frozenset[int]
    questions: Look | None
    answers: Look | None


def recurring_in(
    entries: Sequence[WrittenLine],
    labels: Labels,
    people: Sequence[Person],
    looks: Sequence[Look],
    puts: Sequence[bool],
) -> Recurring:
    """Count what recurs; ``puts`` says which lines plainly put a question to somebody."""
    said = {
        at: LabelledTurn(label.text, label.form, _said(entries, at, label))
        for at, label in enumerate(labels)
        if label is not None
    }
    voices, owners = speakers_of(tuple(said.values()), people)
    owner = dict(zip(said, owners, strict=True))
    order = list(owner.items())
    words: dict[int, set[str]] = defaultdict(set)
    for at, one in order:
        words[one].add(said[at].words)
    changes = Counter(one for (_, one), (_, other) in pairwise(order) if one != other)
    count = Counter(one for _, one in order)
    alternating = frozenset(
        one
        for one, times in count.items()
        if times >= 2 and len(words[one]) >= 2 and changes[one] >= 1
    )
    ends = Counter(one for at, one in order if _is_finished(entries[at], labels[at]))
    finished = frozenset(one for one, times in count.items() if ends[one] * 2 > times)
    finishes = ends.total() * 2 > len(order)
    asking = {at: voices[one].role != "official" for at, one in order}
    questions, answers = _looks(entries, labels, looks, puts)
    places = range(len(entries))
    speakers = tuple(owner.get(at) for at in places)
    asks = tuple(asking.get(at, False) for at in places)
    borne_out = {
        at
        for at, one in order
        if one in alternating
        or _speaks_alone(entries[at], said[at], finished=one in finished or finishes)
    }
    borne_out |= set(_answering(entries, speakers, asks, borne_out))
    taken = {owner[at] for at in borne_out}
    return Recurring(
        speakers,
        asks,
        frozenset(at for at, one in order if one in taken and not _is_amount(said[at])),
        count,
        len(owner) * 3 >= len(entries) * 2,
        alternating,
        finished,
        questions,
        answers,
    )


def _speaks_alone(entry: WrittenLine, said: LabelledTurn, *, finished: bool) -> bool:
    """Whether a label needs nothing else to bear it out.

    "Ông Lê Văn Hai: hiến 200 m2 đất" is an entry of a list: speech begins with a capital where
    its speaker ends sentences.
    """
    form = said.form
    if Words.of(said.label).opening(vocabulary.OUTLETS):
        return is_question(said.words)
    if form.sureness is Sureness.SURE:
        return form.says_part or not (finished and said.words[:1].islower())
    if form.role == "reporter" and is_question(said.words):
        return True
    return form.sureness is Sureness.LIKELY and has_full_name(Words.of(form.person))


def _answering(
    entries: Sequence[WrittenLine],
    speakers: Sequence[int | None],
    asks: Sequence[bool],
    taken: Collection[int],
) -> Iterator[int]:
    """Labels that come soon after a question of somebody whose label is taken."""
    asker = None
    for at, entry in enumerate(entries):
        if at in taken:
            asker = at if asks[at] else None
        elif speakers[at] is not None and asker is not None:
            asked = at - asker <= _MOST_LINES_ASKED and any(one.asks for one in entries[asker:at])
            if asked and entry.ends_sentence:
                yield at
            asker = None


def _is_amount(said: LabelledTurn) -> bool:
    """Whether a list of amounts has this line: "Ông Tư: 5 triệu đồng"."""
    words = said.words
    return (
        not said.form.says_part
        and len(words) <= _LONGEST_ALONE
        and 0 < len(words.split()) <= 6
        and AMOUNT.fullmatch(words) is not None
    )


def _said(entries: Sequence[WrittenLine], at: int, label: Label) -> str:
    """What stands behind a label, or below it where nothing does."""
    words = entries[at].text[label.rest :].strip()
    return words or (entries[at + 1].text if at + 1 < len(entries) else "")


def _is_finished(entry: WrittenLine, label: Label | None) -> bool:
    return entry.ends_sentence or (label is not None and not entry.text[label.rest :].strip())


def _looks(
    entries: Sequence[WrittenLine], labels: Labels, looks: Sequence[Look], puts: Sequence[bool]
) -> tuple[Look | None, Look | None]:
    """How unlabelled questions are set, and how what stands below them is."""
    free = [at for at, label in enumerate(labels) if label is None]
    asking = Counter(looks[at] for at in free if puts[at])
    below = Counter(
        looks[at + 1] for at in free if puts[at] and at + 1 < len(entries) and not puts[at + 1]
    )
    others = Counter(looks[at] for at in free if not puts[at] and not ends_asking(entries[at].text))
    return _telling(asking, others), _telling(below, asking)


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
