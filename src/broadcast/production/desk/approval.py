"""approval.json: who heard a draft and said that it may go on air, and what it was then."""

from __future__ import annotations

import datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from broadcast.messages import Message
from broadcast.production.desk.draft import Draft
from broadcast.production.desk.draft_record import MadeFrom
from broadcast.production.desk.episode_facts import contents_of
from broadcast.records import Digest, PlainText, Record, read_record
from broadcast.workspace import Workspace

FORMAT = 1
_HINT = Message(
    "approval.damaged.hint", "Remove this file, listen to the programme and approve it again."
)


class Approval(Record, frozen=True, kw_only=True):
    """Who approved a draft, and when.

    ``contents`` names what listeners would get of it: of a draft that is another since, nobody has
    said anything. ``made_from`` tells what changed then.
    """

    format: int = 1
    by: PlainText
    at: Annotated[datetime.datetime, Meta(tz=True)]
    contents: Digest
    made_from: MadeFrom


class ApprovalFacts(msgspec.Struct, frozen=True):
    """What `status` tells of an approval."""

    by: str
    at: datetime.datetime
    contents: str


def read_approval(workspace: Workspace, name: str) -> Approval | None:
    """Give who approved an episode last, whatever it is by now; None: nobody did.

    Raises BroadcastError naming what of the record is wrong, OutsideError when it cannot be read.
    """
    return read_record(workspace.approval_file(name), {FORMAT: Approval}, _HINT)


def approval_facts(workspace: Workspace, name: str) -> ApprovalFacts | None:
    """Give what `status` tells of an episode's approval. Raises as ``read_approval`` does."""
    found = read_approval(workspace, name)
    return ApprovalFacts(found.by, found.at, found.contents) if found else None


def holds(approval: Approval, draft: Draft) -> bool:
    """Whether the draft is what was approved: not a word, take or sound of it changed since."""
    return approval.contents == contents_of(draft)
