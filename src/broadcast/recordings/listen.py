"""A recording's file → what is heard in it, remembered.

Listening costs a pass through the file, so its findings are cached by the file's bytes; and the
bytes are only read again when the file's size or time has changed.
"""

from __future__ import annotations

import time
from pathlib import Path

from broadcast.cache import Cache, file_digest, key_of
from broadcast.errors import BroadcastError
from broadcast.recordings.heard import Heard
from broadcast.workspace import SETTLED_S

VERSION = 5
"""Part of the cache's key: raised when listening finds something else."""


def digest(file: Path, cache: Cache) -> str:
    """Give the digest of a file's bytes, read again only when its size or time has changed."""
    facts = file.stat()
    key = digest_key(file.name, facts.st_ino, facts.st_size, facts.st_mtime_ns)
    known = cache.value(key, str)
    if known is not None:
        return known
    found = file_digest(file)
    # Written to again at once, a file could keep its size and its time.
    if time.time() - facts.st_mtime > SETTLED_S:
        cache.put_value(key, found)
    return found


def remembered(digest: str, cache: Cache) -> Heard | None:
    """Give what is heard in a file that was listened to before; None for any other."""
    return cache.value(heard_key(digest), Heard)


def listen(file: Path, cache: Cache, known_digest: str | None = None) -> Heard:
    """Give what is heard in a file; a file that cannot be used says so in ``fault``."""
    key = heard_key(known_digest or digest(file, cache))
    return cache.remember(key, Heard, lambda: _heard_now(file))


def _heard_now(file: Path) -> Heard:
    # Only what was never listened to needs codecs and numbers, which are slow to import.
    from broadcast.recordings.hear import heard_in

    try:
        return heard_in(file)
    except BroadcastError as error:
        if not error.is_of_input:
            raise  # the disk failed, not the recording
        return Heard(0, fault=error.message)


def digest_key(name: str, inode: int, size_bytes: int, changed_ns: int) -> str:
    """Name the digest of a file by what the system tells of it without reading it.

    No folder: a station that is moved, or shares its cache, knows its recordings still.
    """
    return key_of("digest", name, inode, size_bytes, changed_ns)


def heard_key(digest: str) -> str:
    """Name what is heard in a file whose bytes have a digest."""
    return key_of("heard", VERSION, digest)
