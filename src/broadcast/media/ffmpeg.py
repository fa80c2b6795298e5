"""A file of any kind that FFmpeg reads → samples, decoded with whitelists."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from broadcast.errors import BroadcastError
from broadcast.media.runs import Begin, Broken, at_start, begin_before, frames
from broadcast.media.samples import BLOCK, Audio, Samples, Stretch, breaks_off_early, finite
from broadcast.messages import Message, counted

# Audio containers only: playlists (ffconcat, HLS, SDP) would open other files and addresses.
_FORMATS = (
    "3gp,aac,ac3,aiff,amr,amrnb,amrwb,ape,asf,au,caf,eac3,flac,m4a,matroska,mov,mp3,mp4,mpeg,"
    "mpegts,ogg,tta,w64,wav,webm,wv"
)
_ANNOUNCE_NO_LENGTH = {"mp3", "aac", "amr", "amrnb", "amrwb", "mpeg", "mpegts"}
_NOTES, _NOTED_BEFORE = (b"Xing", b"Info"), 1 << 16
_BREAKS_OFF_S = 0.5


def blocks(file: Path, stretch: Stretch, damage: list[Message]) -> Iterator[Audio]:
    """Give a stretch in blocks, and add to ``damage`` what of it cannot be used.

    Raises BroadcastError when it is no audio.
    """
    import av

    broken = Broken()
    announced_s = position_s = 0.0
    try:
        for seeks in (True, False):
            with _opened(file) as container:
                start_ms = stretch.start_ms or 0.0
                begin = begin_before(container, start_ms) if seeks else at_start(container)
                if begin is None:
                    continue
                announced_s = _announced_s(container, file)
                for block, reached_s in _decoded(container, begin, stretch, broken):
                    position_s = reached_s
                    yield block
                break
    except (av.FFmpegError, ValueError, UnicodeDecodeError) as error:
        raise BroadcastError(
            Message("sound.no-audio", "This is not an audio file that can be read."),
            file=file,
            hint=Message(
                "sound.no-audio.hint",
                "Open it in the program that made it and save it again, as WAV or MP3.",
            ),
        ) from error
    if broken.packets:
        damage.append(
            counted(
                "sound.pieces-lost",
                "{count} damaged piece was left out",
                "{count} damaged pieces were left out",
                count=broken.packets,
            )
        )
    elif stretch.end_ms is None and announced_s - position_s > _BREAKS_OFF_S:
        damage.append(breaks_off_early(announced_s - position_s))


@contextmanager
def _opened(file: Path) -> Iterator[Any]:
    import av

    options = {"protocol_whitelist": "", "format_whitelist": _FORMATS}
    # An open file, not a name: a name could be taken for a protocol (concat:, http:).
    with file.open("rb") as stream, av.open(stream, options=options) as container:
        if not container.streams.audio:
            raise BroadcastError(
                Message("sound.none", "There is no sound in this file."), file=file
            )
        yield container


def _announced_s(container: Any, file: Path) -> float:
    """How long the file says that it is; 0 where that would be an estimate from its size."""
    if not _ANNOUNCE_NO_LENGTH.isdisjoint(container.format.name.split(",")):
        with file.open("rb") as stream:
            head = stream.read(_NOTED_BEFORE)
        if not any(note in head for note in _NOTES):
            return 0.0
    return (container.duration or 0) / 1_000_000


def _decoded(
    container: Any, begin: Begin, stretch: Stretch, broken: Broken
) -> Iterator[tuple[Audio, float]]:
    """Give the wanted stretch of the first audio stream, and how far it was read in seconds."""
    import av

    resampler = av.AudioResampler(format="fltp")
    position, filled = begin.sample, 0
    start, end, rate_hz = 0, None, 0
    block = np.empty((0, 0), np.float32)
    for lost, frame in frames(container, begin, broken):
        for even in resampler.resample(frame):
            if not rate_hz:
                rate_hz = even.sample_rate
                start, end = stretch.start(rate_hz), stretch.end(rate_hz)
            samples = planar(even).T
            if lost:
                silence = np.zeros((lost, samples.shape[1]), np.float32)
                samples = np.concatenate([silence, samples])
            last = None if end is None else max(0, end - position)
            wanted = samples[max(0, start - position) : last]
            position += len(samples)
            if not len(wanted):
                continue
            if filled + len(wanted) > len(block):
                if filled:
                    yield Audio(finite(block[:filled]), rate_hz), position / rate_hz
                # Copied at once, so that a decoder can use its few buffers again.
                block = np.empty((max(BLOCK, len(wanted)), wanted.shape[1]), np.float32)
                filled = 0
            block[filled : filled + len(wanted)] = wanted
            filled += len(wanted)
        if end is not None and position >= end:
            break
    if filled:
        yield Audio(finite(block[:filled]), rate_hz), position / rate_hz


def planar(frame: Any) -> Samples:
    """Give the samples of a frame in fltp as an array of shape (channels, n).

    PyAV's own ``to_ndarray`` takes longer than decoding does.
    """
    planes = frame.planes
    if len(planes) == 1:
        return np.frombuffer(planes[0], np.float32, frame.samples)[None]
    return np.stack([np.frombuffer(plane, np.float32, frame.samples) for plane in planes])
