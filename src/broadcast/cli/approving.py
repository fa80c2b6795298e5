"""The command by which somebody answers for a programme: approve."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from broadcast.cli.app import NameArgument, StationOption, command, episode_named, station_here
from broadcast.cli.console import out
from broadcast.cli.help import help_text
from broadcast.cli.telling import Telling
from broadcast.messages import Message

if TYPE_CHECKING:
    from broadcast.production.public.approve import Approved


@command(
    "approve",
    help_text(
        "command.approve",
        "Say by name that a draft was heard and may go on air; any later change takes it back.",
    ),
)
def approve_(
    name: NameArgument,
    by: Annotated[
        str,
        typer.Option(
            "--by",
            metavar="WHO",
            help=help_text("option.by", "Who answers for it: name and office."),
        ),
    ],
    station: StationOption = None,
) -> None:
    from broadcast.cli.before_publishing import show_summary
    from broadcast.production.public.approve import approve
    from broadcast.production.public.summary import summary_of

    workspace, now, named = station_here(station), datetime.now().astimezone(), episode_named(name)
    with Telling() as telling:
        summary = summary_of(workspace, named, None, now, telling)
    if summary is not None:
        show_summary(named, summary)
    seen = summary.record if summary else None
    with Telling() as telling:
        done = approve(workspace, named, by, now, telling, seen=seen)
    _tell(named, done)


def _tell(name: str, done: Approved) -> None:
    console, by = out(), done.approval.by
    if done.is_new:
        console.say(
            Message("approve.done", "{name} as it is now is approved by {by}.", name=name, by=by)
        )
    else:
        console.say(
            Message(
                "approve.before",
                "{by} approved this draft of {name} before; nothing changed.",
                name=name,
                by=by,
            )
        )
    console.say(
        Message(
            "approve.next",
            "Any change of it takes that back. To give it to listeners: broadcast publish {name}",
            name=name,
        )
    )
