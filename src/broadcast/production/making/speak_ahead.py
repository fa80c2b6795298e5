"""Script → its speech alone, where words are sent or its user's leave is needed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from broadcast.production.booth import usable
from broadcast.production.booth.announcer import announced
from broadcast.production.desk.draft import read_draft
from broadcast.production.desk.find_script import name_of
from broadcast.production.desk.inputs import read_inputs
from broadcast.production.desk.progress import Reporter, waiting
from broadcast.production.desk.read_script import day_of, refuse_errors
from broadcast.production.desk.read_station import station_of
from broadcast.production.desk.touched import unchanged
from broadcast.production.desk.trust import needs_leave
from broadcast.production.desk.work import Work
from broadcast.production.making.make_draft import engines_to_try, speak_planned
from broadcast.production.making.orders import Orders
from broadcast.production.making.plan import plan
from broadcast.workspace import Workspace
from broadcast.workspace.locks import making


def speak_ahead(workspace: Workspace, file: Path, orders: Orders, reporter: Reporter) -> Orders:
    """Speak here what another machine must not; give the orders by which that makes the rest.

    Where every engine that may speak works offline and wants no leave, nothing is done. Otherwise
    all that is not yet spoken is, and the other machine sends nothing. Raises as a build does where
    no engine could speak.
    """
    station = station_of(workspace)
    name = name_of(workspace, file)
    with making(workspace, name, waiting(reporter)):
        draft = read_draft(workspace.draft(name))
        meant, _ = orders.as_last_time(draft)
        if draft and unchanged(workspace, file, draft, meant.asked):
            return orders
        offline = orders.offline or station.offline
        engines = [*engines_to_try(workspace, station, draft, meant)]
        if not any(needs_leave(one) or (one.online and not offline) for one, _ in engines):
            return orders
        inputs = read_inputs(workspace, file, reporter, meant.now, meant.day, is_new=meant.is_new)
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
                name=name,
                day=meant.day or day_of(script, draft.record.date if draft else None, meant.now),
                guid=orders.new_guid,
                said=inputs.said,
                recordings=recordings,
                announced=announcer,
                root=workspace.root,
            )
            if planned.is_undisclosed and not (meant.undisclosed_at or orders.agrees):
                return replace(orders, offline=True)  # nobody agreed: nothing of it is made
            if speak_planned(planned, inputs, offline, work, following):
                return replace(orders, spoken_by=engine.name, offline=True)
    return orders
