"""[voices] and a person's voices → what each engine is set to, judged as the engine declares."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from itertools import chain
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any, Protocol

from broadcast.errors import BroadcastError
from broadcast.messages import Message
from broadcast.model import Declaration, EngineVoices, Role, Setting
from broadcast.model.engine import FieldValue, host_of
from broadcast.station.table import Table

ROLES: tuple[Role, ...] = ("presenter", "reporter", "official")


class EnginesThere(Protocol):
    """The speech engines that there are."""

    @property
    def built_in(self) -> tuple[str, ...]:
        """Name those that are there without any other package."""
        ...

    def declared(self, name: str) -> Declaration | None:
        """Give what the engine of that name declares; None: there is no such engine."""
        ...

    def names(self) -> tuple[str, ...]:
        """Name every engine; installed packages are looked through for it."""
        ...


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which engines speak, in their order, and what each of them is set to, by its name."""

    engines: tuple[str, ...]
    offline: bool
    fallback: bool
    voices: Mapping[str, EngineVoices]


def read_voices(table: Table, engines: EnginesThere, order: tuple[str, ...]) -> Chosen:
    """Read [voices] and its engines' tables; without ``engines`` there, they are as in ``order``.

    Raises BroadcastError naming the line for anything unknown, missing or out of range.
    """
    order = table.texts("engines", order)
    for name in order:
        _declared(table, name, engines)
    if not order:
        table.fail(
            "engines",
            Message("setting.no-engine", "No engine is named."),
            Message("setting.no-engine.hint", 'Write engines = ["espeak"], say.'),
        )
    offline = table.flag("offline", default=False)
    fallback = table.flag("fallback", default=True)
    tabled = [name for name in table.values if isinstance(table.values[name], dict)]
    voices = {}
    for name in dict.fromkeys([*engines.built_in, *order, *tabled]):
        declares = engines.declared(name)
        if declares is None:
            table.unknown(name, {*engines.names(), *table.known}, "setting")
        voices[name] = _engine_voices(table.table(name), declares)
    table.done()
    return Chosen(order, offline, fallback, voices)


def person_voices(table: Table, engines: EnginesThere) -> Mapping[str, str]:
    """Read which voice each engine uses for one person."""
    voices = table.texts_by_name("voices")
    for name, voice in voices.items():
        _check_voice(table, voice, _declared(table, name, engines))
    return voices


def _declared(table: Table, name: str, engines: EnginesThere) -> Declaration:
    found = engines.declared(name)
    if found is None:
        table.unknown(name, engines.names(), "engine")
    return found


def _engine_voices(table: Table, declares: Declaration) -> EngineVoices:
    if declares.settings is None:  # it does not load: nobody knows what it takes
        return EngineVoices(by_role={}, settings=None)
    by_role = {role: table.texts(role, ()) for role in ROLES}
    for name in chain(*by_role.values()):
        _check_voice(table, name, declares)
    languages, by_language = table.table("languages"), {}
    for language, name in table.texts_by_name("languages").items():
        by_language[languages.tag(language, language)] = name
        _check_voice(languages, name, declares, language)
    voices = EngineVoices(
        by_role={role: names for role, names in by_role.items() if names},
        by_language=by_language,
        rate=_rate_wpm(table, declares.rates_wpm),
        settings=_own_settings(table, declares.settings),
        apart=table.flag("apart", default=True),
        price_per_million=table.number("price_per_million", 0.0, 0, 1_000_000_000),
        currency=table.text("currency", "USD").strip(),
        limit_per_month=table.whole("limit_per_month", 0, 0, 1_000_000_000),
    )
    table.done()
    return voices


def _rate_wpm(table: Table, rates_wpm: range | None) -> int | None:
    if rates_wpm is None:
        if [name for name in table.values if name == "rate"]:
            table.fail(
                "rate",
                Message("setting.no-rate", "[{table}] has no rate.", table=table.name),
                Message("setting.no-rate.hint", "It has a pace of its own: take this away."),
            )
        return None
    if "rate" not in table.values:
        return None
    return table.whole("rate", 0, rates_wpm.start, rates_wpm.stop - 1)


def _check_voice(
    table: Table, voice: str, declares: Declaration, language: str | None = None
) -> None:
    try:
        declares.names.check(voice, language)
    except BroadcastError as error:
        raise BroadcastError(
            error.message, file=table.file, line=table.line_of(voice), hint=error.hint
        ) from error


def _own_settings(table: Table, settings: type[Any]) -> object:
    values = {
        one.name: _value(table, one.name, one.metadata["setting"], one.default)
        for one in fields(settings)
    }
    return settings(**values)


def _value(table: Table, key: str, setting: Setting, default: Any) -> object:
    """Read one setting of an engine's own, as it declares it."""
    match setting.kind:
        case "texts":
            return table.texts(key, default)
        case "command":
            words = table.texts(key, default)
            if words != default:
                _check_program(table, key, words[0] if words else "")
                for word in words[1:]:
                    _check_outside(table, key, word)
            return words
        case "flag":
            return table.flag(key, default=default)
        case "whole":
            return table.whole(key, default, int(setting.low), int(setting.high))
        case "number":
            return table.number(key, default, setting.low, setting.high)
        case "choice":
            return table.choice(key, setting.choices, default)
        case "fields":
            return _fields(table, key, setting)
    value = table.text(key, default)
    if value != default and value:
        _check_text(table, key, setting, value)
    return value.rstrip("/") if setting.kind == "address" else value


def _fields(table: Table, key: str, setting: Setting) -> tuple[tuple[str, FieldValue], ...]:
    """Read a table of fields, under names that the station chooses."""
    fields: list[tuple[str, FieldValue]] = []
    inner = table.table(key)
    for name, value in table.mapping(key).items():
        if name in setting.taken:
            inner.fail(
                name,
                Message("setting.field-taken", "{name} is filled in by the engine.", name=name),
                Message("setting.field-taken.hint", "Take it away from {table}.", table=inner.name),
            )
        if not isinstance(value, (str, int, float, bool)):
            inner.fail(
                name,
                Message(
                    "setting.no-field",
                    "{name} must be a text, a number, true or false.",
                    name=name,
                ),
                Message("setting.no-field.hint", 'Write {name} = "…", say.', name=name),
            )
        fields.append((name, value))
    return tuple(sorted(fields))


def _check_text(table: Table, key: str, setting: Setting, value: str) -> None:
    if setting.kind == "address" and host_of(value) is None:
        table.fail(
            key,
            # It may hold a password, which is not repeated.
            Message("setting.no-address", "{key} is not a web address.", key=key),
            Message(
                "setting.no-address.hint",
                'Write one such as "https://speech.example.vn/v1", with no password, ? or # in it.',
            ),
        )
    if setting.kind == "key" and not re.fullmatch("[A-Z][A-Z0-9_]{0,62}", value):
        # What is written here may be the key itself: it is not repeated.
        table.fail(
            key,
            Message(
                "setting.no-variable",
                "{key} is not the name of an environment variable in capitals.",
                key=key,
            ),
            Message(
                "setting.no-variable.hint",
                'Put the key into a variable, and write its name: {key} = "SPEECH_KEY".',
                key=key,
            ),
        )
    if setting.kind == "program":
        _check_program(table, key, value)


def _check_program(table: Table, key: str, value: str) -> None:
    """Refuse what is no whole path of a program, or lies in the station itself."""
    if not (PurePosixPath(value).is_absolute() or PureWindowsPath(value).is_absolute()):
        table.fail(
            key,
            Message(
                "setting.no-program",
                "{value!r} is not the whole path of a program.",
                value=value,
            ),
            Message("setting.no-program.hint", "Write it from the root on."),
        )
    _check_outside(table, key, value)


def _check_outside(table: Table, key: str, value: str) -> None:
    """Refuse what lies in the station: it comes with the folder, and is another one tomorrow."""
    if not Path(value).is_absolute():
        return
    if Path(value).resolve().is_relative_to(table.file.parent.resolve()):
        table.fail(
            key,
            Message(
                "setting.own-program",
                "{value!r} lies in the station's own folder, from which nothing is run.",
                value=value,
            ),
            Message("setting.own-program.hint", "Install the program outside of it."),
        )
