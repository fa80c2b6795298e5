"""What can be done about a problem of a script, for whoever wants it done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from broadcast.messages import Message

RemedyKind = Literal[
    "said-by",
    "leave-out",
    "keep",
    "as-words",
    "as-it-is",
    "title",
    "lead",
    "byline",
    "presenter",
    "reporter",
    "official",
    "one-person",
    "speaker",
    "language",
    "read",
    "edit",
    "clean",
]


@dataclass(frozen=True, slots=True)
class Remedy:
    """One thing to do about a problem, at its line.

    ``name`` is who, what or which word it is about, ``other`` what they are to be.
    """

    does: RemedyKind
    name: str = ""
    other: str = ""

    @property
    def told(self) -> Message:
        """What it does, as a button says it."""
        name, other = self.name, self.other
        match self.does:
            case "said-by":
                return Message("remedy.said-by", "Give it to {name}", name=name)
            case "leave-out":
                return Message("remedy.leave-out", "Leave it out, do not speak it")
            case "keep":
                return Message("remedy.keep", "Keep it, to be spoken")
            case "as-words":
                return Message("remedy.as-words", "It is words: put it to the turn above")
            case "as-it-is":
                return Message("remedy.as-it-is", "It is right so, keep it")
            case "title":
                return Message("remedy.title", "Make it the title")
            case "lead":
                return Message("remedy.lead", "Put it into the lead")
            case "byline":
                return Message("remedy.byline", "Make it the byline")
            case "presenter":
                return Message("remedy.presenter", "Make {name} the presenter", name=name)
            case "reporter":
                return Message("remedy.reporter", "Make {name} the reporter", name=name)
            case "official":
                return Message("remedy.official", "Make {name} the guest", name=name)
            case "one-person":
                return Message(
                    "remedy.one-person", "They are one: call both {name}", name=name, other=other
                )
            case "speaker":
                return Message("remedy.speaker", "{name} is a speaker", name=name)
            case "language":
                return Message("remedy.language", "Read it in {name:language}", name=name)
            case "read":
                return Message("remedy.read", "Write how “{name}” is read", name=name)
            case "edit":
                return Message("remedy.edit", "Mend these words")
            case "clean":
                return Message("remedy.clean", "Write each speaker’s name before the words")
