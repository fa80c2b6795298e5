"""Recordings, by their files → what is heard in each hundredth of a second of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from broadcast.messages import Message

if TYPE_CHECKING:
    from broadcast.align.frames import Frames


def frames_in(file: Path, heard: Callable[[float], object] = lambda seconds: None) -> Frames | None:
    """Listen to a file block by block, however long it is; None: there is no sound in it.

    ``heard`` is told how many seconds of it were listened to since it was told last. Raises
    BroadcastError where it cannot be read.
    """
    from broadcast.align.frames import FrameMeter
    from broadcast.media.decode import read_blocks

    damage: list[Message] = []
    meter: FrameMeter | None = None
    for block in read_blocks(file, damage):
        meter = meter or FrameMeter(block.rate_hz)
        meter.add(block.samples)
        heard(block.duration_ms / 1000)
    if meter is None:
        return None
    meter.end()
    return meter.frames()
