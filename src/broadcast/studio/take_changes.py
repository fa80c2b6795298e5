"""What one can do with takes on the hear screen; each change is built at once, beside the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from broadcast.errors import BroadcastError, UsageError
from broadcast.messages import Message
from broadcast.production import booth
from broadcast.production.booth.waiting_recordings import MOST_TAKE_BYTES, kept_name
from broadcast.production.desk.draft import read_draft
from broadcast.production.desk.heard import mark_heard, sounds_of
from broadcast.production.desk.inputs import Inputs
from broadcast.production.desk.progress import Reporter
from broadcast.production.making.build import build
from broadcast.production.making.orders import Orders
from broadcast.studio.incoming import fields_of, incoming_folder, received
from broadcast.studio.inputs_at_hand import InputsAtHand
from broadcast.studio.jobs import Job, Jobs
from broadcast.studio.names import name_asked
from broadcast.studio.quiet import Quiet
from broadcast.studio.screens import Screens
from broadcast.studio.told import TakesTold
from broadcast.workspace import Workspace

_WRONG = 422
_LONGEST_MS = 100 * 3_600_000


@dataclass(frozen=True, slots=True)
class TakeChanges:
    """What is answered to changes of takes, and to what was heard."""

    workspace: Workspace
    screens: Screens
    jobs: Jobs
    at_hand: InputsAtHand

    @property
    def routes(self) -> list[Route]:
        """The addresses of changes."""
        return [
            Route("/programmes/{name}/takes/use", self.use, methods=["POST"]),
            Route("/programmes/{name}/takes/confirm", self.confirm, methods=["POST"]),
            Route("/programmes/{name}/takes/trim", self.trim, methods=["POST"]),
            Route("/programmes/{name}/takes/drop", self.drop, methods=["POST"]),
            Route("/programmes/{name}/heard", self.heard, methods=["POST"]),
        ]

    async def use(self, request: Request) -> Response:
        """Let another take of a turn be heard; number 0 is the synthetic voice."""
        given = await fields_of(request)
        number = _number(given, "take")

        def chosen(inputs: Inputs, told: TakesTold) -> Inputs:
            turn = booth.turn_named(inputs, given.get("turn", ""))
            if number:
                return booth.use(inputs, turn, number, told)
            return booth.go_back(inputs, turn, told) or inputs

        return await self._changed(request, chosen)

    async def confirm(self, request: Request) -> Response:
        """Note that a turn's recording is right, and says these words."""
        given = await fields_of(request)

        def confirmed(inputs: Inputs, told: TakesTold) -> Inputs:
            turn = booth.turn_named(inputs, given.get("turn", ""))
            return booth.confirm(inputs, turn, told)

        return await self._changed(request, confirmed)

    async def trim(self, request: Request) -> Response:
        """Let a take begin and end elsewhere; without a point it is where speech is heard."""
        given = await fields_of(request)
        number = _number(given, "take")
        points = (_point(given, "in"), _point(given, "out"))

        def cut(inputs: Inputs, told: TakesTold) -> Inputs:
            turn = booth.turn_named(inputs, given.get("turn", ""))
            return booth.trim(inputs, turn, number, points, told, force="force" in given)

        return await self._changed(request, cut)

    async def drop(self, request: Request) -> Response:
        """Use a recording that was dropped on a turn, checked as ``swap`` checks it."""
        asked = request.query_params
        called = Path(kept_name(asked.get("file", "")))

        def swapped(file: Path) -> Callable[[Inputs, TakesTold], Inputs]:
            def decide(inputs: Inputs, told: TakesTold) -> Inputs:
                turn = booth.turn_named(inputs, asked.get("turn", ""))
                own = file.rename(file.with_name(called.name))
                swaps = [booth.Swap(turn, (own,), force="force" in asked)]
                return booth.swap(inputs, swaps, told)[0]

            return decide

        incoming = incoming_folder(self.workspace)
        async with received(request, incoming, called, MOST_TAKE_BYTES) as file:
            return await self._changed(request, swapped(file))

    async def heard(self, request: Request) -> Response:
        """Remember that turns of the draft were heard to their end, as it sounds now."""
        name = name_asked(request)
        given = await fields_of(request)

        def remember() -> int:
            draft = read_draft(self.workspace.draft(name))
            if draft is None:
                return 0
            if draft.record.digests[draft.record.files.audio] != given.get("sound"):
                raise UsageError(
                    Message("studio.hear.built-anew", "It was built anew meanwhile: hear it again.")
                )
            sounds = sounds_of(draft.record)
            keys = [sounds[turn] for turn in given.get("turns", "").split() if turn in sounds]
            mark_heard(self.workspace, name, *keys)
            return len(keys)

        return JSONResponse({"heard": await run_in_threadpool(remember)})

    async def _changed(
        self, request: Request, decide: Callable[[Inputs, TakesTold], Inputs]
    ) -> Response:
        """Make a decision about takes, and begin to build what comes of it."""
        name = name_asked(request)
        told = TakesTold(Quiet())

        def change() -> None:
            inputs = decide(self.at_hand.of(name), told)
            self.at_hand.keep(inputs)
            follow(self.workspace, self.jobs, inputs)

        try:
            await run_in_threadpool(change)
        except BroadcastError as error:
            said = told.said(error)
            hint = self.screens.renderer.text(said.hint) if said.hint else ""
            answer = {
                "told": self.screens.renderer.text(said.message),
                "hint": hint,
                "can_be_forced": told.can_be_forced,
            }
            return JSONResponse(answer, _WRONG)
        return JSONResponse({"told": ""}, 202)


def follow(workspace: Workspace, jobs: Jobs, inputs: Inputs) -> Job:
    """Begin to build a programme from inputs that a decision left; one at work takes them in."""
    return jobs.start(inputs.name, lambda job: built(workspace, inputs, job))


def built(workspace: Workspace, inputs: Inputs, reporter: Reporter) -> None:
    """Build a programme from inputs that were just read."""
    orders = Orders(now=datetime.now().astimezone(), new_guid=str(uuid4()))
    build(workspace, inputs.file, orders, reporter, inputs)


def _number(given: dict[str, str], field: str) -> int:
    text = given.get(field, "")
    if not (text.isascii() and text.isdigit() and len(text) < 6):
        raise UsageError(Message("studio.no-fields", "This is not what the studio's pages send."))
    return int(text)


def _point(given: dict[str, str], field: str) -> int | None:
    """Read a point of a recording in ms; none where it is not given."""
    text = given.get(field, "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and int(text[:12]) < _LONGEST_MS):
        raise UsageError(Message("studio.no-fields", "This is not what the studio's pages send."))
    return int(text)
