"""A recorded take's segment → the same, with its sentences where they are heard in it.

Its words are spoken by the embedded voice and looked for in the recording. What is found is kept,
for it costs a tenth of the recording's length.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from broadcast.align.version import VERSION
from broadcast.cache import Cache, key_of
from broadcast.errors import BroadcastError, EngineUnavailableError
from broadcast.messages import Message
from broadcast.model import Segment, Sentence, Span, Take, Utterance, Voice, ms_to_samples
from broadcast.production.voicing.part import speech_key
from broadcast.speech.espeak import Espeak
from broadcast.workers import Step, in_parallel

if TYPE_CHECKING:
    from broadcast.align.recorded import Recorded
    from broadcast.align.reference import Reference

FRAMES_VERSION = 1
"""Part of the key of what is heard of spoken words: raised when other frames come of them."""
_JOBS = 2
_Times = tuple[tuple[int, int] | None, ...]


def is_looked_for(take: Take) -> bool:
    """Whether its sentences' times must be found: an only sentence is heard from end to end."""
    return take.kind == "recorded" and sum(one.is_audible for one in take.sentences) > 1


def known_times(segment: Segment, take: Take, language: str, cache: Cache) -> Segment | None:
    """Give the segment with its times, where those are known or need not be looked for."""
    if not is_looked_for(take):
        return segment
    times = cache.value(_key(take, language), _Times)
    return None if times is None else _with_times(segment, take, times)


def with_times(segment: Segment, take: Take, language: str, cache: Cache) -> Segment:
    """Give the segment with its sentences where they are heard, found now if they were not yet."""
    if not is_looked_for(take):
        return segment
    times = cache.remember(
        _key(take, language), _Times, lambda: _found(segment, take, language, cache)
    )
    return _with_times(segment, take, times)


def _key(take: Take, language: str) -> str:
    return key_of(
        "heard words", VERSION, take.key, language, [one.spoken for one in take.sentences]
    )


def _with_times(segment: Segment, take: Take, times: _Times) -> Segment:
    from broadcast.align.within import SentenceTime, without_holes

    found = [None if one is None else SentenceTime(*one) for one in times]
    weights = [len(one.spoken) for one in take.sentences]
    filled = without_holes(found, weights, segment.samples * 1000 // ms_to_samples(1000))
    return replace(
        segment,
        spans=tuple(
            Span(
                sentence.written,
                min(ms_to_samples(begin_ms), segment.samples),
                min(ms_to_samples(end_ms), segment.samples),
                "aligned" if is_found else "estimated",
            )
            for sentence, (begin_ms, end_ms, is_found) in zip(take.sentences, filled, strict=True)
        ),
    )


def sound_of(segment: Segment) -> Recorded:
    """Listen to what was recorded of a turn, as it is compared with words."""
    from broadcast.align.frames import frames_of
    from broadcast.align.recorded import recorded
    from broadcast.media.decode import decode

    audio = decode(segment.audio)
    return recorded(frames_of(audio.samples, audio.rate_hz))


def _found(segment: Segment, take: Take, language: str, cache: Cache) -> _Times:
    from broadcast.align.prior import shipped_prior
    from broadcast.align.within import sentence_times

    try:
        spoken = spoken_reference([take.sentences], language, cache)
    except EngineUnavailableError:
        return (None,) * len(take.sentences)
    return sentence_times(sound_of(segment), spoken, shipped_prior(), len(take.sentences))


def spoken_reference(
    turns: Sequence[Sequence[Sentence]],
    language: str,
    cache: Cache,
    step: Step = lambda *_: None,
) -> Reference:
    """Let the embedded voice say the sentences of turns, and keep what is heard of them.

    ``step`` is told how many of how many are said. Raises EngineUnavailableError where it does not
    work, or does not speak the language.
    """
    from broadcast.align.frames import Frames, frame_bytes, frames_from
    from broadcast.align.reference import reference, sounds_of, spoken_parts
    from broadcast.media.decode import decode

    engine = Espeak()
    voice = Voice(engine.name, language, language)
    words = [[one.spoken if one.is_audible else "" for one in turn] for turn in turns]

    def speech(utterance: Utterance) -> bytes:
        try:
            return engine.speak(utterance)
        except EngineUnavailableError:
            raise
        except BroadcastError as error:
            if not error.is_of_input:
                raise
            raise EngineUnavailableError(
                Message(
                    "espeak.no-language",
                    "The offline voice (eSpeak NG) does not speak the language “{language}”.",
                    language=language,
                )
            ) from error

    def heard(part: str) -> Frames:
        utterance = Utterance(part, voice)
        spoken = speech_key(engine, utterance)

        def measured() -> bytes:
            kept = cache.find(spoken) or cache.put(spoken, speech(utterance))
            audio = decode(kept)
            return frame_bytes(sounds_of(audio.samples.mean(axis=1), audio.rate_hz))

        key = key_of("spoken frames", FRAMES_VERSION, spoken)
        try:
            return frames_from(cache.data(key, measured))
        except ValueError:  # what was kept is damaged
            cache.put(key, data := measured())
            return frames_from(data)

    parts = spoken_parts(words)
    frames = in_parallel(
        heard, parts, _JOBS, lambda done, total, _: step(done, total), stop=engine.stop
    )
    return reference(words, dict(zip(parts, frames, strict=True)).__getitem__)
