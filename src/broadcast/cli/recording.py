"""Commands for real voices: takes (the record sheet), swap, unswap."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from broadcast.cli.app import NameArgument, StationOption, command, station_here
from broadcast.cli.console import agreed, make_table, out, print_json, shortened
from broadcast.cli.help import help_text
from broadcast.cli.interface import text_of
from broadcast.cli.making import EngineOption, OfflineOption, build_and_tell
from broadcast.cli.other_name import is_said_to_be_new
from broadcast.cli.telling import Telling
from broadcast.errors import UsageError
from broadcast.messages import Message

if TYPE_CHECKING:
    from broadcast.recordings.plan_folder import Planned

TurnArgument = Annotated[
    str,
    typer.Argument(
        metavar="TURN",
        help=help_text(
            "option.turn", "A turn's number, its id, or its name as shown: lead, byline, …"
        ),
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
            help=help_text("option.confirm", "Its recording is right, and says these words."),
        ),
    ] = None,
    station: StationOption = None,
) -> None:
    from broadcast.cli.record_sheet import chosen, confirmed, show_sheet
    from broadcast.production import booth
    from broadcast.production.desk.find_script import script_file
    from broadcast.production.desk.inputs import read_inputs

    workspace = station_here(station)
    file = script_file(workspace, name)
    is_new = is_said_to_be_new(workspace, file)
    with Telling() as telling:
        inputs = read_inputs(workspace, file, telling, is_new=is_new)
        if use is not None:
            turn = booth.turn_named(inputs, use[0])
            inputs = booth.use(inputs, turn, use[1], telling)
            telling.say(chosen(turn, use[1]))
        if confirm is not None:
            turn = booth.turn_named(inputs, confirm)
            inputs = booth.confirm(inputs, turn, telling)
            telling.say(confirmed(turn))
        sheet = booth.sheet(booth.remember(inputs, telling), telling)
    if as_json:
        print_json(sheet.document())
        return
    page = workspace.relative(workspace.draft(inputs.name) / booth.RECORD_SHEET)
    show_sheet(sheet, page, {one.name: one.person for one in inputs.script.speakers})


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

    workspace = station_here(station)
    file = script_file(workspace, name)
    if (turn is None or not audio) if folder is None else turn is not None:
        raise UsageError(
            Message("swap.of-what", "Say which turn and which recordings, or a folder of them."),
            hint=Message(
                "swap.of-what.hint",
                "broadcast swap NAME TURN AUDIO… or broadcast swap NAME --folder DIR",
            ),
        )
    in_ms, out_ms = _time_ms(in_), _time_ms(out_)
    if folder is not None and (in_ms, out_ms) != (None, None):
        raise UsageError(
            Message(
                "swap.folder-cut",
                "--in and --out are for one turn's recordings, not for a folder.",
            )
        )
    if audio and len(audio) == 1 and out_ms is not None and out_ms <= (in_ms or 0):
        raise UsageError(
            Message(
                "swap.out-before-in",
                "--out {out} is not after --in {begin}.",
                out=out_ or "",
                begin=in_ or "0",
            )
        )
    is_new = is_said_to_be_new(workspace, file)
    chosen: list[tuple[str, tuple[Path, ...]]] = []
    if folder is None and turn is not None and audio:
        chosen = [(turn, tuple(audio))]
    elif folder is not None:
        with Telling() as telling:
            inputs = read_inputs(workspace, file, telling, is_new=is_new)
            planned = booth.plan_of_folder(inputs, folder, telling)
        _show_plan(planned)
        chosen = [(one.turn.id, (one.file,)) for one in planned if one.turn is not None]
        if not chosen:
            raise UsageError(Message("swap.none-fits", "None of these files fits a turn."))
        if not yes and not _agreed():  # asked with the station free for others
            out().say(Message("swap.nothing-changed", "Nothing was changed."))
            return
    with Telling() as telling:
        inputs = read_inputs(workspace, file, telling, is_new=is_new)
        swaps = [
            booth.Swap(booth.turn_named(inputs, which), files, in_ms, out_ms, force)
            for which, files in chosen
        ]
        inputs, kept = booth.swap(inputs, swaps, telling)
    out().say(
        Message(
            "swapped",
            "The real voice is now in {turns}: {files}",
            turns=tuple(dict.fromkeys(one.turn.name.said for one in swaps)),
            files=tuple(workspace.relative(path) for path in kept),
        )
    )
    build_and_tell(workspace, file, offline=offline, engine=engine, agrees=yes, inputs=inputs)


def _agreed() -> bool:
    answer = agreed(Message("swap.so", "Use them so?"))
    if answer is None:
        raise UsageError(
            Message("swap.nobody-answered", "Nothing was changed: nobody answered."),
            hint=Message("swap.nobody-answered.hint", "To use them so unasked, add --yes."),
        )
    return answer


def _show_plan(planned: Sequence[Planned]) -> None:
    from broadcast.model.naming import short_name

    table = make_table(
        Message("column.file", "file"),
        Message("column.turn", "turn"),
        Message("column.first-words", "first words"),
        Message("column.doubt", "doubt"),
        right=(1,),
    )
    for one in planned:
        words = shortened(one.turn.text, 20) if one.turn else ""
        turn = text_of(short_name(one.turn.name)) if one.turn else "–"
        table.add_row(one.file.name, turn, words, "; ".join(map(text_of, one.doubts)))
    out().show(table)


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
    from broadcast.cli.record_sheet import gone_back
    from broadcast.production import booth
    from broadcast.production.desk.find_script import script_file
    from broadcast.production.desk.inputs import read_inputs

    workspace = station_here(station)
    file = script_file(workspace, name)
    is_new = is_said_to_be_new(workspace, file)
    with Telling() as telling:
        inputs = read_inputs(workspace, file, telling, is_new=is_new)
        which = booth.turn_named(inputs, turn)
        changed = booth.go_back(inputs, which, telling)
    out().say(gone_back(which, changed=changed is not None))
    if changed is None:
        return
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
        raise UsageError(
            Message("swap.no-time", "{text!r} is not a time.", text=text),
            hint=Message("swap.no-time.hint", "Write seconds, or minutes: 12.5, 1:02.5"),
        )
    return round(seconds * 1000)
