"""Utterances → their sound in the cache: each is spoken once, and checked to be speech."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from broadcast.cache import Cache, key_of
from broadcast.errors import BroadcastError, OutsideError, StoppedError
from broadcast.media.decode import decode
from broadcast.messages import Message
from broadcast.model import Utterance
from broadcast.production.desk.work import Work
from broadcast.production.voicing.part import speech_key
from broadcast.speech import Engine
from broadcast.station.source import line_of_voice
from broadcast.workers import in_parallel

# An answer shorter than this is no speech, whatever it claims to be; nor is one shorter than this
# for each word: 450 words a minute, the fastest that eSpeak NG speaks, are 133 ms a word.
_SHORTEST_SPEECH_MS = 60
_SHORTEST_WORD_MS = 60
# Nor is one longer than this and a second for each character: at 80 words a minute, the slowest
# that eSpeak NG speaks, a character of Vietnamese takes a fifth of that.
_LONGEST_MS = 5_000
_LONGEST_CHARACTER_MS = 1_000
_SPEAKING = Message("stage.speaking", "speaking")


def speak(
    engine: Engine,
    wanted: Sequence[Utterance],
    work: Work,
    settings: Path,
) -> None:
    """Speak ``wanted`` into the cache, a few at a time; what was done is kept if it stops.

    ``settings`` is the station's file, which names the voices. Raises OutsideError when the
    engine fails or answers with something that is not speech, BroadcastError for a voice that
    the engine does not have.
    """
    in_parallel(
        lambda one: _speak_one(engine, one, work.cache, settings),
        wanted,
        min(work.jobs, engine.jobs),
        lambda done, total, one: work.reporter.step(_SPEAKING, done, total, one.words),
        stop=engine.stop,  # the others would be spoken, or waited for, to no end
    )


def tell_where_words_go(engine: Engine, work: Work) -> None:
    """Say once to a station that its words leave the computer, before the first of them do."""
    if engine.service is None:
        return
    told = key_of("told where words go", engine.service)
    if work.cache.find(told) is None:
        work.reporter.say(
            Message(
                "speak.words-sent",
                "The words are sent to {service} to be spoken.",
                service=engine.service,
            )
        )
        work.cache.put(told, b"")


def _speak_one(engine: Engine, utterance: Utterance, cache: Cache, settings: Path) -> None:
    def write(path: Path) -> None:
        path.write_bytes(engine.speak(utterance))
        _check_speech(path, engine, utterance)

    try:
        cache.make(speech_key(engine, utterance), write)
    except (OutsideError, StoppedError):
        raise
    except BroadcastError as error:
        line = line_of_voice(settings, utterance.voice.name)
        if line is None:  # the script's head or the command names it
            raise
        raise BroadcastError(error.message, file=settings, line=line, hint=error.hint) from error


def _check_speech(file: Path, engine: Engine, utterance: Utterance) -> None:
    try:
        audio = decode(file)
        milliseconds = len(audio.samples) * 1000 / audio.rate_hz
        silent = not audio.samples.any()
    except BroadcastError:
        milliseconds, silent = 0.0, True
    words = utterance.words
    shortest_ms = max(_SHORTEST_SPEECH_MS, _SHORTEST_WORD_MS * len(words.split()))
    longest_ms = _LONGEST_MS + _LONGEST_CHARACTER_MS * len(words)
    if not shortest_ms <= milliseconds <= longest_ms or silent:
        raise OutsideError(
            Message(
                "speak.no-speech",
                "{engine} answered with something that is not speech for: {words}",
                engine=engine.name,
                words=utterance.words,
            ),
            hint=Message(
                "speak.no-speech.hint", "Try again in a while, or build with --engine espeak."
            ),
        )
