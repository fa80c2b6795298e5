"""A take's files and their in and out points → the stretches that are used and what is heard there.

Where a point is not given, the file is used from its first sound of speech, or to its last.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from broadcast.cache import Cache
from broadcast.errors import BroadcastError, OutsideError
from broadcast.model import Stretch
from broadcast.recordings.listen import Heard, listen


@dataclass(frozen=True, slots=True)
class Sound:
    """A stretch of an audio file, and the facts of the whole file."""

    stretch: Stretch
    heard: Heard

    @property
    def duration_ms(self) -> int:
        """How long the stretch is."""
        return self.stretch.end_ms - self.stretch.start_ms


def sound_of(file: Path, in_ms: int | None, out_ms: int | None, cache: Cache) -> Sound:
    """Give the stretch of a file that is used.

    A file without speech is used whole. Raises BroadcastError when the file is no audio or empty,
    or when its points are no stretch of it; OutsideError when it cannot be read.
    """
    try:
        heard = listen(file, cache)
    except FileNotFoundError as error:
        raise BroadcastError("There is no such file.", file=file) from error
    except OSError as error:
        raise OutsideError(f"The file cannot be read: {error.strerror}.", file=file) from error
    first_ms, last_ms = 0, heard.duration_ms
    if heard.speech:
        first_ms, last_ms = heard.speech.start_ms, heard.speech.end_ms
    start_ms = first_ms if in_ms is None else in_ms
    end_ms = last_ms if out_ms is None else min(out_ms, heard.duration_ms)
    # A point set within the silence at one end moves the other one outward.
    if out_ms is None and end_ms <= start_ms:
        end_ms = heard.duration_ms
    if in_ms is None and end_ms <= start_ms:
        start_ms = 0
    if end_ms <= start_ms:
        raise BroadcastError(
            f"There is nothing between the in and out points: it is {clock(heard.duration_ms)} long"
            f" and shall be used from {clock(start_ms)} to {clock(out_ms or end_ms)}.",
            file=file,
            hint="Give the points again with --in and --out.",
        )
    return Sound(Stretch(file, heard.digest, start_ms, end_ms), heard)


def clock(duration_ms: int) -> str:
    """Say how long: "0.8 s", "42 s", "5:07"."""
    if duration_ms < 9_950:
        return f"{duration_ms / 1000:.1f} s".replace(".0 s", " s")
    seconds = round(duration_ms / 1000)
    if seconds < 100:
        return f"{seconds} s"
    minutes, seconds = divmod(seconds, 60)
    return f"{minutes}:{seconds:02} min"
