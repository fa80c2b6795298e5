"""The speakers of a script → those who are guests for want of anything better, and may ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from broadcast.messages import Message, counted
from broadcast.model import Problem, Remedy, Speaker, Turn
from broadcast.script.asking import asks_nobody, is_question

OFTEN = 0.25
"""The share of turns with a question from which a guest who speaks first may be one who asks.

Measured by ``python bench/train_decoder.py --folds 5 --seeds 2``, which counts the questions in a
guest's voice that are untold: seven of the eight who are told by this do ask.
"""
_UNSURE = "speaker.labelled-and-answers"
"""Why one is a guest whose label does not say it."""


def doubtful_roles(turns: Sequence[Turn], speakers: Sequence[Speaker]) -> Iterator[Problem]:
    """Give a problem where a guest opens the interview with questions.

    Where nobody is seen to ask, all guests are named in one.
    """
    spoken: dict[str, list[Turn]] = {}
    for turn in turns:
        if turn.kind == "turn":
            spoken.setdefault(turn.speaker, []).append(turn)
    guests = [
        one
        for one in speakers
        if one.role == "official" and one.known_by.code == _UNSURE and one.name in spoken
    ]
    if len(spoken) > 1 and guests and all(one.role == "official" for one in speakers):
        first = next(turn for turn in turns if turn.kind == "turn")
        yield Problem(
            first.line,
            "warning",
            Message(
                "script.nobody-asks",
                "nobody is seen to ask: {speakers:and} are taken for guests",
                speakers=tuple(spoken),
            ),
            _hint(first.speaker),
            remedies=(Remedy("reporter", first.speaker),),
        )
        return
    for one in guests:
        own = spoken[one.name]
        asking = [turn for turn in own if is_question(turn.text) and not asks_nobody(turn.text)]
        if own[0].n == 1 and asking and len(asking) >= OFTEN * len(own):
            yield Problem(
                own[0].line,
                "warning",
                counted(
                    "script.guest-who-asks",
                    "{speaker} is taken for a guest, yet speaks first, and asks in one turn",
                    "{speaker} is taken for a guest, yet speaks first, and asks in {count} turns",
                    speaker=one.name,
                    count=len(asking),
                ),
                _hint(one.name),
                own[0].n,
                remedies=(Remedy("reporter", one.name),),
            )


def _hint(name: str) -> Message:
    return Message(
        "script.guest-who-asks.hint",
        "If {speaker} asks, write so under people: in the front matter: name: {speaker}, "
        "role: reporter.",
        speaker=name,
    )
