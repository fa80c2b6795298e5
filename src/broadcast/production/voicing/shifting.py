"""A sentence's sound → the same in a voice that is shifted."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from broadcast.audio.shift import shifted
from broadcast.media.decode import decode
from broadcast.model import Shift
from broadcast.speech.engine import wav_file


def write_shifted(audio: Path, shift: Shift, file: Path) -> None:
    """Write it as a WAV file of 16 bits, in one channel."""
    whole = decode(audio)
    moved = shifted(whole.samples.mean(axis=1, dtype=np.float32), whole.rate_hz, shift)
    loudest = max(1.0, float(np.abs(moved).max(initial=0.0)))  # resampled peaks may rise above it
    pcm = np.round(moved / loudest * 32_767).astype("<i2")
    file.write_bytes(wav_file(pcm.tobytes(), whole.rate_hz))
