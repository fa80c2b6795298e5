"""A show and its published episodes into the folder feed/, ready to be served as it is."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path, PurePosixPath

from broadcast.errors import BroadcastError, OutsideError
from broadcast.feed.addresses import FEED, INDEX, media_path, page_path
from broadcast.feed.cover import cover_of
from broadcast.feed.episode_page import episode_page
from broadcast.feed.page_frame import Look, page_files
from broadcast.feed.pages import index_page
from broadcast.feed.published import TAKE_BACK, PublishedEpisode
from broadcast.feed.rss import feed_xml, newest_first
from broadcast.messages import Message, verbatim
from broadcast.model import Show, TranscriptSentence
from broadcast.records import Record, record_bytes, record_in

RECORD = ".broadcast.json"
"""The files in feed/ that the program made: it never removes any other."""
_UNFINISHED = ".unfinished-"
_LONGEST_NAME = 255  # bytes, on all common file systems


def write_site(
    folder: Path,
    show: Show,
    episodes: Sequence[PublishedEpisode],
    media: Mapping[str, Path],
    sentences_of: Callable[[PublishedEpisode], Sequence[TranscriptSentence]],
    built: datetime,
) -> tuple[str, ...]:
    """Write the public site and give the paths below ``folder`` that were written or removed.

    ``media`` tells for each published file's name where its bytes are. Everything is made before
    anything is written; then media, pages and last the feed, each beside its place and renamed, so
    that a reader at any moment finds whole files and a feed that points to them; then what the
    program made before and no longer needs is removed. Equal files are not touched: two runs, one
    result. Raises BroadcastError when the show or a published file cannot be used, OutsideError
    when the disk fails.
    """
    shown = newest_first(episodes)
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
        return _written(folder, sources, made)
    except OSError as error:
        raise OutsideError(
            Message(
                "feed.unwritable",
                "The feed could not be written ({reason}).",
                reason=error.strerror or str(error),
            ),
            file=_named_in(error) or folder,
            hint=Message(
                "feed.unwritable.hint",
                "Make room on the disk or close programs that hold the file, then try again.",
            ),
        ) from error


def _written(
    folder: Path, sources: Mapping[str, Path], made: Mapping[str, bytes]
) -> tuple[str, ...]:
    folder.mkdir(parents=True, exist_ok=True)
    before, now = _recorded(folder), {*sources, *made}
    # What is about to be written is recorded first: nothing of ours is ever left unknown.
    _record(folder, before | now)
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
    _record(folder, now)
    return tuple(changed)


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


class _Written(Record, frozen=True, kw_only=True):
    """What the program put into feed/, as paths below it."""

    format: int = 1
    files: tuple[str, ...]


def _recorded(folder: Path) -> set[str]:
    data = _bytes(folder / RECORD)
    try:
        written = (
            record_in(data, folder / RECORD, {1: _Written}, verbatim("")).files if data else ()
        )
    except BroadcastError:
        return set()  # a damaged record: what it named stays, which harms nobody
    return {str(path) for path in map(PurePosixPath, written) if _can_be_below(path)}


def _can_be_below(path: PurePosixPath) -> bool:
    """Whether a path leads to nothing outside, and a disk can have it."""
    leads_out = path.is_absolute() or ".." in path.parts or set(str(path)) & set("\\:\0")
    return not leads_out and all(len(part.encode()) <= _LONGEST_NAME for part in path.parts)


def _record(folder: Path, paths: set[str]) -> None:
    data = record_bytes(_Written(files=tuple(sorted(paths))))
    if _bytes(folder / RECORD) != data:
        _replace(folder / RECORD, _writer(data))


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
