"""A recording's file → what is heard in it: its length, where speech is, how loud, how whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from broadcast.media.decode import read_blocks
from broadcast.media.samples import Audio
from broadcast.media.unreadable import NO_SOUND
from broadcast.messages import Message
from broadcast.recordings.heard import Heard, Side
from broadcast.recordings.trim import BandMeter, speech_borders_ms

_FULL_SCALE = 0.9995
_FLAT_FROM = 0.985  # what was recorded too loud can end just under full scale; a voice is not flat
_ONE_PLACE_MS = 100
_SILENT = 1e-6
_DEAD_DB = 30.0
_CANCELLED_DB = 12.0


def heard_in(file: Path) -> Heard:
    """Listen to a file from its start to its end, in little memory whatever its length.

    Raises BroadcastError when it is no audio or cannot be read.
    """
    damage: list[Message] = []
    samples, clipped, last_clip = 0, 0, -1.0
    meter: BandMeter | None = None
    channels, rate_hz = 1, 0
    sums, squares, mixed = np.zeros(1), np.zeros(1), 0.0
    for block in read_blocks(file, damage):
        rate_hz, channels = block.rate_hz, block.samples.shape[1]
        if meter is None:
            meter = BandMeter(rate_hz, channels)
            sums, squares = np.zeros(channels), np.zeros(channels)
        for second in _clipped_at_s(block):
            at = samples / rate_hz + second
            clipped += last_clip < 0 or (at - last_clip) * 1000 > _ONE_PLACE_MS
            last_clip = at
        sums += block.samples.sum(axis=0, dtype=np.float64)
        squares += (block.samples.astype(np.float64) ** 2).sum(axis=0)
        mixed += float((block.samples.mean(axis=1, dtype=np.float64) ** 2).sum())
        meter.add(block.samples)
        samples += len(block.samples)
    squares -= sums**2 / max(1, samples)  # without the offset that poor sound cards add
    mixed -= float(sums.mean() ** 2) / max(1, samples)
    if meter is None:
        return Heard(0, fault=NO_SOUND)
    if squares.max() <= samples * _SILENT**2:
        return Heard(
            round(samples * 1000 / rate_hz),
            rate_hz=rate_hz,
            fault=Message("sound.silent", "There is only silence in this file."),
        )
    meter.add(np.zeros((0, channels), np.float32), last=True)
    borders = speech_borders_ms(meter.bands_db())
    silent, cancels = _channel_faults(squares, mixed)
    start_ms, end_ms = borders or (None, None)
    spoken_s = samples / rate_hz if borders is None else (borders[1] - borders[0]) / 1000
    level = float(squares.max()) / max(1.0, spoken_s * rate_hz)
    return Heard(
        duration_ms=round(samples * 1000 / rate_hz),
        start_ms=start_ms,
        end_ms=None if end_ms is None else min(end_ms, samples * 1000 // rate_hz),
        level_dbfs=round(float(10 * np.log10(level)), 1),
        clipped=clipped,
        rate_hz=rate_hz,
        damage=tuple(damage),
        silent=silent,
        cancels=cancels,
    )


def _clipped_at_s(block: Audio) -> Iterator[float]:
    """Give when three samples in a row are at full scale, or flat below it, from its start."""
    size = np.abs(block.samples)
    held = (size[1:] >= _FLAT_FROM) & (block.samples[1:] == block.samples[:-1])
    if not block.has_headroom:
        full = size >= _FULL_SCALE
        held |= full[1:] & full[:-1]
    for place in np.flatnonzero((held[1:] & held[:-1]).any(axis=1)):
        yield float(place) / block.rate_hz


def _channel_faults(squares: NDArray[np.float64], mixed: float) -> tuple[Side | None, bool]:
    """Give which of two channels is silent, and whether both together are.

    What is used in their place is in ``media``.
    """
    if len(squares) != 2:
        return None, False
    weaker, stronger = sorted(map(float, squares))
    if weaker < stronger * 10 ** (-_DEAD_DB / 10):
        return ("left" if squares[0] < squares[1] else "right"), False
    return None, mixed < stronger * 10 ** (-_CANCELLED_DB / 10)
