"""The gain curve: no peak above the ceiling, and the same curve however long the sound is."""

from __future__ import annotations

import numpy as np
import pytest

from broadcast.audio import limiter
from broadcast.audio.filters import blocks_of
from broadcast.audio.limiter import amplified, gain_curve
from broadcast.audio.true_peak import dbtp, true_peaks


def test_stretches_join_into_one_curve(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(5)
    peaks = (rng.random(5_000) ** 8).astype(np.float32)
    whole = gain_curve(peaks, 6.0, -1.0)
    monkeypatch.setattr(limiter, "_STRETCH", 333)
    assert np.abs(gain_curve(peaks, 6.0, -1.0) - whole).max() < 1e-6


def test_a_curve_that_has_nothing_to_hold_is_flat() -> None:
    curve = gain_curve(np.full(100, 0.1, np.float32), 6.0, -1.0)
    assert curve == pytest.approx(10 ** (6 / 20))


@pytest.mark.parametrize("gain_db", [0, 6, 20])
def test_no_peak_passes_and_quiet_parts_have_the_whole_gain(gain_db: float) -> None:
    rng = np.random.default_rng(6)
    samples = rng.normal(0, 0.002, 480_000).astype(np.float32)
    samples[100_000:101_000] = rng.uniform(-0.9, 0.9, 1_000)
    curve = gain_curve(true_peaks(blocks_of(samples)), gain_db, -1.5)
    result = np.concatenate(list(amplified(blocks_of(samples), curve)))
    assert len(result) == len(samples)
    assert dbtp(true_peaks(blocks_of(result))) <= -1.5
    assert result[300_000:] == pytest.approx(samples[300_000:] * 10 ** (gain_db / 20), rel=1e-4)
