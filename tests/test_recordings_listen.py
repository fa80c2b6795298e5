"""Whatever phones make is heard for what it is, and heard once."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile
import soxr

from broadcast.cache import Cache
from broadcast.errors import BroadcastError
from broadcast.model import RATE_HZ
from broadcast.recordings import measure
from broadcast.recordings.folder import digest_of
from broadcast.recordings.listen import Heard, known_digest, listen
from spoken_rooms import room, spoken

VOICE = spoken("Thưa bà, năm qua phường đã làm gì để giữ sạch bãi biển?")
PADDED = np.concatenate([np.zeros(RATE_HZ), 0.5 * VOICE, np.zeros(2 * RATE_HZ)])
NOISY = PADDED + room("pink", len(PADDED), -50, np.random.default_rng(1))


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache", 10**8)


@pytest.fixture
def heard(tmp_path: Path, cache: Cache) -> Callable[..., Heard]:
    def listened(
        samples: np.ndarray, rate_hz: int = RATE_HZ, name: str = "a.wav", subtype: str = "PCM_16"
    ) -> Heard:
        soundfile.write(tmp_path / name, samples, rate_hz, subtype)
        return listen(tmp_path / name, cache)

    return listened


def test_a_good_recording_has_nothing_wrong(heard: Callable[..., Heard]) -> None:
    facts = heard(NOISY)
    assert facts.duration_ms == len(NOISY) // 48
    assert facts.speech is not None
    assert 800 <= facts.speech.start_ms <= 1_000
    end_ms = 1_000 + len(VOICE) / 48
    assert end_ms - 60 <= facts.speech.end_ms <= end_ms + 200
    loud = VOICE[np.abs(VOICE) > 0.03 * np.abs(VOICE).max()] * 0.5
    level_dbfs = 10 * np.log10(np.mean(loud**2))
    assert facts.speech.level_dbfs == pytest.approx(level_dbfs, abs=4)
    assert facts.noise_dbfs == pytest.approx(-52, abs=3)
    assert facts.peak_dbfs == pytest.approx(20 * np.log10(np.abs(NOISY).max()), abs=0.1)
    assert (facts.clipped, facts.channels, facts.damage) == (0, "good", "")


def test_a_room_without_a_voice_has_no_speech(heard: Callable[..., Heard]) -> None:
    facts = heard(room("pink", 3 * RATE_HZ, -40, np.random.default_rng(2)))
    assert facts.speech is None
    assert facts.noise_dbfs == pytest.approx(-42, abs=2)
    assert heard(np.zeros(RATE_HZ), name="b.wav").speech is None


@pytest.mark.parametrize("subtype", ["PCM_U8", "PCM_16", "PCM_24", "FLOAT"])
def test_clipped_places_are_counted(heard: Callable[..., Heard], subtype: str) -> None:
    samples = np.zeros(4 * RATE_HZ)
    burst = 3 * np.sin(2 * np.pi * 200 * np.arange(2_400) / RATE_HZ)
    for place in range(14):
        start = (1 + place) * RATE_HZ // 5
        samples[start : start + len(burst)] = burst
    assert heard(np.clip(samples, -1, 1), subtype=subtype).clipped == 14


def test_a_place_may_lie_where_two_blocks_meet(heard: Callable[..., Heard]) -> None:
    samples = np.zeros(600_000)
    samples[262_100:262_200] = 1.0
    assert heard(samples).clipped == 1


def test_a_voice_that_just_reaches_full_scale_is_not_clipped(heard: Callable[..., Heard]) -> None:
    assert heard(VOICE / np.abs(VOICE).max()).clipped == 0


@pytest.mark.parametrize(
    ("left", "right", "channels"),
    [
        (1.0, 1.0, "good"),
        (1.0, 0.5, "good"),
        (1.0, 0.0, "dead"),
        (0.02, 1.0, "dead"),
        (1.0, -1.0, "inverted"),
        (1.0, -0.9, "inverted"),
    ],
)
def test_a_dead_or_inverted_channel_is_noticed_and_the_voice_is_heard(
    heard: Callable[..., Heard], left: float, right: float, channels: str
) -> None:
    facts = heard(np.stack([left * NOISY, right * NOISY], axis=1))
    assert facts.channels == channels
    assert facts.speech is not None
    assert facts.speech.level_dbfs > -35


def test_an_offset_is_no_sound(heard: Callable[..., Heard]) -> None:
    facts = heard(np.stack([0.8 * NOISY, np.full(len(NOISY), 0.3)], axis=1))
    assert facts.channels == "dead"
    facts = heard(0.5 * NOISY + 0.3, name="b.wav")
    assert facts.speech is not None
    assert facts.speech.start_ms > 800
    assert facts.noise_dbfs == pytest.approx(-58, abs=3)


def test_a_telephones_sound_is_heard(heard: Callable[..., Heard]) -> None:
    facts = heard(soxr.resample(NOISY, RATE_HZ, 8_000), 8_000)
    assert facts.rate_hz == 8_000
    assert facts.speech is not None
    assert 800 <= facts.speech.start_ms <= 1_000


def test_what_breaks_off_is_used_and_said(
    tmp_path: Path, cache: Cache, heard: Callable[..., Heard]
) -> None:
    heard(NOISY)
    whole = (tmp_path / "a.wav").read_bytes()
    (tmp_path / "b.wav").write_bytes(whole[: len(whole) // 2])
    facts = listen(tmp_path / "b.wav", cache)
    assert "breaks off" in facts.damage
    assert facts.speech is not None


@pytest.mark.parametrize("content", [b"", b"no sound at all" * 99])
def test_what_is_no_audio_is_refused(tmp_path: Path, cache: Cache, content: bytes) -> None:
    (tmp_path / "a.wav").write_bytes(content)
    with pytest.raises(BroadcastError, match=r"a\.wav"):
        listen(tmp_path / "a.wav", cache)


def test_a_file_heard_before_is_not_opened_again(
    tmp_path: Path, cache: Cache, heard: Callable[..., Heard], monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = heard(NOISY)
    monkeypatch.setattr(measure, "heard_in", None)
    assert listen(tmp_path / "a.wav", cache) == facts
    (tmp_path / "a.wav").rename(tmp_path / "b.wav")
    assert listen(tmp_path / "b.wav", cache) == facts


def test_a_digest_is_remembered_while_size_and_date_are_the_same(
    tmp_path: Path, cache: Cache
) -> None:
    file = tmp_path / "a.wav"
    file.write_bytes(b"one")
    os.utime(file, ns=(10**18, 10**18))
    first = known_digest(file, cache)
    assert first == digest_of(file)
    file.write_bytes(b"two")
    assert known_digest(file, cache) == digest_of(file) != first


def test_a_file_written_just_now_is_not_trusted_to_stay(tmp_path: Path, cache: Cache) -> None:
    file = tmp_path / "a.wav"
    file.write_bytes(b"one")
    facts = file.stat()
    known_digest(file, cache)
    file.write_bytes(b"two")
    os.utime(file, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    assert known_digest(file, cache) == digest_of(file)
