"""Any audio file ↔ samples: decoded with whitelists, brought to mono at 48 kHz, and written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import soxr
from numpy.typing import NDArray

from broadcast.errors import BroadcastError, OutsideError
from broadcast.model import RATE_HZ

Samples = NDArray[np.float32]

WRITABLE = {".wav": "PCM_24", ".flac": "PCM_24", ".mp3": "MPEG_LAYER_III"}
"""The endings ``write`` knows, and the subtype libsndfile writes for each."""

# Audio containers only: playlists (ffconcat, HLS, SDP) would open other files and addresses.
_FORMATS = (
    "3gp,aac,ac3,aiff,amr,amrnb,amrwb,ape,asf,au,caf,eac3,flac,m4a,matroska,mov,mp3,mp4,mpeg,"
    "mpegts,ogg,tta,w64,wav,webm,wv"
)
# What libsndfile reads faster. It is not asked about MP3 (nor WAV with MP3 inside, which some
# recorders make): of a damaged one it gives less, and complains to stderr.
_SOUNDFILE_FORMATS = {"WAV", "WAVEX", "RF64", "W64", "AIFF", "FLAC", "OGG", "CAF", "AU"}
_ANNOUNCE_NO_LENGTH = {"mp3", "aac", "amr", "amrnb", "amrwb", "mpeg", "mpegts"}
_BREAKS_OFF_S = 0.5
# One channel this much weaker than the other is taken for dead; a mean of both that is this much
# weaker than the stronger one means that they cancel each other (a lead wired the wrong way).
_DEAD_DB = 20.0
_CANCELLED_DB = 9.0


@dataclass(frozen=True, slots=True)
class Audio:
    """Samples of shape (n, channels), full scale ±1, at ``rate_hz``.

    ``damage`` says what of the file could not be used ("" when all could).
    """

    samples: Samples
    rate_hz: int
    damage: str = ""

    @property
    def duration_ms(self) -> float:
        """How long it is."""
        return len(self.samples) * 1000 / self.rate_hz


def decode(file: Path, *, start_ms: float | None = None, end_ms: float | None = None) -> Audio:
    """Read an audio file of any kind, or the stretch of it from ``start_ms`` to ``end_ms``.

    Nothing but this one file is opened, whatever it claims to be. What can be decoded of a damaged
    file is used. Raises BroadcastError when it is no audio, empty, or cannot be read.
    """
    if not file.is_file():
        raise BroadcastError("There is no such file.", file=file)
    if file.stat().st_size == 0:
        raise BroadcastError("The file is empty.", file=file, hint="Copy it again.")
    try:
        audio = _by_soundfile(file, start_ms, end_ms)
        if audio is None:
            audio = _by_av(file, start_ms, end_ms)
    except OSError as error:
        raise OutsideError(f"The file cannot be read: {error.strerror}.", file=file) from error
    if not len(audio.samples):
        raise BroadcastError(
            "There is no sound in this file."
            if start_ms is None and end_ms is None
            else "The file ends before the stretch that shall be used.",
            file=file,
        )
    return audio


def mono_48k(audio: Audio) -> Samples:
    """Give the sound as one channel at RATE_HZ, without offset: shape (n,).

    A dead channel is left out, and of two that cancel each other the stronger one is taken.
    """
    mono = _one_channel(audio.samples)
    if audio.rate_hz != RATE_HZ:
        mono = soxr.resample(mono, audio.rate_hz, RATE_HZ, quality="HQ")
    without_offset = np.array(mono, dtype=np.float32)
    without_offset -= mono.mean(dtype=np.float64).astype(np.float32)
    return without_offset


def write(file: Path, audio: Audio) -> None:
    """Write samples to a file of the kind its ending says, one of WRITABLE.

    Raises OutsideError when the disk refuses.
    """
    import soundfile

    suffix = file.suffix.lower()
    rate_hz = audio.rate_hz
    samples = np.clip(audio.samples, -1.0, 1.0)
    try:
        soundfile.write(
            file, samples, rate_hz, WRITABLE[suffix], format=suffix.removeprefix(".").upper()
        )
    except (OSError, soundfile.LibsndfileError) as error:
        raise OutsideError(f"The file cannot be written: {error}.", file=file) from error


def write_wav(file: Path, blocks: Iterable[Samples]) -> None:
    """Write mono blocks at RATE_HZ as a 24-bit WAV, whatever the file's name."""
    import soundfile

    with soundfile.SoundFile(file, "w", RATE_HZ, 1, "PCM_24", format="WAV") as sound:
        for block in blocks:
            sound.write(np.clip(block, -1.0, 1.0))


def _by_soundfile(file: Path, start_ms: float | None, end_ms: float | None) -> Audio | None:
    """Read with libsndfile; None for what it does not know or cannot read to its end."""
    import soundfile

    head = _head(file)
    if head[:3] == b"ID3" or head[:1] == b"\xff" or _is_layer_three_in_wav(head):
        return None
    try:
        with file.open("rb") as stream, soundfile.SoundFile(stream) as sound:
            if sound.format not in _SOUNDFILE_FORMATS:
                return None
            rate_hz: int = sound.samplerate
            start = min(_position(start_ms, rate_hz) or 0, sound.frames)
            end = _position(end_ms, rate_hz)
            wanted = (sound.frames if end is None else min(end, sound.frames)) - start
            if start:
                sound.seek(start)
            samples = sound.read(max(0, wanted), dtype="float32", always_2d=True)
    except (soundfile.LibsndfileError, RuntimeError):
        return None
    if len(samples) < wanted:
        return None
    announced = int.from_bytes(head[4:8], "little") + 8 if head[:4] == b"RIFF" else 0
    cut_off = file.stat().st_size < announced < 0xFFFF_FFFF
    return Audio(_finite(samples), rate_hz, "it breaks off before its end" if cut_off else "")


def _by_av(file: Path, start_ms: float | None, end_ms: float | None) -> Audio:
    import av

    # An open file, not a name: a name could be taken for a protocol (concat:, http:).
    with file.open("rb") as stream:
        try:
            with av.open(
                stream,
                options={"protocol_whitelist": "", "format_whitelist": _FORMATS},
            ) as container:
                if not container.streams.audio:
                    raise BroadcastError("There is no sound in this file.", file=file)
                audio, whole = _decoded(container, start_ms, end_ms)
                announced_s = _announced_s(container, file) if whole else 0.0
        except (av.FFmpegError, ValueError, UnicodeDecodeError) as error:
            raise BroadcastError(
                "This is not an audio file that can be read.",
                file=file,
                hint="Open it in the program that made it and save it again, as WAV or MP3.",
            ) from error
    missing_s = announced_s - audio.duration_ms / 1000
    if missing_s > _BREAKS_OFF_S and not audio.damage:
        return replace(audio, damage=f"it breaks off {missing_s:.0f} s before its end")
    return audio


def _announced_s(container: Any, file: Path) -> float:
    """How long the file says that it is; 0 where that would be an estimate from its size."""
    guessed = not _ANNOUNCE_NO_LENGTH.isdisjoint(container.format.name.split(","))
    if guessed and not any(mark in _head(file, 1 << 16) for mark in (b"Xing", b"Info")):
        return 0.0
    return (container.duration or 0) / 1_000_000


def _decoded(container: Any, start_ms: float | None, end_ms: float | None) -> tuple[Audio, bool]:
    """Decode the first audio stream, keeping the stretch; broken packets are passed over.

    Also gives whether the whole of the stream was wanted.
    """
    import av

    stream = container.streams.audio[0]
    rate_hz = 0
    resampler = av.AudioResampler(format="fltp")
    kept: list[Samples] = []
    position = 0
    start, end = 0, None
    broken = _Broken()
    for frame in _frames(container, stream, broken):
        for even in resampler.resample(frame):
            if not rate_hz:
                rate_hz = even.sample_rate
                start = _position(start_ms, rate_hz) or 0
                end = _position(end_ms, rate_hz)
            block = even.to_ndarray().T
            first, last = max(0, start - position), None if end is None else end - position
            if last is None or last > 0:
                kept.append(np.array(block[first:last], dtype=np.float32))
            position += len(block)
        if end is not None and position >= end:
            break
    channels = kept[0].shape[1] if kept else 1
    samples = np.concatenate(kept) if kept else np.zeros((0, channels), np.float32)
    damage = f"{broken.packets} damaged pieces were left out" if broken.packets else ""
    return Audio(_finite(samples), rate_hz or RATE_HZ, damage), not start and end is None


class _Broken:
    packets = 0


def _frames(container: Any, stream: Any, broken: _Broken) -> Iterator[Any]:
    import av

    packets = container.demux(stream)
    while True:
        try:
            packet = next(packets)
        except StopIteration:
            return
        except av.FFmpegError:
            broken.packets += 1
            return
        try:
            yield from packet.decode()
        except av.FFmpegError:
            broken.packets += 1


def _head(file: Path, size: int = 64) -> bytes:
    with file.open("rb") as stream:
        return stream.read(size)


def _is_layer_three_in_wav(head: bytes) -> bool:
    return head[:4] == b"RIFF" and head[8:16] == b"WAVEfmt " and head[20:22] == b"\x55\x00"


def _position(ms: float | None, rate_hz: int) -> int | None:
    return None if ms is None else max(0, round(Fraction(ms) * rate_hz / 1000))


def _finite(samples: Samples) -> Samples:
    """Replace what is no number (a damaged float file) by silence."""
    return np.nan_to_num(samples, copy=False, nan=0.0, posinf=0.0, neginf=0.0)


def _one_channel(samples: Samples) -> Samples:
    if samples.shape[1] == 1:
        return samples[:, 0]
    energies = np.array([_energy(samples[:, channel]) for channel in range(samples.shape[1])])
    best = float(energies.max())
    strongest: Samples = samples[:, int(energies.argmax())]
    alive = samples[:, energies > best * 10 ** (-_DEAD_DB / 10)]
    if alive.shape[1] < 2:
        return strongest
    mean: Samples = alive.mean(axis=1, dtype=np.float32)
    return strongest if _energy(mean) < best * 10 ** (-_CANCELLED_DB / 10) else mean


def _energy(samples: Samples) -> float:
    return float(np.dot(samples, samples)) / max(1, len(samples))
