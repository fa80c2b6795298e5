"""What cannot be is refused by name, and nothing that a header says takes memory or time."""

from __future__ import annotations

import json
import random
import struct
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
import soundfile

from broadcast.errors import BroadcastError
from broadcast.media.decode import decode

RATE_HZ = 48_000
Samples = np.ndarray[Any, np.dtype[np.float32]]


def voice(seconds: float = 2) -> Samples:
    at = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
    noise = np.random.default_rng(1).normal(0, 0.02, len(at))
    return (0.2 * np.sin(2 * np.pi * 220 * at) * (np.sin(7 * at) > -0.5) + noise).astype("f4")


def wav(channels: int, rate_hz: int, kind: int = 1, bits: int = 16) -> bytes:
    block = max(1, channels * bits // 8) & 0xFFFF
    form = struct.pack("<HHIIHH", kind, channels, rate_hz, 32_000, block, bits)
    data = np.random.default_rng(2).bytes(128_000)
    head = struct.pack("<4sI4s4sI", b"RIFF", 128_036, b"WAVE", b"fmt ", 16) + form
    return head + struct.pack("<4sI", b"data", len(data)) + data


@pytest.mark.parametrize("rate_hz", [0, 1, 50, 3_999, 400_001, 2**31, 2**32 - 1])
def test_a_rate_that_no_recorder_has_is_refused(tmp_path: Path, rate_hz: int) -> None:
    (tmp_path / "a.wav").write_bytes(wav(1, rate_hz))
    with pytest.raises(BroadcastError, match=f"{rate_hz} samples a second"):
        decode(tmp_path / "a.wav")


@pytest.mark.parametrize("channels", [0, 33, 256, 1_024, 65_535])
def test_channels_that_no_recorder_has_are_refused(tmp_path: Path, channels: int) -> None:
    (tmp_path / "a.wav").write_bytes(wav(channels, 16_000))
    with pytest.raises(BroadcastError, match=f"{channels} channels"):
        decode(tmp_path / "a.wav")


@pytest.mark.parametrize("rate_hz", [8_000, 11_025, 96_000, 192_000])
@pytest.mark.parametrize("channels", [1, 2, 8, 32])
def test_what_recorders_have_is_not(tmp_path: Path, channels: int, rate_hz: int) -> None:
    (tmp_path / "a.wav").write_bytes(wav(channels, rate_hz))
    assert decode(tmp_path / "a.wav").samples.shape == (64_000 // channels, channels)


def floating(folder: Path, samples: Samples, subtype: str = "FLOAT") -> Path:
    soundfile.write(folder / "a.wav", samples, RATE_HZ, subtype)
    return folder / "a.wav"


@pytest.mark.parametrize("peak_db", [0, 7.5, 40])
@pytest.mark.parametrize("subtype", ["FLOAT", "DOUBLE"])
def test_floating_point_has_headroom(tmp_path: Path, peak_db: float, subtype: str) -> None:
    loud = voice() * np.float32(10 ** (peak_db / 20) / np.abs(voice()).max())
    audio = decode(floating(tmp_path, loud, subtype))
    assert audio.samples[:, 0] == pytest.approx(loud, rel=1e-6)
    assert audio.has_headroom
    assert audio.damage == ()


@pytest.mark.parametrize("wrong", [np.nan, np.inf, -np.inf, 1e19, -1e30, 3e38])
def test_a_few_numbers_that_are_no_sound_are_silence_and_counted(
    tmp_path: Path, wrong: float
) -> None:
    samples = voice()
    samples[[5, 900, 901]] = wrong
    audio = decode(floating(tmp_path, samples))
    samples[[5, 900, 901]] = 0
    assert np.array_equal(audio.samples[:, 0], samples)
    (damage,) = audio.damage
    assert str(damage) == "3 samples are no sound, and silence is in their place"


@pytest.mark.parametrize("wrong", [np.nan, 1e19])
def test_a_file_of_such_numbers_is_refused(tmp_path: Path, wrong: float) -> None:
    for made in (voice() * np.float32(wrong), np.where(np.arange(2 * RATE_HZ) % 9, voice(), wrong)):
        with pytest.raises(BroadcastError, match="no sound") as caught:
            decode(floating(tmp_path, made.astype("f4")))
        assert caught.value.hint


def test_random_bytes_are_no_floating_point(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_bytes(wav(1, 16_000, kind=3, bits=32))
    with pytest.raises(BroadcastError, match="no sound"):
        decode(tmp_path / "a.wav")


BEGINNINGS = {
    "nothing": b"",
    "mp3": b"\xff\xfb\x90\x64",
    "id3": b"ID3\4\0\0\0\0\0\x10",
    "aac": b"\xff\xf1\x50\x80",
    "ac3": b"\x0b\x77",
    "amr": b"#!AMR\n",
    "amr-wb": b"#!AMR-WB\n",
    "wav": b"RIFF",
    "ogg": b"OggS\0\2",
    "flac": b"fLaC\0\0\0\x22",
    "mp4": b"\0\0\0\x18ftypM4A ",
    "webm": b"\x1aE\xdf\xa3",
    "wma": b"\x30\x26\xb2\x75\x8e\x66\xcf\x11",
}


@pytest.mark.parametrize("kind", BEGINNINGS)
@pytest.mark.parametrize("size", [700, 20_000, 300_000])
def test_random_bytes_are_never_called_silence(tmp_path: Path, kind: str, size: int) -> None:
    noise = np.random.default_rng(size).bytes(size)
    (tmp_path / "a.mp3").write_bytes(BEGINNINGS[kind] + noise)
    with pytest.raises(BroadcastError, match=r"not an audio file|index is missing"):
        decode(tmp_path / "a.mp3")


MEASURED = textwrap.dedent("""
    import json, sys, time
    from pathlib import Path
    import av
    from broadcast.errors import BroadcastError
    from broadcast.recordings.hear import heard_in
    av.logging.set_level(av.logging.PANIC)
    for file in map(Path, sys.argv[1:]):
        begin, said, length_ms = time.process_time(), "", 0
        try:
            length_ms = heard_in(file).duration_ms
        except BroadcastError as error:
            said = str(error.message)
        seconds = time.process_time() - begin
        status = Path("/proc/self/status").read_text().split()
        peak = int(status[status.index("VmHWM:") + 1]) // 1024
        print(json.dumps([file.name, said, length_ms, seconds, peak]))
""")
pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="reads the peak of memory from /proc"
)


def measured(files: list[Path]) -> list[tuple[str, str, int, float, int]]:
    """Listen to files in a process of its own: name, refusal, length, seconds, peak in MB."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, *files], capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return [tuple(json.loads(line)) for line in done.stdout.splitlines()]


def test_hours_of_nothing_take_little_memory_and_end(tmp_path: Path) -> None:
    """Ten hours of FLAC are a few hundred kilobytes."""
    file = tmp_path / "a.flac"
    with soundfile.SoundFile(file, "w", 8_000, 1, "PCM_16") as sound:
        for _ in range(600):
            sound.write(np.zeros(8_000 * 60, np.int16))
    assert file.stat().st_size < 2_000_000
    ((_, said, _, _, peak_mb),) = measured([file])
    assert said == "It is longer than 4 hours."
    assert peak_mb < 300


def test_a_rate_of_nothing_takes_no_memory(tmp_path: Path) -> None:
    for channels in (1, 2, 1_000):
        (tmp_path / f"{channels}.wav").write_bytes(wav(channels, 1))
    for _, said, _, seconds, peak_mb in measured(sorted(tmp_path.glob("*.wav"))):
        assert said
        assert seconds < 2
        assert peak_mb < 150


def test_a_header_of_nothing_but_chunks_takes_no_time(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_bytes(b"RIFF\xff\xff\xff\x7fWAVE" + bytes(30_000_000))
    ((_, said, _, seconds, _),) = measured([tmp_path / "a.wav"])
    assert said == "This is not an audio file that can be read."
    assert seconds < 3


def encoded(folder: Path) -> dict[str, bytes]:
    """Two seconds in every kind of file that is read."""
    for name, kind, subtype in (
        ("a.wav", "WAV", "PCM_16"),
        ("float.wav", "WAV", "FLOAT"),
        ("a.rf64", "RF64", "PCM_24"),
        ("a.w64", "W64", "PCM_16"),
        ("a.aiff", "AIFF", "PCM_16"),
        ("a.caf", "CAF", "PCM_16"),
        ("a.au", "AU", "PCM_16"),
        ("a.flac", "FLAC", "PCM_16"),
        ("a.ogg", "OGG", "VORBIS"),
        ("a.opus", "OGG", "OPUS"),
        ("a.mp3", "MP3", "MPEG_LAYER_III"),
    ):
        soundfile.write(folder / name, voice(), RATE_HZ, subtype, format=kind)
    for name, codec in (("a.m4a", "aac"), ("a.aac", "aac"), ("a.webm", "libopus")):
        with av.open(str(folder / name), "w") as container:
            stream = container.add_stream(codec, rate=RATE_HZ, layout="mono")
            frame = av.AudioFrame.from_ndarray(voice()[None], format="fltp", layout="mono")
            frame.sample_rate = RATE_HZ
            resampler = av.AudioResampler(stream.codec_context.format, "mono", RATE_HZ, 960)
            for piece in [*resampler.resample(frame), None]:
                container.mux(stream.encode(piece))
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


EXTREMES = (0, 1, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 0xFFFF, 0x100)


def harmed(data: bytes, chance: random.Random) -> bytes:
    """Change a file's head, or its index: bytes, numbers, what is missing and what is too much."""
    changed = bytearray(data)
    index = max(0, changed.find(b"moov"))
    for _ in range(chance.choice([1, 2, 5])):
        begin = index if chance.random() < 0.7 else 0
        at = begin + chance.randrange(min(len(changed) - begin, chance.choice([48, 600])))
        how = chance.random()
        if how < 0.4:
            changed[at] = chance.choice([0, 1, 127, 128, 255, chance.randrange(256)])
        elif how < 0.8:
            order = chance.choice(["big", "little"])
            changed[at : at + 4] = chance.choice(EXTREMES).to_bytes(4, order)
        elif how < 0.9:
            del changed[at : at + chance.randrange(1, 12)]
        else:
            changed[at:at] = chance.randbytes(chance.randrange(1, 12))
    return bytes(changed)


def test_a_harmed_head_is_sound_or_an_error_and_costs_no_more(tmp_path: Path) -> None:
    chance = random.Random(7)
    (tmp_path / "whole").mkdir()
    (tmp_path / "harmed").mkdir()
    for name, data in encoded(tmp_path / "whole").items():
        for n in range(16):
            (tmp_path / "harmed" / f"{n}-{name}").write_bytes(harmed(data, chance))
    files = sorted((tmp_path / "harmed").iterdir())
    told = measured(files)
    assert [name for name, *_ in told] == [file.name for file in files]
    for name, said, length_ms, seconds, peak_mb in told:
        assert said or 0 <= length_ms <= 60_000, name
        assert seconds < 8, name
        assert peak_mb < 300, name


def test_harmed_sound_is_finite(tmp_path: Path) -> None:
    chance, sounding = random.Random(11), 0
    (tmp_path / "whole").mkdir()
    for name, data in encoded(tmp_path / "whole").items():
        for _ in range(4):
            (tmp_path / name).write_bytes(harmed(data, chance))
            try:
                samples = decode(tmp_path / name).samples
            except BroadcastError:
                continue
            sounding += 1
            assert np.isfinite(samples).all()
            assert np.abs(samples).max(initial=0) <= 2**16
    assert sounding > 10
