"""Any audio file is read for what is in it, and a file in disguise opens nothing else."""

from __future__ import annotations

import io
import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
import soundfile

from broadcast.errors import BroadcastError
from broadcast.media.decode import decode
from broadcast.media.mono import mono_48k
from broadcast.media.samples import Audio
from broadcast.media.write import write

RATE_HZ = 48_000
Samples = np.ndarray[Any, np.dtype[np.float32]]


def tone(seconds: float = 2, hz: float = 440, rate_hz: int = RATE_HZ) -> Samples:
    return (0.3 * np.sin(2 * np.pi * hz * np.arange(int(seconds * rate_hz)) / rate_hz)).astype("f4")


def by_av(file: Path, codec: str, samples: Samples) -> Path:
    """Write with FFmpeg's encoders what libsndfile cannot."""
    with av.open(str(file), "w") as container:
        stream = container.add_stream(codec, rate=RATE_HZ, layout="mono")
        frame = av.AudioFrame.from_ndarray(samples[None, :], format="fltp", layout="mono")
        frame.sample_rate = RATE_HZ
        resampler = av.AudioResampler(
            format=stream.codec_context.format, layout="mono", rate=RATE_HZ, frame_size=960
        )
        for piece in resampler.resample(frame):
            container.mux(stream.encode(piece))
        container.mux(stream.encode(None))
    return file


@pytest.mark.parametrize(
    ("name", "codec"),
    [("a.m4a", "aac"), ("a.opus", "libopus"), ("a.webm", "libopus"), ("a.mka", "pcm_s16le")],
)
def test_what_phones_and_programs_write_is_read(tmp_path: Path, name: str, codec: str) -> None:
    audio = decode(by_av(tmp_path / name, codec, tone()))
    assert audio.rate_hz == RATE_HZ
    assert audio.duration_ms == pytest.approx(2_000, abs=40)
    spectrum = np.abs(np.fft.rfft(mono_48k(audio)[:RATE_HZ]))
    assert int(spectrum.argmax()) == 440


@pytest.mark.parametrize("subtype", ["PCM_U8", "PCM_16", "PCM_24", "PCM_32", "FLOAT", "DOUBLE"])
@pytest.mark.parametrize("rate_hz", [8_000, 22_050, 44_100, 96_000])
def test_any_depth_and_rate_becomes_48_khz(tmp_path: Path, subtype: str, rate_hz: int) -> None:
    soundfile.write(tmp_path / "a.wav", tone(rate_hz=rate_hz), rate_hz, subtype=subtype)
    samples = mono_48k(decode(tmp_path / "a.wav"))
    assert len(samples) == pytest.approx(2 * RATE_HZ, abs=8)
    assert np.abs(samples[4_800:-4_800] - tone()[4_800 : len(samples) - 4_800]).max() < 0.02


@pytest.mark.parametrize("ending", ["wav", "flac", "mp3"])
def test_a_stretch_is_what_the_whole_has_there(tmp_path: Path, ending: str) -> None:
    rng = np.random.default_rng(1)
    noise = rng.normal(0, 0.1, (3 * RATE_HZ, 1)).astype(np.float32)
    write(tmp_path / f"a.{ending}", Audio(noise, RATE_HZ))
    whole = decode(tmp_path / f"a.{ending}").samples
    part = decode(tmp_path / f"a.{ending}", start_ms=1_234, end_ms=2_345).samples
    assert len(whole) == 3 * RATE_HZ
    assert np.abs(part - whole[round(1.234 * RATE_HZ) : round(2.345 * RATE_HZ)]).max() < 1e-6


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine that notes what it is asked for."""
    requests: list[str] = []

    class Noting(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            requests.append(self.path)
            self.send_error(404)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Noting) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/", requests
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("name", ["a.mp3", "a.wav", "a.m4a", "a.m3u8", "a.txt"])
@pytest.mark.parametrize(
    "text",
    [
        "ffconcat version 1.0\nfile '{secret}'\n",
        "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nfile://{secret}\n#EXT-X-ENDLIST\n",
        "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n{address}a.ts\n#EXT-X-ENDLIST\n",
        "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nm=audio 5004 RTP/AVP 0\n",
        "{address}a.mp3\n",
    ],
)
def test_a_playlist_in_disguise_opens_nothing(
    tmp_path: Path, asked: tuple[str, list[str]], name: str, text: str
) -> None:
    address, requests = asked
    secret = tmp_path / "secret.wav"
    soundfile.write(secret, tone(), RATE_HZ)
    os.utime(secret, (1e9, 1e9))
    (tmp_path / name).write_text(text.format(secret=secret, address=address))
    with pytest.raises(BroadcastError):
        decode(tmp_path / name)
    assert requests == []
    assert secret.stat().st_atime == 1e9  # where the system notes that a file was read


@pytest.mark.skipif(os.name == "nt", reason="these characters are not allowed in names there")
@pytest.mark.parametrize("name", ["concat:one.mp3|two.mp3", "http:", "file:one.mp3", "pipe:0"])
def test_a_name_that_looks_like_a_protocol_is_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for other in ("one.mp3", "two.mp3"):
        write(Path(other), Audio(tone(1)[:, None], RATE_HZ))
    write(Path("own.mp3"), Audio(tone(3)[:, None], RATE_HZ))
    Path("own.mp3").rename(name)
    assert decode(Path(name)).duration_ms == pytest.approx(3_000, abs=60)


def mp3(rate_hz: int, channels: int, options: dict[str, str], muxing: dict[str, str]) -> bytes:
    """Encode three seconds with FFmpeg's LAME."""
    stream = io.BytesIO()
    rng = np.random.default_rng(rate_hz)
    samples = tone(3, rate_hz=rate_hz) + rng.normal(0, 0.05, 3 * rate_hz).astype("f4")
    layout = "mono" if channels == 1 else "stereo"
    planes = np.stack([samples * 0.5**n for n in range(channels)])
    with av.open(stream, "w", format="mp3", options=muxing) as container:
        container.metadata["title"] = "Biển"
        coder = container.add_stream("libmp3lame", rate=rate_hz, layout=layout, options=options)
        coder.codec_context.format = "fltp"
        frame = av.AudioFrame.from_ndarray(planes, format="fltp", layout=layout)
        frame.sample_rate = rate_hz
        container.mux([*coder.encode(frame), *coder.encode(None)])
    return stream.getvalue()


def as_ffmpeg_reads_it(data: bytes) -> Samples:
    with av.open(io.BytesIO(data), format="mp3") as container:
        return np.concatenate([frame.to_ndarray().T for frame in container.decode(audio=0)])


CONSTANT, VARIABLE = {"b": "64000"}, {"b": "0", "global_quality": "473", "flags": "+qscale"}
UNTAGGED = {"write_xing": "0", "id3v2_version": "0"}


@pytest.mark.parametrize("rate_hz", [8_000, 11_025, 22_050, 24_000, 32_000, 44_100, 48_000])
@pytest.mark.parametrize("options", [CONSTANT, VARIABLE], ids=["constant", "variable"])
@pytest.mark.parametrize("muxing", [{}, UNTAGGED, {"write_id3v1": "1"}], ids=["", "bare", "id3v1"])
@pytest.mark.parametrize("channels", [1, 2])
def test_an_mp3_of_any_kind_is_read_whole_and_quietly(
    tmp_path: Path,
    rate_hz: int,
    options: dict[str, str],
    muxing: dict[str, str],
    channels: int,
    capfd: pytest.CaptureFixture[str],
) -> None:
    data = mp3(rate_hz, channels, options, muxing)
    expected = as_ffmpeg_reads_it(data)
    capfd.readouterr()
    (tmp_path / "a.mp3").write_bytes(data)
    audio = decode(tmp_path / "a.mp3")
    assert audio.rate_hz == rate_hz
    assert audio.damage == ()
    assert audio.samples.shape == expected.shape
    assert np.abs(audio.samples - expected).max() < 1e-4
    part = decode(tmp_path / "a.mp3", start_ms=1_000, end_ms=2_500).samples
    assert np.abs(part - expected[rate_hz : rate_hz * 5 // 2]).max() < 1e-4
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("muxing", [{}, UNTAGGED], ids=["tagged", "bare"])
@pytest.mark.parametrize("what", ["cut", "gap", "noise", "before", "after"])
def test_a_damaged_mp3_gives_what_is_left_of_it(
    tmp_path: Path, what: str, muxing: dict[str, str], capfd: pytest.CaptureFixture[str]
) -> None:
    data = mp3(44_100, 1, CONSTANT, muxing)
    middle, noise = len(data) // 2, bytes(range(1, 120)) * 10
    damaged = {
        "cut": data[: -len(data) // 3],
        "gap": data[:middle] + data[middle + 1_000 :],
        "noise": data[:middle] + noise + data[middle + len(noise) :],
        "before": noise + data,
        "after": data + noise,
    }[what]
    (tmp_path / "a.mp3").write_bytes(damaged)
    capfd.readouterr()
    audio = decode(tmp_path / "a.mp3")
    assert capfd.readouterr().err == ""
    least_s = 2.0 if what == "cut" else 2.85
    assert least_s - 0.1 <= len(audio.samples) / 44_100 <= 3.1


def test_a_header_that_lies_is_not_believed(tmp_path: Path) -> None:
    file = tmp_path / "a.wav"
    soundfile.write(file, tone(), RATE_HZ)
    data = bytearray(file.read_bytes())
    data[4:8] = data[40:44] = (1_900_000_000).to_bytes(4, "little")
    file.write_bytes(data)
    audio = decode(file)
    assert audio.duration_ms == pytest.approx(2_000, abs=1)
    assert "breaks off" in str(audio.damage[0])


@pytest.mark.parametrize("content", [b"", b"\0", b"RIFF", b"ID3", b"\xff\xfb\x90", b"OggS" * 9])
def test_what_is_no_audio_is_an_error_that_names_it(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "a.mp3"
    file.write_bytes(content)
    with pytest.raises(BroadcastError) as caught:
        decode(file)
    assert caught.value.file == file
    assert caught.value.exit_status == 1


def test_a_folder_or_a_missing_file_is_named(tmp_path: Path) -> None:
    for file in (tmp_path, tmp_path / "none.wav"):
        with pytest.raises(BroadcastError, match="no such file"):
            decode(file)
