"""Recordings, by their files → what is heard in each hundredth of a second of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from broadcast.messages import Message

if TYPE_CHECKING:
    from broadcast.align.frames import Frames


def frames_in(file: Path) -> Frames | None:
    """Listen to a file block by block, however long it is; None: there is no sound in it.

    Raises BroadcastError where it cannot be read.
    """
    from broadcast.align.frames import FrameMeter
    from broadcast.media.decode import read_blocks

    damage: list[Message] = []
    meter: FrameMeter | None = None
    for block in read_blocks(file, damage):
        meter = meter or FrameMeter(block.rate_hz)
        meter.add(block.samples)
    if meter is None:
        return None
    meter.end()
    return meter.frames()
