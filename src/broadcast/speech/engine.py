"""What every speech engine offers: words in a voice become a whole audio file."""

from __future__ import annotations

import io
import textwrap
import unicodedata
import wave
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from broadcast.language import Language, same_language
from broadcast.messages import Message
from broadcast.model import Declaration, Utterance

VOICES_HINT = Message("voice.unknown.hint", "`broadcast voices` lists the voices that work here.")
LANGUAGES_HINT = Message(
    "voice.no-such-language.hint", "`broadcast voices` lists the languages it speaks."
)


@dataclass(frozen=True, slots=True)
class VoiceInfo:
    """A voice an engine has: the name a station writes, its language, and what it sounds like.

    A name that begins with ``+`` is a variant for any of the engine's voices; its ``language``
    is ""; one that speaks several names them in ``languages``, and is "mul". The description is a
    message where it says more than names. ``licence`` is what its sound may be used under ("": as
    the engine's), ``version`` names what of it changes the sound beside the engine's own version,
    ``speakers`` how many it has (``name#0`` and on). ``caution`` says why a station should not just
    air it, and ``missing`` how to get one that is not here.
    """

    name: str
    language: str
    description: str | Message
    gender: Literal["", "female", "male"] = ""
    licence: str = ""
    version: str = ""
    caution: Message | None = None
    missing: Message | None = None
    languages: tuple[str, ...] = ()
    speakers: int = 1

    def speaks(self, language: str) -> bool:
        """Whether it speaks a language; one of which nobody knows may."""
        if self.language == "mul":
            return not self.languages or any(same_language(x, language) for x in self.languages)
        return bool(self.language) and same_language(self.language, language)


class Engine(Protocol):
    """Something that speaks.

    To add an engine, as docs/engines.md tells at more length:

    1. Write ``speech/NAME.py`` with a class that has what is below. Constructing it must be
       cheap: import the engine's library where it is first needed.
    2. Let ``declares`` say which settings it has, who speaks in which voice where a station
       chooses none, and how its voices are named.
    3. Let ``version()`` name everything but the utterance that changes the sound (``sounding`` in
       ``speech/settings.py`` names the settings), so that kept speech is made again when it would
       sound different.
    4. Enter the class in ``ENGINES`` in ``speech/offered.py``, or in your own package under the
       entry points ``broadcast.engines``.
    5. Add it to ``ENGINES`` in ``tests/test_speech_conformance.py``, which holds every engine to
       what stands here, and write ``tests/test_speech_NAME.py``: every way in which it fails.

    An engine whose voices differ in licence or version also has ``about``, as ``about`` below.

    ``online`` says whether words leave this computer, and ``service`` then to whom. ``jobs`` is
    how many threads may usefully call ``speak`` at once; every method may be called from any
    thread. It is constructed with a value of ``declares.settings``.
    """

    name: str
    online: bool
    jobs: int
    service: str | None
    declares: Declaration

    def version(self) -> str:
        """Name everything about the engine that changes the sound, without starting it.

        Raises EngineUnavailableError if the engine is not installed.
        """
        ...

    def check(self, language: str) -> None:
        """Raise EngineUnavailableError, within 3 seconds, if it cannot speak ``language`` now."""
        ...

    def voices(self) -> tuple[VoiceInfo, ...]:
        """List the voices, without going online."""
        ...

    def speak(self, utterance: Utterance) -> bytes:
        """Give the bytes of an audio file (WAV or MP3) in which the words are said.

        Words without a letter or digit give a short silence. Raises BroadcastError for a voice or
        rate the engine does not have, EngineUnavailableError when another engine may do better,
        and OutsideError when these words cannot be spoken.
        """
        ...

    def stop(self) -> None:
        """Let every ``speak`` and ``check`` under way in other threads end now, by any error.

        The engine is not used after that.
        """
        ...


def about(engine: Engine, voice: str) -> VoiceInfo:
    """Give what is known of one voice, without starting the engine or listing the others."""
    tell = getattr(engine, "about", None)
    found: VoiceInfo = tell(voice) if tell else VoiceInfo(voice, "", "")
    return found if found.licence else replace(found, licence=engine.declares.licence)


def sayable(words: str) -> str:
    """Give ``words`` as one line of valid NFC text; "" if there is no letter or digit to say.

    Line ends, tabs, control characters (some steer a synthesizer) and half of a surrogate pair
    become spaces.
    """
    kept = "".join(
        " " if unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} else character
        for character in words
    )
    if not any(character.isalnum() for character in kept):
        return ""
    return unicodedata.normalize("NFC", " ".join(kept.split()))


def quoted(words: str) -> str:
    """Give the beginning of ``words`` as an error message shows it."""
    return f"“{textwrap.shorten(words, 60, placeholder=' …') or words[:60]}”"


def wav_file(pcm: bytes, rate_hz: int) -> bytes:
    """Put 16-bit little-endian mono samples into a WAV file."""
    with io.BytesIO() as file:
        with wave.open(file, "wb") as writer:
            writer.setnchannels(1)
            writer.setsampwidth(2)
            writer.setframerate(rate_hz)
            writer.writeframes(pcm)
        return file.getvalue()


def silence(seconds: float = 0.1, rate_hz: int = 22_050) -> bytes:
    """Give a WAV file of digital silence: what is heard of words with nothing to say."""
    return wav_file(bytes(2 * round(seconds * rate_hz)), rate_hz)


def parent_languages(language: str) -> list[str]:
    """Give the tags a voice for ``language`` may have, best first: vi-latn-vn, vi-latn, vi.

    Lookup of RFC 4647 section 3.4, except that a tag with a private part (vi-vn-x-south) names one
    dialect and stands alone.
    """
    wanted = Language.tagged(language)
    parents = () if "-x-" in wanted.tag else wanted.parents
    return [one.tag.lower() for one in (wanted, *parents)]
