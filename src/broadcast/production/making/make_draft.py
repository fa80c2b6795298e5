"""Script → draft, made anew: the one place that knows the order of the stages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from broadcast.cache import Cache
from broadcast.errors import BroadcastError, EngineUnavailableError
from broadcast.feed.categories import unknown_category
from broadcast.messages import Message
from broadcast.model import Problem, Show
from broadcast.production.booth import usable
from broadcast.production.booth.announcer import announced
from broadcast.production.desk.draft import Draft
from broadcast.production.desk.draft_record import FORMAT, MadeFrom
from broadcast.production.desk.inputs import Inputs, read_inputs
from broadcast.production.desk.progress import Reporter, waiting
from broadcast.production.desk.read_script import day_of, refuse_errors
from broadcast.production.desk.standing_words import closing_left_out, notice_unchecked
from broadcast.production.desk.touched import note_seen, untouched
from broadcast.production.desk.work import Work
from broadcast.production.making.covers import script_cover_problems, show_cover_problems
from broadcast.production.making.engines import engines_to_try, go_on_without, speak_planned
from broadcast.production.making.orders import Built, Orders
from broadcast.production.making.plan import plan
from broadcast.production.making.reasons import NEW_VERSION, reasons
from broadcast.production.making.replace_draft import replace_draft
from broadcast.production.voicing.cast import cast_told
from broadcast.recordings.orphans import without_turn
from broadcast.recordings.standing import commit_takes
from broadcast.station import FORMATS, Station
from broadcast.workspace import STATION_FILE, Workspace
from broadcast.workspace.locks import locked, makes_alone
from broadcast.workspace.writing import onto_disk, preparing

_ASKED_OTHERWISE = Message("reason.asked", "asked for with other options")
_NOT_WHOLE = Message("reason.not-whole", "the draft's files were changed or removed")


def make_draft(
    workspace: Workspace,
    file: Path,
    inputs: Inputs | None,
    draft: Draft | None,
    orders: Orders,
    reporter: Reporter,
) -> Built:
    """Make what is not made yet, and commit it; the episode is held by the caller.

    What it is made from is read once, or was read already. Where that was changed by the time of
    the commit, nothing is committed, and all is read again. Raises as ``build`` does.
    """
    while True:
        built = _made(
            inputs
            or read_inputs(workspace, file, reporter, orders.now, orders.day, is_new=orders.is_new),
            draft,
            orders,
            reporter,
        )
        if built is not None:
            return built
        reporter.say(
            Message(
                "build.inputs-changed",
                "What it is made from was changed meanwhile; it is built again.",
            )
        )
        inputs = None


def _made(inputs: Inputs, draft: Draft | None, orders: Orders, reporter: Reporter) -> Built | None:
    """Give the draft that ``inputs`` make; None when they were changed before it was committed."""
    station = _as_ordered(inputs.station, orders)
    script = inputs.script
    work = Work(inputs.cache, orders.jobs, reporter, orders.beside)
    # A cover that cannot be used is told before anything is spoken.
    show_problems = tuple(_show_problems(station.show, inputs.cache))
    cover_problems = tuple(
        script_cover_problems(script, station.show, inputs.workspace.root, inputs.cache)
    )
    refuse_errors(inputs.file, script.problems, reporter)
    for problem in show_problems:
        reporter.problem(Path(STATION_FILE), problem)
    if (unchecked := notice_unchecked(station)) is not None:
        reporter.problem(Path(STATION_FILE), unchecked)
    for problem in cover_problems:
        reporter.problem(inputs.file, problem)
    if (left_out := closing_left_out(script, station)) is not None:
        reporter.problem(inputs.file, left_out)
    found = usable(inputs, reporter)
    announcer = announced(inputs, reporter)
    told = False
    for engine, following in engines_to_try(inputs.workspace, station, draft, orders):
        planned = plan(
            script,
            station,
            engine,
            name=inputs.name,
            day=orders.day or day_of(script, draft.record.date if draft else None, orders.now),
            guid=_guid(inputs, draft, orders),
            said=inputs.said,
            recordings=found.recordings,
            announced=announcer.recordings,
            doubts=(*found.lasting, *announcer.doubts, *without_turn(inputs.standing)),
            root=inputs.workspace.root,
        )
        if not told:
            for problem in planned.played.problems:
                reporter.problem(inputs.file, problem)
            told = True
        try:
            made_from = planned.made_from()
        except EngineUnavailableError as error:  # it is not there at all, so it has no version
            go_on_without(error, following, reporter)
            continue
        if planned.is_undisclosed and orders.undisclosed_at is None:
            _agree_to_say_nothing(inputs, orders, reporter)
            orders = replace(orders, undisclosed_at=orders.now.replace(microsecond=0))
        why = _why(draft, made_from, orders)
        if draft and not why:
            return _committed(inputs, draft, draft, (), orders, reporter)
        if (told_of_cast := cast_told(planned.cast)) is not None:
            reporter.problem(inputs.file, told_of_cast)
        if speak_planned(planned, inputs, orders.offline, work, following):
            break
    from broadcast.production.making.write_files import write_files

    folder = inputs.workspace.draft(inputs.name)
    with preparing(folder) as incoming:
        made = write_files(planned, made_from, orders.asked_for, inputs, incoming, work)
        onto_disk(incoming)
        return _committed(inputs, draft, Draft(folder, made), why, orders, reporter)


def _show_problems(show: Show, cache: Cache) -> Iterator[Problem]:
    """Give what the draft can do without and listeners would meet: directories refuse the feed."""
    if error := unknown_category(show.category):
        yield Problem(None, "warning", error.message, error.hint)
    yield from show_cover_problems(show, cache)


def _agree_to_say_nothing(inputs: Inputs, orders: Orders, reporter: Reporter) -> None:
    """Ask, once for an episode, whether nothing shall be said of the synthetic voices in it."""
    question = Message(
        "disclosure.ask",
        "disclosure is off in station.toml: {name} will not say that synthetic voices speak its "
        "guests' words, aloud or in the description. The law may ask for it. Leave it out?",
        name=inputs.name,
    )
    if orders.agrees or reporter.agrees(question):
        return
    raise BroadcastError(
        Message(
            "disclosure.not-agreed",
            "Not built: nobody has agreed that {name} says nothing of its synthetic voices.",
            name=inputs.name,
        ),
        file=inputs.workspace.station_file,
        hint=Message(
            "disclosure.not-agreed.hint",
            'Write disclosure = "on" there; or agree: broadcast build {name} --yes',
            name=inputs.name,
        ),
    )


def _why(draft: Draft | None, made_from: MadeFrom, orders: Orders) -> tuple[Message, ...]:
    """Give why the draft is made again; no reasons: it is up to date and whole."""
    if draft is None:
        return reasons(None, made_from)
    if draft.record.format < FORMAT:
        return (NEW_VERSION,)
    why = reasons(draft.record.made_from, made_from)
    if not why and draft.record.asked != orders.asked_for:
        return (_ASKED_OTHERWISE,)
    return why if why or draft.is_whole() else (_NOT_WHOLE,)


def _committed(
    inputs: Inputs,
    before: Draft | None,
    draft: Draft,
    why: tuple[Message, ...],
    orders: Orders,
    reporter: Reporter,
) -> Built | None:
    """Commit ``draft`` and what was found about recordings; None when the inputs were changed."""
    workspace, name = inputs.workspace, inputs.name
    with locked(workspace, waiting(reporter)):
        if inputs.seen_now() != inputs.stamps:
            return None
        if inputs.standing.is_news:
            inputs = inputs.with_takes(commit_takes(inputs.standing))
        if draft is not before:
            replace_draft(before, draft, untouched(workspace, before) if before else (), reporter)
            if makes_alone(workspace, name):
                inputs.cache.trim(used_since=inputs.began_s)
        if inputs.settled:
            note_seen(workspace, draft, orders.asked, inputs.beside, inputs.stamps)
    return Built(name, draft, why)


def _guid(inputs: Inputs, draft: Draft | None, orders: Orders) -> str:
    """Give the episode's identity: the draft's, else the one listeners know, else a new one."""
    if draft:
        return draft.record.guid
    if inputs.workspace.published(inputs.name).is_dir():
        from broadcast.production.desk.published import published_episode

        if known := published_episode(inputs.workspace, inputs.name):
            return known.guid
    return orders.new_guid


def _as_ordered(station: Station, orders: Orders) -> Station:
    """Give the station with what this build was asked for in place of its settings."""
    sound = station.sound
    if orders.formats:
        extra = tuple(name for name in FORMATS if name in orders.formats and name != "mp3")
        sound = replace(sound, formats=extra)
    if station.air.deliver and "wav" not in sound.formats:
        sound = replace(sound, formats=("wav", *sound.formats))
    if orders.running_time_ms is not None:
        sound = replace(sound, running_time_ms=orders.running_time_ms or None)
    return replace(station, sound=sound)
