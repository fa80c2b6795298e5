"""Music and clips: levelled, faded, ducked under speech, and never over the ceiling."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from broadcast.audio.master import master, master_insert
from broadcast.cache import file_digest
from broadcast.errors import BroadcastError
from broadcast.model import RATE_HZ, Insert, Music, Sound
from meters import ebur128, ebur128_of
from takes_by_hand import WORDS, synthetic

Samples = np.ndarray[Any, np.dtype[np.float32]]
SOUND = Sound()


def tune(folder: Path, seconds: float = 12, hz: float = 440) -> Path:
    """A chord with a beat, in stereo."""
    time = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
    beat = 0.6 + 0.4 * np.sin(2 * np.pi * 2 * time)
    chord = sum(np.sin(2 * np.pi * hz * ratio * time) for ratio in (1, 1.25, 1.5)) / 4
    file = folder / f"tune-{seconds}-{hz}.wav"
    soundfile.write(file, np.stack([chord * beat, chord * beat], axis=1), RATE_HZ)
    return file


def insert(file: Path, kind: str = "music", **stretch: int) -> Insert:
    return Insert("clip" if kind == "clip" else "music", file, file_digest(file), **stretch)


def heard(file: Path) -> Samples:
    samples, _ = soundfile.read(file, dtype="float32")
    return samples


@pytest.mark.parametrize(("kind", "below_lu"), [("music", 2), ("clip", 0)])
def test_an_insert_has_its_loudness_and_holds_the_ceiling(
    tmp_path: Path, kind: str, below_lu: float
) -> None:
    segment = master_insert(insert(tune(tmp_path), kind), SOUND, tmp_path / "a.wav")
    loudness_lufs, peak_dbtp = ebur128(segment.audio)
    assert loudness_lufs == pytest.approx(SOUND.podcast_lufs - below_lu, abs=0.2)
    assert peak_dbtp <= SOUND.ceiling_dbtp
    assert segment.spans == ()
    assert segment.samples == 12 * RATE_HZ


def test_a_stretch_of_music_is_cut_out_and_faded(tmp_path: Path) -> None:
    piece = insert(tune(tmp_path), start_ms=2_000, end_ms=6_000)
    samples = heard(master_insert(piece, SOUND, tmp_path / "a.wav").audio)
    assert len(samples) == 4 * RATE_HZ
    assert abs(samples[-1]) < 1e-3
    end = np.abs(samples[-RATE_HZ // 10 :]).max()
    middle = np.abs(samples[RATE_HZ : 2 * RATE_HZ]).max()
    assert end < middle / 5


def test_a_bed_is_down_under_the_words_and_up_around_them(tmp_path: Path) -> None:
    music = Music(bed_lu=-20)
    sound = dataclasses.replace(SOUND, music=music)
    bare = synthetic(WORDS, tmp_path)
    bedded = dataclasses.replace(bare, bed=insert(tune(tmp_path, 40)))
    alone = master(bare, sound, tmp_path / "bare.wav")
    mixed = master(bedded, sound, tmp_path / "mixed.wav")
    before, after = music.before_ms * 48, music.after_ms * 48
    assert mixed.samples == alone.samples + before + after
    assert [(s.start - before, s.end - before) for s in mixed.spans] == [
        (s.start, s.end) for s in alone.spans
    ]
    samples = heard(mixed.audio)
    under = samples[before : before + alone.samples] - heard(alone.audio)
    music_under_lufs, _ = ebur128_of(under)
    music_alone_lufs, _ = ebur128_of(samples[: before - music.attack_ms * 48])
    assert music_alone_lufs == pytest.approx(sound.podcast_lufs + music.level_lu, abs=1)
    assert music_under_lufs == pytest.approx(sound.podcast_lufs + music.bed_lu, abs=1)
    assert ebur128(mixed.audio)[1] <= sound.ceiling_dbtp
    assert abs(samples[0]) < 1e-3
    assert np.abs(samples[-480:]).max() < 0.01
    # Nothing steps where the music goes down and comes up.
    steps = np.abs(np.diff(samples[: before - 2_400]))
    assert steps.max() < 0.2


def test_a_bed_that_is_too_short_is_repeated_without_a_hole(tmp_path: Path) -> None:
    bed = insert(tune(tmp_path, 3))
    take = dataclasses.replace(synthetic(WORDS, tmp_path), bed=bed)
    samples = heard(master(take, SOUND, tmp_path / "a.wav").audio)
    ending = samples[-SOUND.music.after_ms * 48 : -SOUND.music.fade_ms * 48]
    parts = ending[: len(ending) // 4_800 * 4_800].reshape(-1, 4_800)
    assert np.sqrt((parts**2).mean(axis=1)).min() > 0.005


def test_music_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    bad = tmp_path / "intro.mp3"
    bad.write_text("not music")
    with pytest.raises(BroadcastError) as caught:
        master_insert(insert(bad), SOUND, tmp_path / "a.wav")
    assert caught.value.file == bad
