"""Script → draft: first whether it is up to date, which is known without reading the script."""

from __future__ import annotations

import time
from pathlib import Path

from broadcast.production.draft import read_draft
from broadcast.production.naming import name_of
from broadcast.production.orders import Built, Orders
from broadcast.production.report import Reporter
from broadcast.production.seen import note_seen, unchanged
from broadcast.workspace import Workspace, finish_replacing, locked


def build(workspace: Workspace, file: Path, orders: Orders, reporter: Reporter) -> Built:
    """Make the draft of a script's episode, or find that it is up to date.

    Raises BroadcastError when the script, a recording or the station is wrong, OutsideError when
    no engine could speak or the disk failed. What was spoken until then is kept.
    """
    name = name_of(workspace, file)
    asked = [orders.engine, list(orders.formats), orders.running_time_ms]
    began = time.time()
    with locked(workspace, lambda: reporter.say("Another command is at work here; waiting.")):
        folder = workspace.draft(name)
        finish_replacing(folder)
        draft = read_draft(folder)
        if draft and unchanged(workspace, file, draft, asked):
            return Built(name, draft, ())
        # All that makes an episode takes half a second to import: what is up to date needs none.
        from broadcast.production.remake import remake

        remade, why, used = remake(workspace, file, name, draft, orders, reporter)
        note_seen(workspace, file, remade, asked, used, began)
    return Built(name, remade, why)
