"""Commands for real voices: takes (the record sheet), swap, unswap."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from broadcast.cli.app import StationOption, command, station_here
from broadcast.cli.console import (
    Telling,
    ending,
    err,
    make_table,
    out,
    print_json,
    shortened,
)
from broadcast.cli.help import help_text
from broadcast.cli.making import EngineOption, OfflineOption, build_and_tell
from broadcast.errors import UsageError
from broadcast.messages.rendering import clock

if TYPE_CHECKING:
    from broadcast.recordings.plan_folder import Planned
    from broadcast.recordings.sheet import Row, Sheet

NameArgument = Annotated[
    str,
    typer.Argument(
        metavar="NAME",
        help=help_text("option.name-or-script", "The episode's name, or its script."),
    ),
]
TurnArgument = Annotated[
    str,
    typer.Argument(
        metavar="TURN", help=help_text("option.turn", "A turn's number, its id, lead or byline.")
    ),
]


@command(
    "takes",
    help_text(
        "command.takes",
        "Show the record sheet: which turns are real, which are synthetic, what to doubt.",
    ),
)
def takes_(
    name: NameArgument,
    as_json: Annotated[
        bool, typer.Option("--json", help=help_text("option.json", "Print one JSON document."))
    ] = False,
    use: Annotated[
        tuple[str, int] | None,
        typer.Option(
            "--use",
            metavar="TURN TAKE",
            help=help_text("option.use", "Let another take of a turn be heard."),
        ),
    ] = None,
    confirm: Annotated[
        str | None,
        typer.Option(
            "--confirm",
            metavar="TURN",
            help=help_text("option.confirm", "Its recording says the present words."),
        ),
    ] = None,
    station: StationOption = None,
) -> None:
    from broadcast.production import booth
    from broadcast.production.desk.find_script import script_file
    from broadcast.production.desk.inputs import read_inputs

    workspace = station_here(station)
    with Telling() as telling:
        inputs = read_inputs(workspace, script_file(workspace, name), telling)
        if use is not None:
            turn = booth.turn_named(inputs, use[0])
            inputs = booth.use(inputs, turn, use[1], telling)
            telling.say(f"Take {use[1]} of turn {use[0]} is heard from the next build on.")
        if confirm is not None:
            turn = booth.turn_named(inputs, confirm)
            inputs = booth.confirm(inputs, turn, telling)
            telling.say(f"Turn {confirm} is captioned with its new words from the next build on.")
        sheet = booth.sheet(booth.remember(inputs, telling), telling)
    if as_json:
        print_json(sheet.document())
        return
    _show(sheet, workspace.relative(workspace.draft(inputs.name) / booth.RECORD_SHEET))


def _show(sheet: Sheet, page: str) -> None:
    console = out()
    table = make_table(
        "turn", "speaker", "first words", "length", "voice", "level", right=("turn", "length")
    )
    for row in sheet.rows:
        level = "" if row.level_dbfs is None else f"{row.level_dbfs:.0f} dB"
        table.add_row(
            str(row.turn.n or row.turn.kind),
            ending(row.turn.speaker, 15),
            shortened(row.turn.text, 15),
            clock(row.length_ms),
            _voice(row),
            level,
        )
    console.print(table)
    for row in sheet.rows:
        where = row.turn.n or row.turn.kind
        if row.takes:
            console.print(f"  {where}: {_takes(row)}")
        for doubt in row.doubts:
            console.print(f"  {where}: {doubt}")
        if row.change:
            console.print(f"  {where}: {row.change}")
    for take in sheet.orphans:
        files = " + ".join(part.file for part in take.files)
        console.print(
            f"  without a turn: {files} ({ending(take.speaker, 22)}: {shortened(take.heard, 40)})"
        )
    for note in sheet.notes:
        console.print(f"  {note}")
    console.print(f"\n{sheet.total}.")
    console.print(f"To print for the studio: {page}")


def _voice(row: Row) -> str:
    if row.number is None:
        if row.stale:
            return "synthetic, stale"
        return f"synthetic, {len(row.takes)} kept" if row.takes else "synthetic"
    kind = "stale" if row.stale else "recorded"
    return f"{kind}, {row.number} of {len(row.takes)}" if len(row.takes) > 1 else kind


def _takes(row: Row) -> str:
    """Give a turn's takes as --use counts them, the one that is heard marked."""
    takes = [
        f"({number}) {name}{' is heard' if number == row.number else ''}"
        for number, name in enumerate(row.takes, 1)
    ]
    return ", ".join(takes) if len(takes) > 1 else row.takes[0]


@command(
    "swap",
    help_text(
        "command.swap", "Use real recordings in place of the synthetic voice, and build again."
    ),
)
def swap_(
    name: NameArgument,
    turn: Annotated[
        str | None,
        typer.Argument(metavar="[TURN]", help=help_text("option.swap.turn", "The turn.")),
    ] = None,
    audio: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[AUDIO]...",
            help=help_text("option.audio", "Recordings; several make one take, in order."),
        ),
    ] = None,
    in_: Annotated[
        str | None,
        typer.Option(
            "--in", metavar="T", help=help_text("option.in", "Begin there: 12.5 or 1:02.5.")
        ),
    ] = None,
    out_: Annotated[
        str | None, typer.Option("--out", metavar="T", help=help_text("option.out", "End there."))
    ] = None,
    force: Annotated[
        bool,
        typer.Option(
            "--force", help=help_text("option.force", "Use it although its length is doubtful.")
        ),
    ] = False,
    folder: Annotated[
        Path | None,
        typer.Option(
            "--folder",
            metavar="DIR",
            help=help_text("option.folder", "Pair a folder of recordings with turns."),
        ),
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", help=help_text("option.yes", "Do not ask."))
    ] = False,
    offline: OfflineOption = False,
    engine: EngineOption = None,
    station: StationOption = None,
) -> None:
    from broadcast.production import booth
    from broadcast.production.desk.find_script import script_file
    from broadcast.production.desk.inputs import read_inputs
    from broadcast.recordings.judge import place_of

    workspace = station_here(station)
    file = script_file(workspace, name)
    if (turn is None or not audio) if folder is None else turn is not None:
        raise UsageError(
            "Say which turn and which recordings, or a folder of them.",
            hint="broadcast swap NAME TURN AUDIO… or broadcast swap NAME --folder DIR",
        )
    in_ms, out_ms = _time_ms(in_), _time_ms(out_)
    if folder is not None and (in_ms, out_ms) != (None, None):
        raise UsageError("--in and --out are for one turn's recordings, not for a folder.")
    if audio and len(audio) == 1 and out_ms is not None and out_ms <= (in_ms or 0):
        raise UsageError(f"--out {out_} is not after --in {in_ or 0}.")
    chosen: list[tuple[str, tuple[Path, ...]]] = []
    if folder is None and turn is not None and audio:
        chosen = [(turn, tuple(audio))]
    elif folder is not None:
        with Telling() as telling:
            planned = booth.plan_of_folder(read_inputs(workspace, file, telling), folder)
        _show_plan(planned)
        chosen = [(one.turn.id, (one.file,)) for one in planned if one.turn is not None]
        if not chosen:
            raise UsageError("None of these files fits a turn.")
        if not yes and not _agreed():  # asked with the station free for others
            out().print("Nothing was changed.")
            return
    with Telling() as telling:
        inputs = read_inputs(workspace, file, telling)
        swaps = [
            booth.Swap(booth.turn_named(inputs, which), files, in_ms, out_ms, force)
            for which, files in chosen
        ]
        inputs, kept = booth.swap(inputs, swaps, telling)
    turns = ", ".join(dict.fromkeys(place_of(one.turn) for one in swaps))
    names = ", ".join(workspace.relative(path) for path in kept)
    out().print(f"The real voice is now in {turns}: {names}")
    build_and_tell(workspace, file, offline=offline, engine=engine, inputs=inputs)


def _agreed() -> bool:
    try:
        return typer.confirm("Use them so?", err=True)
    except typer.Abort:  # nobody answers: input is no terminal and has ended
        err().print()
        raise UsageError(
            "Nothing was changed: nobody answered.", hint="To use them so unasked, add --yes."
        ) from None


def _show_plan(planned: Sequence[Planned]) -> None:
    table = make_table("file", "turn", "first words", "doubt", right=("turn",))
    for one in planned:
        words = shortened(one.turn.text, 20) if one.turn else ""
        table.add_row(one.file.name, str(one.turn.n) if one.turn else "–", words, one.doubt)
    out().print(table)


@command(
    "unswap",
    help_text(
        "command.unswap",
        "Go back to the synthetic voice for a turn; the recording stays where it is.",
    ),
)
def unswap_(
    name: NameArgument,
    turn: TurnArgument,
    offline: OfflineOption = False,
    engine: EngineOption = None,
    station: StationOption = None,
) -> None:
    from broadcast.production import booth
    from broadcast.production.desk.find_script import script_file
    from broadcast.production.desk.inputs import read_inputs

    workspace = station_here(station)
    file = script_file(workspace, name)
    with Telling() as telling:
        inputs = read_inputs(workspace, file, telling)
        changed = booth.go_back(inputs, booth.turn_named(inputs, turn), telling)
    if changed is None:
        out().print(f"Turn {turn} is spoken by the synthetic voice already.")
        return
    out().print(f"Turn {turn} is spoken by the synthetic voice again; its recording is kept.")
    build_and_tell(workspace, file, offline=offline, engine=engine, inputs=changed)


def _time_ms(text: str | None) -> int | None:
    """Read 12.5, 1:02.5 or 0:01:02,5 as milliseconds."""
    if text is None:
        return None
    seconds = 0.0
    try:
        for part in text.replace(",", ".").split(":"):
            seconds = seconds * 60 + float(part)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds < 360_000:
        raise UsageError(f"{text!r} is not a time.", hint="Write seconds, or minutes: 12.5, 1:02.5")
    return round(seconds * 1000)
