"""A station's folders → every episode: its draft, and what listeners have of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from broadcast.errors import BroadcastError
from broadcast.feed.published import PublishedEpisode
from broadcast.production.desk.draft import DRAFT_FILE, Draft, read_draft
from broadcast.production.desk.published import is_as_published, published_episodes
from broadcast.workspace import Workspace


@dataclass(frozen=True, slots=True)
class EpisodeState:
    """One episode: its draft (None: there is none) and what was published (None: nothing yet).

    ``damage`` says why there is a draft that cannot be read.
    """

    name: str
    draft: Draft | None
    published: PublishedEpisode | None
    waits: bool
    damage: BroadcastError | None = None

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
    def is_newer_than_published(self) -> bool:
        """Whether the draft differs from what listeners have."""
        if self.draft is None:
            return False
        return self.published is None or not is_as_published(self.draft, self.published)

    def document(self) -> dict[str, Any]:
        """Give what ``status --json`` prints of it."""
        published = self.published
        return {
            "name": self.name,
            "title": self.title,
            "duration_ms": self.duration_ms,
            "draft": self.draft is not None,
            "draft_is_newer": self.is_newer_than_published,
            "damage": self.damage.placed if self.damage else None,
            "damage_code": self.damage.message.code if self.damage else None,
            "state": published.state if published else None,
            "waits": self.waits,
            "published": published.published.isoformat() if published else None,
            "guid": published.guid if published else None,
        }


def status(workspace: Workspace, now: datetime) -> list[EpisodeState]:
    """Give every episode that was ever built or published, by name.

    Raises BroadcastError naming a published.json that is damaged.
    """
    published = {episode.name: episode for episode in published_episodes(workspace)}
    drafted = {file.parent.name for file in (workspace.root / "episodes").glob(f"*/{DRAFT_FILE}")}
    found = []
    for name in sorted(drafted | published.keys()):
        episode = published.get(name)
        state = EpisodeState(
            name, None, episode, waits=episode is not None and episode.published > now
        )
        try:
            found.append(replace(state, draft=read_draft(workspace.draft(name))))
        except BroadcastError as error:
            found.append(replace(state, damage=error))
    return found
