"""Commands about scripts: check, import."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from broadcast.cli.app import StationOption, command, station_here
from broadcast.cli.console import (
    Screen,
    ending,
    make_table,
    out,
    print_json,
    print_problem,
    shortened,
)
from broadcast.cli.help import help_text
from broadcast.messages.rendering import clock

if TYPE_CHECKING:
    from broadcast.model import Reading, Sentence
    from broadcast.production.desk.check_script import Checked

_MOST_ROWS = 1_000


@command(
    "check",
    help_text(
        "command.check",
        "Show how a script is understood: turns, speakers, dropped lines, problems, length.",
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
    station: StationOption = None,
) -> None:
    from broadcast.production.desk.check_script import check
    from broadcast.production.desk.find_script import script_file

    workspace = station_here(station)
    checked = check(workspace, script_file(workspace, script), readings=spoken)
    if as_json:
        print_json(checked.document())
    else:
        _show(checked, spoken=spoken)
    levels = {problem.level for problem in checked.problems}
    if "error" in levels or (strict and "warning" in levels):
        raise typer.Exit(1)


def _show(checked: Checked, *, spoken: bool) -> None:
    script = checked.script
    console = out()
    if script.title:
        console.print(f"Title: {script.title}")
    _show_turns(console, checked)
    for speaker in script.speakers:
        labels = ", ".join(label for label in speaker.labels if label != speaker.name)
        also = f"; also written {labels}" if labels else ""
        console.print(f"{speaker.name}: {speaker.role}, {speaker.known_by}{also}")
    if script.dropped:
        console.print("\nNot spoken:")
        for dropped in script.dropped:
            console.print(f"  line {dropped.line}: {shortened(dropped.text, 60)} ({dropped.why})")
    if spoken:
        _show_readings(console, checked)
    if checked.problems:
        console.print()
    for problem in checked.problems:
        print_problem(console, script.file, problem)
    console.print(f"\nAbout {clock(checked.estimated_ms)} on air.")


def _show_turns(console: Screen, checked: Checked) -> None:
    rows = [
        (
            str(turn.n or turn.kind),
            str(turn.line),
            turn.role,
            ending(turn.speaker, 24),
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
        "turn", "line", "role", "who", "first words", "about", right=("turn", "line", "about")
    )
    for row in rows:
        table.add_row(*row)
    console.print(table)


def _show_readings(console: Screen, checked: Checked) -> None:
    console.print("\nSaid otherwise than written (? is explained below):")
    told = 0
    for turn, said in zip(checked.script.turns, checked.sentences, strict=True):
        for sentence in said:
            for reading in sentence.readings:
                told += 1
                console.print(
                    f"  {turn.n or turn.kind}, line {sentence.line}: "
                    f"{_written(sentence, reading)} → {_spoken(reading)}  [{reading.rule}]"
                    f"{' ?' if reading.doubt else ''}"
                )
    if not told:
        console.print("  nothing")


def _written(sentence: Sentence, reading: Reading) -> str:
    """A sign alone is hard to find: it is shown with the words beside it."""
    written = reading.written.strip()
    if any(each.isalnum() for each in written):
        return written
    before = sentence.written[: reading.start].rstrip()
    after = re.match(r"\s*\S*", sentence.written[reading.end :])
    start = before.rfind(" ") + 1
    end = reading.end + (after.end() if after else 0)
    return sentence.written[start:end].strip()


def _spoken(reading: Reading) -> str:
    if not any(each.isalnum() for each in reading.spoken):
        return "(a pause)" if reading.spoken.strip() else "(silent)"
    return reading.spoken.strip()


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
    turns = len(script.of_kind("turn"))
    console.print(f"Written: {written} ({turns} turns, {len(script.dropped)} lines left out)")
    console.print(f"Next: broadcast check {written}")
