"""A stretch of recordings, whatever their kind → a WAV file that any browser plays."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from broadcast.errors import UsageError
from broadcast.messages import Message
from broadcast.model import RATE_HZ

_LONGEST_MS = 300_000
_PEAK = 0.89  # 1 dB under full scale
Piece = tuple[Path, int, int]
"""A file, and from where to where in it, in ms."""


def stretches(
    files: Sequence[Path], lengths_ms: Sequence[int], begin_ms: int, end_ms: int
) -> list[Piece]:
    """Give a stretch of files that lie one behind the other; not more than five minutes of it."""
    pieces, at_ms = [], 0
    end_ms = min(end_ms, begin_ms + _LONGEST_MS)
    for file, length_ms in zip(files, lengths_ms, strict=True):
        first, last = max(0, begin_ms - at_ms), min(length_ms, end_ms - at_ms)
        if first < last:
            pieces.append((file, first, last))
        at_ms += length_ms
    return pieces


def wav_of(pieces: Sequence[Piece]) -> bytes:
    """Give pieces one behind the other, as loud as they can be. Raises UsageError for none."""
    import numpy as np

    from broadcast.media.decode import decode
    from broadcast.media.mono import mono_48k
    from broadcast.speech.engine import wav_file

    if not pieces:
        raise UsageError(Message("studio.no-piece", "There is no such stretch."))
    sounds = [decode(file, start_ms=begin, end_ms=end) for file, begin, end in pieces]
    samples = np.concatenate([mono_48k(one) for one in sounds])
    peak = float(np.abs(samples).max(initial=0))
    samples = samples * (_PEAK / peak if peak > 0 else 1)
    return wav_file((samples * 32_767).astype("<i2").tobytes(), RATE_HZ)
