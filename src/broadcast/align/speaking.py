"""Frames of a recording → in which of them somebody speaks, how loud, and how loud its room is."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from broadcast.align.frames import BAND_WIDTHS, FRAME_MS, WINDOW_MS, Flags, Floats

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
_COVERED_DB = 30.0


@dataclass(frozen=True, slots=True)
class Room:
    """How loud speech is: the mean of its power; and the usual power in each band without it."""

    level: float
    powers: Floats

    @property
    def snr_db(self) -> float:
        """How far speech lies above the room."""
        return float(10 * np.log10(self.level / max(1e-12, float(self.powers.sum()))))

    @property
    def cover(self) -> Floats:
        """What lies too far under speech to be compared, in each band."""
        covered = self.level * 10 ** (-_COVERED_DB / 10) * BAND_WIDTHS / BAND_WIDTHS.sum()
        cover: Floats = covered.astype(np.float32)
        return cover


def room_of(powers: Floats, speech: Flags) -> Room:
    """Give how loud speech and room are, whose ``powers`` have the shape (n, 32)."""
    level = float(powers[speech].sum(axis=1).mean()) if speech.any() else 1e-12
    silent = ~speech
    which, share = (silent, 50) if silent.sum() > _FEWEST else (slice(None), 5)
    usual = [np.percentile(powers[which, band], share) for band in range(powers.shape[1])]
    return Room(max(level, 1e-12), np.array(usual, np.float32))


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


def speech_ms(speech: Flags) -> NDArray[np.float64]:
    """Give where speech begins and ends, in ms, as rows.

    Flags are of windows, and of bands smoothed over their neighbours: they rise before anything is
    heard. They fall as early as they rise, but what fades away is under the room before it is over.
    """
    edges = (runs(speech) * FRAME_MS).astype(np.float64)
    edges[:, 0] += _SMOOTH * FRAME_MS + WINDOW_MS / 2
    return edges


def at_edge(
    times_ms: NDArray[np.float64], edges_ms: NDArray[np.float64], near_ms: float
) -> NDArray[np.float64]:
    """Give each time as the nearest of the edges, in rising order, where one is so near."""
    if not len(edges_ms):
        return times_ms
    after = np.minimum(np.searchsorted(edges_ms, times_ms), len(edges_ms) - 1)
    before = np.maximum(after - 1, 0)
    is_before = np.abs(edges_ms[before] - times_ms) <= np.abs(edges_ms[after] - times_ms)
    nearest = np.where(is_before, edges_ms[before], edges_ms[after])
    found: NDArray[np.float64] = np.where(np.abs(nearest - times_ms) <= near_ms, nearest, times_ms)
    return found


def speech_in(powers: Floats) -> Flags:
    """Tell in which frames somebody speaks.

    Where nothing stands out, what is louder than half of it may be speech.
    """
    if not len(powers):
        return np.zeros(0, np.bool_)
    speech = _standing_out(powers)
    if speech.sum() < _FEWEST:
        energy = powers.sum(axis=1)
        speech = energy > np.percentile(energy, 50)
    return speech


def _standing_out(powers: Floats) -> Flags:
    levels = powers.reshape(len(powers), _GROUPS, -1).sum(axis=2)
    levels = 10 * np.log10(levels + 1e-10)
    for at in range(_GROUPS):
        levels[:, at] = smoothed(levels[:, at], _SMOOTH)
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
