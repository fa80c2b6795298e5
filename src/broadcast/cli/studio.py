"""The command that opens the studio in a browser: studio."""

from __future__ import annotations

from contextlib import suppress
from typing import Annotated

import typer

from broadcast.cli.app import StationOption, command, station_here
from broadcast.cli.console import out
from broadcast.cli.help import WholeNumber, help_text
from broadcast.cli.interface import renderer
from broadcast.messages import Message


@command(
    "studio",
    help_text("command.studio", "Work on the station in a browser of this machine."),
)
def studio_(
    port: Annotated[
        int | None,
        typer.Option(
            "--port",
            click_type=WholeNumber(0, 65535),
            metavar="N",
            help=help_text(
                "option.studio.port", "At which port: 8010 if it is free. 0 takes a free one."
            ),
        ),
    ] = None,
    no_browser: Annotated[
        bool,
        typer.Option(
            "--no-browser",
            help=help_text("option.no-browser", "Only print the address; open no browser."),
        ),
    ] = False,
    station: StationOption = None,
) -> None:
    from broadcast.studio.server import run_studio

    workspace = station_here(station)

    def opened(address: str) -> None:
        console = out()
        console.say(Message("studio.at", "The studio is at {address}", address=address))
        console.say(Message("studio.until", "Only this machine can reach it. Ctrl-C ends it."))
        if not no_browser:
            import webbrowser

            webbrowser.open(address)

    with suppress(KeyboardInterrupt):
        run_studio(workspace, renderer(), port, opened)
