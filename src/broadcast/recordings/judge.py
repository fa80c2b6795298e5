"""A take, what is heard in it, and its turn → what a producer should doubt before it is on air."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
    """Give what is doubtful about a take of ``turn``, each naming turn and file.

    ``expected_ms`` is how long its words take to say. A take far too short or too long is an error
    unless the producer ``forced`` it.
    """
    length = _length_doubt(stretches, expected_ms, forced=forced)
    if length is not None:
        level, words = length
        yield _problem(turn, stretches, level, words)
    for stretch, one in zip(stretches, heard, strict=True):
        for words in _sound_doubts(one):
            yield _problem(turn, [stretch], "warning", words)


def place_of(turn: Turn) -> str:
    """Give how a turn is named to a producer: "turn 3", "lead"."""
    return f"turn {turn.n}" if turn.n is not None else turn.kind


def _length_doubt(
    stretches: Sequence[Stretch], expected_ms: int, *, forced: bool
) -> tuple[Level, str] | None:
    length_ms = sum(stretch.end_ms - stretch.start_ms for stretch in stretches)
    ratio = length_ms / max(1, expected_ms)
    if abs(length_ms - expected_ms) <= _ALWAYS_FINE_MS or _UNUSUAL[0] <= ratio <= _UNUSUAL[1]:
        return None
    words = (
        f"is {_seconds(length_ms)} long; these words take about {_seconds(expected_ms)}: "
        "is it the right recording?"
    )
    another = not _ANOTHER[0] <= ratio <= _ANOTHER[1]
    return ("error" if another and not forced else "warning"), words


def _sound_doubts(heard: Heard) -> Iterator[str]:
    if heard.clipped:
        places = "1 place" if heard.clipped == 1 else f"{heard.clipped} places"
        yield f"is clipped in {places}: it was recorded too loud"
    if heard.level_dbfs < _QUIET_DBFS:
        yield f"is very quiet ({heard.level_dbfs:.0f} dBFS): its noise will be heard"
    if 0 < heard.rate_hz <= _TELEPHONE_HZ:
        yield f"has telephone quality ({heard.rate_hz} Hz)"
    yield from heard.notes


def _problem(turn: Turn, stretches: Sequence[Stretch], level: Level, words: str) -> Problem:
    files = " + ".join(dict.fromkeys(stretch.file.name for stretch in stretches))
    hint = None
    if level == "error":
        hint = "Swap in the right one, or keep it with: broadcast swap … --force"
    return Problem(None, level, f"{place_of(turn)}: {files} {words}", hint)


def _seconds(ms: int) -> str:
    seconds = round(ms / 1000)
    return f"{seconds} s" if seconds < 120 else f"{seconds // 60}:{seconds % 60:02} min"
