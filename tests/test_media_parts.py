"""A file that changes within, or holds several, is read to its end, at one rate."""

from __future__ import annotations

import io
import re
import struct
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
import soundfile

from broadcast.errors import BroadcastError
from broadcast.media.decode import decode

Samples = np.ndarray[Any, np.dtype[np.float32]]
PITCHES_HZ = (300, 450, 700)


def tone(hz: float, rate_hz: int, seconds: float = 2.0, channels: int = 1) -> Samples:
    at = np.arange(int(seconds * rate_hz)) / rate_hz
    one = (0.3 * np.sin(2 * np.pi * hz * at)).astype("f4")
    return np.stack([one] * channels, axis=1)


def by_libsndfile(kind: str, subtype: str, hz: float, rate_hz: int, channels: int = 1) -> bytes:
    stream = io.BytesIO()
    soundfile.write(stream, tone(hz, rate_hz, channels=channels), rate_hz, subtype, format=kind)
    return stream.getvalue()


def by_av(kind: str, codec: str, hz: float, rate_hz: int, channels: int = 1) -> bytes:
    stream, layout = io.BytesIO(), "mono" if channels == 1 else "stereo"
    with av.open(stream, "w", format=kind) as container:
        coder = container.add_stream(codec, rate=rate_hz, layout=layout)
        planes = np.ascontiguousarray(tone(hz, rate_hz, channels=channels).T)
        frame = av.AudioFrame.from_ndarray(planes, format="fltp", layout=layout)
        frame.sample_rate, frame.time_base, frame.pts = rate_hz, Fraction(1, rate_hz), 0
        size = coder.codec_context.frame_size or 1_024
        resampler = av.AudioResampler(coder.codec_context.format, layout, rate_hz, size)
        for piece in [*resampler.resample(frame), *resampler.resample(None), None]:
            container.mux(coder.encode(piece))
    return stream.getvalue()


def pitch_hz(samples: Samples, rate_hz: int) -> float:
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(spectrum.argmax() * rate_hz / len(samples))


def assert_each_is_heard(file: Path, rate_hz: int, channels: int = 1) -> None:
    """Every part in its two seconds, as loud as it was, at one rate and in as many channels."""
    audio = decode(file)
    assert (audio.rate_hz, audio.samples.shape[1]) == (rate_hz, channels)
    assert audio.duration_ms == pytest.approx(2_000 * len(PITCHES_HZ), abs=300)
    for n, hz in enumerate(PITCHES_HZ):
        middle = audio.samples[int((2 * n + 0.7) * rate_hz) : int((2 * n + 1.3) * rate_hz)]
        for channel in middle.T:
            assert pitch_hz(channel, rate_hz) == pytest.approx(hz, abs=3)
            assert np.sqrt(2 * np.mean(channel**2)) == pytest.approx(0.3, rel=0.1)


SAME, RATES, CHANNELS = [(48_000, 1)] * 3, [(48_000, 1), (24_000, 1), (48_000, 1)], [1, 2, 1]
OF_MANY_RATES = [(44_100, 1), (48_000, 2), (22_050, 1)]


@pytest.mark.parametrize("kinds", [SAME, RATES, [(48_000, n) for n in CHANNELS], OF_MANY_RATES])
@pytest.mark.parametrize("name", ["a.mp3", "a.aac", "vorbis.ogg", "a.flac", "flac.ogg", "a.wav"])
def test_what_was_put_together_is_heard_to_its_end(
    tmp_path: Path, name: str, kinds: list[tuple[int, int]]
) -> None:
    parts = []
    for hz, (rate_hz, channels) in zip(PITCHES_HZ, kinds, strict=True):
        parts.append(
            {
                "a.mp3": lambda *of: by_av("mp3", "libmp3lame", *of),
                "a.aac": lambda *of: by_av("adts", "aac", *of),
                "vorbis.ogg": lambda *of: by_libsndfile("OGG", "VORBIS", *of),
                "a.flac": lambda *of: by_libsndfile("FLAC", "PCM_16", *of),
                "flac.ogg": lambda *of: by_av("ogg", "flac", *of),
                "a.wav": lambda *of: by_libsndfile("WAV", "PCM_16", *of),
            }[name](hz, rate_hz, channels)
        )
    (tmp_path / name).write_bytes(b"".join(parts))
    assert_each_is_heard(tmp_path / name, *kinds[0])


@pytest.mark.parametrize("codecs", [["OPUS"] * 3, ["OPUS", "VORBIS", "OPUS"]])
def test_every_link_of_a_chain_is_heard(tmp_path: Path, codecs: list[str]) -> None:
    links = [
        by_libsndfile("OGG", codec, hz, 48_000)
        for codec, hz in zip(codecs, PITCHES_HZ, strict=True)
    ]
    (tmp_path / "a.opus").write_bytes(b"".join(links))
    assert_each_is_heard(tmp_path / "a.opus", 48_000)
    assert decode(tmp_path / "a.opus").damage == ()


def test_a_stretch_over_a_join_is_what_the_whole_has_there(tmp_path: Path) -> None:
    first = by_libsndfile("OGG", "VORBIS", 300, 44_100)
    (tmp_path / "a.ogg").write_bytes(first + by_libsndfile("OGG", "VORBIS", 450, 22_050, 2))
    whole = decode(tmp_path / "a.ogg").samples
    stretch = decode(tmp_path / "a.ogg", start_ms=1_500, end_ms=2_500).samples
    assert np.array_equal(stretch, whole[66_150:110_250])


def test_a_part_that_cannot_be_read_is_said_and_the_others_are_heard(tmp_path: Path) -> None:
    first = by_libsndfile("OGG", "VORBIS", 300, 48_000)
    other = by_libsndfile("OGG", "VORBIS", 450, 48_000)
    lost = re.sub(rb"vorbis", b"broken", first)
    (tmp_path / "a.ogg").write_bytes(lost + other)
    audio = decode(tmp_path / "a.ogg")
    assert audio.duration_ms == pytest.approx(2_000, abs=20)
    assert "part 1 of 2 cannot be read" in " ".join(map(str, audio.damage))
    (tmp_path / "a.ogg").write_bytes(lost + lost)
    with pytest.raises(BroadcastError, match="not an audio file"):
        decode(tmp_path / "a.ogg")


def test_a_microphone_that_is_not_connected_is_not_what_is_heard(tmp_path: Path) -> None:
    with av.open(str(tmp_path / "a.mov"), "w") as container:
        streams = [container.add_stream("pcm_s16le", rate=48_000, layout="mono") for _ in range(2)]
        for stream, hz in zip(streams, (0, 450), strict=True):
            samples = np.rint(tone(hz, 48_000) * 32_767).astype("i2").T
            frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples), "s16", "mono")
            frame.sample_rate, frame.time_base, frame.pts = 48_000, Fraction(1, 48_000), 0
            container.mux([*stream.encode(frame), *stream.encode(None)])
    audio = decode(tmp_path / "a.mov")
    assert pitch_hz(audio.samples[:48_000, 0], 48_000) == pytest.approx(450, abs=2)


SPEECH, NOISE_OF_ROOM, NOTHING = 0, 8, 15
SIZES = {SPEECH: 13, NOISE_OF_ROOM: 6, NOTHING: 1}


def amr(kinds: list[int]) -> bytes:
    """Write packets of 20 ms: heads as RFC 4867 has them, and any bits behind."""
    rng = np.random.default_rng(1)
    return b"#!AMR\n" + b"".join(
        bytes([kind << 3 | 4]) + rng.bytes(SIZES[kind] - 1) for kind in kinds
    )


PAUSES = [SPEECH] * 50 + ([NOISE_OF_ROOM] + [NOTHING] * 7) * 10 + [SPEECH] * 50 + [NOTHING] * 10


def test_the_pauses_of_amr_are_as_long_as_they_were(tmp_path: Path) -> None:
    (tmp_path / "a.amr").write_bytes(amr([*PAUSES, SPEECH]))
    audio = decode(tmp_path / "a.amr")
    assert audio.duration_ms == 20 * (len(PAUSES) + 1)
    assert audio.damage == ()
    stretch = decode(tmp_path / "a.amr", start_ms=1_500, end_ms=3_000).samples
    assert np.array_equal(stretch, audio.samples[12_000:24_000])


def test_the_pauses_of_amr_last_in_a_phones_container_too(tmp_path: Path) -> None:
    source = io.BytesIO(amr([*PAUSES, SPEECH]))
    with av.open(source) as read, av.open(str(tmp_path / "a.3gp"), "w") as written:
        stream = written.add_stream_from_template(read.streams.audio[0])
        for packet in read.demux(audio=0):
            if packet.size:
                packet.stream = stream
                written.mux(packet)
    audio = decode(tmp_path / "a.3gp")
    assert audio.duration_ms == 20 * (len(PAUSES) + 1)
    assert audio.damage == ()


def test_amr_that_was_put_together_is_heard_to_its_end(tmp_path: Path) -> None:
    (tmp_path / "a.amr").write_bytes(amr([SPEECH] * 60) * 3)
    audio = decode(tmp_path / "a.amr")
    assert audio.duration_ms == 3 * 60 * 20
    assert audio.damage == ()


def test_noise_behind_the_head_of_amr_is_no_speech(tmp_path: Path) -> None:
    (tmp_path / "a.amr").write_bytes(b"#!AMR\n" + np.random.default_rng(2).bytes(60_000))
    with pytest.raises(BroadcastError, match="not an audio file"):
        decode(tmp_path / "a.amr")


def test_a_tag_between_two_mp3_is_no_damage(tmp_path: Path) -> None:
    part = by_av("mp3", "libmp3lame", 300, 44_100)
    assert part.startswith(b"ID3")
    (tmp_path / "a.mp3").write_bytes(part + part)
    audio = decode(tmp_path / "a.mp3")
    assert audio.duration_ms == pytest.approx(4_000, abs=150)
    assert "damaged" not in " ".join(map(str, audio.damage))


def test_a_picture_in_a_tag_is_no_sound(tmp_path: Path) -> None:
    picture = b"\x89PNG\r\n\x1a\n" + np.random.default_rng(3).bytes(300_000)
    content = b"\0image/png\0\3\0" + picture
    size = len(content) + 10
    lengths = bytes(size >> shift & 127 for shift in (21, 14, 7, 0))
    frame = struct.pack(">4sIH", b"APIC", len(content), 0)
    part = by_av("mp3", "libmp3lame", 300, 44_100)
    (tmp_path / "a.mp3").write_bytes(b"ID3\3\0\0" + lengths + frame + content + part)
    audio = decode(tmp_path / "a.mp3")
    assert audio.duration_ms == pytest.approx(2_000, abs=80)
    assert pitch_hz(audio.samples[22_050:66_150, 0], 44_100) == pytest.approx(300, abs=2)
