"""A turn as it will be heard → what an engine has to say for it, and the take that comes of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from broadcast.cache import Cache, key_of
from broadcast.errors import BroadcastError
from broadcast.messages import Message
from broadcast.model import (
    AS_IT_IS,
    Pauses,
    Piece,
    Recording,
    Sentence,
    Shift,
    Take,
    Turn,
    Utterance,
    Voice,
)
from broadcast.production.desk.draft_record import MadePart
from broadcast.speech import Engine, about

SHIFT_VERSION = 1
"""Part of the key of shifted speech: raised when the same shift sounds otherwise."""


@dataclass(frozen=True, slots=True)
class Part:
    """A turn as it will be heard: its sentences, and the recording or the voice that says them."""

    turn: Turn
    sentences: tuple[Sentence, ...]
    voice: Voice
    recording: Recording | None
    shift: Shift = AS_IT_IS

    @property
    def synthetic(self) -> bool:
        """Whether an engine speaks it."""
        return self.recording is None

    def made_from(self) -> MadePart:
        """Name what decides how this part sounds and reads, each by a hash or in words."""
        recording = self.recording
        return MadePart(
            place=str(self.turn.n or self.turn.kind),
            id=self.turn.id,
            words=words_key(self.sentences),
            voice=None if recording else key_of(asdict(self.voice), *_moved(self.shift)),
            recording=recording_key(recording) if recording else None,
        )


def words_key(sentences: Iterable[Sentence]) -> str:
    """Name how words are written and said."""
    return key_of([(s.written, s.spoken, s.paragraph) for s in sentences])


def recording_key(recording: Recording) -> str:
    """Name the sound of a recording: the files' bytes and the stretches of them that are used."""
    return key_of("recording", [(s.digest, s.start_ms, s.end_ms) for s in recording.stretches])


def utterances(part: Part) -> tuple[Utterance, ...]:
    """Give what an engine has to say for a part, sentence by sentence; nothing for a recording."""
    if not part.synthetic:
        return ()
    return tuple(Utterance(sentence.spoken, part.voice) for sentence in _audible(part))


def unspoken(engine: Engine, parts: Iterable[Part], cache: Cache) -> tuple[Utterance, ...]:
    """Give the utterances whose sound is not in the cache, each once, in order of air."""
    wanted = dict.fromkeys(utterance for part in parts for utterance in utterances(part))
    return tuple(u for u in wanted if cache.find(speech_key(engine, u)) is None)


def speech_key(engine: Engine, utterance: Utterance) -> str:
    """Name the sound of an utterance: the words, engine, voice and versions, and every setting."""
    of_voice = about(engine, utterance.voice.name).version
    further = (of_voice,) if of_voice else ()
    return key_of("speech", engine.name, engine.version(), asdict(utterance), *further)


def take_of(part: Part, engine: Engine, cache: Cache, pauses: Pauses) -> Take:
    """Give the take of a part, whose utterances have been spoken."""
    if part.recording is not None:
        return recorded_take(part.turn, part.sentences, part.recording, pauses)
    said = _audible(part)
    pieces, keys = [], []
    for sentence, following in zip(said, [*said[1:], None], strict=True):
        key = speech_key(engine, Utterance(sentence.spoken, part.voice))
        audio = cache.find(key)
        if audio is None:
            raise BroadcastError(
                Message("speech.gone", "Speech that was just made is gone from the cache."),
                hint=Message(
                    "speech.gone.hint",
                    "Is .broadcast being deleted, or its limit_mb too small? Build again.",
                ),
            )
        if part.shift != AS_IT_IS:
            key = key_of("shifted", key, *_moved(part.shift))
            audio = cache.find(key) or _shifted(audio, part.shift, key, cache)
        pieces.append(Piece(audio, _pause_ms(sentence, following, pauses)))
        keys.append(key)
    voice = about(engine, part.voice.name)
    return Take(
        turn=part.turn,
        kind="synthetic",
        pieces=tuple(pieces),
        sentences=tuple(said),
        key=key_of("take", keys, [piece.pause_ms for piece in pieces]),
        engine=engine.name,
        voice=voice.name,
        licence=voice.licence or None,
        version=" ".join(filter(None, (engine.version(), voice.version))),
    )


def _moved(shift: Shift) -> tuple[object, ...]:
    """Give what names a shift, and how it is made; nothing for a voice as it is."""
    return () if shift == AS_IT_IS else (SHIFT_VERSION, asdict(shift))


def _shifted(audio: Path, shift: Shift, key: str, cache: Cache) -> Path:
    """Keep what a sentence sounds like in a voice that is shifted."""
    from broadcast.production.voicing.shifting import write_shifted

    return cache.make(key, lambda path: write_shifted(audio, shift, path))


def recorded_take(
    turn: Turn, sentences: tuple[Sentence, ...], recording: Recording, pauses: Pauses
) -> Take:
    """Give the take of a turn that somebody recorded."""
    between = [pauses.sentence_ms] * (len(recording.stretches) - 1) + [0]
    return Take(
        turn=turn,
        kind="recorded",
        pieces=tuple(
            Piece(stretch.file, pause_ms, stretch.start_ms, stretch.end_ms)
            for stretch, pause_ms in zip(recording.stretches, between, strict=True)
        ),
        sentences=sentences,
        key=key_of(recording_key(recording), pauses.sentence_ms),
        recording=recording,
    )


def _audible(part: Part) -> list[Sentence]:
    return [sentence for sentence in part.sentences if sentence.is_audible]


def _pause_ms(sentence: Sentence, following: Sentence | None, pauses: Pauses) -> int:
    if following is None:
        return 0
    same_paragraph = following.paragraph == sentence.paragraph
    return pauses.sentence_ms if same_paragraph else pauses.paragraph_ms
