"""One long recording of many turns → where each is heard, and takes of those that are accepted.

The recording is never cut or changed: a take is a stretch of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from broadcast.align.heard_script import HeardScript, HeardTurn
from broadcast.cache import key_of
from broadcast.errors import BroadcastError, UsageError
from broadcast.messages import Message
from broadcast.model import Turn
from broadcast.production.booth.swaps import Swap, listen_to
from broadcast.production.desk.inputs import Inputs
from broadcast.production.desk.progress import Reporter
from broadcast.recordings.listen import digest

VERSION = 1
"""Part of the key of what is heard: raised when it is heard otherwise."""
# What is left on before and after a turn, or half of the pause where that is shorter.
_BEFORE_MS, _AFTER_MS = 150, 250


@dataclass(frozen=True, slots=True)
class LongRecording:
    """A recording of a script's ``turns``: its files in order, how long each is, what is heard."""

    files: tuple[Path, ...]
    lengths_ms: tuple[int, ...]
    turns: tuple[Turn, ...]
    heard: HeardScript


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
    key = key_of("long recording", VERSION, language, words, digests)
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
    from broadcast.align.frames import FRAME_MS, FrameMeter, joined
    from broadcast.align.prior import shipped_prior
    from broadcast.align.recorded import recorded
    from broadcast.align.verdicts import heard_script
    from broadcast.media.decode import read_blocks
    from broadcast.production.voicing.heard_words import spoken_reference

    reporter.say(Message("align.speaking", "The offline voice says the words of the script."))
    said = [inputs.said(turn) for turn in turns]
    spoken = spoken_reference(said, inputs.script.language, inputs.cache)
    reporter.say(Message("align.listening", "The recording is listened to from end to end."))
    frames = []
    for file in files:
        meter: FrameMeter | None = None
        damage: list[Message] = []
        for block in read_blocks(file, damage):
            meter = meter or FrameMeter(block.rate_hz)
            meter.add(block.samples)
        if meter is not None:
            meter.end()
            frames.append(meter.frames())
    one = recorded(joined(frames))
    lengths = tuple(len(each) * FRAME_MS for each in frames)
    return lengths, heard_script(align(one, spoken, shipped_prior()), spoken, one)


def accepted(recording: LongRecording, named: Sequence[Turn] | None) -> tuple[Swap, ...]:
    """Give the takes of the turns that were found, or of those ``named``.

    Raises BroadcastError when it is no recording of this script; UsageError when it must be said
    which turns are meant, or one of them is not heard.
    """
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
    if named is not None:
        for turn, heard in placed:
            if turn in named and heard.begin_ms is None:
                raise UsageError(
                    Message("align.not-heard", "{turn} is not heard in it.", turn=turn.name.said)
                )
        wanted = [(turn, heard) for turn, heard in placed if turn in named]
    else:
        wanted = [(turn, heard) for turn, heard in placed if heard.status == "found"]
    return tuple(_swap(recording, turn, heard) for turn, heard in wanted)


def _swap(recording: LongRecording, turn: Turn, heard: HeardTurn) -> Swap:
    begin_ms, end_ms = borders_ms(recording.heard, heard)
    files, at_ms, inside = [], 0, []
    for file, length_ms in zip(recording.files, recording.lengths_ms, strict=True):
        if begin_ms < at_ms + length_ms and end_ms > at_ms:
            files.append(file)
            inside.append(at_ms)
        at_ms += length_ms
    in_ms, out_ms = max(0, begin_ms - inside[0]), end_ms - inside[-1]
    return Swap(turn, tuple(files), in_ms, out_ms, force=True, of_many=True)


def borders_ms(script: HeardScript, heard: HeardTurn) -> tuple[int, int]:
    """Give where a turn is cut: a breath beside its words, but half of a shorter pause."""
    assert heard.begin_ms is not None
    assert heard.end_ms is not None
    begin_ms, end_ms = heard.begin_ms, heard.end_ms
    others = [(one.begin_ms, one.end_ms) for one in script.turns]
    others += [(one.begin_ms, one.end_ms) for one in script.extra]
    ends = [end for _, end in others if end is not None and end <= begin_ms]
    begins = [begin for begin, _ in others if begin is not None and begin >= end_ms]
    before = (begin_ms - max(ends, default=-2 * _BEFORE_MS)) // 2
    after = (min(begins, default=script.duration_ms + _AFTER_MS) - end_ms) // 2
    return (
        max(0, begin_ms - min(_BEFORE_MS, before)),
        min(script.duration_ms, end_ms + max(0, min(_AFTER_MS, after))),
    )
