"""Turns with their labels, and the people being put together from them, on the way to speakers."""

from __future__ import annotations

from dataclasses import dataclass, field

from broadcast.messages import Message
from broadcast.model import Person, Role
from broadcast.script.label_forms import Form


@dataclass(slots=True)
class LabelledPerson:
    """One person being put together from labels: ``form`` is that of the fullest label.

    ``key`` is the personal name, folded, without a form of address or a job: turns are known by it.
    ``called`` are the words of the name alone, as "bright" of "Superintendent Bright".
    """

    name: str
    form: Form
    key: tuple[str, ...]
    labels: list[str] = field(default_factory=list)
    called: tuple[str, ...] = ()
    person: Person | None = None
    questions: int = 0
    turns: int = 0
    role: Role = "official"
    why: Message = field(init=False)


@dataclass(frozen=True, slots=True)
class LabelledTurn:
    """A turn as its label and words were met, before it is known whose they are."""

    label: str
    form: Form
    words: str
