"""The command that brings feed/ to listeners: upload."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from broadcast.cli.app import StationOption, command, station_here
from broadcast.cli.console import out
from broadcast.cli.help import help_text
from broadcast.cli.telling import Telling

if TYPE_CHECKING:
    from broadcast.production.public.upload import Uploaded
    from broadcast.workspace import Workspace


@command(
    "upload",
    help_text("command.upload", "Copy feed/ to the host that [upload] names, the feed last."),
)
def upload_(
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run",
            help=help_text("option.dry-run", "Only list what would be copied and deleted."),
        ),
    ] = False,
    accept: Annotated[
        bool,
        typer.Option(
            "--accept-host-key",
            help=help_text(
                "option.accept-host-key", "Once: the key that the host showed is the right one."
            ),
        ),
    ] = False,
    yes: Annotated[
        bool,
        typer.Option(
            "--yes",
            help=help_text(
                "option.yes.upload", "Take over files there that were copied in another way."
            ),
        ),
    ] = False,
    station: StationOption = None,
) -> None:
    upload_now(station_here(station), dry_run=dry_run, accept=accept, yes=yes)


def upload_now(
    workspace: Workspace, *, dry_run: bool = False, accept: bool = False, yes: bool = False
) -> None:
    """Upload and say what was done."""
    from broadcast.production.public.upload import upload

    with Telling() as telling:
        done = upload(workspace, telling, dry_run=dry_run, accepts_key=accept, takes_over=yes)
    _tell_orders(done) if dry_run else _tell_done(done)


def _tell_orders(done: Uploaded) -> None:
    from broadcast.production.public.uploaded import all_there

    console = out()
    for one in done.orders.put:
        console.write(f"+ {one.path}")
    for path in done.orders.remove:
        console.write(f"- {path}")
    if not (done.orders.put or done.orders.remove):
        console.say(all_there(done))


def _tell_done(done: Uploaded) -> None:
    from broadcast.production.public.uploaded import told_of

    out().say(told_of(done))
