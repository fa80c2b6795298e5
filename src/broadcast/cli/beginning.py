"""The command that makes a station: init."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from broadcast.cli.app import command, language_tag, station_here
from broadcast.cli.console import on_terminal, out
from broadcast.cli.help import help_text
from broadcast.cli.interface import speak_in, wished
from broadcast.messages import Message


@command(
    "init", help_text("command.init", "Make a new station: settings, lexicon and a sample script.")
)
def init_(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="DIR",
            help=help_text("option.dir", "Its folder; without it: here."),
            show_default=False,
        ),
    ] = Path(),
    title: Annotated[
        str | None,
        typer.Option(
            "--title",
            metavar="TEXT",
            help=help_text("option.title", "The show's title, as listeners see it."),
        ),
    ] = None,
    author: Annotated[
        str | None,
        typer.Option(
            "--author", metavar="TEXT", help=help_text("option.author", "The station's name.")
        ),
    ] = None,
    email: Annotated[
        str | None,
        typer.Option(
            "--email",
            metavar="ADDRESS",
            help=help_text("option.email", "Its e-mail address, which everybody can read."),
        ),
    ] = None,
    lang: Annotated[
        str | None,
        typer.Option(
            "--lang",
            metavar="LANG",
            help=help_text(
                "option.interface", "The language it speaks to its people, as in station.toml."
            ),
        ),
    ] = None,
) -> None:
    from broadcast.cli.own_values import asked_for, tell_samples
    from broadcast.production.desk.new_station import init, is_station

    given = {"title": title, "author": author, "email": email}
    own = {key: value for key, value in given.items() if value is not None}
    interface = language_tag(lang) or wished()
    if lang is not None:
        speak_in(interface)
    if not own and on_terminal() and not is_station(folder):
        own = asked_for()
    written = init(folder, interface, own)
    made = station_here(folder)  # from here on it is spoken to as the station has it
    console = out()
    if written is None:
        console.say(
            Message(
                "init.is-one", "{folder} is a station already; nothing was changed.", folder=folder
            )
        )
        return
    console.say(Message("init.done", "{folder} is now a station.", folder=folder))
    for file in written:
        console.write(f"  {file}")
    script = next((file for file in written if file.parent.name == "scripts"), None)
    if script:
        console.say(Message("next", "Next:"))
        if folder != Path():
            console.to_type("cd", str(folder))
        console.to_type("broadcast", "build", script.relative_to(folder).as_posix())
        told = Message("next.in-browser", "Or go on in a browser, with no more to type:")
        console.say(told)
        console.to_type("broadcast", "studio")
    tell_samples(made)
