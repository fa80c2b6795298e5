"""A job → what a page shows of it, told as it goes on."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping

from starlette.responses import StreamingResponse

from broadcast.messages import Message
from broadcast.messages.rendering import Renderer
from broadcast.studio.jobs import Job

_LOOK_AGAIN_S = 0.2
_MOST_SILENT = 50


def watched(job: Job, renderer: Renderer) -> StreamingResponse:
    """Tell how a job goes, as server-sent events, until it is over."""
    return StreamingResponse(_events(job, renderer), media_type="text/event-stream")


async def _events(job: Job, renderer: Renderer) -> AsyncIterator[str]:
    seen, silent = -1, 0
    while True:
        if job.changes != seen:
            is_over, seen, silent = job.is_over, job.changes, 0
            yield f"data: {json.dumps(seen_of(job, renderer))}\n\n"
            if is_over:
                return
        elif (silent := silent + 1) % _MOST_SILENT == 0:
            yield ": \n\n"  # who has gone away is noticed by it
        await asyncio.sleep(_LOOK_AGAIN_S)


def seen_of(job: Job, renderer: Renderer) -> Mapping[str, object]:
    """Give what a page shows of a job."""
    wrong = job.wrong
    return {
        "state": job.state,
        "told": renderer.text(_told(job)),
        "hint": renderer.text(wrong.hint) if wrong and wrong.hint else "",
        "code": wrong.message.code if wrong else "",
        "done": job.done,
        "total": job.total,
    }


def _told(job: Job) -> Message:
    if job.wrong is not None:
        return job.wrong.message
    if job.state == "done":
        return job.said or Message("studio.job.done", "Done.")
    if job.stage is None:
        return job.said or Message("studio.job.begins", "It begins…")
    if (left := job.left_s) is None:
        return Message(
            "studio.job.stage",
            "{stage}: {done} of {total}",
            stage=job.stage,
            done=job.done,
            total=job.total,
        )
    return Message(
        "studio.job.left",
        "{stage}: {done} of {total}, about {left:clock} left",
        stage=job.stage,
        done=job.done,
        total=job.total,
        left=left * 1000,
    )
