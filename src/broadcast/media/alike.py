"""Sound that changes its rate or its channels within → all of it like its beginning."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, groupby

import numpy as np
import soxr

from broadcast.media.mono import one_channel
from broadcast.media.samples import Audio, Samples, gathered


def alike(blocks: Iterable[Audio]) -> Iterator[Audio]:
    """Give blocks at the rate and in the channels of the first."""
    rest = iter(blocks)
    first = next(rest, None)
    if first is None:
        return
    for kind, run in groupby(chain([first], rest), lambda block: block.kind):
        if kind == first.kind:
            yield from run
        else:
            yield from _as(first, run)


def _as(first: Audio, run: Iterable[Audio]) -> Iterator[Audio]:
    """Give blocks of one other kind as ``first`` is."""
    channels = first.samples.shape[1]
    resampler: soxr.ResampleStream | None = None
    # Which channels are heard is decided for seconds at a time.
    for block in gathered(run):
        samples = block.samples
        if samples.shape[1] != channels:
            samples = np.repeat(one_channel(samples)[:, None], channels, axis=1)
        if block.rate_hz != first.rate_hz:
            resampler = resampler or soxr.ResampleStream(
                block.rate_hz, first.rate_hz, channels, dtype="float32", quality="HQ"
            )
            samples = _resampled(resampler, samples)
        if len(samples):
            yield replace(first, samples=samples)
    if resampler:
        rest = _resampled(resampler, np.zeros((0, channels), np.float32), last=True)
        if len(rest):
            yield replace(first, samples=rest)


def _resampled(stream: soxr.ResampleStream, samples: Samples, *, last: bool = False) -> Samples:
    made: Samples = stream.resample_chunk(np.ascontiguousarray(samples), last=last)
    return made.reshape(-1, samples.shape[1])
