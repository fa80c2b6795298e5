"""A stretch of recordings → its outline, as it is drawn to be cut by eye and ear."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from broadcast.errors import BroadcastError
from broadcast.media.decode import read_blocks
from broadcast.messages import Message

_SOFTEST_DB = -50.0
_FULL = 100


def outline_of(
    files: Sequence[Path], lengths_ms: Sequence[int], begin_ms: int, end_ms: int, points: int
) -> tuple[int, ...]:
    """Give how loud a stretch is in so many equal steps: 0 (silent) to 100 (its loudest).

    ``files`` lie one behind the other, each as long as ``lengths_ms`` says; times are on that. The
    scale is that of the ear: 50 dB below the loudest is nothing. What cannot be read is silent.
    """
    energies, counts = np.zeros(points), np.zeros(points)
    step_ms = max(1, end_ms - begin_ms) / points
    at_ms = 0
    for file, length_ms in zip(files, lengths_ms, strict=True):
        first_ms, last_ms = max(0, begin_ms - at_ms), min(length_ms, end_ms - at_ms)
        if first_ms < last_ms:
            for moment_ms, squares in _squares(file, first_ms, last_ms):
                place = (at_ms + first_ms + moment_ms - begin_ms) / step_ms
                places = np.clip(place.astype(np.intp), 0, points - 1)
                energies += np.bincount(places, squares, points)
                counts += np.bincount(places, minlength=points)
        at_ms += length_ms
    means = energies / np.maximum(1, counts)
    loudest = float(means.max(initial=0))
    if loudest <= 0:
        return (0,) * points
    levels_db = 10 * np.log10(np.maximum(means / loudest, 1e-12))
    heights = _FULL * np.clip(1 - levels_db / _SOFTEST_DB, 0, 1)
    return tuple(int(one) for one in np.rint(heights))


def _squares(
    file: Path, start_ms: int, end_ms: int
) -> Iterator[tuple[NDArray[np.float64], NDArray[np.float64]]]:
    """Give when samples are heard, in ms from the start, and the squares of them, in blocks."""
    done, damage = 0, list[Message]()
    try:
        for block in read_blocks(file, damage, start_ms=start_ms, end_ms=end_ms):
            squares = (block.samples.astype(np.float64) ** 2).mean(axis=1, dtype=np.float64)
            moments = np.arange(done, done + len(squares), dtype=np.float64) * (
                1000 / block.rate_hz
            )
            done += len(squares)
            yield moments, np.asarray(squares, np.float64)
    except BroadcastError as error:
        if not error.is_of_input:
            raise
