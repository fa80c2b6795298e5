"""What the words of a label say: whose label they are, and how surely they are one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from broadcast.messages import Message
from broadcast.model import Role


class Sureness(IntEnum):
    """How far a label can be trusted without looking at the rest of the script."""

    MAYBE = 1
    LIKELY = 2
    SURE = 3


@dataclass(frozen=True, slots=True)
class Form:
    """What the words of a label say.

    ``family`` names what a nameless label stands for (reporter, presenter, answer …). ``person``
    is the personal name ("" if none), ``title`` what stands before it, ``job`` what is said beside.
    ``declared`` labels are those the station or the front matter names.
    """

    sureness: Sureness
    known_by: Message
    role: Role | None = None
    family: str = ""
    person: str = ""
    title: str = ""
    job: str = ""
    declared: bool = False

    @property
    def says_part(self) -> bool:
        """Whether the label can be nothing but a speaker's: it says the part, or is declared."""
        return self.declared or bool(self.family)
