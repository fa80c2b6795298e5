"""Samples → how loud they are heard (ITU-R BS.1770-4, EBU R 128) and their true peak.

Meters take a programme block by block. Mono counts as heard on two loudspeakers: 3.01 LU above
what BS.1770 says of one channel.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from broadcast.audio.filters import BLOCK, K_WEIGHTING, Filter, Samples
from broadcast.audio.true_peak import PeakMeter
from broadcast.model import RATE_HZ, Loudness, Timeline

HOP = RATE_HZ // 10
"""Samples in the 100 ms between the starts of two gating blocks (400 ms, overlap 75 %)."""
MOMENTARY_HOP = RATE_HZ // 100
"""Samples between two momentary measurements: 10 ms apart, they find the loudest to 0.1 LU."""
_BLOCK_HOPS = 4
_ABSOLUTE_GATE_LUFS = -70.0
_RELATIVE_GATE_LU = -10.0
_SHORT_TERM_HOPS = 30
_RANGE_GATE_LU = -20.0

Energies = NDArray[np.float64]


class EnergyMeter:
    """Takes the K-weighted mean square of each 100 ms of one channel, or of each ``hop`` samples.

    ``hop`` divides HOP.
    """

    def __init__(self, hop: int = HOP) -> None:
        self._hop = hop
        self._filter = Filter(K_WEIGHTING)
        self._waiting = np.zeros(0, np.float32)
        self._energies: list[Energies] = []

    def add(self, samples: Samples) -> None:
        """Take what follows: shape (n,)."""
        self._waiting = np.concatenate([self._waiting, samples])
        while len(self._waiting) >= BLOCK:
            self._measure(self._waiting[:BLOCK])
            self._waiting = self._waiting[BLOCK:]

    def energies(self) -> Energies:
        """End the measurement: the last, incomplete 100 ms are completed with silence."""
        if len(self._waiting):
            self._measure(self._waiting)
        return np.concatenate([np.zeros(0), *self._energies])

    def _measure(self, block: Samples) -> None:
        weighted = self._filter.next(block)
        if len(weighted) % HOP:
            weighted = np.pad(weighted, (0, -len(weighted) % HOP))
        hops = weighted.reshape(-1, self._hop)
        self._energies.append(np.einsum("ij,ij->i", hops, hops) / np.float64(self._hop))


class ProgrammeMeter:
    """Takes loudness and true peak of a programme of one or two channels.

    ``exact_above`` is that of a PeakMeter, ``hop`` that of an EnergyMeter.
    """

    def __init__(self, channels: int, exact_above: float = 0.0, hop: int = HOP) -> None:
        self._energy = [EnergyMeter(hop) for _ in range(channels)]
        self._peak = [PeakMeter(exact_above) for _ in range(channels)]

    def add(self, samples: Samples) -> None:
        """Take what follows: shape (n, channels)."""
        for channel, (energy, peak) in enumerate(zip(self._energy, self._peak, strict=True)):
            energy.add(samples[:, channel])
            peak.add(samples[:, channel])

    def energies(self) -> Energies:
        """End the measurement and give the energies as heard, the channels summed."""
        energies: Energies = sum((meter.energies() for meter in self._energy), np.zeros(1))
        return energies * (2 if len(self._energy) == 1 else 1)

    def peaks(self) -> Samples:
        """End the measurement and give the true-peak envelope, the higher of the channels."""
        envelope: Samples = np.max([meter.peaks() for meter in self._peak], axis=0)
        return envelope


def energies_as_heard(blocks: Iterable[Samples], hop: int = HOP) -> Energies:
    """Give the energies of a mono programme, heard on two loudspeakers."""
    meter = EnergyMeter(hop)
    for block in blocks:
        meter.add(block)
    return 2 * meter.energies()


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
    low, high = np.percentile(levels, [10, 95], method="nearest")
    return float(high - low)


def max_momentary_lufs(energies: Sequence[float] | Energies) -> float:
    """Give the loudest 400 ms, from the energies of each MOMENTARY_HOP; −70 for what is shorter."""
    hops = _BLOCK_HOPS * HOP // MOMENTARY_HOP
    return float(lufs(_means(np.asarray(energies, np.float64), hops).max(initial=1e-7)))


def loudness_of(energies: Sequence[float] | Energies, true_peak_dbtp: float) -> Loudness:
    """Give all that is said about a programme's loudness, from its 100 ms energies."""
    values = np.asarray(energies, np.float64)
    loudest = [
        float(lufs(_means(values, hops).max(initial=1e-7)))
        for hops in (_BLOCK_HOPS, _SHORT_TERM_HOPS)
    ]
    return Loudness(
        integrated_lufs(values), true_peak_dbtp, loudness_range_lu(values), loudest[0], loudest[1]
    )


def joined_loudness(timeline: Timeline, gain_db: float = 0.0) -> Loudness:
    """Give the loudness of a programme, made ``gain_db`` louder, without touching its audio.

    Its segments were measured when they were made; a change of level changes every energy alike.
    """
    energies = joined_energies(timeline)
    segments = [slot.segment for slot in timeline.slots]
    peak_dbtp = max(segment.true_peak_dbtp for segment in segments)
    told = loudness_of(energies * 10 ** (gain_db / 10), peak_dbtp + gain_db)
    momentary = max(segment.max_momentary_lufs for segment in segments) + gain_db
    return replace(told, max_momentary_lufs=max(told.max_momentary_lufs, momentary))


def joined_energies(timeline: Timeline) -> Energies:
    """Give the energy of each 100 ms of a programme, from those of its segments."""
    energies = np.zeros(timeline.samples // HOP + 2)
    for slot in timeline.slots:
        first = round(slot.start / HOP)
        own = np.asarray(slot.segment.energies)[: len(energies) - first]
        energies[first : first + len(own)] += own
    return energies


def short_term_lufs(energies: Energies) -> Energies:
    """Give the loudness of 3 s from every second on (EBU Tech 3341, short-term)."""
    return lufs(_means(energies, _SHORT_TERM_HOPS)[:: RATE_HZ // HOP])


def lufs(energy: Energies | np.float64) -> Energies:
    """Give the loudness of a K-weighted mean square (BS.1770-4, annex 1, equation 2)."""
    loudness: Energies = -0.691 + 10 * np.log10(np.maximum(energy, 1e-20))
    return loudness


def _means(energies: Energies, hops: int) -> Energies:
    if len(energies) < hops:
        return np.zeros(0)
    sums = np.cumsum(np.concatenate([[0.0], energies]))
    means: Energies = (sums[hops:] - sums[:-hops]) / hops
    return means
