"""A TOML table → values that were checked, or an error that names the line."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Literal, NoReturn

from broadcast.errors import BroadcastError
from broadcast.language import Language
from broadcast.messages import Message
from broadcast.messages.languages import hint_for, unknown_language
from broadcast.model.web import is_web_address
from broadcast.station.source import Source

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
            self.fail(
                key,
                Message("setting.missing", "[{table}] has no {key}.", table=self.name, key=key),
                Message("setting.missing.hint", 'Add a line: {key} = "…"', key=key),
            )
        return value

    def name_text(self, key: str) -> str:
        """Give a text that listeners see or hear, so it must be there and hold something."""
        value = self.text(key).strip()
        if not value:
            self.fail(
                key,
                Message("setting.empty", "{key} is empty.", key=key),
                Message("setting.empty.hint", 'Write {key} = "…" with words in it.', key=key),
            )
        return value

    def optional_text(self, key: str) -> str | None:
        """Give a text, or None where it is not set."""
        value = self._value(key)
        if value is not None and not isinstance(value, str):
            self.fail(
                key,
                Message("setting.no-text", "{key} must be a text in quotes.", key=key),
                Message("setting.no-text.hint", 'Write {key} = "…".', key=key),
            )
        if value and _CONTROL.search(value):
            self.fail(
                key,
                Message(
                    "setting.control-character",
                    "{key} holds a character that cannot be written.",
                    key=key,
                ),
                Message("setting.control-character.hint", "Type it anew."),
            )
        return value

    def named_file(self, key: str) -> Path | None:
        """Give a file that is named from the station's folder, or None where it is not set.

        What Windows writes between folders is understood where TOML leaves it as it is.
        """
        value = self._value(key)
        if isinstance(value, str) and re.search(r"[\x00-\x1f\x7f]", value):
            self.fail(
                key,
                Message(
                    "setting.backslash",
                    "{key} names no file: a backslash between quotes begins a sign, such as \\n.",
                    key=key,
                ),
                Message("toml.backslash.hint", "Write / instead of \\ in the names of files."),
            )
        name = self.optional_text(key)
        return self.file.parent / name.replace("\\", "/") if name else None

    def language(self, key: str) -> str:
        """Give the tag of a language, which may be written by its name."""
        return self.tag(key, self.text(key))

    def tag(self, key: str, written: str) -> str:
        """Give the tag of a language that stands in the line of ``key``."""
        try:
            return Language.of(written).tag
        except ValueError:
            self.fail(key, unknown_language(written), hint_for(written))

    def web_address(self, key: str) -> str:
        """Give a whole address in the web, "" where it is not set."""
        address = self.text(key, "").strip()
        if address and not is_web_address(address):
            self.fail(
                key,
                Message("setting.no-web-address", "{url!r} is not a web address.", url=address),
                Message("setting.whole-address.hint", 'Write all of it: "https://…".'),
            )
        return address

    def template(self, key: str, places: Collection[str]) -> str:
        """Give standing words, which may hold {show}, {title} and the like."""
        words = self.text(key, "")
        for name in re.findall(r"\{([^{}]*)\}", words):
            if name not in places:
                self.fail(
                    name,
                    Message(
                        "setting.unknown-place",
                        "{{{name}}} is nothing that can be filled in.",
                        name=name,
                    ),
                    Message(
                        "setting.unknown-place.hint",
                        "Use {places}.",
                        places=tuple(f"{{{place}}}" for place in sorted(places)),
                    ),
                )
        return words

    def flag(self, key: str, *, default: bool) -> bool:
        """Give true or false."""
        value = self._value(key)
        if value is not None and not isinstance(value, bool):
            self.fail(
                key,
                Message("setting.no-flag", "{key} must be true or false.", key=key),
                Message("setting.no-flag.hint", "Write {key} = true, say.", key=key),
            )
        return default if value is None else value

    def whole(self, key: str, default: int, low: int, high: int) -> int:
        """Give a whole number within bounds."""
        value = self.number(key, default, low, high)
        if value != int(value):
            self.fail(
                key,
                Message("setting.no-whole-number", "{key} must be a whole number.", key=key),
                _not(value),
            )
        return int(value)

    def number(self, key: str, default: float, low: float, high: float) -> float:
        """Give a number within bounds."""
        value = self.values.get(key, default)
        self.known.add(key)
        if not isinstance(value, int | float) or isinstance(value, bool):
            self.fail(
                key, Message("setting.no-number", "{key} must be a number.", key=key), _not(value)
            )
        if not low <= value <= high:
            self.fail(
                key,
                Message(
                    "setting.out-of-range",
                    "{key} must lie between {low:g} and {high:g}.",
                    key=key,
                    low=low,
                    high=high,
                ),
                _not(value),
            )
        return float(value)  # -16 and -16.0 are one setting

    def choice(self, key: str, known: tuple[str, ...], default: str) -> str:
        """Give one of the known words."""
        value = self.text(key, default)
        if value != default and value not in known:
            self.fail(
                key,
                Message("setting.no-choice", "{value!r} is not a {key}.", value=value, key=key),
                Message("setting.no-choice.hint", "Choose one of: {known}.", known=known),
            )
        return value

    def texts(self, key: str, default: tuple[str, ...]) -> tuple[str, ...]:
        """Give a list of texts; one text alone is a list of one."""
        value = self.values.get(key, default)
        self.known.add(key)
        items = [value] if isinstance(value, str) else value
        if not isinstance(items, list | tuple) or not all(isinstance(item, str) for item in items):
            self.fail(
                key,
                Message("setting.no-texts", "{key} must be a list of texts.", key=key),
                Message("setting.no-texts.hint", 'Such as {key} = ["…", "…"].', key=key),
            )
        return tuple(items)

    def texts_by_name(self, key: str) -> Mapping[str, str]:
        """Give a table of texts under names that the station chooses."""
        table = self.table(key)
        return {name: table.text(name) for name in table.values}

    def mapping(self, key: str) -> Mapping[str, object]:
        """Give a table's values as they stand."""
        value = self._value(key)
        if value is not None and not isinstance(value, dict):
            self.fail(
                key,
                Message("setting.no-table", "{key} must be a table.", key=key),
                Message("setting.no-table.hint", "Write [{key}], and settings below.", key=key),
            )
        return value or {}

    def table(self, key: str) -> Table:
        """Give a table within this one; empty where it is not set."""
        inner = f"{self.name}.{key}" if self.name else key
        lines = self.source.under(inner) or self._lines_of(key)
        return Table(self.mapping(key), self.file, self.source, inner, lines)

    def tables(self, key: str) -> list[Table]:
        """Give a list of tables, each written as [[key]]."""
        items = self._value(key)
        if items is None:
            return []
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            self.fail(
                key,
                Message("setting.no-tables", "{key} must be written as [[{key}]].", key=key),
                Message(
                    "setting.no-tables.hint",
                    "Write [[{key}]], with twice the brackets, above each.",
                    key=key,
                ),
            )
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

    def unknown(
        self, name: str, known: Iterable[str], what: Literal["setting", "engine"]
    ) -> NoReturn:
        """Raise BroadcastError for a name nobody knows, with the nearest one that is known."""
        close = difflib.get_close_matches(name.lower(), known, 1)
        if close:
            hint = Message("setting.meant", "Did you mean {name}?", name=close[0])
        else:
            hint = Message("setting.known", "Known: {names}.", names=tuple(sorted(known)))
        self.fail(name, self._nothing_named(name, what), hint)

    def _nothing_named(self, name: str, what: Literal["setting", "engine"]) -> Message:
        if what == "engine":
            return Message(
                "engine.unknown-in-table",
                "There is no engine {name!r} in [{table}].",
                name=name,
                table=self.name,
            )
        if not self.name:
            return Message("setting.unknown", "There is no setting {name!r}.", name=name)
        return Message(
            "setting.unknown-in-table",
            "There is no setting {name!r} in [{table}].",
            name=name,
            table=self.name,
        )

    def fail(self, key: str, message: Message, hint: Message) -> NoReturn:
        """Raise BroadcastError at the line of ``key``."""
        raise BroadcastError(message, file=self.file, line=self.line_of(key), hint=hint)

    def line_of(self, key: str) -> int:
        """Give the line (from 1) of a setting or a text in a list; else of the table itself."""
        return self._lines_of(key).start + 1

    def _value(self, key: str) -> object:
        self.known.add(key)
        return self.values.get(key)

    def _lines_of(self, key: str) -> range:
        return self.source.line_of(key, self.lines) or range(self.lines.start, self.lines.stop)


def _not(value: object) -> Message:
    return Message("setting.not-this", "Not {value}.", value=repr(value))
