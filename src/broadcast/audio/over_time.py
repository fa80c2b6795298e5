"""A timeline → how loud it is heard from second to second, and where it is silent."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from broadcast.audio.loudness import HOP, joined_energies, lufs, short_term_lufs
from broadcast.model import RATE_HZ, Timeline

SILENT_LUFS = -60.0
"""What lies below is heard as silence at the level of a programme."""
LONG_MS = 2_000
"""How long a silence lasts that a listener notices as one."""
_HOP_MS = HOP * 1000 // RATE_HZ


def loudness_over_time(timeline: Timeline, gain_db: float) -> tuple[float, ...]:
    """Give the loudness of 3 s from every second on, of the programme made ``gain_db`` louder."""
    energies = joined_energies(timeline) * 10 ** (gain_db / 10)
    return tuple(round(float(one), 1) for one in short_term_lufs(energies))


def silences_ms(timeline: Timeline, gain_db: float) -> tuple[tuple[int, int], ...]:
    """Give where nothing is heard for LONG_MS or more, to 100 ms, of the programme made louder."""
    energies = joined_energies(timeline)[: timeline.samples // HOP]
    heard = lufs(energies * 10 ** (gain_db / 10)) > SILENT_LUFS
    borders = np.flatnonzero(np.concatenate([[True], heard, [True]]))
    return tuple(
        (int(before) * _HOP_MS, int(after - 1) * _HOP_MS)
        for before, after in pairwise(borders)
        if (after - 1 - before) * _HOP_MS >= LONG_MS
    )
