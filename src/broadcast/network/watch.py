"""A station's folder, watched → drafts of what arrives in it, and every step said in a line."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from broadcast.cache import file_digest
from broadcast.errors import BroadcastError, OutsideError, StoppedError, UsageError
from broadcast.messages import Message, counted
from broadcast.messages.system_reasons import system_reason
from broadcast.model import Problem
from broadcast.network.arrivals import Arrivals, Arrived, Stamps
from broadcast.production.desk.progress import Reporter
from broadcast.production.desk.read_station import station_of
from broadcast.production.making.build import build
from broadcast.production.making.orders import Orders
from broadcast.production.public.publish import publish
from broadcast.workspace import Workspace
from broadcast.workspace.locks import watching
from broadcast.workspace.writing import write_atomic

AGAIN_S = 300.0
"""How long is waited before something is tried again that failed outside: network, disk, voice."""
Say = Callable[[Message], None]
ToldOf = Callable[[Exception], BroadcastError]


@dataclass(frozen=True, slots=True)
class Watch:
    """How a station is watched: who is told, what time it is, what is asked of builds.

    ``clock_s`` only goes forward; ``told_of`` gives what is told of any error. ``note`` is handed
    the errors for whoever helps later.
    """

    workspace: Workspace
    say: Say
    told_of: ToldOf
    note: Callable[[Exception], None]
    clock_s: Callable[[], float]
    now: Callable[[], datetime]
    offline: bool = False
    jobs: int = 2


@dataclass(slots=True)
class _Course:
    """How it goes: of failures what was told, by name, and when the same files are tried again."""

    arrivals: Arrivals = field(default_factory=Arrivals)
    told: dict[str, tuple[str, ...]] = field(default_factory=dict)
    again: dict[str, tuple[Stamps, float]] = field(default_factory=dict)
    has_begun: bool = False
    is_gone: bool = False


def watch(asked: Watch, looks: Iterable[object]) -> None:
    """Look at the station at each of ``looks`` and build what is ready, until they end.

    Raises UsageError when another one watches the station, and what ends the program; errors in
    what is watched are said and never raised.
    """
    course = _Course()
    turns = iter(looks)
    while _hold(asked, course, turns):
        pass


def _hold(asked: Watch, course: _Course, looks: Iterable[object]) -> bool:
    """Watch while the folder is there; True: it came back, and is to be held anew."""
    try:
        with watching(asked.workspace) as held:
            if not held:
                raise _held_by_another(asked.workspace)
            _note_who(asked)
            try:
                if not course.has_begun:
                    course.arrivals.begin(asked.workspace, asked.clock_s())
                    course.has_begun = True
                if course.is_gone:
                    course.is_gone = False
                    asked.say(Message("watch.back", "The station's folder is there again."))
                for _ in looks:
                    _look(asked, course)
                return False
            finally:
                with suppress(OSError):
                    asked.workspace.watch_note.unlink(missing_ok=True)
    except (OSError, OutsideError) as error:
        if not course.has_begun:
            raise
        _tell_gone(asked, course, error)
    return any(asked.workspace.station_file.is_file() for _ in looks)


def _tell_gone(asked: Watch, course: _Course, error: Exception) -> None:
    if course.is_gone:
        return
    course.is_gone = True
    reason = system_reason(error) if isinstance(error, OSError) else asked.told_of(error).message
    asked.say(
        Message(
            "watch.gone",
            "The station's folder is not there any more ({reason}); waiting for it.",
            reason=reason,
        )
    )


def _look(asked: Watch, course: _Course) -> None:
    now_s = asked.clock_s()
    for one in course.arrivals.ready(asked.workspace, now_s):
        stamps, again_s = course.again.get(one.name, ({}, now_s))
        if stamps == one.stamps and now_s < again_s:
            continue
        reporter = _LineByLine(asked, one.name)
        try:
            _make(asked, course, one, reporter)
        except StoppedError:
            raise
        except Exception as error:
            if not asked.workspace.station_file.is_file():
                raise OutsideError(asked.told_of(error).message) from error
            _tell_failure(asked, course, one, error, reporter.errors)
    for name, file in course.arrivals.halves(now_s):
        asked.say(
            Message(
                "watch.half",
                "{name}: {file} is empty, not whole or held by another program; waiting for it.",
                name=name,
                file=file.name,
            )
        )


def _make(asked: Watch, course: _Course, one: Arrived, reporter: _LineByLine) -> None:
    orders = Orders(now=asked.now(), new_guid=str(uuid4()), offline=asked.offline, jobs=asked.jobs)
    built = build(asked.workspace, one.script, orders, reporter)
    course.arrivals.made(asked.workspace, one)
    course.again.pop(one.name, None)
    course.told.pop(one.name, None)
    if not built.reasons:
        return
    record = built.draft.record
    turns = record.interview
    asked.say(
        Message(
            "watch.built",
            "{name}: draft built, {length:clock}; {real} of {turns} turns are real voices.",
            name=one.name,
            length=record.duration_ms,
            real=sum(turn.take.kind == "recorded" for turn in turns),
            turns=len(turns),
        )
    )
    if reporter.warnings:
        asked.say(
            counted(
                "watch.warnings",
                "{name}: one warning; it is in the report.",
                "{name}: {count} warnings; they are in the report.",
                count=reporter.warnings,
                name=one.name,
            )
        )
    if station_of(asked.workspace).watch_publishes:
        _publish(asked, one, reporter)


def _publish(asked: Watch, one: Arrived, reporter: Reporter) -> None:
    try:
        publish(asked.workspace, one.name, None, asked.now(), reporter)
    except StoppedError:
        raise
    except BroadcastError as error:
        asked.note(error)
        asked.say(
            Message(
                "watch.not-published",
                "{name}: built, but not published: {why}",
                name=one.name,
                why=error.message,
            )
        )
    else:
        asked.say(Message("watch.published", "{name}: published.", name=one.name))


def _tell_failure(
    asked: Watch, course: _Course, one: Arrived, error: Exception, errors: Sequence[Message]
) -> None:
    """Say why a programme was not built: once for the same reasons and the same script."""
    told = asked.told_of(error)
    if isinstance(told, OutsideError):  # it may be otherwise soon, without a change of any file
        course.again[one.name] = (one.stamps, asked.clock_s() + AGAIN_S)
    else:
        course.arrivals.made(asked.workspace, one)
        course.again.pop(one.name, None)
    content = ""
    with suppress(OSError):
        content = file_digest(one.script)
    why = _placed(asked.workspace, told.file, told.line, told.message)
    reasons = (*map(str, errors), str(why), content)
    if course.told.get(one.name) == reasons:
        return
    course.told[one.name] = reasons
    asked.note(error)
    for what in errors:
        asked.say(Message("watch.says", "{name}: {what}", name=one.name, what=what))
    asked.say(Message("watch.failed", "{name}: not built: {why}", name=one.name, why=why))
    if told.hint is not None:
        asked.say(Message("watch.says", "{name}: {what}", name=one.name, what=told.hint))


def _placed(
    workspace: Workspace, file: Path | str | None, line: int | None, what: Message
) -> Message:
    if file is None:
        return what
    place = workspace.relative(workspace.root / file)
    where = place if line is None else f"{place}:{line}"
    return Message("error.placed", "{where}: {what}", where=where, what=what)


class _LineByLine:
    """Says of a build what a person needs to know of it, each in a line with the name before it.

    ``errors`` are kept for the one who says that it failed.
    """

    def __init__(self, asked: Watch, name: str) -> None:
        self._asked, self._name = asked, name
        self.warnings = 0
        self.errors: list[Message] = []

    def say(self, sentence: Message) -> None:
        """Tell one plain sentence."""
        self._asked.say(Message("watch.says", "{name}: {what}", name=self._name, what=sentence))

    def problem(self, file: Path, problem: Problem) -> None:
        """Keep an error; count what is in the report besides."""
        if problem.level == "error":
            placed = _placed(self._asked.workspace, file, problem.line, problem.message)
            self.errors.append(placed)
        self.warnings += problem.level == "warning"

    def step(self, stage: Message, done: int, total: int, what: str = "") -> None:
        """Go on: nobody looks at a bar."""

    def allows(self, engine: str, wanted: object) -> bool | None:
        """Nobody is there to be asked."""

    def agrees(self, question: Message) -> bool | None:
        """Nobody is there to be asked."""

    def go_on(self) -> None:
        """Return: who wants it to end presses Ctrl-C."""


def _note_who(asked: Watch) -> None:
    who = {
        "pid": os.getpid(),
        "host": platform.node(),
        "since": asked.now().isoformat(timespec="seconds"),
    }
    write_atomic(asked.workspace.watch_note, json.dumps(who).encode())


def _held_by_another(workspace: Workspace) -> UsageError:
    who: dict[str, object] = {}
    with suppress(OSError, ValueError):
        found = json.loads(workspace.watch_note.read_bytes())
        who = found if isinstance(found, dict) else {}
    hint = Message("watch.held.hint", "One is enough. End that one with Ctrl-C to begin here.")
    if not {"pid", "host", "since"} <= who.keys():
        return UsageError(
            Message("watch.held-by-somebody", "This station is watched already."), hint=hint
        )
    return UsageError(
        Message(
            "watch.held",
            "This station is watched already: on {host}, as process {pid}, since {since:moment}.",
            host=str(who["host"]),
            pid=str(who["pid"]),
            since=str(who["since"]),
        ),
        hint=hint,
    )
