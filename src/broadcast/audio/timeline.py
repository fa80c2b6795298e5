"""Segments and pauses → the timeline: where everything is heard, in samples."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from broadcast.model import FRAME, Pauses, Segment, Slot, Timeline, Turn, ms_to_samples

SHORTEST_PAUSE = 2 * FRAME
"""An MP3 encoder and decoder delay the sound by 1,105 samples: so much of a slot's end is heard
after its last frame, and must be silent (LAME's 576 and the decoder's 529)."""


def lay_out(segments: Sequence[Segment], pauses: Pauses) -> Timeline:
    """Give every segment its slot: a whole number of FRAMEs, its pause rounded to fit."""
    turns = [segment.take.turn for segment in segments]
    between = [_pause_ms(turn, following, pauses) for turn, following in pairwise(turns)]
    slots: list[Slot] = []
    start = 0
    for segment, pause_ms in zip(segments, [*between, pauses.at_end_ms], strict=True):
        samples = _whole_frames(segment.samples, ms_to_samples(pause_ms))
        slots.append(Slot(segment, start, samples))
        start += samples
    return Timeline(tuple(slots))


def _whole_frames(speech: int, pause: int) -> int:
    """Give the slot's length: the nearest whole number of frames that leaves a pause."""
    nearest = round((speech + pause) / FRAME)
    needed = -(-(speech + SHORTEST_PAUSE) // FRAME)
    return max(nearest, needed) * FRAME


def _pause_ms(turn: Turn, following: Turn, pauses: Pauses) -> int:
    if following.kind == "byline":
        return pauses.before_byline_ms
    if turn.kind == "lead":
        return pauses.after_lead_ms
    if turn.speaker == following.speaker:
        return pauses.same_speaker_ms
    return pauses.other_speaker_ms
