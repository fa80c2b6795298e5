"""Recordings from anywhere → takes of a script's turns, kept beside its recordings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from broadcast.cache import Cache
from broadcast.errors import BroadcastError, UsageError
from broadcast.messages import Message
from broadcast.model import Problem, Recording, Take, Turn
from broadcast.production.booth.decisions import decide
from broadcast.production.booth.said_in_takes import turns_said
from broadcast.production.desk.inputs import Inputs
from broadcast.production.desk.progress import LISTENING, Reporter
from broadcast.production.voicing.part import recorded_take
from broadcast.recordings.choose import take_numbered, with_points, with_swap
from broadcast.recordings.find import judged_take
from broadcast.recordings.folder import audio_files, stage
from broadcast.recordings.heard import Heard
from broadcast.recordings.listen import digest, listen
from broadcast.recordings.pair import new_take
from broadcast.recordings.plan_folder import Planned, plan_folder
from broadcast.recordings.standing import Standing, decided, used_takes
from broadcast.recordings.takes_file import KnownTake, TakePart
from broadcast.workers import in_parallel
from broadcast.workspace import refuse_name_that_is_no_text

_JOBS = 2  # as many as a build has unless it is told otherwise


@dataclass(frozen=True, slots=True)
class Swap:
    """A turn and the recordings to be used for it, several in order as one take.

    ``in_ms`` is a point in the first of them, ``out_ms`` in the last; ``force`` takes them though
    their length is doubtful. ``of_many``: the file has other turns too, and no turn's number in its
    name.
    """

    turn: Turn
    files: tuple[Path, ...]
    in_ms: int | None = None
    out_ms: int | None = None
    force: bool = False
    of_many: bool = False


def swap(
    inputs: Inputs, swaps: Sequence[Swap], reporter: Reporter
) -> tuple[Inputs, tuple[Path, ...]]:
    """Use recordings for turns; give the inputs with them, and where they are kept.

    Files from outside are copied in, never moved. Raises BroadcastError when one cannot be used or
    is another length than its turn's words allow: then nothing at all is copied.
    """
    expected_ms = inputs.expected_ms()
    judged = [_judged(inputs, one, expected_ms[one.turn.id], reporter) for one in swaps]
    _master(inputs, judged, reporter)
    takes = [take for take, _ in judged]
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


def trim(
    inputs: Inputs,
    turn: Turn,
    number: int,
    points: tuple[int | None, int | None],
    reporter: Reporter,
    *,
    force: bool = False,
) -> Inputs:
    """Let a turn's ``number``-th take begin and end elsewhere; give the inputs with it so cut.

    ``points`` are in the first of its files and in the last, None: where speech is heard to begin
    or end. ``force`` takes it though its length is doubtful then. Raises as ``swap`` does, and
    UsageError when the turn has no such take.
    """
    take = take_numbered(inputs.standing.takes, turn, number)
    in_ms, out_ms = points
    if len(take.files) == 1 and out_ms is not None and out_ms <= (in_ms or 0):
        raise UsageError(
            Message("trim.no-stretch", "The take would end before it begins: it stays as it is.")
        )
    files = tuple(inputs.standing.folder / part.file for part in take.files)
    wanted = Swap(turn, files, *points, force=force or take.forced)
    judged = _judged(inputs, wanted, inputs.expected_ms()[turn.id], reporter)
    _master(inputs, [judged], reporter)
    cut, _ = judged

    def decision(standing: Standing) -> Standing:
        return decided(standing, with_points(standing.takes, take, cut))

    return decide(inputs, decision, reporter)


def _brought_in(
    swap: Swap, take: KnownTake, folder: Path, present: dict[str, str]
) -> Sequence[TakePart]:
    """Stage a take's files beside the recordings; give its parts under the names they get there.

    ``present`` are the digests of what is there by name, and grows by what is staged.
    """
    prefix = f"{swap.turn.n:02}" if swap.turn.n is not None else swap.turn.kind
    if swap.of_many:
        prefix = ""
    parts = []
    for file, part in zip(swap.files, take.files, strict=True):
        inside = file.resolve().parent == folder.resolve()
        name = file.name if inside else stage(file, folder, prefix, present)
        present[name] = part.digest
        parts.append(replace(part, file=name))
    return parts


def _judged(
    inputs: Inputs, swap: Swap, expected_ms: int, reporter: Reporter
) -> tuple[KnownTake, Take]:
    """Give the take that recordings make, still under their own names, and how it would be heard.

    Raises BroadcastError when it cannot be used.
    """
    heard = [listen_to(file, inputs.cache) for file in swap.files]
    parts = [TakePart(file.name, digest(file, inputs.cache)) for file in swap.files]
    parts[0] = replace(parts[0], in_ms=swap.in_ms)
    parts[-1] = replace(parts[-1], out_ms=swap.out_ms)
    take = replace(new_take(swap.turn, parts), forced=swap.force)
    stretches, problems = judged_take(swap.turn, take, swap.files, heard, expected_ms)
    if any(problem.level == "error" for problem in problems):  # else the build tells them
        for problem in problems:
            reporter.problem(inputs.standing.folder.relative_to(inputs.workspace.root), problem)
        raise _not_swapped(swap.turn)
    recording = Recording(stretches, take.heard)
    pauses = inputs.station.sound.pauses
    return take, recorded_take(swap.turn, inputs.said(swap.turn), recording, pauses)


def _master(inputs: Inputs, judged: Sequence[tuple[KnownTake, Take]], reporter: Reporter) -> None:
    """Make the segments of takes, which are kept for the build that follows.

    Raises BroadcastError when one cannot be made: no take is chosen with which nothing is built.
    """
    from broadcast.production.voicing.segment import LEVELLING, segment_of

    sound = inputs.station.sound
    levels = sound.of_segments(sound.level_lufs)

    def mastered(take: Take) -> bool:
        try:
            segment_of(take, levels, inputs.cache)
        except BroadcastError as error:
            if not error.is_of_input:
                raise  # the disk failed, not the recording
            folder = inputs.standing.folder.relative_to(inputs.workspace.root)
            what = Message(
                "swap.not-levelled",
                "{file} cannot be used: {reason}",
                file=take.pieces[0].audio.name,
                reason=error.message,
            )
            reporter.problem(
                folder, Problem(None, "error", what, error.hint, take.turn.n, take.turn.name)
            )
            raise _not_swapped(take.turn) from error
        return True

    in_parallel(
        mastered,
        [take for _, take in judged],
        _JOBS,
        lambda done, total, _: reporter.step(LEVELLING, done, total),
        size=lambda take: len(take.turn.text),
    )


def _not_swapped(turn: Turn) -> BroadcastError:
    return BroadcastError(
        Message("swap.refused", "Not swapped: {turn} stays as it is.", turn=turn.name.said)
    )


def plan_of_folder(inputs: Inputs, folder: Path, reporter: Reporter) -> tuple[Planned, ...]:
    """Plan which of a folder's files is for which turn; nothing is copied.

    Raises BroadcastError when there is no audio in it.
    """
    if not folder.is_dir():
        raise BroadcastError(Message("folder.none", "There is no such folder."), file=folder)
    files = audio_files(folder)
    if not files:
        raise BroadcastError(
            Message("folder.no-audio", "There are no audio files in this folder."), file=folder
        )
    heard = {}
    for done, file in enumerate(files, 1):
        heard[file] = listen(file, inputs.cache)
        reporter.step(LISTENING, done, len(files))
    lengths = {
        file: (one.end_ms or one.duration_ms) - (one.start_ms or 0) for file, one in heard.items()
    }
    unusable = {file: one.fault for file, one in heard.items() if one.fault}
    usable = [file for file in files if file not in unusable]
    planned = plan_folder(
        usable,
        inputs.standing.turns,
        lengths,
        inputs.expected_ms(),
        turns_said(inputs, {file: lengths[file] for file in usable}, reporter),
    )
    used = used_takes(inputs.standing)
    shown = (
        _in_place_of(one, used.get(one.turn.id) if one.turn else None, inputs.cache)
        for one in planned
    )
    return (*shown, *(Planned(file, None, (fault,)) for file, fault in unusable.items()))


def _in_place_of(planned: Planned, heard: KnownTake | None, cache: Cache) -> Planned:
    """Say of a file which take would no longer be heard."""
    if heard is None or [part.digest for part in heard.files] == [digest(planned.file, cache)]:
        return planned
    names = tuple(part.file for part in heard.files)
    instead = Message("plan.in-place-of", "in place of {files}, which is heard now", files=names)
    return Planned(planned.file, planned.turn, (instead, *planned.doubts))


def listen_to(file: Path, cache: Cache) -> Heard:
    """Give what is heard in a file. Raises UsageError when there is no such file."""
    if file.is_dir():
        raise UsageError(
            Message("swap.is-folder", "{file} is a folder.", file=file),
            hint=Message("swap.is-folder.hint", "Pair its files with: --folder DIR"),
        )
    if not file.is_file():
        raise UsageError(
            Message("swap.no-file", "There is no file {file}.", file=file),
            hint=Message("swap.no-file.hint", "Check its name and folder."),
        )
    refuse_name_that_is_no_text(file)
    return listen(file, cache)
