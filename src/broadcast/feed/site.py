"""What the public site consists of → the folder feed/, ready to be served as it is."""

from __future__ import annotations

import os
import shutil
import stat
import time
from collections import ChainMap
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import chain
from pathlib import Path

import xxhash

from broadcast.cache import file_digest
from broadcast.errors import BroadcastError, OutsideError
from broadcast.feed.addresses import is_this_machine
from broadcast.feed.frozen_files import harm_to
from broadcast.feed.parts import Copied, Made
from broadcast.feed.published import TAKE_BACK
from broadcast.feed.site_record import (
    FORMAT,
    OLDER_RECORD,
    PlacedFile,
    SiteRecord,
    read_site_record,
    site_record_file,
    write_site_record,
)
from broadcast.messages import Message
from broadcast.messages.system_reasons import system_reason
from broadcast.workspace import SETTLED_S

_UNFINISHED = ".unfinished"
_DIGITS = 16
FORGOTTEN = timedelta(days=365)
"""How long it is known that a file was taken away."""


@dataclass(frozen=True, slots=True)
class SiteState:
    """What is recorded of a site beside its files: when it was written, and where it is found.

    ``moved_from`` are the addresses it had before, with the time when they were left.
    """

    seen: datetime | None = None
    address: str = ""
    moved_from: Mapping[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """The paths below feed/ that were ``written``, in order, and those that were ``removed``."""

    written: tuple[str, ...]
    removed: tuple[str, ...]


def write_site(
    folder: Path,
    copied: Iterable[Copied],
    made: Iterable[Made],
    own: Iterable[str],
    state: SiteState,
    recorded: SiteRecord | None = None,
) -> Change:
    """Write the public site into ``folder``, of which ``recorded`` is known (None: it is read).

    What stands there as it was recorded is neither made nor written again: a file is known by what
    it was made from, its size and the time of its last change, and is read where these leave a
    doubt. All that is to come is made beside the site before anything of that changes; then media,
    pages and last the feed are put in place, each by one rename, so that a reader at any moment
    finds whole files and a feed that points to them; then what the program made before, or is known
    to be its ``own``, and no longer is a part of the site is removed. Two runs, one result.

    Raises BroadcastError when a published file or the record of the site cannot be used,
    OutsideError when the disk fails.
    """
    try:
        before = recorded or read_site_record(folder)
        return _Writing(folder, before, state).run(copied, made, own)
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
    finally:
        shutil.rmtree(folder / _UNFINISHED, ignore_errors=True)
        with suppress(OSError):
            folder.rmdir()  # what failed leaves no empty folder


@dataclass
class _Writing:
    """One writing of the site: what was recorded before, what stands there, what is to come."""

    folder: Path
    recorded: SiteRecord
    state: SiteState
    standing: dict[str, PlacedFile] = field(default_factory=dict)
    coming: dict[str, PlacedFile] = field(default_factory=dict)
    noted: SiteRecord | None = None

    def run(self, copied: Iterable[Copied], made: Iterable[Made], own: Iterable[str]) -> Change:
        beside = self.folder / _UNFINISHED
        shutil.rmtree(beside, ignore_errors=True)
        for source in copied:
            self._prepare_copy(source, beside)
        for part in made:
            self._prepare_made(part, beside)
        before = self.recorded.files
        unknown = [path for path in own if path not in before and self._is_there(path)]
        new = [path for path in self.coming if path not in before]
        # What is about to be written is recorded first: nothing of ours is ever left unknown.
        if new or unknown:
            came = dict.fromkeys((*new, *unknown), PlacedFile())
            self._record({**before, **came}, self.recorded.removed)
        for n, path in enumerate(self.coming):
            _place(beside / str(n), self.folder / path)
        stays = ChainMap(self.standing, self.coming)
        due = [path for path in chain(before, unknown) if path not in stays]
        removed = tuple(path for path in sorted(due) if self._remove(path))
        self._forget_older_records()
        now = self.standing
        now.update((path, self._noted(path, file)) for path, file in self.coming.items())
        self._record(now, self._gone(removed, now))
        return Change(tuple(self.coming), removed)

    def _prepare_copy(self, part: Copied, beside: Path) -> None:
        if part.path in self.standing or part.path in self.coming:
            return
        known = self.recorded.files.get(part.path)
        digest = part.digest[:_DIGITS] if part.digest else known.digest if known else ""
        if digest and (found := self._standing(part.path, PlacedFile("", part.size, digest))):
            self.standing[part.path] = found
            return
        source = part.source()
        if harm := harm_to(source, part.size, part.digest):
            if not part.needed:
                return
            raise BroadcastError(harm, file=source, hint=TAKE_BACK)
        digest = file_digest(source)[:_DIGITS]
        wanted = PlacedFile("", part.size, digest)
        if found := self._standing(part.path, wanted):
            self.standing[part.path] = found
            return
        shutil.copyfile(source, self._next(beside))
        self.coming[part.path] = wanted

    def _prepare_made(self, part: Made, beside: Path) -> None:
        known = self.recorded.files.get(part.path)
        is_same = known is not None and known.made_from == part.made_from
        if known and is_same and (found := self._standing(part.path, known)):
            self.standing[part.path] = found
            return
        data = part.make()
        wanted = PlacedFile(part.made_from, len(data), xxhash.xxh3_128_hexdigest(data)[:_DIGITS])
        if found := self._standing(part.path, wanted):
            self.standing[part.path] = found
            return
        self._next(beside).write_bytes(data)
        self.coming[part.path] = wanted

    def _standing(self, path: str, wanted: PlacedFile) -> PlacedFile | None:
        """Give how a file stands below feed/ if it is the one that is wanted."""
        file = f"{self.folder}/{path}"  # a Path of each would take longer than all else here
        try:
            found = os.stat(file)  # noqa: PTH116
        except (FileNotFoundError, NotADirectoryError):
            return None
        if found.st_size != wanted.size:
            return None
        known = self.recorded.files.get(path)
        if known and known.digest == wanted.digest and known.seen_ns == found.st_mtime_ns:
            if known.made_from == wanted.made_from:
                return known
            return PlacedFile(wanted.made_from, wanted.size, wanted.digest, known.seen_ns)
        if not stat.S_ISREG(found.st_mode) or file_digest(Path(file))[:_DIGITS] != wanted.digest:
            return None
        return PlacedFile(wanted.made_from, wanted.size, wanted.digest, _settled(found.st_mtime_ns))

    def _next(self, beside: Path) -> Path:
        beside.mkdir(parents=True, exist_ok=True)
        return beside / str(len(self.coming))

    def _noted(self, path: str, placed: PlacedFile) -> PlacedFile:
        changed_ns = (self.folder / path).stat().st_mtime_ns
        return PlacedFile(placed.made_from, placed.size, placed.digest, _settled(changed_ns))

    def _remove(self, path: str) -> bool:
        file = self.folder / path
        if not file.is_file():
            return False
        file.unlink()
        return True

    def _gone(self, removed: Iterable[str], now: Collection[str]) -> Mapping[str, datetime]:
        """Give what was taken away, and when, so far as a host may have it still."""
        seen, address = self.state.seen, self.recorded.address or self.state.address
        if seen is None:
            return self.recorded.removed
        on_host = () if is_this_machine(address) else removed
        told = {**self.recorded.removed, **dict.fromkeys(on_host, seen)}
        return {path: at for path, at in told.items() if path not in now and seen - at < FORGOTTEN}

    def _forget_older_records(self) -> None:
        (self.folder / OLDER_RECORD).unlink(missing_ok=True)
        if self.recorded.format < FORMAT:  # its writings left what was unfinished beside its place
            for left in self.folder.rglob(f"{_UNFINISHED}-*"):
                left.unlink()

    def _is_there(self, path: str) -> bool:
        return (self.folder / path).is_file()

    def _record(self, files: dict[str, PlacedFile], removed: Mapping[str, datetime]) -> None:
        """Note what is in feed/, where that is not noted already."""
        record = SiteRecord(
            files=files,
            seen=self.state.seen or self.recorded.seen,
            address=self.state.address,
            moved_from=dict(self.state.moved_from),
            removed=dict(removed),
        )
        if record != (self.noted or self.recorded) or not site_record_file(self.folder).is_file():
            write_site_record(self.folder, record)
        self.noted = record


def _place(finished: Path, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    finished.replace(file)


def _settled(changed_ns: int) -> int:
    """Give the time of a file's last change; 0 where another could have followed at that time."""
    return changed_ns if time.time_ns() - changed_ns > SETTLED_S * 1e9 else 0


def _named_in(error: OSError) -> Path | None:
    """Give the file in feed/ that could not be written, if the system says which."""
    name = error.filename2 or error.filename  # the second is where a copy or a renaming leads
    file = Path(name) if isinstance(name, str) else None
    return file.parent.parent if file and file.parent.name == _UNFINISHED else file
