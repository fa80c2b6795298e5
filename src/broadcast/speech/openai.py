"""Words → speech by any service that is asked as OpenAI's is: POST /audio/speech.

Clouds speak this way, and servers that a station runs itself, for VieNeu-TTS or Kokoro: what they
have of models and weights, and under which licence, stays outside of this process.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from broadcast.model import Declaration, Role, Utterance
from broadcast.model.engine import FieldValue
from broadcast.speech.engine import VoiceInfo, sayable, silence
from broadcast.speech.online import Service
from broadcast.speech.parts import in_parts, is_sound, joined
from broadcast.speech.settings import (
    address,
    choice,
    extras,
    is_this_machine,
    key,
    sounding,
    text,
    texts,
    whole,
)
from broadcast.speech.voice_names import OwnNames

OURS = ("model", "input", "voice", "response_format", "stream_format")
"""The fields of a request that the engine fills in itself."""
OPENAI = "https://api.openai.com/v1"
_OPENAIS_VOICES = (
    *("alloy", "ash", "ballad", "coral", "echo", "fable", "nova", "onyx", "sage", "shimmer"),
    "verse",
)
"""OpenAI's guide "Text to speech", "Voice options"."""


@dataclass(frozen=True, slots=True)
class OpenaiSettings:
    """The service and what it is asked for.

    ``voices`` are the names of those it has, where it is not OpenAI's: the first speaks for the
    presenter, the second for reporters, the others for whoever is interviewed. ``longest`` is how
    many characters go in one request (OpenAI takes 4,096), ``answer_s`` how many seconds an answer
    may take, ``at_once`` how many requests are under way together.
    """

    url: str = address(OPENAI)
    key_env: str = key("OPENAI_API_KEY")
    model: str = text("gpt-4o-mini-tts")
    voices: tuple[str, ...] = texts(sounds=False)
    format: str = choice("wav", ("wav", "flac", "mp3", "opus", "aac"))
    extra: tuple[tuple[str, FieldValue], ...] = extras(OURS)
    longest: int = whole(4_096, 100, 20_000)
    answer_s: int = whole(60, 5, 600, sounds=False)
    at_once: int = whole(2, 1, 16, sounds=False)


class Openai:
    """The voices of one service, each of which speaks every language.

    A service on this machine is not ``online``: no words leave it.
    """

    name = "openai"
    declares = Declaration(
        names=OwnNames("alloy"),
        settings=OpenaiSettings,
        by_role={"presenter": ("nova",), "reporter": ("echo",), "official": ("onyx", "sage")},
    )

    def __init__(
        self,
        settings: OpenaiSettings = OpenaiSettings(),
        wait: Callable[[float], object] | None = None,
    ) -> None:
        self._settings = settings
        self.online = not is_this_machine(settings.url)
        self.service = settings.url if self.online else None
        self.jobs = settings.at_once
        if settings.voices:
            self.declares = _with_voices(self.declares, settings.voices)
        self._online = Service(
            settings.url, key_variable=settings.key_env, answer_s=settings.answer_s, wait=wait
        )

    def version(self) -> str:
        """Name what the service is asked for; what it makes of that may change without a sign."""
        return f"1, {sounding(self._settings)}"

    def check(self, language: str) -> None:
        """Raise EngineUnavailableError, in at most 3 seconds, unless somebody answers there."""
        self._online.check(self._settings.url)

    def voices(self) -> tuple[VoiceInfo, ...]:
        """List the voices that the station names for the service, or OpenAI's own."""
        names = self._settings.voices or (_OPENAIS_VOICES if self._settings.url == OPENAI else ())
        return tuple(VoiceInfo(name, "", self._settings.model) for name in names)

    def speak(self, utterance: Utterance) -> bytes:
        """Give the words as the service speaks them; what is too long for it in several parts."""
        words = sayable(utterance.words)
        if not words:
            return silence()
        parts = in_parts(words, self._settings.longest)
        return joined(parts, [self._spoken(one.words, utterance.voice.name) for one in parts])

    def stop(self) -> None:
        """Wait for no answer any more."""
        self._online.stop()

    def _spoken(self, words: str, voice: str) -> bytes:
        return self._online.post(
            f"{self._settings.url}/audio/speech",
            document={
                **dict(self._settings.extra),
                "model": self._settings.model,
                "input": words,
                "voice": voice,
                "response_format": self._settings.format,
            },
            heard=is_sound,
        )


def _with_voices(declares: Declaration, voices: tuple[str, ...]) -> Declaration:
    """Give what the engine declares where a station names the service's voices."""
    first, *others = voices
    second, *further = others or [first]
    by_role: dict[Role, tuple[str, ...]] = {
        "presenter": (first,),
        "reporter": (second,),
        "official": tuple(further or voices),
    }
    return replace(declares, names=OwnNames(first), by_role=by_role)
