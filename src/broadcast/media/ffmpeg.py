"""A file of any kind that FFmpeg reads → samples, decoded with whitelists."""

from __future__ import annotations

from collections.abc import Iterator, Set
from contextlib import closing, contextmanager, suppress
from typing import Any

import numpy as np

from broadcast.media.alike import alike
from broadcast.media.reading import DecoderInput, bytes_at
from broadcast.media.runs import Begin, PacketTally, at_start, begin_before, frames
from broadcast.media.samples import Audio, Excerpt, Samples, breaks_off_early, gathered
from broadcast.media.sizes import BREAKS_OFF, wrong_length
from broadcast.media.unreadable import refuse_encrypted, unreadable, without_sound
from broadcast.messages import Message, counted

# Audio containers only: playlists (ffconcat, HLS, SDP) would open other files and addresses.
_FORMATS = (
    "3gp,aac,ac3,aiff,amr,amrnb,amrwb,ape,asf,au,avi,caf,eac3,flac,m4a,matroska,mov,mp3,mp4,mpeg,"
    "mpegts,ogg,tta,w64,wav,webm,wv"
)
_ANNOUNCE_NO_LENGTH = {"mp3", "aac", "amr", "amrnb", "amrwb", "mpeg", "mpegts"}
_NOTE_THEIR_LENGTH = {"mp3", "flac"}
_NOTES, _NOTED_BEFORE = (b"Xing", b"Info"), 1 << 16
_BREAKS_OFF_S = 0.5
# Where there is no container, bytes that are something else can look like some packets.
_HAVE_NO_CONTAINER = {"aac", "ac3", "amr", "amrnb", "amrwb", "eac3", "mp3"}
_LEAST_SOUND = 0.25
_TOGETHER = 16
_BEGINNING_S, _AUDIBLE = 60.0, 1e-4


def blocks(reading: DecoderInput, stretch: Excerpt, damage: list[Message]) -> Iterator[Audio]:
    """Give a stretch in blocks, and add to ``damage`` what of it cannot be used.

    Raises BroadcastError when it is no audio.
    """
    import av

    heard = PacketTally()
    announced_s, formats = 0.0, set[str]()
    try:
        for seeks in (True, False):
            with _opened(reading) as container:
                stream = _sounding(container, reading)
                start_ms = stretch.start_ms or 0.0
                begin = begin_before(stream, start_ms) if seeks else at_start(stream)
                if begin is None:
                    continue
                formats = set(container.format.name.split(","))
                announced_s = _announced_s(container, formats, reading)
                sound = alike(_decoded(stream, begin, heard))
                yield from gathered(stretch.of(sound, begin.sample))
                break
    except (av.FFmpegError, ValueError, UnicodeDecodeError) as error:
        raise unreadable(reading) from error
    least = _LEAST_SOUND * heard.packets if formats & _HAVE_NO_CONTAINER else 1
    if heard.sounding < min(least, heard.packets):
        raise unreadable(reading)
    if heard.damaged:
        damage.append(
            counted(
                "sound.pieces-lost",
                "{count} damaged piece was left out",
                "{count} damaged pieces were left out",
                count=heard.damaged,
            )
        )
    if stretch.end_ms is None and announced_s:
        missing_s = announced_s - heard.reached_s
        if missing_s > _BREAKS_OFF_S and not heard.damaged and BREAKS_OFF not in damage:
            damage.append(breaks_off_early(missing_s))
        elif missing_s < -_BREAKS_OFF_S and formats & _NOTE_THEIR_LENGTH:
            damage.append(wrong_length(announced_s, heard.reached_s))


@contextmanager
def _opened(reading: DecoderInput) -> Iterator[Any]:
    import av

    options = {"protocol_whitelist": "", "format_whitelist": _FORMATS}
    # An open file, not a name: a name could be taken for a protocol (concat:, http:).
    with (
        closing(reading.open_for_seeking()) as stream,
        av.open(stream, options=options) as container,
    ):
        if not container.streams.audio:
            raise without_sound(reading)
        refuse_encrypted(container, reading)
        yield container


def _sounding(container: Any, reading: DecoderInput) -> Any:
    """Give the audio stream that is used: of several, the first that is heard at its beginning.

    A camera has a stream for each microphone, and to the first none may be connected.
    """
    streams = [stream for stream in container.streams.audio if stream.codec_context is not None]
    if not streams:
        raise unreadable(reading)
    if len(streams) == 1:
        return streams[0]
    with _opened(reading) as other:
        heard = _heard_at_beginning(other)
    return next((stream for stream in streams if stream.index in heard), streams[0])


def _heard_at_beginning(container: Any) -> Set[int]:
    """Give the indices of the streams in which there is something to hear, or of the first one."""
    import av

    streams = [stream for stream in container.streams.audio if stream.codec_context is not None]
    heard, reached_s = set[int](), 0.0
    for packet in container.demux(streams):
        decoded: list[Any] = []
        with suppress(av.FFmpegError):
            decoded = packet.decode()
        for _, frame in _even((0, frame) for frame in decoded):
            reached_s = max(reached_s, frame.time or 0.0)
            if np.abs(planar(frame)).max(initial=0.0) > _AUDIBLE:
                heard.add(packet.stream.index)
        if streams[0].index in heard or reached_s > _BEGINNING_S:
            break
    return heard


def _announced_s(container: Any, formats: set[str], reading: DecoderInput) -> float:
    """How long the file says that it is; 0 where that would be an estimate from its size."""
    if formats & _ANNOUNCE_NO_LENGTH:
        with closing(reading.open()) as stream:
            head = bytes_at(stream, 0, _NOTED_BEFORE)
        if not any(note in head for note in _NOTES):
            return 0.0
    return (container.duration or 0) / 1_000_000


def _decoded(stream: Any, begin: Begin, heard: PacketTally) -> Iterator[Audio]:
    """Give what is decoded, a few frames at a time; silence where a part is lost."""
    context = stream.codec_context
    has_headroom = _is_floating(context)
    heard.reached_s = begin.sample / (context.sample_rate or 1)
    rate_hz, together = 0, list[Samples]()

    def joined() -> Audio:
        samples = np.concatenate(together, axis=1).T
        heard.reached_s += len(samples) / rate_hz
        together.clear()
        return Audio(samples, rate_hz, has_headroom=has_headroom)

    for lost, frame in _even(frames(stream, begin, heard)):
        samples = planar(frame)
        is_other = together and (frame.sample_rate != rate_hz or len(samples) != len(together[0]))
        if is_other or len(together) >= _TOGETHER:
            yield joined()
        rate_hz = frame.sample_rate
        if lost:
            together.append(np.zeros((len(samples), lost), np.float32))
        together.append(samples)
    if together:
        yield joined()


def _even(found: Iterator[tuple[int, Any]]) -> Iterator[tuple[int, Any]]:
    """Give frames with planes of floating point, each with how many samples are lost before it."""
    import av

    resampler = av.AudioResampler(format="fltp")
    for lost, frame in found:
        try:
            made = resampler.resample(frame)
        except ValueError:  # the rate or the channels have changed
            resampler = av.AudioResampler(format="fltp")
            made = resampler.resample(frame)
        for even in made:
            yield lost, even
            lost = 0


def _is_floating(context: Any) -> bool:
    """Whether samples are stored as floating point, so that full scale is no limit to them."""
    name: str = context.name
    return name.startswith("pcm_f") or (name == "wavpack" and context.format.name.startswith("flt"))


def planar(frame: Any) -> Samples:
    """Give the samples of a frame in fltp as an array of shape (channels, n).

    PyAV's own ``to_ndarray`` takes longer than decoding does.
    """
    planes = frame.planes
    if len(planes) == 1:
        return np.frombuffer(planes[0], np.float32, frame.samples)[None]
    return np.stack([np.frombuffer(plane, np.float32, frame.samples) for plane in planes])
