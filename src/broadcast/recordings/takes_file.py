"""takes.json ↔ Takes: which files were recorded for which words, and which of them are used.

    {"takes": [{"files": [{"digest": "9f…", "file": "03.wav", "in_ms": null, "out_ms": null}],
                "speaker": "Bà Nguyễn Thị Hoa", "turn": "5c1…", "use": true,
                "words": "Thành phố sẽ trồng thêm cây xanh."}],
     "turns": ["5c1…", …]}

Takes stand in the order they arrived. Only "file", "speaker" and "words" are needed, so that an
entry can be written by hand; the rest is filled in when the script is next paired.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from broadcast.errors import BroadcastError, OutsideError
from broadcast.text import folded

TAKES_JSON = "takes.json"
_KINDS = {
    str: "text in quotation marks",
    int: "a whole number",
    bool: "true or false",
    list: "a list in [ ]",
    dict: "a group of fields in { }",
}
_HINT = "Mend that line by hand, or put the file away: the recordings are then paired anew."


@dataclass(frozen=True, slots=True)
class Part:
    """A file of a take and the stretch of it that is used (None: found by trimming)."""

    file: str
    digest: str = ""
    in_ms: int | None = None
    out_ms: int | None = None


@dataclass(frozen=True, slots=True)
class KnownTake:
    """One performance that somebody recorded, and the words it belongs to.

    ``words`` are those it was recorded for, ``confirmed`` those that the producer says are heard
    where they differ. ``turn`` is the id of the turn it was last with; ``use`` is False for a take
    that was put aside; ``forced`` says that the producer wants it whatever its length.
    """

    files: tuple[Part, ...]
    speaker: str
    words: str
    turn: str = ""
    confirmed: str | None = None
    use: bool = True
    forced: bool = False

    @property
    def heard(self) -> str:
        """The words that a listener hears in it, as far as anyone has said."""
        return self.words if self.confirmed is None else self.confirmed

    def says(self, words: str) -> bool:
        """Whether these are the words heard; case, punctuation and tone placement do not count."""
        return self.heard == words or folded(self.heard) == folded(words)


@dataclass(frozen=True, slots=True)
class Takes:
    """Everything takes.json remembers; ``turns`` are the sorted ids of the turns at that time."""

    takes: tuple[KnownTake, ...] = ()
    turns: tuple[str, ...] = ()

    def of_turn(self, turn_id: str) -> tuple[KnownTake, ...]:
        """The takes that are with a turn, oldest first."""
        return tuple(take for take in self.takes if take.turn == turn_id)

    def files(self) -> frozenset[str]:
        """The names of all files that belong to a take."""
        return frozenset(part.file for take in self.takes for part in take.files)


def read_takes(folder: Path) -> Takes:
    """Read a recordings folder's takes.json; without one, nothing is known yet.

    Raises BroadcastError with file and line when it is not JSON or not of this shape.
    """
    file = folder / TAKES_JSON
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Takes()
    except UnicodeDecodeError as error:
        raise BroadcastError("This file is not UTF-8 text.", file=file, hint=_HINT) from error
    except OSError as error:
        raise OutsideError(f"This file cannot be read: {error.strerror}.", file=file) from error
    try:
        found = json.loads(text)
    except RecursionError as error:
        message = "This is not a file of takes: its brackets are nested without end."
        raise BroadcastError(message, file=file, hint=_HINT) from error
    except json.JSONDecodeError as error:
        message = f"This is not JSON: {error.msg} (column {error.colno})."
        raise BroadcastError(message, file=file, line=error.lineno, hint=_HINT) from error
    return _takes_in(found, text, file)


def write_takes(folder: Path, takes: Takes) -> None:
    """Write takes.json so that a reader finds the old one or the new one, never a part.

    Raises OutsideError when the disk refuses.
    """
    new = folder / f".{TAKES_JSON}.new"
    compact = msgspec.json.encode(_as_json(takes), order="sorted")
    text = msgspec.json.format(compact, indent=2).decode("utf-8") + "\n"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with new.open("w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        new.replace(folder / TAKES_JSON)
    except OSError as error:
        message = f"This file cannot be written: {error.strerror}."
        raise OutsideError(message, file=folder / TAKES_JSON) from error


def _as_json(takes: Takes) -> dict[str, object]:
    entries = msgspec.to_builtins(takes.takes)
    for entry in entries:
        if entry["confirmed"] is None:
            del entry["confirmed"]
        if not entry["forced"]:
            del entry["forced"]
    return {"takes": entries, "turns": sorted(takes.turns)}


def _takes_in(found: object, text: str, file: Path) -> Takes:
    try:
        top = _fields(found, {}, {"takes": list, "turns": list})
        turns = tuple(_typed(turn, str, "turns") for turn in top.get("turns", []))
    except ValueError as error:
        raise BroadcastError(f"In this file, {error}.", file=file, line=1, hint=_HINT) from error
    entries = top.get("takes", [])
    takes = []
    for at, entry in enumerate(entries):
        try:
            takes.append(_take_in(entry))
        except ValueError as error:
            line = _entry_lines(text, len(entries))[at]
            message = f"In the take that begins here, {error}."
            raise BroadcastError(message, file=file, line=line, hint=_HINT) from error
    return Takes(tuple(takes), turns)


def _take_in(found: object) -> KnownTake:
    needed = {"files": list, "speaker": str, "words": str}
    fields = _fields(found, needed, {"turn": str, "confirmed": str, "use": bool, "forced": bool})
    files = tuple(_part_in(part) for part in fields.pop("files"))
    if not files:
        raise ValueError("“files” is empty")
    return KnownTake(files=files, **fields)


def _part_in(found: object) -> Part:
    part = Part(**_fields(found, {"file": str}, {"digest": str, "in_ms": int, "out_ms": int}))
    if part.file in {"", ".", ".."} or re.search(r"[/\\:]", part.file):
        raise ValueError(f"“{part.file}” is not the name of a file in this folder")
    start_ms = part.in_ms or 0
    if start_ms < 0 or (part.out_ms is not None and part.out_ms <= start_ms):
        raise ValueError(f"“in_ms” and “out_ms” of {part.file} are no stretch of time")
    return part


def _fields(
    found: object, needed: Mapping[str, type], optional: Mapping[str, type]
) -> dict[str, Any]:
    """Give a JSON object's fields, each of its kind; a null is as good as an absent field.

    Raises ValueError saying which field is missing, unknown or of another kind.
    """
    kinds = {**needed, **optional}
    given = {name: value for name, value in _typed(found, dict, "it").items() if value is not None}
    for name in given.keys() - kinds:
        raise ValueError(f"“{name}” is not known")
    for name in needed.keys() - given:
        raise ValueError(f"“{name}” is missing")
    return {name: _typed(value, kinds[name], name) for name, value in given.items()}


def _typed(value: Any, kind: type, name: str) -> Any:
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise ValueError(f"“{name}” is not {_KINDS[kind]}")
    return value


def _entry_lines(text: str, count: int) -> list[int | None]:
    """Give the line on which each take begins (the text is known to be JSON)."""
    lines: list[int | None] = []
    decoder = json.JSONDecoder()
    head = re.search(r'"takes"\s*:\s*\[', text)
    position = head.end() if head else len(text)
    while start := re.compile(r"[\s,]*([^\s,\]])").match(text, position):
        lines.append(text.count("\n", 0, start.start(1)) + 1)
        _, position = decoder.raw_decode(text, start.start(1))
    return (lines + [None] * count)[:count]
