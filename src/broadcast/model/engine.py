"""What a speech engine tells of itself before it is made: its settings, its voices, its rates."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal, Protocol

from broadcast.messages import Message
from broadcast.model.units import Gender, Role

SettingKind = Literal[
    "text",
    "texts",
    "flag",
    "whole",
    "number",
    "choice",
    "fields",
    "address",
    "key",
    "program",
    "command",
]
FieldValue = str | int | float | bool
"""What a field of a request may hold."""

# Letters of which no two readers of addresses make different hosts; no name and password, no query.
_ADDRESS = re.compile(
    r"https?://(?P<host>[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:(?P<port>[0-9]{1,5}))?"
    r"(/[A-Za-z0-9._~!$&'()*+,;=:%/-]*)?"
)
_HIGHEST_PORT = 65_535


@dataclass(frozen=True, slots=True)
class Setting:
    """What a station may write for one setting of an engine.

    ``low`` and ``high`` bound numbers, ``choices`` are the words of a choice, ``taken`` the names
    that a table of ``fields`` may not hold. An ``address`` is
    where words go, a ``key`` the name of the environment variable that holds one, a ``program`` the
    path of one to run, a ``command`` such a path with its arguments: with ``needs_trust``, what a
    station sets here works when its user has trusted the station's folder. ``variable`` is an
    environment variable in which the user may give the value, over the station's. ``sounds`` says
    whether the value changes what is heard.
    """

    kind: SettingKind
    low: float = 0
    high: float = 0
    choices: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()
    variable: str = ""
    needs_trust: bool = False
    sounds: bool = True


@dataclass(frozen=True, slots=True)
class NoSettings:
    """The settings of an engine that has none of its own."""


class VoiceNames(Protocol):
    """How an engine's voices are named; asked before the engine is made, so it knows no list."""

    def check(self, name: str, language: str | None = None) -> None:
        """Raise BroadcastError, with a hint, for what cannot be a voice's name.

        With ``language`` it shall be the voice of that language, whole in itself.
        """
        ...

    def of_language(self, language: str) -> str:
        """Give the voice for ``language`` where none was chosen."""
        ...

    def meant(self, name: str, language: str, otherwise: str) -> str:
        """Give the voice that ``name`` means in a script in ``language``.

        ``otherwise`` is the voice for that language: it is taken where ``name`` is "" or speaks
        another one.
        """
        ...

    def language_of(self, name: str) -> str | None:
        """Give the language that a voice speaks; None: it speaks any."""
        ...


@dataclass(frozen=True, slots=True)
class Declaration:
    """An engine's settings, the voices for each role where a station chooses none, and its rates.

    ``by_gender`` are voices known to be women's or men's; ``repeats`` says whether the same
    utterance is the same bytes whenever it is asked for.
    ``settings`` is a frozen dataclass whose fields are declared as in ``speech/settings.py``; None
    when nobody can tell, as for an engine that does not load. ``rates_wpm`` are the words a minute
    it can speak at; None: it has no rate. ``licence`` is what its sound may be used under, as an
    SPDX expression or in words; "": nobody says. ``caution`` is told each time before words go to
    it.
    """

    names: VoiceNames
    settings: type[Any] | None = NoSettings
    by_role: Mapping[Role, tuple[str, ...]] = field(default_factory=dict)
    by_gender: Mapping[Gender, tuple[str, ...]] = field(default_factory=dict)
    repeats: bool = False
    rates_wpm: range | None = None
    licence: str = ""
    caution: Message | None = None


ClaimKind = SettingKind | Literal["host", "plain host", "file"]


@dataclass(frozen=True, slots=True)
class Claim:
    """What an engine with a station's settings would do of what its user alone may allow.

    ``kind`` is that of the setting: it runs the program or command ``value``, sends words to the
    address ``value``, or sends the key in the variable ``value`` to the address ``to``. Uploading
    copies feed/ to the ``host`` (a ``plain host``: unencrypted), with the secret in a ``file`` of
    the user. ``pending`` says whether it would do so now: a variable that is not set has no key,
    and words may go to this machine.
    """

    setting: str
    kind: ClaimKind
    value: str
    to: str = ""
    pending: bool = True


def settings_declared(settings: object) -> dict[str, Setting]:
    """Give what is declared of each field of an engine's settings (the class or a value of it)."""
    if settings is None:
        return {}
    return {one.name: one.metadata["setting"] for one in fields(settings)}  # type: ignore[arg-type]


def host_of(address: str) -> str | None:
    """Give the host of a web address without brackets; None for what is not plainly an address."""
    found = _ADDRESS.fullmatch(address)
    if found is None or not 0 < int(found["port"] or 1) <= _HIGHEST_PORT:
        return None
    return found["host"].strip("[]").lower()
