"""Silence and room noise go at both ends of a recording; speech never does."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
import soxr

from broadcast.recordings.trim import BandMeter, speech_borders_ms
from takes_by_hand import WORDS, speech

RATE = 48_000
SPEECH_DBFS = -20.0
BORDER_DB = -40.0  # relative to the phrase's peak: where speech begins and ends
VOICES = ("vi", "vi+f2", "vi+m3")
SOFT_ENDS = (  # soft onsets (s, x, ph, kh, h, th) and consonants or murmurs at the end
    "Sáng nay, sông Hồng xuống thấp.",
    "Phố phường phấp phới cờ hoa.",
    "Hát xoan, hát xẩm, hát then.",
    "Kết quả tốt đẹp.",
    "Ừ, đúng thế.",
    "Thế thì hay quá nhỉ!",
    "Xin chúc sức khỏe mọi người.",
    "Pháp luật rất nghiêm khắc.",
    "Khách sạn khép kín.",
    "Hãy sống xanh, sạch.",
)
ROOMS = ("white", "pink", "hum", "room")
CASES = 1_000
Samples = np.ndarray[Any, np.dtype[np.float32]]


@pytest.fixture(scope="module")
def phrases(tmp_path_factory: pytest.TempPathFactory) -> list[Samples]:
    """Phrases of three voices at 48 kHz, cut where speech begins and ends."""
    folder = tmp_path_factory.mktemp("speech")
    return [phrase(words, folder, voice) for voice in VOICES for words in (*WORDS, *SOFT_ENDS)]


def phrase(words: str, folder: Path, voice: str) -> Samples:
    samples, rate_hz = soundfile.read(speech(words, folder, voice), dtype="float32")
    samples = soxr.resample(samples, rate_hz, RATE)
    level = np.abs(samples)
    loud = np.flatnonzero(level > level.max() * 10 ** (BORDER_DB / 20))
    return at_level(samples[loud[0] : loud[-1] + 1], SPEECH_DBFS)


def at_level(samples: np.ndarray, dbfs: float) -> Samples:
    rms = np.sqrt(np.mean(samples.astype(np.float64) ** 2))
    return (samples * (10 ** (dbfs / 20) / rms)).astype(np.float32)


def noise(kind: str, samples: int, dbfs: float, random: np.random.Generator) -> Samples:
    """Noise as recordings have it, at a level (RMS)."""
    white = random.standard_normal(samples, dtype=np.float32)
    seconds = np.arange(samples) / RATE
    if kind == "white":
        return at_level(white, dbfs)
    if kind == "hum":
        mains = np.sin(2 * np.pi * 50 * seconds) + 0.5 * np.sin(2 * np.pi * 150 * seconds)
        return at_level(mains + 0.1 * white, dbfs)
    spectrum = np.fft.rfft(white)
    frequencies = np.fft.rfftfreq(samples, 1 / RATE)
    if kind == "pink":
        return at_level(np.fft.irfft(spectrum / np.sqrt(frequencies + 1), samples), dbfs)
    room = np.fft.irfft(spectrum / (1 + (frequencies / 500) ** 2), samples)
    return at_level(room * (1 + 0.3 * np.sin(2 * np.pi * 0.7 * seconds)), dbfs)


def borders_ms(samples: Samples, rate_hz: int = RATE) -> tuple[int, int] | None:
    meter = BandMeter(rate_hz, 1)
    for begin in range(0, len(samples), rate_hz):
        meter.add(samples[begin : begin + rate_hz, None])
    meter.add(np.zeros((0, 1), np.float32), last=True)
    return speech_borders_ms(meter.bands_db())


def recording(
    phrases: Sequence[Samples], room: Samples, random: np.random.Generator
) -> tuple[Samples, float, float]:
    """One to three phrases with pauses in noise, and where speech begins and ends (ms)."""
    said: list[Samples] = []
    for _ in range(random.integers(1, 4)):
        pause = np.zeros(random.integers(RATE // 5, RATE), np.float32)
        said += [phrases[random.integers(len(phrases))], pause]
    before, after = random.integers(int(0.3 * RATE), 3 * RATE, 2)
    spoken = np.concatenate(said[:-1])
    whole = np.pad(spoken, (before, after))
    begin = random.integers(len(room) - len(whole))
    heard = whole + room[begin : begin + len(whole)] * 10 ** (random.uniform(-50, -30) / 20)
    return heard.astype(np.float32), before * 1000 / RATE, (before + len(spoken)) * 1000 / RATE


@pytest.fixture(scope="module")
def rooms() -> dict[str, Samples]:
    """A minute of each noise at 0 dBFS, to take stretches from."""
    random = np.random.default_rng(0)
    return {kind: noise(kind, 60 * RATE, 0, random) for kind in ROOMS}


def test_a_thousand_recordings_lose_no_speech_and_little_else_is_left(
    phrases: list[Samples], rooms: dict[str, Samples]
) -> None:
    cut, starts_ms, ends_ms = [], [], []
    for seed in range(CASES):
        kind = ROOMS[seed % len(ROOMS)]
        heard, start_ms, end_ms = recording(phrases, rooms[kind], np.random.default_rng(seed))
        kept = borders_ms(heard)
        if kept is None or kept[0] > start_ms or kept[1] < end_ms:
            cut.append(f"seed {seed}, {kind}: {kept} of {start_ms:.0f} to {end_ms:.0f}")
            continue
        starts_ms.append(start_ms - kept[0])
        ends_ms.append(kept[1] - end_ms)
    assert not cut
    for excess_ms in (starts_ms, ends_ms):
        assert np.median(excess_ms) <= 150
        assert np.percentile(excess_ms, 95) <= 250


@pytest.mark.parametrize("kind", ROOMS)
@pytest.mark.parametrize("dbfs", [-50, -40, -30])
@pytest.mark.parametrize("seconds", [1, 20])
def test_there_is_no_speech_in_noise_alone(kind: str, dbfs: float, seconds: int) -> None:
    for seed in range(3):
        alone = noise(kind, seconds * RATE, dbfs, np.random.default_rng(seed))
        assert borders_ms(alone) is None


@pytest.mark.parametrize("seconds", [0, 0.02, 1, 30])
def test_there_is_no_speech_in_silence(seconds: float) -> None:
    assert borders_ms(np.zeros(int(seconds * RATE), np.float32)) is None


@pytest.mark.parametrize("rate_hz", [8_000, 11_025, 22_050, 44_100, 96_000])
def test_speech_is_found_at_any_rate(phrases: list[Samples], rate_hz: int) -> None:
    whole = np.pad(phrases[0], (RATE, 2 * RATE))
    start_ms, end_ms = 1_000, 1_000 + len(phrases[0]) * 1000 / RATE
    kept = borders_ms(soxr.resample(whole, RATE, rate_hz), rate_hz)
    assert kept is not None
    assert start_ms - 250 <= kept[0] <= start_ms
    assert end_ms <= kept[1] <= end_ms + 250


def test_speech_that_fills_a_recording_is_kept_whole(phrases: list[Samples]) -> None:
    kept = borders_ms(phrases[2])
    assert kept is not None
    assert kept[0] == 0
    assert kept[1] >= len(phrases[2]) * 1000 / RATE - 20


def test_two_channels_that_cancel_each_other_are_both_listened_to(
    phrases: list[Samples],
) -> None:
    whole = np.pad(phrases[1], (RATE, RATE))
    meter = BandMeter(RATE, 2)
    meter.add(np.stack([whole, -whole], axis=1), last=True)
    kept = speech_borders_ms(meter.bands_db())
    assert kept is not None
    assert kept == borders_ms(whole)


def test_borders_do_not_depend_on_how_a_file_is_read(
    phrases: list[Samples], rooms: dict[str, Samples]
) -> None:
    heard, *_ = recording(phrases, rooms["room"], np.random.default_rng(7))
    at_once = BandMeter(RATE, 1)
    at_once.add(heard[:, None], last=True)
    assert speech_borders_ms(at_once.bands_db()) == borders_ms(heard)


@pytest.mark.parametrize(
    ("above_room_db", "left_ms"), [(40, (80, 150)), (20, (80, 150)), (14, (150, 220))]
)
def test_a_tenth_of_a_second_is_left_at_either_end_and_more_where_the_room_is_noisy(
    above_room_db: float, left_ms: tuple[int, int]
) -> None:
    bands_db = np.random.default_rng(5).normal(-70, 0.5, (400, 11)).astype(np.float32)
    bands_db[150:250] += above_room_db
    kept = speech_borders_ms(bands_db)
    assert kept is not None
    least_ms, most_ms = left_ms
    assert 1_500 - most_ms <= kept[0] <= 1_500 - least_ms
    assert 2_500 + least_ms <= kept[1] <= 2_500 + most_ms
