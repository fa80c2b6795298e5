"""What is said: sentences and the words for them, and the takes that they become."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from broadcast.messages import Message
from broadcast.model.script import Turn


@dataclass(frozen=True, slots=True)
class Reading:
    """A piece of written text that is said otherwise: the editor's list is made of these.

    ``start`` and ``end`` are positions in the sentence's written text; ``doubt`` says what is
    uncertain (None when nothing is).
    """

    start: int
    end: int
    written: str
    spoken: str
    rule: str
    doubt: Message | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """The unit of speech: a written sentence and the words a newsreader says for it.

    ``paragraph`` is the index of its paragraph in the turn, ``line`` that paragraph's line.
    """

    written: str
    spoken: str
    readings: tuple[Reading, ...] = ()
    paragraph: int = 0
    line: int = 0

    @property
    def is_audible(self) -> bool:
        """Whether there is anything in it that a voice can say."""
        return any(map(str.isalnum, self.spoken))


@dataclass(frozen=True, slots=True)
class Voice:
    """Everything about an engine's voice that changes what is heard."""

    engine: str
    name: str
    language: str
    rate: int | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """How far a voice is moved from its own sound, so that it is another's.

    ``pitch_st`` are semitones, by which formants move along; ``tempo`` is times its own.
    """

    pitch_st: float = 0.0
    tempo: float = 1.0


AS_IT_IS = Shift()
"""No shift."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """Words to say in a voice: with the engine's version, all that decides the sound."""

    words: str
    voice: Voice


@dataclass(frozen=True, slots=True)
class Stretch:
    """The part of an audio file that is used, in milliseconds, and the digest of the whole file."""

    file: Path
    digest: str
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class Recording:
    """What somebody recorded for a turn: stretches of one or several files, heard in order.

    ``words`` are those that are heard; ``stale`` says that they are not the turn's. ``number`` is
    its place among the turn's ``count`` takes (1: the oldest).
    """

    stretches: tuple[Stretch, ...]
    words: str
    stale: bool = False
    number: int = 1
    count: int = 1


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of an audio file (None: from its start, to its end) and the pause after it."""

    audio: Path
    pause_ms: int = 0
    start_ms: int | None = None
    end_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Take:
    """One performance of a turn: spoken sentence by sentence by an engine, or recorded whole.

    ``sentences`` are those heard. A synthetic take has one piece for each of them; a recorded one
    has one for each stretch of its recording. ``key`` names the sound: equal keys, equal audio.
    ``version`` is that of the engine and the voice, ``licence`` what the voice may be used under.
    """

    turn: Turn
    kind: Literal["synthetic", "recorded"]
    pieces: tuple[Piece, ...]
    sentences: tuple[Sentence, ...]
    key: str
    engine: str | None = None
    voice: str | None = None
    recording: Recording | None = None
    licence: str | None = None
    version: str | None = None


@dataclass(frozen=True, slots=True)
class Insert:
    """Sound that is no turn: music or a clip, the whole of its file or a stretch of it.

    ``key`` names its sound; ``asked_in`` and ``line`` tell where it is asked for.
    """

    kind: Literal["music", "clip"]
    file: Path
    key: str
    start_ms: int | None = None
    end_ms: int | None = None
    asked_in: Path | None = field(default=None, compare=False)
    line: int | None = field(default=None, compare=False)
