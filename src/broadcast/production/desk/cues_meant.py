"""A script's cues and the station's music → what each cue will do, and those that do nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from broadcast.messages import Message
from broadcast.model import Cue, Music, MusicPart, Problem, Script

USUAL_PAUSE_MS = 2_000
"""How long a pause is that does not say it."""

_NAMES: Mapping[MusicPart, Message] = {
    "intro": Message("cue.part.intro", "the station's intro"),
    "outro": Message("cue.part.outro", "the station's outro"),
    "sting": Message("cue.part.sting", "the station's sting"),
}
_WHERE: Mapping[MusicPart, Message] = {
    "intro": Message("cue.once.intro", "the station's intro, which is heard once: at the start"),
    "outro": Message("cue.once.outro", "the station's outro, which is heard once: at the end"),
}
_WITHOUT_FILE = Message(
    "cue.no-file.hint", "Name its file, as in [clip: FILE 0:10-0:35] or [music: FILE]."
)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a cue will do. ``file`` is played there (None: nothing is).

    ``replaces`` is the station's intro or outro that this cue plays in its own place, so that it
    is not heard twice. ``problem`` says why nothing is played, where something was asked for.
    """

    cue: Cue
    does: Message
    file: Path | None = None
    replaces: MusicPart | None = None
    problem: Problem | None = None


def meanings(script: Script, music: Music, root: Path) -> Iterator[Meaning]:
    """Tell of each of a script's cues what it will do; files are named from ``root``."""
    last = max((turn.n or 0 for turn in script.turns), default=0)
    for cue in script.cues:
        if cue.kind == "pause":
            length_ms = cue.end_ms or USUAL_PAUSE_MS
            yield Meaning(
                cue, Message("cue.pauses", "silence of {seconds:.1f} s", seconds=length_ms / 1000)
            )
        elif cue.kind == "bed end":
            yield Meaning(cue, Message("cue.ends-bed", "ends the music under the words"))
        elif cue.file is not None:
            yield _with_file(cue, root / Path(cue.file), music, root, last)
        elif cue.kind == "bed":
            yield _with_bed(cue, music, root)
        elif cue.kind == "clip":
            yield _silent(cue, Message("cue.no-file", "nothing is played: it names no file"))
        else:
            yield _of_station(cue, music, root, last)


def _with_file(cue: Cue, file: Path, music: Music, root: Path, last: int) -> Meaning:
    shown = _shown(file, root)
    if not file.is_file():
        problem = Problem(
            cue.line,
            "error",
            Message("cue.file-gone", "There is no file {file}, which a cue names.", file=shown),
            Message(
                "music.no-file.hint",
                "Put it there, or mend its name: names begin at the station's folder.",
            ),
            cue.after or None,
        )
        does = Message("cue.nothing-there", "nothing: there is no file {file}", file=shown)
        return Meaning(cue, does, file, problem=problem)
    if cue.kind == "bed":
        return Meaning(cue, _plays_under(shown), file)
    does = Message("cue.plays", "plays {file}", file=shown)
    if cue.start_ms is not None:
        does = Message(
            "cue.plays-from", "plays {file} from {start:clock}", file=shown, start=cue.start_ms
        )
    if cue.start_ms is not None and cue.end_ms is not None:
        does = Message(
            "cue.plays-stretch",
            "plays {file} from {start:clock} to {end:clock}",
            file=shown,
            start=cue.start_ms,
            end=cue.end_ms,
        )
    return Meaning(cue, does, file, _replaced(cue, file, music, last))


def _replaced(cue: Cue, file: Path, music: Music, last: int) -> MusicPart | None:
    """Give the station's intro or outro that a cue with a file of its own is in place of."""
    if cue.kind == "music" and cue.after == 0 and (cue.part == "intro" or file == music.intro):
        return "intro"
    if cue.kind == "music" and cue.after >= last and (cue.part == "outro" or file == music.outro):
        return "outro"
    return None


def _with_bed(cue: Cue, music: Music, root: Path) -> Meaning:
    if music.bed is None:
        return _silent(cue, Message("cue.no-bed", "nothing: station.toml has no bed"))
    return Meaning(cue, _plays_under(_shown(music.bed, root)), music.bed)


def _plays_under(shown: str) -> Message:
    return Message("cue.plays-under", "plays {file} under the words that follow", file=shown)


def _of_station(cue: Cue, music: Music, root: Path, last: int) -> Meaning:
    """Tell of a cue for music without a file: intro and outro are heard once, the sting there."""
    at_start, at_end = cue.after == 0, cue.after >= last
    part = cue.part or "sting"
    if at_end and music.outro and cue.part in (None, "intro"):
        part = "outro"
    elif at_start and music.intro and cue.part is None:
        part = "intro"
    file = {"intro": music.intro, "outro": music.outro, "sting": music.sting}[part]
    if file is None:
        does = Message(
            "cue.no-part", "nothing is played: station.toml does not name {part}", part=_NAMES[part]
        )
        return _silent(cue, does)
    if part == "sting":
        shown = _shown(file, root)
        return Meaning(cue, Message("cue.plays", "plays {file}", file=shown), file)
    if at_start if part == "intro" else at_end:
        return Meaning(cue, _WHERE[part])
    does = Message("cue.not-here", "nothing is played here: it is {part}", part=_WHERE[part])
    return _silent(cue, does)


def _silent(cue: Cue, does: Message) -> Meaning:
    written = cue.written or f"[{cue.kind}]"
    message = Message("cue.does-nothing", "“{cue}”: {does}", cue=written, does=does)
    problem = Problem(cue.line, "warning", message, _WITHOUT_FILE, cue.after or None)
    return Meaning(cue, does, problem=problem)


def _shown(file: Path, root: Path) -> str:
    return file.relative_to(root).as_posix() if file.is_relative_to(root) else str(file)
