"""Commands that make things: init, import, check, build, say; what can speak: voices, doctor."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from broadcast.cli.app import StationOption, command, station_here, station_if_any
from broadcast.cli.console import (
    Telling,
    clock,
    ending,
    make_table,
    out,
    print_json,
    print_problem,
    shortened,
)
from broadcast.errors import OutsideError

if TYPE_CHECKING:
    from rich.console import Console

    from broadcast.production.build import Built
    from broadcast.production.check import Checked
    from broadcast.workspace import Workspace

OfflineOption = Annotated[bool, typer.Option("--offline", help="Never use the network.")]
EngineOption = Annotated[
    str | None, typer.Option("--engine", metavar="E", help="The voice engine: gtts or espeak.")
]


@command("init")
def init_(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="Where; default: here.")] = Path(),
) -> None:
    """Make a new station: settings, lexicon and a sample script."""
    from broadcast.production.init import init

    written = init(folder)
    console = out()
    if written is None:
        console.print(f"{folder} is a station already; nothing was changed.")
        return
    console.print(f"{folder} is now a station.")
    for file in written:
        console.print(f"  {file}")
    script = next((file for file in written if file.parent.name == "scripts"), None)
    if script:
        go = "" if folder == Path() else f"cd {folder} && "
        console.print(f"Next: {go}broadcast build {script.relative_to(folder).as_posix()}")
    console.print("Your name, e-mail and web address go into station.toml.")


@command("check")
def check_(
    script: Annotated[str, typer.Argument(metavar="SCRIPT", help="The script's file.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings fail too.")] = False,
    spoken: Annotated[
        bool, typer.Option("--spoken", help="Show every reading that was changed, and why.")
    ] = False,
    station: StationOption = None,
) -> None:
    """Show how a script is understood: turns, speakers, dropped lines, problems, length."""
    from broadcast.production.check import check
    from broadcast.production.reading import script_file

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
    table = make_table(
        "turn", "line", "role", "who", "first words", "about", right=("turn", "line", "about")
    )
    for turn, expected_ms in zip(script.turns, checked.turns_ms, strict=True):
        table.add_row(
            str(turn.n or turn.kind),
            str(turn.line),
            turn.role,
            ending(turn.speaker, 24),
            shortened(turn.text, max(12, console.width - 66)),
            clock(expected_ms),
        )
    console.print(table)
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


def _show_readings(console: Console, checked: Checked) -> None:
    console.print("\nSaid otherwise than written:")
    for turn, said in zip(checked.script.turns, checked.sentences, strict=True):
        for sentence in said:
            for reading in sentence.readings:
                doubt = f"  ? {reading.doubt}" if reading.doubt else ""
                console.print(
                    f"  {turn.n or turn.kind}, line {sentence.line}: "
                    f"{reading.written} → {reading.spoken or '(silent)'}  [{reading.rule}]{doubt}"
                )


@command("import")
def import_(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Any script; - is standard input.")],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="SCRIPT", help="Where to write; default: scripts/."),
    ] = None,
    station: StationOption = None,
) -> None:
    """Write any script as a clean one, easy to read and to edit."""
    from broadcast.production.importing import clean_script

    workspace = station_here(station)
    script, written = clean_script(workspace, file, output)
    console = out()
    for problem in script.problems:
        print_problem(console, file, problem)
    turns = len(script.of_kind("turn"))
    console.print(f"Written: {written} ({turns} turns, {len(script.dropped)} lines left out)")
    console.print(f"Next: broadcast check {written}")


@command("build")
def build_(
    scripts: Annotated[list[str], typer.Argument(metavar="SCRIPT...", help="The scripts' files.")],
    offline: OfflineOption = False,
    engine: EngineOption = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say why each part was made again.")
    ] = False,
    jobs: Annotated[int, typer.Option("--jobs", min=1, max=64, metavar="N")] = 2,
    station: StationOption = None,
) -> None:
    """Make episodes from scripts: drafts, until you publish them."""
    from datetime import datetime
    from uuid import uuid4

    from broadcast.production.build import Orders, build
    from broadcast.production.reading import script_file

    workspace = station_here(station)
    files = [script_file(workspace, script) for script in scripts]
    for file in files:
        with Telling() as telling:
            orders = Orders(
                now=datetime.now().astimezone(),
                new_guid=str(uuid4()),
                offline=offline,
                engine=engine,
                jobs=jobs,
            )
            built = build(workspace, file, orders, telling)
        _tell(workspace, built, explain=explain)


def _tell(workspace: Workspace, built: Built, *, explain: bool) -> None:
    console = out()
    document = built.draft.document
    if built.reasons:
        console.print(f"Built {built.name}: {document['title']}")
    else:
        console.print(f"{built.name} is up to date: nothing has changed since it was built.")
    if explain:
        for reason in built.reasons:
            console.print(f"  made again because: {reason}")
    podcast = document["loudness"]["podcast"]
    console.print(
        f"  {clock(document['duration_ms'])} long, {podcast['integrated_lufs']:.1f} LUFS, "
        f"true peak {podcast['true_peak_dbtp']:.1f} dBTP"
    )
    console.print(f"  {_voices_told(document)}")
    for file in built.draft.files.values():
        console.print(f"  {workspace.relative(built.draft.folder / file)}")


def _voices_told(document: Mapping[str, Any]) -> str:
    """Say which turns an engine speaks, in the words of the record sheet."""
    turns = [turn for turn in document["turns"] if turn["kind"] == "turn"]
    synthetic = [str(turn["n"]) for turn in turns if turn["take"]["kind"] == "synthetic"]
    if not synthetic:
        return f"All {len(turns)} turns are recorded voices."
    if len(synthetic) == len(turns):
        return f"All {len(turns)} turns are spoken by a synthetic voice ({document['engine']})."
    return (
        f"Synthetic voice ({document['engine']}) in turns {', '.join(synthetic)}; others recorded."
    )


@command("say")
def say_(
    text: Annotated[str, typer.Argument(metavar="TEXT")],
    file: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="wav or mp3.")],
    voice: Annotated[
        str | None, typer.Option("--voice", metavar="V", help="A voice that `voices` lists.")
    ] = None,
    offline: OfflineOption = False,
    engine: EngineOption = None,
    station: StationOption = None,
) -> None:
    """Hear one line as the presenter would say it."""
    from broadcast.production.reading import station_of
    from broadcast.production.say import say_line

    workspace = station_here(station)
    settings = station_of(workspace)
    offline = offline or settings.offline
    spoken = say_line(workspace, settings, text, file, voice=voice, engine=engine, offline=offline)
    out().print(f"{file}: {spoken.words} ({spoken.voice.engine}, {spoken.voice.name})")


@command("voices")
def voices_(
    language: Annotated[str | None, typer.Option("--lang", metavar="LANG")] = None,
    offline: OfflineOption = False,
    station: StationOption = None,
) -> None:
    """List the engines and voices that work here."""
    from broadcast.production.reading import station_of
    from broadcast.production.voices import engines_here

    settings = station_of(station_here(station))
    wanted = language or settings.show.language
    console = out()
    here = engines_here(wanted, offline=offline or settings.offline)
    for engine in here:
        state = "works here" if engine.unavailable is None else engine.unavailable
        console.print(f"{engine.name}: {state}")
        for voice in engine.voices:
            if not voice.language or voice.language.split("-")[0] == wanted.split("-")[0]:
                console.print(f"  {voice.name:24} {voice.description}")
    console.print("A voice is chosen in station.toml, under [voices.ENGINE], or with --voice.")
    if all(engine.unavailable for engine in here):
        raise typer.Exit(OutsideError.exit_status)


@command("doctor")
def doctor_(offline: OfflineOption = False, station: StationOption = None) -> None:
    """Say what works here, what is missing and how to get it."""
    from broadcast.production.doctor import findings

    console = out()
    broken = False
    for finding in findings(station_if_any(station), offline=offline):
        console.print("ok      " if finding.works else "missing ", end="")
        console.print(finding.what)
        if not finding.works:
            console.print(f"        {finding.hint}")
            broken = broken or finding.matters
    if broken:
        raise typer.Exit(OutsideError.exit_status)
