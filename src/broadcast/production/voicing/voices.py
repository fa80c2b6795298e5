"""A station and a machine → which engines and voices work here, and which of them are used."""

from __future__ import annotations

from dataclasses import dataclass, replace

from broadcast.errors import BroadcastError, UsageError
from broadcast.model import EngineVoices
from broadcast.speech import ENGINES, VOICES, Engine, VoiceInfo
from broadcast.station import Station


@dataclass(frozen=True, slots=True)
class EngineHere:
    """An engine, its voices, and why it does not work here (None: it does)."""

    name: str
    voices: tuple[VoiceInfo, ...]
    unavailable: str | None


def engines_here(language: str, *, offline: bool) -> tuple[EngineHere, ...]:
    """Try every engine; the online ones are not asked when ``offline``."""
    return tuple(_engine_here(ENGINES[name](), language, offline=offline) for name in ENGINES)


def voices_of(station: Station, engine: str) -> EngineVoices:
    """Give the voices an engine uses: the station's own, by role, over the engine's."""
    own = station.voices[engine]
    return replace(own, by_role={**VOICES[engine].by_role, **own.by_role})


def engine_named(name: str) -> Engine:
    """Give an engine by its name; raises UsageError when there is none."""
    if name not in ENGINES:
        raise UsageError(f"There is no engine {name!r}.", hint=f"Known: {', '.join(ENGINES)}.")
    return ENGINES[name]()


def _engine_here(engine: Engine, language: str, *, offline: bool) -> EngineHere:
    unavailable = None
    try:
        if offline and engine.online:
            unavailable = "not asked: offline"
        else:
            engine.check(language)
    except BroadcastError as error:
        unavailable = str(error.message)
    try:
        voices = engine.voices()
    except (BroadcastError, ImportError) as error:  # it is not installed, or not wholly
        voices = ()
        unavailable = unavailable or str(error)
    return EngineHere(engine.name, voices, unavailable)
