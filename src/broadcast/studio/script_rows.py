"""A script as it was written and what is understood of it → rows with the two side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from broadcast.messages import Message
from broadcast.model import Dropped, Problem, Reading, Sentence, Turn
from broadcast.model.naming import role_name
from broadcast.production.desk.check_script import Checked
from broadcast.production.desk.cues_meant import Meaning

_COLOURS = 4


@dataclass(frozen=True, slots=True)
class SentencePiece:
    """A stretch of a sentence; with ``reading`` it is said otherwise than it is written."""

    text: str
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class SaidSentence:
    """A sentence of a turn: its paragraph, how many of its words stand before it, what it is."""

    paragraph: int
    words: int
    pieces: tuple[SentencePiece, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class SaidTurn:
    """A turn as it is understood; ``place`` is its place among all turns."""

    place: int
    turn: Turn
    ms: int
    colour: int
    letter: str
    sentences: tuple[SaidSentence, ...]

    @property
    def role(self) -> Message:
        """What its speaker is in the programme."""
        return role_name(self.turn.role)


@dataclass(slots=True)
class PairRow:
    """Lines of the file with their numbers, and what they are taken for."""

    lines: list[tuple[int, str]] = field(default_factory=list)
    said: SaidTurn | None = None
    dropped: list[Dropped] = field(default_factory=list)
    cues: list[Meaning] = field(default_factory=list)


def colours(turns: Sequence[Turn]) -> dict[str, int]:
    """Give each speaker a colour, in the order of coming up; the fifth has the first again."""
    names = dict.fromkeys(turn.speaker for turn in turns)
    return {name: number % _COLOURS + 1 for number, name in enumerate(names)}


def letter_of(name: str) -> str:
    """Give the letter that stands for a person: of the name that they are called by."""
    called = name.partition(",")[0].split()
    return next((word[0].upper() for word in reversed(called) if word[0].isalpha()), "·")


def rows_of(checked: Checked, text: str | None) -> list[PairRow]:
    """Give the rows in the order of the file; without ``text`` only what was read of it is known.

    What stands in no row of its own, such as a label alone on a line, is with the next turn.
    """
    lines = _lines(checked, text)
    turns = {
        turn.line: said for turn, said in zip(checked.script.turns, _said(checked), strict=True)
    }
    dropped: dict[int, list[Dropped]] = {}
    for one in checked.script.dropped:
        dropped.setdefault(one.line, []).append(one)
    cues: dict[int, list[Meaning]] = {}
    for cue in checked.cues:
        cues.setdefault(cue.cue.line, []).append(cue)
    spoken = {one.line for turn in checked.script.turns for one in turn.paragraphs}
    rows: list[PairRow] = []
    for number, line in lines:
        if (said := turns.get(number)) is not None:
            waiting = rows.pop().lines if rows and _is_label(rows[-1]) else []
            rows.append(PairRow([*waiting, (number, line)], said))
        elif number in dropped and number not in spoken:
            if not (rows and rows[-1].dropped):
                rows.append(PairRow())
            rows[-1].lines.append((number, line))
            rows[-1].dropped += dropped[number]
        elif number in cues:
            rows.append(PairRow([(number, line)], cues=cues[number]))
        elif number in spoken and rows:
            _last_turn(rows).lines.append((number, line))
        elif rows and not _ends_turn(rows[-1], number):
            rows[-1].lines.append((number, line))
        else:
            rows.append(PairRow([(number, line)]))
    # Standing parts that no line has are not the script's to mend.
    return rows


def _lines(checked: Checked, text: str | None) -> list[tuple[int, str]]:
    if text is not None:
        numbered = enumerate(re.split(r"\r\n|\r|\n", text), 1)
        return [(number, line) for number, line in numbered if line.strip()]
    script = checked.script
    read = {one.line: one.text for turn in script.turns for one in turn.paragraphs}
    for dropped in script.dropped:
        read.setdefault(dropped.line, dropped.text)
    for cue in checked.cues:
        read.setdefault(cue.cue.line, cue.cue.written)
    return sorted(read.items())


def _is_label(row: PairRow) -> bool:
    plain = row.said is None and not row.dropped and not row.cues
    return plain and len(row.lines) == 1 and row.lines[0][1].rstrip(" *_").endswith(":")


def _ends_turn(row: PairRow, number: int) -> bool:
    """Whether a line that nobody knows stands too far from a row to be part of it."""
    is_label_or_gap = row.lines[-1][0] + 1 != number
    return is_label_or_gap or bool(row.dropped) or bool(row.cues)


def _last_turn(rows: Sequence[PairRow]) -> PairRow:
    return next((row for row in reversed(rows) if row.said), rows[-1])


def _said(checked: Checked) -> Iterator[SaidTurn]:
    turns = checked.script.turns
    colour = colours(turns)
    at: dict[int, list[Problem]] = {}
    for problem in checked.problems:
        if problem.line is not None and problem.level != "note":
            at.setdefault(problem.line, []).append(problem)
    for place, turn in enumerate(turns):
        known = checked.sentences[place] if place < len(checked.sentences) else None
        yield SaidTurn(
            place,
            turn,
            checked.turns_ms[place],
            colour[turn.speaker],
            letter_of(turn.speaker),
            tuple(_sentences(turn, known, at)),
        )


def _sentences(
    turn: Turn, known: Sequence[Sentence] | None, at: Mapping[int, list[Problem]]
) -> Iterator[SaidSentence]:
    for number, paragraph in enumerate(turn.paragraphs):
        own = [one for one in known or () if one.paragraph == number]
        own = own or [Sentence(paragraph.text, paragraph.text, (), number, paragraph.line)]
        words = 0
        for place, one in enumerate(own):
            told = at.get(paragraph.line, []) if place == len(own) - 1 else []
            yield SaidSentence(number, words, tuple(_pieces(one)), tuple(told))
            words += len(one.written.split())


def _pieces(sentence: Sentence) -> Iterator[SentencePiece]:
    at = 0
    for reading in sentence.readings:
        if not at <= reading.start < reading.end <= len(sentence.written):
            continue
        if reading.start > at:
            yield SentencePiece(sentence.written[at : reading.start])
        yield SentencePiece(sentence.written[reading.start : reading.end], reading)
        at = reading.end
    if at < len(sentence.written):
        yield SentencePiece(sentence.written[at:])
