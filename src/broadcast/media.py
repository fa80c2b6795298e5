"""Any audio file ↔ samples: decoded with whitelists, brought to mono at 48 kHz, and written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
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
# How files begin that libsndfile reads, and faster. Not MP3, nor WAV with MP3 inside, which some
# recorders make: of a damaged one it gives less, and complains to stderr.
_SOUNDFILE_HEADS = (b"RIFF", b"RF64", b"FORM", b"fLaC", b"OggS", b"caff", b".snd")
_ANNOUNCE_NO_LENGTH = {"mp3", "aac", "amr", "amrnb", "amrwb", "mpeg", "mpegts"}
_BREAKS_OFF_S = 0.5
_OGG_PAGE = 65_307  # the most bytes of one
_MOST_BROKEN = 1_000  # in a row: then nothing follows that is worth waiting for
_BLOCK = 1 << 18
_BELOW_ONE = np.nextafter(np.float32(1), np.float32(0))
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
    damage: list[str] = []
    blocks = list(read_blocks(file, damage, start_ms=start_ms, end_ms=end_ms))
    if not blocks:
        raise BroadcastError(
            "There is no sound in this file."
            if start_ms is None and end_ms is None
            else "The file ends before the stretch that shall be used.",
            file=file,
        )
    samples = np.concatenate([block.samples for block in blocks])
    return Audio(samples, blocks[0].rate_hz, "; ".join(damage))


def read_blocks(
    file: Path,
    damage: list[str],
    *,
    start_ms: float | None = None,
    end_ms: float | None = None,
) -> Iterator[Audio]:
    """Give what ``decode`` gives in blocks of a few seconds, for files of any length.

    What of the file cannot be used is added to ``damage``. Raises as ``decode`` does.
    """
    if not file.is_file():
        raise BroadcastError("There is no such file.", file=file)
    if file.stat().st_size == 0:
        raise BroadcastError("The file is empty.", file=file, hint="Copy it again.")
    try:
        sound = _opened_by_soundfile(file)
        if sound is None:
            yield from _blocks_by_av(file, start_ms, end_ms, damage)
        else:
            with sound:
                yield from _blocks_by_soundfile(sound, file, start_ms, end_ms, damage)
    except OSError as error:
        raise OutsideError(f"The file cannot be read: {error.strerror}.", file=file) from error


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


def write_wav(file: Path, blocks: Iterable[Samples]) -> int:
    """Write mono blocks at RATE_HZ as a 32-bit WAV, whatever the file's name; give their length.

    24 bits would be enough, and take libsndfile three times as long to write and to read.
    """
    import soundfile

    with soundfile.SoundFile(file, "w", RATE_HZ, 1, "PCM_32", format="WAV") as sound:
        for block in blocks:
            sound.write((np.clip(block, -1.0, _BELOW_ONE) * np.float32(2**31)).astype(np.int32))
        return int(sound.frames)


def _opened_by_soundfile(file: Path) -> Any:
    """Open with libsndfile; None for what it does not know, or is better left to FFmpeg."""
    import soundfile

    head = _head(file)
    if not head.startswith(_SOUNDFILE_HEADS) or _is_layer_three_in_wav(head):
        return None
    try:
        return soundfile.SoundFile(file)
    except (soundfile.LibsndfileError, RuntimeError):
        return None


def _blocks_by_soundfile(
    sound: Any, file: Path, start_ms: float | None, end_ms: float | None, damage: list[str]
) -> Iterator[Audio]:
    import soundfile

    rate_hz: int = sound.samplerate
    start = min(_position(start_ms, rate_hz) or 0, sound.frames)
    end = _position(end_ms, rate_hz)
    left = (sound.frames if end is None else min(end, sound.frames)) - start
    head = _head(file)
    announced = int.from_bytes(head[4:8], "little") + 8 if head[:4] == b"RIFF" else 0
    if file.stat().st_size < announced < 0xFFFF_FFFF or (head[:4] == b"OggS" and _cut_page(file)):
        damage.append("it breaks off before its end")
    try:
        sound.seek(start)
        while left > 0:
            samples = sound.read(min(left, _BLOCK), dtype="float32", always_2d=True)
            if not len(samples):
                damage.append(f"it breaks off {left / rate_hz:.0f} s before its end")
                return
            left -= len(samples)
            yield Audio(_finite(samples), rate_hz)
    except (soundfile.LibsndfileError, RuntimeError):
        damage.append(f"the last {left / rate_hz:.0f} s cannot be read")


def _blocks_by_av(
    file: Path, start_ms: float | None, end_ms: float | None, damage: list[str]
) -> Iterator[Audio]:
    import av

    options = {"protocol_whitelist": "", "format_whitelist": _FORMATS}
    broken = _Broken()
    # An open file, not a name: a name could be taken for a protocol (concat:, http:).
    with file.open("rb") as opened:
        try:
            with av.open(opened, options=options) as container:
                if not container.streams.audio:
                    raise BroadcastError("There is no sound in this file.", file=file)
                announced_s = _announced_s(container, file)
                position_s = 0.0
                for block, reached_s in _stretch(container, start_ms, end_ms, broken):
                    position_s = reached_s
                    yield block
        except (av.FFmpegError, ValueError, UnicodeDecodeError) as error:
            raise BroadcastError(
                "This is not an audio file that can be read.",
                file=file,
                hint="Open it in the program that made it and save it again, as WAV or MP3.",
            ) from error
    if broken.packets:
        damage.append(f"{broken.packets} damaged pieces were left out")
    elif end_ms is None and announced_s - position_s > _BREAKS_OFF_S:
        damage.append(f"it breaks off {announced_s - position_s:.0f} s before its end")


def _announced_s(container: Any, file: Path) -> float:
    """How long the file says that it is; 0 where that would be an estimate from its size."""
    guessed = not _ANNOUNCE_NO_LENGTH.isdisjoint(container.format.name.split(","))
    if guessed and not any(mark in _head(file, 1 << 16) for mark in (b"Xing", b"Info")):
        return 0.0
    return (container.duration or 0) / 1_000_000


def _stretch(
    container: Any, start_ms: float | None, end_ms: float | None, broken: _Broken
) -> Iterator[tuple[Audio, float]]:
    """Give the wanted stretch of the first audio stream, and how far it was read in seconds."""
    import av

    resampler = av.AudioResampler(format="fltp")
    position, waiting, kept = 0, 0, list[Samples]()
    start, end, rate_hz = 0, None, RATE_HZ
    for frame in _frames(container, container.streams.audio[0], broken):
        for even in resampler.resample(frame):
            if not position:
                rate_hz = even.sample_rate
                start, end = _position(start_ms, rate_hz) or 0, _position(end_ms, rate_hz)
            block = planar(even).T
            last = None if end is None else max(0, end - position)
            wanted = block[max(0, start - position) : last]
            position += len(block)
            if len(wanted):
                kept.append(wanted)
                waiting += len(wanted)
            if waiting >= _BLOCK:
                yield _joined(kept, rate_hz), position / rate_hz
                waiting, kept = 0, []
        if end is not None and position >= end:
            break
    if kept:
        yield _joined(kept, rate_hz), position / rate_hz


def _joined(blocks: list[Samples], rate_hz: int) -> Audio:
    return Audio(_finite(np.concatenate(blocks)), rate_hz)


def planar(frame: Any) -> Samples:
    """Give the samples of a frame in fltp as an array of shape (channels, n).

    PyAV's own ``to_ndarray`` takes longer than decoding does.
    """
    planes = frame.planes
    if len(planes) == 1:
        return np.frombuffer(planes[0], np.float32, frame.samples)[None]
    return np.stack([np.frombuffer(plane, np.float32, frame.samples) for plane in planes])


class _Broken:
    packets = 0


def _frames(container: Any, stream: Any, broken: _Broken) -> Iterator[Any]:
    """Give what can be decoded, and count what cannot; what trails the last is no sound."""
    import av

    packets = container.demux(stream)
    unread = 0
    while True:
        try:
            frames = next(packets).decode()
        except StopIteration:
            return
        except av.FFmpegError:
            unread += 1
            if unread > _MOST_BROKEN:
                return
            continue
        if frames:
            broken.packets += unread
            unread = 0
        yield from frames


def _head(file: Path, size: int = 64) -> bytes:
    with file.open("rb") as stream:
        return stream.read(size)


def _cut_page(file: Path) -> bool:
    """Whether the last page of an Ogg file is not whole (RFC 3533, section 6)."""
    with file.open("rb") as stream:
        stream.seek(-min(file.stat().st_size, 2 * _OGG_PAGE), 2)
        page = stream.read().rpartition(b"OggS")[2]
    if len(page) < 23 or len(page) < 23 + page[22]:
        return True
    return len(page) < 23 + page[22] + sum(page[23 : 23 + page[22]])


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
    """Give the mean square of what is heard: a constant offset is not."""
    return float(np.var(samples, dtype=np.float64))
