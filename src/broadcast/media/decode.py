"""Any audio file → samples, decoded with whitelists."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from broadcast.errors import BroadcastError, OutsideError
from broadcast.media import ffmpeg, libsndfile
from broadcast.media.samples import Audio, Stretch
from broadcast.messages import Message


def decode(file: Path, *, start_ms: float | None = None, end_ms: float | None = None) -> Audio:
    """Read an audio file of any kind, or the stretch of it from ``start_ms`` to ``end_ms``.

    A stretch is what the whole has there, sample by sample; damage before it may not be noticed.
    Nothing but this one file is opened, whatever it claims to be. What can be decoded of a damaged
    file is used. Raises BroadcastError when it is no audio, empty, or cannot be read.
    """
    damage: list[Message] = []
    blocks = list(read_blocks(file, damage, start_ms=start_ms, end_ms=end_ms))
    if not blocks:
        raise BroadcastError(
            Message("sound.none", "There is no sound in this file.")
            if start_ms is None and end_ms is None
            else Message(
                "sound.ends-before", "The file ends before the stretch that shall be used."
            ),
            file=file,
        )
    samples = np.concatenate([block.samples for block in blocks])
    return Audio(samples, blocks[0].rate_hz, tuple(damage))


def read_blocks(
    file: Path,
    damage: list[Message],
    *,
    start_ms: float | None = None,
    end_ms: float | None = None,
) -> Iterator[Audio]:
    """Give what ``decode`` gives in blocks of a few seconds, for files of any length.

    What of the file cannot be used is added to ``damage``. Raises as ``decode`` does.
    """
    if not file.is_file():
        raise BroadcastError(Message("file.none", "There is no such file."), file=file)
    if file.stat().st_size == 0:
        raise BroadcastError(
            Message("sound.empty", "The file is empty."),
            file=file,
            hint=Message("sound.empty.hint", "Copy it again."),
        )
    stretch = Stretch(start_ms, end_ms)
    try:
        known = libsndfile.opened(file)
        if known is None:
            yield from ffmpeg.blocks(file, stretch, damage)
        else:
            with known.sound:
                yield from libsndfile.blocks(known, stretch, damage)
    except OSError as error:
        raise OutsideError(
            Message(
                "sound.not-read",
                "The file cannot be read: {reason}.",
                reason=error.strerror or str(error),
            ),
            file=file,
        ) from error
