"""The last five seconds of a long recording against its first five, as a build reads them.

Usage: media.py [MINUTES]. Times are of this process alone, the least of several; MP3 with a note of
its length and without, AAC, ALAC and Opus.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from broadcast.media.decode import decode
from broadcast.model import RATE_HZ

TIMES = 9
STRETCH_MS = 5_000
KINDS = {
    "MP3": ("a.mp3", "libmp3lame", 1_152, {}),
    "MP3, bare": ("b.mp3", "libmp3lame", 1_152, {"write_xing": "0"}),
    "AAC": ("a.m4a", "aac", 1_024, {}),
    "ALAC": ("b.m4a", "alac", 4_096, {}),
    "Opus": ("a.opus", "libopus", 960, {}),
    "Opus in WebM": ("a.webm", "libopus", 960, {}),
}


def main() -> None:
    minutes = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    samples = _sound(minutes * 60)
    last_ms = minutes * 60_000 - STRETCH_MS
    print(f"{STRETCH_MS // 1000} s of {minutes} minutes, in ms")
    print(f"{'':14}{'first':>8}{'last':>8}{'ratio':>8}{'whole':>8}")
    with tempfile.TemporaryDirectory() as folder:
        for label, (name, codec, frame, muxing) in KINDS.items():
            file = Path(folder) / name
            _encode(file, codec, samples, frame, muxing)
            first = _least_ms(lambda file=file: _read(file, 0), TIMES)
            last = _least_ms(lambda file=file: _read(file, last_ms), TIMES)
            whole = _least_ms(lambda file=file: decode(file), 2)
            print(f"{label:14}{first:8.1f}{last:8.1f}{last / first:8.1f}{whole:8.0f}")


def _sound(seconds: int) -> np.ndarray:
    """Give something like speech: a voice that comes and goes, with noise."""
    at = np.arange(seconds * RATE_HZ, dtype=np.float32) / RATE_HZ
    loudness = np.clip(np.sin(2 * np.pi * 1.7 * at) + 0.6, 0, 1)
    noise = np.random.default_rng(1).normal(0, 0.03, len(at))
    return (loudness * (0.2 * np.sin(2 * np.pi * 150 * at) + noise)).astype(np.float32)


def _encode(file: Path, codec: str, samples: np.ndarray, frame: int, muxing: dict) -> None:
    with av.open(str(file), "w", options=muxing) as container:
        stream = container.add_stream(codec, rate=RATE_HZ, layout="mono")
        whole = av.AudioFrame.from_ndarray(samples[None], format="fltp", layout="mono")
        whole.sample_rate, whole.time_base, whole.pts = RATE_HZ, Fraction(1, RATE_HZ), 0
        resampler = av.AudioResampler(stream.codec_context.format, "mono", RATE_HZ, frame)
        for piece in [*resampler.resample(whole), None]:
            container.mux(stream.encode(piece))


def _read(file: Path, start_ms: int) -> None:
    decode(file, start_ms=start_ms, end_ms=start_ms + STRETCH_MS)


def _least_ms(work: Callable[[], object], times: int) -> float:
    least = float("inf")
    for _ in range(times):
        begin = time.process_time()
        work()
        least = min(least, time.process_time() - begin)
    return least * 1000


if __name__ == "__main__":
    main()
