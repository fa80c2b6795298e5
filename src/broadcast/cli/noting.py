"""What went wrong with a command → noted in its station, for ``doctor --report``."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from broadcast.cli.interface import station_at_work

if TYPE_CHECKING:
    from broadcast.workspace import Workspace


def note(error: Exception, workspace: Workspace | None = None) -> None:
    """Note an error of the command that runs in a station, else in the one it works for, if any."""
    workspace = workspace or station_at_work()
    context = click.get_current_context(silent=True)
    if workspace is None or context is None:
        return
    from broadcast.production.desk.last_errors import note_error

    names = []
    while context.parent is not None:
        names.append(context.info_name or "")
        context = context.parent
    command = " ".join(["broadcast", *reversed(names)])
    note_error(workspace, datetime.now().astimezone(), command, error)
