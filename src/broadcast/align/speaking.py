"""Frames of a recording → in which of them somebody speaks, how loud, and how loud its room is."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from broadcast.align.frames import Flags, Floats, Frames

# Eight groups of four bands: what stands out from the room in two of them is speech.
_GROUPS = 8
_STANDS_OUT = 2.2
_SPREAD_DB = (1.0, 2.5)
_FAR_BELOW_DB = 45.0
# In frames:
_SMOOTH = 2
_CLOSURE = 20  # the silence within a word
_SHORTEST = 8
_FEWEST = 50


@dataclass(frozen=True, slots=True)
class Recorded:
    """A recording as it is compared: its frames, in which of them is ``speech``, and its room.

    ``level`` is the mean power of speech, ``room`` the usual power in each band without it.
    """

    frames: Frames
    speech: Flags
    level: float
    room: Floats

    @property
    def snr_db(self) -> float:
        """How far speech lies above the room."""
        return float(10 * np.log10(self.level / max(1e-12, float(self.room.sum()))))


def recorded(frames: Frames) -> Recorded:
    """Tell speech from the room in the frames of a recording."""
    powers = frames.powers
    energy = powers.sum(axis=1)
    speech = _speech(powers)
    if speech.sum() < _FEWEST:  # nothing stands out: what is louder than half of it may be speech
        speech = energy > np.percentile(energy, 50)
    level = float(energy[speech].mean()) if speech.any() else 1e-12
    silent = ~speech
    room = (
        np.percentile(powers[silent], 50, axis=0)
        if silent.sum() > _FEWEST
        else np.percentile(powers, 5, axis=0)
    )
    return Recorded(frames, speech, max(level, 1e-12), room.astype(np.float32))


def smoothed(values: NDArray[np.floating], half: int) -> NDArray[np.float64]:
    """Average each value with ``half`` others on either side, fewer at the ends."""
    sums = np.cumsum(np.concatenate([[0.0], values.astype(np.float64)]))
    at = np.arange(len(values))
    begin, end = np.maximum(0, at - half), np.minimum(len(values), at + half + 1)
    means: NDArray[np.float64] = (sums[end] - sums[begin]) / (end - begin)
    return means


def runs(flags: Flags) -> NDArray[np.intp]:
    """Give where flags are set, as rows of begin and end."""
    changes = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8)))
    return changes.reshape(-1, 2)


def _speech(powers: Floats) -> Flags:
    if not len(powers):
        return np.zeros(0, np.bool_)
    grouped = powers.reshape(len(powers), _GROUPS, -1).sum(axis=2)
    levels = 10 * np.log10(grouped + 1e-10)
    levels = np.stack([smoothed(levels[:, at], _SMOOTH) for at in range(_GROUPS)], axis=1)
    floor, deepest = np.percentile(levels, 10, axis=0), np.percentile(levels, 1, axis=0)
    spread = np.clip(floor - deepest, *_SPREAD_DB)
    loud = np.percentile(levels.max(axis=1), 95)
    above = (levels - np.maximum(floor + 1.3 * spread, loud - _FAR_BELOW_DB)) / spread
    above.sort(axis=1)
    return _closed(above[:, -2] > _STANDS_OUT)


def _closed(flags: Flags) -> Flags:
    """Close short gaps, then leave out what is too short for a sound of speech."""
    closed = flags.copy()
    found = runs(flags)
    for (_, end), (begin, _) in itertools.pairwise(found):
        if begin - end < _CLOSURE:
            closed[end:begin] = True
    for begin, end in runs(closed):
        if end - begin < _SHORTEST:
            closed[begin:end] = False
    return closed
