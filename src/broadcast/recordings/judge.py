"""A take, what is heard in it and the words of its turn → what makes one doubt that it is right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from broadcast.errors import BroadcastError
from broadcast.model import Level, Problem, Turn
from broadcast.recordings.listen import Heard
from broadcast.recordings.sounds import Sound, clock

# Length against what the words would take at an ordinary pace. People speak half as fast again as
# others, and short answers begin with a pause, hence the milliseconds.
_REFUSED_BELOW, _DOUBTED_BELOW = (0.3, 2_000), (0.6, 1_000)
_DOUBTED_ABOVE, _REFUSED_ABOVE = (1.8, 3_000), (4.0, 10_000)
# Speech is recorded at about −20 dBFS (RMS). Below the first the noise of levelling is heard; above
# the second nothing is left for its peaks.
_QUIET_DBFS, _LOUD_DBFS = -48.0, -9.0
_NOISY_DB = 10.0
_TELEPHONE_HZ = 8_000


def called(turn: Turn) -> str:
    """Say which turn it is: "turn 3", "lead"."""
    return turn.kind if turn.n is None else f"turn {turn.n}"


def take_doubts(
    turn: Turn, sounds: Sequence[Sound], words: str, expected_ms: int, *, forced: bool = False
) -> tuple[Problem, ...]:
    """Give what is doubtful about a take of a turn in which ``words`` are heard.

    ``expected_ms`` is how long the turn's own words would take. An error says that this cannot be
    the take, unless the producer has said so (``forced``).
    """
    doubts = list(_of_length(turn, sounds, words, expected_ms, forced=forced))
    if not forced and all(sound.heard.speech is None for sound in sounds):
        doubts = [
            _problem(
                turn,
                "error",
                f"nobody is heard speaking in {_names(sounds)}",
                "Listen to it. If it is right, swap it in again with --force.",
            )
        ]
    heard = {sound.stretch.file.name: sound.heard for sound in sounds}
    for name, facts in heard.items():
        doubts += [_problem(turn, *found) for found in _of_file(name, facts)]
    return tuple(doubts)


def unusable(turn: Turn, error: BroadcastError, file_name: str) -> Problem:
    """Give the problem of a file that cannot be used for a turn."""
    said = error.message[:1].lower() + error.message[1:].rstrip(".")
    return _problem(turn, "error", f"{file_name} cannot be used: {said}", error.hint)


def doubts_of_shared_files(
    used: Sequence[tuple[Turn, Sequence[Sound]]],
) -> Mapping[str, tuple[Problem, ...]]:
    """Give turn id → doubts about turns that are heard with the same stretch of a file."""
    doubts: dict[str, tuple[Problem, ...]] = {}
    for place, (turn, sounds) in enumerate(used):
        for other, others in used[:place]:
            shared = next((s for s in sounds for o in others if _overlap(s, o)), None)
            if shared is not None:
                message = f"{shared.stretch.file.name} is heard in {called(other)} as well"
                hint = "Give each its own stretch with --in and --out, or its own file."
                problem = _problem(turn, "warning", message, hint)
                doubts[turn.id] = (*doubts.get(turn.id, ()), problem)
    return doubts


def _of_length(
    turn: Turn, sounds: Sequence[Sound], words: str, expected_ms: int, *, forced: bool
) -> Iterator[Problem]:
    length_ms = sum(sound.duration_ms for sound in sounds)
    expected = expected_ms * len(words) / max(1, len(turn.text))

    def is_below(limit: tuple[float, int]) -> bool:
        return length_ms < expected * limit[0] - limit[1]

    def is_above(limit: tuple[float, int]) -> bool:
        return length_ms > expected * limit[0] + limit[1]

    level: Level | None = None
    if is_below(_REFUSED_BELOW) or is_above(_REFUSED_ABOVE):
        level = "warning" if forced else "error"
    elif is_below(_DOUBTED_BELOW) or is_above(_DOUBTED_ABOVE):
        level = "note" if forced else "warning"
    if level is None:
        return
    message = (
        f"{_names(sounds)} {'lasts' if len(sounds) == 1 else 'last'} {clock(length_ms)}, "
        f"but the words take about {clock(round(expected))}"
    )
    hint = "Is it the right file?"
    if level == "error":
        hint += " If it is, swap it in again with --force; if it holds more, give --in and --out."
    yield _problem(turn, level, message, hint)


def _of_file(name: str, heard: Heard) -> Iterator[tuple[Level, str, str | None]]:
    if heard.damage:
        yield "warning", f"{name} is damaged: {heard.damage}", "Copy it from the recorder again."
    if heard.clipped:
        places = "one place" if heard.clipped == 1 else f"{heard.clipped} places"
        hint = "The recording level was too high; record it again, or listen whether it will do."
        yield "warning", f"{name} is clipped in {places}", hint
    if heard.speech is not None:
        yield from _of_level(name, heard.speech.level_dbfs, heard.noise_dbfs)
    if heard.rate_hz <= _TELEPHONE_HZ:
        kilohertz = f"{heard.rate_hz / 1000:g} kHz"
        yield "warning", f"{name} has the sound of a telephone ({kilohertz})", None
    if heard.channels == "dead":
        yield "note", f"one channel of {name} is dead; the other is used", None
    if heard.channels == "inverted":
        yield "note", f"the channels of {name} cancel each other; only one is used", None


def _of_level(
    name: str, level_dbfs: float, noise_dbfs: float
) -> Iterator[tuple[Level, str, str | None]]:
    if level_dbfs < _QUIET_DBFS:
        yield (
            "warning",
            f"{name} is very quiet ({level_dbfs:.0f} dBFS)",
            "Go nearer the microphone.",
        )
    if level_dbfs > _LOUD_DBFS:
        yield "warning", f"{name} is very loud ({level_dbfs:.0f} dBFS)", None
    if level_dbfs - noise_dbfs < _NOISY_DB:
        above = max(0.0, level_dbfs - noise_dbfs)
        message = f"the voice in {name} is only {above:.0f} dB above the noise around it"
        yield "warning", message, None


def _problem(turn: Turn, level: Level, message: str, hint: str | None = None) -> Problem:
    return Problem(turn.line, level, f"{called(turn)}: {message}", hint)


def _overlap(one: Sound, other: Sound) -> bool:
    a, b = one.stretch, other.stretch
    return a.digest == b.digest and a.start_ms < b.end_ms and b.start_ms < a.end_ms


def _names(sounds: Sequence[Sound]) -> str:
    return " and ".join(dict.fromkeys(sound.stretch.file.name for sound in sounds))
