"""The script screen: the text beside what is understood of it, mended where it stands."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import get_args

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from broadcast.messages import Message, counted
from broadcast.model import Role
from broadcast.model.naming import role_name
from broadcast.production.desk.check_script import Checked
from broadcast.production.desk.mend_script import (
    WrittenScript,
    can_undo,
    make_clean,
    mend,
    undo,
    written_script,
)
from broadcast.production.desk.read_station import station_of
from broadcast.production.voicing.lexicon import add_to_lexicon
from broadcast.studio.draft_heard import draft_heard
from broadcast.studio.incoming import fields_of
from broadcast.studio.jobs import Jobs
from broadcast.studio.names import name_asked
from broadcast.studio.quiet import Quiet
from broadcast.studio.row_pages import RowPages
from broadcast.studio.screens import Screens
from broadcast.studio.script_rows import PlacedRow, colours, elsewhere, letter_of, rows_of
from broadcast.studio.understood import Understanding, count_of
from broadcast.studio.wanted import StationReading, not_ours, wanted_of
from broadcast.workspace import Workspace

_FIRST_ROWS = 40
"""So many come with the page, more than a screen has; the others follow at once."""
_PARTS = ("head", "meter", "player", "notes", "call", "people")


class ScriptScreen:
    """What the script screen answers."""

    def __init__(
        self, workspace: Workspace, screens: Screens, understanding: Understanding, jobs: Jobs
    ) -> None:
        self._workspace = workspace
        self._screens = screens
        self._understanding = understanding
        self._jobs = jobs
        self._rows = RowPages(screens)

    @property
    def routes(self) -> list[Route]:
        """The screen's addresses."""
        return [
            Route("/programmes/{name}/script", self.show),
            Route("/programmes/{name}/seen", self.seen),
            *(
                Route(f"/programmes/{{name}}/{what}", act, methods=["POST"])
                for what, act in (
                    ("rows", self.rows),
                    ("mend", self.mend),
                    ("undo", self.undo),
                    ("clean", self.clean),
                )
            ),
        ]

    def show(self, request: Request) -> Response:
        """Show a script and what is understood of it."""
        shown = self._shown(name_asked(request))
        first, html = self._rows.first(shown.rows, _FIRST_ROWS, shown.sound)
        job = self._jobs.of(shown.name)
        more = {
            "show": station_of(self._workspace).show.title,
            "at_work": job is not None and not job.is_over,
            "first": first,
            "first_html": html,
            "more": len(shown.rows) > len(first),
            "roles": get_args(Role),
            "role_name": role_name,
        }
        return self._screens.page("script.html", {**shown.values, **more})

    def seen(self, request: Request) -> Response:
        """Tell what the file is by now, so that a page notices what was changed elsewhere."""
        return JSONResponse({"seen": written_script(self._workspace, name_asked(request)).seen})

    async def rows(self, request: Request) -> Response:
        """Give the script as it is now, to a page that tells what it has of it."""
        return await self._answer(request, await fields_of(request))

    async def mend(self, request: Request) -> Response:
        """Change the script as it is wanted."""
        given = await fields_of(request)
        return await self._answer(request, given, self._mend)

    async def undo(self, request: Request) -> Response:
        """Take the last change back."""
        return await self._answer(
            request,
            await fields_of(request),
            lambda name, given: undo(self._workspace, name, given["seen"], Quiet()),
        )

    async def clean(self, request: Request) -> Response:
        """Write the script anew, each turn under its speaker's name."""
        return await self._answer(
            request,
            await fields_of(request),
            lambda name, given: make_clean(self._workspace, name, given["seen"], Quiet()),
        )

    def _mend(self, name: str, given: Mapping[str, str]) -> None:
        wanted = wanted_of(given)
        if isinstance(wanted, StationReading):
            add_to_lexicon(self._workspace, wanted.written, wanted.spoken, Quiet())
            return
        known = self._understanding.of
        new = mend(
            self._workspace,
            name,
            wanted,
            given["seen"],
            Quiet(),
            lambda file: known(file).script,
            anew=given.get("anew") == "yes",
        )
        self._understanding.take(new)

    async def _answer(
        self,
        request: Request,
        given: Mapping[str, str],
        change: Callable[[str, Mapping[str, str]], None] | None = None,
    ) -> Response:
        name = name_asked(request)
        if change is not None and "seen" not in given:
            raise not_ours()

        def answered() -> dict[str, object]:
            if change is not None:
                change(name, given)
            return self._news(name, given.get("has", "").split())

        return JSONResponse(await run_in_threadpool(answered))

    def _news(self, name: str, has: Collection[str]) -> dict[str, object]:
        """Give what a page of a script is to show now; of its rows what it does not have."""
        shown = self._shown(name)
        parts = self._screens.environment.get_template("script_parts.html").make_module(
            {**shown.values}
        )
        return {
            "seen": shown.seen,
            "parts": {part: str(getattr(parts, part)()) for part in _PARTS},
            **self._rows.news(shown.rows, frozenset(has), shown.sound),
        }

    def _shown(self, name: str) -> _Shown:
        written = written_script(self._workspace, name)
        checked = self._understanding.of(written.file)
        heard = draft_heard(self._workspace, name)
        rows = rows_of(checked, written.text, heard)
        values = {
            "sound": heard.sound,
            "seen": written.seen,
            "can_undo": can_undo(self._workspace, name),
            "elsewhere": elsewhere(checked, rows),
            **self._values(name, written, checked),
        }
        return _Shown(name, written.seen, heard.sound, rows, values)

    def _values(self, name: str, written: WrittenScript, checked: Checked) -> dict[str, object]:
        script, problems = checked.script, checked.problems
        colour = colours(script.turns)
        people = (person.name for person in station_of(self._workspace).people)
        return {
            "name": name,
            "title": script.title or name,
            "day": script.front.date or "",
            "file": written.file.name,
            "mendable": written.text is not None,
            "speaking": [
                {"name": one, "colour": colour.get(one, 1), "letter": letter_of(one)}
                for one in dict.fromkeys([*colour, *people])
            ],
            "must": count_of(problems, "error"),
            "look": count_of(problems, "warning"),
            "told": Message(
                "studio.script.told",
                "{turns}, {people}, about {length:clock}",
                turns=counted(
                    "studio.turns", "{count} turn", "{count} turns", count=len(script.turns)
                ),
                people=counted(
                    "studio.people", "{count} person", "{count} people", count=len(colour)
                ),
                length=checked.estimated_ms,
            ),
        }


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a page of a script shows: its rows, and the values of all else."""

    name: str
    seen: str
    sound: str
    rows: list[PlacedRow]
    values: dict[str, object]
