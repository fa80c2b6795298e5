"""The command that gives a programme another name: rename."""

from __future__ import annotations

from typing import Annotated

import typer

from broadcast.cli.app import StationOption, command, station_here
from broadcast.cli.help import help_text
from broadcast.cli.other_name import rename_and_tell


@command(
    "rename",
    help_text(
        "command.rename",
        "Give a programme another name: script, draft, recordings, guid and page go along.",
    ),
)
def rename_(
    old: Annotated[
        str,
        typer.Argument(
            metavar="OLD", help=help_text("option.rename.old", "The name it has, or its script.")
        ),
    ],
    new: Annotated[
        str,
        typer.Argument(
            metavar="NEW",
            help=help_text(
                "option.rename.new", "The name it gets, or the script that was renamed."
            ),
        ),
    ],
    station: StationOption = None,
) -> None:
    rename_and_tell(station_here(station), old, new)
