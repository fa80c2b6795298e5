"""A JSON text → its values, each with the steps that lead to it and where it begins and ends."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"?|[{}\[\],:]|[^\s"{}\[\],:]+', re.DOTALL)
"""A text in quotation marks (or what begins as one), a bracket, a comma, a colon, or a word."""

_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")

JsonPath = tuple[str | int, ...]
"""The names and indices that lead to a value."""


@dataclass(frozen=True, slots=True)
class JsonPlace:
    """A value in a JSON text: the steps that lead to it, and where it begins and ends."""

    path: JsonPath
    begins: int
    ends: int

    @property
    def closing(self) -> str:
        """The brackets that close all that the value is in."""
        return "".join("]" if isinstance(step, int) else "}" for step in reversed(self.path))


def shown(text: str, longest: int = 60) -> str:
    """Give a part of a file so that it can be read in a sentence: on one line, not too long."""
    plain = _UNSEEN.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)
    return plain if len(plain) <= longest else plain[: longest - 1] + "…"


def places(text: str) -> Iterator[JsonPlace]:
    """Give the values of a JSON text, as far as it is JSON; each after all that is in it."""
    path: list[str | int] = []
    opened: list[int] = []
    is_named = False
    for token in TOKEN.finditer(text):
        sign, at = token[0], path[-1] if path else None
        if sign in ("{", "["):
            opened.append(token.start())
            path.append("" if sign == "{" else 0)
            is_named = False
        elif sign in ("}", "]") and opened:
            path.pop()
            yield JsonPlace(tuple(path), opened.pop(), token.end())
        elif sign == ",":
            is_named = False
            if isinstance(at, int):
                path[-1] = at + 1
        elif isinstance(at, str) and not is_named:
            path[-1] = text_in(sign)
            is_named = True
        elif sign != ":":
            yield JsonPlace(tuple(path), token.start(), token.end())


def text_in(token: str) -> str:
    """Give the text that a token in quotation marks stands for; of what is none, the token."""
    try:
        return str(json.loads(token, strict=False))
    except ValueError:
        return token
