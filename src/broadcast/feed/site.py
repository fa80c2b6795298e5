"""A show and its published episodes into the folder feed/, ready to be served as it is."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from broadcast.errors import BroadcastError, OutsideError
from broadcast.feed.addresses import FEED, INDEX, media_path, page_path, places_of
from broadcast.feed.cover import cover_of
from broadcast.feed.episode_page import episode_page
from broadcast.feed.page_frame import Look, page_files
from broadcast.feed.pages import index_page
from broadcast.feed.published import TAKE_BACK, PublishedEpisode
from broadcast.feed.rss import feed_xml, newest_first
from broadcast.feed.site_record import (
    OLDER_RECORD,
    SiteRecord,
    read_site_record,
    write_site_record,
)
from broadcast.messages import Message
from broadcast.messages.system_reasons import system_reason
from broadcast.model import Show, TranscriptSentence

_UNFINISHED = ".unfinished-"


def write_site(
    folder: Path,
    show: Show,
    episodes: Sequence[PublishedEpisode],
    media: Mapping[str, Path],
    sentences_of: Callable[[PublishedEpisode], Sequence[TranscriptSentence]],
    built: datetime,
    seen: datetime | None = None,
) -> tuple[str, ...]:
    """Write the public site and give the paths below ``folder`` that were written or removed.

    ``media`` tells for each published file's name where its bytes are, ``seen`` is the time to be
    recorded. Everything is made before anything is written; then media, pages and last the feed,
    each beside its place and renamed, so that a reader at any moment finds whole files and a feed
    that points to them; then what the program made before and no longer needs is removed. Equal
    files are not touched: two runs, one result. Raises BroadcastError when the show, a published
    file or the record of the site cannot be used, OutsideError when the disk fails.
    """
    shown = newest_first(episodes)
    # Named by what they hold, they are ours even where the record was lost.
    own = {path for episode in episodes for path in places_of(episode)}
    sources = {
        media_path(file.name): _source(media, file.name, file.length)
        for episode in shown
        for file in episode.files.values()
    }
    cover = cover_of(show)
    style_path, style, script_path, script = page_files()
    look = Look(cover.path, style_path, script_path)
    pages = {
        page_path(episode): episode_page(show, episode, sentences_of(episode), look)
        for episode in shown
    }
    made = {
        cover.path: cover.data,
        style_path: style,
        script_path: script,
        **pages,
        INDEX: index_page(show, shown, look),
        FEED: feed_xml(show, episodes, built, cover.path),
    }
    try:
        return _written(folder, sources, made, own, seen)
    except OSError as error:
        raise OutsideError(
            Message(
                "feed.unwritable",
                "The feed could not be written ({reason}).",
                reason=system_reason(error),
            ),
            file=_named_in(error) or folder,
            hint=Message(
                "feed.unwritable.hint",
                "Make room on the disk or close programs that hold the file, then: broadcast feed. "
                "Until then listeners may have what they had before: broadcast status tells.",
            ),
        ) from error


def _written(
    folder: Path,
    sources: Mapping[str, Path],
    made: Mapping[str, bytes],
    own: set[str],
    seen: datetime | None,
) -> tuple[str, ...]:
    recorded = read_site_record(folder)
    folder.mkdir(parents=True, exist_ok=True)
    before, now = {*recorded.files, *own}, {*sources, *made}
    # What is about to be written is recorded first: nothing of ours is ever left unknown.
    write_site_record(folder, _record({*recorded.files, *now}, recorded.seen))
    if (folder / OLDER_RECORD).is_file():
        (folder / OLDER_RECORD).unlink()
    for unfinished in folder.rglob(f"{_UNFINISHED}*"):
        unfinished.unlink()
    changed = []
    for path, source in sources.items():
        # The name holds the content's digest, so an equal length means an equal file.
        if _size(folder / path) != source.stat().st_size:
            _replace(folder / path, _copier(source))
            changed.append(path)
    for path, data in made.items():
        if _bytes(folder / path) != data:
            _replace(folder / path, _writer(data))
            changed.append(path)
    for path in sorted(before - now):
        if (folder / path).is_file():
            (folder / path).unlink()
            changed.append(path)
    write_site_record(folder, _record(now, seen or recorded.seen))
    return tuple(changed)


def _record(paths: set[str], seen: datetime | None) -> SiteRecord:
    return SiteRecord(files=tuple(sorted(paths)), seen=seen)


def _named_in(error: OSError) -> Path | None:
    """Give the file in feed/ that could not be written, if the system says which."""
    name = error.filename2 or error.filename  # the second is where a copy or a renaming leads
    file = Path(name) if isinstance(name, str) else None
    return file.parent if file and file.name.startswith(_UNFINISHED) else file


def _source(media: Mapping[str, Path], name: str, length: int) -> Path:
    source = media.get(name)
    if source is None or _size(source) != length:
        if source is None or not source.exists():
            wrong = Message(
                "published.file-missing", "A published file is missing: {name}.", name=name
            )
        else:
            wrong = Message(
                "published.file-changed", "A published file was changed: {name}.", name=name
            )
        raise BroadcastError(wrong, file=source, hint=TAKE_BACK)
    return source


def _replace(file: Path, write: Callable[[Path], None]) -> None:
    """Write beside the file, then put the finished one in its place."""
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_name(f"{_UNFINISHED}{uuid.uuid4().hex}")
    try:
        write(unfinished)
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)


def _writer(data: bytes) -> Callable[[Path], None]:
    def write(file: Path) -> None:
        file.write_bytes(data)

    return write


def _copier(source: Path) -> Callable[[Path], None]:
    def write(file: Path) -> None:
        shutil.copyfile(source, file)

    return write


def _size(file: Path) -> int | None:
    return file.stat().st_size if file.is_file() else None


def _bytes(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None
