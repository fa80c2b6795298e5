"""Any audio file → samples, decoded with whitelists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from broadcast.errors import BroadcastError, OutsideError
from broadcast.media import ffmpeg, libsndfile
from broadcast.media.alike import alike
from broadcast.media.bounds import bounded
from broadcast.media.parts import parts_of
from broadcast.media.reading import DecoderInput
from broadcast.media.samples import Audio, Excerpt
from broadcast.media.sizes import with_true_sizes
from broadcast.media.unreadable import NO_SOUND
from broadcast.messages import Message
from broadcast.messages.system_reasons import system_reason


def decode(file: Path, *, start_ms: float | None = None, end_ms: float | None = None) -> Audio:
    """Read an audio file of any kind, or the stretch of it from ``start_ms`` to ``end_ms``.

    A stretch is what the whole has there, sample by sample; damage before it may not be noticed.
    Nothing but this one file is opened, whatever it claims to be. What can be decoded of a damaged
    file is used, at the rate and in the channels of its beginning. Raises BroadcastError when it is
    no audio, empty, or cannot be read, and when no recorder makes what it claims to be.
    """
    damage: list[Message] = []
    # One growing buffer: what is long is in memory once.
    sound, first = bytearray(), None
    for block in read_blocks(file, damage, start_ms=start_ms, end_ms=end_ms):
        first = first or block
        sound += np.ascontiguousarray(block.samples).data.cast("B")
    if first is None:
        raise BroadcastError(
            NO_SOUND
            if start_ms is None and end_ms is None
            else Message(
                "sound.ends-before", "The file ends before the stretch that shall be used."
            ),
            file=file,
        )
    samples = np.frombuffer(sound, np.float32).reshape(-1, first.samples.shape[1])
    return Audio(samples, first.rate_hz, tuple(damage), first.has_headroom)


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
    stretch = Excerpt(start_ms, end_ms)
    try:
        parts = parts_of(file)
        if len(parts) == 1:
            blocks = _blocks(parts[0], stretch, damage)
        else:
            blocks = stretch.of(alike(_one_after_another(parts, damage)))
        yield from bounded(blocks, file, damage)
    except OSError as error:
        raise OutsideError(
            Message(
                "sound.not-read",
                "The file cannot be read: {reason}.",
                reason=system_reason(error),
            ),
            file=file,
        ) from error


def _blocks(part: DecoderInput, stretch: Excerpt, damage: list[Message]) -> Iterator[Audio]:
    reading, wrong = with_true_sizes(part)
    damage += [] if wrong is None else [wrong]
    known = libsndfile.opened(reading)
    if known is None:
        yield from ffmpeg.blocks(reading, stretch, damage)
    else:
        with closing(known):
            yield from libsndfile.blocks(known, stretch, damage)


def _one_after_another(parts: Sequence[DecoderInput], damage: list[Message]) -> Iterator[Audio]:
    """Give all parts of a file; raises BroadcastError when none of them can be read."""
    sounds = False
    unread: BroadcastError | None = None
    for number, part in enumerate(parts, 1):
        of_part: list[Message] = []
        try:
            for block in _blocks(part, Excerpt(), of_part):
                sounds = True
                yield block
        except BroadcastError as error:
            unread = error
            damage.append(
                Message(
                    "sound.part-unreadable",
                    "part {number} of {parts} cannot be read",
                    number=number,
                    parts=len(parts),
                )
            )
        damage += (
            Message(
                "sound.of-part",
                "part {number} of {parts}: {what}",
                number=number,
                parts=len(parts),
                what=what,
            )
            for what in of_part
        )
    if unread is not None and not sounds:
        raise unread
