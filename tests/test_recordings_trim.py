"""Silence and room noise are trimmed at both ends, and speech never is."""

from __future__ import annotations

import os

import numpy as np
import pytest

from broadcast.model import RATE_HZ
from broadcast.recordings.trim import band_levels, speech_borders, speech_in
from spoken_rooms import ROOMS, case, room, spoken

# TRIM_CASES=1000 tries as many as the thresholds were set on.
CASES = int(os.environ.get("TRIM_CASES", "60"))


def test_no_speech_is_cut_in_any_room_and_little_of_the_room_is_kept() -> None:
    excess_ms = []
    for seed in range(CASES):
        recording = case(seed)
        borders = speech_borders(recording.samples)
        assert borders is not None, recording.name
        start, end = borders
        assert start <= recording.start, recording.name
        assert end >= recording.end, recording.name
        excess_ms.append(((recording.start - start) / 48, (end - recording.end) / 48))
    before_ms, after_ms = np.median(excess_ms, axis=0)
    assert before_ms <= 150
    assert after_ms <= 150


def test_breath_before_and_after_is_kept() -> None:
    voice = spoken("Xin cảm ơn bà.")
    second = np.zeros(RATE_HZ, np.float32)
    borders = speech_borders(np.concatenate([second, voice, second]))
    assert borders is not None
    start, end = borders
    assert 60 <= (RATE_HZ - start) / 48 <= 150
    assert 60 <= (end - RATE_HZ - len(voice)) / 48 <= 150


def test_a_recording_that_is_trimmed_already_is_left_as_it_is() -> None:
    voice = spoken("Phường đã trồng hơn hai nghìn cây dừa, và đặt thêm thùng rác.")
    random = np.random.default_rng(1)
    for dbfs in (-60, -40):
        samples = (voice + room("pink", len(voice), dbfs, random)).astype(np.float32)
        assert speech_borders(samples) == (0, len(samples))


def test_a_click_far_from_the_speech_is_left_out() -> None:
    voice = spoken("Xin cảm ơn bà.")
    random = np.random.default_rng(2)
    samples = room("white", 4 * RATE_HZ + len(voice), -50, random)
    samples[2 * RATE_HZ : 2 * RATE_HZ + len(voice)] += voice
    samples[RATE_HZ // 2 : RATE_HZ // 2 + 240] += 0.5
    samples[-RATE_HZ // 2 : -RATE_HZ // 2 + 480] -= 0.3
    borders = speech_borders(samples.astype(np.float32))
    assert borders is not None
    assert borders[0] > 1.6 * RATE_HZ
    assert borders[1] < 2.4 * RATE_HZ + len(voice)


@pytest.mark.parametrize("kind", sorted(ROOMS.keys() - {"babble", "outdoors"}))
def test_nobody_speaks_in_a_room_alone(kind: str) -> None:
    noise = room(kind, 5 * RATE_HZ, -40, np.random.default_rng(3))
    assert speech_borders(noise.astype(np.float32)) is None


@pytest.mark.parametrize("count", [0, 1, 479, 480, 4_000, RATE_HZ])
def test_nobody_speaks_in_silence_of_any_length(count: int) -> None:
    assert speech_borders(np.zeros(count, np.float32)) is None


@pytest.mark.parametrize("size", [997, 48_000, 262_144])
def test_blocks_give_what_the_whole_gives(size: int) -> None:
    samples = case(7).samples
    blocks = [samples[start : start + size] for start in range(0, len(samples), size)]
    in_blocks, whole = band_levels(blocks, RATE_HZ), band_levels([samples], RATE_HZ)
    assert in_blocks.shape == whole.shape
    assert np.allclose(in_blocks, whole, atol=0.1)
    assert speech_in(in_blocks) == speech_in(whole)
    assert abs(len(whole) * 480 - len(samples)) < 2 * 480
