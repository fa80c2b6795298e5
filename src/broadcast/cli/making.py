"""The command that makes episodes: build."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from broadcast.cli.app import (
    StationOption,
    command,
    station_here,
)
from broadcast.cli.help import WholeNumber, help_text
from broadcast.cli.other_name import is_said_to_be_new
from broadcast.cli.telling import Telling
from broadcast.errors import UsageError
from broadcast.messages import Message

if TYPE_CHECKING:
    from datetime import date

    from broadcast.production.desk.inputs import Inputs
    from broadcast.workspace import Workspace

OfflineOption = Annotated[
    bool, typer.Option("--offline", help=help_text("option.offline", "Never use the network."))
]
EngineOption = Annotated[
    str | None,
    typer.Option(
        "--engine",
        metavar="E",
        help=help_text("option.engine", "The voice engine, one that `voices` lists."),
    ),
]
ClusterOption = Annotated[
    str | None,
    typer.Option(
        "--cluster",
        metavar="ADDRESS",
        help=help_text(
            "option.cluster", "Let a Dask cluster make them; “local”: one on this machine."
        ),
    ),
]


@command(
    "build",
    help_text("command.build", "Make episodes from scripts: drafts, until you publish them."),
)
def build_(
    scripts: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SCRIPT",
            help=help_text("option.script", "The scripts' files."),
            show_default=False,
        ),
    ] = None,
    every: Annotated[
        bool,
        typer.Option(
            "--all", help=help_text("option.all.build", "Every script that lies in scripts/.")
        ),
    ] = False,
    offline: OfflineOption = False,
    engine: EngineOption = None,
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            metavar="F",
            help=help_text("option.format", "Also wav, flac or air-mp3: for air."),
        ),
    ] = None,
    running_time: Annotated[
        str | None,
        typer.Option(
            "--running-time",
            metavar="M:SS",
            help=help_text("option.running-time", "Fit the pauses to this length; 0: to none."),
        ),
    ] = None,
    on: Annotated[
        str | None,
        typer.Option(
            "--on",
            metavar="DATE",
            help=help_text("option.on", "The day that it is for, and says: 6/9/2025."),
        ),
    ] = None,
    yes: Annotated[
        bool,
        typer.Option(
            "--yes",
            help=help_text(
                "option.yes.build", "Agree to what would be asked: to say nothing of the voices."
            ),
        ),
    ] = False,
    explain: Annotated[
        bool,
        typer.Option(
            "--explain", help=help_text("option.explain", "Say why each part was made again.")
        ),
    ] = False,
    is_new: Annotated[
        bool,
        typer.Option(
            "--new",
            help=help_text(
                "option.new",
                "Make a new programme, though another of the same words lost its script.",
            ),
        ),
    ] = False,
    jobs: Annotated[
        int,
        typer.Option(
            "--jobs",
            click_type=WholeNumber(1, 64),
            metavar="N",
            help=help_text(
                "option.jobs", "How many episodes to work on at once; of one, how many pieces."
            ),
        ),
    ] = 2,
    cluster: ClusterOption = None,
    station: StationOption = None,
) -> None:
    workspace = station_here(station)
    if formats:
        _refuse_unknown(formats)
    fit_ms = None
    if running_time is not None:
        from broadcast.station import running_time_ms

        fit_ms = 0 if running_time in ("", "0", "0:00") else running_time_ms(running_time)
    day = None
    if on is not None:
        from broadcast.cli.typed_time import day_typed

        day = day_typed(on)
    files = _files(workspace, scripts or [], every=every)
    if len(files) == 1 and cluster is None:
        (file,) = files
        build_and_tell(
            workspace,
            file,
            is_new=is_new or is_said_to_be_new(workspace, file),
            offline=offline,
            engine=engine,
            jobs=jobs,
            formats=tuple(formats or ()),
            running_time_ms=fit_ms,
            day=day,
            agrees=yes,
            explain=explain,
        )
        return
    from datetime import datetime

    from broadcast.cli.batch import build_many
    from broadcast.production.making.orders import Orders

    orders = Orders(
        now=datetime.now().astimezone(),
        new_guid="",  # each has its own
        offline=offline,
        engine=engine,
        formats=tuple(formats or ()),
        running_time_ms=fit_ms,
        is_new=is_new,
        day=day,
        agrees=yes,
    )
    build_many({workspace: files}, orders, jobs, explain=explain, cluster=cluster)


def _files(workspace: Workspace, scripts: list[str], *, every: bool) -> list[Path]:
    from broadcast.production.desk.find_script import all_scripts, is_no_script, script_file

    if every == bool(scripts):
        raise UsageError(
            Message("build.what", "Name the scripts to build, or say --all: one of both."),
            hint=Message("build.what.hint", "All that lie in scripts/: broadcast build --all"),
        )
    if every:
        return all_scripts(workspace)
    files = [script_file(workspace, script) for script in scripts]
    # "build scripts/*" names also what Word or Windows keep there.
    return [file for file in files if not is_no_script(file)] or files


def _refuse_unknown(formats: list[str]) -> None:
    from broadcast.station import FORMATS

    for name in formats:
        if name not in FORMATS:
            raise UsageError(
                Message("format.unknown", "{name!r} cannot be written.", name=name),
                hint=Message("format.unknown.known", "Known: {names}.", names=tuple(FORMATS)),
            )


def build_and_tell(
    workspace: Workspace,
    file: Path,
    *,
    offline: bool,
    engine: str | None,
    jobs: int = 2,
    formats: tuple[str, ...] = (),
    running_time_ms: int | None = None,
    day: date | None = None,
    agrees: bool = False,
    explain: bool = False,
    is_new: bool = False,
    inputs: Inputs | None = None,
) -> None:
    """Build an episode, from ``inputs`` where they were just read, and say what came of it."""
    from datetime import datetime
    from uuid import uuid4

    from broadcast.cli.built import tell
    from broadcast.production.making.build import build
    from broadcast.production.making.orders import Orders

    orders = Orders(
        now=datetime.now().astimezone(),
        new_guid=str(uuid4()),
        offline=offline,
        engine=engine,
        jobs=jobs,
        formats=formats,
        running_time_ms=running_time_ms,
        is_new=is_new,
        day=day,
        agrees=agrees,
    )
    with Telling() as telling:
        built = build(workspace, file, orders, telling, inputs)
    tell(workspace, built, explain=explain)
