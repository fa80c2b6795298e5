"""The script screen: the text beside what is understood of it, mended where it stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from broadcast.errors import UsageError
from broadcast.messages import Message, counted
from broadcast.production.desk.mend_script import (
    can_undo,
    make_clean,
    mend,
    undo,
    written_script,
)
from broadcast.production.desk.read_station import station_of
from broadcast.script.mending import Called, Joined, KeptLine, LeftOut, Mending, SaidBy, ScriptPlace
from broadcast.studio.hearing import heard_in
from broadcast.studio.incoming import fields_of
from broadcast.studio.jobs import Jobs
from broadcast.studio.names import name_asked
from broadcast.studio.quiet import Quiet
from broadcast.studio.screens import Screens
from broadcast.studio.script_rows import colours, letter_of, rows_of
from broadcast.studio.understood import Understanding, count_of
from broadcast.workspace import Workspace

_MOST_NAME = 200


@dataclass(frozen=True, slots=True)
class ScriptScreen:
    """What the script screen answers."""

    workspace: Workspace
    screens: Screens
    understanding: Understanding
    jobs: Jobs

    @property
    def routes(self) -> list[Route]:
        """The screen's addresses."""
        return [
            Route("/programmes/{name}/script", self.show),
            Route("/programmes/{name}/seen", self.seen),
            Route("/programmes/{name}/mend", self.mend, methods=["POST"]),
            Route("/programmes/{name}/undo", self.undo, methods=["POST"]),
            Route("/programmes/{name}/clean", self.clean, methods=["POST"]),
        ]

    def show(self, request: Request) -> Response:
        """Show a script and what is understood of it."""
        name = name_asked(request)
        written = written_script(self.workspace, name)
        checked = self.understanding.of(written.file)
        script, problems = checked.script, checked.problems
        colour = colours(script.turns)
        speaking = dict.fromkeys(turn.speaker for turn in script.turns)
        sound, heard = heard_in(self.workspace, name)
        job = self.jobs.of(name)
        people = (person.name for person in station_of(self.workspace).people)
        values = {
            "show": station_of(self.workspace).show.title,
            "name": name,
            "title": script.title or name,
            "day": script.front.date or "",
            "file": written.file.name,
            "seen": written.seen,
            "mendable": written.text is not None,
            "can_undo": can_undo(self.workspace, name),
            "sound": sound,
            "heard": heard,
            "at_work": job is not None and not job.is_over,
            "rows": rows_of(checked, written.text),
            "people": [
                {"name": one, "colour": colour.get(one, 1), "letter": letter_of(one)}
                for one in dict.fromkeys([*speaking, *people])
            ],
            "elsewhere": [one for one in problems if one.line is None and one.level != "note"],
            "must": count_of(problems, "error"),
            "look": count_of(problems, "warning"),
            "told": Message(
                "studio.script.told",
                "{turns}, {people}, about {length:clock}",
                turns=counted(
                    "studio.turns", "{count} turn", "{count} turns", count=len(script.turns)
                ),
                people=counted(
                    "studio.people", "{count} person", "{count} people", count=len(speaking)
                ),
                length=checked.estimated_ms,
            ),
        }
        return self.screens.page("script.html", values)

    def seen(self, request: Request) -> Response:
        """Tell what the file is by now, so that a page notices what was changed elsewhere."""
        return JSONResponse({"seen": written_script(self.workspace, name_asked(request)).seen})

    async def mend(self, request: Request) -> Response:
        """Change the script as it is wanted."""
        given = await fields_of(request)
        return await self._changed(
            request,
            given,
            lambda name: mend(self.workspace, name, _change(given), given["seen"], Quiet()),
        )

    async def undo(self, request: Request) -> Response:
        """Take the last change back."""
        given = await fields_of(request)
        return await self._changed(
            request, given, lambda name: undo(self.workspace, name, given["seen"], Quiet())
        )

    async def clean(self, request: Request) -> Response:
        """Write the script anew, each turn under its speaker's name."""
        given = await fields_of(request)
        return await self._changed(
            request, given, lambda name: make_clean(self.workspace, name, given["seen"], Quiet())
        )

    async def _changed(
        self, request: Request, given: dict[str, str], change: Callable[[str], None]
    ) -> Response:
        name = name_asked(request)
        if "seen" not in given:
            raise _no_change()
        await run_in_threadpool(change, name)
        return JSONResponse({"seen": written_script(self.workspace, name).seen})


def _change(given: dict[str, str]) -> Mending:
    """Read what a page wants. Raises UsageError for what none of ours sends."""
    try:
        if given["act"] == "keep":
            return KeptLine(int(given["line"]))
        if given["act"] == "call":
            title = " ".join(given["title"].split())
            if not title or len(title) > _MOST_NAME:
                raise _no_title()
            return Called(title, " ".join(given["date"].split()))
        place = ScriptPlace(int(given["turn"]), int(given["paragraph"]), int(given["words"]))
        if given["act"] == "join":
            return Joined(place)
        if given["act"] == "leave-out":
            return LeftOut(place)
        who = " ".join(given["who"].split())
        if given["act"] != "said-by" or not who or len(who) > _MOST_NAME or ":" in who:
            raise _no_change()
        return SaidBy(place, who)
    except (KeyError, ValueError):
        raise _no_change() from None


def _no_title() -> UsageError:
    return UsageError(
        Message(
            "studio.no-title",
            "A programme has a title, of {most} letters at the most.",
            most=_MOST_NAME,
        )
    )


def _no_change() -> UsageError:
    return UsageError(Message("studio.no-fields", "This is not what the studio's pages send."))
