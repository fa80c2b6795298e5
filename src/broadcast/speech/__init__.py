"""Words → speech: the engines there are, and which of their voices speaks for whom."""

from __future__ import annotations

import re

from broadcast.language import Language, for_language
from broadcast.model import EngineVoices, Role, Voice
from broadcast.speech.engine import Engine, VoiceInfo
from broadcast.speech.espeak import Espeak
from broadcast.speech.gtts import Gtts

__all__ = ["ENGINES", "VOICES", "Engine", "VoiceInfo", "language_of", "voice_for", "voice_named"]

ENGINES: dict[str, type[Engine]] = {"gtts": Gtts, "espeak": Espeak}

VOICES = {
    # Google Translate has one voice for most languages, Vietnamese among them.
    "gtts": EngineVoices(by_role={}),
    # Apart by pitch (99, 165; 77, 206, 75, 187 Hz in Vietnamese) and timbre. None of them has an
    # echo, which eSpeak NG would cut off where the sentence ends.
    "espeak": EngineVoices(
        by_role={
            "presenter": ("+Alex",),
            "reporter": ("+Annie",),
            "official": ("+robert", "+belinda", "+m4", "+aunty"),
        }
    ),
}
"""The voices of an engine for which a station has chosen none."""


def voice_for(
    engine_name: str,
    voices: EngineVoices,
    role: Role,
    index_within_role: int,
    language: str,
) -> Voice:
    """Give the voice of the ``index_within_role``-th person (from 0) who has ``role``.

    When a role has more people than voices, they take turns from the first voice again.
    """
    of_role = voices.by_role.get(role, ())
    name = of_role[index_within_role % len(of_role)] if of_role else ""
    return voice_named(name, engine_name, voices, language)


def voice_named(name: str, engine_name: str, voices: EngineVoices, language: str) -> Voice:
    """Give the voice that ``name`` (of a role or a person) means in a script in ``language``.

    A variant (``+f2``) joins the language's voice, which is the one ``by_language`` has for it or
    else the language itself. A voice for another language than the script's gives way to that.
    """
    primary = language_of(language)
    base = for_language(voices.by_language, language, language)
    if name.startswith("+"):
        name = base.partition("+")[0] + name
    elif language_of(name) != primary:
        name = base
    return Voice(engine_name, name, language, voices.rate)


def language_of(tag: str) -> str:
    """Give the language of a voice or tag: ``vi`` of ``vi-vn-x-south+f2`` or ``vi@com.vn``."""
    return Language.tagged(re.split("[@+]", tag)[0]).primary
