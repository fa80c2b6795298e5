"""Script → draft: the one place that knows the order of the stages."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from broadcast.cache import Cache
from broadcast.errors import EngineUnavailableError, OutsideError
from broadcast.model import Recording
from broadcast.production.draft import Draft, read_draft
from broadcast.production.explain import reasons
from broadcast.production.perform import unspoken
from broadcast.production.plan import Plan, plan
from broadcast.production.reading import (
    day_of,
    lexicon_of,
    name_of,
    refuse_errors,
    script_of,
    station_of,
)
from broadcast.production.recorded import booth_of, usable
from broadcast.production.report import Reporter
from broadcast.production.voices import engine_named
from broadcast.speech import ENGINES, Engine
from broadcast.station import FORMATS, Station
from broadcast.workspace import Workspace, finish_replacing, locked


@dataclass(frozen=True, slots=True)
class Orders:
    """What the user asked of a build, and what comes in from outside."""

    now: datetime
    new_guid: str
    offline: bool = False
    engine: str | None = None
    jobs: int = 2
    formats: tuple[str, ...] = ()
    running_time_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Built:
    """A draft, and why it was made again (no reasons: it was up to date)."""

    name: str
    draft: Draft
    reasons: tuple[str, ...]


def build(workspace: Workspace, file: Path, orders: Orders, reporter: Reporter) -> Built:
    """Make the draft of a script's episode, or find that it is up to date.

    Raises BroadcastError when the script, a recording or the station is wrong, OutsideError when
    no engine could speak or the disk failed. What was spoken until then is kept.
    """
    station = _as_ordered(station_of(workspace), orders)
    script = script_of(station, file)
    refuse_errors(file, script.problems, reporter)
    name = name_of(workspace, file)
    began = time.time()
    with locked(workspace, lambda: reporter.say("Another command is at work here; waiting.")):
        folder = workspace.draft(name)
        finish_replacing(folder)
        draft = read_draft(folder)
        cache = Cache(workspace.cache, station.cache_limit_mb * 1_000_000)
        recordings: Mapping[str, Recording] = {}
        if workspace.recordings(name).is_dir():
            recordings = usable(booth_of(workspace, station, script, name), reporter).recordings
        lexicon = lexicon_of(workspace, script)
        for engine, is_last in _engines(station, draft, orders):
            planned = plan(
                script,
                station,
                engine,
                name=name,
                day=day_of(script, draft.date if draft else None, orders.now),
                guid=draft.guid if draft else orders.new_guid,
                lexicon=lexicon,
                recordings=recordings,
                root=workspace.root,
            )
            why = reasons(draft.made_from if draft else None, planned.made_from())
            if draft and not why:
                if draft.is_whole():
                    return Built(name, draft, ())
                why = ("the draft's files were changed or removed",)
            if _spoken(planned, cache, orders, reporter, is_last=is_last):
                break
        from broadcast.production.make import make

        made = make(planned, workspace, draft, cache, orders.jobs, reporter)
        cache.trim(used_since=began)
        return Built(name, made, why)


def _as_ordered(station: Station, orders: Orders) -> Station:
    """Give the station with what this build was asked for in place of its settings."""
    sound = station.sound
    if orders.formats:
        extra = tuple(name for name in FORMATS if name in orders.formats and name != "mp3")
        sound = replace(sound, formats=extra)
    if orders.running_time_ms is not None:
        sound = replace(sound, running_time_ms=orders.running_time_ms)
    return replace(station, sound=sound)


def _engines(
    station: Station, draft: Draft | None, orders: Orders
) -> Iterator[tuple[Engine, bool]]:
    """Give the engines to try, in order, and whether each is the last one."""
    if orders.engine is not None:
        names = [orders.engine]
    else:
        kept = [draft.engine] if draft and draft.engine in ENGINES else []
        names = list(dict.fromkeys([*kept, *station.engines]))
    for name in names:
        yield engine_named(name), name == names[-1]


def _spoken(
    planned: Plan, cache: Cache, orders: Orders, reporter: Reporter, *, is_last: bool
) -> bool:
    """Speak what was never spoken; False when this engine cannot and another is to be tried."""
    engine = planned.engine
    wanted = unspoken(engine, planned.parts, cache)
    if not wanted:
        return True
    # Numbers, codecs and filters take a third of a second to import: what is up to date needs none.
    from broadcast.production.speak import speak

    try:
        if engine.online and (orders.offline or planned.station.offline):
            raise EngineUnavailableError(
                f"{engine.name} needs the network, and this build is to stay offline.",
                hint="Add an offline voice to engines in station.toml, such as espeak.",
            )
        engine.check(planned.script.language)
        if engine.service:
            reporter.say(f"The words are sent to {engine.service} to be spoken.")
        speak(engine, wanted, cache, reporter, orders.jobs)
    except OutsideError as error:
        if is_last:
            raise
        if not (engine.online and orders.offline):
            reporter.say(f"{error.message} Going on with the next voice engine.")
        return False
    return True
