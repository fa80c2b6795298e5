"""Speech is trimmed safely in rooms worse than most: babble, gusts, noise nearly as loud."""

from __future__ import annotations

import os

import numpy as np

from broadcast.model import RATE_HZ
from broadcast.recordings.trim import BandMeter, speech_borders_ms
from spoken_rooms import case, room, spoken

# ROOM_CASES=1000 tries as many as the thresholds were set on.
CASES = int(os.environ.get("ROOM_CASES", "60"))


def borders_ms(samples: np.ndarray) -> tuple[int, int] | None:
    meter = BandMeter(RATE_HZ, 1)
    meter.add(samples.astype(np.float32)[:, None], last=True)
    return speech_borders_ms(meter.bands_db())


def test_no_speech_is_cut_in_any_room_and_little_of_the_room_is_kept() -> None:
    excess_ms = []
    for seed in range(CASES):
        recording = case(seed)
        kept = borders_ms(recording.samples)
        assert kept is not None, recording.name
        start_ms, end_ms = recording.start * 1000 / RATE_HZ, recording.end * 1000 / RATE_HZ
        assert kept[0] <= start_ms, recording.name
        assert kept[1] >= end_ms, recording.name
        excess_ms.append((start_ms - kept[0], kept[1] - end_ms))
    assert np.median(excess_ms) <= 150


def test_a_click_far_from_the_speech_is_left_out() -> None:
    voice = spoken("Xin cảm ơn bà.")
    samples = room("white", 4 * RATE_HZ + len(voice), -50, np.random.default_rng(2))
    samples[2 * RATE_HZ : 2 * RATE_HZ + len(voice)] += voice
    samples[RATE_HZ // 2 : RATE_HZ // 2 + 240] += 0.5
    samples[-RATE_HZ // 2 : -RATE_HZ // 2 + 480] -= 0.3
    kept = borders_ms(samples)
    assert kept is not None
    assert kept[0] > 1_600
    assert kept[1] < 2_400 + len(voice) * 1000 / RATE_HZ
