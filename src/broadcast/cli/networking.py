"""Commands for many stations at once: network build, publish, upload, status."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from broadcast.cli.app import app, command, told_of
from broadcast.cli.batch import build_many, fail_as, tell_summary
from broadcast.cli.console import make_table, out, print_error, print_json
from broadcast.cli.help import HelpfulGroup, WholeNumber, help_text
from broadcast.cli.interface import speak_as_in
from broadcast.cli.making import ClusterOption, EngineOption, OfflineOption
from broadcast.cli.noting import note
from broadcast.cli.telling import Telling
from broadcast.errors import BroadcastError
from broadcast.messages import Message, counted

if TYPE_CHECKING:
    from broadcast.network.stations import ListedStation
    from broadcast.production.desk.status import EpisodeState
    from broadcast.workspace import Workspace

StationsArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="STATION",
        help=help_text("option.stations", "Stations of the list; without it: all."),
        show_default=False,
    ),
]
ListOption = Annotated[
    Path | None,
    typer.Option(
        "--list",
        metavar="FILE",
        help=help_text("option.list", "The list of stations; without it: network.txt."),
    ),
]

network_app = typer.Typer(
    cls=HelpfulGroup,
    help=help_text("command.network", "Many stations at once: those that a file lists."),
    no_args_is_help=True,
)
app.add_typer(network_app, name="network")


@command(
    "build",
    help_text("command.network.build", "Build every script of the stations, side by side."),
    group=network_app,
)
def network_build_(
    stations: StationsArgument = None,
    listed: ListOption = None,
    offline: OfflineOption = False,
    engine: EngineOption = None,
    yes: Annotated[
        bool,
        typer.Option(
            "--yes",
            help=help_text(
                "option.yes.build", "Agree to what would be asked: to say nothing of the voices."
            ),
        ),
    ] = False,
    jobs: Annotated[
        int,
        typer.Option(
            "--jobs",
            click_type=WholeNumber(1, 64),
            metavar="N",
            help=help_text("option.jobs.network", "How many episodes to work on at once."),
        ),
    ] = 2,
    cluster: ClusterOption = None,
) -> None:
    from broadcast.production.desk.find_script import all_scripts
    from broadcast.production.making.orders import Orders

    failed: list[tuple[str, BroadcastError]] = []
    found = dict(_found(stations, listed, failed))
    files = {workspace: all_scripts(workspace) for workspace in found.values()}
    orders = Orders(
        now=datetime.now().astimezone(), new_guid="", offline=offline, engine=engine, agrees=yes
    )
    called = {workspace: name for name, workspace in found.items()}
    build_many(files, orders, jobs, called=called, failed=failed, cluster=cluster)


@command(
    "publish",
    help_text(
        "command.network.publish", "Give listeners every draft of the stations that they lack."
    ),
    group=network_app,
)
def network_publish_(
    stations: StationsArgument = None,
    listed: ListOption = None,
    yes: Annotated[
        bool,
        typer.Option(
            "--yes",
            help=help_text(
                "option.yes.publish",
                "Do not ask: this computer's clock is right, and what is doubtful is published.",
            ),
        ),
    ] = False,
) -> None:
    from broadcast.network.publish import publish_new

    now, episodes = datetime.now().astimezone(), 0
    failed: list[tuple[str, BroadcastError]] = []
    with Telling() as telling:

        def publish(name: str, workspace: Workspace) -> bool:
            nonlocal episodes
            done = publish_new(workspace, now, telling, agrees=yes)
            if done is None:
                return False
            for one in done.outcomes:
                _say_of(
                    name, Message("network.published", "published {name}", name=one.episode.name)
                )
            episodes += len(done.outcomes)
            for episode, error in done.refused.items():
                _fail(f"{name}/{episode}", error, failed, workspace)
            return bool(done.outcomes)

        changed, same = _each(_found(stations, listed, failed), publish, failed)
    given = counted(
        "network.episodes",
        "{count} episode published",
        "{count} episodes published",
        count=episodes,
    )
    _sum_up((given,) if episodes else (), changed, same, failed)


@command(
    "upload",
    help_text("command.network.upload", "Copy each station's feed/ to the host that it names."),
    group=network_app,
)
def network_upload_(stations: StationsArgument = None, listed: ListOption = None) -> None:
    from broadcast.production.public.upload import upload

    failed: list[tuple[str, BroadcastError]] = []
    with Telling() as telling:

        def bring(name: str, workspace: Workspace) -> bool:
            done = upload(workspace, telling)
            changed = bool(done.orders.put or done.orders.remove)
            if changed:
                _say_of(
                    name, Message("network.uploaded", "{where} has all of it", where=done.where)
                )
            return changed

        changed, same = _each(_found(stations, listed, failed), bring, failed)
    _sum_up((), changed, same, failed)


@command(
    "status",
    help_text("command.network.status", "Show how many episodes each station has, and what waits."),
    group=network_app,
)
def network_status_(
    stations: StationsArgument = None,
    listed: ListOption = None,
    as_json: Annotated[
        bool, typer.Option("--json", help=help_text("option.json", "Print one JSON document."))
    ] = False,
) -> None:
    from broadcast.production.desk.status import status

    now = datetime.now().astimezone()
    failed: list[tuple[str, BroadcastError]] = []
    states: dict[str, list[EpisodeState]] = {}
    with Telling() as telling:

        def look(name: str, workspace: Workspace) -> bool:
            states[name] = status(workspace, now, telling)
            return False

        _each(_found(stations, listed, failed), look, failed)
    if as_json:
        document = {name: [one.document() for one in found] for name, found in states.items()}
        errors = {name: error.placed for name, error in failed}
        print_json({"stations": document, "errors": errors})
    elif states:
        _show(states)
    told = counted("network.looked-at", "{count} station", "{count} stations", count=len(states))
    tell_summary((told,), failed)
    fail_as(error for _, error in failed)


def _show(states: dict[str, list[EpisodeState]]) -> None:
    table = make_table(
        Message("network.station", "station"),
        Message("network.drafts", "episodes"),
        Message("network.in-feed", "in the feed"),
        Message("network.new", "to publish"),
        Message("network.open", "to look at"),
        right=(1, 2, 3, 4),
    )
    for name, episodes in states.items():
        present = [one for one in episodes if not one.is_past]
        figures = (
            len(present),
            sum(one.in_feed for one in present),
            sum(one.is_newer_than_published for one in present),
            sum(one.is_open for one in present),
        )
        table.add_row(name, *map(str, figures))
    out().show(table)


def _found(
    wanted: Sequence[str] | None, listed: Path | None, failed: list[tuple[str, BroadcastError]]
) -> Iterator[tuple[str, Workspace]]:
    """Give the stations as the list names them; what is none is told, and noted in ``failed``."""
    from broadcast.network.stations import find_list, listed_stations
    from broadcast.production.desk.stopped_work import finish_moves

    stations = listed_stations(find_list(listed, Path.cwd()), wanted or ())
    _speak_as_the_first(stations)
    with Telling() as telling:
        for one in stations:
            try:
                workspace = one.workspace()
                finish_moves(workspace, telling)
            except (BroadcastError, OSError) as error:
                _fail(one.name, error, failed, None)
            else:
                yield one.name, workspace


def _speak_as_the_first(stations: Sequence[ListedStation]) -> None:
    for one in stations:
        try:
            speak_as_in(one.workspace())
        except BroadcastError:
            continue
        return


def _each(
    stations: Iterator[tuple[str, Workspace]],
    work: Callable[[str, Workspace], bool],
    failed: list[tuple[str, BroadcastError]],
) -> tuple[int, int]:
    """Do ``work`` for each, whatever becomes of the others; count what it changed, and did not."""
    changed = same = 0
    for name, workspace in stations:
        try:
            is_changed = work(name, workspace)
        except Exception as error:  # noqa: BLE001  one station holds up no other
            _fail(name, error, failed, workspace)
        else:
            changed += is_changed
            same += not is_changed
    return changed, same


def _fail(
    name: str,
    error: Exception,
    failed: list[tuple[str, BroadcastError]],
    workspace: Workspace | None,
) -> None:
    if workspace is not None:
        note(error, workspace)
    told = told_of(error)
    failed.append((name, told))
    print_error(told)


def _say_of(name: str, what: Message) -> None:
    out().say(Message("batch.says", "{name}: {what}", name=name, what=what))


def _sum_up(
    before: Sequence[Message],
    changed: int,
    same: int,
    failed: list[tuple[str, BroadcastError]],
) -> None:
    counts = (
        (changed, counted("network.changed", "{count} station", "{count} stations", count=changed)),
        (same, counted("network.same", "{count} as it was", "{count} as they were", count=same)),
    )
    tell_summary((*before, *(told for count, told in counts if count)), failed)
    fail_as(error for _, error in failed)
