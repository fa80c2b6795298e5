"""A take made ready to join: its loudness, its peaks, its words' places; measured from outside."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from broadcast.audio.master import master, neighbours
from broadcast.errors import BroadcastError
from broadcast.media.mono import mono_48k
from broadcast.media.samples import Audio
from broadcast.model import RATE_HZ, Segment, Sound, Take
from meters import ebur128
from takes_by_hand import WORDS, recorded, speech, synthetic

Samples = np.ndarray[Any, np.dtype[np.float32]]
SOUND = Sound()


def mastered(take: Take, folder: Path, sound: Sound = SOUND) -> tuple[Segment, Samples]:
    segment = master(take, sound, folder / "segment.wav")
    samples, rate_hz = soundfile.read(segment.audio, dtype="float32")
    assert rate_hz == RATE_HZ
    assert samples.ndim == 1
    return segment, samples


def resampled_speech(folder: Path, seconds: float = 8) -> Samples:
    """Speech at 48 kHz (by linear interpolation: only its shape matters here)."""
    said, rate_hz = soundfile.read(speech(" ".join(WORDS), folder), dtype="float32")
    times = np.arange(int(len(said) * RATE_HZ / rate_hz)) * rate_hz / RATE_HZ
    samples = np.interp(times, np.arange(len(said)), said).astype(np.float32)
    return np.tile(samples, 3)[: int(seconds * RATE_HZ)]


@pytest.mark.parametrize("gain_db", [-40, -12, 0, 6])
def test_every_take_comes_out_as_loud_as_the_programme(tmp_path: Path, gain_db: float) -> None:
    samples = resampled_speech(tmp_path) * np.float32(10 ** (gain_db / 20))
    segment, _ = mastered(recorded(samples, tmp_path / "a.wav", WORDS), tmp_path)
    loudness_lufs, peak_dbtp = ebur128(segment.audio)
    assert loudness_lufs == pytest.approx(SOUND.podcast_lufs, abs=0.15)
    assert peak_dbtp <= SOUND.ceiling_dbtp - 0.7


def test_peaks_are_held_on_hard_material(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    samples = rng.normal(0, 0.02, 6 * RATE_HZ).astype(np.float32)
    samples[rng.integers(0, len(samples), 400)] = 0.9
    angle = np.pi / 2 * np.arange(RATE_HZ) + np.pi / 4
    samples[RATE_HZ : 2 * RATE_HZ] += (0.5 * np.sin(angle)).astype(np.float32)
    segment, _ = mastered(recorded(samples, tmp_path / "a.wav", WORDS), tmp_path)
    assert ebur128(segment.audio)[1] <= SOUND.ceiling_dbtp - 0.7


def test_a_recording_below_the_ceiling_is_only_amplified(tmp_path: Path) -> None:
    wave = np.sin(2 * np.pi * 300 * np.arange(4 * RATE_HZ) / RATE_HZ).astype(np.float32)
    _, samples = mastered(recorded(0.01 * wave, tmp_path / "a.wav", WORDS), tmp_path)
    inside = slice(RATE_HZ, 3 * RATE_HZ)
    factor = samples[inside] @ wave[inside] / (wave[inside] @ wave[inside])
    assert np.abs(samples[inside] - factor * wave[inside]).max() < 1e-4


def test_sentences_are_where_they_are_heard(tmp_path: Path) -> None:
    segment, samples = mastered(synthetic(WORDS, tmp_path), tmp_path)
    assert [span.written for span in segment.spans] == list(WORDS)
    for before, after in zip(segment.spans, segment.spans[1:], strict=False):
        assert after.start - before.end == round(0.35 * RATE_HZ)
        assert np.abs(samples[before.end : after.start]).max() < 1e-6
    for span in segment.spans:
        heard = np.abs(samples[span.start : span.end])
        loud = np.flatnonzero(heard > heard.max() / 100)
        # What engines put around the words is left out, but nothing of the words.
        assert loud[0] < 0.06 * RATE_HZ
        assert len(heard) - loud[-1] < 0.12 * RATE_HZ


def test_a_recorded_turn_shares_its_time_among_its_sentences(tmp_path: Path) -> None:
    sentences = ["Có.", "Chúng tôi sẽ trồng thêm hai nghìn cây xanh."]
    take = recorded(resampled_speech(tmp_path, 4), tmp_path / "a.wav", sentences)
    segment, _ = mastered(take, tmp_path)
    first, second = segment.spans
    assert (first.start, first.end, second.end) == (0, second.start, segment.samples)
    assert first.end / segment.samples == pytest.approx(3 / (3 + len(sentences[1])), abs=0.01)


def test_several_files_are_joined_with_their_pause(tmp_path: Path) -> None:
    take = synthetic(WORDS[:2], tmp_path, pause_ms=600)
    segment, samples = mastered(take, tmp_path)
    first, second = segment.spans
    assert second.start - first.end == round(0.6 * RATE_HZ)
    assert len(samples) == segment.samples == second.end


def test_a_word_alone_is_as_loud_as_it_is_beside_a_longer_turn_of_its_voice(tmp_path: Path) -> None:
    short = synthetic(["Vâng."], tmp_path, n=1)
    longer = synthetic(WORDS[2:], tmp_path, n=2)
    other_voice = synthetic(WORDS[2:], tmp_path, n=3, voice="vi+f2")
    beside = neighbours([other_voice, short, longer])
    assert beside == {short.key: longer}
    together = synthetic(["Vâng.", *WORDS[2:]], tmp_path, n=4)
    alone = master(short, SOUND, tmp_path / "alone.wav", beside[short.key])
    whole = master(together, SOUND, tmp_path / "whole.wav")
    heard, _ = soundfile.read(alone.audio)
    in_whole, _ = soundfile.read(whole.audio)
    word = in_whole[whole.spans[0].start : whole.spans[0].end]
    assert 20 * np.log10(np.std(heard) / np.std(word)) == pytest.approx(0, abs=1)


@pytest.mark.parametrize("offset", [0.2, -0.3])
def test_a_constant_offset_is_taken_out(tmp_path: Path, offset: float) -> None:
    samples = 0.2 * resampled_speech(tmp_path, 4) + np.float32(offset)
    _, result = mastered(recorded(samples, tmp_path / "a.wav", WORDS), tmp_path)
    assert abs(result.mean()) < 2e-3


def test_rumble_is_taken_out_when_the_station_wants_it(tmp_path: Path) -> None:
    rumble = 0.05 * np.sin(2 * np.pi * 25 * np.arange(4 * RATE_HZ) / RATE_HZ)
    samples = (resampled_speech(tmp_path, 4) + rumble).astype(np.float32)
    take = recorded(samples, tmp_path / "a.wav", WORDS)

    def at_25_hz(sound: Sound) -> float:
        _, result = mastered(take, tmp_path, sound)
        spectrum = np.abs(np.fft.rfft(result))
        return float(
            20 * np.log10(spectrum[100] / np.sqrt((spectrum[800:] ** 2).mean()))
        )  # speech: over 200 Hz

    cut = at_25_hz(SOUND) - at_25_hz(dataclasses.replace(SOUND, high_pass_hz=80))
    assert cut == pytest.approx(20 * np.log10(80 / 25) * 2, abs=1)


def test_silence_is_an_error_that_names_the_file(tmp_path: Path) -> None:
    take = recorded(np.zeros(RATE_HZ * 2, np.float32), tmp_path / "03.wav", WORDS)
    with pytest.raises(BroadcastError, match="only silence") as caught:
        master(take, SOUND, tmp_path / "segment.wav")
    assert caught.value.file == tmp_path / "03.wav"


def test_a_dead_channel_with_an_offset_is_left_out(tmp_path: Path) -> None:
    voice = 0.05 * resampled_speech(tmp_path, 4)
    both = np.stack([voice, np.full_like(voice, 0.3)], axis=1)
    mono = mono_48k(Audio(both, RATE_HZ))
    assert np.corrcoef(mono, voice)[0, 1] > 0.999
    assert np.std(mono) == pytest.approx(np.std(voice), rel=0.01)


def test_silence_that_nobody_asked_for_is_closed_in_a_recording_alone(tmp_path: Path) -> None:
    said = resampled_speech(tmp_path, 2)
    room = np.random.default_rng(1).normal(0, 1e-4, 8 * RATE_HZ).astype(np.float32)
    take = recorded(np.concatenate([said, room, said]), tmp_path / "a.wav", WORDS)
    segment, _ = mastered(take, tmp_path)
    assert segment.samples / RATE_HZ == pytest.approx(2 + 3 + 2, abs=0.5)
    spoken = dataclasses.replace(
        take, kind="synthetic", recording=None, sentences=take.sentences[:1]
    )
    segment, _ = mastered(spoken, tmp_path)
    assert segment.samples / RATE_HZ == pytest.approx(2 + 8 + 2, abs=0.5)
