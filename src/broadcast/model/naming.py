"""A turn, a role → what a producer is shown for it, in a table or at the head of a line."""

from __future__ import annotations

from typing import get_args

from broadcast.messages import Message
from broadcast.model.script import TurnName
from broadcast.model.units import Role, TurnKind

_ROLES: dict[Role, Message] = {
    "presenter": Message("role.presenter", "presenter"),
    "reporter": Message("role.reporter", "reporter"),
    "official": Message("role.official", "official"),
}


def short_name(turn: TurnName) -> Message:
    """Give how a turn is named where only turns are: "3", "lead"."""
    return turn.said if turn.n is None else Message("turn.short", "{n}", n=turn.n)


def about(turn: TurnName, what: Message | str) -> Message:
    """Say something about a turn: "3: …", "lead: …"."""
    if turn.n is None:
        return Message("turn.about-part", "{part}: {what}", part=turn.said, what=what)
    return Message("turn.about", "{n}: {what}", n=turn.n, what=what)


def name_at(place: str) -> TurnName:
    """Give the name of a turn that a record knows by its number, or by its kind."""
    kind = next((kind for kind in get_args(TurnKind) if kind == place), None)
    return TurnName(kind) if kind else TurnName("turn", int(place))


def role_name(role: Role) -> Message:
    """Give what a role is called: "presenter"."""
    return _ROLES[role]
