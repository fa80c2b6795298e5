"""Samples → how loud they are heard (ITU-R BS.1770-4, EBU R 128) and their true peak.

Mono counts as heard on two loudspeakers: 3.01 LU above what BS.1770 says of one channel.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import soxr
from numpy.typing import NDArray

from broadcast.audio.filters import K_WEIGHTING, Samples, filtered
from broadcast.model import RATE_HZ

HOP = RATE_HZ // 10
"""Samples in the 100 ms between the starts of two gating blocks (400 ms, overlap 75 %)."""
_BLOCK_HOPS = 4
_ABSOLUTE_GATE_LUFS = -70.0
_RELATIVE_GATE_LU = -10.0
_SHORT_TERM_HOPS = 30
_RANGE_GATE_LU = -20.0
_OVERSAMPLING = 4
PEAK_HOP = 8
"""Samples that share one value of the true-peak envelope."""
_PEAK_BLOCK = 1 << 17
_PEAK_CONTEXT = 256

Energies = NDArray[np.float64]


def block_energies(samples: Samples) -> Energies:
    """Give the K-weighted mean square of each 100 ms, the channels summed as they are heard.

    ``samples`` at RATE_HZ have shape (n,) (mono: counted twice) or (n, 2). The last, incomplete
    100 ms are completed with silence.
    """
    channels = [samples, samples] if samples.ndim == 1 else list(samples.T)
    energies = [_one_channel(channels[0])]
    energies.append(energies[0] if samples.ndim == 1 else _one_channel(channels[1]))
    total: Energies = energies[0] + energies[1]
    return total


def integrated_lufs(energies: Sequence[float] | Energies) -> float:
    """Give the gated loudness of a programme from its 100 ms energies; −inf when none passes.

    Gates: absolute −70 LUFS, relative −10 LU (BS.1770-4, annex 1, equations 3 to 7).
    """
    blocks = _means(np.asarray(energies, np.float64), _BLOCK_HOPS)
    audible = blocks[lufs(blocks) > _ABSOLUTE_GATE_LUFS]
    if not len(audible):
        return -np.inf
    gate_lufs = float(lufs(audible.mean())) + _RELATIVE_GATE_LU
    return float(lufs(audible[lufs(audible) > gate_lufs].mean()))


def loudness_range_lu(energies: Sequence[float] | Energies) -> float:
    """Give the loudness range (EBU Tech 3342): the spread of 3 s loudness, 10th to 95th percentile.

    0 for what is shorter than 3 s.
    """
    short_term = _means(np.asarray(energies, np.float64), _SHORT_TERM_HOPS)
    audible = short_term[lufs(short_term) > _ABSOLUTE_GATE_LUFS]
    if not len(audible):
        return 0.0
    gate_lufs = float(lufs(audible.mean())) + _RANGE_GATE_LU
    levels = lufs(audible[lufs(audible) > gate_lufs])
    low, high = np.percentile(levels, [10, 95])
    return float(high - low)


def true_peak_dbtp(samples: Samples) -> float:
    """Give the highest peak between samples, found at four times the rate (BS.1770-4, annex 2)."""
    channels = samples.reshape(len(samples), -1).T
    peak = max((float(true_peaks(channel).max(initial=0.0)) for channel in channels), default=0.0)
    return 20 * float(np.log10(max(peak, 1e-10)))


def true_peaks(samples: Samples) -> Samples:
    """Give the true-peak envelope of mono samples: one value for PEAK_HOP samples, shape (⌈n/8⌉,).

    Blocks overlap: a resampler that starts in mid-sound reads up to 1 dB too high.
    """
    envelope = np.zeros(-(-len(samples) // PEAK_HOP), np.float32)
    for begin in range(0, len(samples), _PEAK_BLOCK):
        context = min(begin, _PEAK_CONTEXT)
        block = samples[begin - context : begin + _PEAK_BLOCK + _PEAK_CONTEXT]
        between = soxr.resample(np.ascontiguousarray(block), 1, _OVERSAMPLING, quality="HQ")
        envelope_of_block = envelope[begin // PEAK_HOP : (begin + _PEAK_BLOCK) // PEAK_HOP]
        for values, skipped, hop in (
            (between, context * _OVERSAMPLING, PEAK_HOP * _OVERSAMPLING),
            (block, context, PEAK_HOP),
        ):
            inside = np.abs(values[skipped : skipped + len(envelope_of_block) * hop])
            peaks = np.maximum.reduceat(inside, np.arange(0, len(inside), hop))
            found = envelope_of_block[: len(peaks)]
            np.maximum(found, peaks, out=found)
    return envelope


def lufs(energy: Energies | np.float64) -> Energies:
    """Give the loudness of a K-weighted mean square (BS.1770-4, annex 1, equation 2)."""
    loudness: Energies = -0.691 + 10 * np.log10(np.maximum(energy, 1e-20))
    return loudness


def _one_channel(channel: Samples) -> Energies:
    weighted = filtered(channel, K_WEIGHTING)
    weighted = np.concatenate([weighted, np.zeros(-len(weighted) % HOP, np.float32)])
    hops = weighted.reshape(-1, HOP)
    energies: Energies = np.einsum("ij,ij->i", hops, hops, dtype=np.float64) / HOP
    return energies


def _means(energies: Energies, hops: int) -> Energies:
    if len(energies) < hops:
        return np.zeros(0)
    sums = np.cumsum(np.concatenate([[0.0], energies]))
    means: Energies = (sums[hops:] - sums[:-hops]) / hops
    return means
