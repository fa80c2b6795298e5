"""The air master: its level, its samples, and its chunks read by the standards' own tables."""

from __future__ import annotations

import dataclasses
import itertools
import struct
from pathlib import Path

import numpy as np
import pytest
import soundfile

from broadcast.audio.air import air_loudness, write_flac, write_wav
from broadcast.audio.broadcast_wave import AirFacts
from broadcast.audio.master import master
from broadcast.audio.timeline import Placed, lay_out
from broadcast.model import RATE_HZ, Pauses, Sound, Timeline
from meters import decoded, ebur128
from takes_by_hand import WORDS, synthetic

FACTS = AirFacts(
    title="Giữ bãi biển sạch là việc của mọi nhà",
    artist="Đài Truyền thanh Vân Hải",
    cut_id="bien-sach-van-hai",
    category="News",
    description="Phỏng vấn Chủ tịch UBND phường Bãi Xanh",
    originator="Đài Truyền thanh Vân Hải",
    date="2025-09-06",
    out_cue="đã quan tâm theo dõi.",
    url="https://radio.example.vn/",
    producer_version="0.1.0",
)


@pytest.fixture(scope="module")
def timeline(tmp_path_factory: pytest.TempPathFactory) -> Timeline:
    folder = tmp_path_factory.mktemp("air")
    takes = [synthetic(WORDS, folder, n, voice=f"vi+m{n + 1}") for n in range(3)]
    segments = [master(take, Sound(), folder / f"{n}.wav") for n, take in enumerate(takes)]
    return lay_out([Placed(segment) for segment in segments], Pauses())


def written(timeline: Timeline, folder: Path, **settings: float) -> Path:
    file = folder / "air.wav"
    sound = dataclasses.replace(Sound(), **settings)
    write_wav(timeline, sound, file, FACTS, lambda *_: None)
    return file


def chunks(file: Path) -> dict[bytes, bytes]:
    """Read a RIFF or RF64 file's chunks (EBU Tech 3306)."""
    data = file.read_bytes()
    assert data[8:12] == b"WAVE"
    found: dict[bytes, bytes] = {}
    at, large = 12, 0
    while at < len(data):
        name, size = struct.unpack_from("<4sI", data, at)
        if name == b"ds64":
            riff, large, frames = struct.unpack_from("<QQQ", data, at + 8)
            assert riff == len(data) - 8
            assert frames * 6 == large
        if size == 0xFFFFFFFF:
            size = large
        found[name] = data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2
    assert at == len(data)
    return found


def text(field: bytes) -> str:
    return field.rstrip(b"\0").decode("ascii")


@pytest.mark.parametrize(("bits", "rate_hz"), list(itertools.product((16, 24), (44_100, 48_000))))
def test_every_format_has_the_level_the_length_and_two_equal_channels(
    timeline: Timeline, tmp_path: Path, bits: int, rate_hz: int
) -> None:
    file = written(timeline, tmp_path, air_bits=bits, air_rate_hz=rate_hz)
    facts = soundfile.info(file)
    assert (facts.samplerate, facts.channels, facts.subtype) == (rate_hz, 2, f"PCM_{bits}")
    assert facts.frames == round(timeline.samples * rate_hz / RATE_HZ)
    samples = decoded(file)
    assert samples.shape == (facts.frames, 2)
    assert np.array_equal(samples[:, 0], samples[:, 1])
    loudness_lufs, peak_dbtp = ebur128(file)
    assert loudness_lufs == pytest.approx(-23, abs=0.2)
    assert peak_dbtp <= -1


def test_the_loudness_that_is_told_is_what_a_meter_reads(
    timeline: Timeline, tmp_path: Path
) -> None:
    told = air_loudness(timeline, Sound())
    loudness_lufs, peak_dbtp = ebur128(written(timeline, tmp_path))
    assert told.integrated_lufs == pytest.approx(loudness_lufs, abs=0.1)
    assert told.true_peak_dbtp == pytest.approx(peak_dbtp, abs=0.2)
    assert told.max_momentary_lufs >= told.max_short_term_lufs >= told.integrated_lufs


def test_the_broadcast_extension_is_as_tech_3285_lays_it_out(
    timeline: Timeline, tmp_path: Path
) -> None:
    bext = chunks(written(timeline, tmp_path))[b"bext"]
    assert text(bext[0:256]) == "Phong van Chu tich UBND phuong Bai Xanh"
    assert text(bext[256:288]) == "Dai Truyen thanh Van Hai"
    assert text(bext[288:320]) == "bien-sach-van-hai"
    assert text(bext[320:330]) == "2025-09-06"
    assert text(bext[330:338]) == "00:00:00"
    assert struct.unpack("<QH", bext[338:348]) == (0, 2)
    assert bext[348:412] == bytes(64)
    told = air_loudness(timeline, Sound())
    values = [value / 100 for value in struct.unpack("<5h", bext[412:422])]
    expected = [
        told.integrated_lufs,
        told.range_lu,
        told.true_peak_dbtp,
        told.max_momentary_lufs,
        told.max_short_term_lufs,
    ]
    assert values == pytest.approx(expected, abs=0.006)
    assert values[0] == pytest.approx(-23, abs=0.2)
    assert bext[422:602] == bytes(180)
    assert bext[602:].decode("ascii").startswith("A=PCM,F=48000,W=24,M=dual-mono")
    assert bext.rstrip(b"\0").endswith(b"\r\n")


def test_the_cart_chunk_is_as_aes46_lays_it_out(timeline: Timeline, tmp_path: Path) -> None:
    cart = chunks(written(timeline, tmp_path))[b"cart"]
    assert cart[0:4] == b"0101"
    names = ["title", "artist", "cut id", "client id", "category", "classification", "out cue"]
    fields = {name: text(cart[4 + 64 * n : 68 + 64 * n]) for n, name in enumerate(names)}
    assert fields["title"] == "Giu bai bien sach la viec cua moi nha"
    assert fields["artist"] == "Dai Truyen thanh Van Hai"
    assert fields["cut id"] == "bien-sach-van-hai"
    assert fields["category"] == "News"
    assert fields["out cue"] == "da quan tam theo doi."
    assert [text(cart[452:462]), text(cart[462:470])] == ["2025-09-06", "00:00:00"]
    assert [text(cart[470:480]), text(cart[480:488])] == ["9999-12-31", "23:59:59"]
    assert [text(cart[488:552]), text(cart[552:616])] == ["broadcast", "0.1.0"]
    assert struct.unpack("<i", cart[680:684]) == (32_768,)
    assert struct.unpack("<4sI4sI", cart[684:700]) == (b"AUDs", 0, b"AUDe", timeline.samples)
    assert cart[748:1024] == bytes(276)
    assert text(cart[1024:2048]) == "https://radio.example.vn/"
    assert len(cart) >= 2_048


def test_a_file_too_large_for_riff_is_rf64(timeline: Timeline, tmp_path: Path) -> None:
    plain = written(timeline, tmp_path)
    large = tmp_path / "large.wav"
    write_wav(timeline, Sound(), large, FACTS, lambda *_: None, largest_riff=100_000)
    assert large.read_bytes()[:4] == b"RF64"
    assert chunks(large)[b"data"] == chunks(plain)[b"data"]
    assert soundfile.info(large).frames == timeline.samples
    assert np.array_equal(decoded(large), decoded(plain))


def test_flac_is_the_same_samples(timeline: Timeline, tmp_path: Path) -> None:
    for bits in (16, 24):
        flac = tmp_path / "air.flac"
        sound = dataclasses.replace(Sound(), air_bits=bits)
        write_flac(timeline, sound, flac, lambda *_: None)
        wav, _ = soundfile.read(written(timeline, tmp_path, air_bits=bits), dtype="int32")
        assert np.array_equal(soundfile.read(flac, dtype="int32")[0], wav)


def test_the_same_programme_gives_the_same_bytes(timeline: Timeline, tmp_path: Path) -> None:
    once = written(timeline, tmp_path, air_bits=16).read_bytes()
    assert written(timeline, tmp_path, air_bits=16).read_bytes() == once


def test_dither_keeps_a_sound_below_the_last_bit(timeline: Timeline, tmp_path: Path) -> None:
    exact = decoded(written(timeline, tmp_path, air_bits=24))[:, 0]
    rounded = decoded(written(timeline, tmp_path, air_bits=16))[:, 0]
    error = (rounded - exact) * 2**15
    assert np.sqrt((error**2).mean()) == pytest.approx(np.sqrt(1 / 12 + 1 / 6), rel=0.05)
    assert abs(np.corrcoef(error, exact)[0, 1]) < 0.01
