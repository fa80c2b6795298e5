"""Decisions on all lines → a problem at each line that could as well be another part."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from broadcast.language import same_language
from broadcast.messages import Message
from broadcast.messages.listeners import words_for
from broadcast.model import Problem, Speaker, Turn
from broadcast.script.arrange import reason_of
from broadcast.script.asking import asks_nobody
from broadcast.script.decoder import Decision
from broadcast.script.doubt_words import Voices, remedies, taken_for, to_write
from broadcast.script.facts import Facts
from broadcast.script.tags import part_of

Decided = Sequence[tuple[Facts, Decision]]

SMALL_MARGIN = 50.0
"""In the scale of the weights: a smaller margin is told.

Measured by ``python bench/train_decoder.py --folds 5 --seeds 2``, which says how many problems are
justified: of the lines that are close, in no fold's training, half are decided wrong; of all others
6 in 100.
"""
SMALL_MARGINS: Mapping[tuple[str, str], float] = {
    ("answers", "asks"): 75.0,
    ("asks", "answers"): 75.0,
    ("asks", "left out"): 100.0,
    ("answers", "left out"): 100.0,
    ("byline", "left out"): 75.0,
    ("left out", "title"): 75.0,
    ("left out", "asks"): 30.0,
    ("left out", "lead"): 10.0,
    ("title", "lead"): 150.0,
    ("lead", "title"): 20.0,
    ("lead", "answers"): 20.0,
    ("lead", "left out"): 100.0,
}
"""By what a line was taken for and its rival, where measuring gives another than SMALL_MARGIN."""
LABELLED_MARGIN = 150.0
"""Where any label says who speaks, a question within an answer is the guest's own from here on:
none of 28 was another's."""
UNLABELLED_MARGIN = 500.0
"""The same where no label does: none of 6 was."""
_ASKERS = frozenset(("thanks", "thanks-last", "closing"))
"""What guests hardly say: words like these within an answer were another's, all seven of them."""
_SAME = 1e-6
_BEYOND = 1e3
"""The margin of a line that can be nothing else."""


def doubtful_lines(
    decided: Decided, turns: Sequence[Turn], speakers: Sequence[Speaker], language: str
) -> Iterator[Problem]:
    """Give a problem at each line whose margin is small, and at each question within an answer.

    Neighbours with one margin are one other reading of the document: it is told once, where it
    makes a question of an answer, else at the first.
    """
    who = _Who(turns, speakers, language)
    if not who.speaks:
        return  # that nobody does is what is wrong
    for one_reading in _readings(decided):
        close = [(facts, what) for facts, what in one_reading if _is_told(facts, what)]
        asked = [one for one in close if _parts(one[1]) == ("answers", "asks")]
        for facts, what in one_reading:
            if _asks_within(facts, what):
                yield _question_within(facts, who)
            elif (facts, what) in (asked or close)[:1]:
                yield _problem(facts, what, who)


def _readings(decided: Decided) -> Iterator[list[tuple[Facts, Decision]]]:
    """Give the lines that become something else together."""
    together: list[tuple[Facts, Decision]] = []
    for one in decided:
        margin = one[1].margin
        if together and not (margin < _BEYOND and abs(margin - together[-1][1].margin) < _SAME):
            yield together
            together = []
        together.append(one)
    if together:
        yield together


def _parts(what: Decision) -> tuple[str, str]:
    """What a line was taken for, and its rival."""
    return part_of((what.tag, what.who)), part_of(what.rival)


def _is_told(facts: Facts, what: Decision) -> bool:
    taken, rival = _parts(what)
    if what.tag == "label" and rival in ("asks", "answers", "title"):
        return False  # who asks is told of the speaker; a label is no title
    return is_close(what) or (
        (taken, rival) == ("answers", "asks") and not _ASKERS.isdisjoint(facts.signs)
    )


def _question_within(facts: Facts, who: _Who) -> Problem:
    number = facts.line.number
    voices = who.around(number)
    return Problem(
        number,
        "warning",
        Message(
            "script.question-in-answer",
            "ends in a question, and is taken for words of {guest}",
            guest=voices.guest,
        ),
        to_write("answers", "asks", voices, vietnamese=who.vietnamese),
        who.turn_of.get(number),
        remedies=remedies("answers", "asks", voices),
    )


def _problem(facts: Facts, what: Decision, who: _Who) -> Problem:
    taken, rival = _parts(what)
    number = facts.line.number
    voices = who.around(number)
    why = reason_of(facts, what) if taken == "left out" else None
    return Problem(
        number,
        "warning",
        taken_for(taken, rival, voices, why),
        to_write(taken, rival, voices, vietnamese=who.vietnamese),
        who.turn_of.get(number),
        remedies=remedies(taken, rival, voices),
    )


def is_close(what: Decision) -> bool:
    """Whether a line could as well be what its rival is."""
    taken, rival = _parts(what)
    return taken != rival and what.margin < SMALL_MARGINS.get((taken, rival), SMALL_MARGIN)


def _asks_within(facts: Facts, what: Decision) -> bool:
    """Whether an answer ends a paragraph in a question that may be somebody else's."""
    if what.who != "answerer" or what.tag not in ("answers", "answers on"):
        return False
    if "asks" not in facts.signs or asks_nobody(facts.line.text):
        return False
    labelled = "text:no-labels" not in facts.signs
    return what.margin < (LABELLED_MARGIN if labelled else UNLABELLED_MARGIN)


class _Who:
    """Who asks and who answers about each line of a script, as it names and labels them."""

    def __init__(self, turns: Sequence[Turn], speakers: Sequence[Speaker], language: str) -> None:
        self.vietnamese = same_language(language, "vi")
        self.turn_of = {paragraph.line: turn.n for turn in turns for paragraph in turn.paragraphs}
        self._people = words_for(language).people
        self._labels = {one.name: min(one.labels, key=len, default=one.name) for one in speakers}
        spoken = sorted((turn for turn in turns if turn.kind == "turn"), key=lambda turn: turn.line)
        self._asking = [(turn.line, turn.speaker) for turn in spoken if turn.role != "official"]
        self._answering = [(turn.line, turn.speaker) for turn in spoken if turn.role == "official"]

    @property
    def speaks(self) -> bool:
        """Whether there are turns at all."""
        return bool(self._asking or self._answering)

    def around(self, number: int) -> Voices:
        """Give those who speak at a line or last before it; else those who speak first."""
        asker = _nearest(self._asking, number) or self._people.reporter
        guest = _nearest(self._answering, number) or self._people.official
        labels = self._labels
        return Voices(asker, labels.get(asker, asker), guest, labels.get(guest, guest))


def _nearest(turns: Sequence[tuple[int, str]], number: int) -> str | None:
    if not turns:
        return None
    at = bisect_right(turns, number, key=lambda turn: turn[0])
    return turns[max(0, at - 1)][1]
