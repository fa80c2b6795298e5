"""A take, what is heard in it, and its turn → what a producer should doubt before it is on air."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from broadcast.messages import Message, counted
from broadcast.messages.lengths import said_length
from broadcast.model import Level, Problem, Stretch, Turn
from broadcast.recordings.heard import Heard

# How many times the expected length a take may have, and beyond which it is another answer.
# Speakers in interviews are between 0.7 and 1.5 times as fast as a newsreader (field notes: 2.7 to
# 5.2 syllables a second).
_UNUSUAL = (0.55, 1.8)
_ANOTHER = (0.25, 4.0)
_ALWAYS_FINE_MS = 4_000
_QUIET_DBFS = -42.0
_TELEPHONE_HZ = 8_000


def doubts(
    turn: Turn,
    stretches: Sequence[Stretch],
    heard: Sequence[Heard],
    expected_ms: int,
    *,
    forced: bool,
) -> Iterator[Problem]:
    """Give what is doubtful about a take of ``turn``, each naming its file.

    ``expected_ms`` is how long its words take to say. A take far too short or too long is an error
    unless the producer ``forced`` it.
    """
    length_ms = sum(stretch.end_ms - stretch.start_ms for stretch in stretches)
    ratio = length_ms / max(1, expected_ms)
    is_fine = abs(length_ms - expected_ms) <= _ALWAYS_FINE_MS
    if not is_fine and not _UNUSUAL[0] <= ratio <= _UNUSUAL[1]:
        length = _length_doubt(stretches, length_ms, expected_ms)
        if forced or _ANOTHER[0] <= ratio <= _ANOTHER[1]:
            yield about(turn, "warning", length)
        else:
            hint = Message(
                "take.length.hint",
                "Swap in the right one, or keep it with: broadcast swap … --force",
            )
            yield about(turn, "error", length, hint)
    for stretch, one in zip(stretches, heard, strict=True):
        for doubt in _sound_doubts(stretch.file.name, one):
            yield about(turn, "warning", doubt)


def about(turn: Turn, level: Level, message: Message, hint: Message | None = None) -> Problem:
    """Give what is said of a turn, as a problem that knows which one."""
    return Problem(None, level, message, hint, turn.n, turn.name)


def _length_doubt(stretches: Sequence[Stretch], length_ms: int, expected_ms: int) -> Message:
    return Message(
        "take.length",
        "{files} is {length} long; these words take about {expected}: is it the right recording?",
        files=" + ".join(dict.fromkeys(stretch.file.name for stretch in stretches)),
        length=said_length(length_ms),
        expected=said_length(expected_ms),
    )


def _sound_doubts(file: str, heard: Heard) -> Iterator[Message]:
    if heard.clipped:
        yield counted(
            "take.clipped",
            "{file} is clipped in {count} place: it was recorded too loud",
            "{file} is clipped in {count} places: it was recorded too loud",
            count=heard.clipped,
            file=file,
        )
    if heard.level_dbfs < _QUIET_DBFS:
        yield Message(
            "take.quiet",
            "{file} is very quiet ({level:.0f} dBFS): its noise will be heard",
            file=file,
            level=heard.level_dbfs,
        )
    if 0 < heard.rate_hz <= _TELEPHONE_HZ:
        yield Message(
            "take.telephone",
            "{file} has telephone quality ({rate} Hz)",
            file=file,
            rate=heard.rate_hz,
        )
    for damage in heard.damage:
        yield Message("take.damaged", "{file} is damaged: {what}", file=file, what=damage)
    if heard.silent == "left":
        yield Message(
            "take.left-silent",
            "{file} has a silent left channel; the right one is used",
            file=file,
        )
    if heard.silent == "right":
        yield Message(
            "take.right-silent",
            "{file} has a silent right channel; the left one is used",
            file=file,
        )
    if heard.cancels:
        yield Message(
            "take.cancels",
            "{file} has two channels that cancel each other; one of them is used",
            file=file,
        )
