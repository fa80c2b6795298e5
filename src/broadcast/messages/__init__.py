"""What is said to people, as values: a template with named values, and a code that stays.

A message is made where its reason is known and becomes text only where it is shown
(``rendering``). Code that must know what was said looks at ``code`` or, better, at a value of its
own; nobody reads meaning out of text.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TypeAlias

__all__ = ["Message", "Value", "counted", "verbatim"]

One: TypeAlias = "str | int | float | Message"
Value: TypeAlias = "One | tuple[One, ...]"
"""What a place in a template may be filled with; a tuple is shown as a list."""


@dataclass(frozen=True, slots=True, init=False)
class Message:
    """One thing to say: ``template`` is its English, with the names of ``values`` in braces.

    ``code`` names the message for other programs and in the catalogues, and does not change when
    its words do. With ``plural``, ``template`` is said when the value ``count`` is one. A place may
    have a format: one of Python's, or one that ``rendering`` has for lists, lengths and times.
    """

    code: str
    template: str
    # Written out, for the cache reads messages by their types and knows no names for unions.
    values: dict[str, str | int | float | Message | tuple[str | int | float | Message, ...]]
    plural: str = ""

    def __init__(self, code: str, template: str, /, **values: Value | os.PathLike[str]) -> None:
        object.__setattr__(self, "code", code)
        object.__setattr__(self, "template", template)
        plain = {
            name: os.fspath(value) if isinstance(value, os.PathLike) else value
            for name, value in values.items()
        }
        object.__setattr__(self, "values", plain)
        object.__setattr__(self, "plural", "")

    def __hash__(self) -> int:
        return hash((self.code, *self.values.items()))

    def __str__(self) -> str:
        """Give it in English: for a traceback, a log, a test."""
        from broadcast.messages.rendering import ENGLISH

        return ENGLISH.text(self)


def counted(
    code: str, one: str, many: str, /, *, count: int, **values: Value | os.PathLike[str]
) -> Message:
    """Give a message that is said otherwise of one thing than of several; {count} is how many."""
    message = Message(code, one, count=count, **values)
    object.__setattr__(message, "plural", many)
    return message


def verbatim(text: str) -> Message:
    """Give words that are not ours (of the system, another program) as a message, as they are."""
    return Message("verbatim", "{text}", text=text)
