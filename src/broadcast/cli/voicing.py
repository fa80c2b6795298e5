"""Commands about voices and what works here: say, voices, doctor."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from broadcast.cli.app import (
    StationOption,
    command,
    language_tag,
    station_here,
    station_if_any,
)
from broadcast.cli.console import aligned, out
from broadcast.cli.help import help_text
from broadcast.cli.interface import text_of
from broadcast.cli.making import EngineOption, OfflineOption
from broadcast.cli.telling import Telling
from broadcast.errors import OutsideError, UsageError
from broadcast.language import same_language
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


@command("voices", help_text("command.voices", "List the engines and voices that work here."))
def voices_(
    language: Annotated[
        str | None,
        typer.Option(
            "--lang", metavar="LANG", help=help_text("option.lang", "Another language: en, fr, …")
        ),
    ] = None,
    offline: OfflineOption = False,
    station: StationOption = None,
) -> None:
    from broadcast.production.desk.read_station import station_of
    from broadcast.production.voicing.voices import engines_here
    from broadcast.speech import passed_over

    workspace = station_here(station)
    settings = station_of(workspace)
    wanted = language_tag(language) or settings.show.language
    console = out()
    here = engines_here(workspace, settings, wanted, offline=offline or settings.offline)
    for engine in here:
        state = _WORKS if engine.unavailable is None else engine.unavailable
        console.say(Message("voices.engine", "{engine}: {state}", engine=engine.name, state=state))
        for voice in engine.voices:
            if voice.language and same_language(voice.language, wanted):
                told = Message(
                    "voices.voice",
                    "{name:24} {description}",
                    name=voice.name,
                    description=voice.description,
                )
                console.say(told, indent=2)
        variants = (voice for voice in engine.voices if not voice.language)
        for description, alike in groupby(variants, key=lambda voice: voice.description):
            console.say(
                Message("voices.alike", "{description}:", description=description), indent=2
            )
            names = textwrap.wrap(", ".join(voice.name for voice in alike), _WIDTH)
            console.write(textwrap.indent("\n".join(names), " " * 4))
    for warning in passed_over():
        console.say(warning)
    console.say(
        Message(
            "voices.how",
            "A voice is chosen in station.toml, under [voices.ENGINE], or with --voice.",
        )
    )
    if all(engine.unavailable for engine in here):
        raise typer.Exit(OutsideError.exit_status)


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
