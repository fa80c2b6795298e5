"""Utterances → their sound in the cache: each is spoken once, and judged before it is kept."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np

from broadcast.cache import Cache, key_of
from broadcast.errors import BroadcastError, OutsideError, StoppedError
from broadcast.media.decode import decode
from broadcast.media.samples import Audio
from broadcast.messages import Message
from broadcast.model import Utterance, Voice
from broadcast.production.desk.progress import SPEAKING
from broadcast.production.desk.work import Work
from broadcast.production.voicing.before import keep_pace
from broadcast.production.voicing.part import speech_key
from broadcast.production.voicing.speech_doubts import doubt_of, is_no_speech, pace_of
from broadcast.production.voicing.spending import characters_of
from broadcast.speech import Engine
from broadcast.speech.engine import wav_file
from broadcast.station.source import line_of_voice
from broadcast.workers import in_parallel

# Between the two halves of a sentence that was spoken in two: what is heard at a comma.
_BETWEEN_HALVES_MS = 150
_SPLIT_AT = re.compile(r"(?<=[,;:–—])\s+")
_MOST_PACES = 60


def speak(
    engine: Engine,
    wanted: Sequence[Utterance],
    work: Work,
    settings: Path,
    lines: Mapping[Utterance, tuple[Path, int]],
) -> None:
    """Speak ``wanted`` into the cache, a few at a time; what was done is kept if it stops.

    What is doubtful is asked for once more, in two halves; if that is doubtful too, nothing of it
    is kept. ``settings`` is the station's file, which names the voices; ``lines`` tell where the
    words stand. Raises OutsideError when the engine fails or answers with something that is not
    speech or not these words, BroadcastError for a voice that the engine does not have.
    """
    paces = _Paces(engine, work.cache)
    began_s = time.monotonic()
    in_parallel(
        lambda one: _speak_one(engine, one, work.cache, settings, paces, lines.get(one)),
        wanted,
        min(work.jobs, engine.jobs),
        lambda done, total, one: work.reporter.step(SPEAKING, done, total, one.words),
        stop=engine.stop,  # the others would be spoken, or waited for, to no end
        go_on=work.reporter.go_on,
    )
    paces.keep()
    characters = sum(characters_of(one.words) for one in wanted)
    keep_pace(engine, characters, time.monotonic() - began_s, work.cache)


class _Paces:
    """How long a letter takes in each voice, from what was spoken in it and kept."""

    def __init__(self, engine: Engine, cache: Cache) -> None:
        self._engine, self._cache = engine, cache
        self._known: dict[Voice, list[float]] = {}
        self._lock = threading.Lock()

    def of(self, voice: Voice) -> list[float]:
        """Give what is known of a voice."""
        with self._lock:
            if voice not in self._known:
                self._known[voice] = self._cache.value(self._key(voice), list[float]) or []
            return list(self._known[voice])

    def add(self, voice: Voice, pace: float | None) -> None:
        """Note a sentence that was not doubtful."""
        if pace is not None:
            with self._lock:
                self._known[voice].append(round(pace, 1))

    def keep(self) -> None:
        """Remember it for sentences to come."""
        for voice, paces in self._known.items():
            self._cache.put_value(self._key(voice), paces[-_MOST_PACES:])

    def _key(self, voice: Voice) -> str:
        return key_of("paces", self._engine.name, self._engine.version(), asdict(voice))


def _speak_one(
    engine: Engine,
    utterance: Utterance,
    cache: Cache,
    settings: Path,
    paces: _Paces,
    place: tuple[Path, int] | None,
) -> None:
    try:
        cache.make(
            speech_key(engine, utterance),
            lambda path: path.write_bytes(_said(engine, utterance, path, paces, place)),
        )
    except (OutsideError, StoppedError):
        raise
    except BroadcastError as error:
        line = line_of_voice(settings, utterance.voice.name)
        if line is None:  # the script's head or the command names it
            raise
        raise BroadcastError(error.message, file=settings, line=line, hint=error.hint) from error


def _said(
    engine: Engine,
    utterance: Utterance,
    path: Path,
    paces: _Paces,
    place: tuple[Path, int] | None,
) -> bytes:
    """Give the speech of an utterance, whole or from its halves, of which nothing is doubtful."""
    said = engine.speak(utterance)
    doubt, _ = _judged(said, utterance, path, paces)
    if doubt is None:
        return said
    halves = [replace(utterance, words=half) for half in _halves(utterance.words)]
    sounds = [engine.speak(half) for half in halves]
    judged = [_judged(*one, path, paces, alone=False) for one in zip(sounds, halves, strict=True)]
    again = next((why for why, _ in judged if why is not None), None)
    if again is None:
        whole = sounds[0] if len(sounds) == 1 else _joined([audio for _, audio in judged])
        again, _ = _judged(whole, utterance, path, paces)
        if again is None:
            return whole
    file, line = place or (None, None)
    if is_no_speech(again):
        told = Message(
            "speak.no-speech",
            "{engine} answered with something that is not speech for: {words}",
            engine=engine.name,
            words=utterance.words,
        )
        hint = Message(
            "speak.no-speech.hint", "Try again in a while, or build with --engine espeak."
        )
    else:
        told = Message(
            "speak.doubtful",
            "{engine} does not say this right, asked twice ({why}): {words}",
            engine=engine.name,
            why=again,
            words=utterance.words,
        )
        hint = Message(
            "speak.doubtful.hint",
            "Write the sentence differently, record the turn, or build with --engine espeak.",
        )
    raise OutsideError(told, file=file, line=line, hint=hint)


def _judged(
    said: bytes, utterance: Utterance, path: Path, paces: _Paces, *, alone: bool = True
) -> tuple[Message | None, Audio]:
    """Give what is doubtful about speech, and its sound in one channel.

    Of what is not heard ``alone`` the pace is not noted.
    """
    path.write_bytes(said)
    try:
        audio = decode(path)
    except BroadcastError:
        audio = Audio(np.zeros((0, 1), np.float32), 48_000)
    mono = audio.samples.mean(axis=1, dtype=np.float32)
    known = paces.of(utterance.voice)
    doubt = doubt_of(mono, audio.rate_hz, utterance, known if alone else [])
    if doubt is None and alone:
        paces.add(utterance.voice, pace_of(mono, audio.rate_hz, utterance.words))
    return doubt, Audio(mono[:, None], audio.rate_hz)


def _halves(words: str) -> tuple[str, ...]:
    """Split words in two where a clause ends nearest to the middle; else between two words."""
    places = [place.end() for place in _SPLIT_AT.finditer(words)]
    places = places or [place.end() for place in re.finditer(r"\s+", words)]
    if not places:
        return (words,)
    at = min(places, key=lambda place: abs(place - len(words) // 2))
    halves = (words[:at].strip(), words[at:].strip())
    if all(any(map(str.isalnum, half)) for half in halves):
        return halves
    return (words,)


def _joined(halves: Sequence[Audio]) -> bytes:
    """Give a WAV file of two sounds of one rate with a comma's pause between them."""
    rate_hz = halves[0].rate_hz
    pause = np.zeros(_BETWEEN_HALVES_MS * rate_hz // 1000, np.float32)
    first, second = (one.samples[:, 0] for one in halves)
    whole = np.concatenate([first, pause, second])
    return wav_file((np.clip(whole, -1, 1) * 32_767).astype("<i2").tobytes(), rate_hz)
