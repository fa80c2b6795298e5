"""The command about what a station's folder may do in its user's name: trust."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from broadcast.cli.app import command, station_here
from broadcast.cli.console import out
from broadcast.cli.help import help_text
from broadcast.messages import Message, counted


@command(
    "trust",
    help_text(
        "command.trust",
        "Let a station's folder run programs, send keys or send words to other addresses.",
    ),
)
def trust_(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="DIR",
            help=help_text("option.trust-dir", "The station's folder; without it: here."),
            show_default=False,
        ),
    ] = None,
    engines: Annotated[
        list[str] | None,
        typer.Option(
            "--engine",
            metavar="E",
            help=help_text("option.trust-engine", "An engine that the station does not name, too."),
        ),
    ] = None,
    revoke: Annotated[
        bool,
        typer.Option("--revoke", help=help_text("option.revoke", "Take back what was allowed.")),
    ] = False,
) -> None:
    from broadcast.production.desk.read_station import station_of
    from broadcast.production.desk.trust import decide, forget
    from broadcast.production.public.upload_target import wanted_of_upload
    from broadcast.production.voicing.voices import wanted_of

    workspace = station_here(folder)
    screen = out()
    if revoke:
        count = forget(workspace.root.resolve())
        screen.say(
            counted(
                "trust.revoked",
                "Taken back: {count} decision about what {dir} may do.",
                "Taken back: {count} decisions about what {dir} may do.",
                count=count,
                dir=workspace.root,
            )
            if count
            else Message("trust.nothing-kept", "Nothing was allowed to {dir}.", dir=workspace.root)
        )
        return
    station = station_of(workspace)
    wanted = (
        *wanted_of(workspace, station, engines or ()),
        *wanted_of_upload(workspace, station),
    )
    if not wanted:
        screen.say(
            Message(
                "trust.nothing-wanted",
                "{dir} wants nothing that you would have to allow.",
                dir=workspace.root,
            )
        )
        return
    for one in wanted:
        decide(one, allowed=True)
    screen.say(Message("trust.allowed", "As {dir} is set now, you allow it:", dir=workspace.root))
    for one in wanted:
        for what in one.told():
            screen.say(
                Message("trust.engine", "{engine} may {what}", engine=one.engine, what=what),
                indent=2,
            )
    screen.say(
        Message(
            "trust.until",
            "When any of that is changed, it is asked anew. To take it back: {command}",
            command="broadcast trust --revoke",
        )
    )
