"""What a line of a document can be, and who has spoken last once it is that."""

from __future__ import annotations

from typing import Literal, get_args

Tag = Literal[
    "title", "lead", "byline", "left out", "label", "asks", "answers", "presents", "asks on",
    "answers on",
]  # fmt: skip
TAGS: tuple[Tag, ...] = get_args(Tag)
"""What a line can be. ``label``: it begins a turn under its label; ``asks``, ``answers`` and
``presents`` begin one without; ``… on`` go on with the one above."""

Who = Literal["start", "titled", "asker", "answerer", "thanked", "over"]
"""Who has spoken last: nobody yet (without or with a title), or nobody speaks any more."""

State = tuple[Tag, Who]


def part_of(state: State) -> str:
    """The part of the programme that a line is in: "asks" and "answers" are those who speak."""
    tag, who = state
    if tag in ("title", "lead", "byline", "left out"):
        return tag
    return "answers" if who == "answerer" else "asks"
