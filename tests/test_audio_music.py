"""Music and clips: levelled, faded, ducked under speech, and never over the ceiling."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from broadcast.audio.bed import mix_bed
from broadcast.audio.master import master, master_insert
from broadcast.audio.music import insert_samples
from broadcast.audio.timeline import Placed, lay_out
from broadcast.cache import file_digest
from broadcast.errors import BroadcastError
from broadcast.model import RATE_HZ, Insert, Music, Pauses, Segment, Sound
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


def test_a_stretch_that_is_shorter_than_its_fade_is_faded_in_its_second_half_alone(
    tmp_path: Path,
) -> None:
    file = tmp_path / "tone.wav"
    soundfile.write(file, 0.5 * np.sin(2 * np.pi * 400 * np.arange(RATE_HZ) / RATE_HZ), RATE_HZ)
    samples = np.abs(insert_samples(insert(file, start_ms=200, end_ms=700), Music(fade_ms=1_500)))
    begun, middle, ending = (samples[ms * 48 :][:480].max() for ms in (20, 235, 480))
    assert middle == pytest.approx(begun, rel=0.01)
    assert ending < begun / 5


def under_music(segments: list[Segment], bed: Path, folder: Path, sound: Sound) -> Segment:
    turns = lay_out([Placed(segment) for segment in segments], Pauses(at_end_ms=0))
    return mix_bed(turns, insert(bed), sound, folder / "mixed.wav")


def test_a_bed_is_down_under_the_words_and_up_around_them(tmp_path: Path) -> None:
    music = Music(bed_lu=-20)
    sound = dataclasses.replace(SOUND, music=music)
    alone = master(synthetic(WORDS, tmp_path), sound, tmp_path / "bare.wav")
    mixed = under_music([alone], tune(tmp_path, 40, 441.1), tmp_path, sound)
    before, after = music.before_ms * 48, music.after_ms * 48
    (slot,) = mixed.inside
    assert (slot.start, slot.segment) == (before, alone)
    assert mixed.samples == before + slot.samples + after
    samples = heard(mixed.audio)
    fade = sound.fade_ms * 48
    spoken = slice(before + fade, before + alone.samples - fade)
    under = samples[spoken] - heard(alone.audio)[fade:-fade]
    music_under_lufs, _ = ebur128_of(under)
    music_alone_lufs, _ = ebur128_of(samples[: before - music.attack_ms * 48])
    assert music_alone_lufs == pytest.approx(sound.podcast_lufs + music.level_lu, abs=1)
    assert music_under_lufs == pytest.approx(sound.podcast_lufs + music.bed_lu, abs=1)
    assert ebur128(mixed.audio)[1] <= sound.ceiling_dbtp
    assert abs(samples[0]) < 1e-3
    assert np.abs(samples[-480:]).max() < 0.01
    # Nothing steps where the music goes down and comes up: a step has every frequency in it, the
    # music only low ones, of which a fourth difference leaves next to nothing.
    for around in (samples[: before + 48], samples[before + alone.samples - 48 :]):
        assert np.abs(np.diff(around.astype(np.float64), n=4)).max() < 0.001


def test_a_bed_that_is_too_short_is_repeated_without_a_hole(tmp_path: Path) -> None:
    alone = master(synthetic(WORDS, tmp_path), SOUND, tmp_path / "bare.wav")
    samples = heard(under_music([alone], tune(tmp_path, 3), tmp_path, SOUND).audio)
    ending = samples[-SOUND.music.after_ms * 48 : -SOUND.music.fade_ms * 48]
    parts = ending[: len(ending) // 4_800 * 4_800].reshape(-1, 4_800)
    assert np.sqrt((parts**2).mean(axis=1)).min() > 0.005


def test_a_bed_under_several_turns_stays_down_between_them_and_comes_up_in_a_long_pause(
    tmp_path: Path,
) -> None:
    turns = [
        master(synthetic(WORDS[n:], tmp_path, n), SOUND, tmp_path / f"{n}.wav") for n in range(3)
    ]
    placed = [Placed(turns[0]), Placed(turns[1], 6_000), Placed(turns[2])]
    inner = lay_out(placed, Pauses(at_end_ms=0))
    mixed = mix_bed(inner, insert(tune(tmp_path, 30)), SOUND, tmp_path / "mixed.wav")
    samples = heard(mixed.audio)
    first, second, third = mixed.inside

    def between(start: int, end: int) -> float:
        return float(10 * np.log10((samples[start:end].astype(np.float64) ** 2).mean()))

    down = between(first.speech_end + 480, second.start - 480)
    middle = (second.speech_end + third.start) // 2
    up = between(middle - RATE_HZ, middle + RATE_HZ)
    assert up - down == pytest.approx(SOUND.music.level_lu - SOUND.music.bed_lu, abs=1)
    assert ebur128(mixed.audio)[1] <= SOUND.ceiling_dbtp
    # Where they are heard in a programme.
    whole = lay_out([Placed(turns[2]), Placed(mixed)], Pauses())
    own, beds = whole.slots
    assert [slot.start for slot, _ in whole.takes] == [
        own.start,
        *(beds.start + one.start for one in mixed.inside),
    ]


def test_music_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    bad = tmp_path / "intro.mp3"
    bad.write_text("not music")
    with pytest.raises(BroadcastError) as caught:
        master_insert(insert(bad), SOUND, tmp_path / "a.wav")
    assert caught.value.file == bad
