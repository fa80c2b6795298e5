"""What the user says outright of lines, so that nothing is left to weigh: headings, named parts."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from broadcast.messages import Message
from broadcast.script import reasons
from broadcast.script.apart import Apart
from broadcast.script.asking import is_request
from broadcast.script.credits import is_signature, names_byline, names_staff
from broadcast.script.entries import WrittenLine
from broadcast.script.label_forms import Sureness
from broadcast.script.labels import SPEECH_DASH, Label
from broadcast.script.mail import is_farewell, of_mail
from broadcast.script.names import has_words
from broadcast.script.particulars import is_card, named_part, names_station
from broadcast.script.set_phrases import is_closing
from broadcast.script.tags import TAGS, Tag
from broadcast.text import folded

_WORDS: frozenset[Tag] = frozenset(("lead", "asks on", "answers on"))
_ASKED: frozenset[Tag] = frozenset(("label", "asks", "asks on"))
_BEGINS: frozenset[Tag] = frozenset(("label", "asks", "answers"))
_SAID: frozenset[Tag] = _BEGINS | {"asks on", "answers on", "presents"}
_LABEL: frozenset[Tag] = frozenset(("label",))
_ON: frozenset[Tag] = frozenset(("asks on", "answers on"))
_LEFT_OUT: frozenset[Tag] = frozenset(("left out",))
_ANSWERS: frozenset[Tag] = frozenset(("answers", "answers on"))
_PRESENTS: frozenset[Tag] = frozenset(("presents",))
_CLOSES: frozenset[Tag] = frozenset(("presents", "asks on"))
_BYLINE: frozenset[Tag] = frozenset(("byline",))
_NO_TURN: frozenset[Tag] = frozenset(("title", "lead", "byline", "left out"))
_NO_TITLE: frozenset[Tag] = frozenset(TAGS) - {"title"}


_FEWEST_OF_INTERVIEW = 3
_MOST_OF_SIGNATURE = 6
"""Lines."""
_LONGEST_OF_SIGNATURE = 14
_MOST_OF_NAME = 4
_FEWEST_OF_TITLE = 4
_FEWEST_OF_LEAD = 8
"""Words."""


@dataclass(frozen=True, slots=True)
class Bindings:
    """By place of the line: the tags that are left, and why it is left out where it must be."""

    tags: Mapping[int, frozenset[Tag]] = field(default_factory=dict)
    apart: Mapping[int, Apart] = field(default_factory=dict)


def bindings(
    entries: Sequence[WrittenLine],
    labels: Sequence[Label | None],
    title: str | None,
    certain: Collection[int],
) -> Bindings:
    """Give what binds the lines.

    ``title`` is that of the front matter; ``certain`` are the lines whose label is a speaker's
    beyond doubt.
    """
    tags: dict[int, frozenset[Tag]] = {}
    apart: dict[int, Apart] = {}

    spoken = [
        label if not names_staff(one.text) else None
        for one, label in zip(entries, labels, strict=True)
    ]
    head = _first_turn(entries, spoken)
    last = max((at for at, entry in enumerate(entries) if entry.asks or spoken[at]), default=0)
    tail = range(max(last + 1, len(entries) - _MOST_OF_SIGNATURE - 1), len(entries))
    signed = next((at for at in tail if _signs_off(entries, at)), len(entries))

    def leave_out(at: int, why: Message) -> None:
        tags[at] = _LEFT_OUT
        apart[at] = Apart(why, why, why, always=True)

    titled = title is not None
    for at, why in of_mail(entries[:head]).items():
        leave_out(at, why)
    for at in range(signed, len(entries)):
        leave_out(at, reasons.MAIL_SIGNATURE)
    for at, entry in enumerate(entries):
        label = labels[at]
        if at in tags:
            continue
        if entry.verbatim:
            tags[at] = _WORDS
        elif label is not None and label.form.declared:
            tags[at] = _LABEL
        elif entry.answered:
            tags[at] = _ASKED
        elif entry.heading == 1 and has_words(entry.text):
            if title is not None and folded(entry.text) != folded(title):
                leave_out(at, reasons.OTHER_TITLE)
            else:
                tags[at] = frozenset(("title",))
                titled = True
        elif names_byline(entry.text) or (
            ((entry.is_byline and label is None) or names_staff(entry.text))
            and not head <= at <= last
        ):
            tags[at] = _BYLINE
        elif entry.furniture is not None and not _is_sure(label):
            leave_out(at, entry.furniture)
        elif at < head and title is not None and folded(entry.text) == folded(title):
            tags[at] = frozenset(("title",))
        elif at < head and (part := named_part(entry.text))[0]:
            if part[0] == "title" and not titled:
                tags[at] = frozenset(("title",))
                titled = True
            elif part[0] == "lead" and entry.text[part[1] :]:
                tags[at] = frozenset(("lead",))
            elif part[0] == "lead":
                empty = at + 1 == len(entries)
                leave_out(at, reasons.EMPTY_LEAD if empty else reasons.LEAD_WORD)
        elif at < head and label is None and is_card(entry.text):
            leave_out(at, reasons.CARD)
        elif at in certain:
            tags[at] = _LABEL
        elif label is None and _is_quoted_below(entries, at):
            tags[at] = _ANSWERS
        elif at < head and _is_author(entries, at):
            tags[at] = _BYLINE
        elif at < head and names_station(entry.text) and _is_titled(entries[:head], at):
            leave_out(at, reasons.STATION)
        elif at > head and label is None and is_closing(entry.text):
            tags[at] = _CLOSES if _is_presenters(spoken[:at]) else _PRESENTS
        elif entry.heard and not entry.is_byline:
            tags[at] = _BEGINS if SPEECH_DASH.match(entry.text) else _SAID
    for at in range(len(entries) - 1):
        label = labels[at]
        alone = label is not None and not has_words(entries[at].text[label.rest :])
        if tags.get(at) == _LABEL and alone and labels[at + 1] is None:
            # The words of a label that stands alone are below it.
            tags.setdefault(at + 1, _ON)
    asked = any(entry.asks or is_request(entry.text) for entry in entries)
    if len(entries) < _FEWEST_OF_INTERVIEW and not asked and not any(labels):
        # Nobody is named and nobody asks: there is no interview in it.
        for at in range(len(entries)):
            tags.setdefault(at, _NO_TURN)
    if titled:
        for at in range(len(entries)):
            tags[at] = tags.get(at, _NO_TITLE)
    return Bindings(tags, apart)


def _first_turn(entries: Sequence[WrittenLine], labels: Sequence[Label | None]) -> int:
    """Where the first line is whose label says a part; a single "Lời dẫn:" names the lead."""
    leads = [at for at, entry in enumerate(entries) if named_part(entry.text)[0] == "lead"]
    of_lead = leads[0] if len(leads) == 1 else None
    return next(
        (
            at
            for at, label in enumerate(labels)
            if label is not None and (label.form.declared or (_is_sure(label) and at != of_lead))
        ),
        len(entries),
    )


def _is_sure(label: Label | None) -> bool:
    return label is not None and label.form.sureness is Sureness.SURE and label.form.says_part


def _is_author(entries: Sequence[WrittenLine], at: int) -> bool:
    """Whether a line is the author's name between the title and a lead of whole sentences."""
    entry = entries[at]
    if at == 0 or at + 1 >= len(entries) or not is_signature(entry.text):
        return False
    above, below = entries[at - 1], entries[at + 1]
    short = len(entry.text.split("(")[0].split()) <= _MOST_OF_NAME
    titled = above.heading == 1 or (at == 1 and not above.ends_sentence)
    return short and titled and below.ends_sentence and len(below.text.split()) >= _FEWEST_OF_LEAD


def _is_titled(head: Sequence[WrittenLine], at: int) -> bool:
    """Whether another line before the turns could be the title."""
    return any(
        other != at
        and not entry.ends_sentence
        and len(entry.text.split()) >= _FEWEST_OF_TITLE
        and entry.furniture is None
        and not (names_station(entry.text) or is_card(entry.text))
        for other, entry in enumerate(head)
    )


def _is_presenters(labels: Sequence[Label | None]) -> bool:
    """Whether the last of some labels is a presenter's."""
    label = next((label for label in reversed(labels) if label is not None), None)
    return label is not None and label.form.role == "presenter"


def _is_quoted_below(entries: Sequence[WrittenLine], at: int) -> bool:
    """Whether a line of speech stands below "Ông Ninh nói:"."""
    above = entries[at - 1].text if at else ""
    return (
        SPEECH_DASH.match(entries[at].text) is not None
        and above.endswith(":")
        and not entries[at - 1].asks
        and _SAYS.search(above[-40:]) is not None
    )


_SAYS = re.compile(r"\b(?:nói|kể|cho biết|trả lời|chia sẻ|says|said|told us)\s*:$")


def _signs_off(entries: Sequence[WrittenLine], at: int) -> bool:
    """Whether a mail is signed here: "Trân trọng," with a few short lines below it."""
    rest = entries[at + 1 :]
    text = entries[at].text
    return (
        bool(rest)
        and text.rstrip()[-1:] in {",", "-"}
        and is_farewell(text)
        and all(len(one.text.split()) <= _LONGEST_OF_SIGNATURE for one in rest)
    )
