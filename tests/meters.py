"""Independent readers of audio: libavfilter's meter, and decoding by PyAV."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import av.filter
import numpy as np

Samples = np.ndarray[Any, np.dtype[np.float64]]


def decoded(file: Path) -> Samples:
    """Decode with PyAV into (samples, channels) float."""
    with av.open(str(file)) as container:
        frames = [_planar(frame) for frame in container.decode(audio=0)]
    return np.concatenate(frames, axis=1).T.astype(np.float64)


def _planar(frame: av.AudioFrame) -> Samples:
    samples = frame.to_ndarray()
    if samples.dtype.kind == "i":
        samples = samples / float(2 ** (8 * samples.dtype.itemsize - 1))
    if not frame.format.is_planar:
        samples = samples.reshape(-1, frame.layout.nb_channels).T
    return samples


def ebur128(file: Path) -> tuple[float, float]:
    """Measure integrated loudness (mono as on two loudspeakers) and true peak with libavfilter."""
    with av.open(str(file)) as container:
        stream = container.streams.audio[0]
        graph = av.filter.Graph()
        source = graph.add_abuffer(template=stream)
        return _measured(graph, source, container.decode(stream))


def ebur128_of(samples: Samples, rate_hz: int = 48_000) -> tuple[float, float]:
    """Measure samples of shape (n,) or (n, 2) with libavfilter."""
    planar = np.atleast_2d(samples.T).astype(np.float32)
    layout = "mono" if planar.shape[0] == 1 else "stereo"
    graph = av.filter.Graph()
    source = graph.add_abuffer(sample_rate=rate_hz, format="fltp", layout=layout)

    def frames() -> Iterator[av.AudioFrame]:
        for begin in range(0, planar.shape[1], 48_000):
            block = np.ascontiguousarray(planar[:, begin : begin + 48_000])
            frame = av.AudioFrame.from_ndarray(block, format="fltp", layout=layout)
            frame.sample_rate = rate_hz
            frame.pts = begin
            yield frame

    return _measured(graph, source, frames())


def _measured(graph: Any, source: Any, frames: Iterator[av.AudioFrame]) -> tuple[float, float]:
    meter = graph.add("ebur128", "metadata=1:peak=true:dualmono=true")
    sink = graph.add("abuffersink")
    source.link_to(meter)
    meter.link_to(sink)
    graph.configure()
    integrated, peak = -math.inf, 0.0
    for frame in frames:
        graph.push(frame)
        while True:
            try:
                measured = graph.pull()
            except (av.error.BlockingIOError, av.error.EOFError):
                break
            integrated = float(measured.metadata["lavfi.r128.I"])
            peaks = (float(v) for k, v in measured.metadata.items() if "true_peaks_ch" in k)
            peak = max(peak, *peaks)
    return integrated, 20 * math.log10(max(peak, 1e-10))
