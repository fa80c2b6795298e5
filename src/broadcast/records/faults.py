"""What msgspec says of a value in a record → a sentence for people with its field, and the line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from broadcast.messages import Message
from broadcast.records import (
    A_FILE_NAME,
    A_NAME_HERE,
    DIGEST,
    NO_OR_SOME,
    PLAIN,
    SOME,
    RuleBrokenError,
)
from broadcast.records.places import JsonPlace, places, shown

_KINDS = {
    "str": Message("record.text", "text in quotation marks"),
    "int": Message("record.whole-number", "a whole number"),
    "int >= 0": Message("record.whole-number-from-0", "a whole number from 0 up"),
    "int >= 1": Message("record.whole-number-from-1", "a whole number from 1 up"),
    "float": Message("record.number", "a number"),
    "bool": Message("record.true-or-false", "true or false"),
    "array": Message("record.list", "a list in [ ]"),
    "object": Message("record.group", "a group of fields in {{ }}"),
    "date": Message("record.date", "a date such as 2025-09-06"),
    "datetime": Message("record.moment", "a date and time with its time zone"),
    "null": Message("record.null", "null"),
}
_PLACE = re.compile(r"(.*?)(?: - at `(key` in `)?(\$[^`]*)`)?", re.DOTALL)
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+)\]|\[\.\.\.\]")
_MISSING = re.compile(r"Object missing required field `([^`]*)`")
_FOREIGN = re.compile(r"Object contains unknown field `(.*)`", re.DOTALL)
_PATTERN = re.compile(r"Expected `str` matching regex (.*)", re.DOTALL)
_EXPECTED = re.compile(r"Expected (.*?)(?:, got `[^`]*`)?", re.DOTALL)
_INVALID = re.compile(r"Invalid \S+ encoded (datetime|date)")
_NOT_ONE_OF = "Invalid enum value "

Steps = Sequence[str | int | None]
"""What leads to a value as msgspec tells it: names, indices, and None for any key of a table."""


def fault(
    data: bytes, kind: type[msgspec.Struct], wrong: msgspec.ValidationError
) -> tuple[Message, int]:
    """Say what is ``wrong``, by msgspec, with ``data`` as a ``kind``; and on which line."""
    told, own = str(wrong), wrong.__cause__
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
    inside = place.path
    if missing := _MISSING.fullmatch(what):
        said = _missing(_written(inside), missing[1])
    elif foreign := _FOREIGN.fullmatch(what):
        place = _found(text, [*inside, foreign[1]], is_within, place)
        said = _not_known(_written(inside), shown(foreign[1]))
    elif isinstance(own, RuleBrokenError):
        place = _found(text, [*inside, own.field], is_within, place)
        said = Message(
            "record.own-rule", "In {place}, {rule}.", place=_written(inside), rule=own.message
        )
    else:
        if of_key:
            place = _found(text, [*inside, None], is_within, place)
        if not place.path:
            return _no_record(what), _line(text, place)
        *outer, last = place.path
        name = f"[{last}]" if isinstance(last, int) else shown(last)
        if of_key and what.startswith(_NOT_ONE_OF):
            said = _not_known(_written(outer), name)
        else:
            said = _wrong(what, _written(outer), name)
    return said, _line(text, place)


def _parted(told: str) -> tuple[str, bool, Steps]:
    """Part what msgspec says into what is wrong, whether of a key, and the steps to where it is."""
    found = _PLACE.fullmatch(told)
    what, key, path = found.groups() if found else (told, None, None)
    steps = [name or (int(index) if index else None) for name, index in _STEP.findall(path or "")]
    return what, bool(key), steps


def _found(
    text: str, steps: Steps, is_within: Callable[[str], bool], otherwise: JsonPlace | None = None
) -> JsonPlace:
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
    return fitting[-1] if fitting else otherwise or JsonPlace((), 0, len(text))


def _missing(place: Message | str, name: str) -> Message:
    return Message("record.missing", "In {place}, “{name}” is missing.", place=place, name=name)


def _not_known(place: Message | str, name: str) -> Message:
    return Message("record.not-known", "In {place}, “{name}” is not known.", place=place, name=name)


def _no_record(what: str) -> Message:
    """Say in words what msgspec says of a whole file."""
    kinds = _kinds(what)
    if kinds:
        return Message("record.no-record", "This file is not {kinds:or}.", kinds=kinds)
    if _is_too_large(what):
        return Message("record.large", "This file is far too large a number.")
    return Message("record.otherwise", "This file is not as it should be.")


def _wrong(what: str, place: Message | str, name: str) -> Message:
    """Say in words what msgspec says of a field."""
    where = {"place": place, "name": name}
    if pattern := _PATTERN.fullmatch(what):
        for known, message in _patterns(where):
            if repr(known) == pattern[1]:
                return message
    elif what.startswith(_NOT_ONE_OF):
        return Message(
            "record.cannot-be",
            "In {place}, “{name}” cannot be {value}.",
            **where,
            value=shown(what.removeprefix(_NOT_ONE_OF)),
        )
    elif _is_too_large(what):
        return Message(
            "record.field-large", "In {place}, “{name}” is far too large a number.", **where
        )
    elif kinds := _kinds(what):
        return Message(
            "record.other-kind", "In {place}, “{name}” is not {kinds:or}.", **where, kinds=kinds
        )
    return Message(
        "record.field-otherwise", "In {place}, “{name}” is not as it should be.", **where
    )


def _patterns(where: Mapping[str, Message | str]) -> Iterator[tuple[str, Message]]:
    """Give what is said of a text that a pattern does not fit, by the pattern."""
    for name in (A_FILE_NAME, A_NAME_HERE):
        yield (
            name,
            Message(
                "record.no-file-name",
                "In {place}, “{name}” is not the name of a file in this folder.",
                **where,
            ),
        )
    yield (
        PLAIN,
        Message(
            "record.not-plain",
            "In {place}, “{name}” is empty or has control characters in it.",
            **where,
        ),
    )
    yield SOME, Message("record.empty", "In {place}, “{name}” is empty.", **where)
    yield (
        NO_OR_SOME,
        Message("record.blank", "In {place}, “{name}” has nothing but blanks in it.", **where),
    )
    yield (
        DIGEST,
        Message(
            "record.no-digest",
            "In {place}, “{name}” is not a digest in hexadecimal digits.",
            **where,
        ),
    )


def _is_too_large(what: str) -> bool:
    return what.endswith("out of range") or what.startswith("Expected `int` <=")


def _kinds(what: str) -> tuple[Message, ...]:
    """Give the kinds of value, one of which msgspec wants; none where it says something else."""
    if invalid := _INVALID.fullmatch(what):
        return (_KINDS[invalid[1]],)
    expected = _EXPECTED.fullmatch(what)
    if expected is None:
        return ()
    kinds = expected[1].replace("`", "").removesuffix(" with a timezone component").split(" | ")
    return tuple(_KINDS[kind] for kind in kinds) if all(kind in _KINDS for kind in kinds) else ()


def _written(path: Sequence[str | int]) -> Message | str:
    """Write where something is, as in ``turns[3].take``."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{shown(step)}" for step in path)
    return "".join(steps).removeprefix(".") or Message("record.here", "this file")


def _line(text: str, place: JsonPlace) -> int:
    return text.count("\n", 0, place.begins) + 1
