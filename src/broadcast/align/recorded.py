"""Frames of a recording → what it is compared by, a fifth as large: nothing else of it is kept."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from broadcast.align.features import feature_columns, pooled_columns
from broadcast.align.frames import FRAME_MS, Flags, Floats, Frames
from broadcast.align.speaking import Room, room_of, speech_in
from broadcast.align.states import FINE_STEP, STEP, pooled


@dataclass(frozen=True, slots=True)
class Recorded:
    """A recording as it is compared: in which frames is ``speech``, its room, and its features.

    ``fine`` and ``coarse`` have a row for each ``FINE_STEP`` or ``STEP`` frames.
    """

    speech: Flags
    room: Room
    fine: Floats
    coarse: Floats

    @property
    def duration_ms(self) -> int:
        """How long it is."""
        return len(self.speech) * FRAME_MS

    @property
    def speech_ms(self) -> int:
        """How long somebody speaks in it."""
        return int(self.speech.sum()) * FRAME_MS

    def silence(self, step: int) -> Floats:
        """Give which part of every ``step`` frames is no speech."""
        return pooled((~self.speech).astype(np.float32), step)


def recorded(frames: Frames) -> Recorded:
    """Tell speech from the room in the frames of a recording, and give their features."""
    speech = speech_in(frames.powers)
    room = room_of(frames.powers, speech)
    columns = feature_columns(frames, speech, room.cover)
    fine, coarse = pooled_columns(columns, len(frames), (FINE_STEP, STEP))
    return Recorded(speech, room, fine, coarse)
