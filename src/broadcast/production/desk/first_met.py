"""A script → whether it is met for the first time: nothing is known under its name."""

from __future__ import annotations

from pathlib import Path

from broadcast.production.desk.draft import DRAFT_FILE
from broadcast.production.desk.find_script import STANDARD_INPUT
from broadcast.workspace import Workspace, episode_name


def is_first_met(workspace: Workspace, file: Path) -> bool:
    """Whether no episode of a script's name was built, was published, or has recordings.

    What comes on standard input has no name.
    """
    if file == STANDARD_INPUT:
        return False
    name = episode_name(file)
    if (workspace.draft(name) / DRAFT_FILE).is_file():
        return False
    # What nearly every build has no need to load.
    from broadcast.feed.published import PUBLISHED_FILE
    from broadcast.workspace import TAKES_JSON

    published = workspace.published(name) / PUBLISHED_FILE
    return not published.is_file() and not (workspace.recordings(name) / TAKES_JSON).is_file()
