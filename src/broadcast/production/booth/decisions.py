"""A script's turns and what people recorded for them → what is heard, and decisions about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from broadcast.cache import Cache
from broadcast.errors import BroadcastError, UsageError
from broadcast.model import Turn
from broadcast.production.desk.inputs import Inputs
from broadcast.production.desk.progress import Reporter, waiting
from broadcast.recordings.choose import (
    used_take,
    with_choice,
    with_confirmed_words,
    with_swap,
    without_choice,
)
from broadcast.recordings.find import Found, found_in, judged_take, without_turn
from broadcast.recordings.folder import audio_files, stage
from broadcast.recordings.heard import Heard
from broadcast.recordings.judge import place_of
from broadcast.recordings.listen import digest, listen
from broadcast.recordings.pair import new_take
from broadcast.recordings.plan_folder import Planned, plan_folder
from broadcast.recordings.sheet import Sheet, record_sheet, record_sheet_html
from broadcast.recordings.standing import Standing, commit_takes, decided, takes_standing
from broadcast.recordings.takes_file import KnownTake, Part
from broadcast.workspace import locked, refuse_name_that_is_no_text, write_atomic

RECORD_SHEET = "record-sheet.html"

Decision = Callable[[Standing], Standing]
"""Takes as they stand → as they shall stand."""


def turn_named(inputs: Inputs, reference: str) -> Turn:
    """Give the turn that a number, an id, ``lead`` or ``byline`` names.

    Raises UsageError when there is none.
    """
    turns = inputs.script.turns
    asked = str(int(reference)) if reference.isdecimal() else reference
    for turn in turns:
        if reference == turn.id or asked == (turn.kind if turn.n is None else str(turn.n)):
            return turn
    last = max((turn.n or 0 for turn in turns), default=0)
    raise UsageError(
        f"There is no turn {reference!r}: the turns are 1 to {last}.",
        hint=f"See them with: broadcast check {inputs.name}",
    )


def decide(inputs: Inputs, decision: Decision, reporter: Reporter) -> Inputs:
    """Make a decision about takes as they stand at this moment, and commit it once.

    Gives the inputs with what was decided. Raises what ``decision`` raises, and nothing is changed.
    """
    folder = inputs.standing.folder
    with locked(inputs.workspace, waiting(reporter)):
        standing = inputs.standing
        if not inputs.has_same_recordings():
            standing = takes_standing(folder, inputs.script.turns, inputs.cache)
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


def usable(inputs: Inputs, reporter: Reporter) -> Found:
    """Listen to a script's recordings for a build, and tell what is doubtful.

    Raises BroadcastError when one of them cannot be used: no programme is built with a hole.
    """
    found = _found(inputs, reporter)
    unheard = without_turn(inputs.standing)
    shown = inputs.standing.folder.relative_to(inputs.workspace.root)
    for problem in (*found.problems, *unheard):
        reporter.problem(shown, problem)
    errors = sum(problem.level == "error" for problem in found.problems)
    if errors:
        count = "a recording" if errors == 1 else f"{errors} recordings"
        raise BroadcastError(
            f"Not built: {count} cannot be used, as told above.",
            file=shown,
            hint="Mend or remove it; or go back to the synthetic voice: broadcast unswap "
            f"{inputs.name} TURN",
        )
    return found


def sheet(inputs: Inputs, reporter: Reporter) -> Sheet:
    """Give the record sheet, and write the page for the studio."""
    script = inputs.script
    made = record_sheet(script.turns, _found(inputs, reporter), inputs.expected_ms())
    page = record_sheet_html(made, script.title or inputs.name, script.language)
    with locked(inputs.workspace, waiting(reporter)):
        write_atomic(inputs.workspace.draft(inputs.name) / RECORD_SHEET, page.encode("utf-8"))
    return made


@dataclass(frozen=True, slots=True)
class Swap:
    """A turn and the recordings to be used for it, several in order as one take.

    ``in_ms`` is a point in the first of them, ``out_ms`` in the last; ``force`` takes them though
    their length is doubtful.
    """

    turn: Turn
    files: tuple[Path, ...]
    in_ms: int | None = None
    out_ms: int | None = None
    force: bool = False


def swap(
    inputs: Inputs, swaps: Sequence[Swap], reporter: Reporter
) -> tuple[Inputs, tuple[Path, ...]]:
    """Use recordings for turns; give the inputs with them, and where they are kept.

    Files from outside are copied in, never moved. Raises BroadcastError when one cannot be used or
    is another length than its turn's words allow: then nothing at all is copied.
    """
    expected_ms = inputs.expected_ms()
    takes = [_judged(inputs, one, expected_ms[one.turn.id], reporter) for one in swaps]
    kept: dict[Path, None] = {}

    def decision(standing: Standing) -> Standing:
        kept.clear()
        present, now = dict(standing.files), standing.takes
        for one, take in zip(swaps, takes, strict=True):
            files = tuple(_brought_in(one, take, standing.folder, present))
            now = with_swap(now, one.turn, replace(take, files=files))
            kept.update(dict.fromkeys(standing.folder / part.file for part in files))
        return decided(standing, now, present)

    return decide(inputs, decision, reporter), tuple(kept)


def _brought_in(
    swap: Swap, take: KnownTake, folder: Path, present: dict[str, str]
) -> Sequence[Part]:
    """Stage a take's files beside the recordings; give its parts under the names they get there.

    ``present`` are the digests of what is there by name, and grows by what is staged.
    """
    prefix = f"{swap.turn.n:02}" if swap.turn.n is not None else swap.turn.kind
    parts = []
    for file, part in zip(swap.files, take.files, strict=True):
        inside = file.resolve().parent == folder.resolve()
        name = file.name if inside else stage(file, folder, prefix, present)
        present[name] = part.digest
        parts.append(replace(part, file=name))
    return parts


def _judged(inputs: Inputs, swap: Swap, expected_ms: int, reporter: Reporter) -> KnownTake:
    """Give the take that recordings make, still under their own names."""
    heard = [_heard(file, inputs.cache) for file in swap.files]
    parts = [Part(file.name, digest(file, inputs.cache)) for file in swap.files]
    parts[0] = replace(parts[0], in_ms=swap.in_ms)
    parts[-1] = replace(parts[-1], out_ms=swap.out_ms)
    take = replace(new_take(swap.turn, parts), forced=swap.force)
    _, problems = judged_take(swap.turn, take, swap.files, heard, expected_ms)
    if any(problem.level == "error" for problem in problems):  # else the build tells them
        for problem in problems:
            reporter.problem(inputs.standing.folder.relative_to(inputs.workspace.root), problem)
        raise BroadcastError(f"Not swapped: {place_of(swap.turn)} stays as it is.")
    return take


def plan_of_folder(inputs: Inputs, folder: Path) -> tuple[Planned, ...]:
    """Plan which of a folder's files is for which turn; nothing is copied.

    Raises BroadcastError when there is no audio in it.
    """
    if not folder.is_dir():
        raise BroadcastError("There is no such folder.", file=folder)
    files = audio_files(folder)
    if not files:
        raise BroadcastError("There are no audio files in this folder.", file=folder)
    heard = {file: listen(file, inputs.cache) for file in files}
    lengths = {
        file: (one.end_ms or one.duration_ms) - (one.start_ms or 0) for file, one in heard.items()
    }
    unusable = {file: one.fault for file, one in heard.items() if one.fault}
    planned = plan_folder(
        [file for file in files if file not in unusable],
        inputs.script.of_kind("turn"),
        lengths,
        inputs.expected_ms(),
    )
    return (*planned, *(Planned(file, None, fault) for file, fault in unusable.items()))


def _found(inputs: Inputs, reporter: Reporter) -> Found:
    return found_in(
        inputs.standing,
        expected_ms=inputs.expected_ms(),
        stale=inputs.station.stale,
        cache=inputs.cache,
        step=lambda done, total: reporter.step("listening", done, total),
    )


def _heard(file: Path, cache: Cache) -> Heard:
    if file.is_dir():
        raise UsageError(f"{file} is a folder.", hint="Pair its files with: --folder DIR")
    if not file.is_file():
        raise UsageError(f"There is no file {file}.", hint="Check its name and folder.")
    refuse_name_that_is_no_text(file)
    return listen(file, cache)
