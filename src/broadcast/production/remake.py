"""Script → draft, made anew: the one place that knows the order of the stages."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from broadcast.cache import Cache
from broadcast.errors import EngineUnavailableError, OutsideError
from broadcast.feed.cover import cover_of
from broadcast.model import Recording
from broadcast.production.draft import FORMAT, Draft
from broadcast.production.explain import reasons
from broadcast.production.known import known_script, remembering
from broadcast.production.orders import Orders
from broadcast.production.perform import unspoken
from broadcast.production.plan import Plan, plan
from broadcast.production.reading import day_of, refuse_errors
from broadcast.production.recorded import booth_of, usable
from broadcast.production.report import Reporter
from broadcast.production.seen import untouched
from broadcast.production.settings import station_of
from broadcast.production.voices import engine_named
from broadcast.speech import ENGINES, Engine
from broadcast.station import FORMATS, Station
from broadcast.workspace import Workspace


def remake(
    workspace: Workspace,
    file: Path,
    name: str,
    draft: Draft | None,
    orders: Orders,
    reporter: Reporter,
) -> tuple[Draft, tuple[str, ...], tuple[Path, ...]]:
    """Read the script, make what is not made yet, and give the draft, and why it was made again.

    No reasons: it was up to date. The paths are the files beside script and recordings that it was
    made from. Raises as ``build`` does.
    """
    began = time.time()
    station = _as_ordered(station_of(workspace), orders)
    cover_of(station.show)  # a cover that cannot be used is told before anything is spoken
    cache = Cache(workspace.cache, station.cache_limit_mb * 1_000_000)
    script = known_script(station, file, cache)
    refuse_errors(file, script.problems, reporter)
    said = remembering(workspace, station, script, cache)
    recordings: Mapping[str, Recording] = {}
    if workspace.recordings(name).is_dir():
        place = booth_of(workspace, station, script, name, said)
        recordings = usable(place, reporter).recordings
    for engine, following in _engines(station, draft, orders):
        planned = plan(
            script,
            station,
            engine,
            name=name,
            day=day_of(script, draft.record.date if draft else None, orders.now),
            guid=_guid(workspace, name, draft, orders),
            said=said,
            recordings=recordings,
            root=workspace.root,
        )
        used = planned.files()
        why = reasons(draft.record.made_from if draft else None, planned.made_from())
        if draft and not why and draft.record.format < FORMAT:
            why = ("a new version of broadcast",)
        if draft and not why:
            if draft.is_whole():
                return draft, (), used
            why = ("the draft's files were changed or removed",)
        if _spoken(planned, cache, orders, reporter, workspace.station_file, following):
            break
    from broadcast.production.make import make

    ours = untouched(workspace, draft) if draft else frozenset()
    made = make(planned, workspace, draft, ours, cache, orders.jobs, reporter)
    cache.trim(used_since=began)
    return made, why, used


def _guid(workspace: Workspace, name: str, draft: Draft | None, orders: Orders) -> str:
    """Give the episode's identity: the draft's, else the one listeners know, else a new one."""
    if draft:
        return draft.record.guid
    if workspace.published(name).is_dir():
        from broadcast.production.publish import published_episode

        if known := published_episode(workspace, name):
            return known.guid
    return orders.new_guid


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
) -> Iterator[tuple[Engine, str | None]]:
    """Give the engines to try, in order, each with the name of the next one."""
    if orders.engine is not None:
        names = [orders.engine]
    else:
        kept = [draft.record.engine] if draft and draft.record.engine in ENGINES else []
        names = list(dict.fromkeys([*kept, *station.engines]))
    for name, following in zip(names, [*names[1:], None], strict=True):
        yield engine_named(name), following


def _spoken(
    planned: Plan,
    cache: Cache,
    orders: Orders,
    reporter: Reporter,
    settings: Path,
    following: str | None,
) -> bool:
    """Speak what was never spoken; False when this engine cannot and the ``following`` may."""
    engine = planned.engine
    wanted = unspoken(engine, planned.parts, cache)
    if not wanted:
        return True
    # Numbers, codecs and filters take a third of a second to import: what is up to date needs none.
    from broadcast.production.speak import speak, tell_where_words_go

    offline = orders.offline or planned.station.offline
    try:
        if engine.online and offline:
            raise EngineUnavailableError(
                f"{engine.name} needs the network, and this build is to stay offline.",
                hint="Add an offline voice to engines in station.toml, such as espeak.",
            )
        engine.check(planned.script.language)
        tell_where_words_go(engine, cache, reporter)
        speak(engine, wanted, cache, reporter, orders.jobs, settings)
    except OutsideError as error:
        if following is None:
            raise
        if not (engine.online and offline):
            reporter.say(f"{error.message} Going on with {following}.")
        return False
    return True
