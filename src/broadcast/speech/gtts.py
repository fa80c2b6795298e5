"""Words → speech by Google Translate through gTTS: certificates verified, every wait bounded."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version

from broadcast.errors import BroadcastError, EngineUnavailableError
from broadcast.messages import Message
from broadcast.model import Declaration, Utterance
from broadcast.speech.answers import Answer, Refused
from broadcast.speech.engine import (
    LANGUAGES_HINT,
    VOICES_HINT,
    VoiceInfo,
    parent_languages,
    sayable,
    silence,
)
from broadcast.speech.online import Service
from broadcast.speech.parts import in_parts, is_sound, joined
from broadcast.speech.settings import address
from broadcast.speech.voice_names import LanguageNames, described

ADDRESS_VARIABLE = "BROADCAST_GTTS_URL"
"""Environment variable: the service's address (http://127.0.0.1:8080) instead of Google's."""

ACCENTS = {
    "en": ("com.au", "co.uk", "us", "ca", "co.in", "ie", "co.za", "com.ng"),
    "es": ("com.mx", "es", "us"),
    "fr": ("ca", "fr"),
    "pt": ("com.br", "pt"),
}
"""Google domains that give a language another accent (gTTS documentation, "Localized accents")."""

_PATH = "/_/TranslateWebserverUi/data/batchexecute"
_REFUSED = Refused(
    Message("gtts.too-old", "it may have changed, and gTTS be too old for it"),
    Message(
        "gtts.too-old.hint",
        "Update it (python -m pip install --upgrade gTTS), or build with the offline voice.",
    ),
)
_NO_SPEECH = Message(
    "gtts.no-speech.hint",
    "A sign-in page of the network may be in the way, or gTTS too old. "
    "Open a web page to see, update gTTS, or build with the offline voice: --offline",
)
# Codes of ISO 639 for which Google keeps an older one.
_OLDER_CODES = {"he": "iw", "jv": "jw", "nb": "no", "fil": "tl"}


@dataclass(frozen=True, slots=True)
class GttsSettings:
    """``url`` is the address of a service that speaks Google's protocol in Google's place."""

    url: str = address("", variable=ADDRESS_VARIABLE)


class Gtts:
    """Google Translate's voices, through gTTS, which packs the requests.

    What is longer than Google takes is cut here, at phrases, and joined without a gap. gTTS sends
    without verifying certificates, so requests are sent from here. A voice is a language, and after
    it a Google domain for its accent if wanted: ``vi``, ``en@co.uk``.
    """

    name = "gtts"
    online = True
    # One waits for the network while the other is spoken; Google turns away those who ask much.
    jobs = 2
    # Google Translate has one voice for most languages, Vietnamese among them.
    declares = Declaration(names=LanguageNames("@"), settings=GttsSettings)

    def __init__(
        self,
        settings: GttsSettings = GttsSettings(),
        wait: Callable[[float], object] | None = None,
    ) -> None:
        self._url = settings.url.rstrip("/")
        self.service: str | None = self._url or "Google Translate (translate.google.com)"
        self._online = Service(
            self.service, is_busy=_is_sorry, refused=_REFUSED, no_speech=_NO_SPEECH, wait=wait
        )

    def version(self) -> str:
        """Name gTTS's release, and the service if it is not Google's."""
        try:
            release = version("gTTS")
        except PackageNotFoundError as error:
            raise EngineUnavailableError(
                Message("gtts.not-installed", "The online voice (gTTS) is not installed."),
                hint=Message(
                    "gtts.not-installed.hint",
                    "Install it (python -m pip install gTTS), or use the offline voice.",
                ),
            ) from error
        told = f"gTTS {release}, parts 2"
        return f"{told} at {self._url}" if self._url else told

    def check(self, language: str) -> None:
        """Raise EngineUnavailableError, in at most 3 seconds, unless the service answers."""
        self._online.check(self._address("com"), lambda: self._knows(language))

    def voices(self) -> tuple[VoiceInfo, ...]:
        """List a voice for each of gTTS's languages and for each accent of it."""
        found = []
        for language, description in sorted(self._languages.items()):
            name = described(language, description)
            found.append(VoiceInfo(language, language, name))
            for domain in ACCENTS.get(language, ()):
                accent = Message(
                    "gtts.accent",
                    "{language}, accent of translate.google.{domain}",
                    language=name,
                    domain=domain,
                )
                found.append(VoiceInfo(f"{language}@{domain}", language, accent))
        return tuple(found)

    def speak(self, utterance: Utterance) -> bytes:
        """Give the words as MP3; Google Translate knows no rate, so the voice's is not used."""
        from gtts import gTTS

        name, words = utterance.voice.name, sayable(utterance.words)
        tag, at, domain = name.partition("@")
        language = self._language(tag)
        if language is None or (at and domain not in _domains()):
            raise BroadcastError(
                Message(
                    "gtts.no-voice", "The online voice (gTTS) has no voice “{name}”.", name=name
                ),
                hint=VOICES_HINT,
            )
        if not words:
            return silence()
        address = self._address(domain or "com") + _PATH
        parts = in_parts(words, gTTS.GOOGLE_TTS_MAX_CHARS, _google_length)
        bodies = [gTTS(one.words, lang=language, lang_check=False).get_bodies() for one in parts]
        # A part with nothing to say, such as a dash of its own, makes no request.
        asked = [(part, body) for part, found in zip(parts, bodies, strict=True) for body in found]
        speech = [self._speech(address, body) for _, body in asked]
        return joined([part for part, _ in asked], speech)

    def stop(self) -> None:
        """Wait for no answer any more."""
        self._online.stop()

    def _knows(self, language: str) -> None:
        """See that gTTS is installed and knows ``language``."""
        self.version()
        if self._language(language) is None:
            raise EngineUnavailableError(
                Message(
                    "gtts.no-language",
                    "The online voice (gTTS) does not speak the language “{language}”.",
                    language=language,
                ),
                hint=LANGUAGES_HINT,
            )

    @cached_property
    def _languages(self) -> dict[str, str]:
        from gtts.lang import tts_langs

        return dict(tts_langs())

    def _language(self, tag: str) -> str | None:
        """Give gTTS's own code for the language of ``tag``, or None if it has none."""
        codes = {code.lower(): code for code in self._languages}
        for parent in parent_languages(tag):
            if found := codes.get(_OLDER_CODES.get(parent, parent)):
                return found
        return None

    def _address(self, domain: str) -> str:
        return self._url or f"https://translate.google.{domain}"

    def _speech(self, address: str, body: str) -> bytes:
        from gtts import gTTS

        return _mp3_in(
            self._online.post(
                address,
                data=body,
                headers=gTTS.GOOGLE_TTS_HEADERS,
                heard=lambda answer: is_sound(_mp3_in(answer)),
            )
        )


def _mp3_in(answer: bytes) -> bytes:
    """Take the sound out of an answer; b"" where it has none."""
    from gtts import gTTS

    text = answer.decode("utf-8", "replace")
    try:
        rows, _ = json.JSONDecoder().raw_decode(text, text.index('[["wrb.fr"'))
        (said,) = (row[2] for row in rows if row[:2] == ["wrb.fr", gTTS.GOOGLE_TTS_RPC])
        return base64.b64decode(json.loads(said)[0], validate=True)
    except (ValueError, TypeError, LookupError):
        return b""


def _domains() -> frozenset[str]:
    """Google's domains by country: nothing else may complete the address words are sent to."""
    from gtts.accents import accents

    return frozenset(accents).union(*ACCENTS.values())


def _google_length(words: str) -> int:
    """Give how long gTTS finds words: it puts a blank after each of some signs."""
    return len(words) + sum(map(words.count, "?!？！"))


def _is_sorry(answer: Answer) -> bool:
    # Google turns away who asks too often by a redirect to google.com/sorry/ (pndurette/gTTS#259).
    return "/sorry/" in (answer.sent_to or "")
