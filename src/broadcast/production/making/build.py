"""Script → draft: first whether it is up to date, which is known without reading the script."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from broadcast.messages import Message
from broadcast.production.desk.draft import read_draft
from broadcast.production.desk.find_script import name_of
from broadcast.production.desk.progress import Reporter, waiting
from broadcast.production.desk.touched import unchanged
from broadcast.production.making.orders import Built, Orders
from broadcast.workspace import Workspace
from broadcast.workspace.locks import making

if TYPE_CHECKING:
    from broadcast.production.desk.inputs import Inputs


def build(
    workspace: Workspace,
    file: Path,
    orders: Orders,
    reporter: Reporter,
    inputs: Inputs | None = None,
) -> Built:
    """Make the draft of a script's episode, or find that it is up to date.

    What was asked of its last build holds where nothing else is asked, and is told.
    ``inputs`` are what it is made from, where they were just read. Other episodes can be built at
    the same time, and of this one anything but its draft can be changed: what was changed before
    the draft is committed is built again. Raises BroadcastError when the script, a recording or
    the station is wrong, OutsideError when no engine could speak or the disk failed. What was
    spoken until then is kept.
    """
    name = name_of(workspace, file)
    with making(workspace, name, waiting(reporter)):
        draft = read_draft(workspace.draft(name))
        orders, held = orders.as_last_time(draft)
        tell_held(held, reporter)
        if draft and inputs is None and unchanged(workspace, file, draft, orders.asked):
            return Built(name, draft, ())
        # All that makes an episode takes half a second to import: what is up to date needs none.
        from broadcast.production.making.make_draft import make_draft

        return make_draft(workspace, file, inputs, draft, orders, reporter)


def tell_held(held: tuple[Message, ...], reporter: Reporter) -> None:
    """Tell which options hold since they were asked for last time, if any do."""
    if held:
        reporter.say(
            Message("build.as-last-time", "As it was last asked for: {options}.", options=held)
        )
