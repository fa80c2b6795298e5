"""What people recorded for a script's turns → what a build uses of it, and the record sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from broadcast.errors import BroadcastError
from broadcast.messages import Message, counted
from broadcast.model import Problem
from broadcast.production.booth.said_in_takes import said_otherwise
from broadcast.production.desk.inputs import Inputs
from broadcast.production.desk.progress import LISTENING, Reporter, waiting
from broadcast.production.desk.stopped_work import finish_stopped
from broadcast.recordings.find import FoundTakes, found_in
from broadcast.recordings.orphans import without_turn
from broadcast.recordings.sheet import Sheet, record_sheet, record_sheet_html
from broadcast.workspace.locks import locked
from broadcast.workspace.writing import write_atomic

RECORD_SHEET = "record-sheet.html"


def usable(inputs: Inputs, reporter: Reporter) -> FoundTakes:
    """Listen to a script's recordings for a build, and tell what is doubtful.

    Raises BroadcastError when one of them cannot be used: no programme is built with a hole.
    """
    found = heard_takes(inputs, reporter)
    unheard = without_turn(inputs.standing)
    shown = inputs.standing.folder.relative_to(inputs.workspace.root)
    hint = Message(
        "recordings.unusable.hint",
        "Mend or remove it; or go back to the synthetic voice: broadcast unswap {name} TURN",
        name=inputs.name,
    )
    tell_and_refuse((*found.problems, *unheard), shown, hint, reporter)
    return found


def tell_and_refuse(
    problems: Sequence[Problem], folder: Path, hint: Message, reporter: Reporter
) -> None:
    """Tell what is wrong with recordings in ``folder``; raise if one of them cannot be used."""
    for problem in problems:
        reporter.problem(folder, problem)
    errors = sum(problem.level == "error" for problem in problems)
    if errors:
        raise BroadcastError(
            counted(
                "recordings.unusable",
                "Not built: a recording cannot be used, as told above.",
                "Not built: {count} recordings cannot be used, as told above.",
                count=errors,
            ),
            file=folder,
            hint=hint,
        )


def doubts(inputs: Inputs, reporter: Reporter) -> tuple[Problem, ...]:
    """Give what is doubtful about a script's recordings, those with no turn too."""
    return (*heard_takes(inputs, reporter).problems, *without_turn(inputs.standing))


def sheet(inputs: Inputs, reporter: Reporter) -> Sheet:
    """Give the record sheet, and write the page for the studio."""
    script = inputs.script
    made = record_sheet(inputs.standing.turns, heard_takes(inputs, reporter), inputs.expected_ms())
    page = record_sheet_html(made, script.title or inputs.name, script.language)
    finish_stopped(inputs.workspace, (inputs.name,), reporter)
    with locked(inputs.workspace, waiting(reporter)):
        write_atomic(inputs.workspace.draft(inputs.name) / RECORD_SHEET, page.encode("utf-8"))
    return made


def found_as_known(inputs: Inputs, reporter: Reporter) -> FoundTakes:
    """Give a script's recordings as ``usable`` does, at once, refusing nothing.

    Whose words are heard in them is told where somebody has listened for it before.
    """
    return heard_takes(inputs, reporter, only_known=True)


def heard_takes(inputs: Inputs, reporter: Reporter, *, only_known: bool = False) -> FoundTakes:
    """Listen to a script's recordings, and hold them against its words; or as far as is known."""
    found = found_in(
        inputs.standing,
        expected_ms=inputs.expected_ms(),
        stale=inputs.station.stale,
        cache=inputs.cache,
        step=lambda done, total: reporter.step(LISTENING, done, total),
    )
    said = said_otherwise(inputs, found, reporter, only_known=only_known)
    return replace(found, problems=(*found.problems, *said)) if said else found
