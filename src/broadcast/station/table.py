"""A TOML table → values that were checked, or an error that names the line."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import NoReturn, TypeVar

from broadcast.errors import BroadcastError
from broadcast.language import Language
from broadcast.messages.languages import hint_for
from broadcast.station.source import Source

T = TypeVar("T")

# Neither XML nor an engine takes them; a text may have several lines.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


class Table:
    """A TOML table that knows what was asked of it, so that ``done`` can name what nobody knows.

    ``lines`` says in which lines of the file (from 0) its settings are looked for.
    """

    def __init__(
        self,
        values: Mapping[str, object],
        file: Path,
        source: Source,
        name: str = "",
        lines: range | None = None,
    ) -> None:
        self.values = values
        self.file = file
        self.source = source
        self.name = name
        self.lines = source.whole if lines is None else lines
        self.known: set[str] = set()

    def text(self, key: str, default: str | None = None) -> str:
        """Give a text; without a default it must be there."""
        value = self.optional_text(key)
        if value is None:
            value = default
        if value is None:
            for name in self.values:  # written a little otherwise, it is the slip to name
                if difflib.get_close_matches(key, [name.lower()], 1, 0.75):
                    self.unknown(name, (key,), "setting")
            self.fail(key, f"[{self.name}] has no {key}.", f'Add a line: {key} = "…"')
        return value

    def name_text(self, key: str) -> str:
        """Give a text that listeners see or hear, so it must be there and hold something."""
        value = self.text(key).strip()
        if not value:
            self.fail(key, f"{key} is empty.", f'Write {key} = "…" with words in it.')
        return value

    def optional_text(self, key: str) -> str | None:
        """Give a text, or None where it is not set."""
        value = self._value(key, str, "a text in quotes", f'Write {key} = "…".')
        if value and _CONTROL.search(value):
            self.fail(key, f"{key} holds a character that cannot be written.", "Type it anew.")
        return value

    def language(self, key: str) -> str:
        """Give the tag of a language, which may be written by its name."""
        return self.tag(key, self.text(key))

    def tag(self, key: str, written: str) -> str:
        """Give the tag of a language that stands in the line of ``key``."""
        try:
            return Language.of(written).tag
        except ValueError:
            self.fail(key, f"{written!r} is not a language.", str(hint_for(written)))

    def template(self, key: str, places: Collection[str]) -> str:
        """Give standing words, which may hold {show}, {title} and the like."""
        words = self.text(key, "")
        for name in re.findall(r"\{([^{}]*)\}", words):
            if name not in places:
                known = ", ".join(f"{{{place}}}" for place in sorted(places))
                self.fail(name, f"{{{name}}} is nothing that can be filled in.", f"Use {known}.")
        return words

    def flag(self, key: str, *, default: bool) -> bool:
        """Give true or false."""
        value = self._value(key, bool, "true or false", f"Write {key} = true, say.")
        return default if value is None else value

    def whole(self, key: str, default: int, low: int, high: int) -> int:
        """Give a whole number within bounds."""
        value = self.number(key, default, low, high)
        if value != int(value):
            self.fail(key, f"{key} must be a whole number.", f"Not {value!r}.")
        return int(value)

    def number(self, key: str, default: float, low: float, high: float) -> float:
        """Give a number within bounds."""
        value = self.values.get(key, default)
        self.known.add(key)
        if not isinstance(value, int | float) or isinstance(value, bool):
            self.fail(key, f"{key} must be a number.", f"Not {value!r}.")
        if not low <= value <= high:
            self.fail(key, f"{key} must lie between {low:g} and {high:g}.", f"Not {value!r}.")
        return float(value)  # -16 and -16.0 are one setting

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

    def texts_by_name(self, key: str) -> Mapping[str, str]:
        """Give a table of texts under names that the station chooses."""
        table = self.table(key)
        return {name: table.text(name) for name in table.values}

    def mapping(self, key: str) -> Mapping[str, object]:
        """Give a table's values as they stand."""
        return self._value(key, dict, "a table", f"Write [{key}], and settings below.") or {}

    def table(self, key: str) -> Table:
        """Give a table within this one; empty where it is not set."""
        inner = f"{self.name}.{key}" if self.name else key
        lines = self.source.under(inner) or self._lines_of(key)
        return Table(self.mapping(key), self.file, self.source, inner, lines)

    def tables(self, key: str) -> list[Table]:
        """Give a list of tables, each written as [[key]]."""
        twice = f"Write [[{key}]], with twice the brackets, above each."
        items = self._value(key, list, f"written as [[{key}]]", twice) or []
        if not all(isinstance(item, dict) for item in items):
            self.fail(key, f"{key} must be written as [[{key}]].", twice)
        return [
            Table(item, self.file, self.source, key, self.source.under(key, nth))
            for nth, item in enumerate(items)
        ]

    def only(self, *known: str) -> None:
        """Raise BroadcastError for the first setting that is none of ``known``."""
        self.known.update(known)
        self.done()

    def done(self) -> None:
        """Raise BroadcastError for the first setting that nobody asked for."""
        for key in self.values:
            if key not in self.known:
                self.unknown(key, self.known, "setting")

    def unknown(self, name: str, known: Iterable[str], what: str) -> NoReturn:
        """Raise BroadcastError for a name nobody knows, with the nearest one that is known."""
        close = difflib.get_close_matches(name.lower(), known, 1)
        hint = f"Did you mean {close[0]}?" if close else f"Known: {', '.join(sorted(known))}."
        where = f" in [{self.name}]" if self.name else ""
        self.fail(name, f"There is no {what} {name!r}{where}.", hint)

    def fail(self, key: str, message: str, hint: str) -> NoReturn:
        """Raise BroadcastError at the line of ``key``."""
        raise BroadcastError(message, file=self.file, line=self.line_of(key), hint=hint)

    def line_of(self, key: str) -> int:
        """Give the line (from 1) of a setting or a text in a list; else of the table itself."""
        return self._lines_of(key).start + 1

    def _value(self, key: str, kind: type[T], called: str, hint: str) -> T | None:
        self.known.add(key)
        value = self.values.get(key)
        if value is not None and not isinstance(value, kind):
            self.fail(key, f"{key} must be {called}.", hint)
        return value

    def _lines_of(self, key: str) -> range:
        return self.source.line_of(key, self.lines) or range(self.lines.start, self.lines.stop)
