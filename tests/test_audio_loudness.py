"""Loudness, range and true peak against the signals of EBU Tech 3341 and 3342, and libavfilter.

Left out of Tech 3341 are case 6, which has five channels, and cases 7 and 8, which are recordings.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import soxr

from broadcast.audio.filters import K_WEIGHTING, Biquad, Filter, blocks_of, high_pass
from broadcast.audio.loudness import (
    MOMENTARY_HOP,
    ProgrammeMeter,
    energies_as_heard,
    integrated_lufs,
    loudness_of,
    loudness_range_lu,
    max_momentary_lufs,
)
from broadcast.audio.true_peak import PEAK_HOP, dbtp, true_peaks
from broadcast.model import RATE_HZ
from meters import ebur128_of

Samples = np.ndarray[Any, np.dtype[np.float32]]


def sine(*levels: tuple[float, float], hz: float = 1_000) -> Samples:
    """A sine of several (dBFS, seconds) one after the other, without a break in phase."""
    amplitude = np.concatenate([np.full(round(s * RATE_HZ), 10 ** (db / 20)) for db, s in levels])
    wave = np.sin(2 * np.pi * hz * np.arange(len(amplitude)) / RATE_HZ)
    return (amplitude * wave).astype(np.float32)


def integrated(samples: Samples) -> float:
    return integrated_lufs(energies_as_heard(blocks_of(samples)))


@pytest.mark.parametrize(
    ("case", "levels", "expected_lufs"),
    [
        (1, [(-23, 20)], -23.0),
        (2, [(-33, 20)], -33.0),
        (3, [(-36, 10), (-23, 60), (-36, 10)], -23.0),
        (4, [(-72, 10), (-36, 10), (-23, 60), (-36, 10), (-72, 10)], -23.0),
        (5, [(-26, 20), (-20, 20.1), (-26, 20)], -23.0),
    ],
)
def test_the_signals_of_tech_3341_read_as_published(
    case: int, levels: list[tuple[float, float]], expected_lufs: float
) -> None:
    assert integrated(sine(*levels)) == pytest.approx(expected_lufs, abs=0.1)


@pytest.mark.parametrize(
    ("levels", "expected_lu"),
    [
        ([(-20, 20), (-30, 20)], 10),
        ([(-20, 20), (-15, 20)], 5),
        ([(-40, 20), (-20, 20)], 20),
        ([(-50, 20), (-35, 20), (-20, 20), (-35, 20), (-50, 20)], 15),
    ],
)
def test_the_signals_of_tech_3342_have_the_published_range(
    levels: list[tuple[float, float]], expected_lu: float
) -> None:
    energies = energies_as_heard(blocks_of(sine(*levels)))
    assert loudness_range_lu(energies) == pytest.approx(expected_lu, abs=1)


@pytest.mark.parametrize("seconds", [1, 10])
def test_silence_and_what_is_too_short_have_no_range(seconds: int) -> None:
    assert loudness_range_lu([0.0] * 10 * seconds) == 0.0
    assert loudness_range_lu([0.01, 0.1] * 14) == 0.0


@pytest.mark.parametrize(
    ("divisor", "phase_degrees", "amplitude", "expected_dbtp"),
    [(4, 0, 0.5, -6), (4, 45, 0.5, -6), (6, 60, 0.5, -6), (8, 67.5, 0.5, -6), (4, 45, 1.41, 3)],
)
def test_true_peaks_between_samples_are_found(
    divisor: int, phase_degrees: float, amplitude: float, expected_dbtp: float
) -> None:
    # Tech 3341, cases 15 to 19; faded in, because a sine cut on has higher peaks than its own.
    angle = 2 * np.pi * np.arange(RATE_HZ) / divisor + np.radians(phase_degrees)
    fade = np.minimum(1, np.arange(RATE_HZ) / 4_800)
    wave = (amplitude * np.sin(angle) * np.minimum(fade, fade[::-1])).astype(np.float32)
    peak = dbtp(true_peaks(blocks_of(wave)))
    assert expected_dbtp - 0.4 <= peak <= expected_dbtp + 0.2


@pytest.mark.parametrize("quarter", range(4))
def test_a_pulse_has_its_peak_wherever_the_samples_fall(quarter: int) -> None:
    # Tech 3341, cases 20 to 23: one band-limited pulse, sampled a quarter of a sample later each.
    at = np.arange(-2_400, 2_400) + quarter / 4
    wave = (0.5 * np.sinc(at / 2) * np.cos(np.pi * at / 4_800) ** 2 * 2).astype(np.float32)
    assert -0.4 <= dbtp(true_peaks(blocks_of(wave))) <= 0.2


def test_a_peak_that_matters_is_found_though_the_rest_is_not_worked_out() -> None:
    rng = np.random.default_rng(3)
    noise = (rng.normal(0, 0.1, 100_000) * rng.random(100_000)).astype(np.float32)
    noise[70_000:70_050] *= 6
    for exact_above in (0.3, 0.6, 5.0):
        exact, told = true_peaks(blocks_of(noise)), true_peaks(blocks_of(noise), exact_above)
        assert len(exact) == len(told) == len(noise) / PEAK_HOP
        high = exact > exact_above
        assert told[high] == pytest.approx(exact[high])
        assert (told[~high] <= np.minimum(exact[~high] * 1.000_01, exact_above)).all()
        assert told.max() == pytest.approx(exact.max())
        assert (told >= np.abs(noise).reshape(-1, PEAK_HOP).max(axis=1)).all()


def test_the_envelope_is_that_of_a_resampler_at_four_times_the_rate() -> None:
    rng = np.random.default_rng(4)
    noise = soxr.resample(rng.normal(0, 0.1, 40_000), 40_000, RATE_HZ).astype(np.float32)
    finer = np.abs(soxr.resample(noise, RATE_HZ, 4 * RATE_HZ, quality="VHQ"))
    expected = finer[: len(noise) * 4].reshape(-1, 4 * PEAK_HOP).max(axis=1)
    told = true_peaks(np.split(noise, [5, 1_003, 30_000]))
    assert told[4:-4] == pytest.approx(expected[4:-4], abs=0.003)


def loudest(samples: Samples) -> tuple[float, float]:
    """Give the highest momentary and short-term loudness."""
    told = loudness_of(energies_as_heard(blocks_of(samples)), 0.0)
    return told.max_momentary_lufs, told.max_short_term_lufs


def test_loudest_moments_are_as_published() -> None:
    # Tech 3341, cases 9 to 12: short-term and momentary loudness of tones of changing level.
    assert loudest(sine(*[(-20, 1.34), (-30, 1.66)] * 5))[1] == pytest.approx(-23, abs=0.1)
    assert loudest(sine(*[(-20, 0.18), (-30, 0.22)] * 25))[0] == pytest.approx(-23, abs=0.1)
    for n in range(0, 20, 3):
        late = sine((-200, 0.15 * n), (-23, 3), (-200, 1))
        assert loudest(late)[1] == pytest.approx(-23, abs=0.1)
        level = sine((-200, 0.1 * n), (-38 + n, 3), (-200, 1))
        assert loudest(level)[1] == pytest.approx(-38 + n, abs=0.1)


def test_a_loud_moment_is_as_loud_wherever_it_begins() -> None:
    # Tech 3341, cases 13 and 14: 400 ms of a tone, which begin 20 ms later each time.
    for n in range(20):
        for level in (-23, -38 + n):
            wave = sine((-200, 0.02 * n), (level, 0.4), (-200, 1))
            energies = energies_as_heard(blocks_of(wave), MOMENTARY_HOP)
            assert max_momentary_lufs(energies) == pytest.approx(level, abs=0.1)


def test_a_stereo_programme_reads_as_libavfilter_reads_it() -> None:
    rng = np.random.default_rng(1)
    shape = 0.1 * (1 + np.sin(np.arange(8 * RATE_HZ) / 9_000))
    samples = (rng.normal(0, 1, (8 * RATE_HZ, 2)) * shape[:, None]).astype(np.float32)
    samples[: 2 * RATE_HZ, 1] = 0
    meter = ProgrammeMeter(2)
    for begin in range(0, len(samples), 70_001):
        meter.add(samples[begin : begin + 70_001])
    expected_lufs, expected_dbtp = ebur128_of(samples)
    assert integrated_lufs(meter.energies()) == pytest.approx(expected_lufs, abs=0.1)
    assert dbtp(meter.peaks()) == pytest.approx(expected_dbtp, abs=0.3)


def test_mono_counts_as_heard_on_two_loudspeakers() -> None:
    samples = sine((-20, 5))
    assert integrated(samples) == pytest.approx(ebur128_of(samples)[0], abs=0.1)
    assert integrated(samples) == pytest.approx(-20, abs=0.1)


def test_silence_has_no_loudness() -> None:
    assert integrated(np.zeros(RATE_HZ * 5, np.float32)) == -np.inf
    assert integrated(sine((-20, 0.2))) == -np.inf


@pytest.mark.parametrize("sections", [K_WEIGHTING, high_pass(20), high_pass(200)])
def test_filtering_in_blocks_is_the_recursion_of_the_standard(
    sections: tuple[Biquad, ...],
) -> None:
    rng = np.random.default_rng(2)
    samples = rng.normal(0.1, 0.1, 120_000).astype(np.float32)
    expected = samples.astype(np.float64)
    for section in sections:
        expected = recursion(expected, section)
    in_blocks = Filter(sections)
    blocks = np.split(samples, [7, 7, 9_000, 40_000, 40_064])
    got = np.concatenate([in_blocks.next(block) for block in blocks])
    assert np.abs(got - expected).max() < 1e-6


def recursion(samples: np.ndarray, section: Biquad) -> np.ndarray:
    """Direct form II transposed, sample by sample."""
    result = np.empty_like(samples)
    first = second = 0.0
    for at, value in enumerate(samples):
        result[at] = section.b0 * value + first
        first = section.b1 * value - section.a1 * result[at] + second
        second = section.b2 * value - section.a2 * result[at]
    return result
