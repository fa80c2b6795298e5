"""A script as it was written and what is understood of it → rows with the two side by side.

A row says nothing of where in the script it stands: an edit above it leaves it as it was, so that
a page takes from the studio what is new alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from broadcast.messages import Message
from broadcast.model import Dropped, Level, Problem, Reading, Remedy, Role, Sentence, Turn
from broadcast.production.desk.check_script import Checked
from broadcast.production.desk.cues_meant import Meaning
from broadcast.studio.draft_heard import DraftHeard, TurnHeard

_COLOURS = 4


@dataclass(frozen=True, slots=True)
class SentencePiece:
    """A stretch of a sentence; with ``reading`` it is said otherwise than it is written."""

    text: str
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class ToldProblem:
    """A problem at the ``at``-th line of its row, and what can be done about it."""

    level: Level
    told: Message
    hint: Message | None
    remedies: tuple[Remedy, ...]
    at: int


@dataclass(frozen=True, slots=True)
class SaidSentence:
    """A sentence of a turn: its paragraph, how many of its words stand before it, what it is."""

    paragraph: int
    words: int
    count: int
    pieces: tuple[SentencePiece, ...]
    heard: tuple[int, int] | None
    problems: tuple[ToldProblem, ...] = ()

    @property
    def readings(self) -> list[Reading]:
        """What of it is said otherwise than it is written."""
        return [piece.reading for piece in self.pieces if piece.reading]


@dataclass(frozen=True, slots=True)
class SaidTurn:
    """A turn as it is understood."""

    id: str
    speaker: str
    role: Role
    is_part: bool
    ms: int
    colour: int
    letter: str
    heard: TurnHeard | None
    sentences: tuple[SaidSentence, ...]


@dataclass(frozen=True, slots=True)
class LeftWords:
    """Words of the ``at``-th line of a row that are not spoken, and why."""

    at: int
    text: str
    why: Message


@dataclass(frozen=True, slots=True)
class PairRow:
    """Lines of the file, and what they are taken for."""

    lines: tuple[str, ...]
    said: SaidTurn | None
    dropped: tuple[LeftWords, ...]
    cues: tuple[Message, ...]
    problems: tuple[ToldProblem, ...]
    is_title: bool = False


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row, the numbers of its lines, and its turn with its place among all turns."""

    row: PairRow
    numbers: tuple[int, ...]
    turn: Turn | None = None
    place: int | None = None


@dataclass(slots=True)
class _LinesOfRow:
    """Lines that go together, while rows are made."""

    lines: list[tuple[int, str]] = field(default_factory=list)
    place: int | None = None
    dropped: list[Dropped] = field(default_factory=list)
    cues: list[Meaning] = field(default_factory=list)

    @property
    def is_plain(self) -> bool:
        return self.place is None and not self.dropped and not self.cues

    @property
    def is_label(self) -> bool:
        is_line = self.is_plain and len(self.lines) == 1
        return is_line and self.lines[0][1].rstrip(" *_").endswith(":")


def colours(turns: Sequence[Turn]) -> dict[str, int]:
    """Give each speaker a colour, in the order of coming up; the fifth has the first again."""
    names = dict.fromkeys(turn.speaker for turn in turns)
    return {name: number % _COLOURS + 1 for number, name in enumerate(names)}


def letter_of(name: str) -> str:
    """Give the letter that stands for a person: of the name that they are called by."""
    called = name.partition(",")[0].split()
    return next((word[0].upper() for word in reversed(called) if word[0].isalpha()), "·")


def rows_of(checked: Checked, text: str | None, heard: DraftHeard) -> list[PlacedRow]:
    """Give the rows in the order of the file; without ``text`` only what was read of it is known.

    What stands in no row of its own, such as a label alone on a line, is with the next turn.
    """
    script = checked.script
    colour = colours(script.turns)
    letters = {name: letter_of(name) for name in colour}
    told: dict[int, list[Problem]] = {}
    for problem in checked.problems:
        if problem.line is not None and problem.level != "note":
            told.setdefault(problem.line, []).append(problem)
    result = []
    for one in _parted(checked, _lines(checked, text)):
        at = {number: n for n, (number, _) in enumerate(one.lines)}
        turn = None if one.place is None else script.turns[one.place]
        said = None
        if turn is not None and one.place is not None:
            who = (colour[turn.speaker], letters[turn.speaker])
            said = _said(checked, one.place, who, heard, told, at)
        here = [problem for number in at for problem in told.get(number, ())]
        if turn is not None:
            first = {paragraph.line for paragraph in turn.paragraphs}
            here = [problem for problem in here if problem.line not in first]
        row = PairRow(
            tuple(line for _, line in one.lines),
            said,
            tuple(LeftWords(at.get(each.line, 0), each.text, each.why) for each in one.dropped),
            tuple(cue.does for cue in one.cues),
            _told(here, at),
            one.is_plain and _is_title(one.lines, script.title),
        )
        result.append(PlacedRow(row, tuple(at), turn, one.place))
    # Standing parts that no line has are not the script's to mend.
    return result


def _is_title(lines: Sequence[tuple[int, str]], title: str | None) -> bool:
    words = " ".join(line.strip(" *_#\t") for _, line in lines).split()
    return title is not None and words[-len(title.split()) :] == title.split()


def elsewhere(checked: Checked, rows: Iterable[PlacedRow]) -> tuple[ToldProblem, ...]:
    """Give the problems that are at no line of any row."""
    shown = {number for row in rows for number in row.numbers}
    left = [one for one in checked.problems if one.level != "note" and one.line not in shown]
    return _told(left, {})


def _told(problems: Iterable[Problem], at: Mapping[int, int]) -> tuple[ToldProblem, ...]:
    return tuple(
        ToldProblem(one.level, one.placed, one.hint, one.remedies, at.get(one.line or 0, 0))
        for one in problems
    )


def _parted(checked: Checked, lines: Sequence[tuple[int, str]]) -> list[_LinesOfRow]:
    script = checked.script
    places = {turn.line: place for place, turn in enumerate(script.turns)}
    dropped: dict[int, list[Dropped]] = {}
    for one in script.dropped:
        dropped.setdefault(one.line, []).append(one)
    cues: dict[int, list[Meaning]] = {}
    for cue in checked.cues:
        cues.setdefault(cue.cue.line, []).append(cue)
    spoken = {one.line for turn in script.turns for one in turn.paragraphs}
    rows: list[_LinesOfRow] = []
    last_turn: _LinesOfRow | None = None
    for number, line in lines:
        if (place := places.get(number)) is not None:
            waiting = rows.pop().lines if rows and rows[-1].is_label else []
            last_turn = _LinesOfRow([*waiting, (number, line)], place, [*dropped.get(number, ())])
            rows.append(last_turn)
        elif number in spoken and rows:
            row = last_turn or rows[-1]
            row.lines.append((number, line))
            row.dropped += dropped.get(number, ())
        elif number in dropped:
            if not (rows and rows[-1].dropped and rows[-1].place is None):
                rows.append(_LinesOfRow())
            rows[-1].lines.append((number, line))
            rows[-1].dropped += dropped[number]
        elif number in cues:
            rows.append(_LinesOfRow([(number, line)], cues=cues[number]))
        elif rows and not _ends_row(rows[-1], number):
            rows[-1].lines.append((number, line))
        else:
            rows.append(_LinesOfRow([(number, line)]))
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


def _ends_row(row: _LinesOfRow, number: int) -> bool:
    """Whether a line that nobody knows stands too far from a row to be part of it."""
    is_gap = row.lines[-1][0] + 1 != number
    return is_gap or bool(row.cues) or (bool(row.dropped) and row.place is None)


def _said(
    checked: Checked,
    place: int,
    who: tuple[int, str],
    heard: DraftHeard,
    told: Mapping[int, Sequence[Problem]],
    at: Mapping[int, int],
) -> SaidTurn:
    turn = checked.script.turns[place]
    known = checked.sentences[place] if place < len(checked.sentences) else None
    when = heard.turns.get(turn.id)
    return SaidTurn(
        turn.id,
        turn.speaker,
        turn.role,
        turn.kind != "turn",
        checked.turns_ms[place],
        *who,
        when,
        tuple(_sentences(turn, known, when, told, at)),
    )


def _sentences(
    turn: Turn,
    known: Sequence[Sentence] | None,
    heard: TurnHeard | None,
    told: Mapping[int, Sequence[Problem]],
    at: Mapping[int, int],
) -> Iterator[SaidSentence]:
    number = 0
    for paragraph_number, paragraph in enumerate(turn.paragraphs):
        own = [one for one in known or () if one.paragraph == paragraph_number]
        own = own or [
            Sentence(paragraph.text, paragraph.text, (), paragraph_number, paragraph.line)
        ]
        left = list(told.get(paragraph.line, ()))
        words = 0
        for place, one in enumerate(own):
            is_last = place == len(own) - 1
            here = [each for each in left if is_last or _is_about(each, one)]
            left = [each for each in left if each not in here]
            count = len(one.written.split())
            yield SaidSentence(
                paragraph_number,
                words,
                count,
                tuple(_pieces(one)),
                heard.when(number, one.written) if heard else None,
                _told(here, at),
            )
            words, number = words + count, number + 1


def _is_about(problem: Problem, sentence: Sentence) -> bool:
    """Whether a problem is about a reading of a sentence, and not of a later one of its line."""
    read = {one.name for one in problem.remedies if one.does == "read"}
    return not read.isdisjoint(reading.written for reading in sentence.readings)


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
