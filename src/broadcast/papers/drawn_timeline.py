"""A timeline as it was drawn → the music and the loudness in it, for who draws them elsewhere.

A draft's record tells of its turns and chapters; of music and loudness only its drawing does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from broadcast.papers.timeline import (
    DOTTED,
    LANE,
    LEFT,
    LOUD_HEIGHT,
    LOUDEST_LUFS,
    RIGHT,
    SOFTEST_LUFS,
)

_NUMBER = r"(\d{1,9}(?:\.\d+)?)"
_PLAYED = re.compile(
    rf'<rect x="{_NUMBER}" y="[\d.]+" width="{_NUMBER}" height="{LANE}" '
    rf'fill="{re.escape(DOTTED)}"'
)
_LOUDNESS = re.compile(
    rf'<path d="M{LEFT} {_NUMBER}V[\d.]+H{RIGHT}"[^>]*/>.*?<polyline points="([\d., ]*)"',
    re.DOTALL,
)
_POINT = re.compile(f"{_NUMBER},{_NUMBER}")


@dataclass(frozen=True, slots=True)
class DrawnTimeline:
    """Where music and clips are heard, in ms from and to, and moments with their loudness."""

    played_ms: tuple[tuple[int, int], ...] = ()
    loudness: tuple[tuple[int, float], ...] = ()


def read_timeline(svg: str, duration_ms: int) -> DrawnTimeline:
    """Read a drawing of a programme that is so long; of one that is not ours nothing is read."""
    ms = duration_ms / (RIGHT - LEFT)
    played = tuple(
        (round((float(x) - LEFT) * ms), round((float(x) - LEFT + float(width)) * ms))
        for x, width in _PLAYED.findall(svg)
    )
    found = _LOUDNESS.search(svg)
    if found is None:
        return DrawnTimeline(played)
    top, lufs = float(found[1]), (LOUDEST_LUFS - SOFTEST_LUFS) / LOUD_HEIGHT
    return DrawnTimeline(
        played,
        tuple(
            (round((float(x) - LEFT) * ms), round(LOUDEST_LUFS - (float(y) - top) * lufs, 1))
            for x, y in _POINT.findall(found[2])
        ),
    )
