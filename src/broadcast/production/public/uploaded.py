"""What came of an upload → the sentence that tells it."""

from __future__ import annotations

from broadcast.messages import Message, counted
from broadcast.production.public.upload import Uploaded


def told_of(done: Uploaded) -> Message:
    """Say what an upload copied and deleted."""
    if not (done.orders.put or done.orders.remove):
        return all_there(done)
    return Message(
        "upload.done",
        "{where} has all of feed/ now: {put}, {removed}.",
        where=done.where,
        put=counted(
            "upload.done.put",
            "{count} file copied",
            "{count} files copied",
            count=len(done.orders.put),
        ),
        removed=counted(
            "upload.done.removed",
            "{count} deleted",
            "{count} deleted",
            count=len(done.orders.remove),
        ),
    )


def all_there(done: Uploaded) -> Message:
    """Say that there was nothing to copy."""
    return Message("upload.same", "{where} has all of feed/ already.", where=done.where)
