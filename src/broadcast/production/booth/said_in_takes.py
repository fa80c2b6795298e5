"""Recorded takes → what is said in them that is not their words: another turn's, or less, or more.

A take is held against all turns of the script once; what came of it is kept with its own words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from broadcast.align.version import VERSION
from broadcast.cache import key_of
from broadcast.errors import BroadcastError, EngineUnavailableError
from broadcast.messages import Message
from broadcast.messages.lengths import said_length
from broadcast.model import Problem, Recording, Take, Turn
from broadcast.production.booth.known_voices import key_of_known_voices, prior_here
from broadcast.production.booth.sound_of_files import frames_in
from broadcast.production.desk.inputs import Inputs
from broadcast.production.desk.progress import LISTENING, Reporter
from broadcast.production.voicing.heard_words import sound_of, spoken_reference
from broadcast.production.voicing.part import recorded_take
from broadcast.production.voicing.segment import segment_of
from broadcast.recordings.find import FoundTakes
from broadcast.recordings.judge import about
from broadcast.recordings.standing import used_takes
from broadcast.workers import in_parallel

if TYPE_CHECKING:
    from broadcast.align.recorded import Recorded
    from broadcast.align.reference import Reference

_SHORTEST_MS = 3_000
_MOST_TIMES = 3  # longer than the longest turn by so much, a file is of no single turn
_HINT = Message(
    "said.hint",
    "Listen to it. If it is right: broadcast takes NAME --confirm TURN; "
    "else swap in the right one.",
)


_WHOSE_WORDS = Message("stage.whose-words", "whose words they are")


@dataclass(frozen=True, slots=True)
class _WordsHeard:
    """What is kept of a take: the id of the turn whose words it says, else what is otherwise."""

    another: str = ""
    unheard: tuple[int, ...] = ()
    added_ms: int = 0


def said_otherwise(
    inputs: Inputs, found: FoundTakes, reporter: Reporter, *, only_known: bool = False
) -> tuple[Problem, ...]:
    """Give what is doubtful about the words of takes that are used and not yet confirmed.

    ``only_known``: nothing is listened to for it; of what never was, nothing is told.
    """
    used = used_takes(inputs.standing)
    turns = [
        turn
        for turn in inputs.standing.turns
        if turn.id in found.recordings and _is_judged(found.recordings[turn.id])
        if turn.id in used and not used[turn.id].is_accepted
    ]
    pauses = inputs.station.sound.pauses
    takes = [
        recorded_take(turn, inputs.said(turn), found.recordings[turn.id], pauses) for turn in turns
    ]

    def known(take: Take) -> _WordsHeard | None:
        return inputs.cache.value(_key(inputs, take), _WordsHeard)

    if only_known:
        takes = [take for take in takes if known(take) is not None]
        turns = [take.turn for take in takes]
    # All words of the script, said once for all takes.
    is_new = any(known(take) is None for take in takes)
    spoken = _reference(inputs, inputs.standing.turns, reporter) if is_new else None
    said = in_parallel(
        lambda take: _said(inputs, take, spoken),
        takes,
        2,
        lambda done, total, _: reporter.step(LISTENING, done, total),
        known=known,
    )
    return tuple(
        problem
        for turn, take, one in zip(turns, takes, said, strict=True)
        for problem in _problems(inputs, turn, take, one)
    )


def turns_said(
    inputs: Inputs, lengths_ms: Mapping[Path, int], reporter: Reporter
) -> dict[Path, Turn]:
    """Give the interview turns whose words are clearly heard in files from anywhere."""
    from broadcast.align.recorded import recorded
    from broadcast.align.whose import turn_heard

    turns = [turn for turn in inputs.standing.turns if turn.n is not None]
    longest_ms = max(inputs.expected_ms().values(), default=0)
    files = [
        file
        for file, length_ms in lengths_ms.items()
        if _SHORTEST_MS <= length_ms <= _MOST_TIMES * longest_ms
    ]
    spoken = _reference(inputs, turns, reporter) if files and turns else None
    if spoken is None:
        return {}

    prior = prior_here(inputs.workspace)

    def heard(file: Path) -> int | None:
        frames = frames_in(file)
        return None if frames is None else turn_heard(recorded(frames), spoken, prior)

    found = in_parallel(
        heard, files, 2, lambda done, total, _: reporter.step(_WHOSE_WORDS, done, total)
    )
    return {file: turns[at] for file, at in zip(files, found, strict=True) if at is not None}


def ready_words(inputs: Inputs, reporter: Reporter) -> None:
    """Let the embedded voice say a script's words, which the first of its takes would wait for."""
    _reference(inputs, inputs.standing.turns, reporter)


def _reference(inputs: Inputs, turns: Sequence[Turn], reporter: Reporter) -> Reference | None:
    """Give the words of turns as the embedded voice says them; None: it does not speak here."""

    def goes_on(done: int, total: int) -> None:
        reporter.go_on()

    try:
        said = [inputs.said(turn) for turn in turns]
        return spoken_reference(said, inputs.script.language, inputs.cache, goes_on)
    except EngineUnavailableError:
        return None


def _is_judged(recording: Recording) -> bool:
    length_ms = sum(one.end_ms - one.start_ms for one in recording.stretches)
    return not recording.stale and length_ms >= _SHORTEST_MS


def _key(inputs: Inputs, take: Take) -> str:
    words = [one.spoken for one in take.sentences]
    known = key_of_known_voices(inputs.workspace)
    return key_of("said in take", VERSION, take.key, inputs.script.language, words, known)


def _said(inputs: Inputs, take: Take, spoken: Reference | None) -> _WordsHeard:
    return inputs.cache.remember(
        _key(inputs, take), _WordsHeard, lambda: _heard(inputs, take, spoken)
    )


def sound_of_take(inputs: Inputs, take: Take) -> Recorded | None:
    """Listen to a take; None: its recording cannot be used, which is told by itself."""
    sound = inputs.station.sound
    try:
        segment = segment_of(take, sound.of_segments(sound.level_lufs), inputs.cache)
        return sound_of(segment)
    except BroadcastError as error:
        if not error.is_of_input:
            raise  # the disk failed, not the recording
        return None


def _heard(inputs: Inputs, take: Take, spoken: Reference | None) -> _WordsHeard:
    from broadcast.align.whose import heard_take

    if spoken is None or (one := sound_of_take(inputs, take)) is None:
        return _WordsHeard()
    turns = list(inputs.standing.turns)
    own = next(at for at, turn in enumerate(turns) if turn.id == take.turn.id)
    heard = heard_take(one, spoken, own, prior_here(inputs.workspace))
    another = "" if heard.another is None else turns[heard.another].id
    return _WordsHeard(another, heard.unheard, heard.added_ms)


def _problems(inputs: Inputs, turn: Turn, take: Take, said: _WordsHeard) -> Iterator[Problem]:
    files = " + ".join(dict.fromkeys(piece.audio.name for piece in take.pieces))
    another = next((one for one in inputs.standing.turns if one.id == said.another), None)
    if another is not None:
        yield about(
            turn,
            "warning",
            Message(
                "said.anothers",
                "{files} seems to say the words of {other}: “{words}”",
                files=files,
                other=another.name.said,
                words=_begun(another.text),
            ),
            _HINT,
        )
    for sentence in said.unheard:
        yield about(
            turn,
            "warning",
            Message(
                "said.not-heard",
                "in {files} this is not heard: “{words}”",
                files=files,
                words=_begun(take.sentences[sentence].written),
            ),
            _HINT,
        )
    if said.added_ms:
        yield about(
            turn,
            "warning",
            Message(
                "said.added",
                "in {files} {length} are said that are not in the script",
                files=files,
                length=said_length(said.added_ms),
            ),
            _HINT,
        )


def _begun(words: str) -> str:
    return " ".join(words.split()[:12])
