"""The head of a script as it was written → the same with one thing in it otherwise."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

import yaml

_HEAD = re.compile(
    r"(\s*---[ \t]*(?:\r\n|\n))(.*?)^(?:---|\.\.\.)[ \t]*\r?$", re.DOTALL | re.MULTILINE
)
_ITEM = re.compile(r"(?m)^(?=[ \t]*-[ \t])")
_INDENT = "  "
Person = Mapping[str, object]
Kind = TypeVar("Kind", dict[str, object], list[object])


@dataclass(frozen=True, slots=True)
class HeadText:
    """A text in three parts: up to its head, the head's lines, and what comes after them."""

    opening: str
    inner: str
    rest: str

    @classmethod
    def of(cls, text: str) -> HeadText:
        """Part a text; one without a head has an empty one."""
        if found := _HEAD.match(text):
            return cls(found[1], found[2], text[found.end(2) :])
        newline = "\r\n" if "\r\n" in text else "\n"
        return cls(f"---{newline}", "", f"---{newline * 2}{text}")

    def with_value(self, key: str, value: str) -> str:
        """Give the text with ``key: value`` ("": without it)."""
        return self._with_block(key, f"{key}: {quoted(value)}\n" if value else "", first=True)

    def with_pair(self, key: str, name: str, value: str) -> Iterator[str]:
        """Give the text with ``name: value`` in the block of a key ("": without it).

        First the line alone is changed, then the block is written anew.
        """
        block = self._block(key)
        entry = f"{_INDENT}{quoted(name)}: {quoted(value)}\n" if value else ""
        if block is None:
            yield self._with_block(key, f"{key}:\n{entry}")
            return
        lines = block.splitlines(keepends=True)
        own = [at for at, line in enumerate(lines) if at and _key_of(line) == name]
        for at in own:
            lines[at] = _indented_as(entry, lines[at])
        if not own:
            lines.append(_indented_as(entry, lines[-1] if len(lines) > 1 else _INDENT))
        yield self._with_block(key, "".join(lines) if len(lines) > 1 and any(lines[1:]) else "")
        pairs = {**_values(block, key, dict), name: value}
        kept = [f"{_INDENT}{quoted(one)}: {quoted(pairs[one])}\n" for one in pairs if pairs[one]]
        yield self._with_block(key, f"{key}:\n{''.join(kept)}" if kept else "")

    def with_person(self, name: str, changed: Callable[[Person], Person]) -> Iterator[str]:
        """Give the text with somebody changed in its people, or added: that item alone, or all."""
        block = self._block("people")
        if block is None:
            yield self._with_block("people", "people:\n" + _item(changed({"name": name}), _INDENT))
            return
        heading, *items = _ITEM.split(block)
        if items:
            people = [(_values(f"people:\n{item}", "people", list) or [""])[0] for item in items]
            at = next((n for n, one in enumerate(people) if _named(one)["name"] == name), None)
            indent = items[0][: len(items[0]) - len(items[0].lstrip())]
            who = {"name": name} if at is None else _named(people[at])
            place = len(items) if at is None else at
            items[place : place + 1] = [_item(changed(who), indent)]
            yield self._with_block("people", heading + "".join(items))
        people = _values(block, "people", list)
        found = [one for one in map(_named, people) if one["name"] == name]
        others = [one for one in map(_named, people) if one["name"] != name]
        everybody = [*others, changed(found[0] if found else {"name": name})]
        written = "".join(_item(one, _INDENT) for one in everybody)
        yield self._with_block("people", f"people:\n{written}")

    def _block(self, key: str) -> str | None:
        found = _block_of(key).search(self.inner)
        return found[0].replace("\r\n", "\n") if found else None

    def _with_block(self, key: str, block: str, *, first: bool = False) -> str:
        newline = "\r\n" if "\r\n" in self.opening else "\n"
        block = block.replace("\n", newline)
        found = _block_of(key).search(self.inner)
        end = 0 if first else len(self.inner)
        at, until = found.span() if found else (end, end)
        if at and not self.inner[:at].endswith("\n"):
            block = newline + block
        return self.opening + self.inner[:at] + block + self.inner[until:] + self.rest


def quoted(value: object) -> str:
    """Write a value so that YAML reads it as this text."""
    return json.dumps(value, ensure_ascii=False)


def _block_of(key: str) -> re.Pattern[str]:
    """Find a key with all that belongs to it: what stands further in, and items."""
    end = r"(?:\r?\n|\Z)"
    within = rf"(?:(?:[ \t]*\r?\n)*(?:[ \t]+|-[ \t])[^\r\n]*{end})*"
    return re.compile(rf"(?m)^{key}[ \t]*:[^\r\n]*{end}{within}")


def _key_of(line: str) -> str | None:
    found = _values(line.strip(), "", dict)
    return next(iter(found), None) if len(found) == 1 else None


def _values(text: str, key: str, kind: type[Kind]) -> Kind:
    try:
        value = yaml.load(text, Loader=yaml.BaseLoader)
    except yaml.YAMLError:
        value = None
    if key and isinstance(value, dict):
        value = value.get(key)
    return value if isinstance(value, kind) else kind()


def _named(person: object) -> Person:
    return person if isinstance(person, dict) and "name" in person else {"name": str(person)}


def _item(person: Person, indent: str) -> str:
    """Write somebody as an item: names and lists in quotes, so that any of them is text."""
    lines = [f"{key}: {quoted(value) if key != 'role' else value}" for key, value in person.items()]
    return "".join(
        f"{indent}{'  ' if number else '- '}{line}\n" for number, line in enumerate(lines)
    )


def _indented_as(entry: str, line: str) -> str:
    indent = line[: len(line) - len(line.lstrip())] or _INDENT
    return f"{indent}{entry.lstrip()}" if entry else ""
