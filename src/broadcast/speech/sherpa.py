"""Words → speech by sherpa-onnx: offline, by whatever models lie in the user's folder of voices."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from itertools import chain
from pathlib import Path

from broadcast.errors import BroadcastError, EngineUnavailableError, OutsideError
from broadcast.language import same_language
from broadcast.messages import Message
from broadcast.model import Declaration, Utterance
from broadcast.speech.engine import (
    LANGUAGES_HINT,
    VOICES_HINT,
    VoiceInfo,
    sayable,
    silence,
    wav_file,
)
from broadcast.speech.known_voices import CAUTIONS, known_voices, place_of_voices
from broadcast.speech.settings import number, sounding, text
from broadcast.speech.sherpa_models import Model, models_in
from broadcast.speech.sherpa_process import ModelProcess
from broadcast.speech.voice_names import ModelNames

_IDLE = 4
"""So many models may wait for their next sentence: one of Supertonic takes 300 MB."""
_INSTALL = Message("sherpa.install", 'Install it: python -m pip install "broadcast[neural]"')


@dataclass(frozen=True, slots=True)
class SherpaSettings:
    """What a station may write under [voices.sherpa]."""

    folder: str = text("", sounds=False, needs_trust=True)
    speed: float = number(1.0, 0.5, 2.0)
    variation: float = number(1.0, 0.0, 1.5)


class Sherpa:
    """Models of Piper, Matcha, Kokoro and Supertonic, each in a folder of its own.

    A voice is the name of such a folder, with the number of a speaker after # if it has several:
    ``supertonic-3#2``. Numbers that are too high begin again. A language (``vi``) means the first
    model here that speaks it and may go on air unasked.
    """

    name = "sherpa"
    online = False
    # A model keeps one processor busy, and two are what a small laptop spares.
    jobs = 2
    service: str | None = None
    declares = Declaration(
        names=ModelNames(),
        settings=SherpaSettings,
        by_role={"presenter": ("#0",), "reporter": ("#1",), "official": ("#2", "#3")},
    )

    def __init__(self, settings: SherpaSettings | None = None) -> None:
        self._settings = settings or SherpaSettings()
        self._versions: dict[str, str] = {}
        self._idle: list[ModelProcess] = []
        self._busy: set[ModelProcess] = set()
        self._lock = threading.Lock()
        self._stopped = False

    def version(self) -> str:
        """Name the library's release, that of eSpeak NG's data, and the settings."""
        return f"{self._release}, {sounding(self._settings)}"

    def check(self, language: str) -> None:
        """Raise EngineUnavailableError where the library or a voice for ``language`` is missing.

        A model that can speak it is begun to be loaded; one that breaks within 2 seconds is told.
        """
        self.version()
        fitting = [one for one in self._models.values() if _speaks(one, language)]
        if not fitting:
            raise EngineUnavailableError(
                Message(
                    "sherpa.no-voice-here",
                    "No voice of sherpa for “{language}” is on this computer.",
                    language=language,
                ),
                hint=Message(
                    "sherpa.no-voice-here.hint",
                    "`broadcast voices` tells which there are, and what may be done with them.",
                ),
            )
        process = self._taken(min(fitting, key=_caution))
        try:
            process.ready(2.0)
        finally:
            self._given_back(process)

    def voices(self) -> tuple[VoiceInfo, ...]:
        """List the voices that are here, and those that can be had."""
        here = [self._told(model) for model in self._models.values()]
        missing = [name for name in known_voices() if name not in self._models]
        return tuple(chain(here, map(_to_get, missing)))

    def about(self, voice: str) -> VoiceInfo:
        """Give what is known of a voice: of a language's, of the model that is meant."""
        model = self._meant(voice)
        if model is None:
            return VoiceInfo(voice, "", "")
        number = voice.partition("#")[2]
        name = f"{model.name}#{number}" if number else model.name
        return self._told(model, name)

    def speak(self, utterance: Utterance) -> bytes:
        """Give a WAV file of the words, at the model's rate; another one each time, a little.

        With ``variation = 0`` a Piper voice gives the same bytes for the same words.
        """
        voice, words = utterance.voice, sayable(utterance.words)
        model = self._meant(voice.name) or self._refused(voice.name)
        if not words:
            return silence()
        process = self._taken(model)
        speaker = int(voice.name.partition("#")[2] or 0)
        language = voice.language.partition("-")[0]
        try:
            rate_hz, samples = process.say(words, speaker, self._settings.speed, language)
        finally:
            self._given_back(process)
        if not samples:
            raise OutsideError(
                Message(
                    "sherpa.no-speech",
                    "The voice {name} said nothing for: {words}",
                    name=model.name,
                    words=words,
                ),
                hint=Message("sherpa.no-speech.hint", "Write the sentence differently."),
            )
        return wav_file(samples, rate_hz)

    def stop(self) -> None:
        """End the processes."""
        with self._lock:
            self._stopped = True
            for process in (*self._idle, *self._busy):
                process.end()

    @cached_property
    def _models(self) -> dict[str, Model]:
        own = Path(self._settings.folder) if self._settings.folder else None
        places = filter(None, (own, place_of_voices()))
        return {one.name: one for place in reversed(list(places)) for one in models_in(place)}

    @cached_property
    def _release(self) -> str:
        try:
            return f"sherpa-onnx {version('sherpa-onnx')}, eSpeak NG {version('espeakng-loader')}"
        except PackageNotFoundError as error:
            raise EngineUnavailableError(
                Message("sherpa.not-installed", "sherpa-onnx is not installed."), hint=_INSTALL
            ) from error

    def _meant(self, voice: str) -> Model | None:
        """Give the model of a voice; for a language, the first that needs no caution."""
        name = voice.partition("#")[0]
        if name in self._models or ModelNames.is_model(name):
            return self._models.get(name)
        fitting = (one for one in self._models.values() if _speaks(one, name))
        return next((one for one in fitting if not _caution(one)), None)

    def _refused(self, voice: str) -> Model:
        name = voice.partition("#")[0]
        if ModelNames.is_model(name):
            get = Message("sherpa.get", "broadcast voices get {name}", name=name)
            raise BroadcastError(
                Message(
                    "sherpa.no-voice", "The voice “{name}” is not on this computer.", name=name
                ),
                hint=get if name in known_voices() else VOICES_HINT,
            )
        here = tuple(one.name for one in self._models.values() if _speaks(one, name))
        raise BroadcastError(
            Message(
                "sherpa.none-unasked",
                "No voice for “{language}” here may go on air before somebody has chosen it.",
                language=name,
            ),
            hint=Message(
                "sherpa.none-unasked.hint",
                "Look into the licence of one of {names}, then write under [voices.sherpa]: "
                'languages = {{ {language} = "{first}" }}',
                names=here,
                language=name,
                first=here[0],
            )
            if here
            else LANGUAGES_HINT,
        )

    def _told(self, model: Model, name: str = "") -> VoiceInfo:
        known = known_voices().get(model.name)
        if model.name not in self._versions:
            self._versions[model.name] = model.version()
        if known is None:
            return VoiceInfo(
                name or model.name,
                model.language() or "mul",
                Message("sherpa.own-model", "your own model ({kind})", kind=model.kind),
                version=self._versions[model.name],
                caution=CAUTIONS["own"],
            )
        version = self._versions[model.name]
        return replace(_to_get(model.name), name=name or model.name, version=version, missing=None)

    def _taken(self, model: Model) -> ModelProcess:
        """Give a process of the model that nobody else uses."""
        with self._lock:
            if self._stopped:
                raise OutsideError(Message("sherpa.stopped", "The voices of sherpa were stopped."))
            for process in self._idle:
                if process.model == model and process.is_alive:
                    self._idle.remove(process)
                    break
            else:
                process = ModelProcess(model, self._settings.variation)
            self._busy.add(process)
            return process

    def _given_back(self, process: ModelProcess) -> None:
        with self._lock:
            self._busy.discard(process)
            if process.is_alive:
                self._idle.append(process)
            while len(self._idle) > _IDLE:
                self._idle.pop(0).end()


def _to_get(name: str) -> VoiceInfo:
    known = known_voices()[name]
    description = (
        Message(
            "sherpa.speakers", "speakers: {name}#0 to #{last}", name=name, last=known.speakers - 1
        )
        if known.speakers > 1
        else Message("sherpa.one-speaker", "one speaker")
    )
    return VoiceInfo(
        name,
        known.languages[0] if len(known.languages) == 1 else "mul",
        description,
        known.gender,
        known.licence,
        caution=CAUTIONS[known.caution] if known.caution else None,
        missing=Message("sherpa.get", "broadcast voices get {name}", name=name),
        languages=known.languages,
        speakers=known.speakers,
    )


def _languages(model: Model) -> tuple[str, ...]:
    known = known_voices().get(model.name)
    return known.languages if known else tuple(filter(None, [model.language()]))


def _speaks(model: Model, language: str) -> bool:
    languages = _languages(model)
    return not languages or _in(languages, language)


def _caution(model: Model) -> bool:
    known = known_voices().get(model.name)
    return known is None or bool(known.caution)


def _in(languages: tuple[str, ...], language: str) -> bool:
    return any(same_language(one, language) for one in languages)
