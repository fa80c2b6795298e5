"""A station.toml and what is to be otherwise → the same file, every other word and comment kept."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from broadcast.station.source import Source

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

VOICE = "voices."
"""What begins the name of a person's voice, before the engine that it is of."""


@dataclass(frozen=True, slots=True)
class ChangedSetting:
    """A setting that is to have another value; ``field`` names where it was changed.

    ``table`` may be one within another ("voices.espeak"); an empty list takes the setting away.
    """

    field: str
    table: str
    key: str
    value: str | int | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangedPerson:
    """Somebody of [[people]], the ``nth`` from 0 (None: a new one), or their going.

    ``values`` are those that change, "" for what is taken away; a voice is ``voices.ENGINE``.
    """

    field: str
    nth: int | None
    values: Mapping[str, str]
    is_gone: bool = False


def with_settings(text: str, settings: Sequence[ChangedSetting]) -> str:
    """Give a station.toml with other values of settings; one that was commented out is in force."""
    import tomlkit

    for one in settings:
        document = tomlkit.parse(_in_force(text, one.table, one.key))
        table = _table(document, one.table)
        if one.value == ():
            table.pop(one.key, None)
        else:
            table[one.key] = list(one.value) if isinstance(one.value, tuple) else one.value
        text = tomlkit.dumps(document)
    return text


def _table(document: TOMLDocument, name: str) -> Any:
    """Give a table by its whole name; those that are not there are made."""
    import tomlkit

    place: Any = document
    for part in name.split("."):
        if part not in place:
            document.add(tomlkit.nl()) if place is document else None
            place.add(part, tomlkit.table())
        place = place[part]
    return place


def with_people(text: str, people: Sequence[ChangedPerson]) -> str:
    """Give a station.toml with other people: first who changed, then without who goes."""
    import tomlkit

    document = tomlkit.parse(text)
    for one in people:
        if one.nth is not None and not one.is_gone:
            _set(_people(document)[one.nth], one.values)
    gone = sorted((one.nth for one in people if one.is_gone and one.nth is not None), reverse=True)
    for nth in gone:
        del _people(document)[nth]
    if gone and not _people(document):
        del document["people"]
    for one in people:
        if one.nth is None and not one.is_gone:
            new = tomlkit.table()
            _set(new, one.values)
            if "people" not in document:
                document.add(tomlkit.nl())
                document.add("people", tomlkit.aot())
            _people(document).append(new)
    return tomlkit.dumps(document)


def _people(document: TOMLDocument) -> Any:
    return document["people"]


def _set(person: Any, values: Mapping[str, str]) -> None:
    import tomlkit

    for key, value in values.items():
        if key.startswith(VOICE):
            engine = key.removeprefix(VOICE)
            if value and "voices" not in person:
                person["voices"] = tomlkit.inline_table()
            if value:
                person["voices"][engine] = value
            elif engine in person.get("voices", {}):
                del person["voices"][engine]
                if not person["voices"]:
                    del person["voices"]
        elif value or key == "name":
            person[key] = value
        elif key in person:
            del person[key]


def _in_force(text: str, table: str, key: str) -> str:
    """Take the # from a setting that is commented out in its table, which shows its default."""
    source = Source(text)
    among = source.under(table)
    if among is None or source.line_of(key, among) in [range(n, n + 1) for n in among]:
        return text
    lines = text.splitlines(keepends=True)
    for number in among:
        if re.match(rf"\s*#\s*{re.escape(key)}\s*=", lines[number]):
            lines[number] = re.sub(r"^(\s*)#\s*", r"\1", lines[number], count=1)
            break
    return "".join(lines)
