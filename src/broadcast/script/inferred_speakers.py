"""Turns whose speaker no label says → one problem that says from what they were inferred."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from broadcast.messages import Message, counted
from broadcast.model import Document, Problem, Remedy
from broadcast.script.arrange import TurnLines

TurnOf = Mapping[int, int | None]
"""The number of the turn whose words stand in a line."""
_PASTED = {".txt", ""}
"""What text is pasted into: no such file keeps bold."""
_OF_WORDS_ALONE = {"sign.plain", "sign.to-guest"}
"""Signs that are seen in no other way than by the words."""


def turn_of_block(block: TurnLines, turn_of: TurnOf) -> int | None:
    """Give the number of the turn that a block has become."""
    numbers = (line.entry.number for line in block.lines)
    return next((turn_of[number] for number in numbers if number in turn_of), None)


def inferred_speakers(
    document: Document, blocks: Sequence[TurnLines], turn_of: TurnOf
) -> tuple[Problem, ...]:
    """Give one problem for all turns whose speaker was inferred; none where every turn has one."""
    inferred = [block for block in blocks if block.sign is not None]
    signs = tuple(dict.fromkeys(block.sign for block in inferred if block.sign is not None))
    if not inferred:
        return ()
    message = counted(
        "script.speaker-inferred",
        "this turn names no speaker, who was guessed from {signs:and}",
        "{count} turns name no speaker, who was guessed from {signs:and}",
        count=len(inferred),
        signs=signs,
    )
    pasted = document.file.suffix.casefold() in _PASTED
    if pasted and any(sign.code in _OF_WORDS_ALONE for sign in signs):
        hint = Message(
            "script.speaker-inferred.pasted",
            "Write the speaker and a colon before the words; or save the page (HTML), or keep the "
            "Word file, instead of pasting its text: bold tells questions from answers.",
        )
    else:
        hint = Message(
            "script.speaker-inferred.hint",
            "Check who speaks. To be certain, write the speaker and a colon before the words.",
        )
    turn = turn_of_block(inferred[0], turn_of) if len(inferred) == 1 else None
    line = inferred[0].begin.entry.number
    return (Problem(line, "warning", message, hint, turn, remedies=(Remedy("clean"),)),)
