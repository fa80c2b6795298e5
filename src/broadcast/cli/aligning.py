"""The command for one recording of many turns: align."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from broadcast.cli.app import NameArgument, StationOption, command, station_here
from broadcast.cli.console import make_table, out, print_json, shortened
from broadcast.cli.help import help_text
from broadcast.cli.interface import text_of
from broadcast.cli.making import EngineOption, OfflineOption, build_and_tell
from broadcast.cli.other_name import is_said_to_be_new
from broadcast.cli.telling import Telling
from broadcast.errors import UsageError
from broadcast.messages import Message

if TYPE_CHECKING:
    from broadcast.align.heard_script import HeardTurn
    from broadcast.model import Turn
    from broadcast.production.booth import LongRecording
    from broadcast.production.desk.inputs import Inputs


@command(
    "align",
    help_text(
        "command.align",
        "Find the turns of a script in one long recording, and use those that are accepted.",
    ),
)
def align_(
    name: NameArgument,
    recordings: Annotated[
        list[Path],
        typer.Argument(
            metavar="RECORDING...",
            help=help_text(
                "option.align.recording", "The recording; several files are one, in order."
            ),
        ),
    ],
    accept: Annotated[
        bool,
        typer.Option(
            "--accept",
            help=help_text("option.align.accept", "Use the turns that were found, and build."),
        ),
    ] = False,
    turns: Annotated[
        str | None,
        typer.Option(
            "--turns",
            metavar="TURNS",
            help=help_text("option.align.turns", "Use these only, once listened to: 2,4-6."),
        ),
    ] = None,
    borders: Annotated[
        Path | None,
        typer.Option(
            "--borders",
            metavar="FILE",
            help=help_text(
                "option.align.borders", "Cut as this file says, that align wrote and you changed."
            ),
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help=help_text("option.json", "Print one JSON document."))
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
    if (turns is not None or borders is not None) and not accept:
        raise UsageError(
            Message("align.turns-alone", "--turns and --borders say what to use: add --accept.")
        )
    is_new = is_said_to_be_new(workspace, file)
    with Telling() as telling:
        inputs = read_inputs(workspace, file, telling, is_new=is_new)
        named = None if turns is None else _turns_named(inputs, turns)
        recording = booth.hear(inputs, recordings, telling)
    cuts = None
    if borders is not None:
        length_ms = recording.heard.duration_ms
        cuts = booth.read_borders(borders, recording.turns, length_ms)
    swaps = booth.accepted(recording, named, cuts) if accept else ()
    if as_json:
        print_json(_document(recording))
    else:
        _show(recording)
    if not accept:
        page, written = booth.write_cuts(workspace, inputs.name, recording, _status, text_of)
        if not as_json:
            _tell_files(workspace.relative(page), workspace.relative(written), inputs.name)
        return
    if not swaps:
        raise UsageError(Message("align.none", "No turn of it is to be used."))
    with Telling() as telling:
        inputs = read_inputs(workspace, file, telling, is_new=is_new)
        inputs, _ = booth.swap(inputs, swaps, telling)
    if not as_json:
        out().say(
            Message(
                "align.accepted",
                "The real voice is now in {turns}.",
                turns=tuple(dict.fromkeys(one.turn.name.said for one in swaps)),
            )
        )
        build_and_tell(workspace, file, offline=offline, engine=engine, inputs=inputs)


def _turns_named(inputs: Inputs, text: str) -> tuple[Turn, ...]:
    """Read ``2,4-6`` as turns."""
    from broadcast.production import booth

    named = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        span = re.fullmatch(r"(\d{1,4})\s*[-–]\s*(\d{1,4})", part)
        numbers = map(str, range(int(span[1]), int(span[2]) + 1)) if span else [part]
        named += [booth.turn_named(inputs, number) for number in numbers]
    return tuple(dict.fromkeys(named))


def _document(recording: LongRecording) -> dict[str, object]:
    return {
        "verdict": recording.heard.verdict,
        "over_sound": recording.heard.is_over_sound,
        "turns": [
            {
                "n": turn.n,
                "id": turn.id,
                "begin_ms": heard.begin_ms,
                "end_ms": heard.end_ms,
                "status": heard.status,
                "score": heard.score,
                "earlier": [{"begin_ms": a, "end_ms": b} for a, b in heard.earlier],
            }
            for turn, heard in zip(recording.turns, recording.heard.turns, strict=True)
        ],
        "extra": [
            {"begin_ms": one.begin_ms, "end_ms": one.end_ms} for one in recording.heard.extra
        ],
    }


def _show(recording: LongRecording) -> None:
    from broadcast.messages.rendering import clock
    from broadcast.model.naming import short_name

    console, heard = out(), recording.heard
    statuses = [one.status for one in heard.turns]
    console.say(
        Message(
            "align.totals",
            "{found} of {all} turns found, {check} to listen to, {missing} not heard.",
            found=sum(one.is_sure for one in heard.turns),
            all=len(statuses),
            check=statuses.count("check") + statuses.count("moved"),
            missing=statuses.count("missing"),
        )
    )
    table = make_table(
        Message("column.turn", "turn"),
        Message("column.first-words", "first words"),
        Message("column.begin", "begin"),
        Message("column.end", "end"),
        Message("column.heard", "heard"),
        right=(0, 2, 3),
    )
    for turn, one in zip(recording.turns, heard.turns, strict=True):
        begin, end = ("" if ms is None else clock(ms) for ms in (one.begin_ms, one.end_ms))
        table.add_row(
            text_of(short_name(turn.name)),
            shortened(turn.text, 30),
            begin,
            end,
            text_of(_status(one)),
        )
    console.show(table)
    for extra in heard.extra:
        told = Message(
            "align.extra",
            "From {begin} to {end} something is said that is not in the script.",
            begin=clock(extra.begin_ms),
            end=clock(extra.end_ms),
        )
        console.say(told, indent=2)
    console.say(_verdict(recording))


def _status(one: HeardTurn) -> Message:
    if one.status == "found":
        return Message("align.found", "found")
    if one.status == "twice":
        return Message("align.twice", "read twice: the last is used")
    if one.status == "moved":
        return Message("align.moved", "out of its place: listen to it")
    if one.status == "check":
        return Message("align.check", "listen to it")
    return Message("align.missing", "not heard")


def _tell_files(page: Path | str, borders: Path | str, name: str) -> None:
    told = Message(
        "align.files",
        "To listen to each cut: {page}. To change one, edit {borders}, then: "
        "broadcast align {name} … --accept --borders {borders}",
        page=page,
        borders=borders,
        name=name,
    )
    out().say(told)


def _verdict(recording: LongRecording) -> Message:
    if recording.heard.verdict == "right":
        return Message(
            "align.right", "It is this script. To use the turns that were found: --accept"
        )
    if recording.heard.verdict == "ask" and recording.heard.is_over_sound:
        return Message(
            "align.over-sound",
            "Music or a hum is heard under the voices: cuts may be wrong by seconds. Better give "
            "the recording without it; or listen, then say which turns are right: "
            "--accept --turns 2,4-6",
        )
    if recording.heard.verdict == "ask":
        return Message(
            "align.unsure",
            "Listen to it first: it is short or noisy, or much of it is not as in the script. "
            "Then say which turns are right: --accept --turns 2,4-6",
        )
    return Message(
        "align.is-wrong",
        "It is no recording of this script, or nothing can be heard: none is used.",
    )
