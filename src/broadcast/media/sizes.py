"""A WAV, W64, AIFF, CAF or AU file whose header lies about its length → one whose header does not.

A recorder that lost power leaves the sizes that it wrote at the start, or some seconds ago, though
all the sound is there. Sources: EBU Tech 3306 (RF64), ITU-R BS.2088 (BW64), the formats of Sony
(Wave64), Apple (AIFF-C, Core Audio Format 1.0) and Sun (AU).
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from typing import NamedTuple

from broadcast.media.bounds import refuse_kind
from broadcast.media.reading import DecoderInput, Stream, bytes_at, size_of
from broadcast.media.unreadable import unreadable
from broadcast.messages import Message

BREAKS_OFF = Message("sound.breaks-off", "it breaks off before its end")
_MOST_HEADER = 1 << 20
_MOST_CHUNKS = 10_000  # zeros are chunks of no length, and a file may hold nothing else
_TAIL = 1 << 16
_TAGS = (b"TAG", b"ID3", b"APETAGEX")  # which some programs put behind the last chunk
_LAST_CHUNKS = (b"LIST", b"id3 ", b"ID3 ", b"bext", b"iXML", b"_PMX", b"cue ", b"JUNK", b"axml")
_UNHEARD_S = 0.02
_MOST_32 = 0xFFFF_FFFF
_W64_GUID = bytes.fromhex("f3acd3118cd100c04f8edb8a")  # after the four letters of a chunk
_W64_RIFF = b"riff" + bytes.fromhex("2e91cf11a5d628db04c10000")
_AIFC_BITS = {b"fl32": 32, b"FL32": 32, b"fl64": 64, b"FL64": 64, b"ulaw": 8, b"alaw": 8}


class _Chunks(NamedTuple):
    """How chunks are written: their header, their order of bytes, what they are aligned to."""

    size: struct.Struct
    header: int = 8
    align: int = 2
    counts_header: bool = False


class _EndlessError(Exception):
    """There are more chunks than any program writes."""


class _SoundChunk(NamedTuple):
    """Where the sound begins, how many bytes of it the header claims (None: up to the end)."""

    rate_hz: int
    channels: int
    begin: int
    claimed: int | None
    bytes_a_second: float
    header: Callable[[int], bytes]
    """Gives a header for so many bytes of sound, which may begin right after it."""
    chunks: _Chunks | None
    """How what may follow the sound is written."""


_RIFF, _RIFX = _Chunks(struct.Struct("<I")), _Chunks(struct.Struct(">I"))
_W64 = _Chunks(struct.Struct("<Q"), 24, 8, counts_header=True)
_CAF = _Chunks(struct.Struct(">q"), 12, 1)


def with_true_sizes(reading: DecoderInput) -> tuple[DecoderInput, Message | None]:
    """Give a reading whose header tells the length that is there, and what was wrong with it.

    Where nothing is wrong, and where decoders find their way nevertheless, it is as it was. Raises
    BroadcastError when no sound is of the kind that the header claims.
    """
    try:
        return _with_true_sizes(reading)
    except _EndlessError:
        raise unreadable(reading) from None


def _with_true_sizes(reading: DecoderInput) -> tuple[DecoderInput, Message | None]:
    with closing(reading.open()) as stream:
        sound = _sound_in(stream)
        if sound is not None:
            refuse_kind(sound.rate_hz, sound.channels, reading.file)
        if sound is None or sound.claimed is None:
            return reading, None
        there = size_of(stream) - sound.begin
        length = _true_length(stream, sound, there)
    missing_s = (sound.claimed - there) / sound.bytes_a_second
    wrong = BREAKS_OFF if missing_s > _UNHEARD_S else None
    if length > sound.claimed:
        claimed_s, true_s = (count / sound.bytes_a_second for count in (sound.claimed, length))
        wrong = wrong_length(claimed_s, true_s)
    elif sound.chunks is not _W64:  # of which decoders make more of the sizes
        return reading, wrong
    begin = reading.begin + sound.begin
    return replace(reading, header=sound.header(length), begin=begin, end=begin + length), wrong


def wrong_length(claimed_s: float, true_s: float) -> Message:
    """Say that a file holds more sound than its header claims."""
    return Message(
        "sound.wrong-length",
        "its header gives a wrong length ({claimed:.1f} s); "
        "all {there:.1f} s that are there are used",
        claimed=claimed_s,
        there=true_s,
    )


def _sound_in(stream: Stream) -> _SoundChunk | None:
    head = bytes_at(stream, 0, 44)
    if head[:4] in (b"RIFF", b"RF64", b"BW64") and head[8:12] == b"WAVE":
        return _in_wav(stream, _RIFF, 12)
    if head[:4] == b"RIFX" and head[8:12] == b"WAVE":
        return _in_wav(stream, _RIFX, 12)
    if head.startswith(_W64_RIFF):
        return _in_wav(stream, _W64, 40)
    if head[:4] == b"FORM" and head[8:12] in (b"AIFF", b"AIFC"):
        return _in_aiff(stream)
    if head.startswith(b"caff"):
        return _in_caf(stream)
    return _in_au(head) if head.startswith(b".snd") else None


def _chunks_from(stream: Stream, at: int, chunks: _Chunks) -> Iterator[tuple[bytes, int, int]]:
    """Give name, begin and size of each chunk from a place on, until one does not fit."""
    size = size_of(stream)
    for _ in range(_MOST_CHUNKS):
        if at + chunks.header > size:
            return
        header = bytes_at(stream, at, chunks.header)
        (length,) = chunks.size.unpack(header[-chunks.size.size :])
        length -= chunks.header if chunks.counts_header else 0
        yield header[:4], at + chunks.header, length
        if length < 0:
            return
        at += chunks.header + length + -length % chunks.align
    raise _EndlessError


def _places(
    stream: Stream, at: int, chunks: _Chunks, *, until: frozenset[bytes]
) -> dict[bytes, tuple[int, int]]:
    """Give begin and size of the first chunk of each name, until those wanted are found."""
    places: dict[bytes, tuple[int, int]] = {}
    for name, begin, size in _chunks_from(stream, at, chunks):
        places.setdefault(name, (begin, size))
        if until <= places.keys():
            break
    return places


def _content(stream: Stream, place: tuple[int, int] | None, least: int) -> bytes:
    """Give what a chunk holds; nothing when that is less than it must be."""
    if place is None:
        return b""
    content = bytes_at(stream, place[0], min(max(0, place[1]), _MOST_HEADER))
    return content if len(content) >= least else b""


def _in_wav(stream: Stream, chunks: _Chunks, first: int) -> _SoundChunk | None:
    places = _places(stream, first, chunks, until=frozenset([b"data"]))
    form = _content(stream, places.get(b"fmt "), 16)
    if not form or b"data" not in places:
        return None
    begin, size = places[b"data"]
    large = int.from_bytes(_content(stream, places.get(b"ds64"), 16)[8:16], "little")
    order = ">" if chunks is _RIFX else "<"
    kind, channels, rate_hz, a_second, block, bits = struct.unpack_from(f"{order}HHIIHH", form)
    if kind in (1, 3, 0xFFFE):  # PCM: what follows from the others is surer
        a_second = rate_hz * (block or channels * ((bits + 7) // 8))
    claimed = (
        large
        if size == _MOST_32 and b"ds64" in places
        else None
        if _is_not_known(size)
        else max(0, size)
    )
    return _SoundChunk(
        rate_hz,
        channels,
        begin,
        claimed,
        a_second or 1,
        lambda length: _wav_header(form, length, order),
        chunks,
    )


def _is_not_known(size: int) -> bool:
    """Whether a program wrote a size in place of one that it could not know: into a pipe, say."""
    return 0x7FFF_F000 <= size <= 0x8000_0000 or size >= 0xFFFF_FF00


def _wav_header(form: bytes, length: int, order: str) -> bytes:
    """Give the header of a WAV, or of an RF64 where a size has more than 32 bits."""
    form += b"\0" * (len(form) % 2)
    before = struct.pack(f"{order}4sI", b"fmt ", len(form)) + form
    size = 4 + len(before) + 8 + length
    if size + 36 <= _MOST_32:
        name = b"RIFX" if order == ">" else b"RIFF"
        begin = struct.pack(f"{order}4sI4s", name, size, b"WAVE")
        return begin + before + struct.pack(f"{order}4sI", b"data", length)
    begin = struct.pack("<4sI4s4sI", b"RF64", _MOST_32, b"WAVE", b"ds64", 28)
    begin += struct.pack("<QQQI", size + 36, length, 0, 0)
    return begin + before + struct.pack("<4sI", b"data", _MOST_32)


def _in_aiff(stream: Stream) -> _SoundChunk | None:
    kind = bytes_at(stream, 8, 4)
    places = _places(stream, 12, _RIFX, until=frozenset([b"COMM", b"SSND"]))
    common = _content(stream, places.get(b"COMM"), 18)
    if not common or b"SSND" not in places:
        return None
    begin, size = places[b"SSND"]
    offset = int.from_bytes(bytes_at(stream, begin, 4))
    claimed = max(0, size - 8 - offset)
    channels, bits = struct.unpack_from(">H4xH", common)
    bits = _AIFC_BITS.get(common[18:22], bits)
    exponent, mantissa = struct.unpack_from(">HQ", common, 8)
    rate_hz = int(mantissa * 2.0 ** min(1, (exponent & 0x7FFF) - 16_446))
    frame = channels * ((bits + 7) // 8) or 1

    def header(length: int) -> bytes:
        counted = common[:2] + struct.pack(">I", length // frame) + common[6:]
        counted += b"\0" * (len(counted) % 2)
        inside = kind + struct.pack(">4sI", b"COMM", len(counted)) + counted
        inside += struct.pack(">4sIII", b"SSND", min(length + 8, _MOST_32), 0, 0)
        return struct.pack(">4sI", b"FORM", min(len(inside) + length, _MOST_32)) + inside

    return _SoundChunk(
        rate_hz, channels, begin + 8 + offset, claimed, rate_hz * frame or 1, header, _RIFX
    )


def _in_caf(stream: Stream) -> _SoundChunk | None:
    places = _places(stream, 8, _CAF, until=frozenset([b"data"]))
    described = _content(stream, places.get(b"desc"), 32)
    if not described or b"data" not in places:
        return None
    begin, size = places[b"data"]
    rate_hz, packet, frames, channels = struct.unpack_from(">d8xIII", described)
    if not packet or not frames or begin > _MOST_HEADER:  # packets differ: a table has their sizes
        return None
    hertz = int(min(max(rate_hz, 0), 1e9)) if rate_hz == rate_hz else 0
    before = bytes_at(stream, 0, begin - 8)
    return _SoundChunk(
        hertz,
        channels,
        begin + 4,
        None if size == -1 else max(0, size - 4),
        hertz * packet / frames,
        lambda length: before + struct.pack(">qI", length + 4, 0),
        _CAF,
    )


def _in_au(head: bytes) -> _SoundChunk | None:
    begin, claimed, coding, rate_hz, channels = struct.unpack(">5I", head[4:24].ljust(20, b"\0"))
    sample = {1: 1, 27: 1, 2: 1, 3: 2, 4: 3, 5: 4, 6: 4, 7: 8}.get(coding, 0)
    if not sample or begin < 24:
        return None

    def header(length: int) -> bytes:
        return struct.pack(">4s5I", b".snd", 24, min(length, _MOST_32), coding, rate_hz, channels)

    known = None if claimed == _MOST_32 else claimed
    return _SoundChunk(rate_hz, channels, begin, known, rate_hz * channels * sample, header, None)


def _true_length(stream: Stream, sound: _SoundChunk, there: int) -> int:
    """Give how many bytes of sound there are, of those that are there from its begin on."""
    claimed = there if sound.claimed is None else sound.claimed
    beyond_s = (there - claimed) / sound.bytes_a_second
    if beyond_s < _UNHEARD_S or _is_no_sound(stream, sound.begin + claimed, sound.chunks):
        return min(claimed, there)
    return _where_tail_begins(stream, sound) - sound.begin


def _is_no_sound(stream: Stream, at: int, chunks: _Chunks | None) -> bool:
    """Whether what lies beyond the claimed end are chunks, tags or nothing but zeros."""
    if bytes_at(stream, at, 8).startswith(_TAGS):
        return True
    if chunks and any(_are_chunks(stream, at + pad, chunks) for pad in {0, -at % chunks.align}):
        return True
    stream.seek(at)
    while piece := stream.read(_TAIL):
        if piece.count(0) != len(piece):
            return False
    return True


def _are_chunks(stream: Stream, at: int, chunks: _Chunks) -> bool:
    """Whether chunks fill a file from a place to its end; the last one may be cut."""
    size, end = size_of(stream), at
    for name, begin, length in _chunks_from(stream, at, chunks):
        if not all(0x20 <= letter < 0x7F for letter in name) or length < 0:
            return False
        end = begin + length
        if end > size:
            return name in _LAST_CHUNKS
    return size - end < chunks.header


def _where_tail_begins(stream: Stream, sound: _SoundChunk) -> int:
    """Give where chunks begin that a program put behind sound of which it did not know the end."""
    size = size_of(stream)
    if sound.chunks is None:
        return size
    first = max(sound.begin, size - _TAIL)
    tail = bytes_at(stream, first, _TAIL)
    places = [first + at for name in _LAST_CHUNKS if (at := tail.find(name)) >= 0]
    return min((at for at in places if _are_chunks(stream, at, sound.chunks)), default=size)
