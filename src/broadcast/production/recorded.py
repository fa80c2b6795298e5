"""A script's turns and what people recorded for them → what is heard, and decisions about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from broadcast.cache import Cache
from broadcast.errors import BroadcastError, UsageError
from broadcast.model import Script, Turn
from broadcast.production.known import Said, known_script, remembering
from broadcast.production.length import expected_ms
from broadcast.production.naming import name_of
from broadcast.production.report import Reporter
from broadcast.production.settings import station_of
from broadcast.recordings.choose import (
    used_take,
    with_choice,
    with_confirmed_words,
    with_take,
    without_choice,
)
from broadcast.recordings.find import Found, Step, find_recordings, judged_take
from broadcast.recordings.folder import audio_files, show_staged, stage
from broadcast.recordings.heard import Heard
from broadcast.recordings.judge import place_of
from broadcast.recordings.listen import digest, listen
from broadcast.recordings.pair import new_take
from broadcast.recordings.plan_folder import Planned, plan_folder
from broadcast.recordings.sheet import Sheet, record_sheet, record_sheet_html
from broadcast.recordings.takes_file import KnownTake, Part, Takes, read_takes, write_takes
from broadcast.station import Station
from broadcast.workspace import Workspace, locked, refuse_name_that_is_no_text, write_atomic

RECORD_SHEET = "record-sheet.html"


@dataclass(frozen=True, slots=True)
class Booth:
    """A script and its recordings, ready for decisions about them; the station is held alone."""

    workspace: Workspace
    station: Station
    script: Script
    name: str
    cache: Cache
    expected_ms: dict[str, int]

    @property
    def folder(self) -> Path:
        """Where this script's recordings are."""
        return self.workspace.recordings(self.name)

    def found(self, takes: Takes | None = None, step: Step = lambda *_: None) -> Found:
        """Find the recordings as they stand, or as they would with other ``takes``.

        ``step`` is told how many of how many new files were listened to.
        """
        if takes is None:
            self.finish_copies()
        return find_recordings(
            self.folder,
            self.script.turns,
            expected_ms=self.expected_ms,
            stale=self.station.stale,
            cache=self.cache,
            takes=takes,
            step=step,
        )

    def turn(self, reference: str) -> Turn:
        """Give the turn that a number, an id, ``lead`` or ``byline`` names.

        Raises UsageError when there is none.
        """
        asked = str(int(reference)) if reference.isdecimal() else reference
        for turn in self.script.turns:
            if reference == turn.id or asked == (turn.kind if turn.n is None else str(turn.n)):
                return turn
        last = max((turn.n or 0 for turn in self.script.turns), default=0)
        raise UsageError(
            f"There is no turn {reference!r}: the turns are 1 to {last}.",
            hint=f"See them with: broadcast check {self.name}",
        )

    def finish_copies(self) -> None:
        """Let those copies be seen that takes.json speaks of, also after a command was killed."""
        takes = read_takes(self.folder).takes
        show_staged(self.folder, {p.file: p.digest for take in takes for p in take.files})

    def keep(self, takes: Takes) -> None:
        """Remember ``takes`` as they stand with the script and the folder."""
        found = self.found(takes)
        if found.is_news:
            write_takes(self.folder, found.takes)


@contextmanager
def booth(workspace: Workspace, file: Path, reporter: Reporter) -> Iterator[Booth]:
    """Hold the station alone, for decisions about the recordings of a script.

    Raises BroadcastError when the script cannot be read.
    """
    with locked(workspace, lambda: reporter.say("Another command is at work here; waiting.")):
        station = station_of(workspace)
        cache = Cache(workspace.cache, station.cache_limit_mb * 1_000_000)
        script = known_script(station, file, cache)
        said = remembering(workspace, station, script, cache)
        yield booth_of(workspace, station, script, name_of(workspace, file), said)


def booth_of(
    workspace: Workspace,
    station: Station,
    script: Script,
    name: str,
    said: Said,
) -> Booth:
    """Give what is needed to find and to judge a script's recordings."""
    lengths = {
        turn.id: expected_ms(said(turn), script.language, station.sound.pauses)
        for turn in script.turns
    }
    cache = Cache(workspace.cache, station.cache_limit_mb * 1_000_000)
    return Booth(workspace, station, script, name, cache, lengths)


def usable(place: Booth, reporter: Reporter) -> Found:
    """Find a script's recordings for a build, tell what is doubtful, and remember what is new.

    Raises BroadcastError when one of them cannot be used: no programme is built with a hole.
    """
    found = place.found(step=lambda done, total: reporter.step("listening", done, total))
    shown = place.folder.relative_to(place.workspace.root)
    for problem in found.problems:
        reporter.problem(shown, problem)
    errors = sum(problem.level == "error" for problem in found.problems)
    if errors:
        count = "a recording" if errors == 1 else f"{errors} recordings"
        raise BroadcastError(
            f"Not built: {count} cannot be used, as told above.",
            file=shown,
            hint="Mend or remove it; or go back to the synthetic voice: broadcast unswap "
            f"{place.name} TURN",
        )
    if found.is_news:
        write_takes(place.folder, found.takes)
    return found


def sheet(place: Booth) -> Sheet:
    """Give the record sheet, remember what was newly found, and write the page for the studio."""
    found = place.found()
    if found.is_news:
        write_takes(place.folder, found.takes)
    made = record_sheet(place.script.turns, found, place.expected_ms)
    page = record_sheet_html(made, place.script.title or place.name, place.script.language)
    write_atomic(place.workspace.draft(place.name) / RECORD_SHEET, page.encode("utf-8"))
    return made


def use(place: Booth, turn: Turn, number: int) -> None:
    """Let a turn's ``number``-th take be heard. Raises UsageError when it has no such take."""
    place.keep(with_choice(place.found().takes, turn, number))


def confirm(place: Booth, turn: Turn) -> None:
    """Note that the turn's present words are what its recording says."""
    place.keep(with_confirmed_words(place.found().takes, turn))


def go_back(place: Booth, turn: Turn) -> bool:
    """Let the synthetic voice speak a turn again; False when it does already. Files stay."""
    takes = place.found().takes
    if used_take(takes.of_turn(turn.id), turn) is None:
        return False
    place.keep(without_choice(takes, turn))
    return True


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


def swap(place: Booth, swaps: Sequence[Swap], reporter: Reporter) -> tuple[Path, ...]:
    """Use recordings for turns, and give where they are kept.

    Files from outside are copied in, never moved. Raises BroadcastError when one cannot be used or
    is another length than its turn's words allow: then nothing at all is copied.
    """
    takes = [_judged(place, one, reporter) for one in swaps]
    kept: list[Path] = []
    for one, take in zip(swaps, takes, strict=True):
        known = place.found().takes
        present = {file.name: digest(file, place.cache) for file in audio_files(place.folder)}
        prefix = f"{one.turn.n:02}" if one.turn.n is not None else one.turn.kind
        parts = []
        for file, part in zip(one.files, take.files, strict=True):
            inside = file.resolve().parent == place.folder.resolve()
            name = file.name if inside else stage(file, place.folder, prefix, present)
            present[name] = part.digest
            parts.append(replace(part, file=name))
        # First remembered, then seen: killed between, it is one take still, with its points.
        place.keep(_with_swap(known, one.turn, replace(take, files=tuple(parts))))
        place.finish_copies()
        kept += (place.folder / part.file for part in parts)
    return tuple(dict.fromkeys(kept))


def _judged(place: Booth, swap: Swap, reporter: Reporter) -> KnownTake:
    """Give the take that recordings make, still under their own names."""
    heard = [_heard(file, place.cache) for file in swap.files]
    parts = [Part(file.name, digest(file, place.cache)) for file in swap.files]
    parts[0] = replace(parts[0], in_ms=swap.in_ms)
    parts[-1] = replace(parts[-1], out_ms=swap.out_ms)
    take = replace(new_take(swap.turn, parts), forced=swap.force)
    _, problems = judged_take(swap.turn, take, swap.files, heard, place.expected_ms[swap.turn.id])
    if any(problem.level == "error" for problem in problems):  # else the build tells them
        for problem in problems:
            reporter.problem(place.folder.relative_to(place.workspace.root), problem)
        raise BroadcastError(f"Not swapped: {place_of(swap.turn)} stays as it is.")
    return take


def _with_swap(takes: Takes, turn: Turn, take: KnownTake) -> Takes:
    """Takes with one that is now heard for its turn; the same again is no new take."""
    of_turn = enumerate(takes.of_turn(turn.id), 1)
    same = [at for at, known in of_turn if known.files == take.files]
    return with_choice(takes, turn, same[0]) if same else with_take(takes, take)


def plan_of_folder(place: Booth, folder: Path) -> tuple[Planned, ...]:
    """Plan which of a folder's files is for which turn; nothing is copied.

    Raises BroadcastError when there is no audio in it.
    """
    if not folder.is_dir():
        raise BroadcastError("There is no such folder.", file=folder)
    files = audio_files(folder)
    if not files:
        raise BroadcastError("There are no audio files in this folder.", file=folder)
    turns = [turn for turn in place.script.turns if turn.kind == "turn"]
    heard = {file: listen(file, place.cache) for file in files}
    lengths = {
        file: (one.end_ms or one.duration_ms) - (one.start_ms or 0) for file, one in heard.items()
    }
    unusable = {file: one.fault for file, one in heard.items() if one.fault}
    planned = plan_folder(
        [file for file in files if file not in unusable], turns, lengths, place.expected_ms
    )
    return (*planned, *(Planned(file, None, fault) for file, fault in unusable.items()))


def _heard(file: Path, cache: Cache) -> Heard:
    if file.is_dir():
        raise UsageError(f"{file} is a folder.", hint="Pair its files with: --folder DIR")
    if not file.is_file():
        raise UsageError(f"There is no file {file}.", hint="Check its name and folder.")
    refuse_name_that_is_no_text(file)
    return listen(file, cache)
