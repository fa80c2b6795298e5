"""A recording laid along a script → whether something sounds in the pauses between its sentences.

Noise has no pitch; music has, and a hum of the mains. Words under which something sounds are found,
but their ends are not: up to seconds of it are taken for speech.
"""

from __future__ import annotations

import itertools

import numpy as np

from broadcast.align.alignment import Alignment
from broadcast.align.features import voicing_of
from broadcast.align.frames import FRAME_MS
from broadcast.align.recorded import Recorded
from broadcast.align.states import FINE_STEP

# Mean voicing in pauses: of noise at 10 to 22 dB 0.17 to 0.24; of plucked notes 0.50 and more where
# they are 20 dB under speech, 0.35 at 25 dB.
_SOUNDS = 0.42
_AWAY_MS = 100
_PAUSE_MS = (100, 2500)
_STEP_MS = FINE_STEP * FRAME_MS
_FEWEST_ROWS = 25


def sounds_beneath(found: Alignment, one: Recorded) -> bool:
    """Whether there is a tone where nobody speaks."""
    begins, ends = found.times.begin_ms, found.times.end_ms
    heard = np.flatnonzero(np.isfinite(begins) & np.isfinite(ends))
    voicing = voicing_of(one.fine)
    pauses = []
    for unit, following in itertools.pairwise(heard):
        begin, end = ends[unit] + _AWAY_MS, begins[following] - _AWAY_MS
        if _PAUSE_MS[0] < end - begin < _PAUSE_MS[1]:
            pauses.append(voicing[int(begin / _STEP_MS) : int(end / _STEP_MS)])
    if sum(map(len, pauses)) < _FEWEST_ROWS:
        return False
    return float(np.concatenate(pauses).mean()) > _SOUNDS
