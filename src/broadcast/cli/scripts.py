"""Commands about scripts: check, import."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from broadcast.cli.app import StationOption, command, station_here
from broadcast.cli.console import (
    Screen,
    make_table,
    named,
    out,
    print_json,
    print_problem,
    shortened,
)
from broadcast.cli.explaining import show_explained
from broadcast.cli.help import WholeNumber, help_text
from broadcast.cli.interface import text_of
from broadcast.cli.readings import show_readings
from broadcast.messages import Message, counted
from broadcast.messages.rendering import clock
from broadcast.workspace import here

if TYPE_CHECKING:
    from broadcast.model import Speaker
    from broadcast.production.desk.check_script import Checked

_MOST_ROWS = 1_000


@command(
    "check",
    help_text(
        "command.check",
        "Show how a script is understood: turns, speakers, cues, dropped lines, problems, length.",
    ),
)
def check_(
    script: Annotated[
        str,
        typer.Argument(
            metavar="SCRIPT", help=help_text("option.check.script", "The script's file.")
        ),
    ],
    as_json: Annotated[
        bool, typer.Option("--json", help=help_text("option.json", "Print one JSON document."))
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help=help_text("option.strict", "Warnings fail too."))
    ] = False,
    spoken: Annotated[
        bool,
        typer.Option(
            "--spoken",
            help=help_text("option.spoken", "Show every reading that was changed, and why."),
        ),
    ] = False,
    explain: Annotated[
        int | None,
        typer.Option(
            "--explain",
            metavar="LINE",
            click_type=WholeNumber(1),
            help=help_text(
                "option.check.explain", "Show why a line was taken for what it is, and how surely."
            ),
        ),
    ] = None,
    station: StationOption = None,
) -> None:
    from broadcast.production.desk.check_script import check
    from broadcast.production.desk.find_script import script_file

    workspace = station_here(station)
    checked = check(workspace, script_file(workspace, script), readings=spoken, explain=explain)
    if as_json:
        print_json(checked.document())
    elif checked.explained is not None:
        show_explained(checked)
    else:
        _show(checked, spoken=spoken)
    if explain is not None:
        return
    levels = {problem.level for problem in checked.problems}
    if "error" in levels or (strict and "warning" in levels):
        raise typer.Exit(1)


def _show(checked: Checked, *, spoken: bool) -> None:
    script = checked.script
    console = out()
    if script.title:
        console.say(Message("check.title", "Title: {title}", title=script.title))
    _show_turns(console, checked)
    for speaker in script.speakers:
        console.say(_told(speaker))
    if checked.cues:
        console.write()
        console.say(Message("check.cues", "Cues:"))
        for one in checked.cues:
            told = Message(
                "check.cue",
                "line {line}: {text}: {does}",
                line=one.cue.line,
                text=shortened(one.cue.written, 60),
                does=one.does,
            )
            console.say(told, indent=2)
    if script.dropped:
        console.write()
        console.say(Message("check.dropped", "Not spoken:"))
        for dropped in script.dropped:
            told = Message(
                "check.dropped-line",
                "line {line}: {text} ({why})",
                line=dropped.line,
                text=shortened(dropped.text, 60),
                why=dropped.why,
            )
            console.say(told, indent=2)
    if spoken:
        show_readings(console, checked)
    if checked.problems:
        console.write()
    for problem in checked.problems:
        print_problem(console, script.file, problem)
    console.write()
    console.say(
        Message("check.length", "About {length:clock} on air.", length=checked.estimated_ms)
    )


def _told(speaker: Speaker) -> Message:
    """Say who somebody is, how that is known, and how else the script names them."""
    from broadcast.model.naming import role_name

    name, role = speaker.name, role_name(speaker.role)
    also = tuple(label for label in speaker.labels if label != name)
    if not also:
        return Message(
            "check.speaker",
            "{name}: {role}, {known_by}",
            name=name,
            role=role,
            known_by=speaker.known_by,
        )
    return Message(
        "check.speaker-also",
        "{name}: {role}, {known_by}; also written {labels}",
        name=name,
        role=role,
        known_by=speaker.known_by,
        labels=also,
    )


def _show_turns(console: Screen, checked: Checked) -> None:
    from broadcast.model.naming import role_name, short_name

    persons = {speaker.name: speaker.person for speaker in checked.script.speakers}
    rows = [
        (
            text_of(short_name(turn.name)),
            str(turn.line),
            text_of(role_name(turn.role)),
            named(turn.speaker, persons.get(turn.speaker, ""), 24),
            shortened(turn.text, max(12, console.console.width - 66)),
            clock(expected_ms),
        )
        for turn, expected_ms in zip(checked.script.turns, checked.turns_ms, strict=True)
    ]
    if len(rows) > _MOST_ROWS:
        # Laying out a table of twenty thousand rows takes far longer than reading the script.
        console.write("\n".join("  ".join(row) for row in rows))
        return
    table = make_table(
        Message("column.turn", "turn"),
        Message("column.line", "line"),
        Message("column.role", "role"),
        Message("column.who", "who"),
        Message("column.first-words", "first words"),
        Message("column.about", "about"),
        right=(0, 1, 5),
    )
    for row in rows:
        table.add_row(*row)
    console.show(table)


@command(
    "import",
    help_text("command.import", "Write any script as a clean one, easy to read and to edit."),
)
def import_(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE", help=help_text("option.file", "Any script; - is standard input.")
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="SCRIPT",
            help=help_text("option.import.output", "Where to write; default: scripts/."),
        ),
    ] = None,
    station: StationOption = None,
) -> None:
    from broadcast.production.desk.import_script import clean_script

    workspace = station_here(station)
    script, written = clean_script(workspace, file, output)
    console = out()
    for problem in script.problems:
        print_problem(console, file, problem)
    told = Message(
        "imported",
        "Written: {file} ({turns}, {dropped})",
        file=here(written),
        turns=counted(
            "imported.turns", "{count} turn", "{count} turns", count=len(script.of_kind("turn"))
        ),
        dropped=counted(
            "imported.dropped",
            "{count} line left out",
            "{count} lines left out",
            count=len(script.dropped),
        ),
    )
    console.say(told)
    console.say(Message("imported.next", "Next: broadcast check {file}", file=here(written)))
