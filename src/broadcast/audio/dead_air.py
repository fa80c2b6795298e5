"""Samples → the same without dead air: three seconds of silence at most, less at the ends."""

from __future__ import annotations

import numpy as np

from broadcast.audio.filters import Samples
from broadcast.model import ms_to_samples

LONGEST_MS = 3_000
"""Longer silence sounds as if the station had gone off the air; only a script may ask for it."""
_BLOCK = ms_to_samples(20)
_KEPT_AT_ENDS_MS = 300
_SPLICE = ms_to_samples(20)
SPEECH_DB = -35.0
"""How far below its loud parts a room without speech lies at least; soft syllables lie above."""
MUSIC_DB = -60.0


def without_dead_air(samples: Samples, silence_db: float, *, trims_ends: bool = False) -> Samples:
    """Close what is too long and ``silence_db`` below the loud parts; faded over where it is cut.

    With ``trims_ends`` silence at both ends is left out too, but for a breath.
    """
    blocks = samples[: len(samples) // _BLOCK * _BLOCK].reshape(-1, _BLOCK)
    if not len(blocks):
        return samples
    levels = np.sqrt(np.einsum("ij,ij->i", blocks, blocks) / _BLOCK)
    loudest = np.percentile(levels, 95, method="nearest")
    loud = np.flatnonzero(levels > loudest * 10 ** (silence_db / 20))
    if not len(loud):
        return samples
    kept_at_ends = ms_to_samples(_KEPT_AT_ENDS_MS)
    first = max(0, int(loud[0]) * _BLOCK - kept_at_ends) if trims_ends else 0
    last = int(loud[-1] + 1) * _BLOCK + kept_at_ends if trims_ends else len(samples)
    longest = ms_to_samples(LONGEST_MS)
    holes = np.flatnonzero(np.diff(loud) * _BLOCK > longest + _BLOCK)
    if not len(holes):
        return samples[first:last]
    pieces, begin = [], first
    for hole in holes:
        silent, speaks = int(loud[hole] + 1) * _BLOCK, int(loud[hole + 1]) * _BLOCK
        half = (longest - _SPLICE) // 2
        over = _faded(samples[silent + half :][:_SPLICE], samples[speaks - half - _SPLICE :])
        pieces += [samples[begin : silent + half], over]
        begin = speaks - half
    return np.concatenate([*pieces, samples[begin:last]])


def _faded(ending: Samples, beginning: Samples) -> Samples:
    ramp = np.linspace(0, 1, len(ending), dtype=np.float32)
    over: Samples = ending * (1 - ramp) + beginning[: len(ending)] * ramp
    return over
