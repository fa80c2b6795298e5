"""An MP3 of slots encoded apart: as good, as long and as seamless as one encoded whole."""

from __future__ import annotations

import dataclasses
import itertools
import threading
from io import BytesIO
from pathlib import Path
from typing import Any

import av
import lameenc
import mutagen.mp3
import numpy as np
import pytest
import soundfile

from broadcast.audio.join import slot_blocks
from broadcast.audio.master import master
from broadcast.audio.mp3 import write_mp3
from broadcast.audio.mp3_header import info_frame
from broadcast.audio.timeline import Placed, lay_out
from broadcast.cache import Cache
from broadcast.model import RATE_HZ, Loudness, Pauses, Segment, Sound, Timeline
from broadcast.station import MP3_KBPS
from meters import decoded, ebur128
from takes_by_hand import WORDS, synthetic

Samples = np.ndarray[Any, np.dtype[np.float64]]


@pytest.fixture(scope="module")
def segments(tmp_path_factory: pytest.TempPathFactory) -> list[Segment]:
    folder = tmp_path_factory.mktemp("segments")
    takes = [
        synthetic([*WORDS[n % 4 :], *WORDS[: n % 4]], folder, n, voice=f"vi+m{n % 3 + 1}")
        for n in range(6)
    ]
    return [master(take, Sound(), folder / f"{n}.wav") for n, take in enumerate(takes)]


@pytest.fixture
def timeline(segments: list[Segment]) -> Timeline:
    return lay_out([Placed(segment) for segment in segments], Pauses())


def written(
    timeline: Timeline, folder: Path, jobs: int = 2, sound: Sound | None = None
) -> tuple[Path, Loudness]:
    file = folder / "programme.mp3"
    cache = Cache(folder / "cache", 1 << 30)
    with file.open("wb") as stream:
        loudness = write_mp3(timeline, sound or Sound(), stream, cache, jobs, lambda *_: None)
    return file, loudness


def joined(timeline: Timeline) -> Samples:
    blocks = [block for slot in timeline.slots for block in slot_blocks(slot, Sound())]
    return np.concatenate(blocks) / 2.0**31


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("kbps", MP3_KBPS)
def test_every_bit_rate_has_the_exact_length_and_the_right_loudness(
    timeline: Timeline, tmp_path: Path, kbps: int, channels: int
) -> None:
    sound = Sound(mp3_kbps=kbps, mp3_channels=channels)
    file, told = written(timeline, tmp_path, sound=sound)
    samples = decoded(file)
    assert samples.shape == (timeline.samples, channels)
    loudness_lufs, peak_dbtp = ebur128(file)
    assert loudness_lufs == pytest.approx(-16, abs=0.2)
    assert peak_dbtp <= -1
    assert told.integrated_lufs == pytest.approx(loudness_lufs, abs=0.1)
    assert told.true_peak_dbtp == pytest.approx(peak_dbtp, abs=0.3)
    facts = mutagen.mp3.MP3(file).info
    assert (facts.bitrate, facts.sample_rate, facts.channels) == (kbps * 1000, RATE_HZ, channels)
    assert facts.bitrate_mode == mutagen.mp3.BitrateMode.CBR
    assert facts.length == pytest.approx(timeline.samples / RATE_HZ, abs=0.001)


def test_other_readers_find_the_same_samples(timeline: Timeline, tmp_path: Path) -> None:
    file, _ = written(timeline, tmp_path)
    by_libsndfile, rate_hz = soundfile.read(file)
    assert rate_hz == RATE_HZ
    assert len(by_libsndfile) == timeline.samples
    assert np.abs(by_libsndfile - decoded(file)[:, 0]).max() < 1e-3


def test_encoded_apart_it_is_as_faithful_as_encoded_whole(
    timeline: Timeline, tmp_path: Path
) -> None:
    file, _ = written(timeline, tmp_path)
    original = joined(timeline)
    apart = decoded(file)[:, 0]
    encoder = lameenc.Encoder()
    encoder.set_bit_rate(96)
    encoder.set_in_sample_rate(RATE_HZ)
    encoder.set_channels(1)
    encoder.set_quality(5)
    encoder.silence()
    pcm = np.concatenate([original, np.zeros(4 * 1152)]) / 0.95
    whole_file = tmp_path / "whole.mp3"
    whole_file.write_bytes(
        encoder.encode(np.rint(pcm * 32_767).astype("<i2").tobytes()) + encoder.flush()
    )
    whole = decoded(whole_file)[:, 0]
    whole = whole[1_105 : 1_105 + len(original)]  # what encoder and decoder put before the sound
    assert len(whole) == len(original)

    def noise_db(coded: Samples) -> float:
        return float(10 * np.log10(np.mean((coded - original) ** 2) / np.mean(original**2)))

    assert noise_db(apart) == pytest.approx(noise_db(whole), abs=0.1)

    # No seam is worse than the worst place of the whole file.
    errors = np.abs(apart - original)
    seams = [slot.start for slot in timeline.slots[1:]]
    worst_seam = max(float(errors[at - 1_200 : at + 1_200].max()) for at in seams)
    assert worst_seam <= np.abs(whole - original).max()


def test_nothing_clicks_where_slots_meet(timeline: Timeline, tmp_path: Path) -> None:
    samples = decoded(written(timeline, tmp_path)[0])[:, 0]
    for slot in timeline.slots:
        silence = samples[slot.speech_end + 1_200 : slot.end - 600]
        assert 20 * np.log10(np.abs(silence).max() + 1e-9) < -70
        assert np.abs(np.diff(samples[slot.start : slot.start + 96])).max() < 0.01


def test_no_seam_of_120_turns_clicks_or_steps(tmp_path: Path) -> None:
    made = [
        master(
            synthetic([WORDS[n % 4]], tmp_path, n, voice=f"vi+m{n % 3 + 1}"),
            Sound(),
            tmp_path / f"{n}.wav",
        )
        for n in range(12)
    ]
    turns = lay_out([Placed(made[n * 5 % 12]) for n in range(120)], Pauses())
    samples = decoded(written(turns, tmp_path)[0])[:, 0]
    assert len(samples) == turns.samples
    for slot in turns.slots:
        before = samples[max(0, slot.start - 480) : slot.start]
        assert np.abs(before).max(initial=0) < 10 ** (-70 / 20)
        beginning = samples[max(0, slot.start - 480) : slot.start + 96]
        assert np.abs(np.diff(beginning)).max() < 0.01
        ending = samples[slot.speech_end - 96 : slot.speech_end + 480]
        assert np.abs(np.diff(ending)).max() < 0.01


def test_seeking_lands_where_it_should(timeline: Timeline, tmp_path: Path) -> None:
    file, _ = written(timeline, tmp_path)
    samples = decoded(file)[:, 0]
    with av.open(str(file)) as container:
        stream, loudest = container.streams.audio[0], 0.0
        for part in range(1, 21):
            wanted_s = part / 21 * timeline.samples / RATE_HZ
            container.seek(round(wanted_s / stream.time_base), stream=stream)
            # A decoder that begins in the middle needs the bits that frames before it lent.
            first, _, _, frame = itertools.islice(container.decode(stream), 4)
            assert float(first.pts * stream.time_base) == pytest.approx(wanted_s, abs=0.03)
            # What is heard there is what belongs there, to the sample.
            at = round(float((frame.pts - stream.start_time) * stream.time_base) * RATE_HZ)
            heard = frame.to_ndarray()[0]
            assert np.abs(samples[at : at + len(heard)] - heard).max() < 1e-4
            loudest = max(loudest, float(np.abs(heard).max()))
    assert loudest > 0.1


def test_a_change_costs_one_slot_and_the_rest_is_the_same_bytes(
    timeline: Timeline, segments: list[Segment], tmp_path: Path
) -> None:
    file, _ = written(timeline, tmp_path)
    before, encoded = file.read_bytes(), set((tmp_path / "cache").rglob("*"))
    longer = dataclasses.replace(segments[2], key="changed")
    changed = lay_out(list(map(Placed, [*segments[:2], longer, *segments[3:]])), Pauses())
    written(changed, tmp_path)
    added = [path for path in set((tmp_path / "cache").rglob("*")) - encoded if path.is_file()]
    assert len(added) == 2  # the frames, and what was measured on them
    assert file.read_bytes() == before


def test_one_worker_or_several_give_the_same_bytes(timeline: Timeline, tmp_path: Path) -> None:
    bytes_of = []
    for jobs in (1, 3):
        (tmp_path / str(jobs)).mkdir()
        bytes_of.append(written(timeline, tmp_path / str(jobs), jobs)[0].read_bytes())
    assert bytes_of[0] == bytes_of[1]


def test_a_slot_alone_is_a_whole_programme(segments: list[Segment], tmp_path: Path) -> None:
    alone = lay_out([Placed(segments[0])], Pauses(at_end_ms=0))
    assert len(decoded(written(alone, tmp_path)[0])) == alone.samples


def test_a_long_turn_is_joined_from_blocks_without_a_seam(tmp_path: Path) -> None:
    seconds = 35
    tone = np.sin(2 * np.pi * 100 * np.arange(seconds * RATE_HZ) / RATE_HZ) / 2
    soundfile.write(tmp_path / "long.wav", tone, RATE_HZ, subtype="PCM_24")
    take = synthetic(WORDS[:1], tmp_path)
    segment = Segment(take, tmp_path / "long.wav", len(tone), (), (), -6.0, "long")
    (slot,) = lay_out([Placed(segment)], Pauses()).slots
    blocks = list(slot_blocks(slot, Sound()))
    assert max(map(len, blocks)) <= 11.5 * RATE_HZ
    samples = np.concatenate(blocks) / 2.0**31
    assert len(samples) == slot.samples
    fade = Sound().fade_ms * RATE_HZ // 1000
    assert np.abs(samples[fade : len(tone) - fade] - tone[fade:-fade]).max() < 1e-6
    assert np.abs(samples[[0, len(tone) - 1]]).max() < 1e-3
    assert not samples[len(tone) :].any()


def test_stopping_in_the_middle_ends_the_workers_and_begins_no_further_slot(
    segments: list[Segment], tmp_path: Path
) -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    many = [dataclasses.replace(segments[n % 6], key=f"{n}") for n in range(60)]
    turns = lay_out([Placed(segment) for segment in many], Pauses())
    threads = threading.active_count()
    with pytest.raises(KeyboardInterrupt):
        write_mp3(turns, Sound(), BytesIO(), Cache(tmp_path, 1 << 30), 2, stop)
    assert threading.active_count() == threads
    kept = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert 2 <= len(kept) < 2 * 30  # a slot's frames, and what was measured on them


def crc_16_arc(data: bytes) -> int:
    """Divide by x¹⁶ + x¹⁵ + x² + 1, each byte's lowest bit first, on whole numbers."""
    bits = "".join(f"{byte:08b}"[::-1] for byte in data) + "0" * 16
    rest = int(bits, 2)
    for place in range(len(bits) - 17, -1, -1):
        if rest >> (place + 16) & 1:
            rest ^= 0x18005 << place
    return int(f"{rest:016b}"[::-1], 2)


@pytest.mark.parametrize(("channels", "at"), [(1, 175), (2, 190)])
def test_the_first_frame_holds_its_own_checksum(channels: int, at: int) -> None:
    """CRC-16/ARC of all before it; 0xBB3D is its published check value."""
    assert crc_16_arc(b"123456789") == 0xBB3D
    for frames in (1, 500, 100_000):
        frame = info_frame(frames, frames * 1_152 - 2_000, kbps=128, channels=channels)
        assert frame[at : at + 2] == crc_16_arc(frame[:at]).to_bytes(2, "big")
