"""One long recording of many turns → where each is heard, and takes of those that are accepted.

The recording is never cut or changed: a take is a stretch of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from broadcast.align.heard_script import HeardScript, HeardTurn
from broadcast.align.version import VERSION
from broadcast.cache import key_of
from broadcast.errors import BroadcastError, UsageError
from broadcast.messages import Message
from broadcast.model import Turn
from broadcast.production.booth.borders import Cut, borders_text, cuts_of
from broadcast.production.booth.cut_page import cut_page
from broadcast.production.booth.known_voices import key_of_known_voices, learnt_here
from broadcast.production.booth.sound_of_files import frames_in
from broadcast.production.booth.swaps import Swap, listen_to
from broadcast.production.desk.inputs import Inputs
from broadcast.production.desk.progress import LISTENING, SPEAKING, Reporter
from broadcast.recordings.listen import digest
from broadcast.workspace import Workspace
from broadcast.workspace.writing import write_atomic

_PLACING = Message("stage.placing", "finding the words in it")


@dataclass(frozen=True, slots=True)
class LongRecording:
    """A recording of a script's ``turns``: its files in order, how long each is, what is heard."""

    files: tuple[Path, ...]
    lengths_ms: tuple[int, ...]
    turns: tuple[Turn, ...]
    heard: HeardScript

    def place(self, at_ms: int) -> tuple[Path, int]:
        """Give the file in which a moment lies, and where in that, in ms."""
        for file, length_ms in zip(self.files[:-1], self.lengths_ms[:-1], strict=True):
            if at_ms < length_ms:
                return file, at_ms
            at_ms -= length_ms
        return self.files[-1], at_ms


def hear(inputs: Inputs, files: Sequence[Path], reporter: Reporter) -> LongRecording:
    """Find a script's turns in a recording; several files are one recording, in order.

    Raises BroadcastError when a file cannot be read, EngineUnavailableError when nobody can say the
    script's words.
    """
    for file in files:
        fault = listen_to(file, inputs.cache).fault
        if fault is not None:
            raise BroadcastError(fault, file=file)
    turns = tuple(turn for turn in inputs.standing.turns if not turn.is_standing)
    language = inputs.script.language
    words = [[one.spoken for one in inputs.said(turn)] for turn in turns]
    digests = [digest(file, inputs.cache) for file in files]
    known = key_of_known_voices(inputs.workspace)
    key = key_of("long recording", VERSION, language, words, digests, known)
    lengths, heard = inputs.cache.remember(
        key,
        tuple[tuple[int, ...], HeardScript],
        lambda: _heard(inputs, turns, files, reporter),
    )
    return LongRecording(tuple(files), lengths, turns, heard)


def _heard(
    inputs: Inputs, turns: Sequence[Turn], files: Sequence[Path], reporter: Reporter
) -> tuple[tuple[int, ...], HeardScript]:
    from broadcast.align.alignment import align
    from broadcast.align.frames import FRAME_MS, joined
    from broadcast.align.prior import shipped_prior
    from broadcast.align.recorded import recorded
    from broadcast.align.verdicts import heard_script
    from broadcast.production.voicing.heard_words import spoken_reference

    reporter.say(Message("align.speaking", "The offline voice says the words of the script."))
    said = [inputs.said(turn) for turn in turns]
    spoken = spoken_reference(
        said,
        inputs.script.language,
        inputs.cache,
        lambda done, total: reporter.step(SPEAKING, done, total),
    )
    reporter.say(Message("align.listening", "The recording is listened to from end to end."))
    whole_s = 1 + sum(listen_to(file, inputs.cache).duration_ms for file in files) // 1000
    done_s = 0.0

    def heard(seconds: float) -> None:
        nonlocal done_s
        done_s += seconds
        reporter.step(LISTENING, min(round(done_s), whole_s), whole_s)

    frames = [each for file in files if (each := frames_in(file, heard)) is not None]
    reporter.step(_PLACING, 0, 1)
    one = recorded(joined(frames))
    lengths = tuple(len(each) * FRAME_MS for each in frames)
    learnt = learnt_here(inputs.workspace)
    return lengths, heard_script(align(one, spoken, shipped_prior(), learnt), spoken, one)


def accepted(
    recording: LongRecording,
    named: Sequence[Turn] | None,
    borders: Sequence[Cut] | None = None,
) -> tuple[Swap, ...]:
    """Give the takes of the turns that were found, of those ``named``, or as ``borders`` cut them.

    Raises BroadcastError when it is no recording of this script; UsageError when it must be said
    which turns are meant, or one of them is not heard.
    """
    if borders is not None:  # somebody has listened, and says so
        cuts = [cut for cut in borders if named is None or cut.turn in named]
        return tuple(_swap(recording, cut) for cut in cuts)
    if recording.heard.verdict == "wrong":
        raise BroadcastError(
            Message("align.wrong", "This is no recording of this script, or nothing can be heard."),
            file=recording.files[0],
            hint=Message(
                "align.wrong.hint",
                "Was it another interview, or is there music under the voices? "
                "Recordings of single turns go in with: broadcast swap NAME TURN AUDIO",
            ),
        )
    if named is None and recording.heard.verdict == "ask":
        raise UsageError(
            Message("align.ask", "Too much of it is unsure to be taken unheard."),
            hint=Message(
                "align.ask.hint", "Listen, then say which turns are right: --accept --turns 2,4-6"
            ),
        )
    placed = list(zip(recording.turns, recording.heard.turns, strict=True))
    for turn, heard in placed:
        if named is not None and turn in named and heard.begin_ms is None:
            raise UsageError(
                Message("align.not-heard", "{turn} is not heard in it.", turn=turn.name.said)
            )
    return tuple(
        _swap(recording, cut)
        for turn, heard in placed
        if (heard.is_sure if named is None else turn in named)
        for cut in cuts_of(turn, heard, recording.heard)
    )


def _swap(recording: LongRecording, cut: Cut) -> Swap:
    files, at_ms, inside = [], 0, []
    for file, length_ms in zip(recording.files, recording.lengths_ms, strict=True):
        if cut.begin_ms < at_ms + length_ms and cut.end_ms > at_ms:
            files.append(file)
            inside.append(at_ms)
        at_ms += length_ms
    in_ms, out_ms = cut.begin_ms - inside[0], cut.end_ms - inside[-1]
    return Swap(cut.turn, tuple(files), in_ms, out_ms, force=True, of_many=True)


def write_cuts(
    workspace: Workspace,
    name: str,
    recording: LongRecording,
    status: Callable[[HeardTurn], Message],
    told: Callable[[Message], str],
) -> tuple[Path, Path]:
    """Write the page to listen to the cuts, and the file in which they may be changed."""
    folder = workspace.cuts(name)
    folder.mkdir(parents=True, exist_ok=True)
    page, borders = folder / "index.html", folder / "borders.txt"
    turns, heard = recording.turns, recording.heard
    made = cut_page(turns, heard, recording.place, lambda at: status(heard.turns[at]), told)
    write_atomic(page, made.encode("utf-8"))
    notes = (told(_NOTE), " + ".join(file.name for file in recording.files))
    words = [told(status(one)) for one in heard.turns]
    write_atomic(borders, borders_text(turns, heard, notes, words, told).encode("utf-8"))
    return page, borders


_NOTE = Message(
    "borders.note",
    "Turn, begin and end, in minutes and seconds. What comes after # is not read: take it away "
    "to use a turn.",
)
