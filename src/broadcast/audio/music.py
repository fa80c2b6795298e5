"""Music and clips → samples ready to be levelled."""

from __future__ import annotations

import numpy as np

from broadcast.audio.dead_air import MUSIC_DB, SPEECH_DB, without_dead_air
from broadcast.audio.filters import Samples
from broadcast.media.decode import decode
from broadcast.media.mono import mono_48k
from broadcast.model import Insert, Music, ms_to_samples

_EDGE_MS = 10


def insert_samples(insert: Insert, music: Music) -> Samples:
    """Read an insert: mono at RATE_HZ, faded out where music is cut before its own end.

    Raises BroadcastError naming the file when it cannot be read.
    """
    audio = decode(insert.file, start_ms=insert.start_ms, end_ms=insert.end_ms)
    samples = mono_48k(audio)
    if insert.kind == "music":
        samples = without_dead_air(samples, MUSIC_DB, trims_ends=insert.end_ms is None)
    else:
        samples = without_dead_air(samples, SPEECH_DB)
    is_cut = insert.kind == "music" and insert.end_ms is not None
    _fade(samples, _EDGE_MS, music.fade_ms if is_cut else _EDGE_MS)
    return samples


def _fade(samples: Samples, in_ms: int, out_ms: int) -> None:
    """Fade in and out in place, along a quarter of a sine."""
    begin = min(ms_to_samples(in_ms), len(samples) // 2)
    end = min(ms_to_samples(out_ms), len(samples) // 2)
    if begin:
        samples[:begin] *= np.sin(np.linspace(0, np.pi / 2, begin)).astype(np.float32)
    if end:
        samples[-end:] *= np.cos(np.linspace(0, np.pi / 2, end)).astype(np.float32)
