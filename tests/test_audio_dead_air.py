"""Dead air: silence that nobody asked for is at most three seconds, and nothing else is touched."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from broadcast.audio.dead_air import MUSIC_DB, SPEECH_DB, without_dead_air
from broadcast.model import RATE_HZ

Samples = np.ndarray[Any, np.dtype[np.float32]]


def talk(*seconds: float) -> Samples:
    """Noise like a voice and room tone 45 dB below it, in turn."""
    rng = np.random.default_rng(7)
    parts = [
        rng.normal(0, 0.1 if n % 2 == 0 else 0.1 * 10 ** (-45 / 20), round(s * RATE_HZ))
        for n, s in enumerate(seconds)
    ]
    return np.concatenate(parts).astype(np.float32)


def test_a_hole_is_closed_to_three_seconds_of_its_own_room() -> None:
    closed = without_dead_air(talk(2, 8, 3, 5, 1), SPEECH_DB)
    assert len(closed) / RATE_HZ == pytest.approx(2 + 3 + 3 + 3 + 1, abs=0.05)
    hole = closed[round(2.1 * RATE_HZ) : round(4.9 * RATE_HZ)]
    assert np.std(hole) == pytest.approx(0.1 * 10 ** (-45 / 20), rel=0.05)
    assert np.abs(np.diff(hole)).max() < 0.01


def test_shorter_pauses_and_soft_endings_stay() -> None:
    whole = talk(2, 2.9, 3, 1)
    assert np.array_equal(without_dead_air(whole, SPEECH_DB), whole)


def test_music_begins_and_ends_with_its_sound() -> None:
    silence = np.zeros(4 * RATE_HZ, np.float32)
    trimmed = without_dead_air(
        np.concatenate([silence, talk(5), silence]), MUSIC_DB, trims_ends=True
    )
    assert len(trimmed) / RATE_HZ == pytest.approx(5.6, abs=0.05)


def test_silence_alone_is_left_for_others_to_refuse() -> None:
    assert len(without_dead_air(np.zeros(RATE_HZ, np.float32), SPEECH_DB)) == RATE_HZ
    assert len(without_dead_air(np.zeros(5, np.float32), SPEECH_DB)) == 5
