"""A text that is no YAML, or whose values want quotes → what is wrong, and how to write it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import yaml

from broadcast.messages import Message
from broadcast.messages.system_reasons import yaml_reason
from broadcast.model import Problem

_PAIR = re.compile(r"\s*(?:- )?(?P<key>[\w ]{1,40}?)\s*:\s+(?P<value>.*)")
"""A line of "key: value", or the first of an item of a list."""
_COMMENT = re.compile(r"(?:^|(?<=\s))#.*")
_WORDS = {"title", "description", "name"}


def _wants_quotes(line: str) -> bool:
    """Whether a line is a key with a value that YAML reads signs of, and that is in no brackets."""
    found = _PAIR.match(line)
    value = found["value"].strip() if found is not None else ""
    return bool(value) and re.search(r"[:#\"'@`%&*!|>{}\[\],?-]", value) is not None


def unquoted(value: str) -> str:
    """Give a value without the quotes around it, or without one that has no other."""
    value = value.strip()
    if value[:1] in {'"', "'"} and value.count(value[0]) <= 2:
        return value[1:-1] if value[1:].endswith(value[0]) else value[value.count(value[0]) % 2 :]
    return value


def unreadable(text: str, first: int, wrong: yaml.YAMLError) -> Problem:
    """Say which line of a text is no YAML; nearly always its value wants quotes.

    ``first`` is the line of the file that the text begins on.
    """
    mark = getattr(wrong, "problem_mark", None)
    lines = text.split("\n")
    at = min(mark.line, len(lines) - 1) if mark is not None else 0
    plain = next((one for one in (at, at - 1) if one >= 0 and _wants_quotes(lines[one])), None)
    if plain is not None and (found := _PAIR.match(lines[plain])):
        value = unquoted(found["value"]).replace("\\", "\\\\").replace('"', '\\"')
        return Problem(
            first + plain,
            "error",
            Message(
                "front.value-wants-quotes",
                "the value of “{key}” must be put in quotes: YAML reads a sign in it as its own",
                key=found["key"],
            ),
            _to_write(found["key"], value),
        )
    return Problem(
        first + at,
        "error",
        _told(wrong),
        Message(
            "front.no-yaml.hint",
            'Write one "key: value" on each line; put a value with a colon in quotes.',
        ),
    )


def cut_off(node: yaml.Node, lines: Sequence[str], first: int) -> Iterator[Problem]:
    """Tell of what stands after " #" in a value: it is a comment there, and often meant.

    ``first`` is the line of the file that ``lines`` begin on.
    """
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from cut_off(item, lines, first)
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        yield from cut_off(value, lines, first)
        at = key.start_mark.line
        found = _PAIR.match(lines[at])
        if found is None or not isinstance(value, yaml.ScalarNode) or value.style is not None:
            continue
        comment = _COMMENT.search(found["value"])
        if comment and (key.value in _WORDS or not comment[0][1:].startswith((" ", "\t"))):
            yield Problem(
                first + at,
                "warning",
                Message(
                    "front.comment",
                    "“{words}” is left out: YAML takes it for a comment; if it belongs to "
                    "the value, put the value in quotes",
                    words=comment[0].strip(),
                ),
                _to_write(found["key"], found["value"].strip()),
            )


def _told(wrong: yaml.YAMLError) -> Message:
    reason = getattr(wrong, "problem", None)
    if not reason:
        return Message("front.no-yaml", "the front matter is not proper YAML: it cannot be read")
    return Message(
        "front.no-yaml-because",
        "the front matter is not proper YAML: {reason}",
        reason=yaml_reason(reason),
    )


def _to_write(key: str, value: str) -> Message:
    """Say how a line is to be written."""
    return Message("front.write", 'Write: {key}: "{value}"', key=key, value=value)
