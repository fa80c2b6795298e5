"""Script → what of its build is done where the command runs: words are sent and leave asked here.

The rest can be made by any process that sees the station.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from broadcast.production.desk.draft import Draft, read_draft
from broadcast.production.desk.find_script import name_of
from broadcast.production.desk.progress import Reporter, waiting
from broadcast.production.desk.read_station import station_of
from broadcast.production.desk.touched import unchanged
from broadcast.production.desk.trust import needs_leave
from broadcast.production.making.build import tell_held
from broadcast.production.making.engines import engines_to_try, speak_planned
from broadcast.production.making.orders import Built, Orders
from broadcast.speech import Engine
from broadcast.workspace import Workspace
from broadcast.workspace.locks import making


def begin(workspace: Workspace, file: Path, orders: Orders, reporter: Reporter) -> Orders | Built:
    """Give the draft that is up to date, else the orders by which another process makes one.

    Where every engine that may speak works offline and wants no leave, nothing is done. Otherwise
    all that is not yet spoken is, and the other process sends nothing. Raises as a build does where
    no engine could speak.
    """
    station = station_of(workspace)
    name = name_of(workspace, file)
    with making(workspace, name, waiting(reporter)):
        draft = read_draft(workspace.draft(name))
        meant, held = orders.as_last_time(draft)
        if draft and unchanged(workspace, file, draft, meant.asked):
            tell_held(held, reporter)
            return Built(name, draft, ())
        meant = replace(meant, offline=orders.offline or station.offline)
        engines = [*engines_to_try(workspace, station, draft, meant)]
        if not any(needs_leave(one) or (one.online and not meant.offline) for one, _ in engines):
            return orders
        spoken_by = _spoken(workspace, file, draft, meant, engines, reporter)
        return replace(orders, spoken_by=spoken_by, offline=True)


def _spoken(
    workspace: Workspace,
    file: Path,
    draft: Draft | None,
    orders: Orders,
    engines: list[tuple[Engine, str | None]],
    reporter: Reporter,
) -> str | None:
    """Speak all that is not yet spoken; give the engine's name, None where none may."""
    from broadcast.production.booth import usable
    from broadcast.production.booth.announcer import announced
    from broadcast.production.desk.inputs import read_inputs
    from broadcast.production.desk.read_script import day_of, refuse_errors
    from broadcast.production.desk.work import Work
    from broadcast.production.making.plan import plan

    inputs = read_inputs(workspace, file, reporter, orders.now, orders.day, is_new=orders.is_new)
    script = inputs.script
    refuse_errors(file, script.problems, reporter)
    recordings = usable(inputs, reporter).recordings
    announcer = announced(inputs, reporter).recordings
    work = Work(inputs.cache, orders.jobs, reporter, orders.beside)
    for engine, following in engines:
        planned = plan(
            script,
            inputs.station,
            engine,
            name=inputs.name,
            day=orders.day or day_of(script, draft.record.date if draft else None, orders.now),
            guid=orders.new_guid,
            said=inputs.said,
            recordings=recordings,
            announced=announcer,
            root=workspace.root,
        )
        if planned.is_undisclosed and not (orders.undisclosed_at or orders.agrees):
            return None  # nobody agreed: nothing of it is made
        if speak_planned(planned, inputs, orders.offline, work, following):
            return engine.name
    return None
