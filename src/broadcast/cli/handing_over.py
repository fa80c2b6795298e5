"""Commands that hand a programme from one station to another: pack, unpack."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from broadcast.cli.app import NameArgument, StationOption, command, episode_named, station_here
from broadcast.cli.console import err, out
from broadcast.cli.help import help_text
from broadcast.cli.telling import Telling
from broadcast.messages import Message, counted

_ENDING = ".zip"


@command(
    "pack",
    help_text(
        "command.pack", "Put a programme into one file for another station: script, recordings."
    ),
)
def pack_(
    name: NameArgument,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help=help_text("option.pack.output", "The file to write; without it: NAME.zip, here."),
        ),
    ] = None,
    station: StationOption = None,
) -> None:
    from broadcast.production.public.pack import pack
    from broadcast.workspace import here

    workspace = station_here(station)
    episode = episode_named(name)
    target = output or Path()
    if target.is_dir():
        target /= f"{episode}{_ENDING}"
    with Telling() as telling:
        packed = pack(workspace, episode, target, telling)
    console = out()
    console.say(
        Message(
            "packed",
            "{name} is in {file} ({size:bytes}): its script, its recordings ({recordings}) and "
            "what was decided about them.",
            name=packed.name,
            file=here(packed.file),
            size=packed.size,
            recordings=packed.recordings,
        )
    )
    if packed.beside:
        console.say(
            Message("packed.beside", "also, as its script names it: {files}", files=packed.beside),
            indent=2,
        )
    if not packed.has_guid:
        err().say(
            Message(
                "packed.no-guid",
                "It was never built. Build it first if both stations are to publish it: only then "
                "is it one episode to subscribers.",
            )
        )


@command(
    "unpack",
    help_text(
        "command.unpack", "Take in a programme that another station packed; nothing is overwritten."
    ),
)
def unpack_(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help=help_text("option.unpack.file", "The file that came.")),
    ],
    as_name: Annotated[
        str | None,
        typer.Option(
            "--as",
            metavar="NAME",
            help=help_text("option.unpack.as", "The name it gets here, if not the one it had."),
        ),
    ] = None,
    station: StationOption = None,
) -> None:
    from broadcast.production.public.unpack import unpack

    workspace = station_here(station)
    with Telling() as telling:
        done = unpack(workspace, file, as_name, telling)
    console = out()
    if not done.is_news:
        console.say(
            Message("unpacked.nothing", "All of it is here already: {name}.", name=done.name)
        )
        return
    console.say(
        Message("unpacked", "{name} came from “{station}”.", name=done.name, station=done.station)
    )
    for place in done.added:
        console.write(f"  {place}")
    if done.takes:
        console.say(
            counted(
                "unpacked.takes",
                "one more take of its turns",
                "{count} more takes of its turns",
                count=done.takes,
            ),
            indent=2,
        )
    if done.same:
        console.say(
            counted(
                "unpacked.same",
                "one file was here as it is",
                "{count} files were here as they are",
                count=done.same,
            ),
            indent=2,
        )
    if done.holder:
        console.say(
            Message(
                "unpacked.holder",
                "Subscribers will take it for another episode than {name}, which has its identity "
                "here.",
                name=done.holder,
            )
        )
    console.say(Message("next", "Next:"))
    console.to_type("broadcast", "build", done.script)
