"""Any audio file → samples, decoded with whitelists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from numpy.typing import NDArray

from broadcast.errors import BroadcastError, OutsideError
from broadcast.media.whole import breaks_off, is_whole_mp3
from broadcast.model import RATE_HZ

Samples = NDArray[np.float32]

# Audio containers only: playlists (ffconcat, HLS, SDP) would open other files and addresses.
_FORMATS = (
    "3gp,aac,ac3,aiff,amr,amrnb,amrwb,ape,asf,au,caf,eac3,flac,m4a,matroska,mov,mp3,mp4,mpeg,"
    "mpegts,ogg,tta,w64,wav,webm,wv"
)
# How files begin that libsndfile reads, and faster. Not WAV with MP3 inside, which some recorders
# make, nor MP3 that is not whole: of a damaged one it gives less, and complains to stderr.
_SOUNDFILE_HEADS = (b"RIFF", b"RF64", b"FORM", b"fLaC", b"OggS", b"caff", b".snd")
_ANNOUNCE_NO_LENGTH = {"mp3", "aac", "amr", "amrnb", "amrwb", "mpeg", "mpegts"}
_BREAKS_OFF_S = 0.5
_MOST_BROKEN = 1_000  # in a row: then nothing follows that is worth waiting for
_BLOCK = 1 << 18


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


class InOrder(soundfile.SoundFile):  # type: ignore[misc]
    """A file that libsndfile reads from its start on.

    soundfile seeks to where it is after each read. That makes the MP3 decoder begin anew, and
    complain of what it lacks.
    """

    def seekable(self) -> bool:
        """Say that it is not, although ``seek`` works."""
        return False


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


def _opened_by_soundfile(file: Path) -> InOrder | None:
    """Open with libsndfile; None for what it does not know, or is better left to FFmpeg."""
    head = _head(file)
    known = head.startswith(_SOUNDFILE_HEADS) and not _is_layer_three_in_wav(head)
    if not known and not is_whole_mp3(file):
        return None
    try:
        return InOrder(file)
    except (soundfile.LibsndfileError, RuntimeError):
        return None


def _blocks_by_soundfile(
    sound: InOrder, file: Path, start_ms: float | None, end_ms: float | None, damage: list[str]
) -> Iterator[Audio]:
    rate_hz: int = sound.samplerate
    is_mp3 = sound.format == "MP3"
    start = min(_position(start_ms, rate_hz) or 0, sound.frames)
    end = _position(end_ms, rate_hz)
    left = (sound.frames if end is None else min(end, sound.frames)) - start
    if breaks_off(file):
        damage.append("it breaks off before its end")
    try:
        if is_mp3:  # a decoder that begins in the middle lacks what came before
            for skipped in range(0, start, _BLOCK):
                sound.read(min(_BLOCK, start - skipped), dtype="float32")
        else:
            sound.seek(start)
        while left > 0:
            samples = sound.read(min(left, _BLOCK), dtype="float32", always_2d=True)
            if not len(samples):
                if not is_mp3:  # that may be said to be longer than it is
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


def _is_layer_three_in_wav(head: bytes) -> bool:
    return head[:4] == b"RIFF" and head[8:16] == b"WAVEfmt " and head[20:22] == b"\x55\x00"


def _position(ms: float | None, rate_hz: int) -> int | None:
    return None if ms is None else max(0, round(Fraction(ms) * rate_hz / 1000))


def _finite(samples: Samples) -> Samples:
    """Replace what is no number (a damaged float file) by silence."""
    return np.nan_to_num(samples, copy=False, nan=0.0, posinf=0.0, neginf=0.0)
