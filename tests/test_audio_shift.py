"""A voice that is shifted, measured by Praat: its pitch, its formants, its length."""

from __future__ import annotations

import io
from functools import cache

import numpy as np
import parselmouth
import pytest
import soundfile

from broadcast.audio.shift import shifted
from broadcast.model import Shift, Utterance, Voice
from broadcast.speech.espeak import Espeak

WORDS = "Bà con nên đưa trẻ đi tiêm phòng đúng lịch, và giữ gìn vệ sinh chung ở khu dân cư."


@cache
def said(name: str) -> tuple[np.ndarray, int]:
    wav = Espeak().speak(Utterance(WORDS, Voice("espeak", name, "vi")))
    return soundfile.read(io.BytesIO(wav), dtype="float32")


def pitch_hz(samples: np.ndarray, rate_hz: int) -> float:
    pitch = parselmouth.Sound(samples.astype(float), rate_hz).to_pitch_ac(pitch_floor=60)
    heard = pitch.selected_array["frequency"]
    return float(np.median(heard[heard > 0]))


def formants_hz(samples: np.ndarray, rate_hz: int, highest_hz: float) -> np.ndarray:
    """The second and third: the first is drawn to the harmonic beside it."""
    sound = parselmouth.Sound(samples.astype(float), rate_hz)
    pitch = sound.to_pitch_ac(pitch_floor=60)
    found = sound.to_formant_burg(maximum_formant=highest_hz)
    voiced = [at for at in pitch.xs() if pitch.get_value_at_time(at) > 0]
    return np.array(
        [np.nanmedian([found.get_value_at_time(n, at) for at in voiced]) for n in (2, 3)]
    )


@pytest.mark.parametrize("name", ["vi+Alex", "vi+Annie"])
@pytest.mark.parametrize("semitones", [-1.8, -0.9, 0.9, 1.8])
def test_pitch_and_formants_move_together_within_what_is_natural(
    name: str, semitones: float
) -> None:
    samples, rate_hz = said(name)
    moved = shifted(samples, rate_hz, Shift(semitones))
    assert len(moved) == len(samples)
    heard = 12 * np.log2(pitch_hz(moved, rate_hz) / pitch_hz(samples, rate_hz))
    assert heard == pytest.approx(semitones, abs=0.25)
    factor = 2 ** (semitones / 12)
    ratio = formants_hz(moved, rate_hz, 5_500 * factor) / formants_hz(samples, rate_hz, 5_500)
    assert ratio == pytest.approx(np.full(2, factor), abs=0.05)
    assert abs(factor - 1) < 0.12


@pytest.mark.parametrize("tempo", [0.95, 1.0, 1.05])
def test_it_is_as_long_as_its_tempo_makes_it(tempo: float) -> None:
    samples, rate_hz = said("vi+Annie")
    moved = shifted(samples, rate_hz, Shift(1.8, tempo))
    assert len(moved) == round(len(samples) / tempo)
    assert np.array_equal(moved, shifted(samples, rate_hz, Shift(1.8, tempo)))


def test_a_moment_and_nothing_are_shifted_too() -> None:
    for length in (0, 1, 30, 2_000):
        assert len(shifted(np.ones(length, np.float32), 16_000, Shift(-1.8, 1.0))) == length
