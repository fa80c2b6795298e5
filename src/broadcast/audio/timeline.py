"""Segments and pauses → the timeline: where everything is heard, in samples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from broadcast.audio.dead_air import LONGEST_MS
from broadcast.model import (
    FRAME,
    Insert,
    Pauses,
    Segment,
    Slot,
    Take,
    Timeline,
    ms_to_samples,
)

SHORTEST_PAUSE = 2 * FRAME
"""An MP3 encoder and decoder delay the sound by 1,105 samples: so much of a slot's end is heard
after its last frame, and must be silent (LAME's 576 and the decoder's 529)."""
STRETCH = (0.5, 2.0)
"""How far pauses may close or stretch to meet a running time; more is heard as haste or a hole."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A segment, and the pause after it that was asked for (None: what its neighbours call for)."""

    segment: Segment
    pause_ms: int | None = None


def lay_out(
    segments: Sequence[Placed], pauses: Pauses, running_time_ms: int | None = None
) -> Timeline:
    """Give every segment its slot: a whole number of FRAMEs, its pause rounded to fit.

    With ``running_time_ms`` the pauses that nobody asked for close or stretch, within STRETCH, so
    that the programme has that length to the frame (24 ms); where that is not enough it comes as
    near as they let it.
    """
    wanted = _pauses(segments, pauses)
    frames = [_frames(p.segment, pause) for p, pause in zip(segments, wanted, strict=True)]
    if running_time_ms is not None:
        frames = _fitted(segments, wanted, round(ms_to_samples(running_time_ms) / FRAME))
    slots: list[Slot] = []
    start = 0
    for placed, count in zip(segments, frames, strict=True):
        slots.append(Slot(placed.segment, start, count * FRAME))
        start += count * FRAME
    return Timeline(tuple(slots))


def _pauses(segments: Sequence[Placed], pauses: Pauses) -> list[int]:
    """Give the pause after each segment, in samples."""
    between = [
        _pause_ms(first.segment.source, second.segment.source, pauses)
        for first, second in pairwise(segments)
    ]
    return [
        ms_to_samples(usual if placed.pause_ms is None else placed.pause_ms)
        for placed, usual in zip(segments, [*between, pauses.at_end_ms], strict=True)
    ]


def _frames(segment: Segment, pause: float) -> int:
    """Give a slot's length: the nearest whole number of frames that leaves a pause."""
    return max(round((segment.samples + pause) / FRAME), _fewest(segment))


def _fewest(segment: Segment) -> int:
    return -(-(segment.samples + SHORTEST_PAUSE) // FRAME)


def _fitted(segments: Sequence[Placed], wanted: Sequence[int], frames: int) -> list[int]:
    """Give the slots' frames so that they make ``frames``, as far as the free pauses let them."""
    free = [placed.pause_ms is None for placed in segments]
    fixed = sum(placed.segment.samples for placed in segments)
    fixed += sum(pause for pause, is_free in zip(wanted, free, strict=True) if not is_free)
    elastic = sum(pause for pause, is_free in zip(wanted, free, strict=True) if is_free)
    factor = (frames * FRAME - fixed) / elastic if elastic else 1.0
    factor = min(max(factor, STRETCH[0]), STRETCH[1])
    fitted = [
        _frames(placed.segment, _stretched(pause, factor) if is_free else pause)
        for placed, pause, is_free in zip(segments, wanted, free, strict=True)
    ]
    # What rounding has left over: a frame here and there, the longest pauses first.
    for at in sorted(range(len(segments)), key=lambda at: -wanted[at]):
        missing = frames - sum(fitted)
        if abs(missing) > len(segments) or not free[at]:
            continue
        step = (missing > 0) - (missing < 0)
        fitted[at] = max(fitted[at] + step, _fewest(segments[at].segment))
    return fitted


def _stretched(pause: int, factor: float) -> float:
    """Give a pause closed or stretched; stretched it is never dead air."""
    longest = max(pause, ms_to_samples(LONGEST_MS)) if factor > 1 else pause
    return min(pause * factor, longest)


def _pause_ms(first: Take | Insert, second: Take | Insert, pauses: Pauses) -> int:
    if isinstance(first, Insert) or isinstance(second, Insert):
        return pauses.beside_music_ms
    if second.turn.kind == "byline":
        return pauses.before_byline_ms
    if first.turn.kind == "lead":
        return pauses.after_lead_ms
    if first.turn.speaker == second.turn.speaker:
        return pauses.same_speaker_ms
    return pauses.other_speaker_ms
