"""A header claims what is not there: the sound that is there is read, and it is said.

The files are written byte by byte, and read back against the samples that were written.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
import soundfile

from broadcast.errors import BroadcastError
from broadcast.media.decode import decode
from broadcast.media.samples import Audio

RATE_HZ = 16_000
SECONDS = 3
Samples = np.ndarray[Any, np.dtype[np.int16]]
W64_GUID = bytes.fromhex("f3acd3118cd100c04f8edb8a")
INFO = b"LIST\x0c\0\0\0INFOISFT\0\0\0\0"


@pytest.fixture(scope="module")
def sound() -> Samples:
    """Noise that comes and goes, never twice alike, and of no text."""
    at = np.arange(SECONDS * RATE_HZ) / RATE_HZ
    noise = np.random.default_rng(1).normal(0, 3_000, len(at))
    return (noise * (1.2 + np.sin(9 * at))).astype("<i2")


def turned(data: bytes) -> bytes:
    return np.frombuffer(data, "<i2").byteswap().tobytes()


def form(order: str = "<") -> bytes:
    return struct.pack(f"{order}HHIIHH", 1, 1, RATE_HZ, 2 * RATE_HZ, 2, 16)


def wav(data: bytes, riff: int, claimed: int) -> bytes:
    head = struct.pack("<4sI4s4sI", b"RIFF", riff, b"WAVE", b"fmt ", 16) + form()
    return head + struct.pack("<4sI", b"data", claimed) + data


def rifx(data: bytes, riff: int, claimed: int) -> bytes:
    head = struct.pack(">4sI4s4sI", b"RIFX", riff, b"WAVE", b"fmt ", 16) + form(">")
    return head + struct.pack(">4sI", b"data", claimed) + turned(data)


def rf64(data: bytes, riff: int, claimed: int) -> bytes:
    head = struct.pack("<4sI4s4sI", b"RF64", 0xFFFF_FFFF, b"WAVE", b"ds64", 28)
    head += struct.pack("<QQQI", riff, claimed, claimed // 2, 0)
    head += struct.pack("<4sI", b"fmt ", 16) + form()
    return head + struct.pack("<4sI", b"data", 0xFFFF_FFFF) + data


def w64(data: bytes, riff: int, claimed: int) -> bytes:
    head = b"riff" + bytes.fromhex("2e91cf11a5d628db04c10000") + struct.pack("<Q", riff)
    head += b"wave" + W64_GUID + b"fmt " + W64_GUID + struct.pack("<Q", 40) + form()
    return head + b"data" + W64_GUID + struct.pack("<Q", claimed and claimed + 24) + data


def aiff(data: bytes, whole: int, claimed: int) -> bytes:
    rate = struct.pack(">HQ", 16_383 + 13, RATE_HZ << 50)
    common = struct.pack(">HIH", 1, claimed // 2, 16) + rate
    head = struct.pack(">4sI4s4sI", b"FORM", whole, b"AIFF", b"COMM", len(common)) + common
    head += struct.pack(">4sIII", b"SSND", claimed and claimed + 8, 0, 0)
    return head + turned(data)


def caf(data: bytes, whole: int, claimed: int) -> bytes:
    desc = struct.pack(">d4sIIIII", RATE_HZ, b"lpcm", 2, 2, 1, 1, 16)
    head = struct.pack(">4sHH4sq", b"caff", 1, 0, b"desc", len(desc)) + desc
    return head + struct.pack(">4sqI", b"data", claimed and claimed + 4, 0) + data


def au(data: bytes, whole: int, claimed: int) -> bytes:
    head = struct.pack(">4s5I", b".snd", 24, claimed, 3, RATE_HZ, 1)
    return head + turned(data)


def told(audio: Audio) -> str:
    return "; ".join(map(str, audio.damage))


Written = Callable[[bytes, int, int], bytes]
KINDS: dict[str, Written] = {
    "a.wav": wav,
    "rifx.wav": rifx,
    "rf64.wav": rf64,
    "a.w64": w64,
    "a.aiff": aiff,
    "a.caf": caf,
    "a.au": au,
}
each_kind = pytest.mark.parametrize("kind", KINDS)


def read(folder: Path, kind: str, data: bytes) -> tuple[Samples, str]:
    (folder / kind).write_bytes(data)
    audio = decode(folder / kind)
    assert audio.rate_hz == RATE_HZ
    return np.rint(audio.samples[:, 0] * 32_768).astype("<i2"), told(audio)


@each_kind
def test_a_header_that_is_right_is_no_damage(tmp_path: Path, kind: str, sound: Samples) -> None:
    data = KINDS[kind](sound.tobytes(), 0, sound.nbytes)
    whole = KINDS[kind](sound.tobytes(), len(data) - 8, sound.nbytes)
    heard, damage = read(tmp_path, kind, whole)
    assert np.array_equal(heard, sound)
    assert damage == ""


@each_kind
def test_sizes_of_a_recorder_that_lost_power_hide_nothing(
    tmp_path: Path, kind: str, sound: Samples
) -> None:
    heard, damage = read(tmp_path, kind, KINDS[kind](sound.tobytes(), 0, 0))
    assert np.array_equal(heard, sound)
    assert damage == "its header gives a wrong length (0.0 s); all 3.0 s that are there are used"


@each_kind
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_sizes_that_were_written_on_the_way_hide_nothing(
    tmp_path: Path, kind: str, share: float, sound: Samples
) -> None:
    claimed = int(SECONDS * RATE_HZ * share) * 2
    heard, damage = read(tmp_path, kind, KINDS[kind](sound.tobytes(), claimed + 100, claimed))
    assert np.array_equal(heard, sound)
    assert f"wrong length ({SECONDS * share:.1f} s)" in damage


@each_kind
def test_a_stretch_of_a_mended_file_is_where_it_is(
    tmp_path: Path, kind: str, sound: Samples
) -> None:
    (tmp_path / kind).write_bytes(KINDS[kind](sound.tobytes(), 0, 0))
    stretch = decode(tmp_path / kind, start_ms=2_000, end_ms=2_500).samples[:, 0]
    there = sound[2 * RATE_HZ : 5 * RATE_HZ // 2]
    assert np.array_equal(np.rint(stretch * 32_768), there)


@each_kind
def test_a_size_beyond_the_end_breaks_off(tmp_path: Path, kind: str, sound: Samples) -> None:
    heard, damage = read(tmp_path, kind, KINDS[kind](sound.tobytes(), 10**8, 10**8))
    assert np.array_equal(heard, sound)
    assert damage == "it breaks off before its end"


@pytest.mark.parametrize("riff", [0, 36, 1_000, 10**9, 0xFFFF_FFFF])
@pytest.mark.parametrize("kind", ["a.wav", "rf64.wav", "a.w64", "a.aiff"])
def test_a_wrong_size_of_the_whole_alone_is_nothing(
    tmp_path: Path, kind: str, riff: int, sound: Samples
) -> None:
    heard, damage = read(tmp_path, kind, KINDS[kind](sound.tobytes(), riff, sound.nbytes))
    assert np.array_equal(heard, sound)
    assert damage == ""


@pytest.mark.parametrize("size", [0xFFFF_FFFF, 0x7FFF_FFFF, 0x7FFF_F000])
def test_what_came_through_a_pipe_is_whole(tmp_path: Path, size: int, sound: Samples) -> None:
    heard, damage = read(tmp_path, "a.wav", wav(sound.tobytes(), size, size))
    assert np.array_equal(heard, sound)
    assert damage == ""


@pytest.mark.parametrize("behind", [INFO, b"TAG".ljust(128, b"\0"), bytes(4_000), b"\0"])
def test_what_lies_behind_the_sound_is_no_sound(
    tmp_path: Path, behind: bytes, sound: Samples
) -> None:
    heard, damage = read(tmp_path, "a.wav", wav(sound.tobytes(), 0, sound.nbytes) + behind)
    assert np.array_equal(heard, sound)
    assert damage == ""


def test_a_byte_that_is_missing_is_not_heard(tmp_path: Path, sound: Samples) -> None:
    heard, damage = read(tmp_path, "a.wav", wav(sound.tobytes(), 0, sound.nbytes + 1))
    assert np.array_equal(heard, sound)
    assert damage == ""


def test_chunks_behind_sound_of_unknown_length_are_no_sound(tmp_path: Path, sound: Samples) -> None:
    heard, damage = read(tmp_path, "a.wav", wav(sound.tobytes(), 0, 0) + INFO)
    assert np.array_equal(heard, sound)
    assert "wrong length" in damage


def test_a_header_alone_has_no_sound(tmp_path: Path) -> None:
    for data in (wav(b"", 0, 0), wav(b"", 36, 0) + INFO, wav(b"", 10**6, 10**6)):
        (tmp_path / "a.wav").write_bytes(data)
        with pytest.raises(BroadcastError, match="no sound"):
            decode(tmp_path / "a.wav")


@pytest.mark.parametrize(
    ("subtype", "rate_hz"), [("GSM610", 8_000), ("IMA_ADPCM", 16_000), ("ULAW", 8_000)]
)
def test_sizes_of_nothing_hide_no_coded_speech(
    tmp_path: Path, subtype: str, rate_hz: int, sound: Samples
) -> None:
    file = tmp_path / "a.wav"
    soundfile.write(file, sound / 32_768, rate_hz, subtype)
    before = decode(file).samples
    data = bytearray(file.read_bytes())
    at = data.index(b"data") + 4
    data[4:8] = data[at : at + 4] = bytes(4)
    file.write_bytes(data)
    assert np.array_equal(decode(file).samples[: len(before)], before)


def flac(folder: Path, samples: Samples, total: int | None = None) -> bytes:
    file = folder / "whole.flac"
    soundfile.write(file, samples, RATE_HZ, "PCM_16")
    data = bytearray(file.read_bytes())
    if total is not None:
        described = int.from_bytes(data[18:26]) >> 36 << 36 | total
        data[18:26] = described.to_bytes(8)
    return bytes(data)


@pytest.mark.parametrize(
    ("total", "said"), [(None, ""), (0, ""), (RATE_HZ, "wrong length (1.0 s)"), (10**7, "breaks")]
)
def test_flac_is_read_to_its_end_whatever_it_claims(
    tmp_path: Path, total: int | None, said: str, sound: Samples
) -> None:
    heard, damage = read(tmp_path, "a.flac", flac(tmp_path, sound, total))
    assert np.array_equal(heard, sound)
    assert said in damage
    assert bool(damage) == bool(said)


def test_flac_that_is_cut_is_read_to_there(tmp_path: Path, sound: Samples) -> None:
    data = flac(tmp_path, sound)
    heard, damage = read(tmp_path, "a.flac", data[: len(data) * 2 // 3])
    assert 0.5 * len(sound) < len(heard) < 0.7 * len(sound)
    assert np.array_equal(heard, sound[: len(heard)])
    assert "breaks off" in damage


def mp3(folder: Path, sound: Samples) -> bytes:
    with av.open(str(folder / "whole.mp3"), "w") as container:
        stream = container.add_stream("libmp3lame", rate=RATE_HZ, layout="mono")
        frame = av.AudioFrame.from_ndarray(sound[None].astype("i2"), format="s16p", layout="mono")
        frame.sample_rate = RATE_HZ
        for piece in (frame, None):
            container.mux(stream.encode(piece))
    return (folder / "whole.mp3").read_bytes()


@pytest.mark.parametrize(("frames", "said"), [(10, "wrong length"), (9_000, "breaks off")])
def test_an_mp3_is_read_to_its_end_whatever_its_note_says(
    tmp_path: Path, frames: int, said: str, sound: Samples
) -> None:
    data = mp3(tmp_path, sound)
    at = max(data.find(b"Xing"), data.find(b"Info")) + 8
    (tmp_path / "a.mp3").write_bytes(data[:at] + frames.to_bytes(4) + data[at + 4 :])
    audio = decode(tmp_path / "a.mp3")
    assert audio.duration_ms == pytest.approx(SECONDS * 1000, abs=80)
    assert said in told(audio)


def m4a(folder: Path, sound: Samples) -> bytes:
    with av.open(str(folder / "whole.m4a"), "w") as container:
        stream = container.add_stream("aac", rate=RATE_HZ, layout="mono")
        whole = av.AudioFrame.from_ndarray(
            (sound[None] / 32_768).astype("f4"), format="fltp", layout="mono"
        )
        whole.sample_rate = RATE_HZ
        resampler = av.AudioResampler("fltp", "mono", RATE_HZ, 1_024)
        for piece in [*resampler.resample(whole), None]:
            container.mux(stream.encode(piece))
    return (folder / "whole.m4a").read_bytes()


def without_index(data: bytes) -> bytes:
    return data[: data.index(b"moov") - 4]


def with_half_an_index(data: bytes) -> bytes:
    return data[: data.index(b"moov") + 300]


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (without_index, "index is missing"),
        (with_half_an_index, "index is missing"),
        (lambda data: data[: len(data) // 2], "index is missing"),
        (lambda data: bytes(len(data)), "nothing but zeros"),
        (lambda data: data.replace(b"mp4a", b"drms"), "protected against copying"),
        (lambda data: data.replace(b"mp4a", b"enca"), "protected against copying"),
    ],
)
def test_an_m4a_that_cannot_be_read_says_why(
    tmp_path: Path, harm: Callable[[bytes], bytes], said: str, sound: Samples
) -> None:
    data = m4a(tmp_path, sound)
    (tmp_path / "a.m4a").write_bytes(harm(data))
    with pytest.raises(BroadcastError, match=said) as caught:
        decode(tmp_path / "a.m4a")
    assert caught.value.hint
    assert caught.value.file == tmp_path / "a.m4a"
