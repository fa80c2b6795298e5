"""Recordings of many turns on the hear screen: a folder that is paired, or one that is long.

They are brought first and listened to beside the page; what was found is shown, heard and changed,
and only then used.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from broadcast.errors import BroadcastError, UsageError
from broadcast.messages import Message
from broadcast.production import booth
from broadcast.production.booth.waiting_recordings import (
    MOST_TAKE_BYTES,
    Waiting,
    WaitingCut,
    bring_recording,
    cut_otherwise,
    forget_waiting,
    kept_name,
    let_wait,
    pair_otherwise,
    waiting_recordings,
)
from broadcast.production.desk.inputs import Inputs
from broadcast.recordings.plan_folder import Planned
from broadcast.studio.hear_rows import place_of
from broadcast.studio.hearing import events_of
from broadcast.studio.incoming import fields_of, incoming_folder, received
from broadcast.studio.inputs_at_hand import InputsAtHand
from broadcast.studio.jobs import Job, Jobs
from broadcast.studio.names import name_asked
from broadcast.studio.screens import Screens
from broadcast.studio.take_changes import built
from broadcast.studio.told import TakesTold
from broadcast.studio.waiting_rows import cut_rows, cuts_wanted, pair_rows
from broadcast.studio.wav_pieces import stretches, wav_of
from broadcast.workspace import Workspace

_DONE = Message("studio.wait.done", "Done with the recordings.")
_MOST_MS = 4 * 3_600_000
Found = booth.LongRecording | tuple[Planned, ...]
"""What was found in recordings that wait: where turns are in a long one, or what is for which."""


@dataclass(frozen=True, slots=True)
class WaitingScreen:
    """What is answered about recordings that wait."""

    workspace: Workspace
    screens: Screens
    jobs: Jobs
    at_hand: InputsAtHand
    _found: dict[str, Found] = field(default_factory=dict)

    @property
    def routes(self) -> list[Route]:
        """The addresses of what waits."""
        base = "/programmes/{name}/waiting"
        return [
            Route(base, self.show),
            Route(f"{base}/progress", self.progress),
            Route(f"{base}/piece", self.piece),
            Route(f"{base}/bring", self.bring, methods=["POST"]),
            Route(f"{base}/begin", self.begin, methods=["POST"]),
            Route(f"{base}/stop", self.stop, methods=["POST"]),
            Route(f"{base}/cut", self.cut, methods=["POST"]),
            Route(f"{base}/pair", self.pair, methods=["POST"]),
            Route(f"{base}/accept", self.accept, methods=["POST"]),
            Route(f"{base}/forget", self.forget, methods=["POST"]),
        ]

    def values(self, inputs: Inputs) -> dict[str, object]:
        """Give what the screen shows of what waits."""
        name = inputs.name
        waiting, job = waiting_recordings(self.workspace, name), self._job(name)
        found = self._found.get(name) if waiting else None
        long = found if isinstance(found, booth.LongRecording) else None
        planned = found if isinstance(found, tuple) else ()
        return {
            "files": [file.name for file in waiting.files] if waiting else [],
            "kind": waiting.kind if waiting else "",
            "is_at_work": job is not None and not job.is_over,
            "wrong": job.wrong if job and job.state == "failed" else None,
            "is_found": found is not None,
            "verdict": long.heard.verdict if long else "",
            "is_over_sound": long.heard.is_over_sound if long else False,
            "length_ms": long.heard.duration_ms if long else 0,
            "cuts": cut_rows(inputs, long, waiting.cuts) if long and waiting else (),
            "pairs": pair_rows(planned, waiting.pairs) if waiting else (),
            "turns": [(place_of(turn), turn) for turn in inputs.standing.turns],
        }

    def show(self, request: Request) -> Response:
        """Show what waits, and what was found in it."""
        name = name_asked(request)
        values = {"name": name, "waiting": self.values(self.at_hand.of(name))}
        return self.screens.page("hear_waiting.html", values)

    async def bring(self, request: Request) -> Response:
        """Take a file in, which is used for nothing yet."""
        name = name_asked(request)
        called = kept_name(request.query_params.get("file", ""))
        incoming = incoming_folder(self.workspace)
        async with received(request, incoming, Path(called), MOST_TAKE_BYTES) as file:
            kept = await run_in_threadpool(bring_recording, self.workspace, name, file, called)
        return JSONResponse({"file": kept.name}, 201)

    async def begin(self, request: Request) -> Response:
        """Begin to listen to what was brought."""
        name = name_asked(request)
        kind = (await fields_of(request)).get("kind")
        if kind not in ("folder", "long"):
            raise UsageError(
                Message("studio.no-fields", "This is not what the studio's pages send.")
            )
        waiting = await run_in_threadpool(
            let_wait, self.workspace, name, "long" if kind == "long" else "folder"
        )
        self._found.pop(name, None)

        def listen(job: Job) -> None:
            self._found[name] = _listened(self.at_hand.of(name), waiting, job)
            job.outcome = _DONE

        self.jobs.start(_job_name(name), listen, beside=True)
        return JSONResponse({"told": ""}, 202)

    def stop(self, request: Request) -> Response:
        """Let the listening end; the files wait on."""
        job = self._job(name_asked(request))
        if job is None:
            raise HTTPException(404)
        job.stop()
        return JSONResponse({"told": ""})

    def progress(self, request: Request) -> Response:
        """Tell how the listening goes, as server-sent events, until it is over."""
        job = self._job(name_asked(request))
        if job is None:
            raise HTTPException(404)
        return events_of(job, self.screens)

    def piece(self, request: Request) -> Response:
        """Give a stretch of what waits as a WAV file, whatever the recording's own kind."""
        name = name_asked(request)
        found, asked = self._found.get(name), request.query_params
        waiting = waiting_recordings(self.workspace, name)
        if waiting is None or found is None:
            raise HTTPException(404)
        try:
            begin_ms, end_ms = int(asked["from"]), int(asked["to"])
            number = int(asked.get("file", "0"))
        except (KeyError, ValueError):
            raise HTTPException(404) from None
        if isinstance(found, booth.LongRecording):
            pieces = stretches(found.files, found.lengths_ms, begin_ms, end_ms)
        elif 0 <= number < len(found):
            pieces = stretches((found[number].file,), (_MOST_MS,), begin_ms, end_ms)
        else:
            raise HTTPException(404)
        return Response(wav_of(pieces), media_type="audio/wav")

    async def cut(self, request: Request) -> Response:
        """Note where a turn is cut out of a long recording, or that it is not to be used."""
        name = name_asked(request)
        given = await fields_of(request)
        try:
            turn, begin_ms, end_ms = given["turn"], int(given["begin"]), int(given["end"])
        except (KeyError, ValueError):
            begin_ms, end_ms, turn = 0, 0, ""
        if not 0 <= begin_ms < end_ms or not turn:
            raise UsageError(
                Message("studio.no-fields", "This is not what the studio's pages send.")
            )
        cut = WaitingCut(begin_ms=begin_ms, end_ms=end_ms, use=given.get("use") == "yes")
        await run_in_threadpool(cut_otherwise, self.workspace, name, turn, cut)
        return JSONResponse({"told": ""})

    async def pair(self, request: Request) -> Response:
        """Note which turn a file is for; none: it is not to be used."""
        name = name_asked(request)
        given = await fields_of(request)
        if given.get("turn"):
            inputs = await run_in_threadpool(self.at_hand.of, name)
            booth.turn_named(inputs, given["turn"])
        file, turn = given.get("file", ""), given.get("turn", "")
        await run_in_threadpool(pair_otherwise, self.workspace, name, file, turn)
        return JSONResponse({"told": ""})

    async def accept(self, request: Request) -> Response:
        """Use what was found as it is wanted now, and build."""
        name = name_asked(request)
        given = await fields_of(request)
        found = self._found.get(name)
        waiting = await run_in_threadpool(waiting_recordings, self.workspace, name)
        if waiting is None or found is None:
            raise UsageError(Message("waiting.none", "No recording waits here any more."))

        def work(job: Job) -> None:
            inputs, told = self.at_hand.of(name), TakesTold(job)
            try:
                swaps = _wanted(inputs, found, waiting, given, told)
                if not swaps:
                    raise UsageError(Message("align.none", "No turn of it is to be used."))
                inputs, _ = booth.swap(inputs, swaps, told)
            except BroadcastError as error:
                raise told.said(error) from error
            forget_waiting(self.workspace, name)
            self._found.pop(name, None)
            self.at_hand.keep(inputs)
            built(self.workspace, inputs, job)

        self.jobs.start(_job_name(name), work)
        return JSONResponse({"told": ""}, 202)

    def forget(self, request: Request) -> Response:
        """Remove what waits; nothing of it was used."""
        name = name_asked(request)
        if (job := self._job(name)) is not None:
            job.stop()
        self._found.pop(name, None)
        forget_waiting(self.workspace, name)
        return JSONResponse({"told": ""})

    def _job(self, name: str) -> Job | None:
        return self.jobs.of(_job_name(name))


def _job_name(name: str) -> str:
    """Give what work on what waits is known by: no programme is called so."""
    return f"{name}/waiting"


def _listened(inputs: Inputs, waiting: Waiting, job: Job) -> Found:
    if waiting.kind == "long":
        return booth.hear(inputs, waiting.files, job)
    return booth.plan_of_folder(inputs, waiting.folder, job)


def _wanted(
    inputs: Inputs, found: Found, waiting: Waiting, given: dict[str, str], told: TakesTold
) -> Sequence[booth.Swap]:
    """Give the takes that a page wants of what waits, read anew as the script is now."""
    if isinstance(found, booth.LongRecording):
        recording = booth.hear(inputs, waiting.files, told)  # kept, unless the script was changed
        return booth.accepted(recording, None, cuts_wanted(recording, waiting.cuts))
    files = {file.name: file for file in waiting.files}
    return [
        booth.Swap(booth.turn_named(inputs, turn), (files[file],), force="force" in given)
        for file, turn in given.items()
        if file in files and turn
    ]
