"""Commands about how words are said: spoken, lexicon."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from broadcast.cli.app import (
    StationOption,
    app,
    command,
    language_tag,
    station_here,
    station_if_any,
)
from broadcast.cli.console import err, out
from broadcast.cli.help import HelpfulGroup, help_text
from broadcast.cli.telling import Telling
from broadcast.messages import Message, counted

if TYPE_CHECKING:
    from broadcast.spoken import UnknownWord

lexicon_app = typer.Typer(
    cls=HelpfulGroup,
    help=help_text("command.lexicon", "The station's pronunciations."),
    no_args_is_help=True,
)
app.add_typer(lexicon_app, name="lexicon")


@command(
    "spoken", help_text("command.spoken", "Show how a text will be said: a line in, a line out.")
)
def spoken_(
    text: Annotated[
        str | None,
        typer.Argument(
            metavar="TEXT",
            help=help_text("option.spoken.text", "Without it: lines from standard input."),
        ),
    ] = None,
    language: Annotated[
        str | None,
        typer.Option(
            "--lang",
            metavar="LANG",
            help=help_text("option.spoken.lang", "The text's language: vi, en, …"),
        ),
    ] = None,
    station: StationOption = None,
) -> None:
    from broadcast.production.voicing.lexicon import speaker_of_lines

    spoken, limits = speaker_of_lines(station_if_any(station), language_tag(language))
    if limits:
        err().say(limits)
    if text is not None:
        typer.echo(spoken(text).text)
        return
    # UTF-8 whatever the system's own encoding: that is what scripts and other programs send.
    for line in sys.stdin.buffer:
        typer.echo(spoken(line.decode("utf-8-sig", "replace").rstrip("\r\n")).text)


@command(
    "add",
    help_text("command.lexicon.add", "Note how this station says a name or an abbreviation."),
    group=lexicon_app,
)
def add_(
    written: Annotated[
        str,
        typer.Argument(
            metavar="WRITTEN", help=help_text("option.written", "As it stands in scripts.")
        ),
    ],
    spoken: Annotated[
        str, typer.Argument(metavar="SPOKEN", help=help_text("option.add.spoken", "As it is said."))
    ],
    station: StationOption = None,
) -> None:
    from broadcast.production.voicing.lexicon import add_to_lexicon

    with Telling() as telling:
        before = add_to_lexicon(station_here(station), written, spoken, telling)
    told = Message("lexicon.said", "{word} is now said: {spoken}", word=written, spoken=spoken)
    if before:
        told = Message(
            "lexicon.said-otherwise",
            "{word} is now said: {spoken} (before: {before})",
            word=written,
            spoken=spoken,
            before=before,
        )
    out().say(told)


@command(
    "unknown",
    help_text(
        "command.lexicon.unknown",
        "List names and abbreviations of a script that nothing says how to say.",
    ),
    group=lexicon_app,
)
def unknown_(
    script: Annotated[
        str,
        typer.Argument(
            metavar="SCRIPT", help=help_text("option.unknown.script", "The script's file.")
        ),
    ],
    station: StationOption = None,
) -> None:
    from broadcast.production.desk.find_script import script_file
    from broadcast.production.voicing.lexicon import unknown_in

    workspace = station_here(station)
    unknown = unknown_in(workspace, script_file(workspace, script))
    console = out()
    if not unknown:
        console.say(
            Message(
                "lexicon.all-known", "Every abbreviation that was found in this script is known."
            )
        )
        return
    for word in unknown:
        console.say(_told(word))
    console.say(Message("lexicon.how", 'To say how: broadcast lexicon add "WRITTEN" "SPOKEN"'))


def _told(word: UnknownWord) -> Message:
    if word.spoken == word.written:
        return counted(
            "lexicon.as-it-stands",
            "{word}  (line {lines}), now said as it stands",
            "{word}  (lines {lines}), now said as it stands",
            count=len(word.lines),
            word=word.written,
            lines=tuple(word.lines),
        )
    return counted(
        "lexicon.said-now",
        "{word}  (line {lines}), now said “{spoken}”",
        "{word}  (lines {lines}), now said “{spoken}”",
        count=len(word.lines),
        word=word.written,
        lines=tuple(word.lines),
        spoken=word.spoken,
    )
