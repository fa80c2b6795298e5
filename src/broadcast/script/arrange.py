"""Decisions on all lines → the parts of a script: title, lead, turns in the making, byline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile

from broadcast.messages import Message
from broadcast.model import Role
from broadcast.script import reasons
from broadcast.script.air_date import air_date_of
from broadcast.script.credits import byline_words
from broadcast.script.decoder import Decision
from broadcast.script.entries import WrittenLine, with_cells_apart
from broadcast.script.facts import Facts
from broadcast.script.labels import LIST_MARK, Label
from broadcast.script.names import has_words
from broadcast.script.particulars import named_part, names_column

_SIGNS = {
    "bold": Message("sign.bold", "questions in bold, answers in plain letters"),
    "heading:2": Message("sign.heading", "questions as headings"),
    "mark:1": Message("sign.numbered", "numbered questions"),
}
_MARKED = Message("sign.marked", "questions and answers set off by dashes or stars")
_PLAIN = Message("sign.plain", "paragraphs that ask, and what follows them")
_TO_GUEST = Message("sign.to-guest", "a question to the guest")
_AFTER_QUESTION = Message("sign.after-question", "what follows a question")
_THANKS = Message("sign.thanks", "the closing thanks")
_CLOSING = Message("sign.closing", "the closing words to the listeners")
_ROLES: Mapping[str, Role] = {"asks": "reporter", "answers": "official", "presents": "presenter"}


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """A line with what is said of it; ``facts`` and ``decision`` are None for a line of cues."""

    entry: WrittenLine
    words: str
    facts: Facts | None = None
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class TurnLines:
    """The lines of one turn; ``label`` is None where the speaker is inferred from ``sign``."""

    lines: tuple[SpokenLine, ...]
    label: Label | None = None
    role: Role | None = None
    sign: Message | None = None

    @property
    def begin(self) -> SpokenLine:
        """The line that begins it."""
        return self.lines[0]


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The parts of a script; ``left_out`` has each line that is not read, with its reason."""

    entries: tuple[WrittenLine, ...]
    title: str | None
    lead: tuple[SpokenLine, ...]
    blocks: tuple[TurnLines, ...]
    bylines: tuple[SpokenLine, ...]
    left_out: tuple[tuple[WrittenLine, Message], ...]


def aired(parts: Arrangement) -> tuple[WrittenLine, date] | None:
    """Give the line above the turns that says when the programme is broadcast, and that day."""
    first = parts.blocks[0].begin.entry if parts.blocks else None
    unread = {id(entry) for entry, _ in parts.left_out}
    for entry in takewhile(lambda one: one is not first, parts.entries):
        if id(entry) in unread and (day := air_date_of(entry.text)) is not None:
            return entry, day
    return None


def arranged(
    entries: Sequence[WrittenLine], facts: Sequence[Facts], decisions: Sequence[Decision]
) -> Arrangement:
    """Put the lines into their parts; lines of nothing but cues stay with the turn above them."""
    decided = {id(one.line): (one, what) for one, what in zip(facts, decisions, strict=True)}
    labelled = any(what.tag == "label" for what in decisions)
    titles: list[str] = []
    lead: list[SpokenLine] = []
    blocks: list[TurnLines] = []
    bylines: list[SpokenLine] = []
    left_out: list[tuple[WrittenLine, Message]] = []
    for entry in entries:
        one, what = decided.get(id(entry), (None, None))
        if one is None or what is None:
            if blocks:
                blocks[-1] = _with(blocks[-1], SpokenLine(entry, ""))
            if not entry.found:
                left_out.append((entry, reasons.NO_WORDS))
            continue
        words = _words(one, what)
        if what.tag == "left out":
            left_out.append((entry, reason_of(one, what)))
            continue
        line = SpokenLine(entry, words, one, what)
        if not has_words(words) and what.tag != "label":
            left_out.append((entry, reasons.NO_WORDS))
        elif what.tag == "title":
            titles.append(words)
        elif what.tag == "lead":
            lead.append(line)
        elif what.tag == "byline":
            bylines.append(line)
        elif what.tag in ("asks on", "answers on"):
            blocks[-1] = _with(blocks[-1], line)
        elif what.tag == "label":
            blocks.append(TurnLines((line,), one.label))
        else:
            sign = _sign(one, what, blocks, labelled=labelled)
            blocks.append(TurnLines((line,), None, _ROLES[what.tag], sign))
    return _titled(
        Arrangement(
            tuple(entries),
            " ".join(" ".join(titles).strip(" *_#").split()) or None,
            tuple(lead),
            tuple(blocks),
            tuple(bylines),
            tuple(left_out),
        )
    )


def _titled(parts: Arrangement) -> Arrangement:
    """The name of the column is the title of a programme that has no other."""
    if parts.title is not None:
        return parts
    for place, (entry, why) in enumerate(parts.left_out):
        if why is reasons.CARD and names_column(entry.text):
            rest = (*parts.left_out[:place], *parts.left_out[place + 1 :])
            return replace(parts, title=entry.text, left_out=rest)
    return parts


def _with(block: TurnLines, line: SpokenLine) -> TurnLines:
    return replace(block, lines=(*block.lines, line))


def _words(facts: Facts, what: Decision) -> str:
    """What is said of a line: without its label, the mark of a question, the name of its part."""
    entry = facts.line
    words = entry.text
    if what.tag == "label" and facts.label is not None:
        words = words[facts.label.rest :]
    elif what.tag in ("title", "lead") and not entry.verbatim:
        words = words[named_part(words)[1] :]
    elif what.tag == "byline":
        words = byline_words(words)
    elif what.tag in _ROLES:
        words = LIST_MARK.sub("", words, count=1)
    words = words.strip()
    return with_cells_apart(words) if "\t" in words else words


def reason_of(facts: Facts, what: Decision) -> Message:
    """Say why a line is left out where it stands."""
    if what.who in ("start", "titled"):
        why = facts.apart.before
    elif what.who in ("asker", "answerer"):
        why = facts.apart.among
    else:
        why = facts.apart.after
    if what.who == "over" and not facts.apart.always:
        why = reasons.AFTER_BYLINE
    assert why is not None, "a line is left out only for a named reason"
    return why


def _sign(facts: Facts, what: Decision, blocks: Sequence[TurnLines], *, labelled: bool) -> Message:
    """What tells who speaks where no label says it."""
    if what.tag == "presents":
        return _CLOSING
    if facts.thanks and what.tag == "asks":
        return _THANKS
    if what.tag == "answers":
        above = blocks[-1].sign if blocks else None
        return _AFTER_QUESTION if labelled or above is None else above
    for sign, message in _SIGNS.items():
        if sign in facts.signs and ("look:questions" in facts.signs or sign != "mark:1"):
            return message
    if any(sign.startswith("mark:") for sign in facts.signs):
        return _MARKED
    return _TO_GUEST if labelled else _PLAIN
