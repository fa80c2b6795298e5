"""A record's JSON → the same with one thing wrong, at every place in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Path = tuple[str | int, ...]

NEWER = 99
HUGE = 10**30
_VALUES: dict[str, object] = {
    "null": None,
    "true": True,
    "negative": -1,
    "fraction": 1.5,
    "huge": HUGE,
    "text": "soon",
    "empty": "",
    "outside": "../x",
    "list": [],
    "object": {},
}


@dataclass(frozen=True, slots=True)
class Damage:
    """A document with something wrong at ``path``; ``what`` says which kind of damage it is."""

    what: str
    path: Path
    document: Any

    @property
    def field(self) -> str:
        """The place whichever entry of a list it is in: ``turns[].take.kind``."""
        steps = ("[]" if isinstance(step, int) else f".{step}" for step in self.path)
        return "".join(steps).removeprefix(".") or "(all)"

    @property
    def names(self) -> set[str]:
        """What an error may tell: its own name, or that of what it is in."""
        steps = [*self.path, "foreign"] if self.what == "foreign" else self.path
        quoted = (f"[{step}]" if isinstance(step, int) else step for step in steps[-2:])
        written = "".join(f"[{s}]" if isinstance(s, int) else f".{s}" for s in self.path)
        return {f"In {written.removeprefix('.')}, ", *(f"“{step}”" for step in quoted)}

    @property
    def data(self) -> bytes:
        """The bytes that a file has with it."""
        return json.dumps(self.document, ensure_ascii=False).encode()


def damages(document: Any) -> Iterator[Damage]:
    """Give every damage at every place of a record."""
    yield Damage("newer", ("format",), {**document, "format": NEWER})
    for path in _paths(document):
        value = _at(document, path)
        if path:
            yield Damage("deleted", path, _without(document, path))
        for what, other in _VALUES.items():
            if type(other) is not type(value) or other != value:
                yield Damage(what, path, _with(document, path, other))
        if isinstance(value, dict):
            yield Damage("foreign", path, _with(document, path, {**value, "foreign": 1}))


def first_and_last(document: Any) -> Any:
    """Give a document with no more than the first and the last entry of each list."""
    if isinstance(document, dict):
        return {name: first_and_last(value) for name, value in document.items()}
    if isinstance(document, list):
        kept = document if len(document) <= 2 else [document[0], document[-1]]
        return [first_and_last(value) for value in kept]
    return document


def at_every_place(document: Any, value: object, pattern: str = ".*") -> Iterator[Damage]:
    """Give the document with ``value`` at each place whose field is of a pattern."""
    for path in _paths(document):
        damage = Damage("given", path, _with(document, path, value))
        if re.fullmatch(pattern, damage.field):
            yield damage


def _paths(document: Any, at: Path = ()) -> Iterator[Path]:
    yield at
    steps: Any = ()
    if isinstance(document, dict):
        steps = document
    elif isinstance(document, list):
        steps = range(len(document))
    for step in steps:
        yield from _paths(document[step], (*at, step))


def _at(document: Any, path: Path) -> Any:
    for step in path:
        document = document[step]
    return document


def _copy(document: Any) -> Any:
    return json.loads(json.dumps(document))


def _with(document: Any, path: Path, value: object) -> Any:
    if not path:
        return value
    changed = _copy(document)
    _at(changed, path[:-1])[path[-1]] = value
    return changed


def _without(document: Any, path: Path) -> Any:
    changed = _copy(document)
    del _at(changed, path[:-1])[path[-1]]
    return changed
