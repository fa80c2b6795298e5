"""feed/ as it stands → what a host is to have of it; pages and feeds taken aside to go there."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from broadcast.cache import file_digest
from broadcast.delivery.order import Outgoing
from broadcast.errors import BroadcastError
from broadcast.feed.addresses import FEED, MEDIA
from broadcast.feed.host_files import FOR_EVER, FOR_MINUTES
from broadcast.feed.served_types import type_of
from broadcast.feed.site_record import PlacedFile, read_site_record
from broadcast.messages import Message
from broadcast.production.desk.progress import Reporter, waiting
from broadcast.workspace import Workspace
from broadcast.workspace.locks import locked

READ_BY_HOSTS = (".htaccess", "_headers", "_redirects", ".nojekyll", "CNAME", "robots.txt")
"""What a station may lay into feed/ for its host; the program does not write them there."""
_DIGITS = 16


def outgoing_of(workspace: Workspace, reporter: Reporter) -> list[Outgoing]:
    """Give what feed/ has now: what the program put there, and what its host is to read.

    Raises BroadcastError where nothing is published, or a file is gone.
    """
    folder = workspace.feed
    with locked(workspace, waiting(reporter)):
        placed = read_site_record(folder).files
        own = {name: PlacedFile() for name in READ_BY_HOSTS if (folder / name).is_file()}
        found = [_as_it_stands(folder, path, one) for path, one in {**own, **placed}.items()]
    if FEED not in placed:
        raise BroadcastError(
            Message("upload.nothing", "Nothing is published here yet."),
            file=folder,
            hint=Message("upload.nothing.hint", "Publish an episode first: broadcast publish"),
        )
    return found


def taken_aside(workspace: Workspace, reporter: Reporter, texts: Iterable[Outgoing]) -> bool:
    """Copy pages and feeds aside, so that no other command changes them on their way.

    False where one did already: what is to go is to be found anew.
    """
    shutil.rmtree(workspace.outgoing, ignore_errors=True)
    with locked(workspace, waiting(reporter)):
        for one in texts:
            aside = workspace.outgoing / one.path
            aside.parent.mkdir(parents=True, exist_ok=True)
            try:
                shutil.copyfile(workspace.feed / one.path, aside)
            except FileNotFoundError:
                return False
            if file_digest(aside)[:_DIGITS] != one.digest:
                return False
    return True


def _as_it_stands(folder: Path, path: str, placed: PlacedFile) -> Outgoing:
    file = folder / path
    try:
        found = file.stat()
    except FileNotFoundError as error:
        raise BroadcastError(
            Message("upload.lost", "A file of feed/ is gone."),
            file=file,
            hint=Message("upload.lost.hint", "Make it again: broadcast feed"),
        ) from error
    is_known = placed.seen_ns == found.st_mtime_ns and placed.size == found.st_size
    digest = placed.digest if is_known and placed.digest else file_digest(file)[:_DIGITS]
    by_content = path.startswith(f"{MEDIA}/")
    cache = FOR_EVER if by_content else FOR_MINUTES
    return Outgoing(path, found.st_size, digest, type_of(path), cache, by_content)
