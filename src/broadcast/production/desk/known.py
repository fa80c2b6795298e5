"""What is recorded of all episodes, and what the feed leads to, each remembered while it stays."""

from __future__ import annotations

from pathlib import Path

from broadcast.feed.listed import Entries, Listed, entries_of, listed
from broadcast.feed.published import PUBLISHED_FILE, KnownEpisode
from broadcast.production.desk.draft import DRAFT_FILE
from broadcast.production.desk.published import published_episode
from broadcast.production.desk.remembered_facts import RememberedFacts
from broadcast.workspace import Workspace


def drafted_names(workspace: Workspace) -> list[str]:
    """Give the names of the episodes that have a draft, sorted."""
    return workspace.names_with("episodes", DRAFT_FILE)


def known_episode(
    workspace: Workspace, name: str, remembered: RememberedFacts
) -> KnownEpisode | None:
    """Give the facts of what listeners have or had of an episode; None: it was never published.

    Raises BroadcastError naming a record that is damaged, OutsideError when it cannot be read.
    """

    def read() -> KnownEpisode | None:
        episode = published_episode(workspace, name)
        return episode.known if episode else None

    return remembered.of(f"episodes/{name}/published/{PUBLISHED_FILE}", KnownEpisode, read)


def known_episodes(workspace: Workspace, remembered: RememberedFacts) -> list[KnownEpisode]:
    """Give every episode that was ever published, withdrawn ones too, sorted by name.

    Raises as ``known_episode`` does.
    """
    found = (known_episode(workspace, name, remembered) for name in workspace.published_names())
    return [episode for episode in found if episode is not None]


def known_entries(workspace: Workspace, remembered: RememberedFacts) -> Listed:
    """Give what listeners find in the feed. Raises OutsideError when it cannot be read."""

    def entries_in(file: Path) -> Entries:
        path = workspace.relative(file)
        return remembered.of(path, Entries, lambda: entries_of(file)) or Entries({})

    return listed(workspace.feed, entries_in)
