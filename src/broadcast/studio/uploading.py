"""feed/ goes to the station's host beside the pages: told as it goes, stopped when one wants."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from broadcast.messages import Message
from broadcast.production.public.upload import upload
from broadcast.production.public.uploaded import told_of
from broadcast.studio.hearing import events_of, job_told
from broadcast.studio.incoming import fields_of
from broadcast.studio.jobs import Job, Jobs
from broadcast.studio.screens import Screens
from broadcast.workspace import Workspace

UPLOAD = "/upload"
"""What its job is called: no programme has such a name."""


@dataclass(frozen=True, slots=True)
class Uploading:
    """What uploading answers; there is one for the whole station."""

    workspace: Workspace
    screens: Screens
    jobs: Jobs

    @property
    def routes(self) -> list[Route]:
        """The addresses of uploading."""
        return [
            Route("/upload", self.begin, methods=["POST"]),
            Route("/upload/stop", self.stop, methods=["POST"]),
            Route("/upload/progress", self.progress),
        ]

    async def begin(self, request: Request) -> Response:
        """Begin to upload; what is being uploaded goes on."""
        given = await fields_of(request)

        def work(job: Job) -> None:
            job.say(Message("studio.upload.begins", "Looking at what is there…"))
            done = upload(
                self.workspace,
                job,
                accepts_key=given.get("key") == "right",
                takes_over=given.get("files") == "ours",
            )
            job.outcome = told_of(done)

        job = self.jobs.start(UPLOAD, work, beside=True)
        return JSONResponse(job_told(job, self.screens), 202)

    def stop(self, request: Request) -> Response:
        """Let the upload end; what is there already stays there."""
        job = self._job()
        job.stop()
        return JSONResponse(job_told(job, self.screens))

    def progress(self, request: Request) -> Response:
        """Tell how the upload goes, until it is over."""
        return events_of(self._job(), self.screens)

    def _job(self) -> Job:
        job = self.jobs.of(UPLOAD)
        if job is None:
            raise HTTPException(404)
        return job
