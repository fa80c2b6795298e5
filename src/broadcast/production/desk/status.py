"""A station's folders → every episode: its draft, and what listeners have of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from broadcast.errors import BroadcastError, OutsideError
from broadcast.feed.published import PublishedFacts
from broadcast.feed.site_record import read_site_record, site_head
from broadcast.production.desk.approval import ApprovalFacts, approval_facts
from broadcast.production.desk.changed_since import Since, changed_since
from broadcast.production.desk.draft import DRAFT_FILE, read_draft
from broadcast.production.desk.episode_facts import (
    DraftFacts,
    GivenFacts,
    draft_facts,
    given_facts,
)
from broadcast.production.desk.known import drafted_names, known_entries, known_episode
from broadcast.production.desk.listeners import Due, Found, due_told, station_time
from broadcast.production.desk.progress import Reporter
from broadcast.production.desk.published import published_episode
from broadcast.production.desk.remembered_facts import RememberedFacts
from broadcast.production.desk.stopped_work import finish_stopped
from broadcast.workspace import Workspace


@dataclass(frozen=True, slots=True)
class EpisodeState:
    """One episode: its draft (None: there is none) and what was published (None: nothing yet).

    ``in_feed``: listeners find it, whatever was published; ``due`` is what the next writing of
    feed/ is to do about that. ``damage`` says why there is a draft that is none, ``unread`` why it
    could not be looked at. ``since`` tells what changed in the draft since it was published, where
    it is newer; ``approval`` who approved a draft last, whatever became of that.
    """

    name: str
    draft: DraftFacts | None
    published: GivenFacts | None
    waits: bool = False
    in_feed: bool = False
    due: Due | None = None
    damage: BroadcastError | None = None
    unread: OutsideError | None = None
    since: Since | None = None
    approval: ApprovalFacts | None = None

    @property
    def title(self) -> str:
        """The draft's title, else the published one."""
        if self.draft:
            return self.draft.title
        return self.published.title if self.published else ""

    @property
    def duration_ms(self) -> int | None:
        """How long the draft is, else what listeners have."""
        if self.draft:
            return self.draft.duration_ms
        return self.published.duration_ms if self.published else None

    @property
    def undisclosed_at(self) -> datetime | None:
        """Since when it is agreed that nothing is said of synthetic voices, in draft or feed."""
        if self.published and self.published.undisclosed_at:
            return self.published.undisclosed_at
        return self.draft.undisclosed_at if self.draft else None

    @property
    def is_newer_than_published(self) -> bool:
        """Whether the draft differs from what listeners have."""
        if self.draft is None:
            return False
        return self.published is None or self.draft.contents != self.published.contents

    @property
    def is_approved(self) -> bool:
        """Whether somebody approved the draft as it is."""
        approval, draft = self.approval, self.draft
        return bool(approval and draft and approval.contents == draft.contents)

    @property
    def is_open(self) -> bool:
        """Whether something is left to do or to wait for."""
        return bool(self.due or self.damage or self.unread or self.waits)

    @property
    def is_past(self) -> bool:
        """Whether it was withdrawn, and nothing is left to do about it."""
        withdrawn = self.published is not None and self.published.state == "withdrawn"
        return withdrawn and not (self.due or self.damage or self.unread)

    def document(self) -> dict[str, Any]:
        """Give what ``status --json`` prints of it."""
        published = self.published
        return {
            "name": self.name,
            "title": self.title,
            "duration_ms": self.duration_ms,
            "draft": self.draft is not None,
            "turns": self.draft.turns if self.draft else None,
            "real_turns": self.draft.real if self.draft else None,
            "stale_turns": self.draft.stale if self.draft else None,
            "passes": self.draft.passes if self.draft else None,
            "draft_is_newer": self.is_newer_than_published,
            "changed_turns": self.since.document() if self.since else None,
            "damage": self.damage.placed if self.damage else None,
            "damage_code": self.damage.message.code if self.damage else None,
            "unread": self.unread.placed if self.unread else None,
            "state": published.state if published else None,
            "waits": self.waits,
            "in_feed": self.in_feed,
            "due": self.due,
            "due_told": due_told(published.state, self.due) if published and self.due else None,
            "published": published.published.isoformat() if published else None,
            "expires": published.expires.isoformat() if published and published.expires else None,
            "guid": published.guid if published else None,
            "undisclosed_at": self.undisclosed_at.isoformat() if self.undisclosed_at else None,
            "approved": self.is_approved,
            "approved_by": self.approval.by if self.approval else None,
            "approved_at": self.approval.at.isoformat() if self.approval else None,
            "forced": list(published.forced) if published else [],
        }


def status(
    workspace: Workspace, now: datetime, reporter: Reporter | None = None
) -> list[EpisodeState]:
    """Give every episode that was ever built or published, by name.

    What a killed command had decided for an episode's files is finished first, and ``reporter`` is
    told. Raises BroadcastError naming a published.json that is damaged, OutsideError naming one
    that cannot be read.
    """
    drafted, published = {*drafted_names(workspace)}, {*workspace.published_names()}
    if reporter is not None:
        finish_stopped(workspace, sorted(drafted | published), reporter)
    remembered = RememberedFacts(workspace)

    def given(name: str) -> PublishedFacts | None:
        return known_episode(workspace, name, remembered) if name in published else None

    changes = (facts.updated for name in published if (facts := given(name)))
    found = _found(workspace, now, changes, remembered)
    states = [
        state
        for name in sorted(drafted | published)
        if (state := _state(workspace, name, given(name), found, remembered))
    ]
    remembered.keep(alone=True)
    return states


def _found(
    workspace: Workspace,
    now: datetime,
    changes: Iterable[datetime],
    remembered: RememberedFacts,
) -> Found:
    """Give what listeners find, with the feed's documents remembered and its record left alone."""

    def was_put(path: str) -> bool:
        return path in read_site_record(workspace.feed).files

    time = station_time(now, site_head(workspace.feed).seen, changes)
    return Found(workspace.feed, known_entries(workspace, remembered), time, was_put)


def _state(
    workspace: Workspace,
    name: str,
    episode: PublishedFacts | None,
    listeners: Found,
    remembered: RememberedFacts,
) -> EpisodeState | None:
    """Give an episode's state; None: of its folder there is neither draft nor record."""
    state = EpisodeState(
        name,
        draft=None,
        published=given_facts(episode) if episode else None,
        waits=episode is not None and listeners.waits(episode),
        in_feed=episode is not None and listeners.has(episode),
        due=listeners.due(episode) if episode else None,
    )

    def read() -> DraftFacts | None:
        draft = read_draft(workspace.draft(name))
        return draft_facts(draft) if draft else None

    try:
        draft = remembered.of(f"episodes/{name}/{DRAFT_FILE}", DraftFacts, read)
        state = replace(state, draft=draft)
        if draft:
            file = workspace.relative(workspace.approval_file(name))
            approval = remembered.of(file, ApprovalFacts, lambda: approval_facts(workspace, name))
            state = replace(state, approval=approval)
        if draft and episode and state.is_newer_than_published:
            return replace(state, since=_since(workspace, name))
    except OutsideError as error:
        return replace(state, draft=None, unread=error)
    except BroadcastError as error:
        return replace(state, draft=None, damage=error)
    return state if state.draft or state.published else None


def _since(workspace: Workspace, name: str) -> Since | None:
    """Give what changed in a draft since it was published."""
    draft, episode = read_draft(workspace.draft(name)), published_episode(workspace, name)
    if draft is None or episode is None:
        return None
    return changed_since(draft, workspace.published(name), episode)
