"""A message and a language → its text, from that language's catalogue, with numbers as it has them.

Catalogues are gettext's, one folder for each language in ``locale/``; a message's code is its
context there. Whatever a catalogue lacks is said in English.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from string import Formatter
from typing import Any

from broadcast.language import Language
from broadcast.messages import Message

DOMAIN = "broadcast"
_ENGLISH = Language("en")
LOCALE = Path(__file__).parent / "locale"

# How a language writes numbers, lists and times is in its catalogue too.
_DECIMAL = Message("number.decimal", ".")
_GROUP = Message("number.group", ",")
_ALSO = Message("list.also", "{before}, {next}")
_LAST = {
    "and": Message("list.and", "{before} and {next}"),
    "or": Message("list.or", "{before} or {next}"),
}
_MOMENT = Message("time.moment", "{year}-{month:02}-{day:02} {hour:02}:{minute:02}")


class Renderer(Formatter):
    """Says messages in one language.

    Beside Python's formats a place may have: ``and`` and ``or`` for a list (without: commas alone),
    ``clock`` for milliseconds (1:02:03), ``moment`` for a time in ISO 8601, ``bytes`` for a size
    (1.2 GB), ``language`` for the name of a language that is given by its tag.
    """

    def __init__(self, catalogue: NullTranslations, language: Language = _ENGLISH) -> None:
        self._catalogue = catalogue
        self._language = language
        self._signs = str.maketrans({".": self._words(_DECIMAL), ",": self._words(_GROUP)})

    @property
    def tag(self) -> str:
        """The language that messages are said in."""
        return self._language.tag

    def text(self, message: Message) -> str:
        """Give the text of a message; in English where the catalogue's words cannot be filled in.

        A translator's slip is found by the tests; where it was not, it shall not stop the program.
        """
        return self._filled(message, message.values)

    def format_field(self, value: Any, spec: str) -> str:
        """Give a value's text, as the language writes such a value."""
        if isinstance(value, Message):
            return format(self.text(value), spec)
        if isinstance(value, tuple):
            return self._list([self.format_field(one, "") for one in value], spec)
        if spec in _NAMED:
            return _NAMED[spec](self, value)
        text = format(value, spec)
        if isinstance(value, float) or (isinstance(value, int) and spec):
            return text.translate(self._signs)
        return text

    def moment(self, iso: str) -> str:
        """Give a day and a time of the clock that is written in ISO 8601."""
        at = datetime.fromisoformat(iso)
        parts = {name: getattr(at, name) for name in ("year", "month", "day", "hour", "minute")}
        return self._filled(_MOMENT, parts)

    def size(self, count: int) -> str:
        """Give a number of bytes as disks are sold: in GB, MB or kB, what is not below one."""
        if count >= 1_000_000_000:
            return self.text(Message("size.gb", "{size:,.1f} GB", size=count / 1e9))
        if 0 < count < 1_000_000:
            return self.text(Message("size.kb", "{size:,.0f} kB", size=math.ceil(count / 1e3)))
        return self.text(Message("size.mb", "{size:,.0f} MB", size=count / 1e6))

    def language(self, tag: str) -> str:
        """Give what a language is called."""
        return Language.tagged(tag).name_in(self._language)

    def _filled(self, message: Message, values: Mapping[str, object]) -> str:
        words = self._words(message)
        try:
            return self.vformat(words, (), values)
        except (LookupError, ValueError, AttributeError, TypeError):
            own = ENGLISH._words(message)
            if words == own:
                raise
            return self.vformat(own, (), values)

    def _words(self, message: Message) -> str:
        """Give a message's template in this language."""
        code, template, plural = message.code, message.template, message.plural
        if not plural:
            return self._catalogue.pgettext(code, template)
        count = message.values["count"]
        assert isinstance(count, int)
        return self._catalogue.npgettext(code, template, plural, count)

    def _list(self, parts: list[str], spec: str) -> str:
        if not parts:
            return ""
        told = parts[0]
        for number, part in enumerate(parts[1:], 2):
            join = _LAST.get(spec, _ALSO) if number == len(parts) else _ALSO
            told = self._filled(join, {"before": told, "next": part})
        return told


def clock(milliseconds: int) -> str:
    """Write a duration as m:ss, or h:mm:ss."""
    seconds = round(milliseconds / 1000)
    hours, minutes, seconds = seconds // 3600, seconds // 60 % 60, seconds % 60
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


_NAMED: dict[str, Callable[[Renderer, Any], str]] = {
    "clock": lambda _, milliseconds: clock(milliseconds),
    "moment": Renderer.moment,
    "bytes": Renderer.size,
    "language": Renderer.language,
}

ENGLISH = Renderer(NullTranslations())
"""Says messages as their templates have them."""


@cache
def renderer_for(language: Language) -> Renderer:
    """Give what says messages in a language: by its own catalogue, a parent's, or in English."""
    for one in (language, *language.parents):
        file = LOCALE / one.tag.replace("-", "_") / "LC_MESSAGES" / f"{DOMAIN}.mo"
        if file.is_file():
            with file.open("rb") as catalogue:
                return Renderer(GNUTranslations(catalogue), one)
    return ENGLISH


def languages() -> list[str]:
    """Give the tags of the languages that there is a catalogue for; English needs none."""
    return sorted(
        file.parent.parent.name.replace("_", "-")
        for file in LOCALE.glob(f"*/LC_MESSAGES/{DOMAIN}.mo")
    )
