"""Words → speech: the engines there are, and which of their voices speaks for whom."""

from __future__ import annotations

from broadcast.language import for_language
from broadcast.model import EngineVoices, Role, Voice
from broadcast.speech.engine import Engine, VoiceInfo, about
from broadcast.speech.offered import ENGINES, Offered, all_offered, offered, passed_over
from broadcast.speech.settings import claims_of, is_this_machine

__all__ = [
    "ENGINES",
    "Engine",
    "Offered",
    "VoiceInfo",
    "about",
    "all_offered",
    "claims_of",
    "is_this_machine",
    "offered",
    "passed_over",
    "voice_for",
    "voice_named",
]


def voice_for(
    engine: Engine,
    voices: EngineVoices,
    role: Role,
    index_within_role: int,
    language: str,
) -> Voice:
    """Give the voice of the ``index_within_role``-th person (from 0) who has ``role``.

    When a role has more people than voices, they take turns from the first voice again.
    """
    of_role = voices.by_role.get(role) or engine.declares.by_role.get(role, ())
    name = of_role[index_within_role % len(of_role)] if of_role else ""
    return voice_named(name, engine, voices, language)


def voice_named(name: str, engine: Engine, voices: EngineVoices, language: str) -> Voice:
    """Give the voice that ``name`` (of a role or a person) means in a script in ``language``.

    The language's own voice is the one ``by_language`` has for it, or else what the engine takes;
    the engine knows whether the named one speaks it, or gives way.
    """
    names = engine.declares.names
    otherwise = for_language(voices.by_language, language, names.of_language(language))
    return Voice(engine.name, names.meant(name, language, otherwise), language, voices.rate)
