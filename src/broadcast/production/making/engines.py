"""The engines that may speak an episode, in order; what is planned → spoken by one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from broadcast.errors import EngineUnavailableError, OutsideError
from broadcast.messages import Message
from broadcast.model import Utterance
from broadcast.production.desk.draft import Draft
from broadcast.production.desk.inputs import Inputs
from broadcast.production.desk.progress import Reporter
from broadcast.production.desk.trust import ask_leave
from broadcast.production.desk.work import Work
from broadcast.production.making.orders import Orders
from broadcast.production.making.plan import Plan
from broadcast.production.voicing.alone import alone_with
from broadcast.production.voicing.part import unspoken
from broadcast.production.voicing.voices import engine_named, voices_of
from broadcast.speech import Engine, offered
from broadcast.station import Station
from broadcast.workspace import Workspace


def engines_to_try(
    workspace: Workspace, station: Station, draft: Draft | None, orders: Orders
) -> Iterator[tuple[Engine, str | None]]:
    """Give the engines to try, in order, each with the name of the next one.

    The one that spoke a draft goes on with it until others are named in station.toml.
    """
    if (one := orders.spoken_by or orders.engine) is not None:
        names = [one]
    else:
        kept = draft.record.engine if draft and _chosen_as_now(draft, station) else None
        names = list(dict.fromkeys([*([kept] if kept and offered(kept) else []), *station.engines]))
    engines = [engine_named(name, workspace, station) for name in names]
    if not station.fallback:
        # To stay offline is asked for: what needs the network is passed over, and has not failed.
        offline = orders.offline or station.offline
        engines = ([one for one in engines if not (offline and one.online)] or engines)[:1]
    for engine, following in zip(engines, [*engines[1:], None], strict=True):
        yield engine, following.name if following else None


def _chosen_as_now(draft: Draft, station: Station) -> bool:
    """Whether the station names the engines that it named when the draft's was chosen."""
    return draft.record.engines in (None, station.engines)


def go_on_without(error: OutsideError, following: str | None, reporter: Reporter) -> None:
    """Tell that the ``following`` engine speaks in the place of one that cannot; raise if none."""
    if following is None:
        raise error
    reporter.say(
        Message(
            "build.next-engine-whole",
            "{why} Going on with {engine}, for the whole episode.",
            why=error.placed,
            engine=following,
        )
    )


def speak_planned(
    planned: Plan, inputs: Inputs, offline: bool, work: Work, following: str | None
) -> bool:
    """Speak what was never spoken; False when this engine cannot and the ``following`` may."""
    engine = planned.engine
    wanted = unspoken(engine, planned.parts, work.cache)
    if not wanted:
        return True
    # Numbers, codecs and filters take a third of a second to import: what is up to date needs none.
    from broadcast.production.voicing.before import tell_before
    from broadcast.production.voicing.speak import speak

    offline = offline or planned.station.offline
    try:
        if engine.online and offline:
            raise EngineUnavailableError(
                Message(
                    "build.offline",
                    "{engine} needs the network, and this build is to stay offline.",
                    engine=engine.name,
                ),
                hint=Message(
                    "build.offline.hint",
                    "Add an offline voice to engines in station.toml, such as espeak.",
                ),
            )
        ask_leave(engine, work.reporter)
        engine.check(planned.script.language)
        voices = voices_of(planned.station, engine)
        with alone_with(engine, work.reporter):
            # Of what episodes have in common, another may have spoken some meanwhile.
            if wanted := unspoken(engine, planned.parts, work.cache):
                tell_before(engine, wanted, voices, inputs.workspace, work)
                at_once = max(work.jobs, work.beside) if engine.online else work.jobs
                places = _places(planned, inputs.file)
                settings = inputs.workspace.station_file
                speak(engine, wanted, replace(work, jobs=at_once), settings, places)
    except OutsideError as error:
        if following is None or not (engine.online and offline):
            go_on_without(error, following, work.reporter)
        return False
    return True


def _places(planned: Plan, script: Path) -> dict[Utterance, tuple[Path, int]]:
    """Give where in the script the words of each utterance stand, if they do."""
    return {
        Utterance(sentence.spoken, part.voice): (script, sentence.line)
        for part in reversed(planned.parts)
        for sentence in reversed(part.sentences)
        if sentence.line
    }
