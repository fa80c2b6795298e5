"""A draft that somebody heard → their word that it may go on air; none: it is not published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import reduce

from broadcast.errors import BroadcastError, OutsideError, UsageError
from broadcast.feed.published import ApprovedBy, PublishedEpisode
from broadcast.messages import Message, counted
from broadcast.messages.system_reasons import system_reason
from broadcast.model import WhenApproved
from broadcast.production.desk.approval import FORMAT, Approval, holds, read_approval
from broadcast.production.desk.draft import Draft
from broadcast.production.desk.draft_record import DraftRecord
from broadcast.production.desk.episode_facts import contents_of
from broadcast.production.desk.progress import Reporter, waiting
from broadcast.production.desk.stopped_work import finish_held
from broadcast.production.making.reasons import reasons
from broadcast.production.public.freeze import draft_to_publish
from broadcast.records import record_bytes
from broadcast.workspace import Workspace
from broadcast.workspace.locks import locked
from broadcast.workspace.writing import write_atomic

MOST_NAME = 200
_MOST_TOLD = 5


@dataclass(frozen=True, slots=True)
class Approved:
    """Who approved which draft; not ``is_new``: the same person had approved it before."""

    record: DraftRecord
    approval: Approval
    is_new: bool


def approve(
    workspace: Workspace,
    name: str,
    by: str,
    now: datetime,
    reporter: Reporter,
    *,
    seen: DraftRecord | None = None,
) -> Approved:
    """Keep on record that ``by`` approves an episode's draft as it is; it holds until that changes.

    Raises UsageError without a name or a draft, BroadcastError when the draft's files are not as
    they were built, or when it is not the one that was ``seen``.
    """
    by = " ".join(by.split())
    if not by or len(by) > MOST_NAME or not by.isprintable():
        raise _nobody()
    with locked(workspace, waiting(reporter)):
        finish_held(workspace, (name,))
        draft = draft_to_publish(workspace, name)
        if seen is not None and seen.digests != draft.record.digests:
            raise _built_meanwhile(name)
        before = read_approval(workspace, name)
        if before is not None and before.by == by and holds(before, draft):
            return Approved(draft.record, before, is_new=False)
        approval = Approval(
            format=FORMAT,
            by=by,
            at=now.replace(microsecond=0),
            contents=contents_of(draft),
            made_from=draft.record.made_from,
        )
        file = workspace.approval_file(name)
        try:
            write_atomic(file, record_bytes(approval))
        except OSError as error:
            raise OutsideError(
                Message(
                    "approve.not-recorded",
                    "That {name} is approved cannot be recorded: {reason}.",
                    name=name,
                    reason=system_reason(error),
                ),
                file=file,
                hint=Message(
                    "approve.not-recorded.hint", "Make room on the disk, then approve it again."
                ),
            ) from error
    return Approved(draft.record, approval, is_new=True)


def is_needed(when: WhenApproved, record: DraftRecord) -> bool:
    """Whether somebody has to approve a draft before it is published, as the station wants it."""
    return when == "all" or (when == "official" and record.is_synthetic)


def approved_by(
    workspace: Workspace, draft: Draft, when: WhenApproved, had: PublishedEpisode | None
) -> ApprovedBy | None:
    """Give who approved a draft; None: nobody, and nobody has to.

    ``had`` is what listeners have of this very draft already, which nothing is asked of any more.
    Raises BroadcastError when somebody has to and nobody did, or it was changed since.
    """
    name = draft.record.name
    approval = read_approval(workspace, name)
    if approval is not None and holds(approval, draft):
        return ApprovedBy(approval.by, approval.at)
    if had is not None:
        return had.approved
    if not is_needed(when, draft.record):
        return None
    raise _not_approved(name, when) if approval is None else _changed(name, approval, draft.record)


def changed_since(approval: Approval, record: DraftRecord) -> tuple[Message, ...]:
    """Give what of a draft is otherwise than what was approved, in a producer's words."""
    found = reasons(approval.made_from, record.made_from)
    return found or (Message("approval.files", "the files that listeners get"),)


def _not_approved(name: str, when: WhenApproved) -> BroadcastError:
    if when == "all":
        told = Message(
            "approval.none",
            "{name} is not published: nobody has approved it.",
            name=name,
        )
    else:
        told = Message(
            "approval.none.official",
            "{name} is not published: a synthetic voice says an official's words in it, and nobody "
            "has approved that.",
            name=name,
        )
    return BroadcastError(told, hint=_approve_it(name))


def _changed(name: str, approval: Approval, record: DraftRecord) -> BroadcastError:
    what = changed_since(approval, record)
    return BroadcastError(
        counted(
            "approval.gone",
            "{name} is not published: it was changed since {by} approved it on {at:moment}: {what}",
            "{name} is not published: it was changed since {by} approved it on {at:moment}, in "
            "{count} places: {what}",
            count=len(what),
            name=name,
            by=approval.by,
            at=approval.at.astimezone().isoformat(),
            what=reduce(_and, what[:_MOST_TOLD]),
        ),
        hint=_approve_it(name),
    )


def _and(before: Message, following: Message) -> Message:
    """Join what has commas of its own."""
    return Message("list.apart", "{before}; {next}", before=before, next=following)


def _approve_it(name: str) -> Message:
    return Message(
        "approval.hint",
        'Listen to it. Who answers for it then says: broadcast approve {name} --by "NAME"\n'
        "When that is needed, [publish] approval in station.toml says.",
        name=name,
    )


def _built_meanwhile(name: str) -> BroadcastError:
    return BroadcastError(
        Message("publish.built-meanwhile", "{name} was built again meanwhile.", name=name),
        hint=Message("approve.built-meanwhile.hint", "Listen to what it is now, then approve it."),
    )


def _nobody() -> UsageError:
    return UsageError(
        Message(
            "approve.nobody",
            "Whoever approves it has a name, of {most} letters at the most.",
            most=MOST_NAME,
        ),
        hint=Message("approve.nobody.hint", 'Such as: --by "Nguyễn Thị Lan, Phó Trưởng đài"'),
    )
