"""The program's own JSON files ↔ typed values: what is wrong is named with its field and line.

A record is a struct whose fields are all known: a wrong, missing or foreign one is an error, never
a guess. It carries the number of its format, 1 where it has none: older formats are read as what
they were, and one that is newer than this program is refused.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, TypeVar

import msgspec
from msgspec import Meta

from broadcast.errors import BroadcastError, OutsideError
from broadcast.messages import Message
from broadcast.messages.system_reasons import system_reason

NEWER = frozenset({"record.newer", "record.far-newer"})
"""The codes of what is said of a record whose format is newer than this program."""
LARGEST = (1 << 53) - 1
"""The largest whole number that every JSON reader holds exactly (RFC 8259, 6)."""
# Neither control characters nor the two that XML has no place for besides.
_NOT_PLAIN = r"\x00-\x1f\x7f-\x9f\ufffe\uffff"
A_FILE_NAME = r"^(?!\.)[^/\\:\x00-\x1f\x7f\ufffe\uffff]{1,255}\Z"
# What a name may be here: other systems know drives and folders by other signs.
A_NAME_HERE = A_FILE_NAME if os.name == "nt" else r"^(?!\.{1,2}\Z)[^/\x00]{1,255}\Z"
PLAIN = rf"^(?=[^\n]*\S)[^{_NOT_PLAIN}]*\Z"
SOME = r"\S"
NO_OR_SOME = r"^\Z|\S"
DIGEST = r"^[0-9a-f]+\Z"

FileName = Annotated[str, Meta(pattern=A_FILE_NAME)]
"""The name of a file in a folder that is known: no path, and not hidden."""
NameHere = Annotated[str, Meta(pattern=A_NAME_HERE)]
"""The name that a user gave to a file in a folder that is known: no path."""
PlainText = Annotated[str, Meta(pattern=PLAIN)]
"""Some text on one line, without control characters."""
SomeText = Annotated[str, Meta(pattern=SOME)]
"""Text that is not empty."""
NoOrSomeText = Annotated[str, Meta(pattern=NO_OR_SOME)]
"""Text that is not blank, or none at all."""
Digest = Annotated[str, Meta(pattern=DIGEST)]
"""The digest of a file's bytes, hexadecimal."""
Count = Annotated[int, Meta(ge=0, le=LARGEST)]
"""A whole number of milliseconds, bytes or things."""


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one of the program's own files says, or a part of it."""


class RuleBrokenError(ValueError):
    """A record's own rule says no: ``message`` tells why, in words that follow "In takes[0], "."""

    def __init__(self, field: str, message: Message) -> None:
        super().__init__(str(message))
        self.field = field
        self.message = message


R = TypeVar("R", bound=msgspec.Struct)


class _Head(msgspec.Struct, frozen=True):
    format: int = 1


def read_record(file: Path, formats: Mapping[int, type[R]], hint: Message) -> R | None:
    """Read a record of any of its ``formats``, by number; None where there is no such file.

    Raises BroadcastError, with ``hint``, naming file, field and line for what is wrong, and for a
    format that is newer than all; OutsideError when the file is there and cannot be read.
    """
    try:
        data = file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise unreadable(file, error) from error
    return record_in(data, file, formats, hint)


def unreadable(file: Path, error: OSError) -> OutsideError:
    """Give what is said of a file that is there and may not be read; nothing is wrong with it."""
    return OutsideError(
        Message(
            "file.not-read",
            "This file cannot be read: {reason}.",
            reason=system_reason(error),
        ),
        file=file,
        hint=Message(
            "file.not-read.hint",
            "Check that the disk is there and that you may read this file.",
        ),
    )


def record_in(data: bytes, file: Path, formats: Mapping[int, type[R]], hint: Message) -> R:
    """Give the record that the bytes of ``file`` are. Raises as ``read_record`` does."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    kind: type[msgspec.Struct] = _Head
    try:
        number = msgspec.json.decode(data, type=_Head).format
        if number > max(formats):
            raise _newer(number, max(formats), file)
        if number not in formats:
            raise msgspec.ValidationError(f"Invalid enum value {number} - at `$.format`")
        kind = formats[number]
        return msgspec.json.decode(data, type=formats[number])
    except msgspec.ValidationError as error:
        from broadcast.records.faults import fault  # what is in order needs no words

        message, line = fault(data, kind, error)
        raise BroadcastError(message, file=file, line=line, hint=hint) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        from broadcast.records.not_json import not_json

        where, at = not_json(data)
        raise BroadcastError(where, file=file, line=at, hint=hint) from error


def record_bytes(record: msgspec.Struct) -> bytes:
    """Give a record as its file has it, for people to read: equal records, equal bytes."""
    return msgspec.json.format(msgspec.json.encode(record, order="deterministic"), indent=2) + b"\n"


def _newer(number: int, newest: int, file: Path) -> BroadcastError:
    if number <= LARGEST:
        message = Message(
            "record.newer",
            "This file was written by a newer version of broadcast (format {number}; "
            "this version reads up to {newest}).",
            number=number,
            newest=newest,
        )
    else:
        message = Message(
            "record.far-newer",
            "This file was written by a newer version of broadcast (format far higher; "
            "this version reads up to {newest}).",
            newest=newest,
        )
    hint = Message(
        "record.newer.hint",
        "Use the newer version here too: pip install --upgrade broadcast.",
    )
    return BroadcastError(message, file=file, hint=hint)
