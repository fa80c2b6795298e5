"""Words too long for one request: cut at phrases, and joined without a gap or a click."""

from __future__ import annotations

import io
import wave
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcast.speech.parts import Portion, in_parts, is_sound, joined
from loopback_speech import wav_of

RATE_HZ = 24_000
LEAD = (
    "Trong năm qua, cán bộ và nhân dân thành phố đã đoàn kết, nỗ lực vượt qua nhiều khó khăn, "
    "hoàn thành nhiều chỉ tiêu, và đón hơn hai triệu lượt khách du lịch trong và ngoài nước."
)


def spoken(seconds: float, around_s: float = 0.4, level: float = 8_000) -> bytes:
    """Give a tone between silences of a service, in which its noise is faintly heard."""
    noise = np.random.default_rng(1).normal(0, 3, 2 * round(around_s * RATE_HZ))
    tone = level * np.sin(2 * np.pi * 200 * np.arange(round(seconds * RATE_HZ)) / RATE_HZ)
    before, after = np.split(noise, 2)
    return wav_of(np.concatenate((before, tone, after)).astype("<i2").tobytes())


def samples_of(audio: bytes) -> np.ndarray[Any, Any]:
    with wave.open(io.BytesIO(audio)) as reader:
        assert (reader.getframerate(), reader.getnchannels()) == (RATE_HZ, 1)
        return np.frombuffer(reader.readframes(reader.getnframes()), "<i2").astype(float)


@settings(max_examples=200, deadline=None)
@given(st.text("ab ă,.;-?đ", min_size=1, max_size=400), st.integers(20, 120))
def test_no_part_is_too_long_and_no_letter_is_lost(words: str, longest: int) -> None:
    words = " ".join(words.split())
    parts = in_parts(words, longest)
    assert all(len(part.words) <= longest for part in parts)
    assert "".join(part.words for part in parts).replace(" ", "") == words.replace(" ", "")


def test_what_is_short_enough_is_one_part_and_its_file_is_as_it_came() -> None:
    assert in_parts("Xin chào.", 100) == (Portion("Xin chào."),)
    assert joined([Portion("Xin chào.")], [b"as it came"]) == b"as it came"


def test_it_is_cut_at_phrases() -> None:
    assert [part.words for part in in_parts(LEAD, 100)] == [
        "Trong năm qua, cán bộ và nhân dân thành phố đã đoàn kết, nỗ lực vượt qua nhiều khó khăn,",
        "hoàn thành nhiều chỉ tiêu, và đón hơn hai triệu lượt khách du lịch trong và ngoài nước.",
    ]


def test_without_signs_it_is_cut_before_a_word_that_begins_a_clause() -> None:
    words = "cán bộ nhân dân thành phố đoàn kết nỗ lực và vượt qua nhiều khó khăn thử thách của năm"
    first, second = in_parts(words, 60)
    assert second.words.startswith("và vượt qua")
    assert 0 < first.pause_ms < 100


def test_a_word_that_is_too_long_by_itself_is_cut() -> None:
    assert [part.words for part in in_parts("a" * 250, 100)] == ["a" * 100] * 2 + ["a" * 50] or all(
        len(part.words) <= 100 for part in in_parts("a" * 250, 100)
    )


@pytest.mark.parametrize("pause_ms", [0, 160])
def test_between_parts_is_the_pause_alone_and_the_ends_are_as_they_came(pause_ms: int) -> None:
    parts = [Portion("một,", pause_ms), Portion("hai", pause_ms), Portion("ba")]
    whole = samples_of(joined(parts, [spoken(0.5), spoken(0.7), spoken(0.3)]))
    quiet = np.abs(whole) < 40
    heard = np.flatnonzero(~quiet)
    assert heard[0] == pytest.approx(0.4 * RATE_HZ, abs=5)
    assert len(whole) - heard[-1] == pytest.approx(0.4 * RATE_HZ, abs=10)
    # Silence of longer than a period of the tone: the pause, and what is left around speech.
    gaps_ms = np.diff(heard)[np.diff(heard) > 100] * 1000 / RATE_HZ
    assert len(gaps_ms) == 2
    assert all(pause_ms <= gap_ms <= pause_ms + 50 for gap_ms in gaps_ms)


def test_there_is_no_click_at_a_border() -> None:
    steady = 8_000 * np.sin(2 * np.pi * 200 * (np.arange(RATE_HZ) + 30) / RATE_HZ)
    cut_off = wav_of(steady.astype("<i2").tobytes())  # no silence around, and no end of its own
    whole = samples_of(joined([Portion("một"), Portion("hai")], [cut_off, cut_off]))
    steepest = np.abs(np.diff(steady)).max()
    assert np.abs(np.diff(whole))[10:-10].max() <= steepest * 1.02


def test_parts_of_unlike_rates_are_joined_too() -> None:
    other = io.BytesIO()
    with wave.open(other, "wb") as writer:
        writer.setparams((2, 2, 44_100, 0, "NONE", ""))
        tone = 5_000 * np.sin(np.arange(44_100) / 20)
        writer.writeframes(np.repeat(tone, 2).astype("<i2").tobytes())
    whole = joined([Portion("một"), Portion("hai")], [spoken(0.5), other.getvalue()])
    with wave.open(io.BytesIO(whole)) as reader:
        assert reader.getframerate() == 48_000
        assert reader.getnframes() / 48_000 == pytest.approx(0.4 + 0.5 + 1.0, abs=0.1)


@pytest.mark.parametrize(
    ("audio", "sounds"),
    [(b"", False), (b"<html>", False), (bytes(900), False), (wav_of(bytes(900)), False)],
)
def test_what_is_no_sound_is_seen(audio: bytes, sounds: bool) -> None:
    assert is_sound(audio) is sounds
    assert is_sound(spoken(0.2))
