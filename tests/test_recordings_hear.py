"""Whatever phones and recorders make is used as well as it can be, and what is wrong is said."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
import soundfile
import soxr

from broadcast.cache import Cache
from broadcast.media.decode import decode
from broadcast.media.mono import mono_48k
from broadcast.recordings.hear import heard_in
from broadcast.recordings.listen import Heard, digest, listen, remembered
from takes_by_hand import WORDS, speech

RATE = 48_000
BEFORE_MS, AFTER_MS = 1_000, 1_500
Samples = np.ndarray[Any, np.dtype[np.float32]]


@pytest.fixture(scope="module")
def voice(tmp_path_factory: pytest.TempPathFactory) -> Samples:
    """Words with a second of room before and a second and a half after them, as a phone hears."""
    file = speech(WORDS[2], tmp_path_factory.mktemp("speech"))
    samples, rate_hz = soundfile.read(file, dtype="float32")
    spoken = np.trim_zeros(soxr.resample(samples, rate_hz, RATE))
    spoken *= 0.5 / np.abs(spoken).max()
    whole = np.pad(spoken, (BEFORE_MS * 48, AFTER_MS * 48))
    room = np.random.default_rng(1).normal(0, 10 ** (-55 / 20), len(whole))
    return (whole + room).astype(np.float32)


def wav(folder: Path, samples: Samples, rate_hz: int = RATE, subtype: str = "PCM_16") -> Path:
    file = folder / "03.wav"
    soundfile.write(file, samples, rate_hz, subtype)
    return file


def encoded(folder: Path, samples: Samples, name: str, codec: str, rate_hz: int = RATE) -> Path:
    """Let FFmpeg's libraries write a mono file."""
    file = folder / name
    with av.open(str(file), "w") as container:
        stream = container.add_stream(codec, rate=rate_hz, layout="mono")
        frame = av.AudioFrame.from_ndarray(samples[None, :], "fltp", "mono")
        frame.sample_rate = rate_hz
        resampler = av.AudioResampler(stream.format, "mono", rate_hz, frame_size=1024)
        for piece in [*resampler.resample(frame), *resampler.resample(None)]:
            container.mux(stream.encode(piece))
        container.mux(stream.encode(None))
    return file


def assert_words_found(heard: Heard, samples: Samples, rate_hz: int = RATE) -> None:
    length_ms = len(samples) * 1000 / rate_hz
    assert heard.fault is None
    assert heard.duration_ms == pytest.approx(length_ms, abs=120)
    assert heard.start_ms is not None
    assert heard.end_ms is not None
    assert BEFORE_MS - 250 <= heard.start_ms <= BEFORE_MS + 60
    assert length_ms - AFTER_MS - 60 <= heard.end_ms <= length_ms - AFTER_MS + 300


def test_a_good_recording_raises_no_doubt(voice: Samples, tmp_path: Path) -> None:
    heard = heard_in(wav(tmp_path, voice))
    assert_words_found(heard, voice)
    assert (heard.clipped, heard.damage, heard.rate_hz) == (0, (), RATE)
    spoken = voice[heard.start_ms * 48 : heard.end_ms * 48]
    level_dbfs = 10 * np.log10(np.mean(spoken.astype(np.float64) ** 2))
    assert heard.level_dbfs == pytest.approx(level_dbfs, abs=0.3)


@pytest.mark.parametrize(
    ("left", "right", "silent", "cancels"),
    [
        (1, 0, "right", False),
        (0, 1, "left", False),
        (1, -1, None, True),
        (1, -0.9, None, True),
    ],
)
def test_a_dead_or_inverted_channel_is_told_and_the_words_are_used(
    voice: Samples, tmp_path: Path, left: float, right: float, silent: str | None, cancels: bool
) -> None:
    file = wav(tmp_path, np.stack([voice * left, voice * right], axis=1))
    heard = heard_in(file)
    assert_words_found(heard, voice)
    assert (heard.silent, heard.cancels, heard.damage) == (silent, cancels, ())
    used = mono_48k(decode(file))
    assert np.std(used) == pytest.approx(np.std(voice), rel=0.02)


def test_two_good_channels_are_not_doubted(voice: Samples, tmp_path: Path) -> None:
    other = np.roll(voice, 20) * 0.8
    heard = heard_in(wav(tmp_path, np.stack([voice, other], axis=1)))
    assert (heard.silent, heard.cancels) == (None, False)


def test_a_constant_offset_is_no_sound_and_no_clipping(voice: Samples, tmp_path: Path) -> None:
    heard = heard_in(wav(tmp_path, voice + 0.3))
    plain = heard_in(wav(tmp_path, voice))
    assert_words_found(heard, voice)
    assert heard.clipped == 0
    assert heard.level_dbfs == pytest.approx(plain.level_dbfs, abs=0.3)


def test_an_offset_alone_is_silence(tmp_path: Path) -> None:
    heard = heard_in(wav(tmp_path, np.full(3 * RATE, 0.2, np.float32)))
    assert str(heard.fault) == "There is only silence in this file."


def test_a_dead_channel_is_found_though_it_has_an_offset(voice: Samples, tmp_path: Path) -> None:
    both = np.stack([voice, np.full(len(voice), 0.1, np.float32)], axis=1)
    heard = heard_in(wav(tmp_path, both))
    assert heard.silent == "right"


@pytest.mark.parametrize("subtype", ["PCM_U8", "ULAW", "PCM_24", "FLOAT", "IMA_ADPCM"])
def test_words_are_found_however_coarsely_they_are_stored(
    voice: Samples, tmp_path: Path, subtype: str
) -> None:
    assert_words_found(heard_in(wav(tmp_path, voice, subtype=subtype)), voice)


def test_a_telephones_8_khz_are_used(voice: Samples, tmp_path: Path) -> None:
    low = soxr.resample(voice, RATE, 8_000)
    heard = heard_in(wav(tmp_path, low, 8_000))
    assert_words_found(heard, voice)
    assert heard.rate_hz == 8_000


def test_places_recorded_too_loud_are_counted(voice: Samples, tmp_path: Path) -> None:
    samples = voice.copy()
    for second in (1.2, 2.0, 2.9):
        at = int(second * RATE)
        samples[at : at + 200] = np.clip(3 * np.sin(np.arange(200) / 8), -1, 1)
    samples[RATE * 2 + 1_000 : RATE * 2 + 1_005] = 1.0  # within 100 ms: the same place
    assert heard_in(wav(tmp_path, samples)).clipped == 3


@pytest.mark.parametrize("over_db", [0, 7.5, 30])
def test_floating_point_over_full_scale_is_not_clipped(
    voice: Samples, tmp_path: Path, over_db: float
) -> None:
    loud = voice * np.float32(10 ** (over_db / 20) / np.abs(voice).max())
    heard = heard_in(wav(tmp_path, loud, subtype="FLOAT"))
    assert_words_found(heard, voice)
    assert (heard.clipped, heard.damage) == (0, ())


@pytest.mark.parametrize("at", [1.0, 2.3])
def test_what_was_clipped_before_it_became_floating_point_is(
    voice: Samples, tmp_path: Path, at: float
) -> None:
    clipped = np.clip(voice * 20, -at, at).astype(np.float32)
    assert heard_in(wav(tmp_path, clipped, subtype="FLOAT")).clipped > 3


def test_sound_that_a_header_hides_is_heard_and_told(voice: Samples, tmp_path: Path) -> None:
    file = wav(tmp_path, voice)
    data = bytearray(file.read_bytes())
    data[4:8] = data[40:44] = bytes(4)
    file.write_bytes(data)
    heard = heard_in(file)
    assert_words_found(heard, voice)
    (note,) = heard.damage
    assert str(note).startswith("its header gives a wrong length (0.0 s)")


def test_one_sample_at_full_scale_is_not_clipped(voice: Samples, tmp_path: Path) -> None:
    samples = voice.copy()
    samples[RATE * 2] = 1.0
    assert heard_in(wav(tmp_path, samples)).clipped == 0


def test_a_vbr_mp3_without_its_header_is_read_to_its_end(voice: Samples, tmp_path: Path) -> None:
    file = tmp_path / "03.mp3"
    soundfile.write(file, voice, RATE, bitrate_mode="VARIABLE", compression_level=0.5)
    data = file.read_bytes()
    assert b"Xing" in data[:200]
    file.write_bytes(data[data.index(data[:2], 4) :])
    assert b"Xing" not in file.read_bytes()
    heard = heard_in(file)
    assert_words_found(heard, voice)
    assert heard.damage == ()


@pytest.mark.parametrize(
    ("name", "codec", "rate_hz"),
    [("3.m4a", "aac", RATE), ("3.ogg", "libopus", RATE), ("3.webm", "libopus", RATE)],
)
def test_what_phones_and_chat_programs_write_is_read(
    voice: Samples, tmp_path: Path, name: str, codec: str, rate_hz: int
) -> None:
    assert_words_found(heard_in(encoded(tmp_path, voice, name, codec, rate_hz)), voice)


def test_a_truncated_wav_is_used_and_told(voice: Samples, tmp_path: Path) -> None:
    file = wav(tmp_path, voice)
    file.write_bytes(file.read_bytes()[: 3 * RATE * 2])
    heard = heard_in(file)
    assert heard.duration_ms == pytest.approx(3_000, abs=20)
    assert heard.start_ms is not None
    assert [str(damage) for damage in heard.damage] == ["it breaks off before its end"]


def test_what_is_said_of_a_file_is_remembered_as_it_was_said(
    voice: Samples, tmp_path: Path
) -> None:
    cache = Cache(tmp_path / "cache", 1 << 20)
    data = wav(tmp_path, voice).read_bytes()
    cut, nothing = tmp_path / "cut.wav", tmp_path / "nothing.wav"
    cut.write_bytes(data[: 3 * RATE * 2])
    nothing.write_bytes(b"no sound")
    for file in (tmp_path / "03.wav", cut, nothing):
        heard = listen(file, cache)
        assert remembered(digest(file, cache), cache) == heard
    assert [damage.code for damage in listen(cut, cache).damage] == ["sound.breaks-off"]
    assert heard.fault is not None
    assert heard.fault.code == "sound.no-audio"


@pytest.mark.parametrize("subtype", ["VORBIS", "OPUS"])
def test_a_truncated_ogg_is_used_and_told(voice: Samples, tmp_path: Path, subtype: str) -> None:
    file = tmp_path / "02.ogg"
    soundfile.write(file, voice, 48_000, format="OGG", subtype=subtype)
    assert heard_in(file).damage == ()
    file.write_bytes(file.read_bytes()[: file.stat().st_size * 3 // 4])
    heard = heard_in(file)
    assert heard.start_ms is not None
    assert [str(damage) for damage in heard.damage] == ["it breaks off before its end"]


def test_a_truncated_mp3_is_used_and_told(voice: Samples, tmp_path: Path) -> None:
    file = tmp_path / "03.mp3"
    soundfile.write(file, voice, RATE)
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    heard = heard_in(file)
    assert heard.fault is None
    assert heard.duration_ms == pytest.approx(len(voice) / 48 / 2, rel=0.2)
    assert "breaks off" in " ".join(map(str, heard.damage))


def test_a_truncated_m4a_says_why_it_cannot_be_used(voice: Samples, tmp_path: Path) -> None:
    file = encoded(tmp_path, voice, "3.m4a", "aac")  # its index stands at the end
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    heard = listen(file, Cache(tmp_path / "cache", 1 << 20))
    assert str(heard.fault).startswith("Its index is missing")


def test_what_is_no_number_is_silence(voice: Samples, tmp_path: Path) -> None:
    samples = voice.copy()
    samples[RATE : RATE + 100] = np.nan
    samples[RATE + 200] = np.inf
    heard = heard_in(wav(tmp_path, samples, subtype="FLOAT"))
    assert_words_found(heard, voice)
    assert np.isfinite(heard.level_dbfs)


def test_the_one_channel_of_5_1_that_speaks_is_heard(voice: Samples, tmp_path: Path) -> None:
    surround = np.zeros((len(voice), 6), np.float32)
    surround[:, 2] = voice
    heard = heard_in(wav(tmp_path, surround))
    assert_words_found(heard, voice)
    assert heard.level_dbfs == pytest.approx(heard_in(wav(tmp_path, voice)).level_dbfs, abs=0.2)


def test_silence_is_a_fault(tmp_path: Path) -> None:
    heard = heard_in(wav(tmp_path, np.zeros(RATE, np.float32)))
    assert (str(heard.fault), heard.duration_ms) == ("There is only silence in this file.", 1_000)


def test_a_file_of_no_length_is_a_fault(tmp_path: Path) -> None:
    heard = listen(wav(tmp_path, np.zeros(0, np.float32)), Cache(tmp_path / "cache", 1 << 20))
    assert str(heard.fault) == "There is no sound in this file."


HLS = "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nsecret.wav\n#EXT-X-ENDLIST\n"
NOT_AUDIO = "This is not an audio file that can be read."


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("3.wav", "", "The file is empty."),
        ("3.wav", "Kính gửi đài, đây là thư chứ không phải bản ghi.\n" * 50, NOT_AUDIO),
        ("3.mp3", "ffconcat version 1.0\nfile secret.wav\n", NOT_AUDIO),
        ("3.mp3", HLS, NOT_AUDIO),
        ("3.m3u8.mp3", HLS, NOT_AUDIO),
    ],
)
def test_what_is_no_audio_says_so_and_opens_nothing_else(
    voice: Samples, tmp_path: Path, name: str, content: str, fault: str
) -> None:
    soundfile.write(tmp_path / "secret.wav", voice, RATE)
    (tmp_path / name).write_text(content, encoding="utf-8")
    heard = listen(tmp_path / name, Cache(tmp_path / "cache", 1 << 20))
    assert (str(heard.fault), heard.duration_ms) == (fault, 0)


def test_a_file_is_listened_to_once(
    voice: Samples, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = Cache(tmp_path / "cache", 1 << 20)
    file = wav(tmp_path, np.stack([voice, voice * 0], axis=1))
    first = listen(file, cache)
    monkeypatch.setattr("broadcast.recordings.hear.read_blocks", refused("decoded again"))
    assert listen(file, cache) == first
    moved = file.rename(tmp_path / "04 moved.wav")
    assert listen(moved, cache) == first


def test_a_files_bytes_are_read_again_only_when_it_changed(
    voice: Samples, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = Cache(tmp_path / "cache", 1 << 20)
    file = wav(tmp_path, voice)
    os.utime(file, (1e9, 1e9))
    first = digest(file, cache)
    with monkeypatch.context() as patched:
        patched.setattr("broadcast.recordings.listen.file_digest", refused("read again"))
        assert digest(file, cache) == first
    assert digest(wav(tmp_path, voice[:-100]), cache) != first


def refused(why: str) -> Callable[..., Any]:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError(why)

    return refuse


@pytest.mark.skipif(sys.platform != "linux", reason="reads the peak of memory from /proc")
def test_half_an_hour_is_listened_to_in_little_memory(voice: Samples, tmp_path: Path) -> None:
    file = tmp_path / "03.wav"
    with soundfile.SoundFile(file, "w", RATE, 1, "PCM_16") as sound:
        while sound.frames < 30 * 60 * RATE:
            sound.write(voice)
    program = textwrap.dedent("""
        import sys
        from pathlib import Path
        from broadcast.recordings.hear import heard_in
        heard = heard_in(Path(sys.argv[1]))
        status = Path("/proc/self/status").read_text().split()
        print(heard.duration_ms, status[status.index("VmHWM:") + 1])
    """)
    done = subprocess.run(
        [sys.executable, "-c", program, file], capture_output=True, text=True, check=True
    )
    duration_ms, peak_kb = map(int, done.stdout.split())
    assert duration_ms >= 30 * 60 * 1000
    assert peak_kb < 150_000
