"""A turn and one of its takes → how it is heard in the programme, by itself and as loud."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from broadcast.errors import BroadcastError, UsageError
from broadcast.messages import Message
from broadcast.model import Recording, Take, Turn
from broadcast.production.booth import found_as_known, takes_of
from broadcast.production.desk.draft import Draft
from broadcast.production.desk.inputs import Inputs
from broadcast.production.desk.progress import Reporter
from broadcast.production.desk.work import Work
from broadcast.production.making.engines import engines_to_try, speak_planned
from broadcast.production.making.orders import Orders
from broadcast.production.making.plan import plan
from broadcast.production.voicing.part import recorded_take, take_of
from broadcast.production.voicing.segment import segment_of

_JOBS = 2


def audition(
    inputs: Inputs,
    turn: Turn,
    number: int | None,
    draft: Draft | None,
    orders: Orders,
    reporter: Reporter,
) -> Path:
    """Give the sound of a turn's ``number``-th take as listeners would hear it, a WAV file.

    No number: of the synthetic voice that would speak it, spoken now where it never was. Raises
    BroadcastError when a recording cannot be used, OutsideError when no engine can speak.
    """
    if number is None:
        take = _synthetic(inputs, turn, draft, orders, reporter)
    else:
        take = recorded_take(
            turn,
            inputs.said(turn),
            _recording(inputs, turn, number),
            inputs.station.sound.pauses,
        )
    sound = inputs.station.sound
    return segment_of(take, sound.of_segments(sound.podcast_lufs), inputs.cache).audio


def _recording(inputs: Inputs, turn: Turn, number: int) -> Recording:
    take = next((one for one in takes_of(inputs, turn) if one.number == number), None)
    if take is None or take.recording is None:
        raise UsageError(
            Message("audition.none", "This take cannot be heard: its file is gone or unusable.")
        )
    return take.recording


def _synthetic(
    inputs: Inputs, turn: Turn, draft: Draft | None, orders: Orders, reporter: Reporter
) -> Take:
    """Give the take that an engine speaks, in the voice that it has among all who are heard."""
    work = Work(inputs.cache, _JOBS, reporter)
    recordings = dict(found_as_known(inputs, reporter).recordings)
    recordings.pop(turn.id, None)
    for engine, following in engines_to_try(inputs.workspace, inputs.station, draft, orders):
        planned = plan(
            inputs.script,
            inputs.station,
            engine,
            name=inputs.name,
            day=inputs.day,
            guid=orders.new_guid,
            said=inputs.said,
            recordings=recordings,
            root=inputs.workspace.root,
        )
        part = next((one for one in planned.parts if one.turn.id == turn.id), None)
        if part is None:
            break
        if speak_planned(replace(planned, parts=(part,)), inputs, orders.offline, work, following):
            return take_of(part, engine, inputs.cache, inputs.station.sound.pauses)
    raise BroadcastError(
        Message("audition.not-spoken", "No synthetic voice would speak this turn.")
    )
