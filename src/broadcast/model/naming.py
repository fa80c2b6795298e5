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


def short_name_at(place: str) -> Message:
    """Give the same for a turn that a record knows by its number, or by its kind."""
    kind = next((kind for kind in get_args(TurnKind) if kind == place), None)
    return TurnName(kind).said if kind else Message("turn.short", "{n}", n=place)


def role_name(role: Role) -> Message:
    """Give what a role is called: "presenter"."""
    return _ROLES[role]
