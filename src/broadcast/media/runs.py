"""A container's packets → decoded frames, from a place near the one that is wanted.

A decoder that begins elsewhere does not always come to the same samples: the noise that AAC puts in
place of some bands goes on from where it was. So AAC and ALAC are always decoded in runs of
packets, each by a decoder of its own that has heard the packets just before. A stretch begins with
a run, and is what the whole has there to the last bit. All else is decoded from its start.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain, islice
from typing import Any, NamedTuple

from broadcast.media.amr import SAMPLES as _AMR_SAMPLES
from broadcast.media.amr import decoder_of as _of_amr
from broadcast.media.amr import is_no_amr, is_silence

_AAC_RUN, _AAC_BEFORE = 256, 3  # it overlaps with the next packet only
_ALAC_RUN = 32
_ALAC_SAMPLES = slice(12, 16)  # where its description tells those of a packet
_TAGS = (b"ID3", b"TAG", b"APETAGEX")  # which lie between MP3 that were put together
_MOST_BROKEN = 1_000  # in a row: then nothing follows that is worth waiting for


class Begin(NamedTuple):
    """Decoding begins with packet ``number``, whose first sample is ``sample``.

    Unless that is the first one, ``packets`` also has those that a run's decoder hears before it.
    """

    packets: Iterator[Any]
    number: int = 0
    sample: int = 0


class PacketTally:
    """What came of a file's packets: how many were ``damaged`` before others gave sound again.

    ``reached_s`` is how far its sound was decoded.
    """

    packets = 0
    sounding = 0
    damaged = 0
    reached_s = 0.0


class _Runs(NamedTuple):
    packets: int
    before: int
    """Packets that a run's decoder hears first."""
    packet_samples: int


def at_start(stream: Any) -> Begin:
    """Begin with the first packet of an audio stream."""
    return Begin(stream.container.demux(stream))


def begin_before(stream: Any, start_ms: float) -> Begin | None:
    """Move a file to the run in which a stretch begins; None when it went astray.

    It stays at its start where that is near, or where no index leads elsewhere.
    """
    import av

    container, runs = stream.container, _runs(stream)
    # PyAV gives it from version 17 on. Other containers do not have every packet in it.
    index = getattr(stream, "index_entries", ()) if stream.frames else ()
    if runs is None or not runs.packets or "mov" not in container.format.name.split(","):
        return at_start(stream)
    near = int(start_ms * stream.codec_context.sample_rate / 1000) // runs.packet_samples
    number = min(near, len(index) - 1) // runs.packets * runs.packets
    if number <= 0:
        return at_start(stream)
    try:
        heard, samples = _first_sound(stream, runs)
        if not samples or not _are_even(stream, heard, number, runs):
            return None
        target = index[number - runs.before]
        container.seek(target.timestamp, stream=stream)
        packets = container.demux(stream)
        packet = next(packets)
    except (av.FFmpegError, StopIteration):
        return None
    if packet.pos != target.pos:
        return None
    samples += (number - heard) * runs.packet_samples
    return Begin(chain([packet], packets), number, samples)


def frames(stream: Any, begin: Begin, heard: PacketTally) -> Iterator[tuple[int, Any]]:
    """Give what can be decoded, each frame with how many samples are lost before it.

    What trails the last good one is no sound. How much is lost is known of what is decoded in
    runs, and of AMR; elsewhere it is 0.
    """
    import av

    runs = _runs(stream)
    run, before, packet_samples = runs or (0, 0, 0)
    decoder = stream.codec_context
    is_amr = decoder.name in _AMR_SAMPLES
    if is_amr:
        decoder = _of_amr(decoder)
    latest = deque[Any](maxlen=before)
    packets = enumerate(begin.packets, max(0, begin.number - before))
    unread, damaged, sounds = 0, 0, begin.number > 0
    while True:
        packet = None
        try:
            number, packet = next(packets)
            if run and number % run == 0 and number:
                decoder = _fresh(stream, latest)
            latest.append(packet)
            if number < begin.number:
                continue
            heard.packets += 1
            if is_amr and packet.size and is_no_amr(packet, packet_samples):
                unread, damaged = unread + 1, damaged + 1
                continue
            decoded = decoder.decode(packet)
        except StopIteration:
            return
        except av.FFmpegError:
            said = b"" if packet is None else bytes(packet)
            if not is_amr and said.startswith(_TAGS):
                continue
            unread += 1
            damaged += not (is_amr and said and is_silence(packet, packet_samples))
            if unread > _MOST_BROKEN and not packet_samples:
                return
            continue
        if decoded:
            sounds = True
            lost = unread * packet_samples
            heard.sounding += 1
            heard.damaged += damaged
            unread = damaged = 0
        elif sounds and run and not packet.is_discard:
            unread, damaged = unread + 1, damaged + 1
        for frame in decoded:
            yield lost, frame
            lost = 0


def _runs(stream: Any) -> _Runs | None:
    """Give the runs in which a file is decoded; None where a decoder must hear all of it."""
    context = stream.codec_context
    described = context.extradata or b""
    if context.name == "aac" and context.profile == "LC":
        runs = _Runs(_AAC_RUN, _AAC_BEFORE, context.frame_size)
    elif context.name in _AMR_SAMPLES:
        return _Runs(0, 0, _AMR_SAMPLES[context.name])
    elif context.name == "alac":
        runs = _Runs(_ALAC_RUN, 0, int.from_bytes(described[_ALAC_SAMPLES]))
    else:
        return None
    return runs if described and runs.packet_samples else None


def _first_sound(stream: Any, runs: _Runs) -> tuple[int, int]:
    """Give how many packets are decoded until there is sound, and how many samples of it.

    The first ones may be there for the decoder alone.
    """
    heard = 0
    for packet in islice(at_start(stream).packets, runs.packets):
        heard += 1
        samples = sum(frame.samples for frame in packet.decode())
        if samples:
            return heard, samples
    return heard, 0


def _are_even(stream: Any, heard: int, number: int, runs: _Runs) -> bool:
    """Whether all packets from ``heard`` to ``number`` are played, and each in its full length.

    Those that an edit list takes out take no time. A recorder's times may be off by a little, and
    it may have paused; only packets of AAC are all of one length nevertheless.
    """
    index = stream.index_entries
    passed: int = index[number].timestamp - index[heard].timestamp
    if passed == (number - heard) * runs.packet_samples:
        return True
    is_aac: bool = stream.codec_context.name == "aac"
    return is_aac and not any(entry.is_discard for entry in islice(index, heard, number))


def _fresh(stream: Any, heard: Iterable[Any]) -> Any:
    """Give a decoder that has heard nothing but a few packets."""
    import av

    model = stream.codec_context
    decoder = av.CodecContext.create(model.codec, "r")
    decoder.extradata = model.extradata
    for packet in heard:
        with suppress(av.FFmpegError):
            decoder.decode(packet)
    return decoder
