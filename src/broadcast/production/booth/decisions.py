"""Takes as they stand → as a producer decides that they shall stand, committed once."""

from __future__ import annotations

from collections.abc import Callable

from broadcast.errors import UsageError
from broadcast.messages import Message
from broadcast.model import Turn
from broadcast.production.desk.inputs import Inputs
from broadcast.production.desk.progress import Reporter, waiting
from broadcast.recordings.choose import used_take, with_choice, with_confirmed_words, without_choice
from broadcast.recordings.file_names import called_turn
from broadcast.recordings.standing import Standing, commit_takes, decided, takes_standing
from broadcast.workspace.locks import locked

Decision = Callable[[Standing], Standing]
"""Takes as they stand → as they shall stand."""


def turn_named(inputs: Inputs, reference: str) -> Turn:
    """Give the turn that a number, an id or a name of it calls: ``5``, ``lượt 5``, ``lời dẫn``.

    Raises UsageError when there is none.
    """
    turns = inputs.standing.turns
    turn = next((turn for turn in turns if turn.id == reference), None)
    if turn := turn or called_turn(reference, turns):
        return turn
    last = max((turn.n or 0 for turn in turns), default=0)
    numbers = (Message("turn.numbers", "a number from 1 to {last}", last=last),) if last else ()
    raise UsageError(
        Message("turn.unknown", "There is no turn “{reference}”.", reference=reference),
        hint=Message(
            "turn.unknown.hint",
            "Give {turns:or}. See them with: broadcast check {name}",
            turns=(*numbers, *(turn.name.said for turn in turns if turn.n is None)),
            name=inputs.name,
        ),
    )


def decide(inputs: Inputs, decision: Decision, reporter: Reporter) -> Inputs:
    """Make a decision about takes as they stand at this moment, and commit it once.

    Gives the inputs with what was decided. Raises what ``decision`` raises, and nothing is changed.
    """
    folder = inputs.standing.folder
    with locked(inputs.workspace, waiting(reporter)):
        standing = inputs.standing
        if not inputs.has_same_recordings():
            standing = takes_standing(folder, standing.turns, inputs.cache)
        return inputs.with_takes(commit_takes(decision(standing)))


def remember(inputs: Inputs, reporter: Reporter) -> Inputs:
    """Remember which turn each recording was found for."""
    if not inputs.standing.is_news:
        return inputs
    return decide(inputs, lambda standing: standing, reporter)


def use(inputs: Inputs, turn: Turn, number: int, reporter: Reporter) -> Inputs:
    """Let a turn's ``number``-th take be heard. Raises UsageError when it has no such take."""
    return decide(inputs, lambda now: decided(now, with_choice(now.takes, turn, number)), reporter)


def confirm(inputs: Inputs, turn: Turn, reporter: Reporter) -> Inputs:
    """Note that the turn's present words are what its recording says.

    Raises UsageError when the turn uses no recording.
    """
    return decide(inputs, lambda now: decided(now, with_confirmed_words(now.takes, turn)), reporter)


def go_back(inputs: Inputs, turn: Turn, reporter: Reporter) -> Inputs | None:
    """Let the synthetic voice speak a turn again; None when it does already. Files stay."""
    if used_take(inputs.standing.takes.of_turn(turn.id), turn) is None:
        return None
    return decide(inputs, lambda now: decided(now, without_choice(now.takes, turn)), reporter)
