"""A stretch of a recording is what the whole has there, and is reached without decoding all."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cache, partial
from pathlib import Path
from typing import Any

import av
import lameenc
import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcast.errors import BroadcastError
from broadcast.media import libsndfile
from broadcast.media.decode import decode
from broadcast.media.libsndfile import InOrder
from broadcast.media.samples import Audio

Samples = np.ndarray[Any, np.dtype[np.float32]]
SECONDS = 20


def sound(rate_hz: int, seconds: float = SECONDS) -> Samples:
    """Something like speech: voiced and unvoiced by turns, with pauses, never twice alike."""
    at = np.arange(int(seconds * rate_hz)) / rate_hz
    rng = np.random.default_rng(rate_hz)
    loudness = np.clip(np.sin(2 * np.pi * 1.7 * at) + 0.6, 0, 1) * (
        np.sin(2 * np.pi * 0.3 * at) + 1
    )
    voiced = np.sin(2 * np.pi * (150 * at + 20 * np.sin(2 * np.pi * 0.5 * at)))
    made = loudness * (0.2 * voiced + rng.normal(0, 0.03, len(at))) + rng.normal(0, 3e-4, len(at))
    return made.astype("f4")


def by_av(
    file: Path,
    codec: str,
    rate_hz: int = 48_000,
    *,
    layout: str = "mono",
    frame: int = 1_024,
    at: int = 0,
    seconds: float = SECONDS,
    options: dict[str, str] | None = None,
    muxing: dict[str, str] | None = None,
) -> None:
    """Encode with FFmpeg; ``at`` is where the first sample lies in the file's time."""
    with av.open(str(file), "w", options=muxing or {}) as container:
        container.metadata["title"] = "Biển"
        stream = container.add_stream(codec, rate=rate_hz, layout=layout, options=options or {})
        planes = [sound(rate_hz, seconds) * 0.7**n for n in range(1 + (layout == "stereo"))]
        whole = av.AudioFrame.from_ndarray(np.stack(planes), format="fltp", layout=layout)
        whole.sample_rate, whole.time_base, whole.pts = rate_hz, Fraction(1, rate_hz), at
        resampler = av.AudioResampler(
            format=stream.codec_context.format, layout=layout, rate=rate_hz, frame_size=frame
        )
        for piece in [*resampler.resample(whole), None]:
            container.mux(stream.encode(piece))


def by_libsndfile(file: Path, kind: str, subtype: str, rate_hz: int = 48_000) -> None:
    with soundfile.SoundFile(file, "w", rate_hz, 1, subtype, format=kind) as written:
        for block in np.array_split(sound(rate_hz), SECONDS):
            written.write(block)


def by_lame(file: Path, kbps: int, rate_hz: int, seconds: float = SECONDS) -> None:
    encoder = lameenc.Encoder()
    encoder.set_bit_rate(kbps)
    encoder.set_in_sample_rate(rate_hz)
    encoder.set_out_sample_rate(rate_hz)
    encoder.set_channels(1)
    encoder.silence()
    pcm = np.rint(sound(rate_hz, seconds) * 32_767).astype("<i2").tobytes()
    file.write_bytes(bytes(encoder.encode(pcm) + encoder.flush()))


def mp3(rate_hz: int, layout: str = "mono", **options: str) -> Callable[[Path], None]:
    muxing = {name: options.pop(name) for name in [*options] if name.startswith(("write", "id3v2"))}
    return partial(
        by_av, codec="libmp3lame", rate_hz=rate_hz, layout=layout, options=options, muxing=muxing
    )


VARIABLE = {"b": "0", "global_quality": "473", "flags": "+qscale"}
BARE = {"write_xing": "0", "id3v2_version": "0"}
OF_SPEECH = {"b": "12000", "frame_duration": "60", "application": "voip"}
AAC = partial(by_av, codec="aac")
AMR = partial(by_av, codec="libopencore_amrnb", rate_hz=8_000, frame=160, options={"b": "12200"})
KINDS: dict[str, Callable[[Path], None]] = {
    "constant.mp3": mp3(44_100, b="128000"),
    "variable.mp3": mp3(44_100, **VARIABLE),
    "variable-stereo.mp3": mp3(48_000, "stereo", **VARIABLE),
    "bare.mp3": mp3(44_100, b="128000", **BARE),
    "lame.mp3": partial(by_lame, kbps=64, rate_hz=48_000),
    "half-rate.mp3": mp3(22_050, b="32000"),
    "half-rate-bare.mp3": mp3(22_050, b="32000", **BARE),
    "least.mp3": mp3(24_000, b="8000"),
    "quarter-rate.mp3": mp3(8_000, b="16000"),
    "tags-at-both-ends.mp3": mp3(44_100, b="96000", write_id3v1="1"),
    "aac.m4a": AAC,
    "aac-with-noise.m4a": partial(AAC, options={"b": "32000"}),
    "aac-44.m4a": partial(AAC, rate_hz=44_100, layout="stereo"),
    "aac-16.m4a": partial(AAC, rate_hz=16_000),
    "aac-without-edit-list.mp4": partial(AAC, at=1_024),
    "aac-begins-within-a-packet.mp4": partial(AAC, at=-2_000),
    "aac-index-first.m4a": partial(AAC, muxing={"movflags": "+faststart"}),
    "aac-in-fragments.mp4": partial(AAC, muxing={"movflags": "frag_keyframe+empty_moov"}),
    "aac.3gp": AAC,
    "aac.mka": AAC,
    "aac.aac": AAC,
    "alac.m4a": partial(by_av, codec="alac", frame=4_096),
    "vorbis.ogg": partial(by_libsndfile, kind="OGG", subtype="VORBIS"),
    "opus.opus": partial(by_av, codec="libopus", frame=960),
    "opus-begins-late.opus": partial(by_av, codec="libopus", frame=960, at=312),
    "opus-of-speech.ogg": partial(by_av, codec="libopus", frame=2_880, options=OF_SPEECH),
    "opus.webm": partial(by_av, codec="libopus", frame=960),
    "flac.flac": partial(by_libsndfile, kind="FLAC", subtype="PCM_16"),
    "pcm.wav": partial(by_libsndfile, kind="WAV", subtype="PCM_24"),
    "adpcm.wav": partial(by_libsndfile, kind="WAV", subtype="MS_ADPCM"),
    "gsm.wav": partial(by_libsndfile, kind="WAV", subtype="GSM610", rate_hz=8_000),
    "wma.wma": partial(by_av, codec="wmav2", rate_hz=44_100, frame=2_048, options={"b": "64000"}),
    "amr.amr": AMR,
    "amr.3gp": AMR,
}
if AMR.keywords["codec"] not in av.codecs_available:
    del KINDS["amr.amr"], KINDS["amr.3gp"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    folder = tmp_path_factory.mktemp("kinds")

    def file_of(kind: str) -> Path:
        file = folder / kind
        if not file.exists():
            KINDS[kind](file)
        return file

    return file_of


known = cache(decode)


def in_whole(whole: Audio, start_ms: float, end_ms: float | None) -> Samples:
    start, end = (
        None if ms is None else round(Fraction(ms) * whole.rate_hz / 1000)
        for ms in (start_ms, end_ms)
    )
    return whole.samples[start:end]


def assert_are_alike(stretch: Samples, there: Samples, file: Path) -> None:
    """To the last bit; only Opus in Ogg may differ, by less than -120 dBFS."""
    most = 1e-6 if file.suffix in (".opus", ".ogg") else 0.0
    assert stretch.shape == there.shape
    assert np.abs(stretch - there).max(initial=0.0) <= most


def stretches(whole: Audio) -> Iterator[tuple[float, float | None]]:
    length_ms = whole.duration_ms
    yield from [(0, 2_000), (0, None), (length_ms / 2, length_ms / 2 + 1_000)]
    yield from [(length_ms - 5_000, length_ms), (length_ms - 5_000, None), (length_ms - 7, None)]
    rng = np.random.default_rng(len(whole.samples))
    for start_ms in rng.uniform(0, length_ms, 8):
        yield float(start_ms), float(start_ms + rng.uniform(1, 2_000))


def assert_stretches_are_of_the_whole(file: Path) -> Audio:
    whole = decode(file)
    for start_ms, end_ms in stretches(whole):
        stretch = decode(file, start_ms=start_ms, end_ms=end_ms)
        assert stretch.rate_hz == whole.rate_hz
        assert_are_alike(stretch.samples, in_whole(whole, start_ms, end_ms), file)
    with pytest.raises(BroadcastError, match="ends before the stretch"):
        decode(file, start_ms=whole.duration_ms + 100)
    return whole


@pytest.mark.parametrize("kind", KINDS)
def test_a_stretch_is_what_the_whole_has_there_sample_by_sample(
    made: Callable[[str], Path], kind: str, capfd: pytest.CaptureFixture[str]
) -> None:
    file = made(kind)
    capfd.readouterr()
    whole = assert_stretches_are_of_the_whole(file)
    assert capfd.readouterr() == ("", "")
    assert whole.duration_ms == pytest.approx(SECONDS * 1000, abs=150)
    assert whole.damage == ()
    assert decode(file, start_ms=15_000).damage == ()


@pytest.mark.parametrize("kind", ["variable.mp3", "half-rate-bare.mp3", "aac.m4a", "opus.opus"])
@settings(max_examples=25, deadline=None)
@given(st.floats(0, SECONDS * 1000 - 100), st.floats(1, 1_500))
def test_wherever_it_begins(
    made: Callable[[str], Path], kind: str, start_ms: float, length_ms: float
) -> None:
    file = made(kind)
    whole = known(file)
    stretch = decode(file, start_ms=start_ms, end_ms=start_ms + length_ms).samples
    assert_are_alike(stretch, in_whole(whole, start_ms, start_ms + length_ms), file)


def as_ffmpeg_reads_it(file: Path) -> Samples:
    with av.open(str(file)) as container:
        samples = np.concatenate([frame.to_ndarray() for frame in container.decode(audio=0)], 1).T
    full_scale = 1 if samples.dtype == np.float32 else -float(np.iinfo(samples.dtype).min)
    return (samples / full_scale).astype("f4")


@pytest.mark.parametrize("kind", ["variable-stereo.mp3", "half-rate.mp3", "bare.mp3"])
def test_a_stretch_of_mp3_is_what_ffmpeg_has_there(made: Callable[[str], Path], kind: str) -> None:
    whole = as_ffmpeg_reads_it(made(kind))
    stretch = decode(made(kind), start_ms=12_000, end_ms=14_000)
    there = slice(12 * stretch.rate_hz, 14 * stretch.rate_hz)
    assert np.abs(stretch.samples - whole[there]).max() < 1e-4


@pytest.mark.parametrize(
    ("name", "codec", "options"),
    [("a.m4a", "aac", {"aac_pns": "0"}), ("a.mka", "aac", {"aac_pns": "0"}), ("a.m4a", "alac", {})],
)
def test_decoding_in_runs_changes_no_sample(
    tmp_path: Path, name: str, codec: str, options: dict[str, str]
) -> None:
    by_av(tmp_path / name, codec, options=options, frame=4_096 if codec == "alac" else 1_024)
    assert np.array_equal(decode(tmp_path / name).samples, as_ffmpeg_reads_it(tmp_path / name))


def test_noise_that_aac_only_describes_is_as_loud_in_every_run(
    made: Callable[[str], Path],
) -> None:
    """It is made anew in each, so its samples differ from those of one decoder for all."""
    file = made("aac-with-noise.m4a")
    heard, expected = decode(file).samples, as_ffmpeg_reads_it(file)
    assert heard.shape == expected.shape
    assert not np.array_equal(heard, expected)
    seconds = len(heard) // 48_000
    levels = [
        np.sqrt((samples[: seconds * 48_000].reshape(seconds, -1) ** 2).mean(axis=1))
        for samples in (heard, expected)
    ]
    assert levels[0] == pytest.approx(levels[1], rel=0.02)


NOISE = np.random.default_rng(5).bytes(6_000)


def without_middle(data: bytes) -> bytes:
    return data[: len(data) // 2] + data[len(data) // 2 + 3_000 :]


def noise_within(data: bytes) -> bytes:
    return data[: len(data) // 2] + NOISE + data[len(data) // 2 + len(NOISE) :]


def noise_between(data: bytes) -> bytes:
    return data[: len(data) // 2] + NOISE + data[len(data) // 2 :]


def cut(data: bytes) -> bytes:
    return data[: len(data) * 2 // 3]


def three_times_as_long(data: bytes) -> bytes:
    """Let an MP4 and its track say that it is longer (ISO/IEC 14496-12, 8.2 f.)."""
    lying = bytearray(data)
    for box, at in ((b"mvhd", 20), (b"mdhd", 20), (b"tkhd", 24)):
        place = data.index(box) + at
        (length,) = struct.unpack_from(">I", data, place)
        struct.pack_into(">I", lying, place, length * 3)
    return bytes(lying)


def wrong_count(data: bytes) -> bytes:
    at = data.index(b"Info") + 8
    return data[:at] + (5_000).to_bytes(4) + data[at + 4 :]


def with_box(data: bytes, name: bytes, content: bytes, inside: list[bytes]) -> bytes:
    """Replace a box of an MP4 whose index comes last, and set the sizes of those around it."""
    at = data.index(name) - 4
    (size,) = struct.unpack_from(">I", data, at)
    box = struct.pack(">I", 8 + len(content)) + name + content
    changed = bytearray(data[:at] + box + data[at + size :])
    for outer in inside:
        place = changed.index(outer) - 4
        (size_before,) = struct.unpack_from(">I", changed, place)
        struct.pack_into(">I", changed, place, size_before + len(box) - size)
    return bytes(changed)


def second_part_cut_out(data: bytes) -> bytes:
    """Play the first 8 s, and from 8.2 s on (ISO/IEC 14496-12, 8.6.6)."""
    parts = [(8_000, 1_024), (11_000, 1_024 + 8_200 * 48)]
    units = [struct.pack(">IiI", length * 48, begin, 0x10000) for length, begin in parts]
    return with_box(
        data, b"elst", struct.pack(">II", 0, 2) + b"".join(units), [b"edts", b"trak", b"moov"]
    )


def times_of_a_phone(data: bytes) -> bytes:
    """Let packets seem to be a sample longer or shorter, and a pause in the middle (8.6.1.2)."""
    (packets,) = struct.unpack_from(">I", data, data.index(b"stsz") + 12)
    lengths = 1_024 + np.random.default_rng(1).integers(-1, 2, packets)
    lengths[packets // 2] = 96_000
    units = [struct.pack(">II", 1, int(length)) for length in lengths]
    content = struct.pack(">II", 0, packets) + b"".join(units)
    return with_box(data, b"stts", content, [b"stbl", b"minf", b"mdia", b"trak", b"moov"])


def packets_without_sound(data: bytes) -> bytes:
    """Overwrite some packets of AAC with nothing but the mark of their end."""
    changed = bytearray(data)
    with av.open(io.BytesIO(data)) as container:
        packets = [(p.pos, p.size) for p in container.demux(audio=0) if p.size]
    for number in (100, 255, 256, 300, 511, 600, 601):
        at, size = packets[number]
        changed[at : at + size] = b"\xe0".ljust(size, b"\0")
    return bytes(changed)


def pages(data: bytes) -> list[bytes]:
    return [b"OggS" + page for page in data.split(b"OggS")[1:]]


def without_a_page(data: bytes) -> bytes:
    whole = pages(data)
    return b"".join(whole[: len(whole) // 2] + whole[len(whole) // 2 + 1 :])


def with_a_damaged_page(data: bytes) -> bytes:
    at = data.index(pages(data)[len(pages(data)) // 2]) + 600
    return data[:at] + bytes(50) + data[at + 50 :]


def with_a_later_half(data: bytes) -> bytes:
    """Let every page of the second half say that it is two seconds later."""
    whole = [bytearray(page) for page in pages(data)]
    for page in whole[len(whole) // 2 :]:
        (granule,) = struct.unpack_from("<q", page, 6)
        struct.pack_into(
            "<qIII", page, 6, granule + 96_000, *struct.unpack_from("<II", page, 14), 0
        )
        struct.pack_into("<I", page, 22, ogg_crc(page))
    return b"".join(whole)


def ogg_crc(page: bytes) -> int:
    """RFC 3533, section 6: polynomial 0x04c11db7, bit by bit."""
    crc = 0
    for byte in page:
        crc ^= byte << 24
        for _ in range(8):
            crc = (crc << 1 ^ (0x04C1_1DB7 if crc >> 31 else 0)) & 0xFFFF_FFFF
    return crc


@pytest.mark.parametrize(
    ("kind", "harm"),
    [
        *(
            (kind, harm)
            for kind in ("constant.mp3", "variable.mp3", "half-rate-bare.mp3", "aac.aac", "amr.amr")
            for harm in (cut, without_middle, noise_within, noise_between)
            if kind in KINDS
        ),
        ("constant.mp3", wrong_count),
        *(
            ("aac.m4a", harm)
            for harm in (
                noise_within,
                packets_without_sound,
                three_times_as_long,
                second_part_cut_out,
                times_of_a_phone,
            )
        ),
        ("aac-index-first.m4a", cut),
        ("aac-in-fragments.mp4", cut),
        ("alac.m4a", noise_within),
        *(
            (kind, harm)
            for kind in ("vorbis.ogg", "opus.opus")
            for harm in (cut, without_a_page, with_a_damaged_page, with_a_later_half)
        ),
    ],
)
def test_a_stretch_of_a_damaged_file_is_what_is_left_of_it_there(
    made: Callable[[str], Path], tmp_path: Path, kind: str, harm: Callable[[bytes], bytes]
) -> None:
    file = tmp_path / kind
    file.write_bytes(harm(made(kind).read_bytes()))
    assert file.read_bytes() != made(kind).read_bytes()
    assert_stretches_are_of_the_whole(file)


@pytest.mark.parametrize("harm", [noise_within, packets_without_sound])
def test_what_comes_after_damage_in_an_m4a_is_where_it_was(
    made: Callable[[str], Path], tmp_path: Path, harm: Callable[[bytes], bytes]
) -> None:
    file = tmp_path / "a.m4a"
    file.write_bytes(harm(made("aac.m4a").read_bytes()))
    harmed, whole = decode(file), decode(made("aac.m4a"))
    assert "damaged pieces" in str(harmed.damage[0])
    assert harmed.samples.shape == whole.samples.shape
    assert np.array_equal(harmed.samples[-48_000:], whole.samples[-48_000:])
    assert decode(file, start_ms=18_000).damage == ()
    assert "damaged pieces" in str(decode(file, start_ms=5_000, end_ms=14_000).damage[0])


LONG_S = 150


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What decoders are given: bytes of files, and samples that are read from libsndfile."""
    done: list[int] = []

    class Noting(io.FileIO):
        def readinto(self, buffer: Any) -> int | None:
            read = super().readinto(buffer)
            done.append(read or 0)
            return read

    class NotingInOrder(InOrder):
        def read(self, *args: Any, **kwargs: Any) -> Any:
            samples = super().read(*args, **kwargs)
            done.append(len(samples))
            return samples

    opened = Path.open

    def noted(file: Path, mode: str) -> Any:
        return io.BufferedReader(Noting(file)) if mode == "rb" else opened(file, mode)

    monkeypatch.setattr(Path, "open", noted)
    monkeypatch.setattr(libsndfile, "InOrder", NotingInOrder)
    return done


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.mp3", partial(by_lame, kbps=96, rate_hz=48_000, seconds=LONG_S)),
        ("a.m4a", partial(AAC, seconds=LONG_S)),
        ("a.mp4", partial(AAC, seconds=LONG_S, muxing={"movflags": "+faststart"})),
        ("a.opus", partial(by_av, codec="libopus", frame=960, seconds=LONG_S)),
    ],
)
def test_the_last_five_seconds_are_not_much_more_work_than_the_first(
    tmp_path: Path, work: list[int], name: str, make: Callable[[Path], None]
) -> None:
    make(tmp_path / name)
    effort = []
    for start_ms in (0, LONG_S * 1000 - 5_000):
        work.clear()
        decode(tmp_path / name, start_ms=start_ms, end_ms=start_ms + 5_000)
        effort.append(sum(work))
    assert 0 < effort[1] <= 3 * effort[0]
