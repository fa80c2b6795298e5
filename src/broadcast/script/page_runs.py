"""What is open on the way through a page: its elements, and the line that is being made."""

from __future__ import annotations

from dataclasses import dataclass, field

from broadcast.messages import Message
from broadcast.script.page_blocks import Names


@dataclass(slots=True)
class Element:
    """An element that is open: what it says of the text in it.

    ``holder`` is the block it is or stands in; ``aside`` marks one inside a line that is no part
    of the line's words.
    """

    why: Message | None = None
    names: Names = ()
    bold: bool = False
    unseen: bool = False
    holder: int = 0
    link: bool = False
    dateline: bool = False
    speaker: bool = False
    aside: bool = False
    raised: bool = False
    font: str = ""


@dataclass(slots=True)
class Run:
    """A line in the making; ``inside`` is the element in which its words begin."""

    pieces: list[tuple[str, bool]] = field(default_factory=list)
    inside: Element = field(default_factory=Element)
    number: int = 0
    prefix: str = ""
    gap: bool = True
    unlinked: list[str] = field(default_factory=list)
    in_cell_break: bool = False
    heads: int = 0
    ends_equation: bool = False

    @property
    def ends(self) -> str:
        """The words that were added last."""
        return self.pieces[-1][0] if self.pieces else ""
