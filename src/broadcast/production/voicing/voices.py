"""A station and a machine → which engines and voices work here, and which of them are used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from broadcast.errors import BroadcastError, UsageError
from broadcast.messages import Message
from broadcast.messages.system_reasons import others_words
from broadcast.model import EngineVoices
from broadcast.production.desk.trust import Wanted, guarded
from broadcast.production.voicing.spending import metered
from broadcast.speech import (
    Engine,
    Offered,
    VoiceInfo,
    all_offered,
    claims_of,
    offered,
)
from broadcast.station import Station
from broadcast.workspace import Workspace


@dataclass(frozen=True, slots=True)
class EngineHere:
    """An engine, its voices, and why it does not work here (None: it does), with what to do.

    ``licence`` is that of its voices where they have none of their own; ``named`` is whether the
    station names it.
    """

    name: str
    voices: tuple[VoiceInfo, ...]
    unavailable: Message | None
    hint: Message | None = None
    online: bool = False
    licence: str = ""
    named: bool = True


def engines_here(
    workspace: Workspace | None, station: Station | None, language: str, *, offline: bool
) -> tuple[EngineHere, ...]:
    """Try every engine as the station sets it; the online ones are not asked when ``offline``.

    Nor is a service that the station does not name: nobody there needs to know of it.
    """
    here = []
    for one in all_offered():
        engine = _made(one, workspace, station)
        named = is_named(engine, station)
        here.append(_engine_here(engine, language, offline=offline, named=named))
    return tuple(here)


def voices_of(station: Station, engine: Engine) -> EngineVoices:
    """Give what the station sets of an engine; one that it does not name is as it comes."""
    return station.voices.get(engine.name) or EngineVoices(by_role={})


def engine_named(name: str, workspace: Workspace, station: Station) -> Engine:
    """Give an engine by its name, as the station sets it and its user allows.

    Raises UsageError when there is none of that name.
    """
    return _made(_offered(name), workspace, station)


def wanted_of(
    workspace: Workspace, station: Station, further: Sequence[str] = ()
) -> tuple[Wanted, ...]:
    """Give what engines want of the station's user: those it names, and ``further`` ones.

    Who wants nothing is left out. Raises UsageError for a further one that is not there.
    """
    named = dict.fromkeys([*filter(lambda one: _names(station, one), station.voices), *further])
    wanted = (_wanted(_offered(name), workspace, station) for name in named)
    return tuple(one for one in wanted if one.claims)


def _offered(name: str) -> Offered:
    found = offered(name)
    if found is None:
        raise UsageError(
            Message("engine.unknown", "There is no engine {name!r}.", name=name),
            hint=Message(
                "engine.known", "Known: {names}.", names=tuple(one.name for one in all_offered())
            ),
        )
    return found


def _made(found: Offered, workspace: Workspace | None, station: Station | None) -> Engine:
    engine = found.make(_settings(found, station))
    if workspace is None or station is None:
        return engine
    further = "" if _names(station, found.name) else f" --engine {found.name}"
    engine = metered(engine, workspace, voices_of(station, engine))
    return guarded(engine, _wanted(found, workspace, station), f"broadcast trust{further}")


def is_named(engine: Engine, station: Station | None) -> bool:
    """Whether the station names an engine; where there is none, what a new one would name."""
    return _names(station, engine.name) if station else engine.name in ("gtts", "espeak")


def _names(station: Station, engine: str) -> bool:
    """Whether the station's settings name an engine: it is to speak, or anything is set of it."""
    if engine in station.engines or engine not in station.voices:
        return engine in station.engines
    declares = _offered(engine).declares
    unset = EngineVoices(by_role={}, settings=declares.settings() if declares.settings else None)
    return station.voices[engine] != unset


def _wanted(found: Offered, workspace: Workspace, station: Station) -> Wanted:
    claims = claims_of(_settings(found, station))
    return Wanted(workspace.root.resolve(), found.name, claims)


def _settings(found: Offered, station: Station | None) -> object:
    """Give the station's settings of an engine; those it comes with where there are none."""
    if station is not None and found.name in station.voices:
        return station.voices[found.name].settings
    return found.declares.settings() if found.declares.settings else None


def _engine_here(engine: Engine, language: str, *, offline: bool, named: bool) -> EngineHere:
    unavailable: Message | None = None
    hint: Message | None = None
    try:
        if offline and engine.online:
            unavailable = Message("voices.not-asked", "not asked: offline")
        elif engine.online and not named:
            unavailable = Message("voices.not-named", "not asked: station.toml does not name it")
        else:
            engine.check(language)
    except BroadcastError as error:
        unavailable, hint = error.message, error.hint
    try:
        voices = engine.voices()
    except BroadcastError as error:
        voices, unavailable = (), unavailable or error.message
    except ImportError as error:  # it is not wholly installed
        voices, unavailable = (), unavailable or others_words(str(error))
    licence = engine.declares.licence
    return EngineHere(engine.name, voices, unavailable, hint, engine.online, licence, named)
