"""A draft → what its producer looks at before it is given to listeners."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from broadcast.errors import BroadcastError, StoppedError
from broadcast.messages import Message
from broadcast.model import Problem
from broadcast.model.script import TurnName
from broadcast.production.desk.approval import Approval, holds, read_approval
from broadcast.production.desk.draft import read_draft
from broadcast.production.desk.draft_record import DraftRecord
from broadcast.production.desk.progress import Reporter
from broadcast.production.desk.published import is_out, published_episode
from broadcast.production.desk.standing_words import spoken_day
from broadcast.production.desk.stopped_work import finish_stopped
from broadcast.workspace import Workspace

_STALE = {"take.stale", "take.stale-unused"}


@dataclass(frozen=True, slots=True)
class Summary:
    """A draft that is to be published at a time, and what is doubtful about its recordings.

    ``said`` is the day that the programme itself says; ``is_out``: listeners have this very draft.
    ``approval`` is whose word it has as it is (None: nobody's). ``doubts`` are of takes for other
    words, of takes that are doubtful, and of recordings that are with no turn.
    """

    record: DraftRecord
    at: datetime
    said: date | None
    is_out: bool
    approval: Approval | None
    doubts: tuple[Problem, ...]

    @property
    def real(self) -> int:
        """How many of the interview's turns are recordings."""
        return sum(turn.take.kind == "recorded" for turn in self.record.interview)

    @property
    def synthetic(self) -> int:
        """How many of them an engine speaks."""
        return len(self.record.interview) - self.real


def summary_of(
    workspace: Workspace, name: str, at: datetime | None, now: datetime, reporter: Reporter
) -> Summary | None:
    """Look at what would be published of an episode; None where there is no draft.

    What a killed command had decided for its files is finished first, and ``reporter`` is told.
    Raises BroadcastError naming a record that is damaged.
    """
    finish_stopped(workspace, (name,), reporter)
    draft = read_draft(workspace.draft(name))
    if draft is None:
        return None
    before = published_episode(workspace, name)
    approval = read_approval(workspace, name)
    return Summary(
        record=draft.record,
        at=at or (before.published if before else now),
        said=spoken_day(draft.record),
        is_out=is_out(draft, before),
        approval=approval if approval and holds(approval, draft) else None,
        doubts=(*_stale(draft.record), *_doubtful(workspace, draft.record, reporter)),
    )


def _stale(record: DraftRecord) -> Iterator[Problem]:
    for turn in record.turns:
        if turn.take.stale:
            told = Message(
                "summary.stale", "{file} was recorded for other words", file=turn.take.file or ""
            )
            yield Problem(None, "warning", told, None, turn.n, TurnName(turn.kind, turn.n))


def _doubtful(workspace: Workspace, record: DraftRecord, reporter: Reporter) -> tuple[Problem, ...]:
    """Give what is doubtful of the recordings as they stand, so far as the draft has them."""
    script = workspace.root / record.script
    folder = workspace.recordings(record.name)
    if not script.is_file() or not folder.is_dir() or not any(folder.iterdir()):
        return ()
    # Listening takes half a second to import, and most episodes have no recordings.
    from broadcast.production import booth
    from broadcast.production.desk.inputs import read_inputs

    try:
        found = booth.doubts(read_inputs(workspace, script, reporter), reporter)
    except StoppedError:
        raise
    except BroadcastError as error:
        why = Message(
            "summary.recordings-unread",
            "its recordings could not be looked at: {why}",
            why=error.message,
        )
        return (Problem(None, "warning", why),)
    recorded = {TurnName(t.kind, t.n) for t in record.turns if t.take.kind == "recorded"}
    return tuple(
        one
        for one in found
        if one.message.code not in _STALE and (one.whose is None or one.whose in recorded)
    )
