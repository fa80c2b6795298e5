"""The command that learns how the station's people sound: learn."""

from __future__ import annotations

from typing import Annotated

import typer

from broadcast.cli.app import StationOption, command, station_here
from broadcast.cli.console import out, print_error
from broadcast.cli.help import help_text
from broadcast.cli.telling import Telling
from broadcast.errors import BroadcastError, UsageError
from broadcast.messages import Message, counted
from broadcast.messages.lengths import said_length


@command(
    "learn",
    help_text(
        "command.learn",
        "Learn from the recordings in use how the station's people sound: align finds them better.",
    ),
)
def learn_(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME]...",
            help=help_text("option.learn.names", "Only of these programmes; else of all."),
        ),
    ] = None,
    forget: Annotated[
        bool,
        typer.Option("--forget", help=help_text("option.forget", "Forget what was learnt.")),
    ] = False,
    station: StationOption = None,
) -> None:
    from broadcast.production.booth.learn_voices import (
        Learnt,
        forget_known_voices,
        keep_known_voices,
        taught_by,
    )
    from broadcast.production.desk.find_script import recorded_scripts, script_file
    from broadcast.production.desk.inputs import read_inputs

    workspace = station_here(station)
    if forget:
        if names:
            raise UsageError(
                Message("learn.forget-all", "--forget forgets all that was learnt: give no name.")
            )
        had = forget_known_voices(workspace)
        out().say(
            Message("learn.forgotten", "What was learnt is forgotten.")
            if had
            else Message("learn.nothing-kept", "Nothing was learnt yet.")
        )
        return
    files = [script_file(workspace, name) for name in names or ()] or recorded_scripts(workspace)
    whole = Learnt()
    with Telling() as telling:
        for file in files:
            try:
                whole = whole.plus(taught_by(read_inputs(workspace, file, telling), telling))
            except BroadcastError as error:
                if names:
                    raise
                print_error(error)  # others teach all the same
    if whole.prior is None:
        raise UsageError(
            Message("learn.nothing", "There is no recording to learn from."),
            hint=Message(
                "learn.nothing.hint",
                "Recordings teach that are in use, three seconds long or more, with the script's "
                "present words and no doubt about them: see broadcast takes NAME",
            ),
        )
    keep_known_voices(workspace, whole.prior)
    out().say(
        counted(
            "learn.learnt",
            "Learnt from {length} of speech in one recording.",
            "Learnt from {length} of speech in {count} recordings.",
            count=whole.takes,
            length=said_length(whole.prior.duration_ms),
        )
    )
    out().say(
        Message(
            "learn.kept",
            "Kept in {file}: sums only, of which no sound can be made. To forget it: "
            "broadcast learn --forget",
            file=workspace.relative(workspace.known_voices),
        )
    )
