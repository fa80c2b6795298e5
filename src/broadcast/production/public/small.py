"""A draft's audio → the copy of it that listeners get whose data is dear, made once."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from pathlib import Path

from broadcast.cache import Cache, file_digest, key_of
from broadcast.feed.published import PublishedEpisode, PublishedFile, file_type, media_name
from broadcast.messages import Message
from broadcast.metadata.tags import tag_at, tag_without_cover
from broadcast.model import SmallKind
from broadcast.model.units import ms_to_samples
from broadcast.production.desk.draft import Draft
from broadcast.production.desk.progress import Reporter

# Part of every copy's key: raised when audio/small_copy.py encodes otherwise.
_VERSION = 1
_STAGE = Message("stage.small", "small copy")


def small_copy(draft: Draft, kind: SmallKind, cache: Cache, reporter: Reporter) -> Path:
    """Give the copy of a draft's audio, from ``cache`` where it was made before."""
    record = draft.record
    audio = draft.folder / record.files.audio
    key = key_of("small copy", _VERSION, kind, record.digests[record.files.audio])
    if made := cache.find(key):
        return made
    from broadcast.audio.small_copy import write_small  # a codec's quarter of a second

    return cache.make(
        key,
        lambda target: write_small(
            audio,
            kind,
            target,
            tag=_tag(audio),
            comments=_comments(draft),
            samples=ms_to_samples(record.duration_ms),
            step=lambda done, total: reporter.step(_STAGE, done, total),
        ),
    )


def as_published(
    copy: Path, name: str, kind: SmallKind, before: PublishedEpisode | None
) -> PublishedFile:
    """Say of a copy what published.json does; what listeners had ``before`` keeps its address."""
    data = copy.read_bytes()
    hashed = hashlib.sha256(data)
    sha256 = base64.b64encode(hashed.digest()).decode("ascii")
    known = before.files.get("small") if before else None
    if known and known.sha256 == sha256:
        file = known.name
    else:
        file = media_name(name, hashed.hexdigest(), f".{kind}")
    return PublishedFile(file, len(data), file_type("small", file), file_digest(copy), sha256)


def _tag(audio: Path) -> bytes:
    with audio.open("rb") as stream:
        length = tag_at(stream.read(10))
        stream.seek(0)
        return tag_without_cover(stream.read(length)) if length else b""


def _comments(draft: Draft) -> Mapping[str, str]:
    """Say what the episode is, as an Ogg file's comments do; also whose voice is synthetic."""
    record = draft.record
    said = {
        "title": record.title,
        "date": record.date.isoformat(),
        "language": record.language,
        "description": record.description,
        "ai-content": "true" if record.disclosure else "",
    }
    return {name: value for name, value in said.items() if value}
