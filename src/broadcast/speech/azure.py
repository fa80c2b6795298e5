"""Words → speech by Microsoft's Speech service, with a key of the station's own (Azure AI Speech).

Sources of the numbers: Microsoft's pages "Text to speech REST API" (an answer is cut at ten
minutes) and "Speech service quotas and limits" (F0, which is free, takes 20 requests within
60 seconds).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from broadcast.errors import EngineUnavailableError
from broadcast.messages import Message
from broadcast.model import Declaration, Utterance
from broadcast.speech.engine import VoiceInfo, sayable, silence
from broadcast.speech.neural import BY_GENDER, BY_ROLE, KNOWN, NeuralNames, checked, ssml
from broadcast.speech.online import Service
from broadcast.speech.parts import in_parts, is_sound, joined
from broadcast.speech.settings import address, is_this_machine, key, sounding, text, whole

_FORMAT = "riff-24khz-16bit-mono-pcm"
"""What most of the voices are made in; uncompressed, for the programme is encoded later."""
_LONGEST = 3_000
"""Characters in a request: read slowly, five minutes."""
_ANSWER_S = 60.0


@dataclass(frozen=True, slots=True)
class AzureSettings:
    """The resource that a station has with Microsoft.

    ``region`` is where it lies (southeastasia); ``url`` is its address instead, where that is
    another one. ``a_minute`` is how many requests it takes in 60 seconds, 20 where it is free (F0);
    ``percent`` is how much faster than usual the voices speak.
    """

    region: str = text("", sounds=False)
    url: str = address("")
    key_env: str = key("AZURE_SPEECH_KEY")
    a_minute: int = whole(20, 1, 12_000, sounds=False)
    percent: int = whole(0, -50, 100)


class Azure:
    """Microsoft's neural voices, two of them Vietnamese, by REST.

    A container of theirs on this machine is not ``online``: no words leave it.
    """

    name = "azure"
    jobs = 2
    declares = Declaration(
        names=NeuralNames(),
        settings=AzureSettings,
        by_role=BY_ROLE,
        by_gender=BY_GENDER,
        licence="Microsoft Product Terms",
    )

    def __init__(
        self,
        settings: AzureSettings = AzureSettings(),
        wait: Callable[[float], object] | None = None,
    ) -> None:
        self._settings = settings
        region = settings.region.strip().lower()
        self._named = bool(settings.url) or (region.isascii() and region.isalnum())
        self._url = settings.url or f"https://{region}.tts.speech.microsoft.com"
        self.online = not is_this_machine(self._url)
        self.service = self._url if self.online else None
        self._online = Service(
            self._url,
            key_variable=settings.key_env,
            key_header="Ocp-Apim-Subscription-Key",
            answer_s=_ANSWER_S,
            a_minute=settings.a_minute,
            wait=wait,
        )

    def version(self) -> str:
        """Name what changes the sound; Microsoft betters its voices without a sign."""
        return f"1, {_FORMAT}, {sounding(self._settings)}"

    def check(self, language: str) -> None:
        """Raise EngineUnavailableError, in at most 3 seconds, unless somebody answers there."""
        self._must_be_named()
        self._online.check(self._url)

    def voices(self) -> tuple[VoiceInfo, ...]:
        """List voices that are known without asking."""
        return KNOWN

    def speak(self, utterance: Utterance) -> bytes:
        """Give the words as WAV; more than ten minutes of them in several parts."""
        voice = checked(utterance.voice.name, utterance.voice.language)
        words = sayable(utterance.words)
        if not words:
            return silence()
        self._must_be_named()
        parts = in_parts(words, _LONGEST)
        return joined(parts, [self._spoken(one.words, voice) for one in parts])

    def stop(self) -> None:
        """Wait for no answer any more."""
        self._online.stop()

    def _spoken(self, words: str, voice: str) -> bytes:
        return self._online.post(
            f"{self._url}/cognitiveservices/v1",
            data=ssml(words, voice, self._settings.percent).encode(),
            headers={
                "Content-Type": "application/ssml+xml",
                "X-Microsoft-OutputFormat": _FORMAT,
                "User-Agent": "broadcast",
            },
            heard=is_sound,
        )

    def _must_be_named(self) -> None:
        if not self._named:
            raise EngineUnavailableError(
                Message("azure.no-region", "station.toml names no region of azure."),
                hint=Message(
                    "azure.no-region.hint",
                    "Write where your Speech resource lies, under [voices.azure]: "
                    'region = "southeastasia".',
                ),
            )
