"""The board: every programme of the station, and where a new one begins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from broadcast.errors import BroadcastError
from broadcast.messages import Message, counted
from broadcast.production.desk.check_script import Checked, check
from broadcast.production.desk.first_day import first_day
from broadcast.production.desk.programmes import Programme, programme, programmes
from broadcast.production.desk.read_station import station_of
from broadcast.production.desk.take_in import take_in
from broadcast.studio.incoming import MOST_SCRIPT_BYTES, incoming_folder, received
from broadcast.studio.jobs import Jobs
from broadcast.studio.quiet import Quiet
from broadcast.studio.screens import Screens
from broadcast.studio.understood import Understanding, count_of
from broadcast.workspace import Workspace

_PASTED = ".txt"


@dataclass(frozen=True, slots=True)
class Board:
    """What the board answers."""

    workspace: Workspace
    screens: Screens
    understanding: Understanding
    jobs: Jobs

    @property
    def routes(self) -> list[Route]:
        """The board's addresses."""
        return [
            Route("/", self.show),
            Route("/programmes/{name}/row", self.row),
            Route("/programmes", self.make, methods=["POST"]),
            Route("/understand", self.understand, methods=["POST"]),
        ]

    def show(self, request: Request) -> Response:
        """Show every programme; what takes reading their scripts comes row by row after it."""
        found = programmes(self.workspace, datetime.now().astimezone(), Quiet())
        to_do = first_day(self.workspace)
        left = sum(not one.done for one in to_do)
        values = {
            "show": station_of(self.workspace).show.title,
            "rows": [self._row(one, None) for one in found],
            "first_day": to_do if left else (),
            "first_day_left": counted(
                "studio.first-day",
                "First day: {count} thing left",
                "First day: {count} things left",
                count=left,
            ),
        }
        return self.screens.page("board.html", values)

    def row(self, request: Request) -> Response:
        """Give one programme's row with what is understood of its script."""
        name = request.path_params["name"]
        one = programme(self.workspace, name, datetime.now().astimezone(), Quiet())
        if one is None:
            raise HTTPException(404)
        return self.screens.page("row.html", {"row": self._row(one, self._understood(one))})

    async def understand(self, request: Request) -> Response:
        """Tell what is understood of a text, before anything is made of it."""
        async with received(request, self._incoming, _named(request), MOST_SCRIPT_BYTES) as file:
            checked = await run_in_threadpool(check, self.workspace, file, readings=False)
        return JSONResponse({"told": self.screens.renderer.text(_summary(checked))})

    async def make(self, request: Request) -> Response:
        """Make a programme of what was pasted or dropped."""
        named = _named(request)
        # What is pasted has no name of its own: its title gives one.
        called = named.stem if named.stem != "pasted" else ""
        async with received(request, self._incoming, named, MOST_SCRIPT_BYTES) as file:
            name = await run_in_threadpool(take_in, self.workspace, file, called, Quiet())
        return JSONResponse({"address": f"/programmes/{quote(name)}/script"}, 201)

    @property
    def _incoming(self) -> Path:
        return incoming_folder(self.workspace)

    def _understood(self, one: Programme) -> Checked | BroadcastError | None:
        if one.script is None:
            return None
        try:
            return self.understanding.of(one.script)
        except BroadcastError as error:
            return error

    def _row(self, one: Programme, found: Checked | BroadcastError | None) -> dict[str, object]:
        """Give what a row shows; without ``found`` it says that its script is being read."""
        state = one.state
        checked = found if isinstance(found, Checked) else None
        draft = state.draft if state else None
        title = (state.title if state else "") or (checked.script.title if checked else "")
        job = self.jobs.of(one.name)
        published = state.published.published if state and state.published else None
        return {
            "name": one.name,
            "at_work": job is not None and not job.is_over,
            "title": title or one.name,
            "stage": one.stage,
            "when": published.astimezone().isoformat() if published else "",
            "day": checked.script.front.date or "" if checked else "",
            "people": [speaker.name for speaker in checked.script.speakers] if checked else [],
            "length": state.duration_ms if state else None,
            "about": checked.estimated_ms if checked else None,
            "turns": draft.turns if draft else 0,
            "real": draft.real if draft else 0,
            "waits": one.script is not None and found is None,
            "script": one.script is not None,
            "must": _must(count_of(checked.problems, "error")) if checked else None,
            "look": _look(count_of(checked.problems, "warning")) if checked else None,
            "wrong": found.message if isinstance(found, BroadcastError) else None,
        }


def _named(request: Request) -> Path:
    """Give the name that what is sent has on its sender's disk, without any folder."""
    given = request.query_params.get("file") or f"pasted{_PASTED}"
    return Path(given.replace("\\", "/").rpartition("/")[2])


def _must(count: int) -> Message | None:
    if not count:
        return None
    return counted("studio.must", "{count} to mend", "{count} to mend", count=count)


def _look(count: int) -> Message | None:
    if not count:
        return None
    return counted("studio.look", "{count} to look at", "{count} to look at", count=count)


def _summary(checked: Checked) -> Message:
    """Say what is understood of a text in one sentence."""
    script = checked.script
    doubts = sum(problem.level != "note" for problem in checked.problems)
    return Message(
        "studio.understood",
        "Understood: {turns} by {people}, about {length:clock}. {dropped}; {doubts}.",
        turns=counted("studio.turns", "{count} turn", "{count} turns", count=len(script.turns)),
        people=counted(
            "studio.people", "{count} person", "{count} people", count=len(script.speakers)
        ),
        length=checked.estimated_ms,
        dropped=counted(
            "studio.left-out",
            "{count} line is left out",
            "{count} lines are left out",
            count=len(script.dropped),
        )
        if script.dropped
        else Message("studio.left-out.none", "No line is left out"),
        doubts=counted(
            "studio.doubts",
            "{count} place to look at",
            "{count} places to look at",
            count=doubts,
        )
        if doubts
        else Message("studio.doubts.none", "nothing to look at"),
    )
