"""A station's folders → every episode: its draft, and what listeners have of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from broadcast.errors import BroadcastError, OutsideError
from broadcast.feed.published import PublishedEpisode
from broadcast.production.desk.changed_since import Since, changed_since
from broadcast.production.desk.draft import DRAFT_FILE, Draft, read_draft
from broadcast.production.desk.listeners import Due, due_told, listeners_of
from broadcast.production.desk.progress import Reporter
from broadcast.production.desk.published import is_as_published
from broadcast.production.desk.stopped_work import finish_stopped
from broadcast.workspace import Workspace


@dataclass(frozen=True, slots=True)
class EpisodeState:
    """One episode: its draft (None: there is none) and what was published (None: nothing yet).

    ``in_feed``: listeners find it, whatever was published; ``due`` is what the next writing of
    feed/ is to do about that. ``damage`` says why there is a draft that is none, ``unread`` why it
    could not be looked at. ``since`` tells what changed in the draft since it was published, where
    it is newer.
    """

    name: str
    draft: Draft | None
    published: PublishedEpisode | None
    waits: bool
    in_feed: bool = False
    due: Due | None = None
    damage: BroadcastError | None = None
    unread: OutsideError | None = None
    since: Since | None = None

    @property
    def title(self) -> str:
        """The draft's title, else the published one."""
        if self.draft:
            return self.draft.record.title
        return self.published.title if self.published else ""

    @property
    def duration_ms(self) -> int | None:
        """How long the draft is, else what listeners have."""
        if self.draft:
            return self.draft.record.duration_ms
        return self.published.duration_ms if self.published else None

    @property
    def undisclosed_at(self) -> datetime | None:
        """Since when it is agreed that nothing is said of synthetic voices, in draft or feed."""
        if self.published and self.published.undisclosed_at:
            return self.published.undisclosed_at
        return self.draft.record.undisclosed_at if self.draft else None

    @property
    def is_newer_than_published(self) -> bool:
        """Whether the draft differs from what listeners have."""
        if self.draft is None:
            return False
        return self.published is None or not is_as_published(self.draft, self.published)

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
            "draft_is_newer": self.is_newer_than_published,
            "changed_turns": self.since.document() if self.since else None,
            "damage": self.damage.placed if self.damage else None,
            "damage_code": self.damage.message.code if self.damage else None,
            "unread": self.unread.placed if self.unread else None,
            "state": published.state if published else None,
            "waits": self.waits,
            "in_feed": self.in_feed,
            "due": self.due,
            "due_told": due_told(published, self.due) if published and self.due else None,
            "published": published.published.isoformat() if published else None,
            "expires": published.expires.isoformat() if published and published.expires else None,
            "guid": published.guid if published else None,
            "undisclosed_at": self.undisclosed_at.isoformat() if self.undisclosed_at else None,
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
    drafts = (workspace.root / "episodes").glob(f"*/{DRAFT_FILE}")
    drafted = {file.parent.name for file in drafts}
    if reporter is not None:
        finish_stopped(workspace, sorted(drafted | {*workspace.published_names()}), reporter)
    listeners = listeners_of(workspace, now)
    published = {episode.name: episode for episode in listeners.episodes}
    found = []
    for name in sorted(drafted | published.keys()):
        episode = published.get(name)
        state = EpisodeState(
            name,
            None,
            episode,
            waits=episode is not None and listeners.waits(episode),
            in_feed=episode is not None and listeners.has(episode),
            due=listeners.due(episode) if episode else None,
        )
        try:
            found.append(
                _compared(replace(state, draft=read_draft(workspace.draft(name))), workspace)
            )
        except OutsideError as error:
            found.append(replace(state, unread=error))
        except BroadcastError as error:
            found.append(replace(state, damage=error))
    return found


def _compared(state: EpisodeState, workspace: Workspace) -> EpisodeState:
    """Give a state with what changed since it was published, where the draft is newer."""
    if state.draft is None or state.published is None or not state.is_newer_than_published:
        return state
    folder = workspace.published(state.name)
    return replace(state, since=changed_since(state.draft, folder, state.published))
