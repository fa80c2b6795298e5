"""What msgspec says of a value in a record → a sentence for people with its field, and the line."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import msgspec

from broadcast.records import WRONG
from broadcast.records.places import Path, Place, places, shown

_KINDS = {
    "str": "text in quotation marks",
    "int": "a whole number",
    "int >= 0": "a whole number from 0 up",
    "int >= 1": "a whole number from 1 up",
    "float": "a number",
    "bool": "true or false",
    "array": "a list in [ ]",
    "object": "a group of fields in { }",
    "date": "a date such as 2025-09-06",
    "datetime": "a date and time with its time zone",
    "null": "null",
}
_PLACE = re.compile(r"(.*?)(?: - at `(key` in `)?(\$[^`]*)`)?", re.DOTALL)
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+)\]|\[\.\.\.\]")
_MISSING = re.compile(r"Object missing required field `([^`]*)`")
_FOREIGN = re.compile(r"Object contains unknown field `(.*)`", re.DOTALL)
_OWN = re.compile(r"“([^”]*)”.*", re.DOTALL)
_PATTERN = re.compile(r"Expected `str` matching regex (.*)", re.DOTALL)
_EXPECTED = re.compile(r"Expected (.*?)(?:, got `[^`]*`)?", re.DOTALL)
_INVALID = re.compile(r"Invalid \S+ encoded (datetime|date)")
_NOT_ONE_OF = "Invalid enum value "

Steps = Sequence[str | int | None]
"""What leads to a value as msgspec tells it: names, indices, and None for any key of a table."""


def fault(data: bytes, kind: type[msgspec.Struct], told: str) -> tuple[str, int]:
    """Say what ``told``, which msgspec says of ``data`` as a ``kind``, means; and on which line."""
    text = data.decode("utf-8", "surrogateescape")

    def is_within(part: str) -> bool:
        """Whether the first part of the text has the fault already."""
        try:
            msgspec.json.decode(part.encode("utf-8", "surrogateescape"), type=kind)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            return str(error) == told
        return False

    what, of_key, steps = _parted(told)
    place = _found(text, steps, is_within)
    inside: Path = place.path
    if missing := _MISSING.fullmatch(what):
        said = f"“{missing[1]}” is missing"
    elif foreign := _FOREIGN.fullmatch(what):
        place = _found(text, [*inside, foreign[1]], is_within, place)
        said = f"“{shown(foreign[1])}” is not known"
    elif own := _OWN.fullmatch(what):  # a record's own rule, told by itself
        place = _found(text, [*inside, own[1]], is_within, place)
        said = what
    else:
        if of_key:
            place = _found(text, [*inside, None], is_within, place)
        if not place.path:
            return f"This file {_wrong(what)}.", _line(text, place)
        *outer, last = place.path
        inside = tuple(outer)
        name = f"[{last}]" if isinstance(last, int) else shown(last)
        is_foreign = of_key and what.startswith(_NOT_ONE_OF)
        said = f"“{name}” {'is not known' if is_foreign else _wrong(what)}"
    return f"In {_written(inside)}, {said}.", _line(text, place)


def _parted(told: str) -> tuple[str, bool, Steps]:
    """Part what msgspec says into what is wrong, whether of a key, and the steps to where it is."""
    found = _PLACE.fullmatch(told)
    what, key, path = found.groups() if found else (told, None, None)
    steps = [name or (int(index) if index else None) for name, index in _STEP.findall(path or "")]
    return what, bool(key), steps


def _found(
    text: str, steps: Steps, is_within: Callable[[str], bool], otherwise: Place | None = None
) -> Place:
    """Give the value that ``steps`` lead to and that a fault is in.

    Where they lead to several (by any key, or by a name that stands twice), it is the first with
    which the text has the fault.
    """
    fitting = [
        place
        for place in places(text)
        if len(place.path) == len(steps)
        and all(step is None or step == at for step, at in zip(steps, place.path, strict=True))
    ]
    for place in fitting[:-1]:
        if is_within(text[: place.ends] + place.closing):
            return place
    return fitting[-1] if fitting else otherwise or Place((), 0, len(text))


def _wrong(what: str) -> str:
    """Say in words what msgspec says of a value."""
    if pattern := _PATTERN.fullmatch(what):
        for known, words in WRONG.items():
            if repr(known) == pattern[1]:
                return words
    elif invalid := _INVALID.fullmatch(what):
        return f"is not {_KINDS[invalid[1]]}"
    elif what.startswith(_NOT_ONE_OF):
        return f"cannot be {shown(what.removeprefix(_NOT_ONE_OF))}"
    elif what.endswith("out of range") or what.startswith("Expected `int` <="):
        return "is far too large a number"
    elif expected := _EXPECTED.fullmatch(what):
        kinds = expected[1].replace("`", "").removesuffix(" with a timezone component").split(" | ")
        if all(kind in _KINDS for kind in kinds):
            return f"is not {' or '.join(_KINDS[kind] for kind in kinds)}"
    return "is not as it should be"


def _written(path: Path) -> str:
    """Write where something is, as in ``turns[3].take``."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{shown(step)}" for step in path)
    return "".join(steps).removeprefix(".") or "this file"


def _line(text: str, place: Place) -> int:
    return text.count("\n", 0, place.begins) + 1
