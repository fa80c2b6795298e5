"""A name → the engine that bears it: built in, or offered by an installed package.

A package offers one by an entry point of the group ``broadcast.engines`` whose name is the engine's
and whose object is its class. They are looked for only when a name is none of the built-in ones, or
when all are listed. One that does not work is unavailable, and says which package is to blame.
"""

from __future__ import annotations

import re
import sys
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from broadcast.errors import BroadcastError, EngineUnavailableError
from broadcast.messages import Message
from broadcast.messages.system_reasons import others_words
from broadcast.model import Declaration, Utterance
from broadcast.speech.azure import Azure
from broadcast.speech.command import Command
from broadcast.speech.edge import Edge
from broadcast.speech.engine import Engine, VoiceInfo, about
from broadcast.speech.espeak import Espeak
from broadcast.speech.gtts import Gtts
from broadcast.speech.openai import Openai
from broadcast.speech.settings import keys_of_user, with_the_users_own
from broadcast.speech.sherpa import Sherpa
from broadcast.speech.voice_names import OwnNames

GROUP = "broadcast.engines"
ENGINES: dict[str, Callable[..., Engine]] = {
    "gtts": Gtts,
    "espeak": Espeak,
    "command": Command,
    "sherpa": Sherpa,
    "openai": Openai,
    "azure": Azure,
    "edge": Edge,
}
"""The built-in ones. Whatever another package offers under their names is passed over, and told."""

# What [voices] has besides the tables of engines.
_OTHER_NAMES = frozenset({"engines", "offline", "fallback"})
_ATTRIBUTES = ("online", "jobs", "declares", "version", "check", "voices", "speak", "stop")


@dataclass(frozen=True, slots=True)
class Offered:
    """An engine there is; ``package`` is the one that brings it ("": it is built in)."""

    name: str
    declares: Declaration
    construct: Callable[[Any], Engine]
    package: str = ""

    def make(self, settings: object) -> Engine:
        """Make the engine with a station's settings, or the user's own where the user has any."""
        settings = with_the_users_own(settings)
        if not self.package:
            return self.construct(settings)
        blaming = _Blaming(self.name, self.package, keys_of_user(settings))
        try:
            with blaming:
                return _FromPackage(self.construct(settings), blaming)
        except EngineUnavailableError as error:
            return _Unavailable(self.name, self.declares, error)


def offered(name: str) -> Offered | None:
    """Give the engine of that name; None: there is none."""
    if name in ENGINES:
        return _built_in(name)
    return _from_packages(tuple(sys.path)).get(name)


def all_offered() -> tuple[Offered, ...]:
    """Give every engine there is: the built-in ones, then those of packages by name."""
    others = _from_packages(tuple(sys.path))
    return (*map(_built_in, ENGINES), *(others[name] for name in sorted(others)))


def passed_over() -> tuple[Message, ...]:
    """Say of each engine that a package offers under a built-in one's name that it is not used."""
    return tuple(
        Message(
            "engine.passed-over",
            "The package {package} offers an engine {name!r}; broadcast's own is used.",
            package=_package(point),
            name=point.name,
        )
        for point in _points(tuple(sys.path))
        if point.name in ENGINES
    )


def _built_in(name: str) -> Offered:
    kind: Any = ENGINES[name]
    return Offered(name, kind.declares, kind)


@lru_cache(4)
def _points(path: tuple[str, ...]) -> tuple[EntryPoint, ...]:
    """Give the entry points of all packages on the ``path``, which is sys.path."""
    return tuple(entry_points(group=GROUP))


@lru_cache(4)
def _from_packages(path: tuple[str, ...]) -> dict[str, Offered]:
    found: dict[str, list[EntryPoint]] = {}
    for point in _points(path):
        if point.name not in ENGINES:
            found.setdefault(point.name, []).append(point)
    return {name: _offered_by(points) for name, points in found.items()}


def _offered_by(points: list[EntryPoint]) -> Offered:
    """Give the engine an entry point names; an unavailable one where that does not work."""
    name, package = points[0].name, _package(points[0])
    try:
        if len({point.value for point in points}) > 1:
            raise EngineUnavailableError(
                Message(
                    "engine.offered-twice",
                    "The packages {packages:and} both offer an engine {name!r}.",
                    packages=tuple(sorted(map(_package, points))),
                    name=name,
                ),
                hint=Message("engine.offered-twice.hint", "Uninstall one of them."),
            )
        with _Blaming(name, package):
            kind = points[0].load()
            _refuse_what_is_no_engine(kind, name)
    except EngineUnavailableError as error:
        return _unavailable(name, package, error)
    return Offered(name, kind.declares, kind, package)


def _refuse_what_is_no_engine(kind: Any, name: str) -> None:
    """Raise TypeError for a name or an object that no engine can have."""
    if not re.fullmatch("[a-z][a-z0-9_-]*", name) or name in _OTHER_NAMES:
        raise TypeError(f"{name!r} cannot be an engine's name")
    if getattr(kind, "name", None) != name:
        raise TypeError(f"its name is {getattr(kind, 'name', None)!r}, not {name!r}")
    if missing := [one for one in _ATTRIBUTES if not hasattr(kind, one)]:
        raise TypeError(f"it lacks {', '.join(missing)}")
    if not isinstance(kind.declares, Declaration):
        raise TypeError("what it declares is no Declaration")


def _package(point: EntryPoint) -> str:
    return point.dist.name if point.dist else point.value


@dataclass(frozen=True, slots=True)
class _Blaming:
    """Lets whatever goes wrong in a package's own code be told of it, and the next engine try.

    ``keys`` are never told.
    """

    name: str
    package: str
    keys: tuple[str, ...] = ()

    def __enter__(self) -> None:
        """Begin to run the package's code."""

    def __exit__(self, kind: object, error: BaseException | None, traceback: object) -> None:
        """Raise EngineUnavailableError in the place of what is no error of ours."""
        if isinstance(error, BroadcastError) or not isinstance(error, (Exception, SystemExit)):
            return
        told = " ".join(str(error).split())
        for key in self.keys:
            told = told.replace(key, "…")
        told = textwrap.shorten(f"{type(error).__name__}: {told}", 300, placeholder=" …")
        raise EngineUnavailableError(
            Message(
                "engine.broken",
                "The engine {name} of the package {package} is broken: {why}.",
                name=self.name,
                package=self.package,
                why=others_words(told),
            ),
            hint=Message(
                "engine.broken.hint",
                "Update or remove it: python -m pip install --upgrade {package}",
                package=self.package,
            ),
        ) from (None if self.keys else error)


class _FromPackage:
    """An engine of another package, whose mistakes are told as such."""

    def __init__(self, engine: Engine, blaming: _Blaming) -> None:
        self._engine = engine
        self._blaming = blaming
        self.name = blaming.name
        self.online = bool(engine.online)
        self.jobs = max(1, int(engine.jobs))
        self.service = engine.service
        self.declares = engine.declares

    def version(self) -> str:
        with self._blaming:
            return str(self._engine.version())

    def check(self, language: str) -> None:
        with self._blaming:
            self._engine.check(language)

    def voices(self) -> tuple[VoiceInfo, ...]:
        with self._blaming:
            return tuple(self._engine.voices())

    def about(self, voice: str) -> VoiceInfo:
        with self._blaming:
            return about(self._engine, voice)

    def speak(self, utterance: Utterance) -> bytes:
        with self._blaming:
            return bytes(self._engine.speak(utterance))

    def stop(self) -> None:
        with self._blaming:
            self._engine.stop()


class _Unavailable:
    """An engine that is there and cannot be used; asked anything, it says why."""

    online = False
    jobs = 1
    service: str | None = None

    def __init__(self, name: str, declares: Declaration, error: EngineUnavailableError) -> None:
        self.name = name
        self.declares = declares
        self._error = error

    def version(self) -> str:
        raise self._error

    def check(self, language: str) -> None:
        raise self._error

    def voices(self) -> tuple[VoiceInfo, ...]:
        raise self._error

    def speak(self, utterance: Utterance) -> bytes:
        raise self._error

    def stop(self) -> None:
        """Do nothing: it does nothing."""


def _unavailable(name: str, package: str, error: EngineUnavailableError) -> Offered:
    declares = Declaration(names=OwnNames("?"), settings=None)
    return Offered(name, declares, lambda _: _Unavailable(name, declares, error), package)
