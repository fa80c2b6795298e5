"""The program's own JSON files ↔ typed values: what is wrong is named with its field and line.

A record is a struct whose fields are all known: a wrong, missing or foreign one is an error, never
a guess. It carries the number of its format, 1 where it has none: older formats are read as what
they were, and one that is newer than this program is refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, NoReturn, TypeVar

import msgspec
from msgspec import Meta

from broadcast.errors import BroadcastError, OutsideError

_A_FILE_NAME = r"^(?!\.)[^/\\:\x00-\x1f\x7f]+\Z"
_PLAIN = r"^(?=[^\n]*\S)[^\x00-\x1f\x7f-\x9f]*\Z"
_SOME = r"\S"
_DIGEST = r"^[0-9a-f]+\Z"

FileName = Annotated[str, Meta(pattern=_A_FILE_NAME)]
"""The name of a file in a folder that is known: no path, and not hidden."""
PlainText = Annotated[str, Meta(pattern=_PLAIN)]
"""Some text on one line, without control characters."""
SomeText = Annotated[str, Meta(pattern=_SOME)]
"""Text that is not empty."""
Digest = Annotated[str, Meta(pattern=_DIGEST)]
"""The digest of a file's bytes, hexadecimal."""
Count = Annotated[int, Meta(ge=0)]
"""A whole number of milliseconds, bytes or things."""

_PATTERNS = {
    _A_FILE_NAME: "the name of a file in this folder",
    _PLAIN: "a text without control characters",
    _SOME: "a text that is not empty",
    _DIGEST: "a digest in hexadecimal digits",
}
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
_MISSING = re.compile(r"Object missing required field `([^`]*)`")
_FOREIGN = re.compile(r"Object contains unknown field `(.*)`", re.DOTALL)
_PLACE = re.compile(r"(.*?)(?: - at `(?:key` in `)?([^`]*)`)?", re.DOTALL)
_EXPECTED = re.compile(r"Expected (.*?)(?:, got `[^`]*`)?", re.DOTALL)


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one of the program's own files says, or a part of it."""


R = TypeVar("R", bound=msgspec.Struct)


class _Head(msgspec.Struct, frozen=True):
    format: int = 1


def read_record(file: Path, formats: Mapping[int, type[R]], hint: str) -> R | None:
    """Read a record of any of its ``formats``, by number; None where there is no such file.

    Raises BroadcastError, with ``hint``, naming file, field and line for what is wrong, and for a
    format that is newer than all; OutsideError when the file is there and cannot be read.
    """
    try:
        data = file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise OutsideError(
            f"This file cannot be read: {error.strerror}.",
            file=file,
            hint="Check that the disk is there and that you may read this file.",
        ) from error
    return record_in(data, file, formats, hint)


def record_in(data: bytes, file: Path, formats: Mapping[int, type[R]], hint: str) -> R:
    """Give the record that the bytes of ``file`` are. Raises as ``read_record`` does."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        number = msgspec.json.decode(data, type=_Head).format
        if number > max(formats):
            raise BroadcastError(
                f"This file was written by a newer version of broadcast (format {number}; "
                f"this version reads up to {max(formats)}).",
                file=file,
                hint="Use the newer version here too: pip install --upgrade broadcast.",
            )
        if number not in formats:
            raise msgspec.ValidationError(f"“format” cannot be {number} - at `$.format`")
        return msgspec.json.decode(data, type=formats[number])
    except msgspec.ValidationError as error:
        _refuse(str(error), data, file, hint, error)
    except RecursionError as error:
        message = "This is not a record at all: its brackets are nested without end."
        raise BroadcastError(message, file=file, hint=hint) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _not_json(data, file, hint) from error


def record_bytes(record: msgspec.Struct) -> bytes:
    """Give a record as its file has it, for people to read: equal records, equal bytes."""
    return msgspec.json.format(msgspec.json.encode(record, order="deterministic"), indent=2) + b"\n"


def _not_json(data: bytes, file: Path, hint: str) -> BroadcastError:
    """Say where a file stops being JSON, as Python's own reader tells it."""
    try:
        json.loads(data.decode("utf-8"))
    except UnicodeDecodeError:
        return BroadcastError("This file is not UTF-8 text.", file=file, hint=hint)
    except RecursionError:
        message = "This is not a record at all: its brackets are nested without end."
        return BroadcastError(message, file=file, hint=hint)
    except json.JSONDecodeError as error:
        message = f"This is not JSON: {error.msg} (column {error.colno})."
        return BroadcastError(message, file=file, line=error.lineno, hint=hint)
    return BroadcastError("This is not JSON as it should be.", file=file, hint=hint)


def _refuse(told: str, data: bytes, file: Path, hint: str, cause: Exception) -> NoReturn:
    found = _PLACE.fullmatch(told)
    what, path = (found[1], found[2] or "$") if found else (told, "$")
    if missing := _MISSING.fullmatch(what):
        fault, inside = f"“{missing[1]}” is missing", path
    elif foreign := _FOREIGN.fullmatch(what):
        fault, inside = f"“{foreign[1]}” is not known", path
    else:
        inside, leaf = _parted(path)
        named = f"“{leaf}”" if leaf else "what is there"
        fault = what if "“" in what else f"{named} {_wrong(what)}"
    where = inside.removeprefix("$").removeprefix(".")
    message = f"In {where}, {fault}." if where else f"In this file, {fault}."
    raise BroadcastError(
        message, file=file, line=_line(data.decode("utf-8", "replace"), path), hint=hint
    ) from cause


def _parted(path: str) -> tuple[str, str]:
    """Part a path into where something is and its own name."""
    found = re.fullmatch(r"(.*?)\.?((?:\[[^\]]*\])|[^.\[\]]+)", path.removeprefix("$"))
    return (found[1], found[2]) if found else ("", "")


def _wrong(what: str) -> str:
    """Say in words what msgspec says of a value."""
    if pattern := re.fullmatch(r"Expected `str` matching regex (.*)", what, re.DOTALL):
        written = next((w for known, w in _PATTERNS.items() if repr(known) == pattern[1]), "")
        return f"is not {written or 'as it should be'}"
    expected = _EXPECTED.fullmatch(what)
    if expected:
        kinds = expected[1].replace("`", "").removesuffix(" with a timezone component").split(" | ")
        return f"is not {' or '.join(_KINDS.get(kind, kind) for kind in kinds)}"
    if "datetime" in what or "RFC3339" in what:
        return f"is not {_KINDS['datetime']}"
    if "date" in what or "ISO8601" in what:
        return f"is not {_KINDS['date']}"
    if what.startswith("Invalid enum value"):
        return f"cannot be {what.removeprefix('Invalid enum value ')}"
    return f"is wrong: {what}"


def _line(text: str, path: str) -> int | None:
    """Give the line on which what a path names begins; of what lies in it, if it is not there."""
    position = 0
    try:
        for step in _steps(path):
            position = _inside(text, position, step)
    except (ValueError, IndexError, StopIteration):
        pass
    begins = re.compile(r"\s*").match(text, position)
    return text.count("\n", 0, begins.end() if begins else position) + 1


def _steps(path: str) -> Iterator[str | int]:
    for name, number in re.findall(r"\.([^.\[\]]+)|\[(\d+)\]", path):
        yield name if name else int(number)


def _inside(text: str, position: int, step: str | int) -> int:
    """Give where a member of the object or list at ``position`` begins. Raises when it is not."""
    decoder = json.JSONDecoder()
    skip = re.compile(r"[\s,:]*")

    def next_at(at: int) -> int:
        found = skip.match(text, at)
        return found.end() if found else at

    at = next_at(position) + 1
    count = 0
    while text[next_at(at)] not in "]}":
        at = next_at(at)
        if isinstance(step, int):
            if count == step:
                return at
            count += 1
        else:
            name, at = decoder.raw_decode(text, at)
            at = next_at(at)
            if name == step:
                return at
        _, at = decoder.raw_decode(text, at)
    raise IndexError(step)
