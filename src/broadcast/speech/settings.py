"""An engine's settings, declared field by field → what the user adds, and what needs his leave.

@dataclass(frozen=True, slots=True)
class Settings:
    url: str = address("https://speech.example/v1")
    key_env: str = key("EXAMPLE_KEY")
    model: str = text("small")
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from dataclasses import field, fields, replace
from typing import Any

from broadcast.model.engine import Claim, Setting, host_of, settings_declared


def text(default: str, *, sounds: bool = True, needs_trust: bool = False) -> Any:
    """Declare a text."""
    return _declared(default, Setting("text", sounds=sounds, needs_trust=needs_trust))


def texts(default: tuple[str, ...] = (), *, sounds: bool = True) -> Any:
    """Declare a list of texts."""
    return _declared(default, Setting("texts", sounds=sounds))


def flag(*, default: bool, sounds: bool = True, needs_trust: bool = False) -> Any:
    """Declare true or false."""
    return _declared(default, Setting("flag", sounds=sounds, needs_trust=needs_trust))


def whole(default: int, low: int, high: int, *, sounds: bool = True) -> Any:
    """Declare a whole number within bounds."""
    return _declared(default, Setting("whole", low, high, sounds=sounds))


def number(default: float, low: float, high: float, *, sounds: bool = True) -> Any:
    """Declare a number within bounds."""
    return _declared(default, Setting("number", low, high, sounds=sounds))


def choice(default: str, choices: tuple[str, ...], *, sounds: bool = True) -> Any:
    """Declare one of some words."""
    return _declared(default, Setting("choice", choices=choices, sounds=sounds))


def extras(taken: tuple[str, ...] = ()) -> Any:
    """Declare a table of fields for the requests of an engine, none of which is in ``taken``."""
    return _declared((), Setting("fields", taken=taken))


def address(default: str, *, variable: str = "") -> Any:
    """Declare the web address that words go to; "" is one that the engine has by itself."""
    return _declared(default, Setting("address", variable=variable, needs_trust=True))


def key(default: str) -> Any:
    """Declare the name of the environment variable that holds a key; "" sends none."""
    return _declared(default, Setting("key", needs_trust=True, sounds=False))


def program(default: str) -> Any:
    """Declare a program to run; a station names its whole path."""
    return _declared(default, Setting("program", needs_trust=True))


def command() -> Any:
    """Declare a program to run with its arguments; a station names the program's whole path."""
    return _declared((), Setting("command", needs_trust=True))


def with_the_users_own(settings: Any) -> Any:
    """Give the settings with what the user's environment has in place of the station's."""
    own = {
        name: value
        for name, setting in settings_declared(settings).items()
        if (value := _of_user(setting))
    }
    return replace(settings, **own) if own else settings


def keys_of_user(settings: Any) -> tuple[str, ...]:
    """Give the keys that the user's environment holds for these settings, so as to hide them."""
    declared = settings_declared(settings)
    variables = (getattr(settings, name) for name in declared if declared[name].kind == "key")
    return tuple(filter(None, (os.environ.get(name, "").strip() for name in variables if name)))


def claims_of(settings: Any) -> tuple[Claim, ...]:
    """Give what an engine with a station's ``settings`` would do that its user has to allow.

    What is as the engine has it by itself needs no leave, nor does what the user's environment
    says; a key always does.
    """
    return tuple(_claims(settings))


def sounding(settings: Any) -> str:
    """Name the settings that change the sound, for an engine's ``version()``."""
    declared = settings_declared(settings)
    return ", ".join(f"{n} {getattr(settings, n)!r}" for n in declared if declared[n].sounds)


def is_this_machine(url: str) -> bool:
    """Whether a web address is a loopback one, which nothing that is sent to leaves."""
    import ipaddress  # only where a station names an address

    host = host_of(url)
    if host is None or host == "localhost":
        return host is not None
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _claims(settings: Any) -> Iterator[Claim]:
    effective, declared = with_the_users_own(settings), settings_declared(settings)
    defaults = {one.name: one.default for one in fields(settings)} if declared else {}
    to = ", ".join(getattr(effective, n) for n in declared if declared[n].kind == "address")
    for name, setting in declared.items():
        value = getattr(effective, name)
        if not setting.needs_trust or not value:
            continue
        if setting.kind == "key":
            yield Claim(name, "key", value, to, pending=bool(os.environ.get(value)))
        elif value != defaults[name] and not _of_user(setting):
            here = setting.kind == "address" and is_this_machine(value)
            told = shlex.join(value) if setting.kind == "command" else str(value)
            yield Claim(name, setting.kind, told, pending=not here)


def _of_user(setting: Setting) -> str:
    value = os.environ.get(setting.variable, "") if setting.variable else ""
    return value.rstrip("/") if setting.kind == "address" else value


def _declared(default: object, setting: Setting) -> Any:
    return field(default=default, metadata={"setting": setting})
