"""A TOML table → values that were checked, or an error that names the line."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import NoReturn, TypeVar

from broadcast.errors import BroadcastError

T = TypeVar("T")


class Table:
    """A TOML table that knows what was asked of it, so that ``done`` can name what nobody knows."""

    def __init__(self, values: Mapping[str, object], file: Path, source: str, name: str) -> None:
        self.values = values
        self.file = file
        self.source = source
        self.name = name
        self.known: set[str] = set()

    def text(self, key: str, default: str | None = None) -> str:
        """Give a text; without a default it must be there."""
        value = self._value(key, str, "a text in quotes")
        if value is None:
            value = default
        if value is None:
            self.fail(key, f"[{self.name}] has no {key}.", f'Add a line: {key} = "…"')
        return value

    def optional_text(self, key: str) -> str | None:
        """Give a text, or None where it is not set."""
        return self._value(key, str, "a text in quotes")

    def template(self, key: str, places: Collection[str]) -> str:
        """Give standing words, which may hold {show}, {title} and the like."""
        words = self.text(key, "")
        for name in re.findall(r"\{([^{}]*)\}", words):
            if name not in places:
                known = ", ".join(f"{{{place}}}" for place in sorted(places))
                self.fail(key, f"{{{name}}} is nothing that can be filled in.", f"Use {known}.")
        return words

    def flag(self, key: str, *, default: bool) -> bool:
        """Give true or false."""
        value = self._value(key, bool, "true or false")
        return default if value is None else value

    def number(self, key: str, default: float, low: float, high: float) -> float:
        """Give a number within bounds."""
        value = self.values.get(key, default)
        self.known.add(key)
        if not isinstance(value, int | float) or isinstance(value, bool):
            self.fail(key, f"{key} must be a number.", f"Not {value!r}.")
        if not low <= value <= high:
            self.fail(key, f"{key} must lie between {low:g} and {high:g}.", f"Not {value!r}.")
        return value

    def choice(self, key: str, known: tuple[str, ...], default: str) -> str:
        """Give one of the known words."""
        value = self.text(key, default)
        if value != default and value not in known:
            self.fail(key, f"{value!r} is not a {key}.", f"Choose one of: {', '.join(known)}.")
        return value

    def texts(self, key: str, default: tuple[str, ...]) -> tuple[str, ...]:
        """Give a list of texts; one text alone is a list of one."""
        value = self.values.get(key, default)
        self.known.add(key)
        items = [value] if isinstance(value, str) else value
        if not isinstance(items, list | tuple) or not all(isinstance(item, str) for item in items):
            self.fail(key, f"{key} must be a list of texts.", f'Such as {key} = ["…", "…"].')
        return tuple(items)

    def mapping(self, key: str) -> Mapping[str, object]:
        """Give a table's values as they stand."""
        return self._value(key, dict, "a table") or {}

    def table(self, key: str) -> Table:
        """Give a table within this one; empty where it is not set."""
        inner = f"{self.name}.{key}" if self.name else key
        return Table(self.mapping(key), self.file, self.source, inner)

    def tables(self, key: str) -> list[Table]:
        """Give a list of tables, each written as [[key]]."""
        items = self._value(key, list, f"written as [[{key}]]") or []
        if not all(isinstance(item, dict) for item in items):
            self.fail(key, f"{key} must be written as [[{key}]].", "Twice the brackets.")
        return [Table(item, self.file, self.source, key) for item in items]

    def done(self) -> None:
        """Raise BroadcastError for the first setting that nobody asked for."""
        for key in self.values:
            if key not in self.known:
                self.unknown(key, dict.fromkeys(self.known), "setting")

    def unknown(self, name: str, known: Mapping[str, object], what: str) -> NoReturn:
        """Raise BroadcastError for a name nobody knows, with the nearest one that is known."""
        close = difflib.get_close_matches(name, known, 1)
        hint = f"Did you mean {close[0]}?" if close else f"Known: {', '.join(sorted(known))}."
        where = f" in [{self.name}]" if self.name else ""
        self.fail(name, f"There is no {what} {name!r}{where}.", hint)

    def fail(self, key: str, message: str, hint: str) -> NoReturn:
        """Raise BroadcastError at the line of ``key``."""
        raise BroadcastError(message, file=self.file, line=self._line(key), hint=hint)

    def _value(self, key: str, kind: type[T], called: str) -> T | None:
        self.known.add(key)
        value = self.values.get(key)
        if value is not None and not isinstance(value, kind):
            self.fail(key, f"{key} must be {called}.", f"Not {value!r}.")
        return value

    def _line(self, key: str) -> int | None:
        """Find the line of ``key`` in this table, else the table's own."""
        header = re.compile(rf"^\s*\[+\s*{re.escape(self.name)}\s*\]+")
        lines = self.source.splitlines()
        start = next((n for n, line in enumerate(lines) if self.name and header.match(line)), 0)
        word = re.compile(rf"(?<![\w-]){re.escape(key)}(?![\w-])")
        for number, line in enumerate(lines[start:], start + 1):
            if word.search(line.split("#")[0]):
                return number
        return start + 1 if self.name else None
