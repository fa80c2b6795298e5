"""Commands about a voice and what works here: say, doctor."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from broadcast.cli.app import (
    StationOption,
    command,
    station_here,
    station_if_any,
)
from broadcast.cli.console import aligned, out
from broadcast.cli.help import help_text
from broadcast.cli.interface import text_of
from broadcast.cli.making import EngineOption, OfflineOption
from broadcast.cli.telling import Telling
from broadcast.errors import OutsideError, UsageError
from broadcast.messages import Message

if TYPE_CHECKING:
    from broadcast.production.voicing.doctor import Finding
    from broadcast.workspace import Workspace

_WORKS = Message("voices.works", "works here")
_OK = Message("doctor.ok", "ok")
_MISSING = Message("doctor.missing", "missing")
_WIDTH = 74


@command("say", help_text("command.say", "Hear one line as the presenter would say it."))
def say_(
    text: Annotated[
        str, typer.Argument(metavar="TEXT", help=help_text("option.text", "What to say."))
    ],
    file: Annotated[
        Path,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help=help_text("option.output", "Where to: wav, mp3 or flac."),
        ),
    ],
    voice: Annotated[
        str | None,
        typer.Option(
            "--voice", metavar="V", help=help_text("option.voice", "A voice that `voices` lists.")
        ),
    ] = None,
    offline: OfflineOption = False,
    engine: EngineOption = None,
    station: StationOption = None,
) -> None:
    from broadcast.production.desk.read_station import station_of
    from broadcast.production.voicing.say_line import say_line

    workspace = station_here(station)
    settings = station_of(workspace)
    offline = offline or settings.offline
    with Telling() as telling:
        spoken = say_line(
            workspace, settings, text, file, telling, voice=voice, engine=engine, offline=offline
        )
    out().write(f"{file}: {spoken.words} ({spoken.voice.engine}, {spoken.voice.name})")


@command(
    "doctor", help_text("command.doctor", "Say what works here, what is missing and how to get it.")
)
def doctor_(
    report: Annotated[
        Path | None,
        typer.Option(
            "--report",
            metavar="FILE",
            help=help_text(
                "option.report",
                "Write it all into a file for whoever helps: no words of scripts, no addresses.",
            ),
        ),
    ] = None,
    offline: OfflineOption = False,
    station: StationOption = None,
) -> None:
    from rich.cells import cell_len

    from broadcast.production.voicing.doctor import findings

    console = out()
    broken = False
    workspace = station_if_any(station)  # which says in what language all that follows is said
    missing, ok = aligned((_MISSING, _OK))
    found = []
    for finding in findings(workspace, offline=offline):
        found.append(finding)
        console.write(ok if finding.works else missing, end=" ")
        console.say(finding.what)
        if not finding.works:
            if finding.hint is not None:
                console.say(finding.hint, indent=cell_len(missing) + 1)
            broken = broken or finding.matters
    if report is not None:
        _write_report(report, workspace, found)
    if broken:
        raise typer.Exit(OutsideError.exit_status)


def _write_report(file: Path, workspace: Workspace | None, found: Sequence[Finding]) -> None:
    from broadcast.production.voicing.report import report
    from broadcast.workspace.writing import write_atomic

    if file.exists():
        raise UsageError(
            Message("report.exists", "{file} exists, and is not overwritten.", file=file),
            hint=Message("report.exists.hint", "Give another name."),
        )
    text = report(workspace, found, datetime.now().astimezone(), text_of)
    write_atomic(file, text.encode("utf-8"))
    out().say(
        Message("report.written", "Written: {file}. Look at it before you send it.", file=file)
    )
