"""Microsoft's neural voices, which two services speak: their names, and the SSML for them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from broadcast.errors import BroadcastError
from broadcast.language import Language
from broadcast.messages import Message
from broadcast.model import Role
from broadcast.model.units import Gender
from broadcast.speech.engine import VoiceInfo

_VOICE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{4})?-([A-Z]{2}|[0-9]{3})(-[a-z]+)?-[A-Za-z0-9]+Neural")
_OF = "Microsoft"
KNOWN = (
    VoiceInfo("vi-VN-HoaiMyNeural", "vi", _OF, "female"),
    VoiceInfo("vi-VN-NamMinhNeural", "vi", _OF, "male"),
    VoiceInfo("en-GB-SoniaNeural", "en", _OF, "female"),
    VoiceInfo("en-GB-RyanNeural", "en", _OF, "male"),
    VoiceInfo("en-US-JennyNeural", "en", _OF, "female"),
    VoiceInfo("en-US-GuyNeural", "en", _OF, "male"),
    VoiceInfo("fr-FR-DeniseNeural", "fr", _OF, "female"),
    VoiceInfo("fr-FR-HenriNeural", "fr", _OF, "male"),
)
"""Some of them, for a list that needs no network: Microsoft's page "Language and voice support for
the Speech service" has all; any name of this form is sent."""
BY_ROLE: dict[Role, tuple[str, ...]] = {
    "presenter": ("vi-VN-HoaiMyNeural",),
    "reporter": ("vi-VN-HoaiMyNeural",),
    "official": ("vi-VN-NamMinhNeural",),
}
"""There are two in Vietnamese: who asks and who answers are heard apart."""
BY_GENDER: dict[Gender, tuple[str, ...]] = {
    "woman": ("vi-VN-HoaiMyNeural",),
    "man": ("vi-VN-NamMinhNeural",),
}


@dataclass(frozen=True, slots=True)
class NeuralNames:
    """Voices named by language, place and a name of their own: ``vi-VN-HoaiMyNeural``."""

    def check(self, name: str, language: str | None = None) -> None:
        """Raise BroadcastError for what is no name of this form."""
        if not _VOICE.fullmatch(name):
            raise BroadcastError(
                Message("voice.unreadable", "{voice!r} is not a voice.", voice=name),
                hint=Message(
                    "voice.no-neural.hint",
                    'Write a whole name, such as "vi-VN-HoaiMyNeural"; `broadcast voices` lists '
                    "some.",
                ),
            )

    def of_language(self, language: str) -> str:
        """Give the first known voice of a language; "" where none is known."""
        primary = Language.tagged(language).primary
        return next((one.name for one in KNOWN if one.language == primary), "")

    def meant(self, name: str, language: str, otherwise: str) -> str:
        """Give the voice: another language's gives way, unless it speaks many."""
        if "Multilingual" in name:
            return name
        return name if self.language_of(name) == Language.tagged(language).primary else otherwise

    def language_of(self, name: str) -> str | None:
        """Give the language a name begins with; None: it speaks many."""
        if "Multilingual" in name:
            return None
        return name.partition("-")[0] or None


def ssml(words: str, voice: str, percent: int = 0) -> str:
    """Give the document that asks a voice for words, ``percent`` faster (below 0: slower).

    What a voice would take for markup, or XML has no place for, is no more than words.
    """
    from xml.sax.saxutils import escape, quoteattr

    said = escape(re.sub("[\ufffe\uffff]", " ", words))
    if percent:
        said = f'<prosody rate="{percent:+d}%">{said}</prosody>'
    language = "-".join(voice.split("-")[:2])
    return (
        '<speak version="1.0" xmlns="http://www.w3.org/2001/10/synthesis" '
        f"xml:lang={quoteattr(language)}>"
        f"<voice name={quoteattr(voice)}>{said}</voice></speak>"
    )


def checked(voice: str, language: str) -> str:
    """Give a voice that can be asked; raise BroadcastError where there is none for a language."""
    if not voice:
        raise BroadcastError(
            Message(
                "voice.none-known",
                "No voice for {language:language} is known here.",
                language=language,
            ),
            hint=Message(
                "voice.none-known.hint",
                "Name one in station.toml, under the engine's languages: {language} = "
                '"…-…-…Neural".',
                language=language,
            ),
        )
    NeuralNames().check(voice)
    return voice
