"""An audio file → what can be heard in it, listened to once and then remembered."""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from broadcast.cache import Cache, key_of
from broadcast.recordings.folder import digest_of

Channels = Literal["good", "dead", "inverted"]

_METHOD = 2  # a new number when the same file would be heard otherwise, or more is noted
# A file written to again this soon after it was hashed could keep its size and its date.
_SETTLED_S = 2.0


@dataclass(frozen=True, slots=True)
class Speech:
    """Where in a recording there is speech, breath included, and how loud it is there.

    The level is the RMS of what lies between 90 Hz and 7.8 kHz, where voices are.
    """

    start_ms: int
    end_ms: int
    level_dbfs: float


@dataclass(frozen=True, slots=True)
class Heard:
    """The facts of one audio file, whose bytes have the ``digest``.

    ``speech`` is None when nothing stands out from the room, whose level is ``noise_dbfs``.
    ``clipped`` counts the places where the loudest was cut off. ``channels`` says whether one of
    several is dead or wired the wrong way. ``damage`` is what could not be used of the file ("":
    all could).
    """

    digest: str
    duration_ms: int
    rate_hz: int
    speech: Speech | None
    noise_dbfs: float
    peak_dbfs: float
    clipped: int
    channels: Channels
    damage: str


def listen(file: Path, cache: Cache) -> Heard:
    """Give the facts of an audio file; one whose bytes were heard before is not opened again.

    Raises BroadcastError when it is no audio or empty, OutsideError when it cannot be read.
    """
    digest = known_digest(file, cache)
    key = key_of("heard", _METHOD, digest)
    kept = cache.get(key)
    if kept is not None:
        facts = json.loads(kept)
        speech = facts.pop("speech")
        return Heard(**facts, speech=speech and Speech(**speech))
    # Numbers, codecs and filters take a third of a second to import.
    from broadcast.recordings.measure import heard_in

    heard = heard_in(file, digest)
    cache.put(key, json.dumps(asdict(heard)).encode())
    return heard


def known_digest(file: Path, cache: Cache) -> str:
    """Give a file's ``digest_of``, which is remembered while its size and date are the same.

    Raises OSError when it cannot be read.
    """
    facts = file.stat()
    key = key_of("digest", str(file.absolute()), facts.st_size, facts.st_mtime_ns)
    kept = cache.get(key)
    if kept is not None:
        return kept.decode()
    digest = digest_of(file)
    if time.time() - facts.st_mtime > _SETTLED_S:
        cache.put(key, digest.encode())
    return digest
