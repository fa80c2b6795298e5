"""A TOML file → its values, and in which line each stands, which TOML readers do not tell."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from broadcast.errors import BroadcastError
from broadcast.messages import Message
from broadcast.messages.system_reasons import toml_reason


class Source:
    """A TOML file's lines, and which of them belong to which table. Lines count from 0."""

    def __init__(self, text: str) -> None:
        self.lines = text.splitlines() or [""]
        # What is commented out is not set.
        self.settings = ["" if line.lstrip().startswith("#") else line for line in self.lines]
        self.whole = range(len(self.lines))
        self._headers = [
            (number, found[1].replace(" ", "").replace('"', ""))
            for number, line in enumerate(self.settings)
            if (found := re.match(r"\s*\[+\s*([^\]=,]+?)\s*\]+\s*(#.*)?$", line))
        ]

    def under(self, name: str, nth: int = 0) -> range | None:
        """Give the lines from the ``nth`` header of table ``name`` to the next header."""
        starts = [number for number, header in self._headers if header == name]
        if nth >= len(starts):
            return None
        later = [number for number, _ in self._headers if number > starts[nth]]
        return range(starts[nth], later[0] if later else len(self.lines))

    def line_of(self, key: str, among: range) -> range | None:
        """Give the line in which ``key`` is set, alone or in braces, or stands as a text.

        The header of a table of that name counts, wherever it is.
        """
        name = re.escape(key)
        for pattern in (
            rf"^\s*[\"']?{name}[\"']?\s*[=.]",
            rf"[{{,.]\s*[\"']?{name}[\"']?\s*=",
            rf"[\"']{name}[\"']",
            rf"\{{{name}\}}",
        ):
            for number in among:
                if re.search(pattern, self.settings[number]):
                    return range(number, number + 1)
        for number, header in self._headers:
            if key in header.split("."):
                return range(number, number + 1)
        return None


def line_of_setting(file: Path, table: str, key: str) -> int | None:
    """Give the line (from 1) in which ``key`` of ``table`` is set."""
    source = Source(_text(file))
    found = source.line_of(key, source.under(table) or source.whole)
    return found.start + 1 if found else None


def line_of_voice(file: Path, voice: str) -> int | None:
    """Give the line (from 1) that names a voice such as vi+f2: all of it, its variant, its base."""
    source = Source(_text(file))
    base, plus, variant = voice.partition("+")
    for name in (voice, plus + variant, base):
        for number in source.whole:
            if name and re.search(rf"[\"']{re.escape(name)}[\"']", source.settings[number]):
                return number + 1
    return None


def _text(file: Path) -> str:
    data = file.read_bytes()
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise BroadcastError(
            Message("toml.not-utf8", "The file is not UTF-8."),
            file=file,
            line=data.count(b"\n", 0, error.start) + 1,
            hint=Message(
                "toml.not-utf8.hint",
                "Save it again as UTF-8: in Notepad under “Save as”, “Encoding”.",
            ),
        ) from error


def read_toml(file: Path) -> tuple[dict[str, Any], Source]:
    """Read a TOML file, and keep its text to say where things stand.

    Raises BroadcastError naming the line for what is not UTF-8 or not TOML.
    """
    source = _text(file)
    try:
        return tomllib.loads(source), Source(source)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at line (\d+), column \d+\)", str(error))
        line = int(place[1]) if place else source.count("\n") + 1
        message, hint = _slip(str(error).split(" (at")[0], source.splitlines()[line - 1 : line])
        raise BroadcastError(message, file=file, line=line, hint=hint) from error


def _slip(reason: str, lines: Sequence[str]) -> tuple[Message, Message]:
    """Say what a TOML reader stumbled over, in other words than a programmer's."""
    line = "".join(lines)
    if reason == "Cannot overwrite a value":
        return (
            Message("toml.setting-twice", "This setting stands twice."),
            Message("toml.setting-twice.hint", "Take one of the two away."),
        )
    if twice := re.match(r"Cannot declare \((.+?),?\) twice", reason):
        name = twice[1].replace("'", "").replace(", ", ".")
        return (
            Message("toml.table-twice", "[{name}] stands twice.", name=name),
            Message(
                "toml.table-twice.hint", "Put its settings together under one [{name}].", name=name
            ),
        )
    return Message(
        "toml.unreadable", "Not valid TOML: {reason}.", reason=toml_reason(reason)
    ), _likely(line)


def _likely(line: str) -> Message:
    """Say how to mend the slip that people make most often in such a line."""
    if re.search(r"[“”„]", line):
        return Message("toml.curly-quotes.hint", 'Use plain quotes: "…", not “…”.')
    if "\\" in line:
        return Message("toml.backslash.hint", "Write / instead of \\ in the names of files.")
    if re.search(r"=\s*(True|False|TRUE|FALSE|yes|no|on|off)\b", line):
        return Message("toml.flag.hint", "Write true or false.")
    if re.search(r"=\s*-?\d+,\d", line):
        return Message("toml.decimal-comma.hint", "Write numbers with a point: -16.5.")
    return Message(
        "toml.unreadable.hint",
        'Texts need "quotes" and every setting its own line: name = value.',
    )
