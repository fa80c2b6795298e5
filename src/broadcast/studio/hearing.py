"""A programme is built beside the pages, and what was built is heard: any turn, any seam."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from broadcast.messages import Message
from broadcast.production.desk.draft import read_draft
from broadcast.production.desk.mend_script import written_script
from broadcast.production.making.build import build
from broadcast.production.making.orders import Orders
from broadcast.studio.jobs import Job, Jobs
from broadcast.studio.names import name_asked
from broadcast.studio.screens import Screens
from broadcast.workspace import Workspace

_LOOK_AGAIN_S = 0.2
_MOST_SILENT = 50


@dataclass(frozen=True, slots=True)
class Hearing:
    """What building and hearing answer."""

    workspace: Workspace
    screens: Screens
    jobs: Jobs

    @property
    def routes(self) -> list[Route]:
        """The addresses of building and hearing."""
        return [
            Route("/programmes/{name}/build", self.build, methods=["POST"]),
            Route("/programmes/{name}/stop", self.stop, methods=["POST"]),
            Route("/programmes/{name}/progress", self.progress),
            Route("/programmes/{name}/audio/{version}", self.audio),
        ]

    def build(self, request: Request) -> Response:
        """Begin to build a programme; one that is being built goes on."""
        name = name_asked(request)
        script = written_script(self.workspace, name).file

        def work(job: Job) -> None:
            orders = Orders(now=datetime.now().astimezone(), new_guid=str(uuid4()))
            build(self.workspace, script, orders, job)

        return JSONResponse(job_told(self.jobs.start(name, work), self.screens), 202)

    def stop(self, request: Request) -> Response:
        """Let a build end; what was spoken until then is kept."""
        job = self.jobs.of(name_asked(request))
        if job is None:
            raise HTTPException(404)
        job.stop()
        return JSONResponse(job_told(job, self.screens))

    def progress(self, request: Request) -> Response:
        """Tell how a build goes, as server-sent events, until it is over."""
        job = self.jobs.of(name_asked(request))
        if job is None:
            raise HTTPException(404)
        return events_of(job, self.screens)

    def audio(self, request: Request) -> Response:
        """Give the draft's programme as it was levelled, any part of it."""
        draft = read_draft(self.workspace.draft(name_asked(request)))
        if draft is None:
            raise HTTPException(404)
        file = draft.folder / draft.record.files.audio
        if not file.is_file():
            raise HTTPException(404)
        return FileResponse(file, media_type="audio/mpeg")


def events_of(job: Job, screens: Screens) -> Response:
    """Tell how long work goes, as server-sent events, until it is over."""
    return StreamingResponse(_events(job, screens), media_type="text/event-stream")


async def _events(job: Job, screens: Screens) -> AsyncIterator[str]:
    seen, silent = -1, 0
    while True:
        if job.changes != seen:
            is_over, seen, silent = job.is_over, job.changes, 0
            yield f"data: {json.dumps(job_told(job, screens))}\n\n"
            if is_over:
                return
        elif (silent := silent + 1) % _MOST_SILENT == 0:
            yield ": \n\n"  # who has gone away is noticed by it
        await asyncio.sleep(_LOOK_AGAIN_S)


def job_told(job: Job, screens: Screens) -> dict[str, object]:
    """Give what a page shows of a job."""
    text = screens.renderer.text
    return {
        "state": job.state,
        "told": text(_told(job)),
        "hint": text(job.wrong.hint) if job.wrong and job.wrong.hint else "",
        "code": job.wrong.message.code if job.wrong else "",
        "done": job.done,
        "total": job.total,
    }


def _told(job: Job) -> Message:
    if job.wrong is not None:
        return job.wrong.message
    if job.state == "done":
        return job.outcome or Message("studio.built", "Built.")
    if job.state == "waiting":
        return Message("studio.job-waits", "It waits until other work is done…")
    if job.stage is None:
        return job.said or Message("studio.build-begins", "Reading the script…")
    if (left := job.left_s) is None:
        return Message(
            "studio.build-stage",
            "{stage}: {done} of {total}",
            stage=job.stage,
            done=job.done,
            total=job.total,
        )
    return Message(
        "studio.build-left",
        "{stage}: {done} of {total}, about {left:clock} left",
        stage=job.stage,
        done=job.done,
        total=job.total,
        left=left * 1000,
    )
